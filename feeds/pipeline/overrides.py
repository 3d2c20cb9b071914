"""What single feeds have of their own: the tables `[[feed]]`, each setting that they do not state the usual one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from feeds.choose import Membership, Window, feeds_of, widest
from feeds.config import Config
from feeds.kinds import shelf_of
from feeds.model import Card, CategoryPath, FeedTable

_NOTHING = FeedTable(key=())


class Overrides:
    """Answers for each feed, by its key."""

    def __init__(self, config: Config) -> None:
        """Take the settings of all feeds, and those of single ones."""
        self._config = config
        self._tables = {table.key: table for table in config.feed}

    def of(self, key: CategoryPath) -> FeedTable:
        """Answer what one feed has of its own; one under an old address has what that of today has."""
        return self._tables.get(key) or self._tables.get(self._today(key), _NOTHING)

    def _today(self, key: CategoryPath) -> CategoryPath:
        for old, new in self._config.moved.items():
            before = tuple(old.split("/"))
            if key[: len(before)] == before:
                return new + key[len(before) :]
        return key

    def window(self, key: CategoryPath | None = None) -> Window:
        """Answer how much of its articles a feed shows; None for a feed that has nothing of its own."""
        own, usual = _NOTHING if key is None else self.of(key), self._config
        return Window(
            limit=usual.limit if own.limit is None else own.limit,
            keep=timedelta(hours=usual.keep_hours if own.keep_hours is None else own.keep_hours),
            limit_max=usual.limit_max if own.limit_max is None else own.limit_max,
            max_age=usual.max_age if own.max_age is None else own.max_age,
        )

    @cached_property
    def windows(self) -> Mapping[CategoryPath, Window]:
        """How much those feeds show that have something of their own."""
        return {key: self.window(key) for key in self._tables}

    @cached_property
    def widest_window(self) -> Window:
        """Shows all that any feed does."""
        return widest((self.window(), *self.windows.values()))

    @cached_property
    def membership(self) -> Membership:
        """Which feeds of categories an article is in."""
        return Membership(self._config.membership) if "category" in self._config.feeds else Membership.WHOLE

    @cached_property
    def memberships(self) -> Mapping[CategoryPath, Membership]:
        """Which articles are in the feeds of categories that have their own way."""
        return {
            key: Membership(table.membership)
            for key, table in self._tables.items()
            if table.membership and (self.membership is not Membership.WHOLE or not key)
        }

    def feeds_of(self, card: Card) -> frozenset[CategoryPath]:
        """Return the key of every feed in which an article is."""
        return feeds_of(shelf_of(card), self.membership, self.memberships)

    def flood_limit(self, key: CategoryPath) -> int:
        """Answer how many old entries a feed may announce at once."""
        limit = self._config.flood_limit
        return self.window(key).limit // 2 if limit is None else limit

    def max_bytes(self, key: CategoryPath) -> int:
        """Answer how many bytes a feed's file may have; 0 for any."""
        own = self.of(key).max_bytes
        return self._config.max_bytes if own is None else own

    def content(self, key: CategoryPath) -> str:
        """Answer what an entry's body holds in a feed."""
        return self.of(key).content or self._config.content

    def keep(self, key: CategoryPath) -> timedelta:
        """Answer how far behind a feed's newest an entry is still news."""
        return self.window(key).keep

    def content_of(self, card: Card) -> str:
        """Answer what an entry's body must hold, to be cut down where a feed shows less: `full` where one shows it."""
        if not self._has_contents:
            return self._config.content
        return "full" if any(self.content(key) == "full" for key in self.feeds_of(card)) else "summary"

    @cached_property
    def shows_whole(self) -> bool:
        """Some feed shows articles whole."""
        return "full" in (self._config.content, *(table.content for table in self._tables.values()))

    @cached_property
    def _has_contents(self) -> bool:
        return any(table.content not in (None, self._config.content) for table in self._tables.values())
