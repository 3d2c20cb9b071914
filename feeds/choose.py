"""Articles to feed plans: which feeds an article is in, what its window shows, which articles are copies; pure.

The answer depends on the set of articles alone: `merge` joins the shelves of any batches, in any grouping and order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from feeds.errors import Problem, ProblemKind
from feeds.kinds import chains_among, is_category, shelf_of
from feeds.model import Card, CategoryPath, FeedPlan, Listed

AHEAD = timedelta(days=1)
"""How far ahead of the build a date may lie: clocks and zones differ by less."""
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)
_NONE: Mapping[CategoryPath, Any] = MappingProxyType({})


class Membership(Enum):
    """Which feeds of the category tree an article is in, beside that of the whole archive."""

    SUBTREE = "subtree"
    """Every level of every chain."""
    OWN = "own"
    """The last level of every chain."""
    PARTITION = "partition"
    """Only the last level of the first chain; the whole archive's feed holds what has no category."""
    WHOLE = "whole"
    """No category has a feed."""


class Window(Struct, frozen=True, kw_only=True):
    """How much of a category one feed shows."""

    limit: int
    """Entries at least, if there are so many."""
    keep: timedelta
    """Beyond the limit, entries published within this time of the feed's own newest."""
    limit_max: int
    """Entries at most."""
    max_age: timedelta | None = None
    """Before the feed's own newest; what was published earlier is not shown, whatever the limit; None for any."""


class Shelf(Struct, frozen=True, kw_only=True):
    """The articles that may be published and stand in the same chains, so in the same feeds."""

    chains: tuple[CategoryPath, ...]
    """And the keys of feeds of other kinds."""
    newest: tuple[Listed, ...]
    """Newest first, then by id; all that a window may show."""
    count: int
    """How many articles stand there."""


def due_until(now: datetime) -> int:
    """Answer in microseconds since the epoch until when articles are due at the time of a build."""
    return microseconds(now + AHEAD)


def microseconds(moment: datetime) -> int:
    """Count the microseconds from the epoch to a moment."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(published: int) -> datetime:
    """Answer the moment so many microseconds after the epoch, in UTC."""
    return _EPOCH + published * _MICROSECOND


def ahead_problem(path: str, published: datetime) -> Problem:
    """Say of an article that it is not due yet."""
    return Problem(
        kind=ProblemKind.FUTURE,
        path=path,
        what=f"dated {published:%Y-%m-%dT%H:%M:%SZ}",
        cause="that is more than a day ahead",
        cure="It appears when it is due; correct the date if it is wrong.",
    )


def _newest_first(article: Listed) -> tuple[int, str]:
    """Sort key of every feed: published descending, then id."""
    return -article.published, article.id


def feeds_of(
    shelf: Sequence[CategoryPath], membership: Membership, own: Mapping[CategoryPath, Membership] = _NONE
) -> frozenset[CategoryPath]:
    """Return the key of every feed in which the articles of a shelf are; `()` is the whole archive's.

    Args:
        shelf: Its name.
        membership: Which categories' feeds they are in.
        own: The same, of categories that have their own way.
    """
    chains = chains_among(shelf)
    usual = categories_of(chains, membership).union(key for key in shelf if not is_category(key))
    if not own:
        return usual
    return (usual - own.keys()) | {key for key, its_own in own.items() if key in categories_of(chains, its_own)}


def categories_of(chains: Sequence[CategoryPath], membership: Membership) -> frozenset[CategoryPath]:
    """Return every category in whose feed the articles of these chains are; `()` is the whole archive."""
    if membership is Membership.PARTITION:
        return frozenset({chains[0] if chains else ()})
    if membership is Membership.OWN:
        return frozenset({(), *chains})
    if membership is Membership.WHOLE:
        return frozenset({()})
    return frozenset(chain[:depth] for chain in (*chains, ()) for depth in range(len(chain) + 1))


def shelve(articles: Iterable[tuple[Listed, Card]], window: Window) -> Iterator[Shelf]:
    """Put a batch of articles that may be published on shelves."""
    found: dict[tuple[CategoryPath, ...], list[Listed]] = defaultdict(list)
    for article, card in articles:
        found[shelf_of(card)].append(article)
    for chains, listed in found.items():
        listed.sort(key=_newest_first)
        yield Shelf(chains=chains, newest=visible(listed, window), count=len(listed))


def merge(shelves: Iterable[Shelf], window: Window) -> tuple[Shelf, ...]:
    """Join shelves of disjoint batches; any order and any grouping give the same."""
    newest: dict[tuple[CategoryPath, ...], list[Listed]] = defaultdict(list)
    counts: Counter[tuple[CategoryPath, ...]] = Counter()
    for shelf in shelves:
        newest[shelf.chains] += shelf.newest
        counts[shelf.chains] += shelf.count
    return tuple(
        Shelf(chains=chains, newest=visible(sorted(newest[chains], key=_newest_first), window), count=counts[chains])
        for chains in sorted(newest)
        if counts[chains]
    )


def make_plans(
    shelves: Iterable[Shelf],
    membership: Membership,
    window: Window,
    *,
    memberships: Mapping[CategoryPath, Membership] = _NONE,
    windows: Mapping[CategoryPath, Window] = _NONE,
) -> tuple[FeedPlan, ...]:
    """Fill each feed's window; the whole archive comes first, parents before children.

    Args:
        shelves: No two of equal chains; made for a window as wide as any.
        membership: Which feeds an article is in.
        window: How much a feed shows.
        memberships: Which articles are in the feeds of categories that have their own way.
        windows: How much the feeds show that have their own way.
    """
    newest: dict[CategoryPath, list[Listed]] = {(): []}
    totals: Counter[CategoryPath] = Counter()
    own_totals: Counter[CategoryPath] = Counter()
    for shelf in shelves:
        categories = feeds_of(shelf.chains, membership, memberships)
        above = {key[:depth] for key in categories if is_category(key) for depth in range(len(key))}
        for category in categories:
            newest.setdefault(category, []).extend(shelf.newest)
            totals[category] += shelf.count
            own_totals[category] += shelf.count * (category not in above)
    return tuple(
        FeedPlan(
            category=category,
            articles=visible(sorted(newest[category], key=_newest_first), windows.get(category, window)),
            total=totals[category],
            own_total=own_totals[category],
        )
        for category in sorted(newest)
    )


def widest(windows: Iterable[Window]) -> Window:
    """Answer the window that shows all that any of some, at least one, would."""
    every = tuple(windows)
    ages = [window.max_age for window in every if window.max_age is not None]
    return Window(
        limit=max(window.limit for window in every),
        keep=max(window.keep for window in every),
        limit_max=max(window.limit_max for window in every),
        max_age=max(ages) if len(ages) == len(every) else None,
    )


def visible(articles: Iterable[Listed], window: Window) -> tuple[Listed, ...]:
    """Take what a window shows of articles, which come newest first, then by id; the others are not asked for."""
    shown: list[Listed] = []
    oldest: int | None = None
    for article in islice(articles, window.limit_max):
        if len(shown) >= window.limit and article.published < shown[0].published - window.keep // _MICROSECOND:
            break
        if window.max_age is not None:
            oldest = article.published - window.max_age // _MICROSECOND if oldest is None else oldest
            if article.published < oldest:
                break
        shown.append(article)
    return tuple(shown)


class Unified(Struct, frozen=True, kw_only=True):
    """Copies that became one card."""

    card: Card
    """Values of the copy that leads, chains and other feeds of all."""
    paths: tuple[str, ...]
    """Of all the copies, the one that leads first."""
    is_to_be_remembered: bool
    """Another one would lead, went it by memory alone."""


def unify(
    group: Sequence[Card],
    text_of: Callable[[Card], str],
    is_known: Callable[[Card], bool] = lambda card: False,
    is_remembered: Callable[[Card], bool] = lambda card: False,
) -> tuple[Unified, ...]:
    """Make one card of each set of copies: suspects whose texts are equal and not empty.

    Those that state different languages are no copies.

    A copy that subscribers know, else the one that was published first (then the smallest path), gives the id
    and all values; the chains of all of them are joined, as are feeds of other kinds. The date is the earliest, unless
    subscribers know one.

    Args:
        group: Suspects.
        text_of: Answers the text that a card's body shows.
        is_known: Tells whether subscribers know a card's id.
        is_remembered: Tells whether the memory says so; then `is_known` holds, too.

    Returns:
        What remains, by path; one for each of `group` when no two texts are equal.
    """
    copies: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in group:
        text = text_of(card)
        copies[text, "" if text else card.path].append(card)
    remaining = []
    for same in _in_one_language(copies.values()):
        earliest = min(same, key=lambda card: (card.published or _EPOCH, card.path))
        first = min(same, key=lambda card: (not is_known(card), card.published or _EPOCH, card.path))
        by_memory = min(same, key=lambda card: (not is_remembered(card), card.published or _EPOCH, card.path))
        others = sorted(
            (card for card in same if card is not first), key=lambda card: (card.published or _EPOCH, card.path)
        )
        chains = dict.fromkeys(chain for card in (first, *others) for chain in card.chains)
        feeds = dict.fromkeys(key for card in (first, *others) for key in card.feeds)
        remaining.append(
            Unified(
                card=replace(
                    first,
                    chains=tuple(chains),
                    feeds=tuple(feeds),
                    published=(first if is_known(first) else earliest).published,
                )
                if others
                else first,
                paths=tuple(card.path for card in (first, *others)),
                is_to_be_remembered=first is not by_memory,
            )
        )
    return tuple(sorted(remaining, key=lambda one: one.card.path))


def _in_one_language(groups: Iterable[list[Card]]) -> Iterator[list[Card]]:
    """Part groups whose articles state more than one language."""
    for group in groups:
        if len({card.language for card in group} - {None}) < 2:
            yield group
        else:
            parts: defaultdict[str | None, list[Card]] = defaultdict(list)
            for card in group:
                parts[card.language].append(card)
            yield from parts.values()
