"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1) to what it says of its entries; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.addresses import absolute
from feeds.adopt.written import WrittenEntry
from feeds.documents import parse_json


def json_entries(text: str) -> Iterator[WrittenEntry]:
    """Read a JSON Feed's items; an id that is a number counts as its digits, as the spec asks of readers.

    Raises:
        ValueError: No JSON Feed; the message is the cause.
    """
    feed = parse_json(text)
    base = absolute(_string(feed, "home_page_url"), None) or absolute(_string(feed, "feed_url"), None)
    items = feed["items"]
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield WrittenEntry(
                id=_string(item, "id"),
                address=_string(item, "url"),
                base=base,
                title=_string(item, "title"),
                dates=(_string(item, "date_published"), _string(item, "date_modified")),
                is_address=True,
            )


def _string(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
