"""The output folder: its files looked at, written and removed, and what the disk says about that."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from feeds.disk import Replacement, sync_all, sync_folder
from feeds.errors import WriteError

ELSEWHERE = "or build into another folder: feeds build -o OUTPUT"
_AT_ONCE = 64
"""Files that are written before the first of them is put in place."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def look_at(output: Path, paths: Iterable[str]) -> dict[str, tuple[int, int, int, int]]:
    """Answer what the file system says of published files: size, times of change and of status, inode."""
    found = {}
    root = os.fspath(output)
    for path in paths:
        with suppress(OSError):
            status = os.lstat(f"{root}/{path}")  # a Path per file costs more than the look
            if stat.S_ISREG(status.st_mode):
                found[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return found


def kind_of(place: Path) -> int | None:
    """Tell what a name stands for, as `stat.S_IFMT` does, without following a link; None for nothing."""
    try:
        return stat.S_IFMT(place.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


def folders_of(path: str) -> list[str]:
    """List the folders above a path, outermost first."""
    return [path[:position] for position, character in enumerate(path) if character == "/"]


def write_files(output: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Write files of the output, given by path and bytes, in their order, each in one step.

    Of those that are new nobody waits until the disk has them: what a power failure leaves of them, the next build
    tells from what it should have found.

    Raises:
        WriteError: The disk refuses; what stood there, and in the places of those that follow, stays.
    """
    for start in range(0, len(files), _AT_ONCE):
        with ExitStack() as stack:
            written: list[tuple[Path, Replacement]] = []
            for path, data in files[start : start + _AT_ONCE]:
                place = output / path
                with translated(place, "written"):
                    written.append((place, stack.enter_context(Replacement(place, data))))
            sync_all([file for _, file in written if not file.is_new])
            for place, replacement in written:
                with translated(place, "written"):
                    replacement.put()


def sync(output: Path) -> None:
    """Make sure that the names of files put in place outlive a power failure.

    Raises:
        WriteError: The disk refuses.
    """
    with translated(output, "written"):
        sync_folder(output)


def remove_file(output: Path, path: str) -> bool:
    """Remove a file, if it is one still, and the folders that are empty then; never through a link."""
    place, folders = output / path, [output / folder for folder in folders_of(path)]
    if any(folder.is_symlink() for folder in folders):
        return False
    with translated(place, "removed"):
        is_file = kind_of(place) == stat.S_IFREG
        if is_file:
            place.unlink()
    with suppress(OSError):  # what is not empty stays
        for folder in reversed(folders):
            folder.rmdir()
    return is_file


@contextmanager
def translated(place: Path, what: str) -> Iterator[None]:
    """Say what the disk refuses to do with a place, and what to do about it."""
    try:
        yield
    except OSError as error:
        cure = "Make room on the disk" if error.errno in _NO_ROOM else "Let the user who builds do so"
        raise WriteError(
            f"cannot be {what}: {error.strerror or error}", path=str(place), hint=f"{cure}, {ELSEWHERE}"
        ) from error
