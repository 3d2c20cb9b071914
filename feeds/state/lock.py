"""One build at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event

from feeds.errors import LockedError, WriteError

_TRIES, _PAUSE = 20, 0.02
"""How often the holder's name is looked for, and the seconds in between."""
_LONGEST = 200
"""Bytes of what the holder says of itself."""


@contextmanager
def hold_lock(path: Path, now: datetime) -> Iterator[int]:
    """Hold a lock, and say in its file who does since when.

    Yields:
        The file system's own time, in nanoseconds since the epoch.

    Raises:
        LockedError: Another process holds it.
        WriteError: Its file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise WriteError(
            f"the lock cannot be written: {error.strerror}",
            path=str(path),
            hint="Let the user who builds write there, or name a configuration elsewhere: feeds build -c FILE",
        ) from error
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LockedError(f"another build is running: {_holder(descriptor)}", path=str(path)) from error
        with suppress(OSError):  # a full disk keeps nobody from building
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "began": f"{now:%Y-%m-%dT%H:%M:%SZ}"}).encode(), 0)
        yield os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    """Say who holds a lock, as its holder wrote it, or is about to."""
    for _ in range(_TRIES):
        with suppress(OSError, ValueError, LookupError, TypeError):
            told = json.loads(os.pread(descriptor, _LONGEST, 0))
            return f"pid {int(told['pid'])}, began {told['began']}"
        Event().wait(_PAUSE)
    return "it has not said its name"
