"""A site of Eleventy: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import NAMES, article

ARCHIVE = "content"
NEEDS = ("@11ty/eleventy",)


def _stated(permalink: str, *lines: str) -> str:
    return article("Stated one", "2024-06-30", f"permalink: {json.dumps(permalink, ensure_ascii=False)}", *lines)


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"posts/{name}.md": article(name) for name in NAMES}
    return posts | {
        "root.md": article("Root"),
        "about/index.md": article("About"),
        "posts/2023-12-31-dated name.md": article("Dated", "2024-01-01T00:30:00+08:00"),
        "posts/2024-05-06-only name.md": article("Only name", None),
        "posts/deep/2024-01-02-Dated Folder/index.md": article("Folder", None),
        "posts/x2024-01-02-inside.md": article("Inside", "2024-06-30"),
        "posts/slugged.md": article("Slugged", "2024-06-30", "slug: My Slug"),
        "posts/late.md": article("Late", "2024-06-30T23:30:00-05:00"),
        "own/place.md": _stated("/own/place/"),
        "own/file.md": _stated("own/file.html"),
        "own/chinese.md": _stated("/自己/的 页/"),
        "own/index.md": _stated("/a/index.html"),
        "own/date.md": _stated("/{{ page.date | date: '%Y/%m/%d' }}/{{ page.fileSlug }}/"),
        "own/title.md": _stated("/t/{{ title | slugify }}/"),
        "own/key.md": _stated("/k/{{ my_key | downcase }}/index.html", "my_key: Some KEY"),
        "own/stem.md": _stated("/s{{ page.filePathStem }}.html"),
        "notes/Folder Data.md": article("Of a folder", "2024-06-30"),
        "notes/2024-01-02-Dated Folder Data.md": article("Of a folder", None),
        "same/same.md": article("Same"),
        "notes/own.md": _stated("/n/own/"),
    }


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({}, {}),
    "slugs": (
        {"notes": "/n/{{ page.fileSlug | slugify }}/", "posts": "/{{ page.fileSlug }}/{{ title | slugify }}/"},
        {
            "permalinks": {
                "notes": "/n/{{ page.fileSlug | slugify }}/",
                "posts": "/{{ page.fileSlug }}/{{ title | slugify }}/",
            }
        },
    ),
    "dates": (
        {"posts": "{{ page.date | date: '%Y/%m/%d/%H%M' }}/{{ page.fileSlug }}.html"},
        {"permalinks": {"posts": "{{ page.date | date: '%Y/%m/%d/%H%M' }}/{{ page.fileSlug }}.html"}},
    ),
    "all": (
        {".": "/blog{{ page.filePathStem }}/"},
        {"permalink": "/blog{{ page.filePathStem }}/"},
    ),
    "prefixed": (
        {"posts/deep": "/d/{{ page.fileSlug }}/", "posts": "/p/{{ page.fileSlug }}/index.html"},
        {
            "permalinks": {"posts/deep": "/d/{{ page.fileSlug }}/", "posts": "/p/{{ page.fileSlug }}/index.html"},
            "site_url": "https://site.example/sub/",
        },
    ),
}
"""Name to the permalinks of folders, and ours."""

_PRINT = """
import Eleventy from "@11ty/eleventy";
import {writeFileSync} from "fs";
const eleventy = new Eleventy("content", "_site", {quietMode: true});
const pages = await eleventy.toJSON();
writeFileSync("addresses.json", JSON.stringify(pages.map(page => [page.inputPath, page.url])));
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Eleventy over a site that holds the archive; answer addresses by path."""
    for folder, permalink in settings.items():
        name = "content" if folder == "." else Path(folder).name
        (site / "content" / folder / f"{name}.json").write_text(json.dumps({"permalink": permalink}), "utf-8")
    (site / "print.mjs").write_text(_PRINT, "utf-8")
    (site / "node_modules").symlink_to(tools / "eleventy/node_modules")
    subprocess.run(["node", "print.mjs"], cwd=site, check=True, env={"PATH": "/usr/bin:/bin", "TZ": "UTC"})
    found = json.loads((site / "addresses.json").read_text("utf-8"))
    is_prefixed = "posts/deep" in settings
    host = "https://site.example" + ("/sub" if is_prefixed else "")
    return {path.removeprefix("./content/"): host + address for path, address in found if address}


def version(tools: Path) -> str:
    """Answer the generator's version."""
    file = tools / "eleventy/node_modules/@11ty/eleventy/package.json"
    return str(json.loads(file.read_text("utf-8"))["version"])
