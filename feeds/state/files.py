"""The state's file, and those that SQLite keeps beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def remove(path: Path) -> None:
    """Remove a file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def remove_unwritable(path: Path) -> None:
    """Remove SQLite's own files beside a file that can be written, where they cannot be: it had been read-only."""
    if os.access(path, os.W_OK):
        for place in (path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")):
            if not os.access(place, os.W_OK):
                with suppress(OSError):  # most often there is none
                    place.unlink()
