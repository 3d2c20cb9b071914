"""Cards to feed plans: who is admitted, which feeds an article is in, what its window shows; pure.

The answer depends on the set of cards alone: `shortlist` takes any batch of them and `merge` joins the
results of any grouping in any order.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from feeds.errors import Problem, ProblemKind
from feeds.model import Card, CategoryPath, FeedPlan

AHEAD = timedelta(days=1)
"""How far ahead of the build a date may lie: clocks and zones differ by less."""
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Membership(Enum):
    """Which feeds of the category tree an article is in, beside that of the whole archive."""

    SUBTREE = "subtree"
    """Every level of every chain."""
    OWN = "own"
    """The last level of every chain."""
    PARTITION = "partition"
    """Only the last level of the first chain; the whole archive's feed holds what has no category."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How much of a category one feed shows."""

    limit: int
    """Entries at least, if there are so many."""
    keep: timedelta
    """Beyond the limit, entries published within this time of the feed's own newest."""
    limit_max: int
    """Entries at most."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What one batch of cards contributes to every feed."""

    newest: Mapping[CategoryPath, tuple[Card, ...]]
    """Per category, newest first, never more than the window can show."""
    totals: Mapping[CategoryPath, int]
    """Articles per category."""
    own_totals: Mapping[CategoryPath, int]
    """Articles per category that are in none of its children."""


def admit(cards: Iterable[Card], now: datetime) -> tuple[tuple[Card, ...], Counter[str], tuple[Problem, ...]]:
    """Tell which cards may be published at all.

    Returns:
        The cards that may; how many may not, by reason ("draft", "undated", "future"); and a notice for each
        article that is dated ahead. (Why a card has no date was said when it was made.)
    """
    admitted, left_out, problems = [], Counter[str](), []
    for card in cards:
        if card.is_draft:
            left_out["draft"] += 1
        elif card.published is None:
            left_out["undated"] += 1
        elif card.published > now + AHEAD:
            left_out["future"] += 1
            problems.append(_ahead(card, card.published))
        else:
            admitted.append(card)
    return tuple(admitted), left_out, tuple(problems)


def _ahead(card: Card, published: datetime) -> Problem:
    return Problem(
        kind=ProblemKind.FUTURE,
        path=card.path,
        what=f"dated {published:%Y-%m-%dT%H:%M:%SZ}",
        cause="that is more than a day ahead",
        cure="It appears when it is due; correct the date if it is wrong.",
    )


def newest_first(card: Card) -> tuple[float, str]:
    """Sort key of every feed: published descending, then id."""
    return -_instant(card).timestamp(), card.id


def _instant(card: Card) -> datetime:
    return card.published or _EPOCH


def categories_of(card: Card, membership: Membership) -> frozenset[CategoryPath]:
    """Return every category whose feed the card is in; `()` is the whole archive."""
    if membership is Membership.PARTITION:
        return frozenset({card.chains[0] if card.chains else ()})
    if membership is Membership.OWN:
        return frozenset({(), *card.chains})
    return frozenset(chain[:depth] for chain in (*card.chains, ()) for depth in range(len(chain) + 1))


def shortlist(cards: Iterable[Card], membership: Membership, window: Window) -> Shortlist:
    """Take from a batch of admitted cards all that a feed could show."""
    members: dict[CategoryPath, list[Card]] = defaultdict(list)
    own_totals: Counter[CategoryPath] = Counter()
    for card in cards:
        categories = categories_of(card, membership)
        above = {category[:depth] for category in categories for depth in range(len(category))}
        for category in categories:
            members[category].append(card)
            own_totals[category] += category not in above
    return Shortlist(
        newest={
            category: tuple(heapq.nsmallest(window.limit_max, batch, key=newest_first))
            for category, batch in members.items()
        },
        totals={category: len(batch) for category, batch in members.items()},
        own_totals=own_totals,
    )


def merge(shortlists: Iterable[Shortlist], window: Window) -> Shortlist:
    """Join shortlists of disjoint batches; any order and any grouping give the same."""
    newest: dict[CategoryPath, list[Card]] = defaultdict(list)
    totals: Counter[CategoryPath] = Counter()
    own_totals: Counter[CategoryPath] = Counter()
    for part in shortlists:
        for category, cards in part.newest.items():
            newest[category] += cards
        totals.update(part.totals)
        own_totals.update(part.own_totals)
    return Shortlist(
        newest={
            category: tuple(heapq.nsmallest(window.limit_max, cards, key=newest_first))
            for category, cards in newest.items()
        },
        totals=totals,
        own_totals=own_totals,
    )


def make_plans(chosen: Shortlist, window: Window) -> tuple[FeedPlan, ...]:
    """Cut each category's cards to its window; the whole archive comes first, parents before children."""
    categories = sorted({(), *chosen.newest})
    return tuple(
        FeedPlan(
            category=category,
            cards=_visible(chosen.newest.get(category, ()), window),
            total=chosen.totals.get(category, 0),
            own_total=chosen.own_totals.get(category, 0),
        )
        for category in categories
    )


def _visible(cards: Sequence[Card], window: Window) -> tuple[Card, ...]:
    if not cards:
        return ()
    oldest = _instant(cards[0]) - window.keep
    return tuple(
        card for place, card in enumerate(cards[: window.limit_max]) if place < window.limit or _instant(card) >= oldest
    )


def find_suspects(cards: Iterable[Card], chosen: Collection[str]) -> Iterator[tuple[Card, ...]]:
    """Yield the groups of cards with equal title and publisher that hold a chosen one.

    Args:
        cards: All admitted cards.
        chosen: Paths of the cards that some feed shows.
    """
    groups: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in cards:
        groups[card.title, card.publisher].append(card)
    for _, group in sorted(groups.items()):
        if len(group) > 1 and any(card.path in chosen for card in group):
            yield tuple(sorted(group, key=lambda card: card.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unified:
    """Copies that became one card."""

    card: Card
    """Values of the copy that leads, chains of all."""
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

    A copy that subscribers know, else the one that was published first (then the smallest path), gives the id
    and all values; the chains of all of them are joined. The date is the earliest, unless subscribers know one.

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
    for same in copies.values():
        earliest = min(same, key=lambda card: (_instant(card), card.path))
        first = min(same, key=lambda card: (not is_known(card), _instant(card), card.path))
        by_memory = min(same, key=lambda card: (not is_remembered(card), _instant(card), card.path))
        others = sorted((card for card in same if card is not first), key=lambda card: (_instant(card), card.path))
        chains = dict.fromkeys(chain for card in (first, *others) for chain in card.chains)
        remaining.append(
            Unified(
                card=replace(first, chains=tuple(chains), published=(first if is_known(first) else earliest).published)
                if others
                else first,
                paths=tuple(card.path for card in (first, *others)),
                is_to_be_remembered=first is not by_memory,
            )
        )
    return tuple(sorted(remaining, key=lambda one: one.card.path))
