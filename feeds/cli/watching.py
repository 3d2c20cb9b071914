"""What changes on the disk while a server runs: in folders as the system tells it, single files by a look a second."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from feeds.errors import FeedsError

_LOOK = 1.0
"""Seconds between two looks at single files: editors put others in their place, which no watch of a file outlives."""
_QUIET = 100
"""Milliseconds without a change after which a burst of them is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What is to be watched."""

    folders: tuple[Path, ...]
    """With all below them; they need not exist."""
    files: tuple[Path, ...]
    """Single ones; they need not exist."""
    ignored: tuple[Path, ...]
    """Folders, or files, of which nothing is told: what builds write."""


def watch_targets(targets: Callable[[], Targets]) -> Iterator[tuple[Path, ...]]:
    """Yield, without end, what has changed since the last time; first, soon, nothing: for what came before.

    Args:
        targets: What is to be watched; asked again after each change.

    Raises:
        FeedsError: The system does not watch so much.
    """
    changed: tuple[Path, ...] = ()
    while True:
        goal = targets()
        folders = {folder: _identity(folder) for folder in goal.folders}
        files = {file: _stamp(file) for file in goal.files}
        is_first = True
        for batch in _batches([folder for folder, identity in folders.items() if identity], goal.ignored):
            known, files = files, {file: _stamp(file) for file in goal.files}
            lost = [folder for folder, identity in folders.items() if _identity(folder) != identity]
            changed = (*lost, *(file for file in goal.files if files[file] != known[file]), *batch)
            if changed or is_first:
                yield changed
            is_first = False
            if lost or targets() != goal:
                break


def _batches(folders: list[Path], ignored: tuple[Path, ...]) -> Iterator[list[Path]]:
    """Yield what has changed below folders, at least once a second; nothing more when one is gone."""
    if not folders:
        while True:
            time.sleep(_LOOK)
            yield []
    spared = [os.path.realpath(place) for place in ignored]

    def counts(change: Change, path: str) -> bool:
        real = os.path.realpath(path)
        return not any(real == place or real.startswith(place + os.sep) for place in spared)

    try:
        for found in watch(
            *folders,
            watch_filter=counts,
            step=_QUIET,
            rust_timeout=int(_LOOK * 1000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield [Path(path) for path in sorted({path for _, path in found})]
    except FileNotFoundError:
        yield []
    except (OSError, WatchfilesRustInternalError) as error:
        raise FeedsError(
            f"changes cannot be watched for: {error}",
            path=str(folders[0]),
            hint="Raise fs.inotify.max_user_watches, or set WATCHFILES_FORCE_POLLING=1.",
        ) from error


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tell one folder from another of the same name; None for no folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """Tell one version of a file from another; None for no file."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
