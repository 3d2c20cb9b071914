"""What is wanted of one build alone, beside the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from feeds.model import PublishedEntry


class Wishes(NamedTuple):
    """What is wanted of one build alone, beside the configuration."""

    accept_flood: bool = False
    """Publish feeds that would announce many old entries."""
    accept_loss: bool = False
    """Go on though most articles of the last build are gone."""
    every_problem: bool = False
    """Tell of every problem, not only of those that the last build did not have."""
    previous: tuple[PublishedEntry, ...] = ()
    """Entries of the feed that this one goes on from."""
