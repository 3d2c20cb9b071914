"""What holds for every feed, whatever its texts: well-formed, the same bytes, read alike by others."""

import io
import json
import locale
import re
import time
from datetime import UTC, datetime, tzinfo

import atoma
import fastfeedparser
import feedgen.entry
import feedgen.feed
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from feeds.kinds import FOLDERS, key_of
from feeds.model import ArticlePage, Entry, Feed, Picture
from feeds.render import FORMATS, Format
from feeds.render.opml import render_opml
from feeds.render.pages import Site, render_article, render_catalogue, render_category
from feeds.render.text import filled, legal
from tests.feed_samples import EMPTY, ENTRY, FEED, FOLDER

# Lone surrogates, control characters and non-characters included.
texts = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["\x00", "\ud800", "\ufffe", "]]>", "<title>", "</script>", "&#0;", "\r\n", "<item>"]
)
names = st.lists(texts, max_size=3).map(tuple)
KIND_NAMES = {"tag": "Tags", "author": "Authors", "language": "Languages"}
keys = st.lists(texts.filter(bool), max_size=3).map(tuple) | st.builds(key_of, st.sampled_from([*FOLDERS]), texts)
instants = st.datetimes(timezones=st.just(UTC))
pictures = st.builds(Picture, address=texts, media_type=st.none() | texts, length=st.none() | st.integers(min_value=0))
entries = st.builds(
    Entry,
    id=texts,
    title=texts,
    permalink=st.none() | texts,
    published=instants,
    updated=instants,
    publisher=texts,
    authors=names,
    author_urls=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    categories=st.lists(names, max_size=2).map(tuple),
    tags=names,
    summary=texts,
    picture=st.none() | pictures,
    content_html=texts,
    language=st.none() | texts,
)
feeds = st.builds(
    Feed,
    id=texts,
    category=keys,
    title=texts,
    description=texts,
    folder=st.sampled_from(["", "a", "金融/国 a&b", "c:d"]),
    folder_url=texts,
    home_url=texts,
    updated=instants,
    language=st.none() | texts,
    author=texts,
    entries=st.lists(entries, max_size=3).map(tuple),
    total=st.integers(min_value=0),
    own_total=st.integers(min_value=0),
)
each_format = pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
ATOM = "{http://www.w3.org/2005/Atom}"


@given(feed=feeds, self_url=texts)
def test_any_text_gives_a_well_formed_feed(feed: Feed, self_url: str) -> None:
    rss, atom, document = (format_.render(feed, self_url) for format_ in FORMATS)
    titles = [filled(legal(entry.title)) for entry in feed.entries]
    assert [title.text for title in etree.fromstring(rss).iterfind("channel/item/title")] == titles
    assert len(etree.fromstring(atom).findall(f"{ATOM}entry")) == len(titles)
    assert [item["title"] for item in json.loads(document)["items"]] == titles


@given(feed=feeds)
def test_any_text_gives_an_atom_entry_its_content(feed: Feed) -> None:
    root = etree.fromstring(FORMATS[1].render(feed, FOLDER))
    contents = [content.text or "" for content in root.iterfind(f"{ATOM}entry/{ATOM}content")]
    assert contents == [legal(entry.content_html) for entry in feed.entries]


@pytest.mark.long
@given(feeds=st.lists(feeds, max_size=4, unique_by=lambda feed: feed.category), title=texts, include_all=st.booleans())
def test_any_text_gives_a_well_formed_subscription_list(feeds: list[Feed], title: str, *, include_all: bool) -> None:
    document = render_opml(
        feeds,
        title=title,
        address_of=lambda feed: feed.folder_url,
        include_all=include_all,
        kind_names=KIND_NAMES,
    )
    categories = {feed.category for feed in feeds}
    listed = etree.fromstring(document).findall(".//outline[@type='rss']")
    assert len(listed) <= len(categories)
    assert len(listed) == len(categories) or not include_all


@pytest.mark.long
@given(feed=feeds, title=texts)
def test_any_text_gives_pages_without_scripts_but_ours(feed: Feed, title: str) -> None:
    site = Site(
        title=title,
        language=None,
        zone=None,
        formats=FORMATS,
        opml_url=title,
        pictures_url=title,
        holds_below=True,
        whole_holds_all=True,
    )
    pages = [render_catalogue([feed], site), render_category(feed, [feed], [feed], site)]
    for entry in feed.entries:
        page = ArticlePage(path="articles/a.html", url=entry.permalink or title, entry=entry, content_html="")
        pages.append(render_article(page, {(): feed}, site))
    ours = re.search(b"<script>.*?</script>", render_catalogue([EMPTY], site), re.DOTALL)
    assert ours
    for page_bytes in pages:
        assert b"<script" not in page_bytes.replace(ours[0], b"").lower()
        assert legal(page_bytes.decode()).encode() == page_bytes


@each_format
def test_the_same_feed_gives_the_same_bytes(format_: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """At another time, in another zone, and with the process's locale left alone."""
    before = format_.render(FEED, FOLDER), format_.render(EMPTY, FOLDER)

    class AnyDatetime(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class Later(datetime, metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls(2099, 1, 1, tzinfo=tz)

    def refuse(*_: object) -> None:
        raise AssertionError("the locale is the process's, not ours")

    monkeypatch.setattr(feedgen.feed, "datetime", Later)
    monkeypatch.setattr(feedgen.entry, "datetime", Later)
    monkeypatch.setattr(locale, "setlocale", refuse)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert (format_.render(FEED, FOLDER), format_.render(EMPTY, FOLDER)) == before
    finally:
        monkeypatch.undo()
        time.tzset()


@each_format
def test_the_same_feed_gives_the_same_bytes_in_every_locale(format_: Format) -> None:
    before = format_.render(FEED, FOLDER)
    old = locale.setlocale(locale.LC_ALL)
    tried = 0
    try:
        for name in ("C", "C.UTF-8", "de_DE.UTF-8", "zh_CN.UTF-8"):
            try:
                locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue  # not installed here
            tried += 1
            assert format_.render(FEED, FOLDER) == before
    finally:
        locale.setlocale(locale.LC_ALL, old)
    assert tried


@pytest.mark.parametrize("format_", FORMATS[:2], ids=lambda format_: format_.name)
def test_feedparser_reads_back_what_was_meant(format_: Format) -> None:
    document = io.BytesIO(format_.render(FEED, FOLDER + format_.file))
    parsed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo
    assert parsed.feed.link == FEED.home_url
    assert parsed.feed.language == "zh-CN"
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in FEED.entries]
    first = parsed.entries[0]
    assert first.title == ENTRY.title
    assert first.link == ENTRY.permalink
    assert first.published_parsed[:6] == (2026, 7, 1, 8, 5, 9)
    assert first.content[0].value == ENTRY.content_html
    assert [enclosure.href for enclosure in first.enclosures] == [content["url"] for content in first.media_content]
    assert first.tags[0].term == "金融/辰汐财经/國內"


def test_atoma_reads_back_what_was_meant() -> None:
    rss = atoma.parse_rss_bytes(FORMATS[0].render(FEED, FOLDER))
    atom = atoma.parse_atom_bytes(FORMATS[1].render(FEED, FOLDER))
    document = atoma.parse_json_feed_bytes(FORMATS[2].render(FEED, FOLDER))
    assert rss.link == FEED.home_url
    assert [item.guid for item in rss.items] == [entry.id for entry in FEED.entries]
    assert [item.title for item in rss.items] == [entry.title for entry in FEED.entries]
    assert [item.pub_date for item in rss.items] == [entry.published for entry in FEED.entries]
    assert [element.id_ for element in atom.entries] == [entry.id for entry in FEED.entries]
    assert [element.updated for element in atom.entries] == [entry.updated for entry in FEED.entries]
    assert [(link.rel, link.type_, link.length) for link in atom.entries[0].links] == [
        ("alternate", "text/html", None),
        ("enclosure", "image/jpeg", 12345),
    ]
    assert [item.id_ for item in document.items] == [entry.id for entry in FEED.entries]
    assert [item.title for item in document.items] == [entry.title for entry in FEED.entries]


@each_format
def test_fastfeedparser_reads_back_what_was_meant(format_: Format) -> None:
    parsed = fastfeedparser.parse(format_.render(FEED, FOLDER + format_.file))
    assert [entry.id for entry in parsed.entries] == [entry.id for entry in FEED.entries]
    assert parsed.entries[0].title == ENTRY.title
    assert parsed.entries[0].link == ENTRY.permalink


@each_format
def test_an_empty_feed_is_read_as_one(format_: Format) -> None:
    assert fastfeedparser.parse(format_.render(EMPTY, FOLDER + format_.file)).entries == []


def test_formats_are_rows_that_differ() -> None:
    assert [format_.name for format_ in FORMATS] == ["rss", "atom", "json"]
    for values in zip(*((row.file, row.media_type, row.title) for row in FORMATS), strict=True):
        assert len(set(values)) == len(FORMATS)


def test_a_feed_is_not_changed_by_rendering() -> None:
    copy = replace(FEED)
    for format_ in FORMATS:
        format_.render(FEED, FOLDER)
    assert copy == FEED
