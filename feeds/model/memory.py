"""What no rebuild can know of an archive, because it is no longer there to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from feeds.model.archive import CategoryPath


class Remembered(Struct, frozen=True, kw_only=True):
    """One article's past, where its file does not tell it."""

    id: str | None = None
    """Under which subscribers know it; it goes before every other claim to that id."""
    announced: datetime | None = None
    """The date that subscribers were told: it holds against a later one, and when the file states none."""
    first: datetime | None = None
    """The first date of a file that a crawler dates anew: it holds against later ones without a zone, and when
    the file states none."""
    seen: datetime | None = None
    """When an article without a date was first seen: it holds as long as the file states none."""
    twin: str | None = None
    """First path of the article that it was one entry with before their texts differed: it stays so as long as both
    have one title and publisher, since a crawler writes the copies of an edited article one after the other."""
    is_older: bool = False
    """It has no date and was there before the first build: never announced."""


class Move(Struct, frozen=True, kw_only=True):
    """Where the article of a file, or the articles of a folder, came from."""

    origin: str
    """The path they had first; ends with `/` when it is a folder's."""
    replaces: str | None = None
    """The file whose headline this one corrects: hidden as long as both are there."""


class RememberedFeed(Struct, frozen=True, kw_only=True):
    """A feed that subscribers know, where the archive does not tell of it."""

    folder: str
    """Output-relative: an address once given never moves."""
    updated: datetime | None
    """What it said when it became empty; None while it has entries."""


class Memory(Struct, frozen=True, kw_only=True):
    """All that is remembered; exceptions only."""

    since: datetime | None = None
    """When the first build ran; None before it."""
    articles: Mapping[str, Remembered] = field(default_factory=dict)
    """By the path that the article had first, archive-relative."""
    moves: Mapping[str, Move] = field(default_factory=dict)
    """By the path of today; that of a folder ends with `/`."""
    feeds: Mapping[CategoryPath, RememberedFeed] = field(default_factory=dict)
