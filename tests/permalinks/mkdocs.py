"""A site of MkDocs with the blog of Material for MkDocs: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import CATEGORIES, NAMES, article

ARCHIVE = "docs"
NEEDS = ("mkdocs", "mkdocs-material")
IS_PYTHON = True


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"blog/posts/{number}.md": article(name) for number, name in enumerate(NAMES)}
    pages = {f"pages/{name}.md": article(name) for name in NAMES}
    of_categories = {
        f"blog/posts/category {n}.md": article(f"Category {n}", "2024-01-02", line)
        for n, line in enumerate(CATEGORIES)
        if line.startswith("categories: [")
    }
    return (
        posts
        | pages
        | of_categories
        | {
            "index.md": "# Home\n\nText.\n",
            "blog/index.md": "# Blog\n",
            "pages/README.md": "# Read me\n",
            "pages/deep/index.md": "# Deep\n",
            "blog/posts/2023-12-31-dated name.md": article("Dated", "2024-01-01 00:30:00"),
            "blog/posts/deep/er/nested.md": article("Nested one", "2024-02-29T23:59:59Z"),
            "blog/posts/slugged.md": article("Slugged", "2024-06-30", "slug: My Slug"),
            "blog/posts/slug-path.md": article("Slugged", "2024-06-30", "slug: a/b"),
            "blog/posts/dates.md": article("Dates", None, "date:", "  created: 2024-03-04", "  updated: 2024-05-06"),
            "blog/posts/offset.md": article("Offset", "2024-06-30T23:30:00-05:00"),
            "blog/posts/heading.md": "---\ndate: 2024-06-30\n---\n\n# The Heading, of *it* `all`\n\nText.\n",
            "blog/posts/markup.md": article("<b>Bold</b> &amp; more", "2024-06-30"),
        }
    )


def _same(**settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    theirs = {key.replace("permalink", "post_url_format"): value for key, value in settings.items()}
    own = {"permalink": settings["permalink"]} if "permalink" in settings else {}
    return theirs, {**own, "addresses": {key: value for key, value in settings.items() if key != "permalink"}}


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({}, {}),
    "files": _same(use_directory_urls=False),
    "dates": _same(permalink="{date}-{slug}", post_url_date_format="yyyy-MM-dd"),
    "categories": _same(permalink="{categories}/{date}/{slug}", post_url_date_format="yy/M/d"),
    "names": _same(permalink="p/{file}", post_slugify_separator="_"),
    "separated": _same(permalink="{slug}", post_slugify_separator="_"),
}
"""Name to the generator's settings, and ours."""

_HOOK = """
import json, pathlib
def on_post_build(config):
    pathlib.Path("addresses.json").write_text(json.dumps(found))
found = {}
def on_page_context(context, page, config, nav):
    found[page.file.src_uri] = page.canonical_url
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run MkDocs over a site that holds the archive; answer addresses by path."""
    blog = {key: value for key, value in settings.items() if key != "use_directory_urls"}
    stated = {
        "site_name": "Site",
        "site_url": "https://site.example/",
        "theme": {"name": "material"},
        "plugins": [{"blog": {"archive": False, "categories": False, "pagination": False, **blog}}],
        "hooks": ["hook.py"],
        "use_directory_urls": settings.get("use_directory_urls", True),
    }
    (site / "mkdocs.yml").write_text(json.dumps(stated, ensure_ascii=False), "utf-8")
    (site / "hook.py").write_text(_HOOK, "utf-8")
    subprocess.run([tools / "mkdocs/bin/mkdocs", "build", "-q"], cwd=site, check=True)
    return dict(json.loads((site / "addresses.json").read_text("utf-8")))


def version(tools: Path) -> str:
    """Answer the generator's version."""
    code = "import importlib.metadata as m; print(m.version('mkdocs'), 'Material', m.version('mkdocs-material'))"
    return subprocess.run(
        [tools / "mkdocs/bin/python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
