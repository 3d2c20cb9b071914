"""What was published before: entries as subscribers know them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from feeds.model.archive import CategoryPath


class Announced(Struct, frozen=True, kw_only=True, gc=False):
    """An entry that some feed has held."""

    id: str
    published: datetime
    """As subscribers were told it last."""
    paths: tuple[str, ...]
    """Files of its article, archive-relative: the one that gave the id, then its copies; empty when unknown."""
    feeds: frozenset[CategoryPath]
    """Every feed that has held it."""


class ShownEntry(Struct, frozen=True, kw_only=True, gc=False):
    """An entry as a feed showed it last."""

    id: str
    title: str
    published: datetime
    digest: str
    """Of all that the entry said; "" when unknown."""


class PublishedEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One entry of a feed that readers have seen."""

    id: str
    """What readers know the entry by, as the feed has it (less blanks around it); never empty."""
    link: str | None
    """Of its page, absolute and percent-encoded; None when the feed names none, or not where it is."""
    title: str
    """Plain text on one line; "" when the entry has none."""
    published: datetime | None
    """Aware, UTC, whole seconds; None when the feed has no date for it, or none that can be read."""
