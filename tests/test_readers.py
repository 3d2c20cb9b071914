"""How readers take feeds: elements, the table, an entry by a row of it, what is done badly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.readers import READERS, Document, Kind, Taken, Taking, find_agreements, find_doubts, read_document, reader_of
from feeds.readers.body import see_body
from feeds.readers.sources import find_all
from feeds.readers.take import take_all
from tests.reader_samples import ATOM_ENTRIES, DATE, JSON_ITEMS, RSS_ITEMS, atom, json_feed, rss

NOW = datetime(2022, 8, 10, tzinfo=UTC)
GUID = '<guid isPermaLink="false">tag:a.example,2020:1</guid>'
PLANTED = {"rss": rss(*RSS_ITEMS), "atom": atom(*ATOM_ENTRIES), "json": json_feed(*JSON_ITEMS)}


def take(data: bytes, name: str) -> Taking:
    return take_all(read_document(data), reader_of(name), NOW)


def one(data: bytes, name: str) -> Taken:
    return take(data, name).entries[0]


def doubts(data: bytes, name: str) -> dict[str, str]:
    document = read_document(data)
    reader = reader_of(name)
    return {one.kind: one.text for one in find_doubts(document, reader, take_all(document, reader, NOW), NOW)}


def texts(values: Any) -> list[str]:
    return [value.text for value in values]


def test_elements_keep_names_prefixes_order_and_paths() -> None:
    document = read_document(PLANTED["rss"])
    assert (document.kind, document.title, len(document.items), document.fault) == (Kind.RSS, "样刊", 4, None)
    names = [element.name for element in document.items[0].elements]
    assert names[:3] == ["title", "link", "guid"]
    assert {"dc:creator", "content:encoded", "media:thumbnail", "pubDate"} <= set(names)
    grouped = [element.name for element in document.items[2].elements]
    assert grouped[-3:] == ["media:group", "media:group/media:content", "media:group/media:thumbnail"]


def test_prefixes_are_those_that_everybody_uses_whatever_the_feed_calls_them() -> None:
    data = rss(f"<x:creator xmlns:x='http://purl.org/dc/elements/1.1/'>Bob</x:creator>{GUID}{DATE}")
    assert texts(one(data, "miniflux").authors) == ["Bob"]


def test_xhtml_is_its_markup_without_the_prefixes_that_only_xml_needs() -> None:
    data = atom(
        '<id>a:1</id><content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>体 <x:b>例</x:b></x:p>'
        "</x:div></content>"
    )
    assert one(data, "newsboat").body.text == "<p>体 <b>例</b></p>"


def test_numbers_of_a_json_feed_are_their_digits() -> None:
    assert take(PLANTED["json"], "miniflux").entries[1].id.text == "2"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b"<html><body></body></html>", "an HTML page"),
        (b'{"a": 1}', "JSON, but no JSON Feed"),
        (b"<rss></rss>", "RSS without a channel"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>', "RSS 1.0"),
        (b'<feed xmlns="http://purl.org/atom/ns#"></feed>', "Atom 0.3"),
    ],
)
def test_what_is_no_feed_is_named(data: bytes, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        read_document(data)


def test_nothing_that_a_document_declares_is_expanded() -> None:
    data = rss(f"{GUID}<title>&x;</title>").replace(
        b"<rss", b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss', 1
    )
    assert one(data, "newsboat").title.text == "&x;"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_source_of_the_table_can_be_read(reader: Any) -> None:
    for rules in reader.rules.values():
        grouped = (*rules.ids, *rules.authors, *rules.categories, *rules.needed)
        flat = (*rules.titles, *rules.links, *rules.dates, *rules.bodies, *rules.pictures)
        for source in (*(source for group in grouped for source in group), *flat):
            assert source.startswith("=") or find_all(source, (), ()) == []


def test_a_source_that_is_none_is_said() -> None:
    with pytest.raises(ValueError, match="no source of the table"):
        find_all("middle author", (), ())


# What newsboat and `reader` take is held against the programs in tests/system; here what the others' sources say.


@pytest.mark.parametrize(
    ("name", "date", "author", "pictures", "body"),
    [
        ("netnewswire", "dc:date", "author", ["body"], "content:encoded"),
        (
            "miniflux",
            "dc:date",
            "dc:creator",
            ["media:thumbnail", "enclosure", "media:content", "body"],
            "content:encoded",
        ),
        ("freshrss", "pubDate", "author", ["media:thumbnail", "media:content", "enclosure", "body"], "content:encoded"),
    ],
)
def test_an_item_with_everything(name: str, date: str, author: str, pictures: list[str], body: str) -> None:
    entry = one(PLANTED["rss"], name)
    assert entry.id.source == "guid"
    assert entry.date_source == date
    assert entry.authors[0].source == author
    assert [picture.source for picture in entry.pictures] == pictures
    assert entry.body.source == "content:encoded"


def test_the_last_date_in_the_feed_counts_for_netnewswire() -> None:
    data = rss(f"{GUID}<dc:date>2020-01-01T00:00:00Z</dc:date>{DATE}")
    assert one(data, "netnewswire").date_source == "pubDate"
    assert one(data, "miniflux").date_source == "dc:date"


def test_freshrss_splits_categories_at_commas_and_says_so() -> None:
    assert texts(one(PLANTED["rss"], "freshrss").categories) == ["a", "b", "c"]
    assert texts(one(PLANTED["rss"], "miniflux").categories) == ["a, b", "c"]
    assert doubts(PLANTED["rss"], "freshrss")["category-split"] == 'splits the category "a, b" at its commas'
    assert "category-split" not in doubts(PLANTED["rss"], "miniflux")


def test_freshrss_reads_neither_authors_nor_plain_text_of_a_json_feed() -> None:
    entries = take(PLANTED["json"], "freshrss").entries
    assert entries[0].authors == ()
    assert entries[1].body.text == ""
    found = doubts(PLANTED["json"], "freshrss")
    assert found["no-author"] == 'shows no author, though "Ann" is one'
    assert found["no-text"] == 'shows no text: it does not read "a < b"'


def test_a_reader_that_does_not_know_the_format_has_nothing() -> None:
    assert take(PLANTED["json"], "newsboat").entries == ()
    assert doubts(PLANTED["json"], "newsboat") == {"unread": "reads no JSON Feed"}


def test_an_entry_without_what_a_reader_needs_is_passed_over() -> None:
    data = rss(f"<title>无</title>{DATE}")
    assert doubts(data, "reader") == {"passed-over": "passes the entry over: no guid or link"}
    assert one(data, "netnewswire").id.source == "title + pubDate"
    assert doubts(data, "netnewswire")["made-id"].startswith("knows it by title + pubDate")


def test_an_item_without_id_costs_reader_the_whole_json_feed() -> None:
    data = json_feed({"url": "http://a.example/1", "content_text": "a"})
    assert doubts(data, "reader")["refused"] == "reads nothing of this feed, for an entry lacks its id"


def test_netnewswire_shows_no_picture_but_those_of_the_body() -> None:
    data = rss(f'{GUID}{DATE}<title>图</title><media:thumbnail url="http://a.example/t.jpg"/>')
    assert doubts(data, "netnewswire")["no-picture"] == (
        "shows no picture: it takes them from the body alone, where none stands"
    )
    assert "no-picture" not in doubts(data, "miniflux")
    assert "no-picture" not in doubts(data, "newsboat")


def test_freshrss_shows_one_picture_where_the_addresses_are_the_same_and_two_where_not() -> None:
    body = '<description>&lt;img src="http://a.example/t.jpg"&gt;</description>'
    same = rss(f'{GUID}{DATE}<title>图</title>{body}<media:thumbnail url="http://a.example/t.jpg"/>')
    other = same.replace(b'thumbnail url="http://a.example/t.jpg', b'thumbnail url="http://a.example/small.jpg')
    assert "two-pictures" not in doubts(same, "freshrss")
    assert "small.jpg" in doubts(other, "freshrss")["two-pictures"]


def test_an_at_in_an_authors_name_is_an_email_address_for_netnewswire() -> None:
    data = rss(f"{GUID}{DATE}<title>a</title><author>ann@a.example</author>")
    assert texts(one(data, "netnewswire").authors) == ["<ann@a.example>"]
    assert "email" in doubts(data, "netnewswire")
    robot = rss(f"{GUID}{DATE}<title>a</title><author>noreply@a.example</author><dc:creator>Ann</dc:creator>")
    assert texts(one(robot, "netnewswire").authors) == ["Ann"]


@pytest.mark.parametrize("name", ["newsboat", "netnewswire", "miniflux", "freshrss", "reader"])
def test_a_date_that_cannot_be_read_is_said(name: str) -> None:
    assert doubts(rss(f"{GUID}<title>a</title><pubDate>昨天</pubDate>"), name)["undated"].startswith(
        'cannot read the date "昨天": it '
    )
    assert doubts(rss(f"{GUID}<title>a</title>"), name)["undated"].startswith("finds no date: it is ")


def test_a_date_ahead_is_said_and_netnewswire_does_not_believe_it() -> None:
    data = rss(f"{GUID}<title>a</title><pubDate>Sat, 30 Jul 2033 04:27:58 GMT</pubDate>")
    assert doubts(data, "miniflux") == {"future": "shows it above all others until 2033-07-30 04:27 GMT has come"}
    assert "does not believe" in doubts(data, "netnewswire")["future"]
    assert one(data, "netnewswire").date is None


def items_with(guids: list[str]) -> bytes:
    return rss(
        *(
            f"<guid>{guid}</guid><title>{n}</title><link>http://a.example/{n}</link>{DATE}"
            for n, guid in enumerate(guids)
        )
    )


def test_freshrss_tolerates_a_twentieth_of_repeated_ids_and_then_relies_on_none() -> None:
    few = items_with(["a", "a", *map(str, range(8))])
    assert not take(few, "freshrss").has_lost_ids
    assert "meets its id 2 times" in doubts(few, "freshrss")["repeated-id"]
    many = items_with(["a", "a", "a", *map(str, range(7))])
    taking = take(many, "freshrss")
    assert taking.has_lost_ids
    assert {entry.id.source for entry in taking.entries} == {"link + pubDate"}
    assert "goes by link and date for all entries" in doubts(many, "freshrss")["repeated-id"]


def test_freshrss_adds_the_title_where_link_and_date_are_the_same_too() -> None:
    data = rss(*(f"<guid>a</guid><title>{n}</title><link>http://a.example/</link>{DATE}" for n in range(10)))
    assert {entry.id.source for entry in take(data, "freshrss").entries} == {"link + pubDate + title"}


def test_miniflux_adds_the_address_to_an_id_that_comes_again() -> None:
    assert [entry.id.text for entry in take(items_with(["a", "a"]), "miniflux").entries] == [
        "a",
        "a|http://a.example/1",
    ]
    same = atom("<id>a:1</id><title>a</title>", "<id>a:1</id><title>b</title>")
    assert [entry.id.text for entry in take(same, "miniflux").entries] == ["a:1", "a:1"]


def test_newsboat_attaches_the_last_and_prefers_what_is_played() -> None:
    assert texts(one(PLANTED["rss"], "newsboat").pictures)[0] == "http://a.example/m.jpg"
    data = rss(
        f'{GUID}<enclosure url="http://a.example/a.mp3" type="audio/mpeg"/><media:content url="http://a.example/m.jpg"/>'
    )
    assert texts(one(data, "newsboat").pictures) == ["http://a.example/a.mp3"]


def test_relative_addresses_of_a_body_are_said_with_what_they_are_resolved_against() -> None:
    data = rss(f'{GUID}{DATE}<title>a</title><description>&lt;img src="/a.png"&gt;</description>')
    assert doubts(data, "reader")["relative"] == 'resolves "/a.png" in the body against xml:base alone'
    assert "entry's link" in doubts(data, "miniflux")["relative"]


def test_a_feed_that_is_not_well_formed_is_refused_by_some() -> None:
    data = rss(f"{GUID}{DATE}<title>a & b</title>")
    assert "not well-formed" in doubts(data, "reader")["refused"]
    assert "refused" not in doubts(data, "newsboat")
    assert one(data, "newsboat").title.text == "a & b"


def test_a_large_feed_is_said_and_miniflux_reads_none_beyond_its_bound() -> None:
    large = rss(f"{GUID}{DATE}<title>a</title><description>{'长' * 400_000}</description>")
    assert "1.2 MB" in doubts(large, "newsboat")["large"]
    document = Document(kind=Kind.RSS, title="", head=(), items=(), size=16 * 2**20, fault=None)
    reader = reader_of("miniflux")
    (doubt,) = find_doubts(document, reader, take_all(document, reader, NOW), NOW)
    assert (doubt.kind, doubt.entry, doubt.text) == ("refused", None, "reads no feed over 15 MiB")


def test_authors_fall_back_to_the_feed_and_to_the_source() -> None:
    head = "<author><name>Feed</name></author>"
    data = atom("<id>a:1</id><source><author><name>Source</name></author></source>", "<id>a:2</id>", head=head)
    assert [texts(entry.authors) for entry in take(data, "newsboat").entries] == [["Source"], ["Feed"]]
    assert [texts(entry.authors) for entry in take(data, "netnewswire").entries] == [["Feed"], ["Feed"]]
    editor = rss(GUID, head="<managingEditor>ed@a.example (Ed)</managingEditor>")
    assert texts(one(editor, "miniflux").authors) == ["ed@a.example (Ed)"]
    assert one(editor, "freshrss").authors == ()


def test_readers_that_take_the_same_stand_together() -> None:
    document = read_document(PLANTED["rss"])
    found = find_agreements([(reader, take_all(document, reader, NOW)) for reader in READERS])
    by_body = {agreement.readers: dict(agreement.sources) for agreement in found if agreement.field == "body"}
    assert by_body[("newsboat",)] == {"description": 2, "content:encoded": 1, "itunes:summary": 1}
    assert by_body[("netnewswire", "miniflux", "freshrss", "reader")] == {"description": 3, "content:encoded": 1}
    for field in {agreement.field for agreement in found}:
        names = [name for agreement in found if agreement.field == field for name in agreement.readers]
        assert sorted(names) == sorted(reader.name for reader in READERS)


def test_a_body_is_seen_as_text_with_its_pictures() -> None:
    seen = see_body(
        '<p>一<b>二</b></p><p>三&amp;</p><style>p{}</style><img src="a.png"><img src=""><a href="#x">四</a>'
    )
    assert (seen.text, seen.pictures, seen.relative) == ("一二 三& 四", ("a.png",), ("a.png",))
    assert see_body("a <b> c", is_plain=True).text == "a <b> c"
    assert see_body("a &lt; b").text == "a < b"


MARKUP = st.text(alphabet="<>&;/\"'= ap1一\x00\ud800", max_size=40)


@given(MARKUP)
def test_any_markup_is_seen(markup: str) -> None:
    assert "\n" not in see_body(markup).text


@given(st.lists(st.tuples(st.sampled_from(["title", "link", "guid", "pubDate", "description", "author"]), MARKUP)))
def test_whatever_stands_in_a_feed_every_reader_takes_it_or_it_is_no_feed(parts: list[tuple[str, str]]) -> None:
    data = rss("".join(f"<{name}>{text}</{name}>" for name, text in parts).encode(errors="ignore").decode())
    try:
        document = read_document(data)
    except ValueError:
        return
    for reader in READERS:
        taking = take_all(document, reader, NOW)
        assert len(taking.entries) == len(document.items)
        find_doubts(document, reader, taking, NOW)
