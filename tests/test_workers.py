"""Processes that read: they come when there is enough to read, and end with the build, whatever ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feeds.cli.workers import WORTH, Workers
from feeds.errors import FeedsError


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


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes as Linux shows them")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_a_build_that_is_killed(end: signal.Signals) -> None:
    code = """
import os, time
from feeds.cli.workers import Workers
with Workers(3) as workers:
    pool = workers.executor_for(1000)
    found = {pool.submit(os.getpid).result() for _ in range(30)} | set(pool._processes)
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
