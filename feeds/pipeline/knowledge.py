"""What is known before a build begins: state, memory, and what the output says of itself where the state is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from feeds.addresses import path_in_folder
from feeds.config import Config, Places
from feeds.errors import Problem, ProblemKind
from feeds.memory import parse_memory
from feeds.model import CategoryPath, Memory, PublishedEntry, ShownEntry
from feeds.pipeline.traces import Traces, find_former, find_traces
from feeds.publish import Manifest, look_at
from feeds.state import BrokenStateError, State

_Answer = TypeVar("_Answer")


class Knowledge(Struct, frozen=True, kw_only=True):
    """What was known when the build began."""

    places: Places | None
    """Where it is kept; None when nothing is."""
    state: State
    memory: Memory
    memory_data: bytes | None
    """The memory's file as it was found."""
    manifest: Manifest
    problems: tuple[Problem, ...]


def understand(traces: Traces) -> Knowledge:
    """Read what earlier builds left, and mend what is damaged.

    Raises:
        WriteError: The memory is of a later version.
    """
    data, state, problems = traces.memory, traces.state, traces.problems
    memory = Memory()
    if traces.places is not None:
        place, kept = traces.places.memory, state.run.memory if state.run else b""
        memory, unread = (Memory(), ()) if data is None else parse_memory(data, place)
        is_cut = data is not None and data != kept and kept.startswith(data)
        if kept and (unread or memory.since is None or is_cut):
            memory = _mended(memory, kept, place)
            problems = (*problems, *([] if unread else [_restored(place, data)]))
        problems = (*problems, *unread)
    return Knowledge(
        places=traces.places,
        state=state,
        memory=memory,
        memory_data=data,
        manifest=traces.manifest,
        problems=problems,
    )


def with_knowledge(config: Config, places: Places | None, use: Callable[[Knowledge], _Answer]) -> _Answer:
    """Do something that needs what earlier builds left, and leaves nothing; a damaged state is done without."""
    former = find_former(places) if places else None
    traces = find_traces(config, former or places, is_made=False)
    try:
        knowledge = understand(traces)
        try:
            return use(knowledge)
        except BrokenStateError:
            return use(replace(knowledge, state=State(None)))
    finally:
        traces.state.close()


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
        feed.category: [path_in_folder(feed.folder, config.paths[name]) for name in ("json", "rss", "atom")]
        for feed in knowledge.manifest.feeds
    }
    stamps = look_at(config.output, (path for paths in files.values() for path in paths))
    known = knowledge.state.outputs(stamps)
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
