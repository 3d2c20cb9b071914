"""A site of Astro with two collections of content: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import NAMES, article

ARCHIVE = "src"
NEEDS = ("astro@5",)
_NO_FILES = ("a#b", "100% sure", "trailing dot.", "a:b")
"""Names that Astro, or its server of files, does not find again."""


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    names = [name for name in NAMES if name not in _NO_FILES]
    posts = {f"content/blog/{name}.md": article(name) for name in names}
    return posts | {
        "content/blog/2024-01-02-dated.md": article("Dated", "2024-01-02"),
        "content/blog/deep/er/Nested 文.md": article("Nested", "2024-02-29"),
        "content/blog/deep/index.md": article("Index", "2024-02-29"),
        "content/blog/Folder Name/index.md": article("Index", "2024-02-29"),
        "content/blog/slugged.md": article("Slugged", "2024-06-30", "slug: My-Own_Slug"),
        "content/blog/slug-path.md": article("Slugged", "2024-06-30", "slug: a/b"),
        "content/blog/permalink.md": article("Permalink", "2024-06-30", "permalink: /elsewhere/"),
        "content/notes/First Note.md": article("Note", "2024-06-30T23:30:00-05:00"),
        "content/notes/second.md": article("Note", "2024-06-30T20:00:00Z"),
        "pages/About Me.md": article("About"),
        "pages/deep/index.md": article("Index"),
        "pages/deep/文章.md": article("Chinese"),
        "pages/Upper/Case_name.md": article("Upper"),
    }


def _same(routes: tuple[str, str] = ("blog/[...slug]", "notes/[id]"), **settings: Any) -> tuple[Any, dict[str, Any]]:
    patterns = {"blog": f"/{routes[0]}/", "notes": f"/{routes[1]}/"}
    return (routes, settings), {"permalinks": patterns, "addresses": settings}


CONFIGURATIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "default": _same(),
    "files": _same(build={"format": "file"}),
    "preserve": _same(build={"format": "preserve"}),
    "never": _same(trailingSlash="never"),
    "always": _same(trailingSlash="always"),
    "routes": _same(("[...slug]", "[year]/[month]/[day]/[slug]")),
}
"""Name to routes of collections and the generator's settings, and ours."""

_CONTENT = """
import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const of = (name) => defineCollection({ loader: glob({ pattern: "**/*.md", base: `./src/content/${name}` }) });
export const collections = { blog: of("blog"), notes: of("notes") };
"""
_ROUTE = """---
import fs from "node:fs";
import { getCollection } from "astro:content";
export async function getStaticPaths() {
  const entries = await getCollection("COLLECTION");
  const parts = (entry) => new Date(entry.data.date).toISOString().slice(0, 10).split("-");
  return entries.map(entry => ({ props: { entry }, params: {
    slug: entry.id, id: entry.id, year: parts(entry)[0], month: parts(entry)[1], day: parts(entry)[2] } }));
}
fs.appendFileSync("addresses.jsonl", JSON.stringify([Astro.props.entry.filePath, Astro.url.href]) + "\\n");
---
<p>Text.</p>
"""


def run(site: Path, settings: Any, tools: Path) -> dict[str, str]:
    """Run Astro over a site that holds the archive; answer addresses by path."""
    routes, stated = settings
    for collection, route in zip(("blog", "notes"), routes, strict=True):
        file = site / f"src/pages/{route}.astro"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_ROUTE.replace("COLLECTION", collection), "utf-8")
    (site / "src/content.config.mjs").write_text(_CONTENT, "utf-8")
    config = json.dumps({"site": "https://site.example", "devToolbar": {"enabled": False}, **stated})
    (site / "astro.config.mjs").write_text(f"export default {config};\n", "utf-8")
    (site / "package.json").write_text('{"name": "site", "type": "module"}', "utf-8")
    (site / "node_modules").symlink_to(tools / "astro/node_modules")
    environment = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "ASTRO_TELEMETRY_DISABLED": "1", "HOME": str(site)}
    subprocess.run(["node_modules/.bin/astro", "build", "--silent"], cwd=site, check=True, env=environment)
    lines = (site / "addresses.jsonl").read_text("utf-8").splitlines()
    found = dict(map(json.loads, lines))
    if not stated:
        for page in (site / "src/pages").rglob("*.md"):
            place = str(page.relative_to(site / "src/pages").with_suffix("")).removesuffix("/index")
            if (site / "dist" / place / "index.html").exists():
                found[str(page.relative_to(site))] = f"https://site.example/{place}/"
    return {path.removeprefix("src/"): address for path, address in found.items()}


def version(tools: Path) -> str:
    """Answer the generator's version."""
    return str(json.loads((tools / "astro/node_modules/astro/package.json").read_text("utf-8"))["version"])
