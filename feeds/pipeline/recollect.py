"""From readings to cards as they are known: the last build, its feeds, and an older feed are asked what they know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from posixpath import splitext

from feeds.adopt import Matches, match_entries
from feeds.config import Config
from feeds.errors import Problem, ProblemKind
from feeds.finish.blocks import read_body
from feeds.finish.prose import match_key
from feeds.finish.verdicts import Judge
from feeds.history import Births, Past, Questions, claimants, recall, remember, with_given
from feeds.model import (
    Announced,
    Card,
    CategoryPath,
    Fix,
    Memory,
    Profile,
    PublishedEntry,
    Reading,
    Remembered,
    ShownEntry,
)
from feeds.normalise import LEFT_OUT
from feeds.normalise.identity import hash_id, settle_ids, tag_prefix
from feeds.pipeline.chosen import Chosen
from feeds.pipeline.knowledge import Knowledge, read_own_feeds, shown_of, with_others, with_windows
from feeds.pipeline.readings import Readings
from feeds.read import hash_body, read_body_text

_FEWEST_LETTERS = 60
"""Letters of its own that a text must have to tell one article from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollected:
    """An archive's cards, and what is known of their past."""

    memory: Memory
    announced: Mapping[str, Announced]
    windows: Mapping[CategoryPath, tuple[ShownEntry, ...]]
    cards: tuple[Card, ...]
    """Ids and dates as remembered; ids may still be claimed twice."""
    first: frozenset[str]
    """Paths whose claim to an id goes before that of others."""
    twins: Mapping[str, str]
    """Paths of articles that were one entry with another, and its path."""
    named: frozenset[str]
    """Paths of articles whose id is remembered."""
    replaced: Mapping[str, str]
    """Files whose headline another one corrects, and which."""
    problems: tuple[Problem, ...]
    """Of the files, those about dates as they are now."""


def recollect(
    config: Config, knowledge: Knowledge, readings: Readings, previous: Sequence[PublishedEntry], *, now: datetime
) -> Recollected:
    """Remember what has become of the archive since the last build, and make its cards."""
    prefix = tag_prefix(config.authority, config.year)

    def id_of(path: str) -> str:
        return hash_id(prefix, splitext(path)[0])

    own = read_own_feeds(config, knowledge)
    news = {category: shown_of(entries) for category, entries in own.items()}
    windows = knowledge.state.windows() | news
    announced = with_others(with_windows(knowledge.state.announced(), news), previous)
    lost = {entry.id: entry for entries in own.values() for entry in entries if entry.id.startswith(prefix)}
    memory = knowledge.memory
    if lost:
        memory, _ = adopt_entries(memory, readings.now, tuple(lost.values()), id_of)
    if previous:
        memory, _ = adopt_entries(memory, readings.now, previous, id_of)
    memory = remember(
        memory,
        Past(
            readings=readings.before,
            announced=announced,
            is_comparable=readings.is_comparable,
            unreachable=readings.unreachable,
        ),
        readings.now,
        Questions(
            hash_of=partial(hash_body, config.archive),
            is_telling=partial(_is_telling, config, readings.now),
            id_of=id_of,
            settle=lambda claims, first: settle_ids(claims, prefix, first)[0],
            dates_undated=config.undated == "first-seen",
        ),
        now=now.replace(microsecond=0),
    )
    cards = recall(memory, readings.now, id_of)
    births = Births(memory.moves, readings.now)
    return Recollected(
        named=frozenset(
            path for path in readings.now if memory.articles.get(births.of(path), Remembered()).id is not None
        ),
        memory=memory,
        announced=announced,
        windows=windows,
        cards=cards,
        first=claimants(memory, readings.now),
        replaced=_replaced(memory, births),
        twins=_twins(memory, births, announced),
        problems=tuple(_problems(readings.now, cards)),
    )


def _twins(memory: Memory, births: Births, announced: Mapping[str, Announced]) -> dict[str, str]:
    """Answer which articles were one entry with which, by what was published and by what is remembered."""
    by_birth = {births.of(path): path for path in births.paths}
    twins = {path: one.paths[0] for one in announced.values() for path in one.paths[1:]}
    twins |= {
        by_birth[birth]: by_birth[known.twin]
        for birth, known in memory.articles.items()
        if known.twin in by_birth and birth in by_birth
    }
    return twins


def _replaced(memory: Memory, births: Births) -> dict[str, str]:
    """Answer for each hidden file the one that stands for it: the file that is shown of those born where it was."""
    shown = {
        births.of(path): path
        for path, move in memory.moves.items()
        if move.replaces and path in births.paths - births.hidden
    }
    return {path: shown.get(births.of(path).removesuffix("//"), path) for path in births.hidden}


def keep_united(memory: Memory, chosen: Chosen, cards: Iterable[Card], readings: Readings) -> Memory:
    """Remember what an article has only because copies of it are one entry with it.

    Those are its place before them, where subscribers know it, and the date of the earliest of them.
    """
    own = {card.path: card for card in cards}
    shown = {card.path: card for plan in chosen.plans for card in plan.cards if card.path in chosen.copies}
    births = Births(memory.moves, readings.now)
    articles = dict(memory.articles)
    for path in sorted(shown.keys() | chosen.led):
        birth = births.of(path)
        known = articles.get(birth, Remembered())
        if path in chosen.led:
            known = replace(known, id=own[path].id)
        if path in shown and shown[path].published != own[path].published:
            known = replace(known, announced=shown[path].published)
        if known != Remembered():
            articles[birth] = known
    for path, first in chosen.apart.items():
        known = articles.get(births.of(path), Remembered())
        articles[births.of(path)] = replace(known, twin=births.of(first))
    return replace(memory, articles=articles)


def adopt_entries(
    memory: Memory,
    readings: Mapping[str, Reading],
    entries: Sequence[PublishedEntry],
    id_of: Callable[[str], str],
) -> tuple[Memory, Matches]:
    """Give articles the ids and dates under which a feed has shown them.

    Args:
        memory: What is remembered.
        readings: Of every file of today, by path.
        entries: Of the feed.
        id_of: Makes the id of a path.

    Returns:
        The memory, and which entry is which article, as the article was known before.
    """
    cards = recall(memory, readings, id_of)
    matches = match_entries(entries, cards)
    given = (
        (
            card.path,
            entry.id if entry.id != card.id else None,
            entry.published if entry.published != card.published else None,
        )
        for entry, card in matches.pairs
    )
    return with_given(memory, given, readings, is_settled=True), matches


def _is_telling(config: Config, readings: Mapping[str, Reading], path: str) -> bool:
    """Tell whether an article has enough text of its own to be known by it."""
    card, found = readings[path].card, read_body_text(config.archive, path)
    if card is None or found is None:
        return False
    body = read_body(path, found.text, is_markdown=found.is_markdown, drop=())
    verdicts = Judge(card.title, body, Profile(), Fix()).verdicts(body.blocks)
    return sum(len(match_key(verdict.text)) for verdict in verdicts if verdict.is_own) >= _FEWEST_LETTERS


def _problems(readings: Mapping[str, Reading], cards: Sequence[Card]) -> Iterator[Problem]:
    """Yield what was found in the files; where memory knows a date, a file without one costs nothing."""
    dated = {card.path: card.published for card in cards if card.published is not None}
    known = {card.path for card in cards}
    for path, reading in readings.items():
        if reading.card and reading.card.published and path in known and path not in dated:
            yield _crawled(path, reading.card.published)
        is_undated = reading.card is not None and reading.card.published is None
        for problem in reading.problems:
            if is_undated and path in dated and problem.cure.endswith(LEFT_OUT):
                cure = problem.cure.removesuffix(LEFT_OUT)
                yield replace(
                    problem,
                    kind=ProblemKind.DATE_KEPT,
                    cure=f"{cure}until then it stays at {dated[path]:%Y-%m-%dT%H:%M:%SZ}, as it was first known.",
                )
            else:
                yield problem


def _crawled(path: str, stated: datetime) -> Problem:
    return Problem(
        kind=ProblemKind.UNDATED,
        path=path,
        what=f"no date but {stated:%Y-%m-%d %H:%M:%S}, without a zone",
        cause="it had none at the first build, and this one came later: a crawler's clock, it seems",
        cure=f"Write its date with a zone; {LEFT_OUT}",
    )
