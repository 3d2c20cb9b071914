"""A site of Jekyll: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import CATEGORIES, NAMES, QUESTION, article

ARCHIVE = ""


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"_posts/2024-03-09-{name}.md": article(name, None) for name in (*NAMES, QUESTION)}
    posts |= {
        f"_posts/2024-01-02-category {n}.md": article(f"Category {n}", "2024-01-02", line)
        for n, line in enumerate(CATEGORIES)
    }
    posts |= {
        "_posts/2023-12-31-dated name.md": article("Dated", "2024-01-01 00:30:00"),
        "_posts/2024-12-30-iso week.markdown": article("Week", None),
        "_posts/deep/er/2024-02-29-Nested 文.md": article("Nested", "2024-02-29 23:59:59"),
        "tech/News/_posts/2024-02-29-above.md": article("Above", None, "categories: [Own]"),
        "tech/_posts/in/2024-02-29-above too.md": article("Above", None, "category: Tech"),
        "_posts/2024-6-3-short day.md": article("Short", None),
        "_posts/2024-06-30-utc.md": article("UTC", "2024-06-30T20:00:00Z"),
        "_posts/2024-06-30-offset.md": article("Offset", "2024-06-30 23:30:00 -0500"),
        "_posts/2024-06-30-stated.md": article("Stated", None, "permalink: /own/place/"),
        "_posts/2024-06-30-stated-relative.md": article("Stated", None, "permalink: own/page.html"),
        "_posts/2024-06-30-stated-chinese.md": article("Stated", None, "permalink: /自己/的 页/"),
        "_posts/2024-06-30-stated-bare.md": article("Stated", None, "permalink: /own/bare"),
        "_posts/2024-06-30-stated-pattern.md": article("Stated", None, "permalink: /:year/x/:title"),
        "_posts/2024-06-30-stated-style.md": article("Stated", None, "permalink: pretty"),
        "_posts/2024-06-30-slugged.md": article("Slugged", None, "slug: My Slug"),
        "_posts/2024-06-30-slugged too.md": article("Slugged", None, "slug: C++ Ünï_cödé"),
        "_posts/2024-06-30-other keys.md": article("Keys", None, "url: /x/", "link: https://example.org/"),
        "_posts/2024-06-30-same categories.md": article("Same", None, "category: a", "categories: [b, a, B]"),
        "_posts/2024-06-30-nested categories.md": article("Nested", None, "categories: [[a, b], [c]]"),
        "_posts/2024-06-30-empty categories.md": article("Empty", None, "categories: []"),
        "_posts/2024-06-30-page.html": article("Page", None),
        "_notes/Plain Note.md": article("Note", "2024-06-30"),
        "_notes/deep/2024-01-01-dated note.md": article("Note", None),
        "_notes/slugged.md": article("Note", "2024-06-30", "slug: a-slug", "categories: [Tech]"),
        "about.md": article("About", None),
        "pages/Über uns.md": article("About", None),
        "pages/index.md": article("Index", None),
        "pages/stated.md": article("Stated", None, "permalink: /here/"),
    }
    return posts


def _same(**settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return settings, settings


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({"timezone": "UTC"}, {"zone": "UTC"}),
    **{style: _same(permalink=style) for style in ("pretty", "ordinal", "weekdate", "none", "date")},
    "zone": (
        {"permalink": "/:i_month-:i_day/:hour:minute:second/:y_day/:title", "timezone": "Asia/Shanghai"},
        {"permalink": "/:i_month-:i_day/:hour:minute:second/:y_day/:title", "zone": "Asia/Shanghai"},
    ),
    "names": (
        {
            "permalink": "/:slugified_categories/:short_year/:short_month/:long_month/:slug:output_ext",
            "baseurl": "/blog",
        },
        {
            "permalink": "/:slugified_categories/:short_year/:short_month/:long_month/:slug:output_ext",
            "site_url": "https://site.example/blog/",
        },
    ),
    "days": _same(permalink="/:w_year/:week/:w_day/:short_day/:long_day/:categories/:name/"),
    "paths": _same(permalink="/:collection/:path/"),
    "collections": (
        {
            "permalink": "/posts/:title/",
            "collections": {"notes": {"output": True, "permalink": "/n/:path/:name:output_ext"}},
        },
        {"permalink": "/posts/:title/", "permalinks": {"notes": "/n/:path/:name:output_ext"}},
    ),
    "posts": (
        {"permalink": "pretty", "collections": {"posts": {"permalink": "/p/:year/:slug"}}},
        {"permalink": "pretty", "permalinks": {"posts": "/p/:year/:slug"}},
    ),
}
"""Name to the generator's settings, and ours."""

_PLUGIN = """
require 'json'
class Absolute
  include Jekyll::Filters::URLFilters
  def initialize(site) = @context = Struct.new(:registers).new({:site => site})
end
Jekyll::Hooks.register :site, :post_write do |site|
  filters = Absolute.new(site)
  all = site.posts.docs + site.collections['notes'].docs + site.pages.select { |page| page.ext == '.md' }
  File.write('addresses.json', JSON.generate(all.map { |page|
    [page.is_a?(Jekyll::Page) ? page.path : page.relative_path, filters.absolute_url(page.url)] }))
end
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Jekyll over a site that holds the archive; answer addresses by path."""
    stated = {"url": "https://site.example", "timezone": "UTC", "collections": {"notes": {"output": True}}, **settings}
    stated["collections"].setdefault("notes", {"output": True})
    (site / "_config.yml").write_text(json.dumps(stated, ensure_ascii=False), "utf-8")
    (site / "_plugins").mkdir()
    (site / "_plugins/addresses.rb").write_text(_PLUGIN, "utf-8")
    subprocess.run(
        ["jekyll", "build", "-q", "-d", str(site / "_site")],
        cwd=site,
        check=True,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    return dict(json.loads((site / "addresses.json").read_text("utf-8")))


def version(tools: Path) -> str:
    """Answer the generator's version."""
    return subprocess.run(["jekyll", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
