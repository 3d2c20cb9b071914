"""JSON Feed 1.1 (jsonfeed.org/version/1.1). Says *item*, as the format does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from feeds.model import Entry, Feed, Picture
from feeds.render.text import author_names, category_terms, filled, format_instant, legal, legal_entry, says_language

MEDIA_TYPE = "application/feed+json"
_DEPTH = 2
"""How deep an item stands in the document."""
VERSION = "https://jsonfeed.org/version/1.1"

_Json: TypeAlias = "str | int | list[_Json] | dict[str, _Json]"


def render_item(entry: Entry, feed_language: str | None) -> msgspec.Raw:
    """Render an entry as it stands in every feed of a language, unindented yet."""
    return msgspec.Raw(msgspec.json.encode(_item(legal_entry(entry), legal(feed_language))))


def measure_item(item: msgspec.Raw) -> int:
    """Count the bytes that an item takes in a feed, where it is indented."""
    lines = msgspec.json.format(bytes(item), indent=1)
    return len(lines) + _DEPTH * (lines.count(b"\n") + 1) + len(b",\n")


def render_json(feed: Feed, self_url: str, *, piece: Callable[[Entry, str | None], msgspec.Raw] = render_item) -> bytes:
    """Render a feed as JSON Feed 1.1.

    Args:
        feed: The feed, its entries newest first.
        self_url: Absolute address at which these very bytes are served.
        piece: Writes each entry as `render_item` does.
    """
    head = legal(replace(feed, entries=()))
    document: dict[str, _Json | list[msgspec.Raw]] = {
        "version": VERSION,
        "title": filled(head.title),
        "home_page_url": head.home_url,
        "feed_url": legal(self_url),
        "description": head.description,
    }
    if head.language:
        document["language"] = head.language
    document["authors"] = _authors((filled(head.author),))
    document["items"] = [piece(entry, feed.language) for entry in feed.entries]
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _item(entry: Entry, feed_language: str | None) -> dict[str, _Json]:
    item: dict[str, _Json] = {"id": filled(entry.id)}
    if entry.permalink:
        item["url"] = entry.permalink
    item["title"] = filled(entry.title)
    item["content_html"] = entry.content_html
    if entry.summary:
        item["summary"] = entry.summary
    if entry.picture:
        item["image"] = entry.picture.address
    item["date_published"] = format_instant(entry.published)
    item["date_modified"] = format_instant(entry.updated)
    names = author_names(entry)
    if names:
        item["authors"] = _authors(names, entry.author_urls)
    terms: list[_Json] = list(category_terms(entry))
    if terms:
        item["tags"] = terms
    language = says_language(entry, feed_language)
    if language:
        item["language"] = language
    if entry.picture and entry.picture.media_type:
        item["attachments"] = [_attachment(entry.picture, entry.picture.media_type)]
    return item


def _authors(names: tuple[str, ...], urls: tuple[tuple[str, str], ...] = ()) -> list[_Json]:
    known: dict[str, dict[str, _Json]] = {name: {"url": url} for name, url in urls}
    return [{"name": name, **known.get(name, {})} for name in names]


def _attachment(picture: Picture, media_type: str) -> dict[str, _Json]:
    attachment: dict[str, _Json] = {"url": picture.address, "mime_type": media_type}
    if picture.length is not None:
        attachment["size_in_bytes"] = picture.length
    return attachment
