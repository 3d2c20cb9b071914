"""Choosing and reading in turn: bodies tell which articles are copies, and without the copies others are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feeds.choose import Membership, Window, find_suspects, make_plans, shortlist, unify
from feeds.finish.blocks import text_of
from feeds.model import Body, Card, FeedPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the feeds will show."""

    cards: tuple[Card, ...]
    """All admitted cards, copies made one, vanished ones gone."""
    plans: tuple[FeedPlan, ...]
    """The whole archive's first, parents before children."""
    bodies: Mapping[str, Body]
    """By path; of every card in a plan, and of some others."""
    gone: frozenset[str]
    """Paths of files that vanished before their body was read."""
    copies: Mapping[str, tuple[str, ...]]
    """Paths of the copies that are one with a card, by the card's path; only where there are any."""
    apart: Mapping[str, str]
    """Copies whose text differs from that of the card that they are one with, and that card's path."""
    led: frozenset[str]
    """Paths of cards that lead their copies because subscribers know them, which the memory does not say yet."""


def choose(
    admitted: Sequence[Card],
    membership: Membership,
    window: Window,
    *,
    read: Callable[[Iterable[Card]], Mapping[str, Body]],
    is_known: Callable[[Card], bool],
    is_remembered: Callable[[Card], bool],
    twins: Mapping[str, str],
) -> Chosen:
    """Plan all feeds, reading the bodies of what they show, until no two copies stand side by side.

    Args:
        admitted: Cards that may be published.
        membership: Which feeds a card is in.
        window: How much a feed shows.
        read: Answers the bodies of some cards by path, but for those of files that vanished.
        is_known: Tells whether subscribers know a card's id.
        is_remembered: Tells whether the memory says so.
        twins: Paths of articles that were one entry with another, and its path: they still are, whatever their
            texts, as long as titles and publishers are equal.
    """
    by_path = {card.path: card for card in admitted}
    bodies: dict[str, Body] = {}
    gone: set[str] = set()
    copies: dict[str, tuple[str, ...]] = {}
    led: set[str] = set()

    def text_before_fixes(path: str) -> str:
        body = bodies[path]
        return text_of(body.blocks) if body.undropped is None else body.undropped

    def text_that_counts(card: Card) -> str:
        twin = by_path.get(twins.get(card.path, ""))
        is_alike = twin is not None and (twin.title, twin.publisher) == (card.title, card.publisher)
        return text_before_fixes(twin.path if twin is not None and is_alike and twin.path in bodies else card.path)

    while True:
        plans = make_plans(shortlist(by_path.values(), membership, window), window)
        shown = {card.path for plan in plans for card in plan.cards}
        suspects = list(find_suspects(by_path.values(), shown))
        unread = sorted(shown.union(card.path for group in suspects for card in group) - bodies.keys())
        bodies.update(read([by_path[path] for path in unread]))
        vanished = set(unread) - bodies.keys()
        gone |= vanished
        kept = {path: card for path, card in by_path.items() if path not in vanished}
        for group in suspects:
            present = [card for card in group if card.path in kept]
            for card in present:
                del kept[card.path]
            for one in unify(present, text_that_counts, is_known, is_remembered):
                kept[one.card.path] = one.card
                first, *others = one.paths
                if others:
                    copies[first] = (
                        *copies.pop(first, ()),
                        *others,
                        *(more for path in others for more in copies.pop(path, ())),
                    )
                if one.is_to_be_remembered:
                    led.add(first)
        if kept == by_path:
            return Chosen(
                cards=tuple(kept.values()),
                plans=plans,
                bodies=bodies,
                gone=frozenset(gone),
                copies=copies,
                led=frozenset(led & kept.keys()),
                apart={
                    path: first
                    for first, others in copies.items()
                    for path in others
                    if text_before_fixes(path) != text_before_fixes(first)
                },
            )
        by_path = kept
