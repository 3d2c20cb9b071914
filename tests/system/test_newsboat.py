"""newsboat subscribes to the sample archive over HTTP, as a person would."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

from tests.articles import article_bytes, write
from tests.system.conftest import REPOSITORY, Site, free_port, need, serve_archive
from tests.test_serve import running

pytestmark = pytest.mark.system

ARTICLES = 81
"""Of the sample archive that feeds show."""


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


@pytest.mark.parametrize("membership", ["subtree", "partition"])
def test_whoever_imports_the_list_sees_every_article_once(tmp_path: Path, membership: str) -> None:
    listed = {"subtree": "leaves", "partition": "all"}[membership]
    with serve_archive(REPOSITORY / "archive", tmp_path, "--membership", membership, "--opml", listed) as site:
        reader = Newsboat(tmp_path / "newsboat", [])
        reader.run("-i", str(site.folder / "feeds.opml"))
        reader.run("-x", "reload")
        shown = Counter(item["guid"] for item in reader.items())
        feeds = [json.loads(path.read_bytes()) for path in site.folder.rglob("feed.json")]
        assert shown == dict.fromkeys((item["id"] for feed in feeds for item in feed["items"]), 1)
        assert len(shown) == ARTICLES


def test_a_subscriber_of_feeds_serve_has_what_is_new_and_304_for_what_is_not(tmp_path: Path) -> None:
    """Newsboat asks under conditions from its third reload on."""
    archive, port = tmp_path / "archive", free_port()
    shutil.copytree(REPOSITORY / "archive", archive)
    with running(tmp_path, "--build", "--port", str(port), "-v") as server:
        said = server.wait_for("Ctrl-C")
        address = next(line.split()[1] for line in said.splitlines() if line.startswith("  subscribe "))
        assert address == f"http://localhost:{port}/rss.xml"
        reader = Newsboat(tmp_path / "newsboat", [address])
        for _ in range(3):
            reader.run("-x", "reload")
        before = {row["guid"] for row in reader.items()}
        assert len(before) >= 20
        assert "304 GET /rss.xml  newsboat" in server.wait_for("304 GET")

        date = f"{datetime.now(UTC) - timedelta(minutes=1):%a, %d %b %Y %H:%M:%S GMT}"
        write(archive, "金融/新/a.md", article_bytes(title="刚刚发生的事", date=date))
        server.wait_for("1 new article,")
        reader.run("-x", "reload")
        assert [row["title"] for row in reader.items() if row["guid"] not in before] == ["刚刚发生的事"]
        assert server.end() == 0


def test_the_line_that_is_printed_subscribes_newsboat(site: Site, tmp_path: Path) -> None:
    with running(
        site.folder.parent, "--base-url", site.base_url, "--port", str(free_port()), str(site.folder)
    ) as server:
        said = server.wait_for("Ctrl-C")
        line = next(line.partition(" newsboat ")[2] for line in said.splitlines() if line.startswith("  newsboat "))
        home = tmp_path / "home"
        home.mkdir()
        words = line.replace("newsboat -r", f"{need('newsboat')} -x reload")
        subprocess.run(["sh", "-c", words], check=True, env={**os.environ, "HOME": str(home)}, timeout=60)
    with sqlite3.connect(home / ".newsboat" / "cache.db") as database:
        assert database.execute("select count(*) from rss_item").fetchone()[0] >= 20
    database.close()
