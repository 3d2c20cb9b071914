"""RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 1.0 (RFC 4287) and 0.3 to what they say of their entries; pure.

Damaged XML is mended as readers mend it. Nothing that a document declares is expanded, nothing it names fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from feeds.addresses import absolute
from feeds.adopt.written import WrittenEntry
from feeds.documents import html_text, parse_xml, plain_text, split_tag

_ALTERNATE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
"""RFC 4287 section 4.2.7.2: a link without `rel` is an alternate."""

_Children = Mapping[str, list[etree._Element]]


def xml_entries(text: str) -> Iterator[WrittenEntry]:
    """Read a feed in XML, in the document's order.

    Raises:
        ValueError: No feed; the message is the cause.
    """
    root = parse_xml(text)
    return _atom_entries(root) if split_tag(root)[1] == "feed" else _rss_entries(root)


def _rss_entries(root: etree._Element) -> Iterator[WrittenEntry]:
    channel = next(_elements(root, "channel"), None)
    items = list(_elements(root, "item"))
    if channel is None and not items:
        raise ValueError("RSS or RDF without a channel and items")
    base = None if channel is None else absolute(_first(_texts(_own(channel), "link")), _base(channel, None))
    vocabularies = {split_tag(element)[0] for element in (channel, *items[:1]) if element is not None}
    for item in items:
        if split_tag(item)[0] in vocabularies:
            yield _rss_entry(item, base)


def _rss_entry(item: etree._Element, base: str | None) -> WrittenEntry:
    children = _own(item)
    guid = next((guid for guid in children.get("guid", ()) if _text(guid)), None)
    return WrittenEntry(
        # RSS 1.0 has no guid; section 5.5 identifies an item by rdf:about.
        id=_attribute(item, "about") if guid is None else _text(guid),
        address=_first(_texts(children, "link")),
        base=_base(item, base),
        title=plain_text(_first(_texts(children, "title"))),
        dates=_texts(children, "pubdate", "dc:date"),
        is_address=guid is None or _attribute(guid, "ispermalink").lower() != "false",
    )


def _atom_entries(feed: etree._Element) -> Iterator[WrittenEntry]:
    own = _own(feed)
    # The site comes before the feed's own address, which may be a mirror's.
    links = (*_links(own, *_ALTERNATE), *_links(own, "self"))
    resolved = (absolute(_attribute(link, "href"), _base(link, None)) for link in links)
    base = next((address for address in resolved if address), None)
    for element in _elements(feed, "entry"):
        if split_tag(element)[0] == split_tag(feed)[0]:
            yield _atom_entry(element, base)


def _atom_entry(element: etree._Element, base: str | None) -> WrittenEntry:
    children = _own(element)
    link = next(iter(_links(children, *_ALTERNATE)), None)
    titles = children.get("title", ())
    return WrittenEntry(
        id=_first(_texts(children, "id")),
        address="" if link is None else _attribute(link, "href"),
        base=_base(element if link is None else link, base),
        title=_atom_title(titles[0]) if titles else "",
        dates=_texts(children, "published", "issued", "dc:date", "updated", "modified"),
        is_address=True,
    )


def _atom_title(title: etree._Element) -> str:
    """Read a text construct (RFC 4287 section 3.1; Atom 0.3 calls HTML by its media type)."""
    is_html = _attribute(title, "type").lower() in ("html", "text/html")
    return html_text(_text(title)) if is_html else _text(title)


def _links(children: _Children, *relations: str) -> list[etree._Element]:
    links = children.get("link", ())
    return [link for link in links if _attribute(link, "rel").lower() in relations and _attribute(link, "href")]


def _elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """List elements at any depth: of damaged XML, what was not closed holds what follows it."""
    return (element for element in root.iter(etree.Element) if split_tag(element)[1] == name)


def _own(element: etree._Element) -> _Children:
    """List the children of an element's own vocabulary by name, and `dc:date`; a `media:title` is no title."""
    vocabulary = split_tag(element)[0]
    children: dict[str, list[etree._Element]] = {}
    for child in element.iterchildren(etree.Element):
        space, name = split_tag(child)
        if space == vocabulary:
            children.setdefault(name, []).append(child)
        elif name == "date" and (space == "dc:" or "purl.org/dc/" in space):
            children.setdefault("dc:date", []).append(child)
    return children


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _texts(children: _Children, *names: str) -> tuple[str, ...]:
    """List the texts of the named children that have any, the first name's first."""
    texts = (_text(child) for name in names for child in children.get(name, ()))
    return tuple(text for text in texts if text)


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name in small letters, of whatever vocabulary; "" when it is absent."""
    for key, value in element.attrib.items():
        if re.split("[}:]", str(key))[-1].lower() == name:
            return str(value).strip()
    return ""


def _base(element: etree._Element, base: str | None) -> str | None:
    """Tell what addresses in an element are relative to: its xml:base, itself relative to the feed's place."""
    return absolute(element.base or "", base) or base
