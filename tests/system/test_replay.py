"""Sixty crawls, and real readers that reload after each: they see what is news, each article once, and nothing else."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from reader import make_reader

from tests.crawler import Account, Chain, Crawler, faults_of
from tests.system.conftest import need, serve
from tests.test_replay import Replay

pytestmark = pytest.mark.system

CRAWLS = 60


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder that nginx serves, and its address."""
    folder = tmp_path / "home" / "public"
    folder.mkdir(parents=True)
    with serve(folder, tmp_path / "nginx") as address:
        yield folder, address


class Newsboat:
    """newsboat, subscribed to one feed: it knows an item by its id alone."""

    def __init__(self, home: Path, address: str) -> None:
        home.mkdir(parents=True)
        self._cache, urls, config = home / "cache.db", home / "urls", home / "config"
        urls.write_text(f"{address}\n", "utf-8")
        config.write_text("")
        self._command = [need("newsboat"), "-u", str(urls), "-c", str(self._cache), "-C", str(config), "-x", "reload"]
        self._home = home

    def reload(self) -> dict[str, tuple[str, datetime]]:
        """Reload, and answer title and date of all that was ever seen, by id."""
        environment = {"LANG": "C.UTF-8", "HOME": str(self._home)}
        subprocess.run(self._command, check=True, capture_output=True, timeout=60, env=environment)
        with sqlite3.connect(self._cache) as base:
            rows = base.execute("select guid, title, pubDate from rss_item").fetchall()
        base.close()
        return {guid: (title, datetime.fromtimestamp(date, UTC)) for guid, title, date in rows}


class Reader:
    """The package `reader`, subscribed to one feed."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._reader = make_reader(":memory:")
        self._reader.add_feed(address)

    def reload(self) -> dict[str, tuple[str, datetime]]:
        """Reload, and answer title and date of all that was ever seen, by id."""
        self._reader.update_feed(self._address)  # now, and not when its schedule says so
        return {
            entry.id: (entry.title or "", entry.published)
            for entry in self._reader.get_entries()
            if entry.published is not None
        }


@pytest.mark.parametrize("seed", [1, 7])
def test_sixty_crawls_announce_exactly_what_is_news(
    tmp_path: Path, served: tuple[Path, str], capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    folder, address = served
    crawler = Crawler(tmp_path / "archive", seed=seed, folder_moves={9: 0, 20: 3, 41: 7})
    replay = Replay(folder.parent, crawler, limit=20, base_url=address)
    subscribers: dict[tuple[Chain, str], Newsboat | Reader] = {}
    accounts: dict[str, Account] = {}
    for now in crawler.times(CRAWLS):
        time.sleep(1 - time.time() % 1)  # servers and newsboat tell versions of a file by the second
        replay.step(now)
        if not subscribers:
            leaves = sorted(category for category in replay.folders if len(category) == 3)
            for number, category in enumerate(((), *leaves)):
                place = f"{address}{quote(replay.folders[category])}/" if category else address
                subscribers[category, "newsboat"] = Newsboat(tmp_path / f"newsboat-{number}", f"{place}rss.xml")
                for name in ("rss.xml", "atom.xml", "feed.json") if number < 4 else ():
                    subscribers[category, f"reader {name}"] = Reader(place + name)
        for (category, name), subscriber in subscribers.items():
            account = accounts.setdefault(f"{'/'.join(category) or 'the whole'} by {name}", Account())
            seen = subscriber.reload()
            window = replay.window(category)
            account.reload(crawler.crawls - 1, [id_ for id_ in seen if id_ not in account.dates], seen, window)
    faults = faults_of(accounts, crawler)
    with capsys.disabled():
        print(f"\n{CRAWLS} crawls, churn {dict(crawler.churn)}")
        for name in ("newsboat", "reader rss.xml", "reader atom.xml", "reader feed.json"):
            found = [account for title, account in accounts.items() if title.endswith(f"by {name}")]
            print(
                f"{name}: {len(found)} feeds, {sum(one.expected for one in found)} announcements expected, "
                f"{sum(one.seen for one in found)} seen, {sum(len(one.wrong) for one in found)} wrong, "
                f"{sum(len(one.lost) for one in found)} lost, {sum(len(one.jumps) for one in found)} dates jumped"
            )
    assert not faults, "\n".join(faults[:20])
    assert sum(one.seen for one in accounts.values()) > 500
