"""newsboat subscribes to the sample archive over HTTP, as a person would."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

from tests.system.conftest import Site, need

pytestmark = pytest.mark.system


class Newsboat:
    """One subscriber with a folder of its own."""

    def __init__(self, home: Path, addresses: list[str]) -> None:
        self._program = need("newsboat")
        home.mkdir()
        self.cache = home / "cache.db"
        self._urls = home / "urls"
        self._urls.write_text("".join(f"{address}\n" for address in addresses), "utf-8")
        self._config = home / "config"
        self._config.write_text("")

    def run(self, *words: str) -> str:
        command = [
            self._program,
            "-u",
            str(self._urls),
            "-c",
            str(self.cache),
            "-C",
            str(self._config),
            *words,
        ]
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=120,
            env={"LANG": "C.UTF-8", "HOME": str(self.cache.parent)},
        )
        return done.stdout.decode()

    def items(self) -> list[dict[str, object]]:
        with sqlite3.connect(self.cache) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute("select * from rss_item order by pubDate desc")]


def address_of(site: Site, category: str, name: str) -> str:
    return f"{site.base_url}{quote(category)}/{name}"


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_entry_shows_title_date_author_summary_and_picture_and_its_link_opens(
    site: Site, tmp_path: Path, name: str
) -> None:
    reader = Newsboat(tmp_path / "newsboat", [address_of(site, "金融", name)])
    reader.run("-x", "reload")
    expected = json.loads((site.folder / "金融" / "feed.json").read_bytes())["items"]
    seen = {str(item["guid"]): item for item in reader.items()}
    assert set(seen) == {item["id"] for item in expected}
    for item in expected:
        row = seen[item["id"]]
        assert row["title"] == item["title"]
        assert row["author"] == item["authors"][0]["name"]
        assert row["url"] == item["url"]
        if "image" in item:
            assert item["image"].replace("&", "&amp;") in str(row["content"])
        if "summary" in item:
            assert item["summary"][:20] in str(row["content"]).replace("&amp;", "&").replace("&lt;", "<").replace(
                "&gt;", ">"
            )
    assert {row["pubDate"] for row in seen.values()} != {0}
    pages = [item["url"] for item in expected if item["url"].startswith(site.base_url)]
    with urlopen(pages[0], timeout=5) as page:
        assert page.status == 200
        assert "text/html" in page.headers["Content-Type"]


def test_a_rebuild_announces_nothing(site: Site, tmp_path: Path) -> None:
    reader = Newsboat(tmp_path / "newsboat", [address_of(site, "金融", "rss.xml")])
    reader.run("-x", "reload")
    before = reader.items()
    site.rebuild()
    reader.run("-x", "reload")
    assert reader.items() == before


def test_the_subscription_list_can_be_imported(site: Site, tmp_path: Path) -> None:
    reader = Newsboat(tmp_path / "newsboat", [])
    reader.run("-i", str(site.folder / "feeds.opml"))
    listed = {outline.get("xmlUrl") for outline in ElementTree.parse(site.folder / "feeds.opml").iter("outline")}
    urls = (tmp_path / "newsboat" / "urls").read_text("utf-8")
    assert all(address in urls for address in listed if address)
    assert len(listed) > 10
