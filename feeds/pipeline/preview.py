"""A feed, ours or another's, as readers take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from feeds.addresses import path_in_folder
from feeds.adopt import fetch_feed
from feeds.config import Config
from feeds.errors import FeedsError
from feeds.kinds import shown_name
from feeds.publish import read_manifest
from feeds.readers import (
    READERS,
    Agreement,
    Document,
    Doubt,
    Reader,
    Rules,
    Taken,
    Taking,
    Value,
    find_agreements,
    find_doubts,
    read_document,
    reader_of,
    take_all,
)

__all__ = [
    "READERS",
    "Agreement",
    "Document",
    "Doubt",
    "Preview",
    "Reader",
    "Rules",
    "Taken",
    "Taking",
    "Value",
    "View",
    "preview",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A feed as one reader takes it."""

    reader: Reader
    taking: Taking
    doubts: tuple[Doubt, ...]
    """What the reader does badly with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A feed as readers take it."""

    place: str
    """The file or address that was read."""
    document: Document
    views: tuple[View, ...]
    """Of the reader that was asked for, or of all, in the table's order."""
    agreements: tuple[Agreement, ...]
    """Which of these readers take a field from the same elements."""


def preview(config: Config, feed: str, *, now: datetime, reader: str | None = None, form: str | None = None) -> Preview:
    """Take a feed as readers do.

    Args:
        config: Says where the output is, and what its files are called.
        feed: A file, an address, a folder of the output, or a category: its levels joined by `/` or ` > `.
        now: The time at which the readers fetch it, aware.
        reader: The name of one; None for all.
        form: The format to take of a folder; None for the first that is enabled and there.

    Raises:
        FeedsError: There is no such feed, or it cannot be read, or is none.
        KeyError: There is no such reader.
    """
    place = _find(config, feed, form)
    data = fetch_feed(place)
    if data is None:
        raise FeedsError("nothing is published there", path=place, hint="Correct the address.")
    try:
        document = read_document(data)
    except ValueError as error:
        hint = "Name an RSS 2.0, Atom 1.0 or JSON feed."
        raise FeedsError(f"no feed that can be shown: {error}", path=place, hint=hint) from error
    rows = READERS if reader is None else (reader_of(reader),)
    takings = [(row, take_all(document, row, now)) for row in rows]
    return Preview(
        place=place,
        document=document,
        views=tuple(
            View(reader=row, taking=taking, doubts=find_doubts(document, row, taking, now)) for row, taking in takings
        ),
        agreements=find_agreements(takings),
    )


def _find(config: Config, feed: str, form: str | None) -> str:
    """Answer the file or the address of a feed; what is in the working folder comes before the output."""
    if feed.lower().startswith(("http://", "https://")) or Path(feed).is_file():
        return feed
    names = config.formats if form is None else (form,)
    places = [(Path(feed), "")] if Path(feed).is_dir() else []
    known = {place.folder: shown_name(place.category) for place in read_manifest(config.output).feeds}
    wanted = feed.strip("/ ").replace(" > ", "/")
    places += [(config.output, folder) for folder, category in known.items() if wanted in (folder, category)]
    files = (root / path_in_folder(folder, config.paths[name]) for root, folder in places for name in names)
    found = next((file for file in files if file.is_file()), None)
    if found is not None:
        return str(found)
    if places:
        root, folder = places[-1]
        stated = " or ".join(path_in_folder(folder, config.paths[name]) for name in names)
        raise FeedsError(f"holds no {stated}", path=str(root), hint="Build it, or name a file")
    near = get_close_matches(wanted, [name for name in (*known, *known.values()) if name], n=1, cutoff=0.4)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    raise FeedsError(
        f'"{feed}" is no file, and no category of {config.output}{guess}',
        hint="Give a feed's file or address, or a category that was built",
    )
