"""Rules of Atom's link element (RFC 4287 section 4.2.7, RFC 5005), which RSS borrows; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

from feeds.validate.addresses import address, has_host
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import plain
from feeds.validate.shape import Shape
from feeds.validate.tree import Element
from feeds.validate.values import MEDIA_TYPE, language, media_type, not_blank, whole_number

_HISTORY = frozenset({"current", "first", "last", "next", "next-archive", "prev-archive", "previous"})
"""Of a feed that goes on elsewhere (RFC 5005)."""
_RELATIONS = _HISTORY | frozenset(
    str.split(
        "alternate describedby edit edit-media enclosure hub license payment related replies search self service up via"
    )
)
_NO_ADDRESS = ("InvalidFullLink", "InvalidUriChar")
_FEED_TYPES = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml"})
_IANA = "http://www.iana.org/assignments/relation/"
_href = address(is_absolute=False, may_be_iri=True)
_relation = address(may_be_iri=True)


def relation_of(link: Element) -> str:
    """Answer what a link leads to; an alternate unless it says so."""
    return link.attributes.get("rel", "alternate").removeprefix(_IANA)


def _check_link(link: Element, source: Source) -> Iterator[Fault]:
    relation, kind, href = relation_of(link), link.attributes.get("type"), link.attributes.get("href")
    if not relation:
        yield Fault("AttrNotBlank", 'attribute "rel" of a link is empty')
    if relation not in _RELATIONS and any(fault.name in _NO_ADDRESS for fault in _relation(relation, source)):
        yield Fault("UnregisteredAtomLinkRel", f"relation {shown(relation)} is registered nowhere")
    if link.attributes.get("title") == "":
        yield Fault("AttrNotBlank", 'attribute "title" of a link is empty')
    if relation == "self" and kind and MEDIA_TYPE.fullmatch(kind) and kind.partition(";")[0] not in _FEED_TYPES:
        yield Fault("SelfNotAtom", f"the link to the feed itself has the type {shown(kind)}")
    if href is None:
        yield Fault("MissingHref", f'the link to "{relation}" has no address')
    if link.text.strip():
        yield Fault("AtomLinkNotEmpty", f'the link to "{relation}" holds something')


LINK = Shape(
    attributes={
        "href": (_href,),
        "rel": (),
        "type": (media_type("InvalidMIMEType"),),
        "title": (plain(),),
        "length": (whole_number("InvalidNonNegativeInteger", 0), not_blank),
        "hreflang": (language,),
        "thr:count": (whole_number("InvalidNonNegativeInteger", 0),),
        "thr:updated": (),
        "rdf:type": (),
        "rdf:resource": (),
    },
    is_open=True,
    rules=(_check_link,),
)
"""A link of an entry or an item."""


def check_self(feed: Element, source: Source) -> Iterator[Fault]:
    """Demand that a feed says in full where it is served."""
    for link in feed.all("atom:link"):
        href = link.attributes.get("href")
        if relation_of(link) == "self" and href is not None and not has_host(resolved(href, link, feed)):
            yield Fault("RelativeSelf", f"the feed's own address {shown(href)} is relative", link.line, link.column)


def resolved(address_: str, *around: Element) -> str:
    """Resolve an address against the bases that elements state, the innermost one first."""
    for element in around:
        try:
            address_ = urljoin(element.attributes.get("xml:base", ""), address_)
        except ValueError:
            return address_
    return address_


def has_self(feed: Element) -> bool:
    """Tell whether a feed says where it is served."""
    return any(relation_of(link) == "self" for link in feed.all("atom:link"))


def check_alternates(element: Element, source: Source) -> Iterator[Fault]:
    """Demand that no two alternates have the same type and language."""
    seen: Counter[tuple[str, str]] = Counter()
    for link in element.all("atom:link"):
        key = link.attributes.get("type", ""), link.attributes.get("hreflang", "")
        if relation_of(link) == "alternate":
            seen[key] += 1
            if seen[key] > 1:
                what = f'a second alternate of type "{key[0]}" and language "{key[1]}"'
                yield Fault("DuplicateAtomLink", what, link.line, link.column)


def check_history(feed: Element, source: Source) -> Iterator[Fault]:
    """Look at what a feed says about its older entries (RFC 5005)."""
    links = {relation_of(link): link for link in feed.all("atom:link")}
    older = {relation: link for relation, link in links.items() if relation in _HISTORY}
    own = _href_of(links.get("self"))
    complete, archive = feed.get("fh:complete"), feed.get("fh:archive")
    for relation, link in older.items():
        if complete is not None and relation != "current":
            what = f'a complete feed has a link to "{relation}"'
            yield Fault("FeedRelInCompleteFeed", what, link.line, link.column)
        elif complete is not None and own and _href_of(link) != own:
            what = "the current feed of a complete one is another"
            yield Fault("CurrentNotSelfInCompleteFeed", what, link.line, link.column)
        beyond = older.get({"first": "previous", "last": "next"}.get(relation, ""))
        if beyond is not None and _href_of(link) == own:
            what = f'the {relation} feed of a list has a link to "{relation_of(beyond)}"'
            yield Fault("LinkPastEnd", what, beyond.line, beyond.column)
    if archive is not None and complete is None:
        if not older.keys() & {"prev-archive", "next-archive"}:
            yield Fault("ArchiveIncomplete", "an archive leads to no other", archive.line, archive.column)
        if "current" not in older:
            yield Fault("MissingCurrentInArchive", "an archive has no link to the current feed", archive.line)


def _href_of(link: Element | None) -> str | None:
    return None if link is None else link.attributes.get("href")


def check_no_history(entry: Element, source: Source) -> Iterator[Fault]:
    """Demand that an entry has no link that only a feed may have."""
    for link in entry.all("atom:link"):
        if relation_of(link) in _HISTORY:
            what = f'an entry has a link to "{relation_of(link)}"'
            yield Fault("FeedHistoryRelInEntry", what, link.line, link.column)
