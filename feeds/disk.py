"""Files replaced in one step: whoever reads sees the old one or the new one, whatever ends the writer."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread

TEMPORARY = re.compile(r"\.(.+)\.tmp-[0-9a-f]{16}", re.DOTALL)
"""Name of a file that is being written; its first group is the name that it is to have."""
_THREADS = 8
"""How much the disk is asked for at once."""


class Replacement:
    """A file that is to stand in a place: written beside it under another name, and gone unless it is put there."""

    def __init__(self, place: Path, data: bytes) -> None:
        """Write the file; its folders are made when missing.

        Raises:
            OSError: The disk refuses.
        """
        self._place = place
        self.is_new = not os.path.lexists(place)
        """Nothing stands there yet."""
        self._temporary = place.with_name(f".{place.name}.tmp-{os.urandom(8).hex()}")
        self._is_put = False
        self._refusal: BaseException | None = None
        try:
            self._descriptor = _create(self._temporary)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = _create(self._temporary)
        try:
            with open(self._descriptor, "wb", closefd=False) as stream:
                stream.write(data)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Replacement:
        """Go on to put it in place."""
        return self

    def sync(self) -> None:
        """Wait until the disk has it; if that refuses, `put` says so: a thread has nobody to tell."""
        try:
            os.fsync(self._descriptor)
        except BaseException as error:
            self._refusal = error

    def put(self) -> None:
        """Put it in place.

        Raises:
            OSError: The disk refuses.
        """
        if self._refusal is not None:
            raise self._refusal
        self._temporary.replace(self._place)
        self._is_put = True

    def __exit__(self, *_: object) -> None:
        """Remove it, unless it is in place."""
        os.close(self._descriptor)
        if not self._is_put:
            with suppress(OSError):
                self._temporary.unlink()


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # less umask: a web server has to read it


def replace_file(place: Path, data: bytes) -> None:
    """Write a file under another name, then put it in place; its folders are made when missing.

    Raises:
        OSError: The disk refuses; what stood there stays.
    """
    with Replacement(place, data) as file:
        file.sync()
        file.put()


def sync_all(files: Sequence[Replacement]) -> None:
    """Wait until the disk has some files: asked for many at once, it has them all hardly later than the first."""
    threads = [Thread(target=_sync, args=(files[start::_THREADS],)) for start in range(min(_THREADS, len(files)))]
    for thread in threads:
        try:
            thread.start()
        except RuntimeError:  # the system has no more of them
            thread.run()
    for thread in threads:
        if thread.ident is not None:
            thread.join()


def _sync(files: Iterable[Replacement]) -> None:
    for file in files:
        file.sync()


def sync_folder(folder: Path) -> None:
    """Make sure that what was put in place in a folder outlives a power failure.

    Raises:
        OSError: The disk refuses.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear_leftovers(folder: Path, names: Collection[str]) -> None:
    """Remove the temporary files in a folder that were to become files of these names, where that is possible."""
    for leftover in find_leftovers(folder, names):
        with suppress(OSError):
            leftover.unlink()


def find_leftovers(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield the temporary files in a folder that were to become files of these names, and never did."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for place in folder.iterdir():
            match = TEMPORARY.fullmatch(place.name)
            if match and match[1] in names:
                yield place
