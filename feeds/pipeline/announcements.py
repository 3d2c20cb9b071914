"""What subscribers know of entries: single ones are looked up, for in years there may be more than articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from feeds.model import Announced, CategoryPath, PublishedEntry, ShownEntry
from feeds.state import State


class Announcements(Mapping[str, Announced]):
    """Every entry that a feed has held, by id; what was asked for once is at hand."""

    def __init__(
        self,
        state: State,
        windows: Mapping[CategoryPath, tuple[ShownEntry, ...]],
        others: Iterable[PublishedEntry],
    ) -> None:
        """Take what is known of them.

        Args:
            state: What earlier builds left.
            windows: Entries of our own feeds of which the state does not know: it is lost, or a build was killed.
            others: Entries of another feed that ours goes on from.
        """
        self._state = state
        self._found: dict[str, Announced | None] = {}
        self.news: dict[str, Announced] = {}
        """Those of which the state does not know, or not all."""
        others = tuple(others)
        self.prefetch([one.id for one in others] + [entry.id for entries in windows.values() for entry in entries])
        for category, entries in windows.items():
            for entry in entries:
                self._join(entry.id, entry.published, frozenset({category}))
        for one in others:
            if one.published is not None:
                self._join(one.id, one.published, frozenset())

    def prefetch(self, ids: Iterable[str]) -> None:
        """Look up in one go what will be asked for."""
        unknown = set(ids) - self._found.keys()
        if unknown:
            self._found |= dict.fromkeys(unknown)
            self._found |= self._state.announced(unknown)

    def find(self, id_: str) -> Announced | None:
        """Answer what is known of an entry; None when no feed has held it."""
        if id_ not in self._found:
            self.prefetch((id_,))
        return self._found[id_]

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.find(id_) is not None

    def __getitem__(self, id_: str) -> Announced:
        found = self.find(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.keys("announced") | self.news.keys())

    def __len__(self) -> int:
        return len(self._state.keys("announced") | self.news.keys())

    def _join(self, id_: str, published: datetime, feeds: frozenset[CategoryPath]) -> None:
        """Note that an entry was shown: of two dates the earlier was told first."""
        known = self.get(id_) or Announced(id=id_, published=published, paths=(), feeds=frozenset())
        joined = replace(known, published=min(known.published, published), feeds=known.feeds | feeds)
        self._found[id_] = self.news[id_] = joined
