"""Reading in batches: functions of a batch whose results are joined in any order.

So any `concurrent.futures.Executor` may run them: a process pool, a cluster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from feeds.errors import Problem
from feeds.finish.blocks import read_body
from feeds.model import Body, Card
from feeds.normalise import CardRules, make_card
from feeds.read import read_article, read_body_text

BATCH = 256
"""Files in one batch of work."""

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, what is done of it and how much there is to do."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Batches:
    """Runs a function over items, a batch at a time, here or on an executor."""

    def __init__(self, executor: Executor | None, progress: Progress) -> None:
        """Take where to run, and whom to tell how far it is."""
        self._executor = executor
        self._progress = progress

    def run(
        self, stage: str, function: Callable[[Sequence[_Item]], _Result], items: Sequence[_Item]
    ) -> Iterator[_Result]:
        """Yield the result of each batch, in the order of the items."""
        batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
        results = (self._executor.map if self._executor else map)(function, batches)
        done = 0
        for batch, result in zip(batches, results, strict=True):
            done += len(batch)
            self._progress(stage, done, len(items))
            yield result


def read_cards(root: Path, rules: CardRules, paths: Sequence[str]) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """Make the cards of one batch of files; pure but for reading them."""
    cards: list[Card] = []
    problems: list[Problem] = []
    for path in paths:
        article, found = read_article(root, path)
        problems += found
        if article is not None:
            card, found = make_card(article, rules)
            cards.append(card)
            problems += found
    return tuple(cards), tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWanted:
    """One body to read."""

    path: str
    """Archive-relative."""
    drop: tuple[str, ...]
    """CSS selectors of what is no part of it."""


def read_bodies(root: Path, wanted: Sequence[BodyWanted]) -> tuple[dict[str, Body], tuple[Problem, ...]]:
    """Read the bodies of one batch of files, by path; files that vanished are not among them."""
    bodies: dict[str, Body] = {}
    problems: list[Problem] = []
    for one in wanted:
        body = read_body_text(root, one.path)
        if body is not None:
            bodies[one.path] = read_body(one.path, body.text, is_markdown=body.is_markdown, drop=one.drop)
            problems += body.problems
    return bodies, tuple(problems)
