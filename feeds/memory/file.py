"""The memory's file, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

from feeds.disk import replace_file, sync_folder
from feeds.errors import WriteError


def read_memory(path: Path) -> bytes | None:
    """Read the bytes of a memory; None when there is no file.

    Raises:
        WriteError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteError(
            f"the memory cannot be read: {error.strerror}", path=str(path), hint="Let the user who builds read it."
        ) from error


def write_memory(path: Path, data: bytes) -> None:
    """Replace a memory in one step, and not before the new one is safe on the disk.

    Raises:
        WriteError: The disk refuses; the old memory stays as it was.
    """
    try:
        replace_file(path, data)
        sync_folder(path.parent)
    except OSError as error:
        raise WriteError(
            f"the memory cannot be written: {error.strerror or error}; nothing was published",
            path=str(path),
            hint="Make room, or let the user who builds write there.",
        ) from error
