"""The log of scheduled builds: what they say goes there, and it never outgrows its bound."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

from feeds.disk import clear_leftovers, replace_file
from feeds.errors import WriteError

_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes that cannot begin a character of UTF-8."""


def append_to_log(path: Path, text: str, at: datetime, most: int = 1_000_000) -> None:
    """Append a block: a line with the time, then the text.

    A log that would outgrow its bound keeps its newest half, from a line's beginning on, and is replaced in one step.

    Args:
        path: Its folder is made when missing.
        text: What to say; ends with a line end or is given one.
        at: Aware; written in UTC.
        most: Bytes that the log may have.

    Raises:
        WriteError: The log cannot be written.
    """
    end = "" if text.endswith("\n") or not text else "\n"
    stamp = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    block = f"== {stamp}\n{text}{end}".encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else 0
        if size + len(block) <= most:
            with path.open("ab") as stream:
                stream.write(block)
        else:
            whole = (path.read_bytes() if path.exists() else b"") + block
            mode = path.stat().st_mode & 0o777 if path.exists() else None
            place = path.resolve()
            clear_leftovers(place.parent, {place.name})
            replace_file(place, _tail(whole, most // 2))
            if mode is not None:
                path.chmod(mode)
    except OSError as error:
        cure = (
            "Make room on the disk" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "Let the user who builds do so"
        )
        raise WriteError(
            f"the log cannot be written: {error.strerror or error}",
            path=str(path),
            hint=f"{cure}, or name another file with --log.",
        ) from error


def _tail(data: bytes, most: int) -> bytes:
    """Return the last bytes of data that end with a line, from a line's beginning on; of a longer line, its end."""
    start = max(0, len(data) - most)
    border = data.find(b"\n", max(0, start - 1)) + 1 if start else 0
    return data[border:] or data[start:].lstrip(_CONTINUATION)
