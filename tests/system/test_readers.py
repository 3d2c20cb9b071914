"""The package `reader` and sfeed take the sample archive's feeds as they are meant."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from typing import Any

import pytest
from reader import make_reader

from tests.system.conftest import Site, need

pytestmark = pytest.mark.system

FOLDERS = ["", "文化/", "文化/慢门影像/慢门影像－城市/"]


def items_of(site: Site, folder: str) -> list[dict[str, Any]]:
    """Return a feed's items as JSON Feed states them."""
    items: list[dict[str, Any]] = json.loads((site.folder / folder / "feed.json").read_bytes())["items"]
    assert items
    return items


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_reader_shows_every_article_once_and_nothing_new_after_a_rebuild(site: Site, name: str) -> None:
    reader = make_reader(":memory:")
    for folder in FOLDERS:
        reader.add_feed(site.base_url + folder + name)
    reader.update_feeds()
    for folder in FOLDERS:
        entries = list(reader.get_entries(feed=site.base_url + folder + name))
        items = items_of(site, folder)
        assert len(entries) == len(items)
        found = {entry.id: (entry.title, entry.link, entry.published) for entry in entries}
        assert found == {
            item["id"]: (item["title"], item["url"], datetime.fromisoformat(item["date_published"])) for item in items
        }
        for entry in entries:
            assert entry.content or entry.summary
    site.rebuild()
    reader.update_feeds()
    assert reader.get_entry_counts().total == sum(len(items_of(site, folder)) for folder in FOLDERS)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("folder", FOLDERS, ids=["whole", "category", "leaf"])
def test_sfeed_writes_a_line_for_each_article(site: Site, folder: str, name: str) -> None:
    feed = (site.folder / folder / name).read_bytes()
    done = subprocess.run([need("sfeed"), site.base_url], input=feed, check=True, capture_output=True, timeout=30)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    expected = [
        (str(int(datetime.fromisoformat(item["date_published"]).timestamp())), item["title"], item["url"], item["id"])
        for item in items_of(site, folder)
    ]
    # Time, title, link, content, its type, id, author, enclosure, categories: sfeed(5).
    assert [(line[0], line[1], line[2], line[5]) for line in lines] == expected
    assert {line[4] for line in lines} == {"html"}
    assert all(line[6] for line in lines)
