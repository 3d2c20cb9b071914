"""What RSS and Atom share: the feedgen feed that each begins with, the picture's elements, the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedgen.feed import FeedGenerator
from lxml import etree

from feeds.model import Feed, Picture
from feeds.render.text import filled

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry


def start_feed(feed: Feed, *extensions: str) -> FeedGenerator:
    """Start a feedgen feed with what both formats say of it alike, and the extensions named."""
    generator = FeedGenerator()
    for extension in extensions:
        generator.load_extension(extension)
    generator.id(filled(feed.id))
    generator.title(filled(feed.title))
    if feed.language:
        generator.language(feed.language)
    return generator


def add_media(item: FeedEntry, picture: Picture) -> None:
    """Name an entry's picture by Media RSS, outside any group: a group of one is an error."""
    content = {"url": picture.address, "medium": "image"}
    if picture.media_type:
        content["type"] = picture.media_type
    if picture.length:
        content["fileSize"] = str(picture.length)
    item.media.content(content, group=None)
    item.media.thumbnail({"url": picture.address}, group=None)


def serialise(root: etree._Element) -> bytes:
    """Write a document as indented UTF-8 with an XML declaration and a newline at its end."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
