import html

import pytest
from lxml import etree
from msgspec.structs import replace

import feeds
from feeds.model import Entry, Feed, Picture
from feeds.render.atom import render_atom
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, FOLDER, HOME, MARKUP, PICTURE

SELF_URL = FOLDER + "atom.xml"
NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def root_of(feed: Feed) -> etree._Element:
    return etree.fromstring(render_atom(feed, SELF_URL))


def element_of(entry: Entry) -> etree._Element:
    element = root_of(replace(FEED, entries=(entry,))).find("a:entry", NAMESPACES)
    assert element is not None
    return element


def texts(parent: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in parent.iterfind(path, NAMESPACES)]


def attributes(parent: etree._Element, path: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in element.attrib.items()}
        for element in parent.iterfind(path, NAMESPACES)
    ]


def test_the_feed_says_what_it_is() -> None:
    root = root_of(FEED)
    assert texts(root, "a:id") == [FEED.id]
    assert texts(root, "a:author/a:name") == [FEED.author]
    assert texts(root, "a:updated") == ["2026-07-02T09:00:00Z"]
    assert (texts(root, "a:title"), attributes(root, "a:title")) == ([FEED.title], [{"type": "text"}])
    assert (texts(root, "a:subtitle"), attributes(root, "a:subtitle")) == (
        [FEED.description],
        [{"type": "text"}],
    )
    assert (texts(root, "a:generator"), attributes(root, "a:generator")) == (
        ["feeds"],
        [{"version": feeds.__version__}],
    )
    assert root.get(XML_LANG) == "zh-CN"


def test_the_site_is_linked_before_the_feed_itself() -> None:
    assert attributes(root_of(FEED), "a:link") == [
        {"href": HOME, "rel": "alternate", "type": "text/html"},
        {"href": SELF_URL, "rel": "self", "type": "application/atom+xml"},
    ]


def test_an_empty_feed_keeps_its_date() -> None:
    root = root_of(EMPTY)
    assert texts(root, "a:updated") == ["2000-01-01T00:00:00Z"]
    assert root.find("a:entry", NAMESPACES) is None


def test_entries_keep_their_order() -> None:
    assert texts(root_of(FEED), "a:entry/a:id") == [ENTRY.id, BARE.id, MARKUP.id]


def test_instants_are_in_utc() -> None:
    element = element_of(ENTRY)
    assert texts(element, "a:published") == ["2026-07-01T08:05:09Z"]
    assert texts(element, "a:updated") == ["2026-07-02T09:00:00Z"]


def test_content_is_html_and_summary_is_text() -> None:
    element = element_of(ENTRY)
    assert (texts(element, "a:content"), attributes(element, "a:content")) == (
        [ENTRY.content_html],
        [{"type": "html"}],
    )
    assert (texts(element, "a:summary"), attributes(element, "a:summary")) == (
        [ENTRY.summary],
        [{"type": "text"}],
    )
    assert (texts(element, "a:title"), attributes(element, "a:title")) == ([ENTRY.title], [{"type": "text"}])


@pytest.mark.parametrize("title", ["a &lt; b", "the &amp; sign", "</b> ends it", "&#65;", "&copy", "A&1"])
def test_a_text_that_speaks_of_markup_is_declared_html_and_escaped_once_more(title: str) -> None:
    element = element_of(replace(ENTRY, title=title))
    assert attributes(element, "a:title") == [{"type": "html"}]
    assert texts(element, "a:title") == [html.escape(title)]


@pytest.mark.parametrize("title", ["a < b", "R&D", "a<b", "AT&T，C++ <vector>"])
def test_other_texts_stay_plain(title: str) -> None:
    element = element_of(replace(ENTRY, title=title))
    assert attributes(element, "a:title") == [{"type": "text"}]


def test_entry_links_keep_relation_type_and_length() -> None:
    assert attributes(element_of(ENTRY), "a:link") == [
        {"rel": "alternate", "type": "text/html", "href": ENTRY.permalink},
        {"rel": "enclosure", "type": "image/jpeg", "href": PICTURE.address, "length": "12345"},
    ]


def test_a_length_that_is_unknown_is_left_out() -> None:
    picture = Picture(address=PICTURE.address, media_type="image/png", length=None)
    assert attributes(element_of(replace(ENTRY, picture=picture, permalink=None)), "a:link") == [
        {"rel": "enclosure", "type": "image/png", "href": PICTURE.address}
    ]


def test_an_entry_without_a_page_or_typed_picture_has_no_link() -> None:
    assert attributes(element_of(replace(MARKUP, permalink=None)), "a:link") == []


def test_a_category_keeps_its_term_beside_its_label() -> None:
    assert attributes(element_of(ENTRY), "a:category")[:2] == [
        {"term": "金融/辰汐财经/國內", "label": "國內"},
        {"term": "专题/利率，汇率", "label": "利率，汇率"},
    ]


def test_authors_else_the_publisher_else_the_feeds_author() -> None:
    assert texts(element_of(ENTRY), "a:author/a:name") == ["张三", "Wang & Co"]
    assert texts(element_of(MARKUP), "a:author/a:name") == ["云渡新闻"]
    assert texts(element_of(BARE), "a:author/a:name") == [FEED.author]


def test_an_author_has_the_address_that_is_known() -> None:
    element = element_of(replace(ENTRY, author_urls=(("Wang & Co", "https://wang.example/"),)))
    assert [texts(author, "a:uri") for author in element.iterfind("a:author", NAMESPACES)] == [
        [],
        ["https://wang.example/"],
    ]


def test_an_entrys_language_is_told_where_it_differs() -> None:
    assert element_of(BARE).get(XML_LANG) == "en"
    assert element_of(replace(BARE, language="zh-CN")).get(XML_LANG) is None
    assert XML_LANG not in root_of(EMPTY).attrib


def test_the_picture_stands_outside_any_group() -> None:
    element = element_of(ENTRY)
    assert attributes(element, "media:thumbnail") == [{"url": PICTURE.address}]
    assert attributes(element, "media:content")[0]["url"] == PICTURE.address
    assert b"media:group" not in render_atom(FEED, SELF_URL)


def test_no_summary_means_no_element() -> None:
    assert element_of(BARE).find("a:summary", NAMESPACES) is None


def test_the_document_is_declared_utf_8_and_ends_its_last_line() -> None:
    document = render_atom(FEED, SELF_URL)
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    assert document.endswith(b"</feed>\n")
    assert b"+00:00" not in document
