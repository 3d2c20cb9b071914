"""What a person decided of single feeds: the tables `[[feed]]` of the configuration."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeAlias

from msgspec import Struct

from feeds.model.archive import CategoryPath

Condition: TypeAlias = tuple[str, str]
"""A kind (`category`, `tag`, `author`, `language`, `path`, `word`), and the value that an article must have there."""


class FeedRule(Struct, frozen=True, kw_only=True):
    """Which articles a combined feed holds: those for which all that is stated is true."""

    all_of: tuple[Condition, ...] = ()
    """Each holds; none stated, nothing asked."""
    any_of: tuple[Condition, ...] = ()
    """At least one holds; none stated, nothing asked."""
    none_of: tuple[Condition, ...] = ()
    """None holds."""


class FeedTable(Struct, frozen=True, kw_only=True):
    """One feed, and what is to be other than for all feeds; None where nothing is."""

    key: CategoryPath
    """Of the feed: a category path, or as `feeds.kinds` makes it."""
    rule: FeedRule | None = None
    """Of a combined feed, which is there because of this table; None for a feed that is there anyway."""
    title: str | None = None
    description: str | None = None
    limit: int | None = None
    keep_hours: int | None = None
    limit_max: int | None = None
    max_age: timedelta | None = None
    max_bytes: int | None = None
    content: str | None = None
    membership: str | None = None
