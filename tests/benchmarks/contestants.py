"""Those who are measured: each in a folder of its own, reading the same archive and writing into `public` there."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.measure import Run, measure

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LIMIT = 20
"""Entries of a feed."""
LEAN = f'limit = {LIMIT}\nkeep_hours = 0\narticle_pages = "none"\n'
"""Settings under which we make what the others make, and our other formats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A program that makes feeds, ready to run."""

    command: tuple[str, ...]
    """It reads the archive and writes the folder `public`."""
    folder: Path
    """Where it runs."""
    keep: frozenset[str]
    """Names in its folder that are not made by running it."""
    feed: str
    """Name of an RSS file in its output."""
    environment: dict[str, str] = field(default_factory=dict)
    """Variables it needs."""

    @property
    def output(self) -> Path:
        """The folder that it writes."""
        return self.folder / "public"

    def forget(self) -> None:
        """Put all aside that earlier runs left.

        It is not removed: for minutes, ext4 looks at every file that was, before it makes a new one, and those who
        write most would pay most.
        """
        aside = Path(tempfile.mkdtemp(prefix="aside-", dir=self.folder.parent))
        for path in self.folder.iterdir():
            if path.name not in self.keep:
                path.rename(aside / path.name)

    def run(self) -> Run:
        """Run it and say what it took."""
        return measure(self.command, self.folder, self.output, self.environment)

    def dates(self) -> Counter[tuple[str, ...]]:
        """Return the dates of every feed that it made; titles are written in many ways, dates in one."""
        return Counter(tuple(dates_in(path)) for path in self.output.rglob(self.feed))


def dates_in(feed: Path) -> list[str]:
    """Return the dates of an RSS file's entries as they stand in it, without their zone, which is GMT."""
    return re.findall("<pubDate>(.{25})", feed.read_text("utf-8"))


def prepare_ours(folder: Path, archive: Path, settings: str) -> Contestant:
    """Write our configuration into a new folder."""
    folder.mkdir(parents=True)
    (folder / "feeds.toml").write_text(f'archive = {json.dumps(str(archive))}\noutput = "public"\n{settings}', "utf-8")
    return Contestant(
        command=(sys.executable, "-m", "feeds", "build", "--config", "feeds.toml", "--quiet"),
        folder=folder,
        keep=frozenset({"feeds.toml"}),
        feed="rss.xml",
        environment={"PYTHONPATH": str(ROOT)},
    )


def prepare_script(folder: Path, archive: Path) -> Contestant:
    """Make the script ready in a new folder."""
    folder.mkdir(parents=True)
    return Contestant(
        command=(sys.executable, str(HERE / "script.py"), str(archive), "public"),
        folder=folder,
        keep=frozenset(),
        feed="rss.xml",
    )


def prepare_floor(folder: Path, archive: Path, what: str) -> Contestant:
    """Make a floor ready in a new folder: `read` or `stat`."""
    folder.mkdir(parents=True)
    return Contestant(
        command=(sys.executable, str(HERE / "floors.py"), what, str(archive)),
        folder=folder,
        keep=frozenset(),
        feed="",
    )
