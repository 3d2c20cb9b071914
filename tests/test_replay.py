"""Crawl after crawl over an archive in which hardly anything is news, every feed announces exactly what is."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds import Config, build
from feeds.config import load_places
from feeds.pipeline import Report
from tests.crawler import Account, Chain, Crawler, faults_of, late_news, number_of


class Replay:
    """An archive, its feeds, and what each of them has announced."""

    def __init__(self, home: Path, crawler: Crawler, **settings: Any) -> None:
        self.crawler = crawler
        self.config = Config(archive=crawler.root, output=home / "public", **settings)
        (home / "feeds.toml").touch()
        places = {"archive": str(self.config.archive), "output": str(self.config.output)}
        self.places = load_places(home / "feeds.toml", places)
        self.folders: dict[Chain, str] = {}
        """Where the feed of each category stands."""
        self.accounts: dict[str, Account] = {}

    def step(self, now: datetime) -> Report:
        """Crawl and build."""
        self.crawler.crawl(now)
        report = build(self.config, now=now, places=self.places, program="replay")
        for entry in (entry for feed in report.feeds for entry in feed.entries):
            self.crawler.ids.setdefault(number_of(entry.title), entry.id)
        self.folders |= {feed.category: feed.folder for feed in report.feeds}
        assert self.crawler.feeds <= self.folders.keys()
        assert not report.held_back
        if self.crawler.is_quiet:
            assert not report.changed_feeds, "files were rewritten with equal text, and feeds with them"
        return report

    def window(self, category: Chain) -> dict[int, datetime]:
        """Answer what a feed has to show: dates by the articles' numbers."""
        config = self.config
        keep = timedelta(hours=config.keep_hours)
        return self.crawler.window(category, limit=config.limit, keep=keep, limit_max=config.limit_max)

    def read(self, category: Chain) -> None:
        """Read a feed as one who takes every new id for news."""
        feed = json.loads((self.config.output / self.folders[category] / "feed.json").read_bytes())
        shown = {item["id"]: (item["title"], datetime.fromisoformat(item["date_published"])) for item in feed["items"]}
        account = self.accounts.setdefault("/".join(category) or "the whole", Account())
        crawl, window = self.crawler.crawls - 1, self.window(category)
        if crawl:
            late = late_news(self.crawler, window.keys() - account.told)
            assert not late, f"by the simulation itself old articles become news: {late}"
        account.reload(crawl, [id_ for id_ in shown if id_ not in account.dates], shown, window)
        numbers = [account.numbers[id_] for id_ in shown]
        if sorted(numbers) != sorted(window):
            account.wrong.append(f"crawl {crawl}: shows {sorted(set(numbers) ^ set(window))} beside its window")


@pytest.mark.long
def test_each_feed_announces_exactly_what_is_news_and_no_date_jumps(root: Path, tmp_path: Path) -> None:
    crawler = Crawler(root, seed=3, size=0.3, haste=4, folder_moves={3: 3, 5: 0, 7: 7})
    replay = Replay(tmp_path, crawler, limit=6, keep_hours=12, flood_limit=100, formats=("json",), article_pages="none")
    for now in crawler.times(10):
        replay.step(now)
        for category in sorted(replay.folders):
            replay.read(category)
    faults = faults_of(replay.accounts, crawler)
    assert not faults, "\n".join(faults[:20])
    assert sum(account.seen for account in replay.accounts.values()) > 50
    assert {"moved", "moved with its folder", "headline corrected", "copied", "date invalid"} <= crawler.churn.keys()
