"""What RSS and Atom share: the feedgen feed that each begins with, the picture's elements, trees to bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape

from feedgen.ext.dc import DcExtension
from feedgen.ext.media import MediaExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.model import Feed, Picture
from feeds.render.text import filled

_EXTENSIONS = {"dc": DcExtension, "media": MediaExtension}
"""Those of feedgen by whose prefixes we write; what they would do for an entry takes as long as all the rest of it."""
NAMES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
"""Namespaces by prefix."""
_CONTENT, _THUMBNAIL = (f"{{{NAMES['media']}}}{tag}" for tag in ("content", "thumbnail"))


def start_feed(feed: Feed, *prefixes: str) -> FeedGenerator:
    """Start a feedgen feed with what both formats say of it alike, and the prefixes that its entries need."""
    generator = FeedGenerator()
    for prefix in prefixes:
        generator.register_extension(prefix, _EXTENSIONS[prefix])
    generator.id(filled(feed.id))
    generator.title(filled(feed.title))
    if feed.language:
        generator.language(feed.language)
    return generator


def add_media(element: etree._Element, picture: Picture) -> None:
    """Name an entry's picture by Media RSS, outside any group: a group of one is an error."""
    content = {
        "url": picture.address,
        "fileSize": str(picture.length or ""),
        "type": picture.media_type or "",
        "medium": "image",
    }
    size = {"width": str(picture.width or ""), "height": str(picture.height or "")}
    etree.SubElement(element, _CONTENT, _stated({**content, **size}))
    etree.SubElement(element, _THUMBNAIL, _stated({"url": picture.address, **size}))


def _stated(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}


def serialise_part(element: etree._Element, *around: str) -> bytes:
    """Write an element as it stands inside others, outermost first: with their prefixes, and indented as deep."""
    holder = root = etree.Element(around[0], nsmap=NAMES)
    for tag in around[1:]:
        holder = etree.SubElement(holder, tag)
    holder.append(element)
    document = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    return document.split(b"\n", len(around))[-1].removesuffix(closing(*around))


@lru_cache(maxsize=8)
def closing(*around: str) -> bytes:
    """Write how a document ends behind the last element inside others, outermost first."""
    return b"".join(b"  " * depth + f"</{tag}>\n".encode() for depth, tag in reversed([*enumerate(around)]))


def serialise(root: etree._Element, stylesheet: str | None = None) -> bytes:
    """Write a document as indented UTF-8 with an XML declaration and a newline at its end.

    Args:
        root: Of the document.
        stylesheet: Link to the style that browsers show it by (https://www.w3.org/TR/xml-stylesheet/); None for none.
    """
    if stylesheet is not None:
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{escape(stylesheet)}"'))
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True)
