import pytest
from lxml import etree
from msgspec.structs import replace

import feeds
from feeds.model import Entry, Feed, Picture
from feeds.render.rss import render_rss
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, FOLDER, HOME, MARKUP, PICTURE

SELF_URL = FOLDER + "rss.xml"
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def channel_of(feed: Feed) -> etree._Element:
    return etree.fromstring(render_rss(feed, SELF_URL))[0]


def item_of(entry: Entry) -> etree._Element:
    item = channel_of(replace(FEED, entries=(entry,))).find("item")
    assert item is not None
    return item


def texts(parent: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in parent.iterfind(path, NAMESPACES)]


def attributes(parent: etree._Element, path: str) -> list[dict[str, str]]:
    return [
        {str(name): str(value) for name, value in element.attrib.items()}
        for element in parent.iterfind(path, NAMESPACES)
    ]


def test_the_channel_says_what_the_feed_is() -> None:
    channel = channel_of(FEED)
    assert texts(channel, "title") == [FEED.title]
    assert texts(channel, "description") == [FEED.description]
    assert texts(channel, "language") == ["zh-CN"]
    assert texts(channel, "generator") == [f"feeds {feeds.__version__}"]


def test_the_channel_links_to_the_site_though_self_is_linked_too() -> None:
    channel = channel_of(FEED)
    assert texts(channel, "link") == [HOME]
    assert attributes(channel, "atom:link") == [{"href": SELF_URL, "rel": "self", "type": "application/rss+xml"}]


def test_the_build_date_is_the_feeds_own_in_gmt() -> None:
    assert texts(channel_of(FEED), "lastBuildDate") == ["Thu, 02 Jul 2026 09:00:00 GMT"]
    assert texts(channel_of(EMPTY), "lastBuildDate") == ["Sat, 01 Jan 2000 00:00:00 GMT"]


def test_what_is_unknown_has_no_element() -> None:
    channel = channel_of(replace(FEED, language=None, entries=(replace(BARE, language=None),)))
    assert channel.find("language") is None
    item = channel.find("item")
    assert item is not None
    assert [etree.QName(element).localname for element in item] == ["title", "description", "guid", "pubDate"]


def test_an_items_language_is_told_where_it_differs() -> None:
    assert texts(channel_of(FEED), "item/dc:language") == ["en"]
    assert texts(item_of(replace(BARE, language="ZH-cn")), "dc:language") == []


def test_an_empty_feed_has_no_items() -> None:
    assert channel_of(EMPTY).find("item") is None


def test_items_keep_the_order_of_the_entries() -> None:
    assert texts(channel_of(FEED), "item/guid") == [ENTRY.id, BARE.id, MARKUP.id]


def test_a_guid_is_no_permalink() -> None:
    item = item_of(ENTRY)
    assert attributes(item, "guid") == [{"isPermaLink": "false"}]
    assert texts(item, "link") == [ENTRY.permalink]


def test_dates_are_in_gmt() -> None:
    assert texts(item_of(ENTRY), "pubDate") == ["Wed, 01 Jul 2026 08:05:09 GMT"]


def test_an_author_without_e_mail_is_a_dc_creator() -> None:
    item = item_of(ENTRY)
    assert texts(item, "dc:creator") == ["张三", "Wang & Co"]
    assert item.find("author") is None


def test_a_publisher_stands_in_for_authors() -> None:
    assert texts(item_of(MARKUP), "dc:creator") == ["云渡新闻"]


def test_a_category_is_its_whole_path_and_not_its_label() -> None:
    categories = ["金融/辰汐财经/國內", "专题/利率，汇率", "央行", "降息，降准"]
    assert texts(item_of(ENTRY), "category") == categories


def test_description_comes_before_content_and_both_are_there() -> None:
    item = item_of(ENTRY)
    tags = [element.tag for element in item]
    assert tags.index("description") < tags.index(f"{{{NAMESPACES['content']}}}encoded")
    assert texts(item, "content:encoded") == [ENTRY.content_html]


def test_a_plain_summary_is_escaped_for_readers_that_take_it_for_html() -> None:
    assert texts(item_of(MARKUP), "description") == ["文中写作 &lt;br&gt; 与 &amp;amp; 的，读者须照样看到。"]


def test_without_a_summary_the_content_is_the_description() -> None:
    item = item_of(BARE)
    assert texts(item, "description") == [BARE.content_html]
    assert item.find("content:encoded", NAMESPACES) is None


def test_title_escapes_are_hexadecimal_references() -> None:
    document = render_rss(replace(FEED, entries=(MARKUP,)), SELF_URL).decode()
    assert "<title>怎样写 &#x3C;b&gt;粗体 与 &#x26;amp; 和 &#x26;lt;</title>" in document
    assert "<title>金融 – R&#x26;D &#x3C;档案&gt;</title>" in document
    assert "<description>档案 › 金融：全部 &#x26; 最新</description>" in document


@pytest.mark.parametrize("title", ["a<b", "a&b", "&lt;", "&amp;amp;", "]]>", "<title>&</title>", "&#x3C;"])
def test_a_title_reads_back_as_it_was(title: str) -> None:
    channel = channel_of(replace(FEED, title=title, description=title, entries=(replace(ENTRY, title=title),)))
    assert texts(channel, "title") + texts(channel, "description") + texts(channel, "item/title") == [title] * 3


def test_references_are_written_in_titles_alone() -> None:
    """A body that speaks of titles is left as it is."""
    body = "<title>a & b</title>"
    document = render_rss(replace(FEED, entries=(replace(ENTRY, content_html=body),)), SELF_URL)
    assert b"&lt;title&gt;a &amp; b&lt;/title&gt;" in document


def test_the_picture_has_one_address_everywhere() -> None:
    item = item_of(ENTRY)
    assert attributes(item, "enclosure") == [{"url": PICTURE.address, "length": "12345", "type": "image/jpeg"}]
    assert attributes(item, "media:content") == [
        {"url": PICTURE.address, "fileSize": "12345", "type": "image/jpeg", "medium": "image"}
    ]
    assert attributes(item, "media:thumbnail") == [{"url": PICTURE.address}]


def test_one_picture_makes_no_media_group() -> None:
    assert b"media:group" not in render_rss(FEED, SELF_URL)


def test_a_picture_on_localhost_is_no_enclosure_but_shown() -> None:
    local = replace(PICTURE, address="http://localhost:8000/pictures/a.b/c.png")
    item = item_of(replace(ENTRY, picture=local))
    assert item.find("enclosure") is None
    assert attributes(item, "media:thumbnail") == [{"url": local.address}]


def test_a_picture_of_unknown_type_is_no_enclosure() -> None:
    item = item_of(MARKUP)
    assert item.find("enclosure") is None
    assert attributes(item, "media:content") == [{"url": "https://img.example.org/b", "medium": "image"}]


@pytest.mark.parametrize("length", [None, 0])
def test_an_unknown_length_is_nought(length: int | None) -> None:
    picture = Picture(address=PICTURE.address, media_type="image/png", length=length)
    item = item_of(replace(ENTRY, picture=picture))
    assert [enclosure["length"] for enclosure in attributes(item, "enclosure")] == ["0"]
    assert "fileSize" not in attributes(item, "media:content")[0]


def test_neither_syndication_nor_none_nor_a_foreign_generator_is_written() -> None:
    document = render_rss(FEED, SELF_URL)
    for trace in (b"sy:", b"None", b"feedgen", b"+0000", b"<docs", b"CDATA"):
        assert trace not in document


def test_the_document_is_declared_utf_8_and_ends_its_last_line() -> None:
    document = render_rss(FEED, SELF_URL)
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    assert document.endswith(b"</rss>\n")
