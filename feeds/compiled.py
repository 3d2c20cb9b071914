"""What is compiled once for an installation, as modules are: kept where Python keeps this one, and only if it does."""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from feeds.disk import Replacement

PYTHON = sys.implementation.name, *sys.version_info[:2], sys.version
"""What compiles: the implementation of Python, its version's first two numbers, and all that it says of itself."""
_DIGEST = 32
"""Bytes of a digest, in front of what is kept: damaged, it counts for nothing."""


def find_compiled(name: str) -> bytes | None:
    """Answer what is kept under the name of a file; None for nothing."""
    with suppress(OSError):
        place = _place(name)
        data = b"" if place is None else place.read_bytes()
        if sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            return data[_DIGEST:]
    return None


def keep_compiled(name: str, data: bytes) -> None:
    """Keep something under the name of a file, where that is possible."""
    with suppress(OSError):
        place = _place(name)
        if place is not None and not sys.dont_write_bytecode:
            with Replacement(place, sha256(data).digest() + data) as file:
                file.put()


def _place(name: str) -> Path | None:
    """Answer the place of a file beside this module's own; None where there is none.

    Raises:
        OSError: The folder may not be searched.
    """
    cached = Path(__spec__.cached or "")
    return cached.with_name(cached.name.replace("compiled", name, 1)) if cached.is_file() else None
