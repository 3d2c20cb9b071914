"""Processes that read for a build: as many as are asked for, or as pay."""

from __future__ import annotations

import os
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor, ProcessPoolExecutor

WORTH = 200_000
"""Files that must be read before processes of their own pay: to bring back what they read costs a third of reading."""
MOST = 8
"""Processes that are started when nobody says how many."""


class Workers:
    """Starts the processes when there is enough to read, and ends them with the build."""

    def __init__(self, jobs: int | None) -> None:
        """Take how many processes are to read; None for what the work is worth."""
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def executor_for(self, count: int) -> Executor | None:
        """Answer where so many files are read; None for here."""
        jobs = self._jobs or (min(MOST, os.cpu_count() or 1) if count >= WORTH else 1)
        if jobs == 1 or not count:
            return None
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # it loads much, and is seldom needed

            self._pool = ProcessPoolExecutor(jobs)
        return self._pool
