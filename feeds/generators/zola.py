"""Zola: `zola.toml`, once `config.toml`.

Defaults as in Zola's `components/config`; a `config.toml` is Hugo's unless it has `base_url`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from feeds.generators.draft import Draft
from feeds.generators.globs import expanded
from feeds.generators.oldfeeds import Format, OldFeed, kind_of, kind_of_file, take_feed
from feeds.generators.site import Site
from feeds.generators.source import Source

_KINDS: dict[str, Format] = {"atom.xml": "atom", "rss.xml": "rss", "feed.json": "json"}
_NO_PAGES = frozenset({".html", ".htm", ".txt", ".rst", ".markdown", ".mdx"})
"""Suffixes of articles elsewhere."""


def is_zola(source: Source) -> bool:
    """Tell whether a `config.toml` is Zola's."""
    return source.has("base_url") and not any(key.lower() == "baseurl" for key in source.values)


def read_zola(source: Source) -> Site:
    """Take over what Zola is told."""
    draft = Draft("zola", source)
    draft.text("title", ("title",))
    draft.text("description", ("description",))
    draft.author(("author",))
    draft.language(("default_language",), default="en")
    draft.address(source.text("base_url"), source.where("base_url"))
    draft.take("zone", "UTC", "Zola takes times that state no zone for UTC")
    draft.take("categories", "flat", "Zola's taxonomies are sets")
    archive = draft.folder / "content"
    output = draft.folder / (source.text("output_dir") or "public")
    if hidden := _ignored(source):
        draft.take("exclude", hidden, source.where("ignored_content"))
    if languages := sorted(source.table("languages")):
        main = source.text("default_language") or "en"
        draft.languages(list(dict.fromkeys([main, *languages])), source.where("languages"))
    feeds, link = take_feed(draft, output, _old_feed(draft))
    others = (path for path in archive.rglob("*.*") if path.suffix.lower() in _NO_PAGES)
    if next(others, None):
        draft.take("include", ["*.md"], "pages of Zola are Markdown; what else lies beside them is served as it is")
    return draft.finish(
        archive=archive,
        output=output,
        feeds=feeds,
        link=link,
        addresses=_addresses(source),
        static=[draft.folder / "static"],
    )


def _ignored(source: Source) -> list[str]:
    """Take the patterns of files that Zola ignores, which it holds against whole paths, `*` meaning folders too."""
    found = []
    for glob in (one for whole in source.texts("ignored_content") for one in expanded(whole)):
        pattern = glob.removeprefix("**/").removeprefix("*/")
        found.append(f"**/{pattern}" if "/" in pattern else pattern)
    return found


def _addresses(source: Source) -> dict[str, object]:
    found: dict[str, object] = {}
    slugify: dict[str, Any] = {}
    if (paths := source.text("slugify", "paths")) in ("on", "safe", "off"):
        slugify["paths"] = paths
    if source.flag("slugify", "paths_keep_dates") is not None:
        slugify["paths_keep_dates"] = source.flag("slugify", "paths_keep_dates")
    if slugify:
        found["slugify"] = slugify
    if languages := sorted(source.table("languages")):
        found["languages"] = languages
        found["default_language"] = source.text("default_language") or "en"
    return found


def _old_feed(draft: Draft) -> OldFeed | None:
    source, old = draft.source, OldFeed(plugin="Zola")
    key = next((key for key in ("generate_feeds", "generate_feed") if source.has(key)), None)
    if key is None or not source.flag(key):
        return None
    stated = next((key for key in ("feed_filenames", "feed_filename") if source.has(key)), None)
    names = source.texts(stated) if stated else []
    for name in names or ["atom.xml"]:
        if kind := _kind(draft.folder, name):
            old.files.setdefault(kind, name)
        else:
            draft.note(
                f"{source.where(stated or key)}: {name} is made by a template of yours: redirect it to our feed."
            )
    old.where = source.where(stated) if stated else ""
    old.limit = source.number("feed_limit") or 0
    old.limit_where = source.where("feed_limit") if source.number("feed_limit") else ""
    templates = [text for name in names or ["atom.xml"] if (text := _template(draft.folder, name))]
    old.content = "full"
    if templates:
        is_full = any(re.search(r"page\.content|\.content\b", text) for text in templates)
        old.content = "full" if is_full else "summary"
        old.content_where = f"templates/{(names or ['atom.xml'])[0]}"
    old.others = [f"**/{name}" for name in old.files.values()]
    with_feed = [
        str(one.get("name"))
        for one in source.get("taxonomies") or ()
        if isinstance(one, dict) and (one.get("feed") or one.get("rss"))
    ]
    if with_feed:
        folders = " and ".join(f"{taxonomy}/NAME/" for taxonomy in with_feed)
        draft.note(
            f"Feeds of taxonomies were at {folders}: ours are at tags/NAME/ and, of categories, NAME/, so redirect "
            "what differs."
        )
        for what in ("tag", "author"):
            if f"{what}s" in with_feed:
                draft.feeds_of(what, source.where("taxonomies"))
    draft.switch_off(f"Set {key} = false in {source.path.name}")
    return old


def _kind(folder: Path, name: str) -> Format | None:
    return kind_of_file(folder / "templates" / name) or _KINDS.get(name)


def _template(folder: Path, name: str) -> str | None:
    try:
        data = (folder / "templates" / name).read_bytes()
    except OSError:
        return None
    return data.decode("utf-8", "replace") if kind_of(data) else None
