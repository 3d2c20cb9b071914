"""What is known before a build begins: state, memory, and what the output says of itself where the state is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import join
from typing import TypeVar

from feeds.config import Config, Places
from feeds.disk import find_leftovers
from feeds.errors import Problem, ProblemKind, WriteError
from feeds.memory import parse_memory, read_memory
from feeds.model import CategoryPath, Memory, PublishedEntry, ShownEntry
from feeds.publish import Manifest, look_at, read_manifest
from feeds.state import BrokenStateError, State, UnfinishedStateError, discard, remove_unwritable

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What was known when the build began."""

    places: Places | None
    """Where it is kept; None when nothing is."""
    state: State
    memory: Memory
    memory_data: bytes | None
    """The memory's file as it was found."""
    manifest: Manifest
    problems: tuple[Problem, ...]


def open_knowledge(config: Config, places: Places | None, *, is_made: bool) -> Knowledge:
    """Open what earlier builds left.

    Args:
        config: Of the build.
        places: Where it is kept; None to build as if there had been nothing but the output.
        is_made: A state is to be made where there is none.

    Raises:
        WriteError: Manifest or memory cannot be read.
    """
    manifest = read_manifest(config.output)
    if places is None:
        return Knowledge(
            places=None, state=State(None), memory=Memory(), memory_data=None, manifest=manifest, problems=()
        )
    found = read_memory(places.memory)
    state, problems = _open_state(places.state, is_made=is_made)
    memory, kept = found.memory, state.run.memory if state.run else b""
    is_cut = found.data is not None and found.data != kept and kept.startswith(found.data)
    if kept and (found.problems or found.memory.since is None or is_cut):
        memory = _mended(memory, kept, places.memory)
        problems = (*problems, *([] if found.problems else [_restored(places.memory, found.data)]))
    return Knowledge(
        places=places,
        state=state,
        memory=memory,
        memory_data=found.data,
        manifest=manifest,
        problems=(*problems, *found.problems),
    )


def with_knowledge(config: Config, places: Places | None, use: Callable[[Knowledge], _Answer]) -> _Answer:
    """Do something that needs what earlier builds left, and leaves nothing; a damaged state is done without."""
    former = _former(places) if places else None
    knowledge = open_knowledge(config, former or places, is_made=False)
    try:
        return use(knowledge)
    except BrokenStateError:
        return use(replace(knowledge, state=State(None)))
    finally:
        knowledge.state.close()


def sweep(places: Places) -> None:
    """Remove the temporary files of a build that was killed."""
    ours = (places.state, places.last_run, places.log, places.memory)
    for folder in {place.parent for place in ours}:
        for leftover in find_leftovers(folder, {place.name for place in ours}):
            with suppress(OSError):
                leftover.unlink()


def take_over(places: Places) -> None:
    """Go on from what builds without a configuration left, once there is one.

    Raises:
        WriteError: It cannot be moved.
    """
    former = _former(places)
    if former is None:
        return
    for found, place in ((former.state, places.state), (former.memory, places.memory)):
        try:
            found.replace(place)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise WriteError(f"cannot be moved to {place}: {error.strerror}", path=str(found)) from error
    with suppress(OSError):
        for left in (former.lock, former.last_run, former.log):
            left.unlink(missing_ok=True)
        former.folder.rmdir()


def _former(places: Places) -> Places | None:
    """Answer what builds without a configuration left, as long as nothing else is kept."""
    folder = places.former
    if folder is None or places.memory.exists() or places.state.exists() or not folder.is_dir():
        return None
    return Places(folder=folder, memory=folder / "feeds-memory.jsonl")


def _open_state(path: Path, *, is_made: bool) -> tuple[State, tuple[Problem, ...]]:
    try:
        return State(path, is_kept=is_made), ()
    except WriteError:
        if is_made and remove_unwritable(path):
            return State(path), ()
        if is_made:
            raise
        return State(None), ()
    except BrokenStateError as error:
        if not is_made:
            return State(None), ()
        discard(path)
        problems = () if isinstance(error, UnfinishedStateError) else (set_aside(path, error),)
        return State(path), problems


def set_aside(path: Path, error: BrokenStateError) -> Problem:
    """Say that a state was not usable, and what that costs."""
    return Problem(
        kind=ProblemKind.STATE,
        path="",
        what=f"{path} could not be used",
        cause=str(error),
        cure="It was begun anew: this build read everything, and nothing else is lost.",
    )


def _restored(path: Path, data: bytes | None) -> Problem:
    return Problem(
        kind=ProblemKind.MEMORY,
        path="",
        what=f"{path} was gone" if data is None else f"{path} was cut short",
        cause="somebody took it away" if data is None else "what the last build wrote there goes on",
        cure="It was written again from the state; to forget everything, remove both.",
    )


def _mended(memory: Memory, kept: bytes, path: Path) -> Memory:
    """Fill in what a damaged memory lacks from what the last build wrote there."""
    last, _ = parse_memory(kept, path)
    return Memory(
        since=memory.since or last.since,
        articles={**last.articles, **memory.articles},
        moves={**last.moves, **memory.moves},
        feeds={**last.feeds, **memory.feeds},
    )


def read_own_feeds(config: Config, knowledge: Knowledge) -> dict[CategoryPath, tuple[PublishedEntry, ...]]:
    """Read what the output's own feeds show, of which the state does not know: it is lost, or a build was killed."""
    files = {
        feed.category: [join(feed.folder, config.paths[name]) for name in ("json", "rss", "atom")]
        for feed in knowledge.manifest.feeds
    }
    known = knowledge.state.outputs()
    stamps = look_at(config.output, (path for paths in files.values() for path in paths))
    found = {}
    for category, paths in files.items():
        unknown = [
            path for path in paths if path in stamps and (path not in known or known[path].stamp != stamps[path])
        ]
        if unknown:
            entries = (entry for path in unknown for entry in _read_entries(config.output / path))
            found[category] = tuple({entry.id: entry for entry in entries}.values())
    return found


def _read_entries(path: Path) -> tuple[PublishedEntry, ...]:
    from feeds.adopt import parse_feed  # what reads foreign feeds takes long to load, and is seldom needed

    try:
        return parse_feed(path.read_bytes())
    except (OSError, ValueError):
        return ()


def shown_of(entries: Sequence[PublishedEntry]) -> tuple[ShownEntry, ...]:
    """Take of published entries what telling news from them needs."""
    return tuple(
        ShownEntry(id=entry.id, title=entry.title, published=entry.published, digest="")
        for entry in entries
        if entry.published is not None
    )
