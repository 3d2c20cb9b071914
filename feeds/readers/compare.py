"""Where readers differ over a feed: what each field of an entry was taken from, and by whom; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from feeds.readers.rules import Attached, Reader
from feeds.readers.take import Taken, Taking, Value

FIELDS = ("id", "title", "date", "author", "picture", "body", "categories")
"""In the order in which a person looks at them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Readers that take a field from the same elements, in all entries that they have."""

    field: str
    """Of `FIELDS`."""
    sources: Mapping[str, int]
    """Elements, most used first, and the number of entries that each gave; "" where none did."""
    readers: tuple[str, ...]
    """Names, in the table's order."""


def find_agreements(takings: Iterable[tuple[Reader, Taking]]) -> tuple[Agreement, ...]:
    """Group the readers that read a feed by what they take from where; by field, then by the table's order."""
    present = [(reader, taking) for reader, taking in takings if taking.entries]
    agreements = []
    for field in FIELDS:
        groups: list[tuple[dict[int, str], list[str]]] = []
        for reader, taking in present:
            had = {one.number: _SOURCES[field](one, reader) for one in taking.entries if not one.passed_over}
            for sources, names in groups:
                if all(sources.get(number, source) == source for number, source in had.items()):
                    sources |= had
                    names.append(reader.name)
                    break
            else:
                groups.append((had, [reader.name]))
        agreements += [
            Agreement(field=field, sources=dict(Counter(sources.values()).most_common()), readers=tuple(names))
            for sources, names in groups
        ]
    return tuple(agreements)


def _names(values: Iterable[Value]) -> str:
    return " + ".join(dict.fromkeys(value.source for value in values))


def _of_pictures(entry: Taken, reader: Reader) -> str:
    if reader.attached is Attached.KEPT:
        return _names(one for one in entry.pictures if one.source == "body")
    if reader.attached is Attached.FIGURE:
        inside = set(entry.seen.pictures)
        return _names(one for one in entry.pictures if one.source == "body" or one.text not in inside)
    return _names(entry.pictures)


_SOURCES: dict[str, Callable[[Taken, Reader], str]] = {
    "id": lambda entry, reader: entry.id.source,
    "title": lambda entry, reader: entry.title.source,
    "date": lambda entry, reader: entry.date_source if entry.date else "",
    "author": lambda entry, reader: _names(entry.authors),
    "picture": _of_pictures,
    "body": lambda entry, reader: entry.body.source,
    "categories": lambda entry, reader: _names(entry.categories),
}
