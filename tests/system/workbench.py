"""A small archive that is edited and built over and over, and what must hold of its feeds after every fault."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import feedparser

from feeds.cli.program import program_identity
from feeds.config import load_config, load_places
from feeds.disk import TEMPORARY
from feeds.pipeline import Report, build
from feeds.publish import MANIFEST, read_manifest
from tests.articles import article_bytes, write

FIRST = datetime(2022, 7, 1, 8, tzinfo=UTC)
"""When article 0 is published; each other one three hours later."""
CONFIG = 'title = "样刊"\narchive = "archive"\noutput = "public"\nlimit = 9\nkeep_hours = 12\nflood_limit = 1000\n'
"""Windows so narrow that articles come and go, and no feed is held back for that."""
CATEGORIES = (
    ("News", "Harbour Ledger"),
    ("News", "Harbour Ledger", "Markets"),
    ("Sport", "Hill Gazette"),
    ("文化", "某刊"),
    ("文化", "某刊", "国内"),
)
FEEDS = ("rss.xml", "atom.xml", "feed.json", "feeds.opml", "index.html")
MARK = re.compile(r"No\. (\d+):")
"""What tells an article's number in its title, whatever else an edit does to it."""

Edit = Callable[[], None]


@dataclass
class Workbench:
    """A folder with a configuration, an archive, an output and a memory."""

    home: Path
    random: Random = field(default_factory=lambda: Random(20220731))
    paths: dict[int, str] = field(default_factory=dict)
    """Of every article in the archive, by its number."""

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True)
        (self.home / "feeds.toml").write_text(CONFIG, "utf-8")
        self._cold = count()

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def output(self) -> Path:
        return self.home / "public"

    @property
    def memory(self) -> Path:
        return self.home / "feeds-memory.jsonl"

    @property
    def folder(self) -> Path:
        return self.home / ".feeds"

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite"

    # The archive

    def fill(self, articles: int = 40) -> None:
        """Write the archive, build it, and then add what has no date: so it is dated by when it was first seen."""
        for number in range(articles - 3):
            self.write(number)
        self.build_here()
        for number in range(articles - 3, articles):
            self.write(number, date="Invalid Date")
        self.build_here()

    def write(self, number: int, *, date: str | None = None, words: str = "as it was first written") -> None:
        """Write one article; every fifth states no zone."""
        categories = CATEGORIES[number % len(CATEGORIES)]
        path = self.paths.setdefault(number, f"{'/'.join(categories)}/{number:03}.md")
        write(self.archive, path, self.bytes_of(number, date=date, words=words))

    def bytes_of(self, number: int, *, date: str | None = None, words: str = "as it was first written") -> bytes:
        at = FIRST + timedelta(hours=3 * number)
        stated = f"{at:%Y-%m-%d %H:%M:%S}" if number % 5 == 4 else f"{at:%a, %d %b %Y %H:%M:%S GMT}"
        categories = CATEGORIES[number % len(CATEGORIES)]
        body = "".join(
            f"<p>Paragraph {part} of report {number}, {words}: {number * 7919 % 1009} ships came in on the tide, and "
            f"{number * 104729 % 997} of them went out again before anyone had counted the {part + 2} boats.</p>\n"
            for part in range(3)
        )
        return article_bytes(
            title=f"'No. {number}: {words}'",
            categories=categories,
            author=categories[1],
            headimg=None if number % 3 else f"'https://media.example.com/{number}.jpg'",
            date=stated if date is None else date,
            body=f"<div>\n{body}</div>",
        )

    def edit(self, step: int, *, is_plain: bool = False) -> None:
        """Change the archive so that nearly every feed does: rewrite, add, rename, crawl again, remove.

        Args:
            step: Decides what is done beside rewriting.
            is_plain: Change nothing that only the last build or its output could tell from news.
        """
        numbers = sorted(self.paths)
        *rewritten, moved = self.random.sample(numbers[-12:], 6)
        for number in rewritten:
            self.rewrite(number, f"edited in step {step}")
        self.write(numbers[-1] + 1)
        if step % 3 == 0 and not is_plain:
            self.rename(moved, f"moved-{step}")
        if step % 4 == 0 and not is_plain:
            self.crawl_again(next(number for number in reversed(numbers) if number % 5 == 4))
        if step % 5 == 0:
            self.write(numbers[-1] + 2, date="Invalid Date")
        for number in numbers[:1] if len(numbers) > 40 else []:
            self.remove(number)

    def rewrite(self, number: int, words: str) -> None:
        """Write other words into an article; its date stays."""
        place = self.archive / self.paths[number]
        date = re.search(r"^date: (.*)$", place.read_text("utf-8"), re.MULTILINE)
        assert date is not None
        self.write(number, date=date[1], words=words)

    def rename(self, number: int, name: str) -> None:
        """Give an article's file another name in its folder."""
        before = self.paths[number]
        self.paths[number] = f"{before.rpartition('/')[0]}/{name}-{number:03}.md"
        (self.archive / before).rename(self.archive / self.paths[number])

    def move_folder(self, old: str, new: str) -> None:
        """Give a folder another name."""
        (self.archive / old).rename(self.archive / new)
        self.paths = {
            number: new + path.removeprefix(old) if path.startswith(old + "/") else path
            for number, path in self.paths.items()
        }

    def crawl_again(self, number: int) -> None:
        """Give an article without a zone a later time, as a crawler does at every visit."""
        place = self.archive / self.paths[number]
        later = FIRST + timedelta(days=30, hours=3 * number)
        date, text = f"date: {later:%Y-%m-%d %H:%M:%S}", place.read_text("utf-8")
        place.write_text(re.sub(r"^date: .*$", date, text, flags=re.MULTILINE), "utf-8")

    def remove(self, number: int) -> None:
        """Remove an article."""
        (self.archive / self.paths.pop(number)).unlink()

    # Building

    def command(self, *options: str) -> list[str]:
        """Answer the command that a user would give, in `home`."""
        return [sys.executable, "-m", "feeds", "build", *options]

    def build(self, *options: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run `feeds build` as a user would; `before` are words of another command that runs it."""
        return subprocess.run(
            [*before, *self.command(*options)], cwd=self.home, capture_output=True, text=True, check=False, timeout=120
        )

    def build_here(self, now: datetime | None = None) -> Report:
        """Build in this process, as the command does."""
        config = self.home / "feeds.toml"
        return build(
            load_config(config, {}),
            now=now or datetime.now(UTC),
            places=load_places(config, {}),
            program=program_identity(),
        )

    def kill_a_build(self, delay: float) -> bool:
        """Build in a child, and kill it after some seconds; tell whether it was still at work."""
        child = os.fork()
        if child == 0:
            status = 1
            try:
                self.build_here()
                status = 0
            finally:
                os._exit(status)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WIFSIGNALED(status)

    # What came of it

    def feeds(self) -> dict[str, bytes]:
        """Answer the bytes of all feeds, lists of feeds and their pages, by path."""
        return {
            str(place.relative_to(self.output)): place.read_bytes()
            for place in sorted(self.output.rglob("*"))
            if place.name in FEEDS and place.is_file()
        }

    def entries(self) -> dict[int, tuple[str, str]]:
        """Answer id and date of every article that a feed shows, by the article's number."""
        found: dict[int, tuple[str, str]] = {}
        for place in self.output.rglob("feed.json"):
            for item in json.loads(place.read_bytes())["items"]:
                mark = MARK.match(item["title"])
                assert mark is not None, item["title"]
                one = item["id"], item["date_published"]
                assert found.setdefault(int(mark[1]), one) == one, "every feed tells the same of an article"
        return found

    def cold(self, now: datetime | None = None) -> dict[str, bytes]:
        """Build a copy of the archive into an empty output, with the memory and nothing else; answer its feeds."""
        other = Workbench(self.home.with_name(f"{self.home.name}-cold-{next(self._cold)}"))
        shutil.copytree(self.archive, other.archive, symlinks=True)
        shutil.copy(self.home / "feeds.toml", other.home)
        shutil.copy(self.memory, other.home)
        other.build_here(now)
        feeds = other.feeds()
        shutil.rmtree(other.home)
        return feeds

    def stray(self) -> list[str]:
        """List the files that nobody will ever look after: not in the manifest, or never put in place."""
        owned = {MANIFEST, *read_manifest(self.output).files}
        published = (str(place.relative_to(self.output)) for place in self.output.rglob("*") if not place.is_dir())
        return sorted(
            [path for path in published if path not in owned]
            + [str(place) for place in self.home.rglob(".*") if TEMPORARY.fullmatch(place.name)]
        )

    def check_healed(self, known: Mapping[int, tuple[str, str]], *, now: datetime | None = None) -> None:
        """Hold what must hold after the build that follows a fault.

        Args:
            known: From `entries`, before the fault.
            now: When the last build was, where that is not now.
        """
        shown, entries = self.feeds(), self.entries()
        assert shown == self.cold(now), "the feeds are those of a build that starts from nothing"
        assert self.stray() == []
        for path, data in shown.items():
            check_valid(path, data)
        changed = {number: (known[number], one) for number, one in entries.items() if known.get(number, one) != one}
        assert changed == {}, f"ids and dates are as they were: {changed}"
        assert all(number in self.paths for number in entries)

    def tree(self) -> dict[str, tuple[bytes, int, int]]:
        """Answer bytes, time of change and inode of every file of the output, and of the memory."""
        places = [place for place in self.output.rglob("*") if place.is_file()]
        places += [self.memory] if self.memory.exists() else []
        return {str(place): (place.read_bytes(), place.stat().st_mtime_ns, place.stat().st_ino) for place in places}


def check_valid(path: str, data: bytes) -> None:
    """Hold that a foreign parser takes a file as it is."""
    if path.endswith("feed.json"):
        assert json.loads(data)["version"] == "https://jsonfeed.org/version/1.1"
    elif path.endswith(("rss.xml", "atom.xml")):
        parsed = feedparser.parse(data)
        assert not parsed.bozo, f"{path}: {parsed.get('bozo_exception')}"
    elif path.endswith(".opml"):
        assert b"</opml>" in data
    else:
        assert b"</html>" in data


def check_whole(
    left: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes], *, may_lack: bool = False
) -> None:
    """Hold that a fault left each feed as it was, or as it was to be, and took none away.

    Args:
        left: What the fault left.
        old: What was there before it.
        new: What the build would have made, had it come to its end.
        may_lack: The output was empty before.
    """
    for path, data in left.items():
        assert data in (old.get(path), new.get(path)), f"{path} is neither old nor new"
    assert may_lack or old.keys() <= left.keys()
