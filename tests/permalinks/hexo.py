"""A site of Hexo: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import CATEGORIES, NAMES, article

ARCHIVE = "source/_posts"
NEEDS = ("hexo", "hexo-renderer-marked", "hexo-renderer-ejs")
"""Packages of npm."""


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"{name}.md": article(name) for name in NAMES}
    posts |= {f"category {n}.md": article(f"Category {n}", "2024-01-02", line) for n, line in enumerate(CATEGORIES)}
    posts |= {
        "2023-12-31-dated name.md": article("Dated", "2024-01-01 00:30:00"),
        "2023-11-05-only the name dates.md": article("Only the name", "2023-11-05 23:59:59"),
        "deep/er/Nested 文.md": article("Nested", "2024-02-29 23:59:59"),
        "deep/index.md": article("Index", "2024-02-29 00:00:00"),
        "utc.md": article("UTC", "2024-06-30T20:00:00Z"),
        "offset.md": article("Offset", "2024-06-30T23:30:00-05:00"),
        "day.md": article("Day", "2024-06-30"),
        "stated.md": article("Stated", "2024-06-30", "permalink: /own/place/"),
        "stated-relative.md": article("Stated", "2024-06-30", "permalink: own/page.html"),
        "stated-chinese.md": article("Stated", "2024-06-30", "permalink: 自己/的 页/"),
        "stated-bare.md": article("Stated", "2024-06-30", "permalink: own/bare"),
        "slugged.md": article("Slugged", "2024-06-30", "slug: my-slug"),
        "abbr.md": article("Abbr", "2024-06-30", "abbrlink: 4a17b156"),
        "abbr-number.md": article("Abbr", "2024-06-30", "abbrlink: 12345", "lang: zh-CN", "id: 77"),
        "url.md": article("Url", "2024-06-30", "url: /elsewhere/", "path: /p/", "link: https://example.org/x"),
        "two chains.md": article("Chains", "2024-06-30", "categories:", "  - [Eins, Zwei]", "  - [Drei]"),
        "one chain.md": article("Chain", "2024-06-30", "categories:", "  - [Vier, Fünf]"),
        "mapped.md": article("Mapped", "2024-06-30", "categories: [博客]"),
        "i18n.md": article("I18n", "2024-06-30", "lang: en"),
        "markup.md": article("<b>Bold</b> &amp; more", "2024-06-30"),
        "untitled.md": "---\ndate: 2024-06-30\n---\n\nText.\n",
        "html.html": article("Page", "2024-06-30"),
    }
    return posts


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({}, {}),
    "slugs": (
        {"permalink": ":category/:name.html", "default_category": "None of these", "category_map": {"博客": "blog"}},
        {
            "permalink": ":category/:name.html",
            "addresses": {"default_category": "None of these", "category_map": {"博客": "blog"}},
        },
    ),
    "numbers": (
        {"permalink": "p/:i_month-:i_day/:hour:minute:second/:timestamp/:hash/", "timezone": "Asia/Shanghai"},
        {"permalink": "p/:i_month-:i_day/:hour:minute:second/:timestamp/:hash/", "zone": "Asia/Shanghai"},
    ),
    "titles": (
        {
            "permalink": "/:lang/:post_title/",
            "permalink_defaults": {"lang": "en"},
            "root": "/blog/",
            "url": "https://site.example/blog",
        },
        {
            "permalink": "/:lang/:post_title/",
            "addresses": {"permalink_defaults": {"lang": "en"}},
            "site_url": "https://site.example/blog/",
        },
    ),
    "abbrlinks": (
        {"permalink": "posts/:abbrlink.html", "permalink_defaults": {"abbrlink": "none"}},
        {"permalink": "posts/:abbrlink.html", "addresses": {"permalink_defaults": {"abbrlink": "none"}}},
    ),
    "names": (
        {
            "new_post_name": ":year-:month-:day-:title.md",
            "permalink": ":year/:title/index.html",
            "pretty_urls": {"trailing_index": False, "trailing_html": False},
            "timezone": "America/New_York",
        },
        {
            "permalink": ":year/:title/index.html",
            "addresses": {
                "new_post_name": ":year-:month-:day-:title.md",
                "pretty_urls": {"trailing_index": False, "trailing_html": False},
            },
            "zone": "America/New_York",
        },
    ),
    "bare": (
        {
            "permalink": ":year/:category/:title",
            "post_asset_folder": True,
            "filename_case": 1,
            "pretty_urls": {"trailing_html": False},
        },
        {
            "permalink": ":year/:category/:title",
            "addresses": {
                "post_asset_folder": True,
                "filename_case": 1,
                "pretty_urls": {"trailing_html": False},
            },
        },
    ),
}
"""Name to the generator's settings, and ours."""

_PRINT = """
const Hexo = require('hexo');
const hexo = new Hexo(process.cwd(), {silent: true});
hexo.init().then(() => hexo.load()).then(() => {
  const posts = hexo.locals.get('posts').toArray().map(p => [p.source.replace(/^_posts\\//, ''), p.permalink]);
  require('fs').writeFileSync('addresses.json', JSON.stringify(posts));
  return hexo.exit();
});
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Hexo over a site that holds the archive; answer addresses by path."""
    stated = {"title": "Site", "url": "https://site.example", "theme": False, "timezone": "UTC", **settings}
    (site / "_config.yml").write_text(json.dumps(stated), "utf-8")
    (site / "package.json").write_text(
        json.dumps({"name": "site", "hexo": {"version": ""}, "dependencies": dict.fromkeys(NEEDS, "*")}), "utf-8"
    )
    (site / "print.js").write_text(_PRINT, "utf-8")
    link = site / "node_modules"
    link.symlink_to(tools / "hexo" / "node_modules")
    subprocess.run(["node", "print.js"], cwd=site, check=True, env={"PATH": "/usr/bin:/bin", "TZ": stated["timezone"]})
    return dict(json.loads((site / "addresses.json").read_text("utf-8")))


def version(tools: Path) -> str:
    """Answer the generator's version."""
    return str(json.loads((tools / "hexo/node_modules/hexo/package.json").read_text("utf-8"))["version"])
