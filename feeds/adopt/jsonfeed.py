"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1) to what it says of its entries; pure."""

from __future__ import annotations

import json
from collections.abc import Iterator

from feeds.addresses import absolute
from feeds.adopt.values import WrittenEntry


def json_entries(text: str) -> Iterator[WrittenEntry]:
    """Read a JSON Feed's items; an id that is a number counts as its digits, as the spec asks of readers.

    Raises:
        ValueError: No JSON Feed; the message is the cause.
    """
    try:
        feed: object = json.loads(text, strict=False, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"damaged JSON: {str(error)[:100]}") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in _string(feed, "version"):
        raise ValueError('JSON, but no JSON Feed: it has no "version" of jsonfeed.org')
    items = feed.get("items")
    if not isinstance(items, list):
        raise ValueError('a JSON Feed without its list of "items"')
    base = absolute(_string(feed, "home_page_url"), None) or absolute(_string(feed, "feed_url"), None)
    for item in items:
        if isinstance(item, dict):
            yield WrittenEntry(
                id=_string(item, "id"),
                address=_string(item, "url"),
                base=base,
                title=_string(item, "title"),
                dates=(_string(item, "date_published"), _string(item, "date_modified")),
                is_address=True,
            )


def _string(values: dict[object, object], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
