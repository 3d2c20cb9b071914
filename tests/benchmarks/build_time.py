"""Measures a cold build and a second one, beside reading every file once and taking its front matter apart.

    python -m tests.benchmarks.build_time [COUNT]

Exits 1 when a build fails, or when the cold one takes more than its promised multiple of the front matter alone:
seconds would say more of the machine than of the program.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import frontmatter
import yaml

PROMISED = 16.0
"""Times the processor time of python-frontmatter alone that a cold build may take."""
SETTLING = 2.5
"""Seconds after which a file that was written is relied on."""
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one child process took."""

    exit_code: int
    processor: float
    """Seconds, user and system, with all the processes it waited for."""
    wall: float
    """Seconds."""
    peak: float
    """MiB resident, of the largest of its processes."""


def measure(command: list[str], folder: Path) -> Run:
    """Run a command in a folder and say what it took."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        exit_code=child.returncode,
        processor=usage.ru_utime + usage.ru_stime,
        wall=wall,
        peak=usage.ru_maxrss / 1024,
    )


def read_all(folder: Path) -> float:
    """Read every file once; return the seconds of processor time that took."""
    started = time.process_time()
    for path in files_in(folder):
        path.read_bytes()
    return time.process_time() - started


def load_all(folder: Path) -> float:
    """Take the front matter of every file apart, as any program must; return the seconds of processor time."""
    started = time.process_time()
    for path in files_in(folder):
        with contextlib.suppress(yaml.YAMLError):
            frontmatter.loads(path.read_text("utf-8", errors="replace").lstrip())
    return time.process_time() - started


def files_in(folder: Path) -> list[Path]:
    """Return every file below a folder."""
    return [Path(where, name) for where, _, names in os.walk(folder) for name in names]


def written_at(folder: Path) -> dict[Path, int]:
    """Return when each file below a folder was last written, in nanoseconds."""
    return {path: path.stat().st_mtime_ns for path in files_in(folder)}


def main() -> int:
    """Measure, print the table, return the exit code."""
    parser = argparse.ArgumentParser(description="Measure builds of an archive of invented articles.")
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    count: int = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In processes of their own: a child's peak is never told below that of its parent.
        made = measure([sys.executable, "-m", "tests.benchmarks.generate", "archive", str(count)], folder)
        if made.exit_code:
            return 1
        floor = read_all(folder / "archive")
        front_matter = load_all(folder / "archive")
        time.sleep(SETTLING)
        build = [sys.executable, "-m", "feeds", "build", "archive", "-o", "public", "-q"]
        cold = measure(build, folder)
        before = written_at(folder / "public")
        again = measure(build, folder)
        after = written_at(folder / "public")
    if cold.exit_code or again.exit_code:
        print(f"A build failed: exit codes {cold.exit_code} and {again.exit_code}.", file=sys.stderr)
        return 1
    rewritten = sum(before.get(path) != moment for path, moment in after.items())
    for label, value in (
        ("articles", f"{count}"),
        ("floor, processor s", f"{floor:.2f}"),
        ("front matter, processor s", f"{front_matter:.2f}"),
        ("cold build, processor s", f"{cold.processor:.2f}"),
        ("cold build, wall s", f"{cold.wall:.2f}"),
        ("cold build, peak MiB", f"{cold.peak:.0f}"),
        ("files of the output", f"{len(after)}"),
        ("second build, processor s", f"{again.processor:.2f}"),
        ("second build, files written", f"{rewritten}"),
    ):
        print(f"{label:<28}{value:>10}")
    if cold.processor > PROMISED * front_matter:
        print(f"Too slow: the cold build may take {PROMISED:.0f} times the front matter's time.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
