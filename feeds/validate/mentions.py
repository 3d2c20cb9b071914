"""The addresses that a document in XML names: its own, those that it leads to, those that it lists; pure."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.validate.finding import Mention
from feeds.validate.html import read_markup
from feeds.validate.links import relation_of, resolved
from feeds.validate.opml import outlines
from feeds.validate.shape import within_line
from feeds.validate.tree import Element

_TEXTS = ("link", "comments", "url")
"""Elements of RSS whose text is an address."""
_BODIES = ("description", "content:encoded", "atom:content", "atom:summary")
"""Elements whose text may be HTML."""
_ATTRIBUTES = {"enclosure": "url", "media:content": "url", "media:thumbnail": "url", "atom:link": "href"}
"""The attribute that is an address, by element."""


def own_address(root: Element) -> Mention | None:
    """Answer where a feed says that it is served."""
    feed = root.get("channel") or root
    for link in feed.all("atom:link"):
        href = link.attributes.get("href")
        if href is not None and relation_of(link) == "self":
            return Mention(resolved(href, link, feed), link.line)
    return None


def feeds_of_list(root: Element) -> Iterator[Mention]:
    """Yield the feeds that an OPML list names."""
    for outline in outlines(root):
        address = outline.attributes.get("xmlUrl")
        if address:
            yield Mention(address, outline.line)


def links_of(root: Element) -> Iterator[Mention]:
    """Yield what a document leads to: pages, pictures, enclosures, and what its HTML holds."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        waiting += element.children[::-1]
        if element.name in _TEXTS:
            yield Mention(element.text.strip(), element.line)
        elif element.name in _BODIES:
            if element.attributes.get("type", "html") == "html":
                for link in read_markup(element.text.strip()).links:
                    yield Mention(link.address, within_line(element, link.line))
        elif element.name == "outline":
            page = element.attributes.get("htmlUrl")
            if page:
                yield Mention(page, element.line)
        elif element.name in _ATTRIBUTES:
            address = element.attributes.get(_ATTRIBUTES[element.name])
            if address is not None and relation_of(element) != "self":
                yield Mention(address, element.line)
