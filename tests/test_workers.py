"""Processes that read: they come when there is enough to read, and end with the build, whatever ends it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from threading import Thread

import pytest

from feeds.cli import watched
from feeds.cli.workers import WORTH, Workers
from feeds.errors import FeedsError
from feeds.pipeline.batches import BATCH


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_few_files_are_read_by_the_build_itself() -> None:
    with Workers(None) as workers:
        assert workers.executor_for(WORTH - 1) is None
    with Workers(1) as workers:
        assert workers.executor_for(WORTH) is None


def test_what_processes_took_is_known_once_they_have_ended() -> None:
    with Workers(2) as workers:
        pool = workers.executor_for(1000)
        assert pool is not None
        assert pool.submit(sum, range(2_000_000)).result() == 1_999_999_000_000
    assert workers.worked > 0


def test_a_process_that_is_ended_from_outside_stops_the_build_with_a_cure() -> None:
    def build() -> None:
        with Workers(2) as workers:
            pool = workers.executor_for(1000)
            assert pool is not None
            pool.submit(os._exit, 9).result()

    with pytest.raises(FeedsError, match=r"was ended from outside.*--jobs 1"):
        build()


def test_a_result_that_never_comes_is_not_waited_for_once_a_process_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "_LOOK_EVERY", 0.05)
    pool = watched.WatchedPool(2)
    monkeypatch.setattr(pool._pool, "submit", lambda *_: Future[int]())  # as where half a result has come

    def kill() -> None:
        time.sleep(0.2)
        process.kill()

    process = multiprocessing.Process(target=time.sleep, args=(60,))
    process.start()
    waited_for = pool.submit(os.getpid)
    assert process in pool._processes
    Thread(target=kill).start()
    with pytest.raises(BrokenExecutor):
        waited_for.result()
    with pytest.raises(TimeoutError):
        waited_for.result(0.01)
    pool.shutdown(cancel_futures=True)
    process.join()


def test_no_more_processes_are_started_than_there_are_batches() -> None:
    with Workers(300) as workers:
        pool = workers.executor_for(2 * BATCH + 1)
        assert pool is not None
        pool.submit(os.getpid).result()
        assert len(multiprocessing.active_children()) <= 3


def test_a_process_that_cannot_be_started_is_told_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(24, "Too many open files")

    with Workers(2) as workers:
        pool = workers.executor_for(1000)
        assert isinstance(pool, watched.WatchedPool)
        monkeypatch.setattr(pool._pool, "submit", refuse)
        with pytest.raises(FeedsError, match=r"no process can be started.*Too many open files.*--jobs 1"):
            pool.submit(os.getpid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_a_build_that_is_killed(end: signal.Signals) -> None:
    code = """
import os, time
from feeds.cli.workers import Workers
with Workers(3) as workers:
    pool = workers.executor_for(1000)
    found = {pool.submit(os.getpid).result() for _ in range(30)} | {process.pid for process in pool._processes}
    print(*found, flush=True)
    time.sleep(60)
"""
    build = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    processes = [int(word) for word in build.stdout.readline().split()]
    assert processes
    assert all(map(is_alive, processes))
    build.send_signal(end)
    build.wait()
    build.stdout.close()
    deadline = time.monotonic() + 20
    while any(map(is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, processes))
