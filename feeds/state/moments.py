"""When the articles of each shelf of the register were published: an index tells, no article is looked at."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.model import CategoryPath
from feeds.state.names import Names
from feeds.state.store import Store


def moments_of(store: Store) -> Iterator[tuple[tuple[CategoryPath, ...], Iterator[tuple[int, int]]]]:
    """Yield for each shelf when articles that may be published were, due or not, the newest moment first.

    Those are microseconds since the epoch, each with how many articles were published then.
    """
    query = (
        "SELECT published, COUNT(*) FROM articles INDEXED BY newest WHERE standing = 0 AND shelf = ? "
        "GROUP BY published ORDER BY published DESC"
    )
    for shelf, number in Names(store, "shelves", tuple[CategoryPath, ...]).all().items():
        yield shelf, store.rows(query, number)
