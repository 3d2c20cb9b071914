"""JSON Feed 1.1 (jsonfeed.org/version/1.1). Says *item*, as the format does."""

from __future__ import annotations

import json
from typing import TypeAlias

from feeds.model import Entry, Feed, Picture
from feeds.render.text import author_names, category_terms, filled, format_instant, legal

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"

_Json: TypeAlias = "str | int | list[_Json] | dict[str, _Json]"


def render_json(feed: Feed, self_url: str) -> bytes:
    """Render a feed as JSON Feed 1.1.

    Args:
        feed: The feed, its entries newest first.
        self_url: Absolute address at which these very bytes are served.
    """
    feed = legal(feed)
    document: dict[str, _Json] = {
        "version": VERSION,
        "title": filled(feed.title),
        "home_page_url": feed.home_url,
        "feed_url": legal(self_url),
        "description": feed.description,
    }
    if feed.language:
        document["language"] = feed.language
    document["authors"] = _authors((filled(feed.author),))
    document["items"] = [_item(entry, feed.language) for entry in feed.entries]
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


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
        item["authors"] = _authors(names)
    terms: list[_Json] = list(category_terms(entry))
    if terms:
        item["tags"] = terms
    if entry.language and entry.language != feed_language:
        item["language"] = entry.language
    if entry.picture and entry.picture.media_type:
        item["attachments"] = [_attachment(entry.picture, entry.picture.media_type)]
    return item


def _authors(names: tuple[str, ...]) -> list[_Json]:
    return [{"name": name} for name in names]


def _attachment(picture: Picture, media_type: str) -> dict[str, _Json]:
    attachment: dict[str, _Json] = {"url": picture.address, "mime_type": media_type}
    if picture.length is not None:
        attachment["size_in_bytes"] = picture.length
    return attachment
