"""Says what a command takes: processor time, wall time, memory, and the files that it wrote.

*Processor time* is user and system time of the process and of all that it waited for, as the kernel counts them
(`wait4` of a process started for this alone). *Memory* is the peak of one process as the kernel counts it
(`ru_maxrss`). Where there are several at once, their sum is what matters: while they run, their proportional set
sizes (`Pss` of `smaps_rollup`: pages that processes share count once) are added up about twenty times a second, and
the highest sum is the peak, if it is higher. After a look it rests for fifty times the processor time that the look
took, so that looking takes two in a hundred of one processor at most. A process that is started inherits the peak of
the one that starts it: this package is kept small, and its own 20 to 30 MiB are the least that a peak can be.

Linux only.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

LOOK_EVERY = 0.05
"""Seconds between two looks at the memory of several processes."""
LOOK_SHARE = 50
"""It looks away for so many times as long as a look kept a processor busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one command took."""

    processor: float
    """Seconds, user and system, with all the processes it waited for."""
    wall: float
    """Seconds."""
    peak: float
    """MiB, the sum over its processes."""
    written: int
    """Files in its output folder that are new or were written again."""


def measure(command: tuple[str, ...], folder: Path, output: Path, environment: dict[str, str]) -> Run:
    """Run a command in a folder and say what it took.

    Args:
        command: The program and its arguments; what it prints is thrown away, but for its errors.
        folder: Where it runs.
        output: Where it writes.
        environment: Variables beside those of this process. None of Python's own is handed on: a user's Python keeps
            its bytecode, even where this one was told not to.

    Raises:
        subprocess.CalledProcessError: It failed.
    """
    before = _times(output)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, env={**inherited, **environment}, stdout=subprocess.DEVNULL)
    with _Watch(child.pid) as watch:
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Run(
        processor=usage.ru_utime + usage.ru_stime,
        wall=wall,
        peak=max(usage.ru_maxrss, watch.peak) / 1024,
        written=sum(before.get(path) != moment for path, moment in _times(output).items()),
    )


def _times(folder: Path) -> dict[Path, int]:
    """Return when each file below a folder was last written, in nanoseconds; nothing where there is no folder."""
    paths = (Path(where, name) for where, _, names in os.walk(folder) for name in names)
    return {path: path.stat().st_mtime_ns for path in paths}


class _Watch:
    """Looks at the memory of a process and its children for as long as they run."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        """KiB, of several processes at once; 0 where there was but one."""
        self._pid = pid
        self._over = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        pause = LOOK_EVERY
        while not self._over.wait(pause):
            started = time.thread_time()
            processes = tuple(_family(self._pid))
            if len(processes) > 1:
                self.peak = max(self.peak, sum(map(_share, processes)))
            pause = max(LOOK_EVERY, LOOK_SHARE * (time.thread_time() - started))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _family(int(child))


def _share(pid: int) -> int:
    """Return a process's share of the memory, in KiB; 0 for one that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
