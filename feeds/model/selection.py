"""Which articles of an archive are published at all: the table `[select]` of the configuration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct, field

from feeds.model.table import FeedRule

Bound: TypeAlias = "date | timedelta"
"""A day, or how long before the build."""


class Selection(Struct, frozen=True, kw_only=True):
    """What an article must be, to be published: all that is stated holds."""

    rule: FeedRule = field(default_factory=FeedRule)
    since: Bound | None = None
    """Published on that day or later; or no longer ago than that."""
    until: Bound | None = None
    """Published on that day or earlier; or at least as long ago as that."""
