"""History: what an archive does not tell of itself, learned by comparing it with the last build; pure.

`remember` looks at both and answers the new memory; `recall` makes cards of readings and memory alone. So feeds
depend on the archive, the configuration, the memory and the given time, and not on what came before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from feeds.history.archive import Articles, Files
from feeds.history.births import Births, neighbours
from feeds.history.dates import is_undated, learn_announced, learn_unannounced, learn_undated
from feeds.history.headlines import find_corrections
from feeds.history.moves import find_moves, with_moves
from feeds.history.questions import Past, Questions
from feeds.history.recall import claimants, find_rivals, recall, recall_card
from feeds.history.touched import find_touched
from feeds.model import Memory, Move, Reading, Remembered

__all__ = [
    "Articles",
    "Births",
    "Files",
    "Past",
    "Questions",
    "claimants",
    "find_rivals",
    "find_touched",
    "recall",
    "remember",
    "with_given",
]

_NOTHING = Remembered()


def remember(
    memory: Memory,
    past: Past,
    readings: Articles,
    changed: Collection[str],
    questions: Questions,
    *,
    now: datetime,
) -> tuple[Memory, set[str]]:
    """Answer what is to be remembered from now on, and for which files that, or the files themselves, are others.

    Args:
        memory: What was remembered until now.
        past: The last build.
        readings: The files of today.
        changed: Paths of files that came, went, or were read as something else than at the last build; of those of
            which memory or feeds say something else; at the first build of all without a date, or announced, at least.
        questions: What may be asked.
        now: The time of the build, aware, whole seconds.
    """
    is_first = memory.since is None
    changed = {*changed, *neighbours(memory.moves, changed)}
    births = Births(memory.moves, past.readings)
    moves = _moves(memory, past, readings, changed, births, questions)
    after = replace(memory, since=memory.since or now, moves=moves)
    changed |= find_touched(memory, after, readings)
    memory, after = after, _inherit(after, past, readings, births)
    changed |= find_touched(memory, after, readings)
    memory, after = after, _protect(after, past, readings, changed, questions)
    changed |= find_touched(memory, after, readings)
    seen = None if is_first or not questions.dates_undated else now
    return _learn_dates(after, past, readings, changed, births, questions, seen=seen), changed


def with_given(
    memory: Memory,
    given: Iterable[tuple[str, str | None, datetime | None]],
    births: Births,
    *,
    is_settled: bool = False,
) -> Memory:
    """Remember ids and dates that another feed has given.

    Args:
        memory: What is remembered.
        given: Path, id and date; None says nothing.
        births: Of the files of today.
        is_settled: No date that a file states may stand for those dates, an earlier one neither.
    """
    articles = dict(memory.articles)
    for path, id_, published in given:
        if id_ is not None or published is not None:
            birth = births.of(path)
            known = articles.get(birth, _NOTHING)
            known = replace(known, id=id_ or known.id, announced=published or known.announced)
            articles[birth] = replace(known, seen=known.seen or published) if is_settled else known
    return replace(memory, articles=articles)


def _moves(
    memory: Memory, past: Past, readings: Articles, changed: Collection[str], births: Births, questions: Questions
) -> Mapping[str, Move]:
    """Remember where files went, and which of them correct the headline of another."""
    if not past.is_known:
        return memory.moves
    before = {path: reading for path in changed if (reading := past.readings.get(path)) is not None}
    today = {path: reading for path in changed if (reading := readings.get(path)) is not None}
    gone = {path: before[path] for path in before.keys() - today.keys() - past.unreachable}
    gone |= {path: before[path] for path in before.keys() & today.keys() if _is_displaced(before[path], today[path])}
    new = {path: today[path] for path in sorted(today.keys() - before.keys())}
    if not gone and not new:
        return memory.moves
    kept = _without_folders(memory, births, new)
    settled = Births(kept, readings)
    found = find_moves(
        {path: gone[path] for path in sorted(gone)},
        {
            path: reading
            for path, reading in new.items()
            if path not in kept and not _is_known_to_have_moved(path, settled, past, questions)
        },
    )
    moves, went = with_moves(kept, found, gone, births, readings)
    after = Births(moves, readings)
    fresh = {path: reading for path, reading in new.items() if path not in went}

    def old(size: int) -> Iterator[Reading]:
        for path in sorted(readings.of_size(size)):
            reading = readings.get(path)
            if reading is not None and path not in fresh and path not in after.hidden:
                yield reading

    corrections = find_corrections(fresh, old, hash_of=questions.hash_of, is_telling=questions.is_telling)
    return moves | {path: Move(origin=after.of(older), replaces=older) for path, older in corrections.items()}


def _is_known_to_have_moved(path: str, births: Births, past: Past, questions: Questions) -> bool:
    """Tell whether the memory says already whence a new file came: a build wrote it, and was killed."""
    return births.has_moved(path) and questions.id_of(births.of(path)) in past.announced


def _is_displaced(before: Reading, now: Reading) -> bool:
    """Tell whether something else stands in the place of a file: neither title nor text is what it was."""
    return (
        now.card.title != before.card.title
        and bool(now.body_hash and before.body_hash)
        and now.body_hash != before.body_hash
    )


def _without_folders(memory: Memory, births: Births, new: Iterable[str]) -> dict[str, Move]:
    """Say of each file by itself that it moved with its folder, where its old place is taken by another one."""
    moves = dict(memory.moves)
    if any(path.endswith("/") for path in moves):
        for path in new:
            went = births.at(path)
            if went is not None and births.has_moved(went) and went not in moves:
                moves[went] = Move(origin=path)
    return moves


def _inherit(memory: Memory, past: Past, readings: Articles, before: Births) -> Memory:
    """Pass the id of an article that vanished on to a copy of it that was one entry with it."""
    if not past.is_known:
        return memory
    births = Births(memory.moves, readings)
    articles = dict(memory.articles)
    there = readings.present(path for one in past.copies for path in one.paths)
    for one in past.copies:
        if one.paths[0] in there or one.paths[0] in past.unreachable:
            continue
        heir = next((path for path in one.paths[1:] if path in there), None)
        if heir is not None and births.at(before.of(one.paths[0])) is None:
            articles[births.of(heir)] = replace(articles.get(births.of(heir), _NOTHING), id=one.id)
    return replace(memory, articles=articles)


def _learn_dates(
    memory: Memory,
    past: Past,
    readings: Articles,
    changed: Collection[str],
    births_before: Births,
    questions: Questions,
    *,
    seen: datetime | None,
) -> Memory:
    births = Births(memory.moves, readings)
    ids = {card.path: card.id for card in find_rivals(memory, births, readings, changed, questions).settled}
    articles = dict(memory.articles)
    silent: Collection[tuple[str, str | None]] | None = None
    for path in sorted(changed):
        reading = readings.get(path)
        if reading is None or path in births.hidden:
            continue
        card, birth = reading.card, births.of(path)
        known = learned = articles.get(birth, _NOTHING)
        told = past.announced.get(ids[path])
        if told is not None:
            learned = learn_announced(card, known, told.published, memory.since)
        elif past.is_comparable and (was := births_before.at(birth)) is not None:
            before = past.readings.get(was)
            assert before is not None, "it was there"
            learned = learn_unannounced(reading, card, known, before, memory.since)
        at = seen
        if at is not None and is_undated(card, learned):
            if silent is None:
                silent = _texts_of_older(memory, past, births, readings, questions)
            at = None if (card.title, reading.body_hash) in silent else seen
        learned = learn_undated(reading, card, learned, at=at)
        if learned != known:
            articles[birth] = learned
    return replace(memory, articles=articles)


def _texts_of_older(
    memory: Memory, past: Past, births: Births, readings: Articles, questions: Questions
) -> frozenset[tuple[str, str | None]]:
    """Answer titles and texts of what was there before the first build: a copy of it is no news either."""
    texts = set()
    for birth, known in memory.articles.items():
        path = births.at(birth) if known.is_older else None
        reading = readings.get(path) if path is not None else None
        if (
            reading is not None
            and reading.body_hash
            and recall_card(reading.card, known, births, questions.id_of, memory.since).id not in past.announced
        ):
            texts.add((reading.card.title, reading.body_hash))
    return frozenset(texts)


def _protect(memory: Memory, past: Past, readings: Articles, changed: Collection[str], questions: Questions) -> Memory:
    """Let the article that subscribers know under an id keep it, whoever else claims it now."""
    births = Births(memory.moves, readings)
    claims: dict[str, list[str]] = {}
    for card in find_rivals(memory, births, readings, changed, questions).cards:
        claims.setdefault(card.id, []).append(card.path)
    articles = dict(memory.articles)
    for id_, paths in claims.items():
        one = past.announced.get(id_) if len(paths) > 1 else None
        if one and one.paths and one.paths[0] in paths and not births.is_succeeded(one.paths[0]):
            birth = births.of(one.paths[0])
            articles[birth] = replace(articles.get(birth, _NOTHING), id=id_)
    return replace(memory, articles=articles)
