"""The feeds that a site has had so far: what its plug-in says of them, and what stands in the output."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from feeds.addresses import encode_path, last_of
from feeds.generators.draft import Draft, relative

Format = Literal["rss", "atom", "json"]

NAMES: Mapping[str, str] = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
"""What our files are called unless the configuration says otherwise."""
MOST_ENTRIES = 200
"""For feeds that show everything; no reader needs more, and few take it."""
_OTHERS: Mapping[str, Sequence[str]] = {
    "rss": ("rss2.xml", "feed.rss"),
    "atom": ("feed.atom", "feed2.xml"),
    "json": ("feed1.json", "feed2.json"),
}
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
_USUAL = (
    "atom.xml",
    "feed.xml",
    "rss.xml",
    "rss2.xml",
    "index.xml",
    "feed/index.xml",
    "feed/feed.xml",
    "feeds/all.atom.xml",
    "feed.json",
    "feed/feed.json",
)
_PATH = re.compile(
    r"(?:[^/\\\x00-\x1f:*?\"<>|.][^/\\\x00-\x1f:*?\"<>|]*/)*[^/\\\x00-\x1f:*?\"<>|.][^/\\\x00-\x1f:*?\"<>|]*"
)
_MOST_FEEDS = 2000


@dataclass(slots=True)
class OldFeed:
    """The feed of the whole site, as its plug-in makes it."""

    plugin: str
    """What makes it, for people: `jekyll-feed`."""
    files: dict[Format, str] = field(default_factory=dict)
    """Output-relative path by format; empty when there is none."""
    where: str = ""
    """What states the files; "" for the plug-in's default."""
    content: Literal["summary", "full"] | None = None
    content_where: str = ""
    limit: int | None = None
    """Entries; 0 for all."""
    limit_where: str = ""
    others: Sequence[str] = ()
    """Patterns of paths at which further feeds of the site stand, of its categories and such; looked for in an output
    inside the site's folder alone, since no other need be small."""


def take_feed(draft: Draft, output: Path, feed: OldFeed | None) -> tuple[tuple[Path, ...], str]:
    """Take over the feed of a site.

    Args:
        draft: Of the site, its title and address taken already.
        output: Of the site.
        feed: What a plug-in says; None where none is known: then what stands in the output tells.

    Returns:
        The feeds that stand in the output, and the line that names ours.
    """
    feed = feed or OldFeed(plugin="")
    if not feed.files:
        feed.files, feed.where = _seen(draft, output)
    usable = _usable(draft, feed.files)
    if usable:
        draft.take("formats", list(usable), feed.where or f"{feed.plugin} (its default)")
        if paths := _paths(usable):
            draft.take("paths", paths, feed.where or f"{feed.plugin} (its default)")
    if feed.content:
        draft.take("content", feed.content, feed.content_where or f"{feed.plugin} (its default)")
    if feed.limit is not None:
        _take_limit(draft, feed)
    main = [output / path for path in usable.values()]
    is_inside = output.resolve().is_relative_to(draft.folder.resolve())
    return _existing(output, main, feed.others if is_inside else ()), _link(draft, usable)


def _usable(draft: Draft, files: Mapping[Format, str]) -> dict[Format, str]:
    """Take the paths that ours can have: those of categories have the last part, so no two are alike."""
    found: dict[Format, str] = {}
    for format_, stated in files.items():
        path = stated.strip("/")
        names = {last_of(other).casefold() for other in found.values()}
        top = path.partition("/")[0].casefold()
        if not _PATH.fullmatch(path) or last_of(path).casefold() in names or top in ("articles", "pictures"):
            draft.note(f'The feed at "{stated}" cannot stay there: redirect it to ours.')
        else:
            found[format_] = path
    return found


def _take_limit(draft: Draft, feed: OldFeed) -> None:
    limit, where = feed.limit or 0, feed.limit_where or f"{feed.plugin}: its default"
    if limit <= 0:
        draft.take("limit", MOST_ENTRIES, f"{where}, all entries")
        draft.note(
            f"{feed.plugin or 'The old feed'} shows all entries, ours the newest {MOST_ENTRIES}: raise limit and "
            "limit_max for more."
        )
        return
    draft.take("limit", min(limit, 10_000), where)
    if limit > MOST_ENTRIES:
        draft.take("limit_max", min(limit, 10_000), where)


def kind_of(data: bytes) -> Format | None:
    """Tell from its first bytes which format a feed has, or the template of one; None for anything else."""
    begin = data[:4000]
    if re.search(rb"<rss[\s>]", begin):
        return "rss"
    if re.search(rb"<feed[\s>]", begin):
        return "atom"
    return "json" if b"jsonfeed.org/version" in begin else None


def kind_of_file(path: Path) -> Format | None:
    """Tell which format a file has; None when it is no feed, or cannot be read."""
    try:
        with path.open("rb") as stream:
            return kind_of(stream.read(4000))
    except OSError:
        return None


def _seen(draft: Draft, output: Path) -> tuple[dict[Format, str], str]:
    """Look for feeds where they usually are."""
    found: dict[Format, str] = {}
    for name in _USUAL:
        if (kind := kind_of_file(output / name)) is not None:
            found.setdefault(kind, name)
    return found, f"found in {relative(output, draft.folder)}/" if found else ""


def _paths(files: Mapping[Format, str]) -> dict[str, str]:
    """Make the table `[paths]`: what differs from our names, and no name twice."""
    paths: dict[str, str] = {format_: path for format_, path in files.items() if path != NAMES[format_]}
    last = {last_of(path).casefold() for path in files.values()}
    for format_, name in NAMES.items():
        if format_ not in files and name in last:
            paths[format_] = next(other for other in _OTHERS[format_] if other not in last)
    return paths


def _existing(output: Path, main: Sequence[Path], others: Sequence[str]) -> tuple[Path, ...]:
    found = [path for path in main if kind_of_file(path)]
    for pattern in others:
        places = sorted(output.glob(pattern))[:_MOST_FEEDS]
        found += [path for path in places if path not in found and path.is_file() and kind_of_file(path)]
    return tuple(found)


def _link(draft: Draft, files: Mapping[Format, str]) -> str:
    kind, path = next(iter(files.items()), ("rss", NAMES["rss"]))
    base = draft.value("base_url") or "/"
    title = html.escape(str(draft.value("title") or "Feed"))
    return f'<link rel="alternate" type="{_TYPES[kind]}" title="{title}" href="{base}{encode_path(path)}">'
