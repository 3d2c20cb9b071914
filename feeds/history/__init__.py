"""History: what an archive does not tell of itself, learned by comparing it with the last build; pure.

`remember` looks at both and answers the new memory; `recall` makes cards of readings and memory alone. So feeds
depend on the archive, the configuration, the memory and the given time, and not on what came before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from feeds.history.births import Births
from feeds.history.dates import date_of, learn_announced, learn_unannounced, learn_undated
from feeds.history.headlines import find_corrections
from feeds.history.moves import find_moves, with_moves
from feeds.model import Announced, Card, Memory, Move, Reading, Remembered

__all__ = ["Births", "Past", "Questions", "claimants", "recall", "remember", "with_given"]

_NOTHING = Remembered()


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the last build knew."""

    readings: Mapping[str, Reading]
    """By path; empty when there was none, or its state is lost."""
    announced: Mapping[str, Announced]
    """Every entry that a feed has held, by id."""
    unreachable: frozenset[str] = frozenset()
    """Paths of files that may still be there, though nobody can read them now: they have not vanished."""
    is_comparable: bool
    """Its readings were made by the same rules as those of now: a difference is one of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What deciding may have to ask of files, and what it is told by the configuration."""

    hash_of: Callable[[str], str | None]
    """Answers the hash of a file's body."""
    is_telling: Callable[[str], bool]
    """Tells whether the text of a file is its own: neither short nor formulaic."""
    id_of: Callable[[str], str]
    """Makes the id of a path."""
    settle: Callable[[Iterable[Card], Collection[str]], Iterable[Card]]
    """Gives every card an id of its own; of those that claim one id, the paths given go first."""
    dates_undated: bool
    """An article without a date takes the time when it was first seen."""


def remember(
    memory: Memory, past: Past, readings: Mapping[str, Reading], questions: Questions, *, now: datetime
) -> Memory:
    """Answer what is to be remembered from now on.

    Args:
        memory: What was remembered until now.
        past: The last build.
        readings: Of every file of today, by path.
        questions: What may be asked.
        now: The time of the build, aware, whole seconds.
    """
    is_first = memory.since is None
    births = Births(memory.moves, past.readings)
    moves = _moves(memory, past, readings, births, questions)
    memory = replace(memory, since=memory.since or now, moves=moves)
    memory = _inherit(memory, past, readings, births)
    memory = _protect(memory, past, readings, questions)
    return _learn_dates(
        memory, past, readings, births, questions, seen=None if is_first or not questions.dates_undated else now
    )


def recall(memory: Memory, readings: Mapping[str, Reading], id_of: Callable[[str], str]) -> tuple[Card, ...]:
    """Make the cards that the build goes by: files' own, with the ids and dates that are remembered.

    Files whose headline another one corrects are not among them. Ids may still be claimed twice.
    """
    births = Births(memory.moves, readings)
    cards = []
    for path, reading in readings.items():
        if reading.card is not None and path not in births.hidden:
            known = memory.articles.get(births.of(path), _NOTHING)
            cards.append(_recalled(reading.card, known, births, id_of, memory.since))
    return tuple(cards)


def claimants(memory: Memory, paths: Collection[str]) -> frozenset[str]:
    """Answer the files whose claim to an id goes before that of others: what is remembered before what is made."""
    births = Births(memory.moves, paths)
    return frozenset(
        path
        for path in paths
        if births.has_moved(path) or memory.articles.get(births.of(path), _NOTHING).id is not None
    )


def with_given(
    memory: Memory,
    given: Iterable[tuple[str, str | None, datetime | None]],
    paths: Collection[str],
    *,
    is_settled: bool = False,
) -> Memory:
    """Remember ids and dates that another feed has given.

    Args:
        memory: What is remembered.
        given: Path, id and date; None says nothing.
        paths: Of all files of today.
        is_settled: No date that a file states may stand for those dates, an earlier one neither.
    """
    births = Births(memory.moves, paths)
    articles = dict(memory.articles)
    for path, id_, published in given:
        if id_ is not None or published is not None:
            birth = births.of(path)
            known = articles.get(birth, _NOTHING)
            known = replace(known, id=id_ or known.id, announced=published or known.announced)
            articles[birth] = replace(known, seen=known.seen or published) if is_settled else known
    return replace(memory, articles=articles)


def _recalled(
    card: Card, known: Remembered, births: Births, id_of: Callable[[str], str], since: datetime | None
) -> Card:
    id_, published = card.id, date_of(card, known, since)
    if known.id is not None:
        id_ = known.id
    elif births.has_moved(card.path) and card.id == id_of(card.path):
        id_ = id_of(births.of(card.path))
    if (id_, published) == (card.id, card.published):
        return card
    return replace(card, id=id_, published=published)


def _moves(
    memory: Memory, past: Past, readings: Mapping[str, Reading], births: Births, questions: Questions
) -> dict[str, Move]:
    """Remember where files went, and which of them correct the headline of another."""
    if not past.readings:
        return dict(memory.moves)
    gone = {
        path: reading
        for path, reading in past.readings.items()
        if path not in readings and path not in past.unreachable
    }
    gone |= {path: past.readings[path] for path in _displaced(past, readings)}
    new = {path: reading for path, reading in readings.items() if path not in past.readings}
    kept = _without_folders(memory, births, new)
    settled = Births(kept, readings)
    found = find_moves(
        gone,
        {
            path: reading
            for path, reading in new.items()
            if path not in kept and not _is_known_to_have_moved(path, settled, past, questions)
        },
    )
    moves, went = with_moves(kept, found, gone, births, readings)
    after = Births(moves, readings)
    fresh = {path: reading for path, reading in new.items() if path not in went}
    old = {path: reading for path, reading in readings.items() if path not in fresh and path not in after.hidden}
    corrections = find_corrections(fresh, old, hash_of=questions.hash_of, is_telling=questions.is_telling)
    return moves | {path: Move(origin=after.of(older), replaces=older) for path, older in corrections.items()}


def _is_known_to_have_moved(path: str, births: Births, past: Past, questions: Questions) -> bool:
    """Tell whether the memory says already whence a new file came: a build wrote it, and was killed."""
    return births.has_moved(path) and questions.id_of(births.of(path)) in past.announced


def _displaced(past: Past, readings: Mapping[str, Reading]) -> Iterator[str]:
    """Yield the files in whose place something else stands: neither title nor text is what it was."""
    for path, before in past.readings.items():
        now = readings.get(path)
        if (
            now is not None
            and now.card is not None
            and before.card is not None
            and now.card.title != before.card.title
            and now.body_hash
            and before.body_hash
            and now.body_hash != before.body_hash
        ):
            yield path


def _without_folders(memory: Memory, births: Births, new: Mapping[str, Reading]) -> dict[str, Move]:
    """Say of each file by itself that it moved with its folder, where its old place is taken by another one."""
    moves = dict(memory.moves)
    if any(path.endswith("/") for path in moves):
        by_birth = {births.of(path): path for path in births.paths if births.has_moved(path)}
        moves |= {by_birth[path]: Move(origin=path) for path in new if path in by_birth and by_birth[path] not in moves}
    return moves


def _inherit(memory: Memory, past: Past, readings: Mapping[str, Reading], before: Births) -> Memory:
    """Pass the id of an article that vanished on to a copy of it that was one entry with it."""
    births = Births(memory.moves, readings)
    alive = {births.of(path): path for path in readings}
    articles = dict(memory.articles)
    for one in past.announced.values():
        if len(one.paths) < 2 or before.of(one.paths[0]) in alive:
            continue
        if one.paths[0] in readings or one.paths[0] in past.unreachable:
            continue
        heir = next((path for path in one.paths[1:] if path in readings), None)
        if heir is not None and past.readings:
            articles[births.of(heir)] = replace(articles.get(births.of(heir), _NOTHING), id=one.id)
    return replace(memory, articles=articles)


def _learn_dates(
    memory: Memory,
    past: Past,
    readings: Mapping[str, Reading],
    births_before: Births,
    questions: Questions,
    *,
    seen: datetime | None,
) -> Memory:
    births = Births(memory.moves, readings)
    before = {births_before.of(path): path for path in past.readings} if past.is_comparable else {}
    silent = _texts_of_older(memory, past, births, readings, questions)
    settled = questions.settle(recall(memory, readings, questions.id_of), claimants(memory, readings))
    ids = {card.path: card.id for card in settled}
    articles = dict(memory.articles)
    for path, reading in readings.items():
        card = reading.card
        if card is None or path in births.hidden:
            continue
        birth = births.of(path)
        known = learned = articles.get(birth, _NOTHING)
        told = past.announced.get(ids[path])
        if told is not None:
            learned = learn_announced(card, known, told.published, memory.since)
        elif birth in before:
            learned = learn_unannounced(reading, card, known, past.readings[before[birth]], memory.since)
        is_old_text = (card.title, reading.body_hash) in silent
        learned = learn_undated(reading, card, learned, at=None if is_old_text else seen)
        if learned != known:
            articles[birth] = learned
    return replace(memory, articles=articles)


def _texts_of_older(
    memory: Memory, past: Past, births: Births, readings: Mapping[str, Reading], questions: Questions
) -> frozenset[tuple[str, str | None]]:
    """Answer titles and texts of what was there before the first build: a copy of it is no news either."""
    known = ((reading, memory.articles.get(births.of(path), _NOTHING)) for path, reading in readings.items())
    return frozenset(
        (reading.card.title, reading.body_hash)
        for reading, one in known
        if one.is_older
        and reading.body_hash
        and reading.card
        and _recalled(reading.card, one, births, questions.id_of, memory.since).id not in past.announced
    )


def _protect(memory: Memory, past: Past, readings: Mapping[str, Reading], questions: Questions) -> Memory:
    """Let the article that subscribers know under an id keep it, whoever else claims it now."""
    cards = recall(memory, readings, questions.id_of)
    claims: dict[str, list[str]] = {}
    for card in cards:
        claims.setdefault(card.id, []).append(card.path)
    births = Births(memory.moves, readings)
    articles = dict(memory.articles)
    for id_, paths in claims.items():
        one = past.announced.get(id_)
        if len(paths) > 1 and one and one.paths and one.paths[0] in paths and not births.is_succeeded(one.paths[0]):
            birth = births.of(one.paths[0])
            articles[birth] = replace(articles.get(birth, _NOTHING), id=id_)
    return replace(memory, articles=articles)
