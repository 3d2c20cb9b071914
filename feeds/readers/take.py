"""An entry as one reader takes it, by its row of the table; pure, the time is an argument."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime

from feeds.documents import parse_instant
from feeds.readers.body import Body, see_body
from feeds.readers.document import Document, Element, Item, Kind
from feeds.readers.rules import Attached, DateChoice, Reader, Repeats, Rules, Undated
from feeds.readers.sources import Found, find_all

AHEAD = timedelta(days=1)
"""How far ahead of the time a date may be before anybody minds."""
_TOLERATED = 0.05
"""The share of repeated ids up to which FreshRSS keeps to them."""
_PLAYED = re.compile("audio/|video/|application/ogg")
"""What newsboat prefers to all else that is attached."""
_PLAIN = frozenset({"content_text", "summary"})
"""Bodies of JSON Feed that are plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A text, and what it was taken from."""

    text: str
    source: str
    """An element's name, or several joined by ` + `; "" when there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One entry as a reader has it."""

    number: int
    """Its place in the feed, from 1."""
    passed_over: str
    """Why the reader has no such entry; "" when it has."""
    id: Value
    digest: str
    """What the id is kept as; "" as it is."""
    title: Value
    link: Value
    date: datetime | None
    """By which the reader sorts it, UTC; None when nothing gives it one."""
    date_source: str
    """The element that counts for the date, whether it can be read or not; "" when there is none."""
    date_text: str
    """What stands in it."""
    authors: tuple[Value, ...]
    categories: tuple[Value, ...]
    pictures: tuple[Value, ...]
    """Of elements, then the body's."""
    body: Value
    seen: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What a reader has of a feed."""

    entries: tuple[Taken, ...]
    """All of them, in the feed's order; none when the reader does not read the format."""
    repeated: Mapping[str, int]
    """How often an id stands in the feed that stands there more than once."""
    has_lost_ids: bool
    """The reader no longer relies on the feed's own ids."""


def take_all(document: Document, reader: Reader, now: datetime) -> Taking:
    """Take every entry of a feed as a reader does.

    Args:
        document: The feed.
        reader: A row of the table.
        now: The time at which the reader fetches it, aware.
    """
    rules = reader.rules.get(document.kind)
    if rules is None:
        return Taking(entries=(), repeated={}, has_lost_ids=False)
    taken = tuple(_take(number, item, document, reader, rules, now) for number, item in enumerate(document.items, 1))
    counts = Counter(entry.id.text for entry in taken if not entry.passed_over)
    has_lost_ids = rules.repeats is Repeats.DEGRADED and _lacks_too_many(taken)
    if has_lost_ids:
        taken = _degrade(taken, reader)
    elif rules.repeats is Repeats.ADDRESS:
        taken = _distinguish(taken)
    return Taking(
        entries=taken,
        repeated={text: count for text, count in counts.items() if text and count > 1},
        has_lost_ids=has_lost_ids,
    )


def _degrade(entries: tuple[Taken, ...], reader: Reader) -> tuple[Taken, ...]:
    """Identify entries by link and date, and where that tells too few apart by the title, too."""
    by_date = tuple(_compose(entry, reader, ()) for entry in entries)
    if _lacks_too_many(by_date):
        return tuple(_compose(entry, reader, (entry.title,)) for entry in entries)
    return by_date


def _distinguish(entries: Sequence[Taken]) -> tuple[Taken, ...]:
    """Put the link behind an id that stood in the feed before."""
    known: set[str] = set()
    told_apart = []
    for entry in entries:
        if entry.id.text in known and entry.link.text:
            made = Value(text=f"{entry.id.text}|{entry.link.text}", source=f"{entry.id.source} + {entry.link.source}")
            told_apart.append(replace(entry, id=made))
        else:
            told_apart.append(entry)
        known.add(entry.id.text)
    return tuple(told_apart)


def _compose(entry: Taken, reader: Reader, more: tuple[Value, ...]) -> Taken:
    date = Value(text=f"{entry.date.timestamp():.0f}" if entry.date else "", source=entry.date_source)
    parts = [part for part in (entry.link, date, *more) if part.text]
    if not parts:
        return entry
    made = Value(text="".join(part.text for part in parts), source=" + ".join(part.source for part in parts))
    return replace(entry, id=made, digest=reader.composed_digest)


def _lacks_too_many(entries: Sequence[Taken]) -> bool:
    """Tell whether more than a twentieth of the entries (halves are rounded up) lack an id of their own."""
    counts = Counter(entry.id.text for entry in entries if not entry.passed_over)
    lacking = counts[""] + sum(count - 1 for text, count in counts.items() if text)
    return lacking > int(_TOLERATED * len(entries) + 0.5)


def _take(number: int, item: Item, document: Document, reader: Reader, rules: Rules, now: datetime) -> Taken:
    elements, head = item.elements, document.head
    title = _first(rules.titles, elements, head)
    link = _first(rules.links, elements, head)
    body = _first(rules.bodies, elements, head)
    date, date_source, date_text = _date(rules, elements, head)
    if date and reader.distrusts_future and date > now + AHEAD:
        date = None
    guess = date_text if reader.undated is Undated.GUESS else ""  # what it makes of it is not known
    made = {
        "=title": title,
        "=link": link,
        "=body": body,
        "=date": Value(text=f"{date.timestamp():.0f}" if date else guess, source=date_source),
        "=rfc-date": Value(text=_rfc_date(date, date_source, date_text), source=date_source),
    }
    identity, digest = _identity(rules, made, elements, head, reader)
    seen = see_body(body.text, is_plain=_is_plain(body, document.kind, elements))
    pictures = _pictures(rules, reader, elements, head)
    return Taken(
        number=number,
        passed_over=_lack(rules, elements, head),
        id=identity,
        digest=digest,
        title=title,
        link=link,
        date=date,
        date_source=date_source,
        date_text=date_text,
        authors=_authors(rules, elements, head),
        categories=_categories(rules, reader, elements, head),
        pictures=(*pictures, *(Value(text=address, source="body") for address in seen.pictures)),
        body=body,
        seen=seen,
    )


def _first(sources: Sequence[str], elements: Sequence[Element], head: Sequence[Element]) -> Value:
    found = next((found for source in sources for found in find_all(source, elements, head)), None)
    return Value(text="", source="") if found is None else Value(text=found.text, source=found.source)


def _all(sources: Sequence[str], elements: Sequence[Element], head: Sequence[Element]) -> tuple[Value, ...]:
    found: dict[str, Value] = {}
    for source in sources:
        for one in find_all(source, elements, head):
            found.setdefault(one.text, Value(text=one.text, source=one.source))
    return tuple(found.values())


def _group(groups: Sequence[Sequence[str]], elements: Sequence[Element], head: Sequence[Element]) -> tuple[Value, ...]:
    return next((found for group in groups if (found := _all(group, elements, head))), ())


def _date(rules: Rules, elements: Sequence[Element], head: Sequence[Element]) -> tuple[datetime | None, str, str]:
    """Answer the date, the element that counts for it, and what stands there; None for one that cannot be read."""
    stated: list[Found] = [found for source in rules.dates for found in find_all(source, elements, head)[:1]]
    if rules.date_choice is DateChoice.LAST:
        stated = sorted(stated, key=lambda found: elements.index(found.element))[-1:]
    elif rules.date_choice is DateChoice.PRESENT:
        stated = stated[:1]
    for found in stated:
        instant = parse_instant(found.text)
        if instant is not None:
            return instant, found.source, found.text
    return (None, stated[0].source, stated[0].text) if stated else (None, "", "")


def _rfc_date(date: datetime | None, source: str, text: str) -> str:
    """Write a date as newsboat has it between reading and understanding it: RSS's own as it is."""
    return text if source == "pubDate" else format_datetime(date) if date else ""


def _identity(
    rules: Rules, made: dict[str, Value], elements: Sequence[Element], head: Sequence[Element], reader: Reader
) -> tuple[Value, str]:
    for place, recipe in enumerate(rules.ids):
        parts = [made[part] if part in made else _first((part,), elements, head) for part in recipe]
        if all(part.text for part in parts):
            value = Value(text="".join(part.text for part in parts), source=" + ".join(part.source for part in parts))
            return value, reader.composed_digest if place else reader.digest
    return Value(text="", source=""), ""


def _lack(rules: Rules, elements: Sequence[Element], head: Sequence[Element]) -> str:
    for group in rules.needed:
        if not _first(group, elements, head).text:
            return f"no {' or '.join(group)}"
    return ""


def _authors(rules: Rules, elements: Sequence[Element], head: Sequence[Element]) -> tuple[Value, ...]:
    named = _group(rules.authors, elements, head)
    if not rules.is_by_comma:
        return named
    return tuple(
        Value(text=name.strip(), source=one.source) for one in named for name in one.text.split(",") if name.strip()
    )


def _categories(
    rules: Rules, reader: Reader, elements: Sequence[Element], head: Sequence[Element]
) -> tuple[Value, ...]:
    named = _group(rules.categories, elements, head)
    if not reader.splits_categories:
        return named
    parts = [Value(text=part.strip(), source=one.source) for one in named for part in one.text.split(",")]
    return tuple({part.text: part for part in parts if part.text}.values())


def _pictures(rules: Rules, reader: Reader, elements: Sequence[Element], head: Sequence[Element]) -> tuple[Value, ...]:
    named = _all(rules.pictures, elements, head)
    if reader.attached is not Attached.LINK or not named:
        return named
    found = [found for source in rules.pictures for found in find_all(source, elements, head)]
    found.sort(key=lambda one: elements.index(one.element))
    played = [one for one in found if _PLAYED.match(one.element.values.get("type", ""))]
    last = (played or found)[-1]
    return (Value(text=last.text, source=last.source),)


def _is_plain(body: Value, kind: Kind, elements: Sequence[Element]) -> bool:
    """Tell whether a body is text, and not HTML, by what the feed says of it."""
    if kind is Kind.JSON:
        return body.source in _PLAIN
    if kind is Kind.ATOM:
        stated = next((one for one in elements if one.name == body.source), None)
        return stated is not None and stated.values.get("type", "text") in ("text", "text/plain")
    return False
