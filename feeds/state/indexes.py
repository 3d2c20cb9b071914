"""What indexes of the register tell by themselves: no article is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.model import CategoryPath
from feeds.state.names import RegisterNames
from feeds.state.store import Store

_EVER = -(2**63)
"""Before all moments."""


class Indexes:
    """Those of one register."""

    def __init__(self, store: Store, names: RegisterNames) -> None:
        """Take the file that holds it, and its names."""
        self._store = store
        self._names = names

    def moments(self) -> Iterator[tuple[tuple[CategoryPath, ...], Iterator[tuple[int, int]]]]:
        """Yield for each shelf when articles that may be published were, due or not, the newest moment first.

        Those are microseconds since the epoch, each with how many articles were published then.
        """
        query = (
            "SELECT published, COUNT(*) FROM articles INDEXED BY newest WHERE standing = 0 AND shelf = ? "
            "GROUP BY published ORDER BY published DESC"
        )
        for shelf, number in self._names.shelves.all().items():
            yield shelf, self._store.rows(query, number)

    def shared(self, likenesses: Iterable[int]) -> set[int]:
        """Answer those of some likenesses that several articles have which may be published, due or not."""
        query = (
            "SELECT likeness FROM articles INDEXED BY alike WHERE standing = 0 AND likeness IN (?) "
            "GROUP BY likeness HAVING COUNT(*) > 1"
        )
        return {likeness for (likeness,) in self._store.rows_of(query, set(likenesses))}

    def digests(self, publisher: str, *, until: int, count: int) -> list[int]:
        """Answer the digests of a publisher's newest articles that may be published, those of one moment by digest.

        Args:
            publisher: By name.
            until: What was published later is not due yet; microseconds since the epoch.
            count: So many; more where others were published at the moment of the last.
        """
        source = "articles INDEXED BY newest_of_publisher WHERE standing = 0 AND publisher = ? AND published <= ?"
        number = self._names.publishers.all().get(publisher, -1)
        last = f"SELECT published FROM {source} ORDER BY published DESC LIMIT 1 OFFSET ?"
        query = f"SELECT digest FROM {source} AND published >= ifnull(({last}), ?) ORDER BY published DESC, digest DESC"
        return [digest for (digest,) in self._store.read(query, number, until, number, until, count - 1, _EVER)]
