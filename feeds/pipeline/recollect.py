"""From readings to cards as they are known: the last build, its feeds, and an older feed are asked what they know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from posixpath import splitext

from msgspec import Struct
from msgspec.structs import replace

from feeds.adopt import Matches, match_entries
from feeds.config import Config
from feeds.errors import Problem
from feeds.finish.blocks import read_body
from feeds.finish.prose import match_key
from feeds.finish.verdicts import Judge
from feeds.history import Births, Past, Questions, find_rivals, find_touched, recall, remember, with_given
from feeds.memory import parse_memory
from feeds.model import Card, CategoryPath, Fix, Memory, Profile, PublishedEntry, Remembered, ShownEntry
from feeds.normalise.identity import hash_id, settle_ids, tag_prefix
from feeds.pipeline.announcements import Announcements
from feeds.pipeline.articles import Today
from feeds.pipeline.chosen import Acquaintance, Chosen
from feeds.pipeline.knowledge import Knowledge, read_own_feeds, shown_of
from feeds.pipeline.readings import Readings, as_remembered, microseconds_of
from feeds.read import hash_body, read_body_text
from feeds.state import Standing, State, mark_of

_FEWEST_LETTERS = 60
"""Letters of its own that a text must have to tell one article from another."""


class Recollected(Struct, frozen=True, kw_only=True):
    """What is known of an archive's past, and the register brought in line with it."""

    memory: Memory
    announced: Announcements
    windows: Mapping[CategoryPath, tuple[ShownEntry, ...]]
    affected: frozenset[str]
    """Paths of files of which something may be other than at the last build."""
    problems: tuple[Problem, ...]
    """Ids that two files claim."""


class Recollection:
    """One archive, remembered."""

    def __init__(self, config: Config, state: State, readings: Readings) -> None:
        """Take the archive as it was read."""
        self._config = config
        self._register = state.register
        self._readings = readings
        self._today = readings.today
        self._prefix = tag_prefix(config.authority, config.year)
        self._questions = Questions(
            hash_of=partial(hash_body, config.archive),
            is_telling=partial(_is_telling, config, readings.today),
            id_of=self.id_of,
            settle=lambda claims, first: settle_ids(claims, self._prefix, first),
            dates_undated=config.undated == "first-seen",
        )

    def id_of(self, path: str) -> str:
        """Make the id of a path."""
        return hash_id(self._prefix, splitext(path)[0])

    def recollect(self, knowledge: Knowledge, previous: Sequence[PublishedEntry], *, now: datetime) -> Recollected:
        """Remember what has become of the archive since the last build."""
        run = knowledge.state.run
        own = read_own_feeds(self._config, knowledge)
        news = {category: shown_of(entries) for category, entries in own.items()}
        announced = Announcements(knowledge.state, news, previous)
        memory = knowledge.memory
        lost = {entry.id: entry for entries in own.values() for entry in entries if entry.id.startswith(self._prefix)}
        for entries in (tuple(lost.values()), tuple(previous)):
            if entries:
                memory, _ = self.adopt(memory, entries)
        is_dated_alike = run is not None and run.undated == self._config.undated
        changed = {
            *self._readings.changed,
            *self._today.claiming({*self._readings.lost_ids, *announced.news}),
            *self._touched_since(knowledge, memory),
            *(run.news if run is not None else ()),
            *(() if is_dated_alike else self._register.standing(Standing.UNDATED)),
            *(() if is_dated_alike else self._register.standing(Standing.UNSELECTED)),
        }
        past = Past(
            readings=self._readings.before,
            is_known=self._readings.is_known,
            announced=announced,
            copies=tuple(knowledge.state.copies().values()),
            is_comparable=self._readings.is_comparable,
            unreachable=self._readings.unreachable,
        )
        memory, affected = remember(memory, past, self._today, changed, self._questions, now=now.replace(microsecond=0))
        problems, settled = self._bring_in_line(memory, affected)
        return Recollected(
            memory=memory,
            announced=announced,
            windows=knowledge.state.windows() | news,
            affected=frozenset(affected | settled),
            problems=problems,
        )

    def _touched_since(self, knowledge: Knowledge, memory: Memory) -> set[str]:
        """Answer the files for which the memory was another one at the last build."""
        run = knowledge.state.run
        if run is not None and run.memory == knowledge.memory_data and memory == knowledge.memory:
            return set()
        before = parse_memory(run.memory, Path())[0] if run is not None else Memory()
        return find_touched(before, memory, self._today)

    def adopt(self, memory: Memory, entries: Sequence[PublishedEntry]) -> tuple[Memory, Matches]:
        """Give articles the ids and dates under which a feed has shown them.

        Returns:
            The memory, and which entry is which article, as the article was known before.
        """
        births = Births(memory.moves, self._today)
        near = self._today.find(self._today.claiming({entry.id for entry in entries})).values()
        matches = match_entries(entries, recall(memory, births, (one.reading for one in near), self.id_of))
        if matches.unmatched:
            every = (one.reading for one in self._register.all() if one.standing is not Standing.AWAY)
            matches = match_entries(entries, recall(memory, births, every, self.id_of))
        given = (
            (
                card.path,
                entry.id if entry.id != card.id else None,
                entry.published if entry.published != card.published else None,
            )
            for entry, card in matches.pairs
        )
        return with_given(memory, given, births, is_settled=True), matches

    def acquaintance(self, past: Recollected) -> Acquaintance:
        """Answer what is known of articles that may be copies."""
        births = Births(past.memory.moves, self._today)

        def is_remembered(card: Card) -> bool:
            return past.memory.articles.get(births.of(card.path), Remembered()).id is not None

        def twins_of(cards: Sequence[Card]) -> dict[str, str]:
            announced = (past.announced.get(card.id) for card in cards)
            twins = {path: one.paths[0] for one in announced if one for path in one.paths[1:]}
            by_birth = {births.of(card.path): card.path for card in cards}
            for birth, path in by_birth.items():
                twin = past.memory.articles.get(birth, Remembered()).twin
                if twin in by_birth:
                    twins[path] = by_birth[twin]
            return twins

        return Acquaintance(
            is_known=lambda card: card.id in past.announced or is_remembered(card),
            is_remembered=is_remembered,
            twins_of=twins_of,
        )

    def keep_united(self, memory: Memory, chosen: Chosen) -> Memory:
        """Remember what an article has only because copies of it are one entry with it.

        Those are its place before them, where subscribers know it, and the date of the earliest of them.
        """
        births = Births(memory.moves, self._today)
        united = {path: chosen.cards[path] for path in chosen.copies if path in chosen.cards}
        own = self._today.find(united.keys() | chosen.led)
        articles = dict(memory.articles)
        for path in sorted(own):
            birth = births.of(path)
            known = articles.get(birth, Remembered())
            if path in chosen.led:
                known = replace(known, id=own[path].id)
            if path in united and microseconds_of(united[path]) != own[path].published:
                known = replace(known, announced=united[path].published)
            if known != Remembered():
                articles[birth] = known
        for path, first in chosen.apart.items():
            known = articles.get(births.of(path), Remembered())
            articles[births.of(path)] = replace(known, twin=births.of(first))
        united_memory = replace(memory, articles=articles)
        self._bring_in_line(united_memory, find_touched(memory, united_memory, self._today))
        return united_memory

    def _bring_in_line(self, memory: Memory, paths: Iterable[str]) -> tuple[tuple[Problem, ...], set[str]]:
        """Let the register hold what memory says of some articles, and answer whose ids had to be settled."""
        births = Births(memory.moves, self._today)
        found = self._today.find(paths)
        cards = {
            card.path: card for card in recall(memory, births, (one.reading for one in found.values()), self.id_of)
        }
        rows = []
        for path, one in found.items():
            card = cards.get(path, one.reading.card)
            is_unselected = one.standing is Standing.UNSELECTED
            row = as_remembered(one.reading, card, is_corrected=path not in cards, is_unselected=is_unselected)
            _, standing, published, id_ = row
            if (standing, published, mark_of(id_)) != (one.standing, one.published, one.claim):
                rows.append(row)
        self._register.put(rows)
        self._today.forget(reading.path for reading, *_ in rows)
        twice = () if self._readings.is_known else self._register.claimed_twice()
        rivals = find_rivals(memory, births, self._today, {*cards, *twice}, self._questions)
        ids = {card.path: card.id for card in rivals.settled}
        self._register.settle(ids)
        self._today.forget(ids)
        return rivals.problems, set(ids)


def remembered_copies(memory: Memory, today: Today) -> Acquaintance:
    """Answer what the memory alone knows of articles that may be copies."""
    births = Births(memory.moves, today)

    def of(path: str) -> Remembered:
        return memory.articles.get(births.of(path), Remembered())

    def is_remembered(card: Card) -> bool:
        return of(card.path).id is not None

    def twins_of(cards: Sequence[Card]) -> dict[str, str]:
        by_birth = {births.of(card.path): card.path for card in cards}
        twins = {card.path: of(card.path).twin for card in cards}
        return {path: by_birth[twin] for path, twin in twins.items() if twin in by_birth}

    return Acquaintance(is_known=is_remembered, is_remembered=is_remembered, twins_of=twins_of)


def replaced_by(memory: Memory, today: Today, path: str) -> str:
    """Answer the file that is shown for one whose headline it corrects; the same path for any other."""
    births = Births(memory.moves, today)
    if path not in births.hidden:
        return path
    birth = births.of(path).removesuffix("//")
    shown = (one for one, move in memory.moves.items() if move.replaces and births.of(one) == birth)
    there = today.present(shown) - births.hidden
    return min(there, default=path)


def _is_telling(config: Config, today: Today, path: str) -> bool:
    """Tell whether an article has enough text of its own to be known by it."""
    reading, found = today.get(path), read_body_text(config.archive, path)
    if reading is None or found is None:
        return False
    body = read_body(path, found.text, is_markdown=found.is_markdown, is_rest=found.is_rest, drop=())
    verdicts = Judge(reading.card.title, body, Profile(), Fix()).verdicts(body.blocks)
    return sum(len(match_key(verdict.text)) for verdict in verdicts if verdict.is_own) >= _FEWEST_LETTERS
