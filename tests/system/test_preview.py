"""What newsboat and the package `reader` have of a feed is what the table of readers says that they take."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.readers import Taken, read_document, reader_of, take_all
from tests.reader_samples import ATOM_ENTRIES, JSON_ITEMS, RSS_ITEMS, atom, json_feed, rss
from tests.system.conftest import Site
from tests.system.test_newsboat import Newsboat

pytestmark = pytest.mark.system

PLANTED = {"rss.xml": rss(*RSS_ITEMS), "atom.xml": atom(*ATOM_ENTRIES), "feed.json": json_feed(*JSON_ITEMS)}
EDITOR = "<managingEditor>ed@a.example (Ed)</managingEditor>"
HARD = {
    "editor.xml": rss("<title>甲</title><link>http://a.example/5</link>", head=EDITOR),
    "repeated.xml": rss(
        "<guid>http://a.example/6</guid><title>前</title><pubDate>Fri, 01 Jul 2022 00:00:00 GMT</pubDate>",
        "<guid>http://a.example/6</guid><title>后</title><pubDate>Sat, 02 Jul 2022 00:00:00 GMT</pubDate>",
    ),
}


def taken_from(path: Path, name: str) -> dict[str, Taken]:
    taking = take_all(read_document(path.read_bytes()), reader_of(name), datetime.now(UTC))
    return {entry.id.text: entry for entry in taking.entries if not entry.passed_over}


def is_recent(seconds: object) -> bool:
    return abs(datetime.now(UTC).timestamp() - float(str(seconds))) < 3600


def check_newsboat(feed: Path, home: Path) -> None:
    boat = Newsboat(home, [feed.as_uri()])
    boat.run("-x", "reload")
    rows = {str(row["guid"]): row for row in boat.items()}
    expected = taken_from(feed, "newsboat")
    assert set(rows) == set(expected)
    for id_, entry in expected.items():
        row = rows[id_]
        assert row["author"] == ", ".join(author.text for author in entry.authors), id_
        assert row["url"] == entry.link.text
        assert is_recent(row["pubDate"]) if entry.date is None else row["pubDate"] == entry.date.timestamp(), id_
        content = str(row["content"]).replace("<ituneshack>", "").replace("</ituneshack>", "")
        content = (
            content.replace(' xmlns="http://www.w3.org/1999/xhtml"', "").removeprefix("<div>").removesuffix("</div>")
        )
        assert content == entry.body.text, id_


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "editor.xml"])
def test_newsboat_has_of_planted_feeds_what_its_row_says(tmp_path: Path, name: str) -> None:
    feed = tmp_path / name
    feed.write_bytes((PLANTED | HARD)[name])
    check_newsboat(feed, tmp_path / "newsboat")


def test_newsboat_makes_one_entry_of_a_repeated_id(tmp_path: Path) -> None:
    feed = tmp_path / "repeated.xml"
    feed.write_bytes(HARD["repeated.xml"])
    boat = Newsboat(tmp_path / "newsboat", [feed.as_uri()])
    boat.run("-x", "reload")
    (row,) = boat.items()
    assert row["title"] == "前"
    assert row["pubDate"] == datetime(2022, 7, 2, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_newsboat_has_of_our_feeds_what_its_row_says(site: Site, tmp_path: Path, name: str) -> None:
    wanted = ("金融", "编程", "Lantern Quarterly")
    feeds = [feed for feed in sorted(site.folder.rglob(name)) if feed.parent.name in wanted]
    assert len(feeds) == 3
    for place, feed in enumerate(feeds):
        check_newsboat(feed, tmp_path / f"newsboat{place}")


def entries_of_reader(feed: Path) -> dict[str, Any]:
    from reader import make_reader

    subscriber = make_reader(":memory:", feed_root="")
    subscriber.add_feed(str(feed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of entries that it passes over
        subscriber.update_feeds()
    (status,) = subscriber.get_feeds()
    assert status.last_exception is None
    return {entry.id: entry for entry in subscriber.get_entries()}


def check_reader(feed: Path) -> None:
    had = entries_of_reader(feed)
    expected = taken_from(feed, "reader")
    assert set(had) == set(expected)
    for id_, entry in expected.items():
        seen = had[id_]
        content = seen.get_content(prefer_summary=False)
        assert (seen.published or seen.updated) == entry.date, id_
        assert [author.name for author in seen.authors] == [author.text for author in entry.authors], id_
        attached = [picture.text for picture in entry.pictures if picture.source != "body"]
        assert [enclosure.href for enclosure in seen.enclosures] == attached, id_
        assert (seen.link or "") == entry.link.text
        assert seen.title == entry.title.text
        for text in entry.seen.text.replace("<", "").split():
            assert text in content.value.replace("&lt;", ""), id_


@pytest.mark.parametrize("name", PLANTED)
def test_reader_has_of_planted_feeds_what_its_row_says(tmp_path: Path, name: str) -> None:
    feed = tmp_path / name
    feed.write_bytes(PLANTED[name])
    check_reader(feed)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_reader_has_of_our_feeds_what_its_row_says(site: Site, name: str) -> None:
    for folder in ("金融", "编程", "文化"):
        check_reader(site.folder / folder / name)
