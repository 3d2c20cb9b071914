"""Markup as what the parser tells of it, in order: starts of elements, texts, ends.

The parser is lxml's for HTML. It is listened to while it reads, for the tree that it would make itself ends
at some 250 levels, and all text below is lost. Nor is another tree made: a body is walked once, from its
first event to its last.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from lxml import etree

Attributes: TypeAlias = Mapping[str, str]
Start: TypeAlias = tuple[str, Attributes]
"""An element's name, in lower case, and its attributes."""


class Mark(Enum):
    """An event of which no more is to be said."""

    END = "end"
    """Of the element that began last and has not ended yet."""
    COMMENT = "comment"
    """Parts the texts around it; stands behind the last event, too."""


Event: TypeAlias = str | Start | Mark
"""A text may come in several pieces, one behind the other."""

END: Final = Mark.END
COMMENT: Final = Mark.COMMENT

_ROOT = "<html><body>"
_NONE: Attributes = MappingProxyType({})


def parse_markup(markup: str) -> tuple[Event, ...]:
    """Read markup of any shape.

    Elements lie within each other; one without an end (libxml2 before 2.14 may not tell the last) ends with all.
    """
    parser, _parsers.idle = _parsers.idle or etree.HTMLParser(target=cast(Any, _Listener())), None
    parser.feed(_ROOT + markup)
    events = cast(tuple[Event, ...], parser.close())
    _parsers.idle = parser  # but none that an error has stopped
    return events


def select(markup: str, events: Sequence[Event], selectors: Iterable[str]) -> frozenset[int]:
    """Answer the places of the elements that CSS selectors mean, among the events of a markup."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_ROOT + markup, "lxml", multi_valued_attributes=None)
    meant = {id(tag) for selector in selectors for tag in soup.select(selector)}
    places = (place for place, event in enumerate(events) if isinstance(event, tuple))
    return frozenset(place for place, tag in zip(places, soup.find_all(True), strict=True) if id(tag) in meant)


class _Listener:
    """Takes down what a parser tells (the target interface of lxml's parsers)."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        note = self._events.append

        # Called for every tag: to look up a list in an object would take longer than to add to it.
        def start(name: str, attributes: Attributes) -> None:
            note((name, attributes or _NONE))

        def end(name: str) -> None:
            note(END)

        self.data, self.start, self.end = note, start, end

    def comment(self, text: str) -> None:
        self._events.append(COMMENT)

    def close(self) -> tuple[Event, ...]:
        """Answer all events, and begin anew."""
        events = (*self._events, COMMENT)
        self._events.clear()
        return events


class _Parsers(threading.local):
    """A parser for each thread: to make one takes as long as to read a short body."""

    idle: etree.HTMLParser | None = None


_parsers = _Parsers()
