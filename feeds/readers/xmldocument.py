"""RSS 2.0 and Atom 1.0 to their elements; pure.

Nothing is chosen here: what a feed states twice is there twice, in the feed's order.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from feeds.documents import find_fault, html_text, parse_xml, plain_text, split_tag
from feeds.readers.document import Document, Element, Item, Kind

_ATOM = "http://www.w3.org/2005/Atom"
_PREFIXES = {
    _ATOM: "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://source.scripting.com/": "source",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}
"""Namespaces that readers know, by the prefix that everybody gives them."""
_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTAINERS = frozenset({"media:group", "media:content", "source", "itunes:category"})
"""Elements in which others stand that readers take."""
_PERSONS = frozenset({"author", "atom:author", "itunes:owner", "contributor"})
_MARKED_UP = frozenset({"content", "summary", "title", "subtitle", "atom:content", "atom:summary"})
"""Text constructs of Atom (RFC 4287 section 3.1): XHTML may stand in them."""


def read_xml(text: str, data: bytes) -> Document:
    """Read a feed in XML.

    Args:
        text: The document, decoded.
        data: Its bytes.

    Raises:
        ValueError: No feed, or one of a version that the table has no rules for; the message is the cause.
    """
    root = parse_xml(text)
    vocabulary, name = split_tag(root)
    if name == "rdf":
        raise ValueError("RSS 1.0: how readers take it is known of RSS 2.0, Atom 1.0 and JSON Feed alone")
    if name == "feed" and vocabulary not in ("", f"{{{_ATOM}}}"):
        raise ValueError("Atom 0.3: how readers take it is known of RSS 2.0, Atom 1.0 and JSON Feed alone")
    kind = Kind.ATOM if name == "feed" else Kind.RSS
    item_name = "entry" if kind is Kind.ATOM else "item"
    found = [element for element in root.iter(etree.Element) if split_tag(element) == (vocabulary, item_name)]
    channel = root if kind is Kind.ATOM else next(iter(root.iterchildren(f"{vocabulary}channel")), None)
    if channel is None:
        raise ValueError("RSS without a channel")
    head = tuple(_children(channel, vocabulary, frozenset(found)))
    titles = [element for element in head if element.name == "title"]
    return Document(
        kind=kind,
        title=plain_title(titles[0]) if titles else "",
        head=head,
        items=tuple(Item(elements=tuple(_children(item, vocabulary, frozenset()))) for item in found),
        size=len(data),
        fault=find_fault(data),
    )


def plain_title(title: Element) -> str:
    """Answer a title as people read it, whatever of HTML it is written in; on one line."""
    is_html = title.values.get("type", "") in ("html", "xhtml", "text/html")
    return " ".join((html_text(title.text) if is_html else plain_text(title.text)).split())


def _children(
    element: etree._Element, vocabulary: str, passed_over: frozenset[etree._Element], path: str = ""
) -> Iterator[Element]:
    for child in element.iterchildren(etree.Element):
        if child in passed_over:
            continue
        name = _name(child, vocabulary)
        if not path and name == "channel":
            continue
        yield Element(name=path + name, text=_text(child, name), values=_values(child, name, vocabulary))
        if name in _CONTAINERS:
            yield from _children(child, vocabulary, passed_over, f"{path}{name}/")


def _name(element: etree._Element, vocabulary: str) -> str:
    space, _ = split_tag(element)
    local = str(element.tag)[len(space) :]
    if space == vocabulary:
        return local
    prefix = _PREFIXES.get(space.strip("{}"), space)
    return f"{prefix}:{local}" if prefix and not prefix.endswith((":", "}")) else f"{prefix}{local}"


def _text(element: etree._Element, name: str) -> str:
    if name in _MARKED_UP and len(element):
        inner = element[0] if element.get("type") == "xhtml" else element
        return _markup(inner)
    return "".join(map(str, element.itertext())).strip()


def _markup(element: etree._Element) -> str:
    """Write what stands in an element, without the prefixes and declarations that only XML needs."""
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        copy = deepcopy(child)
        copy.tail = None
        for inner in copy.iter(etree.Element):
            inner.tag = str(inner.tag).removeprefix(_XHTML)
        etree.cleanup_namespaces(copy)
        parts += (etree.tostring(copy, encoding="unicode", method="html"), child.tail or "")
    return "".join(map(str, parts)).strip()


def _values(element: etree._Element, name: str, vocabulary: str) -> dict[str, str]:
    values = {str(key).rpartition("}")[2]: str(value).strip() for key, value in element.attrib.items()}
    if name in _PERSONS:
        for child in element.iterchildren(etree.Element):
            part = split_tag(child)[1]
            values.setdefault(part, "".join(map(str, child.itertext())).strip())
    return values
