"""A pool of processes whose loss is noticed.

Python's own notices most, but not one that dies while it hands a result over: then it waits for the rest for ever, and
the others for their turn.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

from feeds.errors import FeedsError

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LOOK_EVERY = 1.0
"""Seconds that a result is waited for before somebody looks whether all processes are alive."""


class WatchedPool(Executor):
    """Runs what it is given in processes of its own."""

    def __init__(self, jobs: int) -> None:
        """Take how many processes there are to be."""
        self._pool = ProcessPoolExecutor(jobs, initializer=_begin)
        self._processes: set[BaseProcess] = set()
        self._is_broken = False

    def submit(self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called.

        Raises:
            FeedsError: The system starts no process.
        """
        try:
            future = self._pool.submit(function, *args, **kwargs)
        except BrokenProcessPool:
            raise
        except (OSError, RuntimeError) as error:
            raise FeedsError(
                f"no process can be started to read articles: {error}",
                hint="Let the build itself read them: --jobs 1",
            ) from error
        self._processes.update(active_children())
        return _Watched(future, self._look)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        for process in self._processes if self._is_broken else ():
            process.kill()
        self._pool.shutdown(wait and not self._is_broken, cancel_futures=cancel_futures)

    def _look(self) -> None:
        """Look whether all processes are alive.

        Raises:
            BrokenProcessPool: One is not.
        """
        if any(not process.is_alive() for process in self._processes):
            self._is_broken = True
            raise BrokenProcessPool("a process died")


class _Watched(Future[_T]):
    """What a process will have made, waited for as long as all processes are alive."""

    def __init__(self, future: Future[_T], look: Callable[[], None]) -> None:
        super().__init__()
        self._future = future
        self._look = look

    def result(self, timeout: float | None = None) -> _T:
        """Answer what was made, once it is."""
        while timeout is None and not wait((self._future,), _LOOK_EVERY).done:
            self._look()
        return self._future.result(timeout)


def _begin() -> None:
    """Have a process end when the build is killed, for it would wait for work for ever; Ctrl-C is for the build."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with_parent() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    Thread(target=end_with_parent, daemon=True).start()
