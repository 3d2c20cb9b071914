"""Which categories of an archive have fallen silent, told from the newest articles of each shelf."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from feeds.choose import moment_of
from feeds.kinds import chains_among
from feeds.model import CategoryPath
from feeds.pipeline.prepare import Prepared
from feeds.silence import NEWEST, Silence, find_silences
from feeds.state import State


def silences_of(prepared: Prepared, state: State) -> tuple[Silence, ...]:
    """Find the categories that have fallen silent, those furthest behind their own pace first."""
    return find_silences(_moments(prepared, state))


def _moments(prepared: Prepared, state: State) -> Iterator[tuple[tuple[CategoryPath, ...], datetime]]:
    """Yield of the newest articles that are published where each stands and when it was published; copies made one.

    A category's newest moments are among the newest of its shelves, and more are not looked at.
    """
    instead, ahead = prepared.chosen.instead, prepared.chosen.ahead
    for shelf, _, articles in state.register.shelves():
        chains = chains_among(shelf)
        moments: set[int] = set()
        for article in articles:
            if article.path not in instead and article.path not in ahead and article.published not in moments:
                moments.add(article.published)
                yield chains, moment_of(article.published)
                if len(moments) == NEWEST:
                    break
    yield from ((card.chains, moment_of(one.published)) for one, card in filter(None, instead.values()))
