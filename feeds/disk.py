"""Files replaced in one step: whoever reads sees the old one or the new one, whatever ends the writer."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

TEMPORARY = re.compile(r"\.(.+)\.tmp-[0-9a-f]{16}", re.DOTALL)
"""Name of a file that is being written; its first group is the name that it is to have."""


def replace_file(place: Path, data: bytes) -> None:
    """Write a file under another name, then put it in place; its folders are made when missing.

    Raises:
        OSError: The disk refuses; what stood there stays.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name}.tmp-{os.urandom(8).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(temporary, flags, 0o666)  # less umask: a web server has to read it
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        temporary.replace(place)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


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


def find_leftovers(folder: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield the temporary files in a folder that were to become files of these names, and never did."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for place in folder.iterdir():
            match = TEMPORARY.fullmatch(place.name)
            if match and match[1] in names:
                yield place
