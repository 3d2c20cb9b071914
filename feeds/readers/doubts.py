"""What a reader does badly with a feed, for its publisher: each fault in words, by entry or of the whole; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from feeds.documents import parse_instant
from feeds.readers.document import Document, Item, Kind
from feeds.readers.rules import Attached, Reader, Rules, Undated
from feeds.readers.sources import find_all
from feeds.readers.table import READERS
from feeds.readers.take import AHEAD, Taken, Taking

_LARGE = 1_000_000
"""Bytes of a feed beyond which services were seen to give up on it."""
_SHOWN = 40
"""Characters of a value that are quoted."""
_MADE_UP = {
    Undated.NOW: "it is dated by when it is fetched",
    Undated.GUESS: "it is dated by when it is fetched",
    Undated.NONE: "it is sorted by when it was first seen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that a reader does badly."""

    kind: str
    """Its slug, which never changes."""
    entry: int | None
    """The entry's place in the feed, from 1; None for the feed as a whole."""
    text: str
    """In words, with the value in quotes."""


def find_doubts(document: Document, reader: Reader, taking: Taking, now: datetime) -> tuple[Doubt, ...]:
    """Say what a reader does badly with a feed.

    Args:
        document: The feed.
        reader: A row of the table.
        taking: What that reader has of it.
        now: The time at which they are taken, aware.

    Returns:
        Those of the whole feed, then by entry.
    """
    whole = [Doubt(kind=kind, entry=None, text=text) for kind, text in _of_feed(document, reader, taking)]
    by_entry = [
        Doubt(kind=kind, entry=entry.number, text=text)
        for entry, item in zip(taking.entries, document.items, strict=False)
        for kind, text in _of_entry(entry, item, document, reader, taking, now)
    ]
    return (*whole, *by_entry)


def _of_feed(document: Document, reader: Reader, taking: Taking) -> Iterator[tuple[str, str]]:
    rules = reader.rules.get(document.kind)
    if rules is None:
        yield "unread", f"reads no {document.kind.value}"
        return
    if reader.refuses_damage and document.fault:
        yield "refused", f"reads nothing of this feed, for it is not well-formed: {document.fault}"
    if reader.most_bytes is not None and document.size > reader.most_bytes:
        yield "refused", f"reads no feed over {reader.most_bytes // 2**20} MiB"
    elif document.size > _LARGE:
        yield "large", f"fetches {document.size / 1e6:.1f} MB each time; services gave up on feeds over 1 MB"
    if rules.is_strict and any(entry.passed_over for entry in taking.entries):
        yield "refused", "reads nothing of this feed, for an entry lacks its id"
    if taking.has_lost_ids:
        yield "repeated-id", "goes by link and date for all entries, for over 5 % of them lack an id of their own"


def _of_entry(
    entry: Taken, item: Item, document: Document, reader: Reader, taking: Taking, now: datetime
) -> Iterator[tuple[str, str]]:
    if entry.passed_over:
        yield "passed-over", f"passes the entry over: {entry.passed_over}"
        return
    yield from _of_identity(entry, document, reader, taking)
    yield from _of_date(entry, item, document, reader, now)
    if not entry.title.text:
        yield "untitled", f"finds no title, and shows {reader.untitled}"
    yield from _of_authors(entry, item, document, reader)
    if reader.splits_categories:
        for one in _stated(item, document, lambda rules: rules.categories):
            if "," in one:
                yield "category-split", f"splits the category {_quoted(one)} at its commas"
    yield from _of_pictures(entry, item, document, reader)
    if not entry.body.text and (texts := _stated(item, document, lambda rules: [rules.bodies])):
        yield "no-text", f"shows no text: it does not read {_quoted(texts[0])}"
    if entry.seen.relative:
        yield (
            "relative",
            f"resolves {_quoted(entry.seen.relative[0])} in the body against {reader.relative_to}",
        )


def _of_identity(entry: Taken, document: Document, reader: Reader, taking: Taking) -> Iterator[tuple[str, str]]:
    if not entry.id.text:
        yield "no-id", "has nothing to know the entry by"
    elif " + " in entry.id.source and not taking.has_lost_ids:
        yield "made-id", f"knows it by {entry.id.source}: when one of them changes it is a new entry"
    if entry.id.text in taking.repeated and not taking.has_lost_ids:
        yield (
            "repeated-id",
            f"meets its id {taking.repeated[entry.id.text]} times: {reader.rules[document.kind].repeats.value}",
        )


def _of_date(entry: Taken, item: Item, document: Document, reader: Reader, now: datetime) -> Iterator[tuple[str, str]]:
    if entry.date is not None:
        if entry.date > now + AHEAD:
            yield "future", f"shows it above all others until {entry.date:%Y-%m-%d %H:%M} GMT has come"
    elif entry.date_text and parse_instant(entry.date_text):
        yield "future", f"does not believe {_quoted(entry.date_text)}: it is dated by when it is fetched"
    elif entry.date_text:
        made_up = "it makes one of the digits in it" if reader.undated is Undated.GUESS else _MADE_UP[reader.undated]
        yield "undated", f"cannot read the date {_quoted(entry.date_text)}: {made_up}"
    else:
        there = _stated(item, document, lambda rules: [rules.dates])
        what = f"does not take {_quoted(there[0])} for its date" if there else "finds no date"
        yield "undated", f"{what}: {_MADE_UP[reader.undated]}"


def _of_authors(entry: Taken, item: Item, document: Document, reader: Reader) -> Iterator[tuple[str, str]]:
    if not entry.authors and (names := _stated(item, document, lambda rules: rules.authors)):
        yield "no-author", f"shows no author, though {_quoted(names[0])} is one"
    if reader.takes_at_for_email:
        for author in entry.authors:
            if "@" in author.text and (document.kind is Kind.RSS or author.text.endswith(">")):
                yield "email", f"shows an e-mail address for the author: {_quoted(author.text)}"


def _of_pictures(entry: Taken, item: Item, document: Document, reader: Reader) -> Iterator[tuple[str, str]]:
    outside = [picture for picture in entry.pictures if picture.source != "body"]
    shown = entry.pictures if reader.attached is not Attached.KEPT else entry.seen.pictures
    if reader.shows_body_pictures and not shown and _stated(item, document, lambda rules: [rules.pictures]):
        why = "it takes them from the body alone, where none stands" if not outside else "it keeps them for programs"
        yield "no-picture", f"shows no picture: {why}"
    if reader.attached is Attached.FIGURE and outside and entry.seen.pictures:
        apart = [picture.text for picture in outside if picture.text not in entry.seen.pictures]
        if apart:
            yield "two-pictures", f"shows {_quoted(apart[0])} beside the body's own: the addresses are not the same"


def _stated(item: Item, document: Document, field: Callable[[Rules], Iterable[Iterable[str]]]) -> list[str]:
    """Answer what any reader of the table would take of an entry's own for a field."""
    rules = (reader.rules[document.kind] for reader in READERS if document.kind in reader.rules)
    sources = dict.fromkeys(source for row in rules for group in field(row) for source in group)
    found = (
        found.text
        for source in sources
        if not source.startswith(("feed/", "="))
        for found in find_all(source, item.elements, ())
    )
    return list(dict.fromkeys(found))


def _quoted(text: str) -> str:
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'
