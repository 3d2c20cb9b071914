"""Choosing and reading in turn: bodies tell which articles are copies, and without the copies others are chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from feeds.choose import (
    Shelf,
    Unified,
    Window,
    make_plans,
    merge,
    microseconds,
    moment_of,
    shelve,
    unify,
    visible,
)
from feeds.kinds import shelf_of
from feeds.model import Card, CategoryPath, FeedPlan, Listed
from feeds.pipeline.articles import Today
from feeds.pipeline.bodies import Bodies
from feeds.pipeline.overrides import Overrides
from feeds.pipeline.report import Progress
from feeds.state import Registered, State


class Chosen(Struct, frozen=True, kw_only=True):
    """What the feeds will show."""

    plans: tuple[FeedPlan, ...]
    """The whole archive's first, parents before children."""
    cards: Mapping[str, Card]
    """By path; of every article in a plan, copies made one."""
    instead: Mapping[str, tuple[Listed, Card] | None]
    """What stands for articles that are not what the register says: copies made one, None for one that is gone."""
    gone: frozenset[str]
    """Paths of files that vanished before their body was read."""
    copies: Mapping[str, tuple[str, ...]]
    """Paths of the copies that are one with a card, by the card's path; only where there are any."""
    apart: Mapping[str, str]
    """Copies whose text differs from that of the card that they are one with, and that card's path."""
    led: frozenset[str]
    """Paths of cards that lead their copies because subscribers know them, which the memory does not say yet."""
    ahead: Mapping[str, int]
    """When articles that are not due yet were published, in microseconds since the epoch, by path."""


class Acquaintance(Struct, frozen=True, kw_only=True):
    """What is known of articles that may be copies."""

    is_known: Callable[[Card], bool]
    """Subscribers know a card's id."""
    is_remembered: Callable[[Card], bool]
    """The memory says so."""
    twins_of: Callable[[Sequence[Card]], Mapping[str, str]]
    """Paths of articles that were one entry with another, and its path: they still are, whatever their texts."""


def card_of(today: Today, path: str) -> Card | None:
    """Answer the card of an article as it is remembered, its id its own alone."""
    one = today.one(path)
    return None if one is None else card_as_remembered(one)


def card_as_remembered(one: Registered) -> Card:
    """Answer the card of a registered article."""
    card, published = one.reading.card, None if one.published is None else moment_of(one.published)
    is_as_read = (card.id, card.published) == (one.id, published)
    return card if is_as_read else replace(card, id=one.id, published=published)


def choose(
    state: State,
    today: Today,
    bodies: Bodies,
    overrides: Overrides,
    acquaintance: Acquaintance,
    *,
    until: int,
    progress: Progress,
) -> Chosen:
    """Plan all feeds, reading the bodies of what they show, until no two copies stand side by side.

    Args:
        state: What is kept, every article with it.
        today: Articles that are at hand.
        bodies: Reads them.
        overrides: Which feeds an article is in, and how much each shows.
        acquaintance: What is known of copies.
        until: What was published later is not due yet; microseconds since the epoch.
        progress: Told how far each stage is.
    """
    window = overrides.widest_window
    choice = _Choice(state=state, today=today, bodies=bodies, window=window, until=until)
    while True:
        progress("choosing", 0, 0)
        plans = make_plans(
            merge(choice.shelves(), window),
            overrides.membership,
            overrides.window(),
            memberships=overrides.memberships,
            windows=overrides.windows,
        )
        shown = {article.path: article for plan in plans for article in plan.articles}
        today.find(shown)
        cards = {path: card for path in shown if (card := choice.card(path)) is not None}
        groups = choice.suspects(shown.values())
        before = dict(choice.instead)
        choice.read([*cards.values(), *(card for group in groups for _, card in group)])
        progress("choosing", 0, 0)
        for group in groups:
            choice.unify([(article, card) for article, card in group if card.path not in choice.gone], acquaintance)
        if choice.instead == before:
            return Chosen(
                plans=plans,
                cards=cards,
                instead=choice.instead,
                gone=frozenset(choice.gone),
                copies=choice.copies,
                apart={
                    path: first
                    for first, others in choice.copies.items()
                    for path in others
                    if bodies.text(path) != bodies.text(first)
                },
                led=frozenset(path for path in choice.led if choice.instead.get(path, True)),
                ahead=choice.ahead,
            )


class _Choice(Struct, kw_only=True):
    """Articles as they stand on the way."""

    state: State
    today: Today
    bodies: Bodies
    window: Window
    until: int
    instead: dict[str, tuple[Listed, Card] | None] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    copies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    led: set[str] = field(default_factory=set)
    ahead: dict[str, int] = field(default_factory=dict)
    _cards: dict[str, Card | None] = field(default_factory=dict)

    def card(self, path: str) -> Card | None:
        """Answer an article's card; None when it is gone, or one with another."""
        if path in self.instead:
            other = self.instead[path]
            return other[1] if other else None
        if path not in self._cards:
            self._cards[path] = card_of(self.today, path)
        return self._cards[path]

    def shelves(self) -> Iterator[Shelf]:
        """Yield the shelves of the register, and those of what stands for others."""
        without: defaultdict[tuple[CategoryPath, ...], int] = defaultdict(int)
        for path in self.instead:
            card = card_of(self.today, path)
            if card is not None:
                without[shelf_of(card)] += 1
        for chains, count, articles in self.state.register.shelves():
            ahead: dict[str, int] = {}
            newest = visible(self._due(articles, ahead), self.window)
            self.ahead |= ahead
            yield Shelf(chains=chains, newest=newest, count=count - without[chains] - len(ahead))
        yield from shelve((other for other in self.instead.values() if other), self.window)

    def suspects(self, shown: Collection[Listed]) -> list[tuple[tuple[Listed, Card], ...]]:
        """Answer the groups of articles with equal title and publisher of which a feed shows one."""
        shared = self.state.indexes.shared(article.likeness for article in shown)
        alike: defaultdict[int, list[Listed]] = defaultdict(list)
        for article in self.state.register.like(article for article in shown if article.likeness in shared):
            if article.published <= self.until:
                alike[article.likeness].append(article)
        several = [articles for articles in alike.values() if len(articles) > 1]
        self.today.find(article.path for articles in several for article in articles)
        paths = {article.path for article in shown}
        groups: defaultdict[tuple[str, str], list[tuple[Listed, Card]]] = defaultdict(list)
        for articles in several:
            for article in articles:
                other = self.instead.get(article.path)
                card = self.card(article.path)
                if card is not None:
                    groups[card.title, card.publisher].append(other or (article, card))
        return [
            tuple(sorted(group, key=lambda one: one[1].path))
            for _, group in sorted(groups.items())
            if len(group) > 1 and any(card.path in paths for _, card in group)
        ]

    def read(self, cards: Iterable[Card]) -> None:
        """See to the bodies of some articles; their files may have vanished."""
        for path in self.bodies.read(cards):
            self.gone.add(path)
            self.instead[path] = None

    def unify(self, group: Sequence[tuple[Listed, Card]], acquaintance: Acquaintance) -> None:
        """Make one of the copies among articles of equal title and publisher."""
        listed = {card.path: article for article, card in group}
        by_path = {card.path: card for _, card in group}
        twins = acquaintance.twins_of(tuple(by_path.values()))

        def text_that_counts(card: Card) -> str:
            twin = twins.get(card.path, card.path)
            return self.bodies.text(twin if twin in by_path else card.path)

        for one in unify(tuple(by_path.values()), text_that_counts, acquaintance.is_known, acquaintance.is_remembered):
            if len(one.paths) > 1:
                self._join(one, listed[one.card.path])

    def _join(self, one: Unified, article: Listed) -> None:
        first, *others = one.paths
        known = self.copies.pop(first, ())
        more = (path for other in others for path in self.copies.pop(other, ()))
        self.copies[first] = (*known, *others, *more)
        assert one.card.published is not None, "only what is dated may be published"
        self.instead |= dict.fromkeys(others)
        self.instead[first] = replace(article, published=microseconds(one.card.published)), one.card
        if one.is_to_be_remembered:
            self.led.add(first)

    def _due(self, articles: Iterable[Listed], ahead: dict[str, int]) -> Iterator[Listed]:
        """Yield those of some articles, newest first, that are due; note the others, which come before them."""
        for article in articles:
            if article.published > self.until:
                ahead[article.path] = article.published
            elif article.path not in self.instead:
                yield article
