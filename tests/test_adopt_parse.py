from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.adopt import parse_feed
from feeds.model import Feed, PublishedEntry
from feeds.render.atom import render_atom
from feeds.render.jsonfeed import render_json
from feeds.render.rss import render_rss
from tests.feed_samples import FEED

GOLDEN = Path(__file__).parent / "golden"

WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:media="http://search.yahoo.com/mrss/">
<channel>
	<title>Harbour Ledger</title>
	<atom:link href="https://ledger.example.com/feed/" rel="self" type="application/rss+xml" />
	<link>https://ledger.example.com</link>
	<lastBuildDate>Mon, 01 Aug 2022 02:00:00 +0000</lastBuildDate>
	<item>
		<title>Tide &#038; time: the harbourmaster&#8217;s log</title>
		<link>https://ledger.example.com/2022/07/tide-and-time/</link>
		<dc:creator><![CDATA[Ann Quay]]></dc:creator>
		<pubDate>Sun, 31 Jul 2022 12:00:00 +0000</pubDate>
		<category><![CDATA[News]]></category>
		<guid isPermaLink="false">https://ledger.example.com/?p=412</guid>
		<media:title>A picture of the log</media:title>
		<content:encoded><![CDATA[<p>The boats &nbsp; lie on the mud.</p>]]></content:encoded>
	</item>
	<item>
		<title>Fog</title>
		<link>https://ledger.example.com/2022/07/fog/</link>
		<pubDate>Sat, 30 Jul 2022 22:15:00 +0200</pubDate>
		<guid isPermaLink="false">https://ledger.example.com/?p=398</guid>
	</item>
</channel>
</rss>"""

HEXO = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>渡口笔记</title>
  <link href="https://dukou.example.com/atom.xml" rel="self"/>
  <link href="https://dukou.example.com/"/>
  <updated>2022-07-31T04:00:00.000Z</updated>
  <id>https://dukou.example.com/</id>
  <entry>
    <title>退潮的时候</title>
    <link href="https://dukou.example.com/2022/07/31/%E9%80%80%E6%BD%AE/"/>
    <id>https://dukou.example.com/2022/07/31/%E9%80%80%E6%BD%AE/</id>
    <published>2022-07-31T04:00:00.000Z</published>
    <updated>2022-08-02T10:00:00.123Z</updated>
    <content type="html"><![CDATA[<p>船在泥上。</p>]]></content>
  </entry>
</feed>"""

JEKYLL = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<generator uri="https://jekyllrb.com/" version="4.2.2">Jekyll</generator>
<link href="https://salt.example.com/feed.xml" rel="self" type="application/atom+xml" />
<link href="https://salt.example.com/" rel="alternate" type="text/html" hreflang="en" />
<updated>2022-07-31T20:00:00+08:00</updated><id>https://salt.example.com/feed.xml</id>
<title type="html">Salt and Syntax</title>
<entry><title type="html">“Low tide” &amp;amp; other &lt;em&gt;signals&lt;/em&gt;</title>
<link href="https://salt.example.com/2022/07/31/low-tide.html" rel="alternate" type="text/html" title="Low tide" />
<published>2022-07-31T20:00:00+08:00</published><updated>2022-07-31T20:00:00+08:00</updated>
<id>https://salt.example.com/2022/07/31/low-tide</id>
<content type="html" xml:base="https://salt.example.com/elsewhere/">&lt;p&gt;Mud.&lt;/p&gt;</content>
<author><name>Ann Quay</name></author>
</entry></feed>"""

HUGO = """<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>Slow Freight</title>
    <link>https://freight.example.com/</link>
    <generator>Hugo -- gohugo.io</generator>
    <lastBuildDate>Sun, 31 Jul 2022 00:00:00 +0000</lastBuildDate>
    <atom:link href="https://freight.example.com/index.xml" rel="self" type="application/rss+xml" />
    <item>
      <title>Barges</title>
      <link>https://freight.example.com/posts/barges/</link>
      <pubDate>Sun, 31 Jul 2022 00:00:00 +0000</pubDate>
      <guid>https://freight.example.com/posts/barges/</guid>
    </item>
    <item>
      <title>About</title>
      <link>https://freight.example.com/about/</link>
      <pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>
      <guid>https://freight.example.com/about/</guid>
    </item>
  </channel>
</rss>"""

PELICAN = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Open Bench</title>
<link href="https://bench.example.com/" rel="alternate"></link>
<link href="https://bench.example.com/feeds/all.atom.xml" rel="self"></link>
<id>https://bench.example.com/</id><updated>2022-07-31T09:30:00+02:00</updated>
<entry><title>Vices &amp; clamps</title>
<link href="https://bench.example.com/vices-clamps.html" rel="alternate"></link>
<published>2022-07-31T09:30:00+02:00</published><updated>2022-07-31T09:30:00+02:00</updated>
<author><name>Ann Quay</name></author>
<id>tag:bench.example.com,2022-07-31:/vices-clamps.html</id>
<summary type="html">&lt;p&gt;Jaws.&lt;/p&gt;</summary></entry></feed>"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="http://old.example.com/index.rdf">
    <title>Old Pier</title><link>http://old.example.com/</link><description>Pier</description>
    <items><rdf:Seq><rdf:li resource="http://old.example.com/pier"/></rdf:Seq></items>
  </channel>
  <item rdf:about="http://old.example.com/pier">
    <title>The pier</title><link>http://old.example.com/pier.html</link><dc:date>2003-05-04T10:00+01:00</dc:date>
  </item>
</rdf:RDF>"""

ATOM_03 = """<?xml version="1.0" encoding="utf-8"?>
<feed version="0.3" xmlns="http://purl.org/atom/ns#">
  <title mode="escaped" type="text/html">Lamplight</title>
  <link rel="alternate" type="text/html" href="http://lamp.example.com/"/>
  <entry>
    <title mode="escaped" type="text/html">Oil &amp;amp; &lt;b&gt;wick&lt;/b&gt;</title>
    <link rel="service.edit" type="application/atom+xml" href="http://lamp.example.com/edit/7"/>
    <link rel="alternate" type="text/html" href="http://lamp.example.com/7.html"/>
    <id>tag:lamp.example.com,2004:7</id>
    <issued>2004-02-03T04:05:06-05:00</issued><modified>2005-01-01T00:00:00Z</modified>
  </entry>
</feed>"""


def parse(text: str) -> tuple[PublishedEntry, ...]:
    return parse_feed(text.encode())


def parse_one(text: str) -> PublishedEntry:
    (entry,) = parse(text)
    return entry


def rss_item(inner: str, *, channel: str = "<link>https://example.com/blog/</link>", root: str = "") -> str:
    return (
        f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"{root}>'
        f"<channel>{channel}<item>{inner}</item></channel></rss>"
    )


def atom_entry(inner: str, *, feed: str = '<link href="https://example.com/"/>', root: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{root}>{feed}<entry>{inner}</entry></feed>'


def json_feed(*items: object, **more: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Pier", "items": items, **more})


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(
            WORDPRESS,
            PublishedEntry(
                id="https://ledger.example.com/?p=412",
                link="https://ledger.example.com/2022/07/tide-and-time/",
                title="Tide & time: the harbourmaster’s log",
                published=datetime(2022, 7, 31, 12, tzinfo=UTC),
            ),
            id="wordpress-rss",
        ),
        pytest.param(
            HEXO,
            PublishedEntry(
                id="https://dukou.example.com/2022/07/31/%E9%80%80%E6%BD%AE/",
                link="https://dukou.example.com/2022/07/31/%E9%80%80%E6%BD%AE/",
                title="退潮的时候",
                published=datetime(2022, 7, 31, 4, tzinfo=UTC),
            ),
            id="hexo-atom",
        ),
        pytest.param(
            JEKYLL,
            PublishedEntry(
                id="https://salt.example.com/2022/07/31/low-tide",
                link="https://salt.example.com/2022/07/31/low-tide.html",
                title="“Low tide” & other signals",
                published=datetime(2022, 7, 31, 12, tzinfo=UTC),
            ),
            id="jekyll-atom",
        ),
        pytest.param(
            HUGO,
            PublishedEntry(
                id="https://freight.example.com/posts/barges/",
                link="https://freight.example.com/posts/barges/",
                title="Barges",
                published=datetime(2022, 7, 31, tzinfo=UTC),
            ),
            id="hugo-rss",
        ),
        pytest.param(
            PELICAN,
            PublishedEntry(
                id="tag:bench.example.com,2022-07-31:/vices-clamps.html",
                link="https://bench.example.com/vices-clamps.html",
                title="Vices & clamps",
                published=datetime(2022, 7, 31, 7, 30, tzinfo=UTC),
            ),
            id="pelican-atom",
        ),
        pytest.param(
            RSS_1,
            PublishedEntry(
                id="http://old.example.com/pier",
                link="http://old.example.com/pier.html",
                title="The pier",
                published=datetime(2003, 5, 4, 9, tzinfo=UTC),
            ),
            id="rss-1.0",
        ),
        pytest.param(
            ATOM_03,
            PublishedEntry(
                id="tag:lamp.example.com,2004:7",
                link="http://lamp.example.com/7.html",
                title="Oil & wick",
                published=datetime(2004, 2, 3, 9, 5, 6, tzinfo=UTC),
            ),
            id="atom-0.3",
        ),
    ],
)
def test_what_each_generator_writes_is_read(document: str, expected: PublishedEntry) -> None:
    assert parse(document)[0] == expected


def test_entries_keep_the_order_of_the_feed() -> None:
    assert [entry.title for entry in parse(WORDPRESS)] == ["Tide & time: the harbourmaster’s log", "Fog"]


def test_the_year_one_that_hugo_writes_is_no_date() -> None:
    assert parse(HUGO)[1].published is None


@pytest.mark.parametrize("folder", sorted(GOLDEN.rglob("rss.xml")), ids=lambda file: file.parent.name)
def test_our_own_formats_say_the_same(folder: Path) -> None:
    rss, atom, jsonfeed = (
        parse_feed(folder.with_name(name).read_bytes()) for name in ("rss.xml", "atom.xml", "feed.json")
    )
    assert rss
    assert [(entry.id, entry.published) for entry in rss] == [(entry.id, entry.published) for entry in atom]
    assert rss == atom == jsonfeed


@pytest.mark.parametrize("render", [render_rss, render_atom, render_json])
def test_ids_links_and_dates_survive_our_own_formats(render: Callable[[Feed, str], bytes]) -> None:
    found = [
        (entry.id, entry.link, entry.published) for entry in parse_feed(render(FEED, "https://feeds.example.org/f"))
    ]
    assert found == [(entry.id, entry.permalink, entry.published) for entry in FEED.entries]


def test_json_feed_is_read() -> None:
    document = json_feed(
        {"id": "7", "url": "/posts/7", "title": " Low  tide ", "date_published": "2022-07-31T20:00:00+08:00"},
        {"id": "6", "external_url": "https://elsewhere.example/", "date_modified": "2022-07-30T08:00:00Z"},
        "no item",
        home_page_url="https://example.com/",
    )
    assert parse(document) == (
        PublishedEntry(
            id="7",
            link="https://example.com/posts/7",
            title="Low tide",
            published=datetime(2022, 7, 31, 12, tzinfo=UTC),
        ),
        PublishedEntry(id="6", link=None, title="", published=datetime(2022, 7, 30, 8, tzinfo=UTC)),
    )


def test_a_number_is_a_json_id_by_its_digits() -> None:
    assert [entry.id for entry in parse(json_feed({"id": 7}, {"id": 1.50}, {"id": True}))] == ["7", "1.5"]


def test_json_feed_1_0_is_read() -> None:
    assert parse_one('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "a"}]}').id == "a"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b" \r\n\xef\xbb\xbf ", "empty"),
        (b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "an HTML page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "an HTML page"),
        (b"<opml version='2.0'><body/></opml>", r"a list of feeds \(OPML\)"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a sitemap"),
        (b"<sitemapindex/>", "a list of sitemaps"),
        (b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", 'no feed: its outermost element is "svg"'),
        (b"<rss version='2.0'/>", "without a channel"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", "without a channel"),
        (b"Not found.", "neither XML nor JSON"),
        (b"1 < 2", "neither XML nor JSON"),
        (b"\x1f\x8b\x08\x00\x00", "neither XML nor JSON"),
        (b"{", "damaged JSON: "),
        (b"[" * 100_000, "damaged JSON: "),
        (b'{"title": "Pier"}', 'no JSON Feed: it has no "version"'),
        (b"[]", 'no JSON Feed: it has no "version"'),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', 'without its list of "items"'),
    ],
)
def test_what_is_no_feed_is_refused_with_its_cause(data: bytes, cause: str) -> None:
    with pytest.raises(ValueError, match=cause) as caught:
        parse_feed(data)
    assert len(str(caught.value)) < 150


def test_a_feed_without_entries_is_one() -> None:
    assert parse("<rss version='2.0'><channel><title>Pier</title></channel></rss>") == ()


# What an entry is known by


@pytest.mark.parametrize(
    "document",
    [
        rss_item("<guid>\n {id}\n</guid><link>https://example.com/1</link>"),
        rss_item("<guid isPermaLink='false'><![CDATA[{id}]]></guid>"),
        atom_entry("<id> {id} </id><link href='/1'/>"),
        json_feed({"id": " {id} "}),
    ],
)
@pytest.mark.parametrize(
    "entry_id", ["https://Example.com:80/A B/?p=1#x", "urn:uuid:1225C695", "金融 1", "http://x.example/%7Ea/%e9"]
)
def test_an_id_is_kept_as_written_less_the_blanks_around_it(document: str, entry_id: str) -> None:
    assert parse_one(document.replace("{id}", entry_id)).id == entry_id


@pytest.mark.parametrize(
    "document",
    [
        rss_item("<link>https://Example.com/ü</link><guid> </guid>"),
        atom_entry("<link href='https://Example.com/ü'/>"),
        json_feed({"url": "https://Example.com/ü"}),
    ],
)
def test_without_an_id_the_link_is_one_as_written(document: str) -> None:
    assert parse_one(document).id == "https://Example.com/ü"


def test_a_relative_link_is_an_id_once_it_is_resolved() -> None:
    assert parse_one(rss_item("<link>../1.html</link>")).id == "https://example.com/1.html"


def test_an_entry_with_neither_id_nor_link_is_left_out() -> None:
    assert parse(rss_item("<title>Ghost</title>")) == ()
    assert parse(atom_entry("<title>Ghost</title><link rel='enclosure' href='https://example.com/a.mp3'/>")) == ()
    assert parse(json_feed({"title": "Ghost"})) == ()


def test_an_id_that_occurs_twice_counts_once_the_first() -> None:
    document = json_feed({"id": "a", "title": "First"}, {"id": "b"}, {"id": "a", "title": "Second"})
    assert [(entry.id, entry.title) for entry in parse(document)] == [("a", "First"), ("b", "")]


# Links


@pytest.mark.parametrize(
    "links",
    [
        "<link rel='self' href='/self'/><link href='/1'/>",
        "<link rel='enclosure' href='/a.mp3'/><link rel='ALTERNATE' href='https://example.com/1'/><link href='/2'/>",
        "<link rel='related' href='/r'/><link xml:base='https://example.com/deep/' href='../1'/>",
        "<link rel='edit' href='/e'/><link rel='alternate'/><link rel='' href='//example.com/1'/>",
    ],
)
def test_the_first_alternate_link_of_an_atom_entry_is_its_page(links: str) -> None:
    assert parse_one(atom_entry(f"<id>a</id>{links}")).link == "https://example.com/1"


@pytest.mark.parametrize(
    ("feed", "root"),
    [
        ("<link href='https://example.com/blog/'/><link rel='self' href='https://mirror.example/f'/>", ""),
        ("<link rel='self' href='https://example.com/blog/atom.xml'/>", ""),
        ("", " xml:base='https://example.com/blog/'"),
        ("<link href='/other/'/>", " xml:base='https://example.com/blog/'"),
    ],
)
def test_a_relative_link_is_relative_to_the_site_else_to_the_feed(feed: str, root: str) -> None:
    document = atom_entry("<id>a</id><link href='1?a=1&amp;b=2'/>", feed=feed, root=root)
    assert parse_one(document).link == "https://example.com/blog/1?a=1&b=2"


def test_a_relative_link_of_a_feed_without_place_is_none() -> None:
    assert parse_one(rss_item("<guid isPermaLink='false'>7</guid><link>/7</link>", channel="")).link is None


def test_a_guid_is_the_link_where_there_is_no_other_unless_it_denies_it() -> None:
    guid = "https://example.com/7"
    assert parse_one(rss_item(f"<guid>{guid}</guid>")).link == guid
    assert parse_one(rss_item(f"<guid isPermaLink='false'>{guid}</guid>")).link is None
    assert parse_one(rss_item("<guid>7</guid>")).link is None


def test_a_link_of_another_vocabulary_is_none_of_the_item() -> None:
    document = rss_item(
        "<atom:link rel='self' href='/self'/><guid isPermaLink='false'>7</guid><atom:id>8</atom:id>",
        root=" xmlns:atom='http://www.w3.org/2005/Atom'",
    )
    assert (parse_one(document).id, parse_one(document).link) == ("7", None)


# Titles


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<![CDATA[Tide & <b>time</b>]]>", "Tide & time"),
        ("Caf&eacute; &#8211; open&nbsp;late", "Café – open late"),
        ("It&amp;#8217;s &amp;lt;late&amp;gt;", "It’s <late>"),
        ("The &lt;div&gt; element", "The <div> element"),
        ("1 &lt; 2", "1 < 2"),
        ("  two\n\t lines ", "two lines"),
        ("Tom & Jerry &unknown; &copy=1", "Tom & Jerry &unknown; &copy=1"),
        ("a<br/>b", "ab"),
    ],
)
def test_an_rss_title_is_freed_of_references_and_of_markup_around_words(written: str, title: str) -> None:
    assert parse_one(rss_item(f"<guid>7</guid><title>{written}</title>")).title == title


@pytest.mark.parametrize(
    ("kind", "written", "title"),
    [
        ("html", "A &lt;i class='x'&gt;b&lt;/i&gt; &amp;amp; c&lt;br/&gt;d &amp;lt;e&amp;gt;", "A b & c d <e>"),
        ("html", "<![CDATA[a<!-- b -->c <img src='d'> < e]]>", "ac < e"),
        ("text", "The &lt;b&gt; element &amp;amp; more", "The <b> element &amp; more"),
        ("xhtml", "<div xmlns='http://www.w3.org/1999/xhtml'>A <i>b</i> &amp; &lt;c&gt;</div>", "A b & <c>"),
    ],
)
def test_an_atom_title_is_read_by_its_type(kind: str, written: str, title: str) -> None:
    assert parse_one(atom_entry(f"<id>7</id><title type='{kind}'>{written}</title>")).title == title


# Dates


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 31 Jul 2022 12:00:00 GMT",
        "Sun, 31 Jul 2022 20:00:00 +0800",
        "Sun, 31 Jul 2022 08:00:00 EDT",
        "31 Jul 22 12:00 GMT",
        "Sun, 31 Jul 2022 12:00:00",
        "2022-07-31T12:00:00Z",
        "2022-07-31t12:00:00z",
        "2022-07-31T20:00:00.9876543+08:00",
        "2022-07-31T12:00:00",
        "2022-07-31 20:00:00 +0800",
        "2022-07-31 12:00:00 UTC",
    ],
)
def test_a_date_is_read_whichever_form_it_has(written: str) -> None:
    moment = datetime(2022, 7, 31, 12, tzinfo=UTC)
    assert parse_one(rss_item(f"<guid>7</guid><pubDate>{written}</pubDate>")).published == moment
    assert parse_one(atom_entry(f"<id>7</id><published>\n{written}</published>")).published == moment
    assert parse_one(json_feed({"id": "7", "date_published": written})).published == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Sun, 31 Jul",
        "2022-13-01",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-10:00",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_one(rss_item(f"<guid>7</guid><pubDate>{written}</pubDate>")).published is None


def test_a_day_begins_at_midnight_of_utc() -> None:
    assert parse_one(json_feed({"id": "7", "date_published": "2022-07-31"})).published == datetime(
        2022, 7, 31, tzinfo=UTC
    )


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_dates_survive_format_and_parse(local: datetime, minutes: int) -> None:
    moment = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    for written in (moment.isoformat(), format_datetime(moment)):
        found = parse_one(json_feed({"id": "7", "date_published": written})).published
        assert found == moment
        assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("document", "year"),
    [
        (rss_item("<guid>7</guid><dc:date>2001-01-01</dc:date><pubDate>1 Jan 2002 00:00 GMT</pubDate>"), 2002),
        (rss_item("<guid>7</guid><pubDate>soon</pubDate><dc:date>2001-01-01</dc:date>"), 2001),
        (atom_entry("<id>7</id><updated>2003-01-01</updated><published>2002-01-01</published>"), 2002),
        (atom_entry("<id>7</id><modified>2003-01-01</modified><issued>2002-01-01</issued>"), 2002),
        (atom_entry("<id>7</id><updated>2003-01-01</updated>"), 2003),
        (json_feed({"id": "7", "date_modified": "2003-01-01", "date_published": "2002-01-01"}), 2002),
    ],
)
def test_the_date_of_publication_comes_before_that_of_change(document: str, year: int) -> None:
    assert parse_one(document).published == datetime(year, 1, 1, tzinfo=UTC)


# Damage, encodings, attacks


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"]


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030"])
def test_xml_is_read_in_any_encoding_that_it_shows_or_declares(encoding: str) -> None:
    data = HEXO.replace('encoding="utf-8"', f"encoding='{encoding}'").encode(encoding)
    assert parse_feed(data) == parse(HEXO)


@pytest.mark.parametrize("encoding", UNICODE)
def test_json_is_read_in_any_encoding_that_it_shows(encoding: str) -> None:
    document = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "7", "title": "退潮"}]}'
    assert parse_feed(document.encode(encoding))[0].title == "退潮"


@pytest.mark.parametrize(
    ("declared", "actual"),
    [
        ("GB2312", "gb18030"),
        ("Big5", "big5"),
        ("Shift_JIS", "shift_jis"),
        ("EUC-JP", "euc_jp"),
        ("UTF-16", "utf-8"),
        ("unicode_escape", "utf-8"),
        ("rot13", "utf-8"),
        ("iso-no-such", "utf-8"),
    ],
)
def test_the_declared_encoding_counts_where_it_can_be(declared: str, actual: str) -> None:
    data = (
        HEXO.replace("utf-8", declared, 1)
        .replace("退潮的时候", "海上")
        .replace("渡口笔记", "海")
        .replace("船在泥上", "海")
    )
    assert parse_feed(data.encode(actual))[0].title == "海上"


def test_letters_that_no_encoding_explains_spoil_no_id() -> None:
    entry = parse_feed(rss_item("<guid>7</guid><title>Caf@</title>").encode().replace(b"@", b"\xe9"))[0]
    assert (entry.id, entry.title) == ("7", "Caf\ufffd")


@pytest.mark.parametrize("blanks", ["\n", " \r\n\t", "\ufeff\n", "\n\ufeff", "Warning: tide\n"])
def test_what_stands_before_the_declaration_does_no_harm(blanks: str) -> None:
    assert parse(blanks + WORDPRESS) == parse(WORDPRESS)


def test_control_characters_do_no_harm() -> None:
    assert (
        parse_one(rss_item("<guid>7\x00\x0b</guid><title>\x08Low&#8; ti&#0;de&#xD800;</title>")).title
        == "Low ti\ufffdde\ufffd"
    )
    assert parse_one('{"version":"https://jsonfeed.org/version/1","items":[{"id":"7\x01","title":"a\tb"}]}').id == "7"


def test_an_address_keeps_what_follows_a_bare_ampersand() -> None:
    entry = parse_one(rss_item("<guid>https://example.com/?p=1&q=2&copy=3</guid>"))
    assert (entry.id, entry.link) == ("https://example.com/?p=1&q=2&copy=3",) * 2


def test_cdata_stays_as_it_is() -> None:
    assert parse_one(rss_item("<guid><![CDATA[a&b&amp;c&eacute;]]></guid>")).id == "a&b&amp;c&eacute;"


def test_damaged_xml_gives_what_can_be_read() -> None:
    unclosed = "<rss><channel><item><guid>a</guid><title>A<item><guid>b</guid></channel></rss>"
    assert [entry.id for entry in parse(unclosed)] == ["a", "b"]


def test_a_document_that_is_cut_short_is_refused() -> None:
    for end in ("<pubDate>Sat", "<item>", "</rss>"):
        with pytest.raises(ValueError, match="cut short"):
            parse(WORDPRESS[: WORDPRESS.index(end)])


def test_undeclared_prefixes_are_understood() -> None:
    assert parse_one("<atom:feed><atom:entry><atom:id>7</atom:id><x:id>8</x:id></atom:entry></atom:feed>").id == "7"
    dated = "<rss><channel><item><guid>7</guid><dc:date>2001-01-01</dc:date></item></channel></rss>"
    assert parse_one(dated).published == datetime(2001, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "document",
    [
        PELICAN.replace("<feed xmlns=", "<a:feed xmlns:a=").replace("</feed>", "</a:feed>"),
        WORDPRESS.replace('version="2.0"', 'version="2.0" xmlns="http://backend.userland.com/rss2"'),
        WORDPRESS.replace('version="2.0"', 'version="0.92"').replace("pubDate", "pubdate"),
    ],
)
def test_namespaces_may_be_of_any_kind(document: str) -> None:
    if document.count("a:feed"):
        for name in ("title", "link", "id", "entry", "updated", "published", "author", "name", "summary"):
            document = document.replace(f"<{name}", f"<a:{name}").replace(f"</{name}", f"</a:{name}")
        assert parse(document) == parse(PELICAN)
    else:
        assert parse(document) == parse(WORDPRESS)


def test_rss_0_91_with_its_declared_entities_is_read() -> None:
    document = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.example/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
        "<item><title>Caf&eacute;</title><link>http://example.com/1</link></item></channel></rss>"
    )
    assert (parse_one(document).id, parse_one(document).title) == ("http://example.com/1", "Café")


def test_nothing_that_a_document_declares_is_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    document = (
        f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}<!-- ' --><!ENTITY file SYSTEM '{secret.as_uri()}'>"
        "<!ENTITY % remote SYSTEM 'http://192.0.2.1/x.dtd'> %remote;]>"
        + rss_item("<guid a='&l9;'>&l9;</guid><title>&file;|&l0;</title>")
    )
    entry = parse_one(document)
    assert (entry.id, entry.title) == ("&l9;", "&file;|&l0;")


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<!DOCTYPE x [", "&", "<item>", "<b ", "<?", '<!DOCTYPE x "'])
def test_what_is_never_closed_costs_no_more_than_its_length(piece: str) -> None:
    for start in ("", "<rss><channel><item><guid>7</guid><title>"):
        try:
            parse(start + piece * 100_000)
        except ValueError as error:
            assert str(error)  # noqa: PT017 -- either outcome is right


TAGS = [
    "<rss>",
    "<channel>",
    "<item>",
    "</item>",
    "<guid>",
    "</guid>",
    "<feed>",
    "<entry>",
    "<id>",
    "<pubDate>",
    "<a:b",
]
OTHER_MARKUP = [
    "<title type='html'>",
    "</title>",
    "<link href='",
    "'/>",
    "<![CDATA[",
    "]]>",
    "<!ENTITY",
    "<!DOCTYPE x [",
]
REST = [
    "&",
    "&#",
    ";",
    "&lt;",
    " xml:base='",
    "//[",
    "{",
    "[",
    '"items":',
    "\ufeff",
    "\x00",
    "'",
    ">",
    "1 Jan 22 25:00",
]
CODECS = ["utf-7", "hex", "idna", "cp037", "iso-2022-jp", "big5", "gb2312", "punycode", "undefined", "mbcs", "utf-32"]
PIECES = st.sampled_from(TAGS + OTHER_MARKUP + REST)
DOCUMENTS = st.builds("".join, st.lists(PIECES | st.text(max_size=3)))


@given(
    st.binary()
    | st.builds("<rss><channel><item>{}".format, DOCUMENTS).map(str.encode)
    | st.builds("<feed><entry>{}".format, DOCUMENTS).map(str.encode)
    | st.builds("<?xml encoding='{}'?>{}".format, st.sampled_from(CODECS), DOCUMENTS).map(str.encode)
)
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    try:
        entries = parse_feed(data)
    except ValueError as error:
        assert str(error)  # noqa: PT017 -- either outcome is right
        return
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.id == entry.id.strip() != "" for entry in entries)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=4), st.data())
def test_any_values_of_a_json_feed_are_a_feed(texts: list[str], data: st.DataObject) -> None:
    value: st.SearchStrategy[object] = st.sampled_from(
        [*texts, "https://[x", "//x", "urn:x", "2022-07-31", "", 7, None, [], {}]
    )
    keys = ("id", "url", "title", "date_published")
    items = [{key: data.draw(value) for key in keys} for _ in texts]
    entries = parse(json_feed(*items, home_page_url=data.draw(value)))
    assert len(entries) <= len(items)
    for entry in entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
