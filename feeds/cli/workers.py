"""Processes that read for a build: as many as are asked for, or as pay."""

from __future__ import annotations

import os
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING

from feeds.errors import FeedsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feeds.cli.watched import WatchedPool

WORTH = 200_000
"""Files that there are to look at before processes of their own pay: to bring back what they read costs a sixth of
reading."""
MOST = 8
"""Processes that are started when nobody says how many, if there are so many processors."""


class Workers:
    """Starts the processes when there is enough to read, and ends them with the build."""

    def __init__(self, jobs: int | None) -> None:
        """Take how many processes are to read; None for what the work is worth."""
        self.worked = 0.0
        """Seconds of processor time that the processes took; known once they have ended."""
        self._jobs = jobs
        self._pool: WatchedPool | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        before = _children_worked()
        self._pool.shutdown(cancel_futures=True)
        self.worked = _children_worked() - before
        from concurrent.futures import BrokenExecutor

        if isinstance(error, BrokenExecutor):
            raise FeedsError(
                "a process that read articles was ended from outside",
                hint="If memory ran out, let fewer of them read: --jobs 1",
            ) from error

    def executor_for(self, count: int) -> Executor | None:
        """Answer where so many files are read; None for here."""
        jobs = self._jobs or (min(MOST, _processors()) if count >= WORTH else 1)
        if jobs == 1 or not count:
            return None
        if self._pool is None:
            from feeds.cli.watched import WatchedPool  # it loads much, and is seldom needed
            from feeds.pipeline.batches import BATCH

            self._pool = WatchedPool(min(jobs, ceil(count / BATCH)))
        return self._pool


def _processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _children_worked() -> float:
    times = os.times()
    return times.children_user + times.children_system
