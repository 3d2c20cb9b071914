"""Cards as they are known: files' own, with the ids and dates that are remembered; and who claims an id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from feeds.errors import Problem
from feeds.history.archive import Articles
from feeds.history.births import Births
from feeds.history.dates import date_of
from feeds.history.questions import Questions
from feeds.model import Card, Memory, Reading, Remembered

_NOTHING = Remembered()


def recall(
    memory: Memory, births: Births, readings: Iterable[Reading], id_of: Callable[[str], str]
) -> tuple[Card, ...]:
    """Make the cards that the build goes by: files' own, with the ids and dates that are remembered.

    Files whose headline another one corrects are not among them. Ids may still be claimed twice.
    """
    cards = []
    for reading in readings:
        if reading.path not in births.hidden:
            known = memory.articles.get(births.of(reading.path), _NOTHING)
            cards.append(recall_card(reading.card, known, births, id_of, memory.since))
    return tuple(cards)


def claimants(memory: Memory, births: Births, paths: Iterable[str]) -> frozenset[str]:
    """Answer the files whose claim to an id goes before that of others: what is remembered before what is made."""
    return frozenset(
        path
        for path in paths
        if births.has_moved(path) or memory.articles.get(births.of(path), _NOTHING).id is not None
    )


class Rivals(NamedTuple):
    """Cards whose claims to ids have to do with each other."""

    cards: tuple[Card, ...]
    """With the ids that they ask for."""
    settled: tuple[Card, ...]
    """Each with an id of its own."""
    problems: tuple[Problem, ...]
    """Of claims that failed."""


def find_rivals(
    memory: Memory, births: Births, readings: Articles, paths: Collection[str], questions: Questions
) -> Rivals:
    """Answer the cards of some files, and of all whose claims to ids have to do with theirs."""
    ids: set[str] = set()
    found = set(paths)
    while True:
        there = (reading for path in sorted(found) if (reading := readings.get(path)) is not None)
        cards = recall(memory, births, there, questions.id_of)
        settled, problems = questions.settle(cards, claimants(memory, births, [card.path for card in cards]))
        wanted = {card.id for one in (cards, settled) for card in one} - ids
        if not wanted:
            return Rivals(cards, settled, problems)
        ids |= wanted
        found.update(readings.claiming(wanted))


def recall_card(
    card: Card, known: Remembered, births: Births, id_of: Callable[[str], str], since: datetime | None
) -> Card:
    """Make one card: that of a file, with what is known of its article."""
    id_, published = card.id, date_of(card, known, since)
    if known.id is not None:
        id_ = known.id
    elif births.has_moved(card.path) and card.id == id_of(card.path):
        id_ = id_of(births.of(card.path))
    if (id_, published) == (card.id, card.published):
        return card
    return replace(card, id=id_, published=published)
