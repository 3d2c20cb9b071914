"""What was measured: kept as JSON, so that tables and plot can be drawn again without measuring again."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import msgspec

from tests.benchmarks.contestants import ROOT
from tests.benchmarks.hugo_site import find_hugo
from tests.benchmarks.measure import Run
from tests.benchmarks.rounds import Case, Round

PACKAGES = ("python-frontmatter", "beautifulsoup4", "lxml", "feedgen")
"""What the script is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All rounds over one archive."""

    articles: int
    short: bool
    """Its articles are one paragraph each, and not of realistic length."""
    size: int
    """Bytes of all articles."""
    day: str
    """When it was measured, as 2026-11-24."""
    machine: str
    """On what."""
    versions: str
    """Of what."""
    rounds: tuple[Round, ...]
    """At least one."""

    @property
    def key(self) -> tuple[bool, int]:
        """What tells it from other trials, and its place among them."""
        return self.short, self.articles

    def runs(self, case: Case) -> list[Run]:
        """Return the runs of a case; none where it did not run."""
        return [taken[case] for taken in self.rounds if case in taken]

    def processor(self, case: Case) -> float | None:
        """Return the median of a case's processor time."""
        return median(run.processor for run in runs) if (runs := self.runs(case)) else None


Results = Mapping[tuple[bool, int], Trial]
"""Trials by their key."""


def merge(results: Results, trials: Iterable[Trial]) -> Results:
    """Return the results with newer trials in place of older ones, in order."""
    merged = {**results, **{trial.key: trial for trial in trials}}
    return dict(sorted(merged.items()))


def load(path: Path) -> Results:
    """Read results; there are none where there is no file."""
    return merge({}, msgspec.json.decode(path.read_bytes(), type=tuple[Trial, ...]) if path.exists() else ())


def save(path: Path, results: Results) -> Results:
    """Write results, rounded to what can be told apart; return them so."""
    text = msgspec.json.format(msgspec.json.encode(tuple(results.values())), indent=1).decode()
    path.write_text(re.sub(r"(\d\.\d{4})\d+", r"\1", text) + "\n", "utf-8")
    return load(path)


def machine() -> str:
    """Return what this machine is."""
    model = re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    memory = re.findall(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text("utf-8"))
    cores = f"{os.cpu_count()} × {model[0] if model else platform.machine()}"
    return f"{cores}, {int(memory[0]) / 2**20:.0f} GiB, {platform.system()} {platform.release()}"


def versions(peers: Iterable[str]) -> str:
    """Return what is compared, with versions."""
    number = _printed(sys.executable, "-m", "feeds", "--version").split()[-1]
    commit = _printed("git", "rev-parse", "--short", "HEAD")
    commit += " and changes" if _printed("git", "status", "--porcelain", "feeds") else ""
    told = [f"feeds {number} ({commit})" if commit else f"feeds {number}", f"Python {platform.python_version()}"]
    if "hugo" in peers and (binary := find_hugo()):
        told.append("Hugo " + _printed(binary, "version").split()[1].split("-")[0].removeprefix("v"))
    if "script" in peers:
        told += [f"{name} {importlib.metadata.version(name)}" for name in PACKAGES]
    return ", ".join(told)


def _printed(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
