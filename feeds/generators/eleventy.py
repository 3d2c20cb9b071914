"""Eleventy: `.eleventy.js` and `eleventy.config.*`, read and never run; its feed plug-in, @11ty/eleventy-plugin-rss.

Defaults as in the plug-in's `src/virtualTemplate.js`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from feeds.errors import FeedsError
from feeds.generators.draft import Draft
from feeds.generators.javascript import Script
from feeds.generators.oldfeeds import Format, OldFeed, kind_of, take_feed
from feeds.generators.scripts import default_of, read_script
from feeds.generators.site import Site
from feeds.generators.source import Source
from feeds.generators.tomlfiles import read_json
from feeds.generators.yamlfiles import parse_yaml, read_yaml

NAMES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")
_DATA = ("metadata", "site", "meta", "config", "eleventy")
_POSTS = (
    "posts",
    "blog",
    "_posts",
    "articles",
    "content/posts",
    "content/blog",
    "content/articles",
    "writing",
    "notes",
)
_TEMPLATES = re.compile(r".*(?:feed|rss|atom).*\.(?:njk|liquid|hbs|11ty\.c?js|ejs|html|md)", re.IGNORECASE)
_FRONT = re.compile(r"\A---(\w*)[ \t]*\n(.*?)\n---[ \t]*$", re.DOTALL | re.MULTILINE)


def read_eleventy(path: Path) -> Site:
    """Take over what Eleventy is told.

    Raises:
        ConfigError: The file cannot be read.
    """
    script = read_script(path)
    folders = _folders(script)
    root = path.parent / folders.get("input", ".")
    output = path.parent / folders.get("output", "_site")
    plugin = _plugin(script)
    draft = Draft("eleventy", plugin or Source(path))
    data = _metadata(root / folders.get("data", "_data"), draft)
    template = None if plugin else _template(root)
    sources = [
        (plugin, ("metadata",)),
        (template[3] if template else None, ("metadata",)),
        (data, ()),
    ]
    _take_words(draft, [(source, place) for source, place in sources if source is not None])
    archive = _archive(root)
    draft.take("categories", "flat", "tags of Eleventy are a set")
    draft.take("zone", "UTC", "Eleventy takes times that state no zone for UTC")
    prefix = script.constants.get("pathPrefix") or folders.get("pathPrefix")
    old = _plugin_feed(draft, plugin) if plugin else _template_feed(draft, template) if template else None
    feeds, link = take_feed(draft, output, old)
    if isinstance(prefix, str) and prefix.strip("/"):
        draft.note(f'pathPrefix is "{prefix}": make sure that base_url and site_url end with it.')
    inside = archive.relative_to(root).as_posix()
    return draft.finish(
        archive=archive,
        output=output,
        feeds=feeds,
        link=link,
        addresses={} if inside == "." else {"folder": inside},
        static=_copied(script, root, path.parent),
    )


def _folders(script: Script) -> dict[str, str]:
    """Find `dir` in what the configuration gives back, and the calls that say the same."""
    found: dict[str, str] = {}
    for match in script.find(r"\bdir\s*:\s*(?=[{\w])"):
        stated = script.source(match.end())
        found |= {key: value for key, value in (stated.values if stated else {}).items() if isinstance(value, str)}
    for match in script.find(r"\bset(Input|Output|Data)Directory\s*\("):
        value = script.value(match.end())
        if isinstance(value, str):
            found[match[1].lower()] = value
    for match in script.find(r"\bpathPrefix\s*:\s*(?=[\"'`])"):
        value = script.value(match.end())
        if isinstance(value, str):
            found["pathPrefix"] = value
    return found


def _plugin(script: Script) -> Source | None:
    """Find the options of the feed plug-in: those that name a file, or a kind, and a collection."""
    for match in script.find(r"\baddPlugin\s*\("):
        for place in islice(script.arguments(match.end()), 1, 2):
            options = script.source(place)
            if options is not None and ("outputPath" in options.values or "collection" in options.values):
                return options
    return None


def _metadata(folder: Path, draft: Draft) -> Source | None:
    """Read the file of data in which sites keep their title and address."""
    for name in _DATA:
        for suffix in (".json", ".js", ".cjs", ".mjs", ".yaml", ".yml"):
            place = folder / (name + suffix)
            if not place.is_file():
                continue
            try:
                found = _data_of(place)
            except FeedsError as error:
                draft.note(f"{error}")
                continue
            if found is not None and {"title", "url", "name", "description"} & set(found.values):
                return found
            if suffix.endswith("js"):
                draft.note(
                    f"{place.name} is computed, and nothing is run: write title, base_url and site_url yourself."
                )
    return None


def _data_of(place: Path) -> Source | None:
    if place.suffix == ".json":
        return read_json(place)
    if place.suffix in (".yaml", ".yml"):
        return read_yaml(place)
    script = read_script(place)
    values = default_of(script)
    return None if values is None else Source(place, values)


def _take_words(draft: Draft, sources: list[tuple[Source, tuple[str, ...]]]) -> None:
    """Take title, description, author, language and address from the first that states each."""
    wanted: dict[str, tuple[str, ...]] = {
        "title": ("title", "name", "siteName"),
        "description": ("subtitle", "description"),
        "author": ("author",),
        "language": ("language", "lang", "locale"),
        "url": ("base", "url", "siteUrl", "baseUrl", "baseURL"),
    }
    own = draft.source
    for name, keys in wanted.items():
        for source, place in sources:
            draft.source = source
            places = [(*place, key) for key in keys if source.get(*place, key) is not None]
            if not places:
                continue
            if name == "url":
                if found := draft.found(*places, name="base_url and site_url"):
                    draft.address(*found)
            elif name == "language":
                draft.language(*places)
            elif name == "author":
                draft.author(*places)
            else:
                draft.text(name, *places)
            if name == "url" or draft.value(name) is not None:
                break
    draft.source = own
    if draft.value("site_url") is None:
        draft.address(None, f"{own.path.name}: the site's address")


def _archive(root: Path) -> Path:
    """Answer the folder of articles: one that is called so, else all."""
    return next((place for name in _POSTS if (place := root / name).is_dir() and _has_articles(place)), root)


def _has_articles(folder: Path) -> bool:
    return next(islice(folder.rglob("*.md"), 1), None) is not None


def _plugin_feed(draft: Draft, options: Source) -> OldFeed:
    """@11ty/eleventy-plugin-rss: Atom at `/feed.xml`, all entries, whole texts."""
    old = OldFeed(plugin="@11ty/eleventy-plugin-rss", content="full")
    kind = options.text("type") or "atom"
    kinds: Mapping[str, Format] = {"rss": "rss", "atom": "atom", "json": "json"}
    old.files[kinds.get(kind, "atom")] = (options.text("outputPath") or "feed.xml").lstrip("/")
    old.where = options.where("outputPath") if options.text("outputPath") else ""
    old.limit = options.number("collection", "limit") or 0
    old.limit_where = options.where("collection", "limit") if options.number("collection", "limit") else ""
    draft.switch_off("Take the feed plug-in out of the configuration")
    return old


_Template = tuple[str, Format, str, Source]


def _template(root: Path) -> _Template | None:
    """Find a template that makes a feed: its path in the output, its kind, its text and its front matter."""
    for place in islice(_templates(root), 50):
        try:
            data = place.read_bytes()[:50_000]
        except OSError:
            continue
        kind, text = kind_of(data), data.decode("utf-8", "replace")
        front = _FRONT.search(text)
        if kind is None or front is None:
            continue
        try:
            values = parse_yaml(place, front[2] if front[1] in ("", "yaml", "json") else "")
        except FeedsError:
            values = Source(place)
        path = values.get("permalink")
        path = path.get("build") if isinstance(path, dict) else path
        if not isinstance(path, str):
            stated = re.search(r"permalink[\"']?\s*:\s*[\"']?/?([^\"'\s,]+)", front[2])
            path = stated[1] if stated else place.relative_to(root).with_suffix("").as_posix()
        path = path.strip("/")
        if "{" not in path and "." in path.rpartition("/")[2]:
            return path, kind, text, values
    return None


def _templates(root: Path) -> Iterator[Path]:
    for depth in range(4):
        for place in sorted(root.glob("/".join(["*"] * (depth + 1)))):
            parts = place.relative_to(root).parts
            if "node_modules" not in parts and _TEMPLATES.fullmatch(place.name) and place.is_file():
                yield place


def _template_feed(draft: Draft, template: _Template) -> OldFeed:
    path, kind, text, values = template
    is_full = re.search(r"templateContent|\.content\b|htmlToAbsoluteUrls|renderTransforms", text) is not None
    content: Literal["full", "summary"] = "full" if is_full else "summary"
    old = OldFeed(plugin=values.path.name, files={kind: path}, where=f"{values.path.name}: permalink", content=content)
    old.content_where = f"{values.path.name} shows {'the text' if is_full else 'no text'}"
    if limit := re.search(r"(?:head\(\s*-?|limit:\s*|slice\(\s*0\s*,\s*|slice\(\s*-)(\d+)", text):
        old.limit, old.limit_where = int(limit[1]), f"{values.path.name}: {limit[0]}"
    draft.switch_off(f"Take {values.path.name} out of the site")
    return old


def _copied(script: Script, root: Path, folder: Path) -> list[Path]:
    """Answer the folders that are copied to the site's root, by `addPassthroughCopy({ "public": "/" })`."""
    found: list[Path] = []
    for match in script.find(r"\baddPassthroughCopy\s*\("):
        value: Any = script.value(match.end())
        if isinstance(value, dict):
            found += [folder / key.rstrip("/*") for key, target in value.items() if target in ("/", ".", "./", "")]
        elif isinstance(value, str) and "/" not in value.strip("./"):
            found.append(root)
    return list(dict.fromkeys(found))
