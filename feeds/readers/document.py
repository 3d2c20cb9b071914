"""What a feed says, element by element, before anybody takes anything from it: the same for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """A format that the table of readers has rules for; the value is what people call it."""

    RSS = "RSS 2.0"
    ATOM = "Atom 1.0"
    JSON = "JSON Feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that a feed states."""

    name: str
    """As it is usually written, with the usual prefix (`dc:creator`) and, where it stands in another, a path
    (`media:group/media:content`); a key of JSON Feed."""
    text: str
    """What stands in it, less the blanks around; of XHTML its markup."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Its attributes by their local names; of a person and an attachment, what they consist of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a feed says of one entry, in its order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed as it is written."""

    kind: Kind
    title: str
    """Plain text; "" when there is none."""
    head: tuple[Element, ...]
    """What it says of itself; names as in items."""
    items: tuple[Item, ...]
    """In its order."""
    size: int
    """Bytes."""
    fault: str | None
    """Why it is not well-formed; None when it is."""
