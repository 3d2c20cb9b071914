"""What earlier builds left, as it is found: enough to tell that nothing is to be done, without reading much."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from feeds.config import Config, Places
from feeds.disk import clear_leftovers
from feeds.errors import Problem, ProblemKind, WriteError
from feeds.memory import read_memory
from feeds.publish import Manifest, read_manifest
from feeds.state import BrokenStateError, State, UnfinishedStateError, discard, remove_unwritable


class Traces(NamedTuple):
    """What earlier builds left."""

    places: Places | None
    """Where it is kept; None when nothing is."""
    state: State
    memory: bytes | None
    """The memory's file as it was found."""
    manifest: Manifest
    problems: tuple[Problem, ...]


def find_traces(config: Config, places: Places | None, *, is_made: bool) -> Traces:
    """Open what earlier builds left.

    Args:
        config: Of the build.
        places: Where it is kept; None to build as if there had been nothing but the output.
        is_made: A state is to be made where there is none.

    Raises:
        WriteError: Manifest, memory or state cannot be read.
    """
    manifest = read_manifest(config.output)
    if places is None:
        return Traces(places=None, state=State(None), memory=None, manifest=manifest, problems=())
    memory = read_memory(places.memory)
    state, problems = _open_state(places.state, is_made=is_made)
    return Traces(places=places, state=state, memory=memory, manifest=manifest, problems=problems)


def sweep(places: Places) -> None:
    """Remove the temporary files of a build that was killed, of all that is written while no other build runs."""
    ours = (places.state, places.last_run, places.memory)
    for folder in {place.parent for place in ours}:
        clear_leftovers(folder, {place.name for place in ours})


def take_over(places: Places) -> None:
    """Go on from what builds without a configuration left, once there is one.

    Raises:
        WriteError: It cannot be moved.
    """
    former = find_former(places)
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


def find_former(places: Places) -> Places | None:
    """Answer what builds without a configuration left, as long as nothing else is kept."""
    folder = places.former
    if folder is None or places.memory.exists() or places.state.exists() or not folder.is_dir():
        return None
    return Places(folder=folder, memory=folder / "feeds-memory.jsonl")


def _open_state(path: Path, *, is_made: bool) -> tuple[State, tuple[Problem, ...]]:
    if is_made:
        remove_unwritable(path)
    try:
        return State(path, is_kept=is_made), ()
    except WriteError:
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
