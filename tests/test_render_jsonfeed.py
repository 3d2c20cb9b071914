import json
from typing import Any

import jsonschema
from msgspec.structs import replace

from feeds.model import Entry, Feed
from feeds.render.jsonfeed import render_json
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, FOLDER, HOME, MARKUP, PICTURE

SELF_URL = FOLDER + "feed.json"
_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "pattern": "^https?://[!-~]+$"}
_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": _TEXT},
        "required": ["name"],
        "additionalProperties": False,
    },
}
_ATTACHMENT = {
    "type": "object",
    "properties": {"url": _URL, "mime_type": _TEXT, "size_in_bytes": {"type": "integer", "minimum": 0}},
    "required": ["url", "mime_type"],
    "additionalProperties": False,
}
_ITEM = {
    "type": "object",
    "properties": {
        "id": _TEXT,
        "url": _URL,
        "title": _TEXT,
        "content_html": _TEXT,
        "summary": _TEXT,
        "image": _URL,
        "date_published": _INSTANT,
        "date_modified": _INSTANT,
        "authors": _AUTHORS,
        "tags": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _TEXT},
        "language": _TEXT,
        "attachments": {"type": "array", "minItems": 1, "items": _ATTACHMENT},
    },
    "required": ["id", "title", "content_html", "date_published", "date_modified"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": _TEXT,
        "home_page_url": _URL,
        "feed_url": _URL,
        "description": _TEXT,
        "language": _TEXT,
        "authors": _AUTHORS,
        "items": {"type": "array", "items": _ITEM},
    },
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "additionalProperties": False,
}


def document_of(feed: Feed) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_json(feed, SELF_URL))
    return document


def item_of(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = document_of(replace(FEED, entries=(entry,)))["items"][0]
    return item


def test_feeds_have_the_formats_shape() -> None:
    jsonschema.validate(document_of(FEED), SCHEMA)
    jsonschema.validate(document_of(EMPTY), SCHEMA)


def test_the_top_says_what_the_feed_is() -> None:
    document = document_of(FEED)
    del document["items"]
    assert document == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": FEED.title,
        "home_page_url": HOME,
        "feed_url": SELF_URL,
        "description": FEED.description,
        "language": "zh-CN",
        "authors": [{"name": FEED.author}],
    }


def test_an_entry_is_told_whole() -> None:
    assert item_of(ENTRY) == {
        "id": ENTRY.id,
        "url": ENTRY.permalink,
        "title": ENTRY.title,
        "content_html": ENTRY.content_html,
        "summary": ENTRY.summary,
        "image": PICTURE.address,
        "date_published": "2026-07-01T08:05:09Z",
        "date_modified": "2026-07-02T09:00:00Z",
        "authors": [{"name": "张三"}, {"name": "Wang & Co"}],
        "tags": ["金融/辰汐财经/國內", "专题/利率，汇率", "央行", "降息，降准"],
        "attachments": [{"url": PICTURE.address, "mime_type": "image/jpeg", "size_in_bytes": 12345}],
    }


def test_an_author_has_the_address_that_is_known() -> None:
    item = item_of(replace(ENTRY, author_urls=(("Wang & Co", "https://wang.example/"),)))
    assert item["authors"] == [{"name": "张三"}, {"name": "Wang & Co", "url": "https://wang.example/"}]


def test_what_is_unknown_has_no_key() -> None:
    keys = ["id", "title", "content_html", "date_published", "date_modified", "language"]
    assert list(item_of(BARE)) == keys


def test_a_picture_of_unknown_type_is_no_attachment() -> None:
    item = item_of(MARKUP)
    assert item["image"] == "https://img.example.org/b"
    assert "attachments" not in item


def test_a_length_that_is_unknown_is_left_out() -> None:
    item = item_of(replace(ENTRY, picture=replace(PICTURE, length=None)))
    assert item["attachments"] == [{"url": PICTURE.address, "mime_type": "image/jpeg"}]


def test_texts_are_not_escaped_for_html() -> None:
    assert item_of(MARKUP)["title"] == MARKUP.title


def test_items_keep_the_order_of_the_entries() -> None:
    assert [item["id"] for item in document_of(FEED)["items"]] == [ENTRY.id, BARE.id, MARKUP.id]


def test_the_text_is_readable_utf_8_and_ends_its_last_line() -> None:
    document = render_json(FEED, SELF_URL)
    assert "银行 < 券商 & “保险”" in document.decode()
    assert document.endswith(b"}\n")
