"""Which categories have fallen silent: measured by their own pace against the archive's newest article; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from feeds.model import CategoryPath

TIMES = 5
"""A category is silent when its last article is so many times its usual gap behind the archive's newest."""
_FEWEST = 5
"""Moments at which a category must have had articles before it has a pace."""
NEWEST = 100
"""Moments of a category that are looked at, the newest."""
_LEAST_GAP = 3_600_000_000
"""A category that publishes in bursts is not silent between two of them; microseconds."""
_EPOCH = datetime.fromtimestamp(0, UTC)


class Silence(Struct, frozen=True, kw_only=True):
    """A category that has fallen silent."""

    category: CategoryPath
    last: datetime
    """Its newest article."""
    usual: timedelta
    """The gap that it usually leaves between two articles."""
    since: timedelta
    """How far its newest article is behind the archive's."""


def find_silences(shelves: Iterable[tuple[Sequence[CategoryPath], Collection[int]]]) -> tuple[Silence, ...]:
    """Find the categories, at every level, that have fallen silent.

    Args:
        shelves: Chains, and when articles that stand in them were published, in microseconds since the epoch; any
            grouping gives the same.

    Returns:
        Those furthest behind their own pace first. Of a category and those below it that are as silent, all.
    """
    moments: defaultdict[CategoryPath, set[int]] = defaultdict(set)
    ends: list[int] = []
    for chains, published in shelves:
        ends += [max(published)] if published else []
        for chain in chains:
            for depth in range(1, len(chain) + 1):
                moments[chain[:depth]].update(published)
    newest = max(ends, default=None)
    silences = []
    for category, found in moments.items():
        if newest is not None and len(found) >= _FEWEST and newest - max(found) > TIMES * _LEAST_GAP:
            latest = sorted(found)[-NEWEST:]
            gaps = sorted(later - one for one, later in pairwise(latest))
            usual = max(_LEAST_GAP, gaps[len(gaps) // 2])
            since = newest - latest[-1]
            if since > TIMES * usual:
                last, gap, behind = (timedelta(microseconds=number) for number in (latest[-1], usual, since))
                silences.append(Silence(category=category, last=_EPOCH + last, usual=gap, since=behind))
    return tuple(sorted(silences, key=lambda one: (-(one.since / one.usual), one.category)))
