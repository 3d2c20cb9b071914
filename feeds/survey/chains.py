"""Whether a list of categories is one chain of levels, or a set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from feeds.model import Value
from feeds.survey.looks import Guess, Look

_MANY = 0.2
"""Share of lists that have to speak against levels."""


def guess_categories(looks: Sequence[Look]) -> Guess:
    """Guess from the places of names in lists.

    In chains of levels a name that stands below others stands at the top nowhere, and what stands above it is always
    the same; in sets names come in any order.
    """
    lists = [names for look in looks for names in _lists(look.categories)]
    long = [names for names in lists if len(names) > 1]
    if not long:
        nested = sum(_is_nested(look.categories) for look in looks)
        reason = f"lists of lists in {nested:,} articles" if nested else "no article has a list of several"
        return Guess(name="categories", value="levels", reason=reason, is_sure=False)
    tops = Counter(names[0] for names in lists)
    above: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for names in long:
        for place in range(1, len(names)):
            above[names[place]].add(names[:place])
    moving = [names for names in long if any(tops[name] for name in names[1:])]
    varied = [names for names in long if any(len(above[name]) > 1 for name in names[1:])]
    against = moving if len(moving) > len(long) * _MANY else varied
    if len(moving) > len(long) * _MANY:
        reason = f"in {len(moving):,} of {len(long):,} lists a lower name is a first one elsewhere: sets"
        return Guess(name="categories", value="flat", reason=reason)
    if len(varied) > len(long) / 2:
        reason = f"in {len(against):,} of {len(long):,} lists names come below different ones: sets"
        return Guess(name="categories", value="flat", reason=reason)
    reason = f"{len(long):,} lists, the same names above the same: levels"
    return Guess(name="categories", value="levels", reason=reason)


def _is_nested(value: Value | None) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, tuple) for item in value)


def _lists(value: Value | None) -> Iterator[tuple[str, ...]]:
    """Yield the list that a value is, if it can be either; a list of lists says by itself what it is."""
    if isinstance(value, str):
        value = tuple(value.split(","))
    if isinstance(value, tuple) and not _is_nested(value):
        names = tuple(item.strip() for item in value if isinstance(item, str) and item.strip())
        if names:
            yield names
