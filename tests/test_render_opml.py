from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from lxml import etree
from msgspec.structs import replace

from feeds.model import Feed
from feeds.render.opml import render_opml
from tests.feed_samples import make_feed

ARCHIVE = make_feed()
A = make_feed("a")
A_X = make_feed("a", "x", own_total=1)
A_Y = make_feed("a", "y")
B = make_feed("b")
TREE = (ARCHIVE, A, A_X, A_Y, B)


def body_of(feeds: Sequence[Feed], *, include_all: bool = False) -> etree._Element:
    document = render_opml(
        feeds, title="Archive", address_of=lambda feed: feed.folder_url + "rss.xml", include_all=include_all
    )
    return etree.fromstring(document)[1]


def shape(parent: etree._Element) -> list[object]:
    """A folder is its name and what is in it, a feed its file."""
    return [
        (outline.get("xmlUrl") or "").removeprefix("https://feeds.example.org/")
        or (outline.get("text"), shape(outline))
        for outline in parent
    ]


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def test_inner_categories_are_folders_and_leaves_are_feeds() -> None:
    assert shape(body_of(TREE)) == [("a", ["a/x/rss.xml", "a/y/rss.xml"]), "b/rss.xml"]


def test_an_inner_feed_with_articles_of_its_own_is_first_in_its_folder() -> None:
    feeds = (replace(ARCHIVE, own_total=1), replace(A, own_total=2), A_X, A_Y, B)
    assert shape(body_of(feeds)) == [
        "rss.xml",
        ("a", ["a/rss.xml", "a/x/rss.xml", "a/y/rss.xml"]),
        "b/rss.xml",
    ]


def test_all_feeds_can_be_listed() -> None:
    assert shape(body_of(TREE, include_all=True)) == [
        "rss.xml",
        ("a", ["a/rss.xml", "a/x/rss.xml", "a/y/rss.xml"]),
        "b/rss.xml",
    ]


OTHERS = tuple(
    replace(make_feed(*key), folder=folder, folder_url=f"https://feeds.example.org/{folder}/")
    for key, folder in ((("", "feed", "m"), "m"), (("", "tag", "x"), "tags/x"), (("", "tag", "y"), "tags/y"))
)
KIND_NAMES = {"tag": "Tags", "author": "Authors", "language": "Languages"}


def test_feeds_of_other_kinds_are_listed_with_all_feeds_alone() -> None:
    def body(*, include_all: bool) -> etree._Element:
        document = render_opml(
            (ARCHIVE, B, *OTHERS),
            title="Archive",
            address_of=lambda feed: feed.folder_url + "rss.xml",
            include_all=include_all,
            kind_names=KIND_NAMES,
        )
        return etree.fromstring(document)[1]

    assert shape(body(include_all=False)) == ["b/rss.xml"]
    assert shape(body(include_all=True)) == [
        "rss.xml",
        "b/rss.xml",
        "m/rss.xml",
        ("Tags", ["tags/x/rss.xml", "tags/y/rss.xml"]),
    ]


def test_an_archive_without_categories_lists_itself() -> None:
    assert shape(body_of([ARCHIVE])) == ["rss.xml"]


def test_a_level_without_a_feed_is_a_folder_all_the_same() -> None:
    assert shape(body_of([ARCHIVE, make_feed("a", "m", "x")])) == [("a", [("m", ["a/m/x/rss.xml"])])]


def test_a_folder_carries_its_name_alone() -> None:
    assert attributes(body_of(TREE)[0]) == {"text": "a"}


def test_a_feed_carries_all_that_a_reader_asks_for() -> None:
    assert attributes(body_of(TREE)[1]) == {
        "text": "b – Archive",
        "title": "b – Archive",
        "type": "rss",
        "xmlUrl": "https://feeds.example.org/b/rss.xml",
        "htmlUrl": "https://feeds.example.org/b/",
    }


@pytest.mark.parametrize(
    ("name", "written"),
    [("R&D", "R＆D"), ("this & that", "this & that"), ("<b> < 1", "＜b> < 1"), ("\x00", "–")],
)
def test_a_name_reads_the_same_as_text_and_as_html(name: str, written: str) -> None:
    body = body_of([ARCHIVE, make_feed(name, "x"), replace(B, title=name)])
    assert [outline.get("text") for outline in body] == [written, written]


def test_the_list_is_as_old_as_its_newest_feed() -> None:
    newer = replace(B, updated=datetime(2026, 8, 1, tzinfo=UTC))
    document = render_opml([ARCHIVE, newer], title="T", address_of=lambda feed: feed.home_url, include_all=False)
    root = etree.fromstring(document)
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "T"
    assert root.findtext("head/dateModified") == "Sat, 01 Aug 2026 00:00:00 GMT"
    assert root.find("head/dateCreated") is None


def test_no_feeds_make_an_empty_list() -> None:
    assert shape(body_of([])) == []
