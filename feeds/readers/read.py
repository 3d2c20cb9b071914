"""Bytes of a feed, ours or another's, to its elements; pure."""

from __future__ import annotations

from feeds.documents import decode
from feeds.readers.document import Document


def read_document(data: bytes) -> Document:
    """Read a feed: RSS 2.0 (and 0.9x), Atom 1.0 or JSON Feed, in whatever encoding.

    Raises:
        ValueError: No feed, or one of another version; the message is the cause.
    """
    text = decode(data)
    if not text:
        raise ValueError("empty")
    if text[0] in "{[":
        from feeds.readers.jsondocument import read_json

        return read_json(text, data)
    from feeds.readers.xmldocument import read_xml  # which loads a parser

    return read_xml(text, data)
