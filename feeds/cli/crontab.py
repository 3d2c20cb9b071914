"""The user's crontab: our line in it, found by the comment at its end; every other byte stays.

A crontab is handled as bytes: lines of others may be in any encoding. The text functions are pure; only
`read_crontab` and `write_crontab` run a program, the one that owns the file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.errors import FeedsError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

INTERVALS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440)
"""Minutes between two runs that cron can keep: what divides the hour, and whole hours that divide the day."""

_MISSING = "Install cron (Debian: apt install cron), or run with --systemd for units that do without."


def format_line(words: Sequence[str], every: int, config: Path) -> bytes:
    r"""Write the line that runs a command in the configuration's folder, with the comment that it is found by.

    cron ends a command at `%` unless it is `\%`, and crons differ in what `\\` is. So quotes are closed and opened
    again after each backslash: none stands before another, nor before the `\%` of a percent sign.

    Args:
        words: The command: absolute program and arguments, in UTF-8 and without control characters.
        every: One of `INTERVALS`.
        config: Absolute.
    """
    command = f"cd {_quote(str(config.parent))} && {' '.join(map(_quote, words))}"
    return f"{_format_times(every)} {_escape(command)}".encode() + _mark(config)


def put_line(table: bytes, line: bytes, config: Path) -> bytes:
    """Put a line in the place of the one that the configuration has, or at the end."""
    lines = table.splitlines(keepends=True)
    ours = [number for number, old in enumerate(lines) if _is_ours(old, config)]
    if not ours:
        gap = b"" if table.endswith(b"\n") or not table else b"\n"
        return table + gap + line + b"\n"
    lines[ours[0]] = line + b"\n"
    return b"".join(old for number, old in enumerate(lines) if number not in ours[1:])


def drop_line(table: bytes, config: Path) -> bytes:
    """Take out the line of a configuration."""
    return b"".join(line for line in table.splitlines(keepends=True) if not _is_ours(line, config))


def read_crontab() -> bytes:
    """Return the user's crontab; nothing when there is none.

    Raises:
        FeedsError: There is no cron, or its program refuses.
    """
    done = _run("-l")
    if done.returncode == 0:
        return done.stdout
    if b"no crontab for" in done.stderr:
        return b""
    raise _refusal("cannot be read", done.stderr)


def write_crontab(table: bytes) -> None:
    """Make this the user's crontab.

    Raises:
        FeedsError: There is no cron, or its program refuses; the crontab is as it was.
    """
    done = _run("-", table)
    if done.returncode != 0:
        raise _refusal("cannot be installed", done.stderr)


def _format_times(every: int) -> str:
    if every == 1:
        return "* * * * *"
    if every < 60:
        return f"*/{every} * * * *"
    return {60: "0 * * * *", 1440: "0 0 * * *"}.get(every, f"0 */{every // 60} * * *")


def _quote(word: str) -> str:
    import shlex  # here and below: `feeds --help` need not load what scheduling needs

    return shlex.quote(word).replace("\\", "\\''")


def _escape(text: str) -> str:
    return text.replace("%", "\\%")


def _mark(config: Path) -> bytes:
    return os.fsencode(f" # feeds {_escape(str(config))}")


def _is_ours(line: bytes, config: Path) -> bool:
    return line.rstrip(b"\r\n").endswith(_mark(config)) and not line.lstrip().startswith(b"#")


def _run(argument: str, given: bytes = b"") -> CompletedProcess[bytes]:
    import shutil
    import subprocess

    program = shutil.which("crontab")
    if program is None:
        raise FeedsError("there is no such program: cron is not installed", path="crontab", hint=_MISSING)
    environment = {**os.environ, "LC_ALL": "C"}  # its message is read
    try:
        return subprocess.run([program, argument], input=given, capture_output=True, check=False, env=environment)
    except OSError as error:
        raise FeedsError(f"cannot be run: {error.strerror}", path=program, hint=_MISSING) from error


def _refusal(what: str, stderr: bytes) -> FeedsError:
    lines = [line.strip() for line in stderr.decode("utf-8", "backslashreplace").splitlines()]
    cause = "; ".join(filter(None, lines)).removesuffix(".") or "no cause was given"
    return FeedsError(f"{what}: {cause}", path="crontab", hint="Set that right; see with: crontab -l")
