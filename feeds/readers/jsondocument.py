"""JSON Feed (jsonfeed.org/version/1.1) to its elements; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.documents import parse_json
from feeds.readers.document import Document, Element, Item, Kind
from feeds.text import strip_forbidden

_PASSED_OVER = frozenset({"items", "version"})


def read_json(text: str, data: bytes) -> Document:
    """Read a JSON Feed.

    Args:
        text: The document, decoded.
        data: Its bytes.

    Raises:
        ValueError: No JSON Feed; the message is the cause.
    """
    feed = parse_json(text)
    items = feed["items"]
    title = feed.get("title")
    return Document(
        kind=Kind.JSON,
        title=_text(title) if isinstance(title, str) else "",
        head=tuple(_elements(feed)),
        items=tuple(
            Item(elements=tuple(_elements(item)))
            for item in (items if isinstance(items, list) else ())
            if isinstance(item, dict)
        ),
        size=len(data),
        fault=None,
    )


def _elements(values: Mapping[str, object]) -> Iterator[Element]:
    for key, value in values.items():
        if key not in _PASSED_OVER:
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, str):
                    yield Element(name=key, text=_text(one))
                elif isinstance(one, dict):
                    texts = {name: _text(text) for name, text in one.items() if isinstance(text, str)}
                    yield Element(name=key, text="", values=texts)


def _text(value: str) -> str:
    """Free a string of what no terminal and no other format may be shown: JSON can spell every control character."""
    return strip_forbidden(value).strip()
