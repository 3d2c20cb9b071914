"""Nikola: `conf.py`, read and never run.

Defaults as in Nikola's `nikola/conf.py.in`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from feeds.generators.draft import Draft
from feeds.generators.oldfeeds import OldFeed, take_feed
from feeds.generators.pythonfiles import read_python
from feeds.generators.site import Site
from feeds.generators.source import Source, peek

_KNOWN = ("BLOG_TITLE", "SITE_URL", "POSTS")
_FLAGS = {"PRETTY_URLS": True, "STRIP_INDEXES": True, "USE_SLUGIFY": True}


def find_nikola(folder: Path) -> Source | None:
    """Read the configuration of a Nikola site; None when there is none, or `conf.py` is another program's.

    Raises:
        ConfigError: The file cannot be read.
    """
    place = folder / "conf.py"
    if not place.is_file():
        return None
    if b"BLOG_TITLE" not in peek(place):  # Sphinx has a file of that name, too
        return None
    source = read_python(place)
    return source if all(source.has(key) for key in _KNOWN[:2]) else None


def read_nikola(source: Source) -> Site:
    """Take over what Nikola is told."""
    draft = Draft("nikola", source)
    language = source.text("DEFAULT_LANG") or "en"
    draft.text("title", *_translated(source, "BLOG_TITLE", language))
    draft.text("description", *_translated(source, "BLOG_DESCRIPTION", language))
    draft.author(*_translated(source, "BLOG_AUTHOR", language))
    draft.language(("DEFAULT_LANG",), default="en")
    place = "BASE_URL" if source.text("BASE_URL") else "SITE_URL"
    draft.address(source.text(place), source.where(place))
    draft.zone(("TIMEZONE",), default="UTC")
    draft.take("categories", "flat", "Nikola gives an article one category")
    output = draft.folder / (source.text("OUTPUT_FOLDER") or "output")
    posts = _posts(source)
    folders = sorted({pattern.rpartition("/")[0] or "." for pattern, _ in posts}) or ["posts"]
    archive = draft.folder / folders[0]
    addresses: dict[str, object] = {} if folders[0] == "." else {"folder": folders[0]}
    if len(folders) > 1:
        addresses = {}
        archive = draft.folder
        draft.take("include", [f"/{folder}/" for folder in folders], source.where("POSTS"))
    addresses |= {key: flag for key, default in _FLAGS.items() if (flag := source.flag(key)) not in (None, default)}
    if name := source.text("INDEX_FILE"):
        addresses["INDEX_FILE"] = name
    translations = {name: path for name, path in source.table("TRANSLATIONS").items() if isinstance(path, str)}
    if len(translations) > 1:
        addresses |= {"TRANSLATIONS": translations, "DEFAULT_LANG": language}
        draft.languages([name.replace("_", "-") for name in translations], source.where("TRANSLATIONS"))
    if posts:
        addresses["POSTS"] = {pattern.rpartition("/")[0] or ".": target for pattern, target in posts}
    feeds, link = take_feed(draft, output, _old_feed(draft))
    files = source.table("FILES_FOLDERS") or {"files": ""}
    return draft.finish(
        archive=archive,
        output=output,
        feeds=feeds,
        link=link,
        addresses=addresses,
        static=[draft.folder / name for name, target in files.items() if target == ""],
    )


def _translated(source: Source, key: str, language: str) -> list[tuple[str, ...]]:
    """Answer where a text stands that may be a mapping by language."""
    return [(key, language)] if isinstance(source.get(key), dict) else [(key,)]


def _posts(source: Source) -> list[tuple[str, str]]:
    """Answer the patterns of articles, and the folder of their addresses."""
    stated: Any = source.get("POSTS")
    rows = [row for row in stated if isinstance(row, list) and len(row) >= 2] if isinstance(stated, list) else []
    return [(str(row[0]), str(row[1])) for row in rows if isinstance(row[0], str) and isinstance(row[1], str)]


def _old_feed(draft: Draft) -> OldFeed:
    """Nikola itself makes RSS of 10 teasers, and Atom if asked."""
    source, old = draft.source, OldFeed(plugin="Nikola")
    keys = []
    if source.flag("GENERATE_RSS") is not False and not source.flag("DISABLE_MAIN_RSS_FEED"):
        old.files["rss"] = _path(source, "RSS", "rss", ".xml")
        keys += [key for key in ("RSS_PATH", "RSS_FILENAME_BASE", "RSS_EXTENSION") if source.text(key)]
    if source.flag("GENERATE_ATOM") and not source.flag("DISABLE_MAIN_ATOM_FEED"):
        old.files["atom"] = _path(source, "ATOM", "index", ".atom")
        keys += [key for key in ("ATOM_PATH", "ATOM_FILENAME_BASE", "ATOM_EXTENSION") if source.text(key)]
    if not old.files:
        draft.note("Nikola is told to write no feed, so ours have their usual names.")
        return old
    old.where = source.where(keys[0]) if keys else ""
    old.limit = source.number("FEED_LENGTH") or 10
    old.limit_where = source.where("FEED_LENGTH") if source.number("FEED_LENGTH") else ""
    is_short = source.flag("FEED_TEASERS") is not False
    old.content = "summary" if is_short else "full"
    old.content_where = (
        source.where("FEED_TEASERS") if source.has("FEED_TEASERS") else "Nikola: FEED_TEASERS (its default)"
    )
    old.others = ["categories/*.xml", "categories/*.atom", "authors/*.xml"]
    draft.note(
        "Feeds of categories and tags were in categories/: ours are at NAME/ and tags/NAME/, so redirect the old ones."
    )
    draft.feeds_of("tag", "Nikola has feeds of tags")
    draft.switch_off("Set GENERATE_RSS and GENERATE_ATOM to False")
    return old


def _path(source: Source, kind: str, base: str, extension: str) -> str:
    folder = (source.text(f"{kind}_PATH") or "").strip("/")
    name = (source.text(f"{kind}_FILENAME_BASE") or base) + (source.text(f"{kind}_EXTENSION") or extension)
    return f"{folder}/{name}".lstrip("/")
