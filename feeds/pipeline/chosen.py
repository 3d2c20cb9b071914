"""Choosing and reading in turn: bodies tell which articles are copies, and without the copies others are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from feeds.choose import Membership, Window, find_suspects, make_plans, shortlist, unify
from feeds.errors import Problem
from feeds.finish.blocks import text_of
from feeds.model import Body, Card, FeedPlan
from feeds.pipeline.batches import Batches, BodyWanted, read_bodies


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
    problems: tuple[Problem, ...]


def choose(
    admitted: Sequence[Card],
    root: Path,
    membership: Membership,
    window: Window,
    batches: Batches,
    wanted: Callable[[Card], BodyWanted],
) -> Chosen:
    """Plan all feeds, reading the bodies of what they show, until no two copies stand side by side."""
    by_path = {card.path: card for card in admitted}
    bodies: dict[str, Body] = {}
    gone: set[str] = set()
    problems: list[Problem] = []

    def text_before_fixes(card: Card) -> str:
        body = bodies[card.path]
        return text_of(body.blocks) if body.undropped is None else body.undropped

    while True:
        plans = make_plans(shortlist(by_path.values(), membership, window), window)
        shown = {card.path for plan in plans for card in plan.cards}
        suspects = list(find_suspects(by_path.values(), shown))
        unread = sorted(shown.union(card.path for group in suspects for card in group) - bodies.keys())
        bodies_wanted = [wanted(by_path[path]) for path in unread]
        for batch, batch_problems in batches.run("reading bodies", partial(read_bodies, root), bodies_wanted):
            bodies.update(batch)
            problems += batch_problems
        vanished = set(unread) - bodies.keys()
        gone |= vanished
        kept = {path: card for path, card in by_path.items() if path not in vanished}
        for group in suspects:
            present = [card for card in group if card.path in kept]
            for card in present:
                del kept[card.path]
            kept |= {card.path: card for card in unify(present, text_before_fixes)}
        if kept == by_path:
            return Chosen(
                cards=tuple(kept.values()),
                plans=plans,
                bodies=bodies,
                gone=frozenset(gone),
                problems=tuple(problems),
            )
        by_path = kept
