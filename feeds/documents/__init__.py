"""What any feed's document is made of: text in some encoding, elements of XML, texts and dates in them; pure.

For any stage that takes in feeds, ours or others'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.deferred import names_of

if TYPE_CHECKING:
    from feeds.documents.encoding import decode
    from feeds.documents.jsontree import parse_json
    from feeds.documents.values import html_text, parse_instant, plain_text
    from feeds.documents.xmltree import find_fault, parse_xml, split_tag

__all__ = ["decode", "find_fault", "html_text", "parse_instant", "parse_json", "parse_xml", "plain_text", "split_tag"]

__getattr__ = names_of(
    __name__,
    {
        "encoding": ("decode",),
        "jsontree": ("parse_json",),
        "values": ("html_text", "parse_instant", "plain_text"),
        "xmltree": ("find_fault", "parse_xml", "split_tag"),
    },
)
