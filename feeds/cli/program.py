"""Which program this is: told by what is installed, so that another one makes everything anew."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import feeds

_SOURCES = (".py", ".html", ".css")


def program_identity() -> str:
    """Answer a text that differs where this package, Python, or what is installed beside it differs."""
    sources = sorted((source.path, *_stamp(source)) for source in _walk(str(Path(feeds.__file__).parent)))
    installed = [
        (folder, *_stamp(Path(folder))) for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))
    ]
    digest = hashlib.sha256(repr((sys.version, sources, installed)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{feeds.__version__} {digest[:16]}"


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield the sources in a folder and below it, in no order."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_SOURCES):
                yield entry
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _walk(entry.path)


def _stamp(place: Path | os.DirEntry[str]) -> tuple[int, ...]:
    with suppress(OSError):
        status = place.stat()
        return (status.st_mtime_ns, *((status.st_size,) if place.is_file() else ()))
    return ()
