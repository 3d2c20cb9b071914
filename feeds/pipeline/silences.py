"""Which categories of an archive have fallen silent, told from the newest articles of each shelf."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from feeds.kinds import chains_among, shelf_of
from feeds.model import CategoryPath
from feeds.pipeline.prepare import Prepared
from feeds.silence import NEWEST, Silence, find_silences
from feeds.state import State


def silences_of(prepared: Prepared, state: State) -> tuple[Silence, ...]:
    """Find the categories that have fallen silent, those furthest behind their own pace first."""
    return find_silences(_moments(prepared, state))


def _moments(prepared: Prepared, state: State) -> Iterator[tuple[tuple[CategoryPath, ...], list[int]]]:
    """Yield where articles stand that are published, and when the newest there were; copies made one.

    A category's newest moments are among the newest of its shelves, and more are not looked at.
    """
    chosen, today = prepared.chosen, prepared.readings.today
    hidden: defaultdict[tuple[CategoryPath, ...], Counter[int | None]] = defaultdict(Counter)
    for path in {*chosen.instead, *chosen.ahead}:
        one = today.one(path)
        if one is not None:
            hidden[shelf_of(one.reading.card)][one.published] += 1
    for shelf, moments in state.indexes.moments():
        without = hidden[shelf]
        shown = (published for published, count in moments if count > without[published])
        yield chains_among(shelf), list(islice(shown, NEWEST))
    yield from ((card.chains, [one.published]) for one, card in filter(None, chosen.instead.values()))
