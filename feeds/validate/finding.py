"""What a check answers: faults as rules tell them, findings as people are told; no logic, no input or output."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple, TypeAlias


class Level(Enum):
    """How bad a finding is."""

    ERROR = "error"
    """The format forbids it."""
    WARNING = "warning"
    """The format allows it, and some readers are known to trip over it."""


class Fault(NamedTuple):
    """What one rule finds."""

    name: str
    """Of the message, in the table of messages."""
    what: str
    """What is wrong, with the value in quotes; no full stop."""
    line: int | None = None
    """Counted from 1; None for the line of the element that the rule is about."""
    column: int | None = None
    """Counted from 1; None where only the line is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault of a file, and what to do about it."""

    path: str
    """Of the file, output-relative and `/`-separated."""
    line: int | None
    """Counted from 1; None for the file as a whole."""
    column: int | None
    """Counted from 1; None where only the line is known."""
    name: str
    """Of the message: the W3C validator's, where it has one."""
    level: Level
    """How bad it is."""
    what: str
    """What is wrong, with the value in quotes; no full stop."""
    cure: str
    """What to do, as a sentence."""


class Mention(NamedTuple):
    """An address that a document names."""

    address: str
    """As it is written, made absolute where the document says how."""
    line: int
    """Counted from 1; of JSON Feed that of the item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that has been looked at by itself."""

    kind: str
    """`rss`, `atom`, `opml`, `json`; `xml` for what is none of them."""
    faults: tuple[Fault, ...]
    """Each with its line."""
    own: Mention | None = None
    """Where the feed says that it is served."""
    links: tuple[Mention, ...] = ()
    """To pages, pictures and enclosures; absolute ones and others."""
    listed: tuple[Mention, ...] = ()
    """Feeds of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What rules must know of the file beside the value that they look at."""

    kind: str
    """Of the document: `rss`, `atom`, `opml` or `json`."""
    now: datetime
    """Aware; dates ahead of it are not plausible."""
    has_references: bool = False
    """Whether the value at hand is written with hexadecimal references, as `&#x3C;`, which all readers read alike."""


ValueRule: TypeAlias = Callable[[str, Source], Iterable[Fault]]
"""A rule about one text, attribute or string."""


def shown(value: str) -> str:
    """Quote a value, cut after some eighty characters, on one line."""
    line = " ".join(value.split())
    return f'"{line if len(line) <= 80 else line[:79] + "…"}"'
