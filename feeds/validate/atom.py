"""Atom 1.0 (RFC 4287): what its elements may hold; pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from feeds.validate.addresses import address, canonical
from feeds.validate.extensions import DUBLIN_CORE, MEDIA, MEDIA_ABOUT, SYNDICATION
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import plain, safe_text
from feeds.validate.links import (
    LINK,
    check_alternates,
    check_history,
    check_no_history,
    check_self,
    has_self,
    relation_of,
)
from feeds.validate.shape import ANYTHING, Shape, missing, within
from feeds.validate.tree import Element
from feeds.validate.values import (
    MEDIA_TYPE,
    e_mail,
    no_e_mail,
    not_blank,
    rfc3339_date,
    without_margin,
)
from feeds.validate.xhtml import check_xhtml

_ONCE = "DuplicateElement"
_DIV = "xhtml:div"
_FEW_ENTRIES = 9
_NEEDED = ("atom:title", "atom:id", "atom:updated")
_undeclared = plain("ContainsUndeclaredHTML")
_inline = plain("NotInline")


def _exact(element: Element, source: Source) -> Iterator[Fault]:
    yield from without_margin(element.text, source)


def _is_xml(kind: str) -> bool:
    return kind.endswith(("+xml", "/xml"))


def _is_binary(kind: str) -> bool:
    return "/" in kind and not _is_xml(kind) and not kind.startswith("text/")


def _check_text(element: Element, source: Source) -> Iterator[Fault]:
    """Look at a text construct (section 3.1)."""
    kind = element.attributes.get("type", "text")
    if "/" in kind:
        yield Fault("InvalidTextType", f"type {shown(kind)} is none of text, html and xhtml")
    yield from _check_body(element, kind, source)


def _check_content(element: Element, source: Source) -> Iterator[Fault]:
    """Look at a content (section 4.1)."""
    is_elsewhere = "src" in element.attributes
    kind = element.attributes.get("type", "" if is_elsewhere else "text")
    if kind == "multipart/alternative":
        yield Fault("InvalidMIMEType", f"type {shown(kind)} says nothing about one content")
    if is_elsewhere:
        if "type" not in element.attributes:
            yield Fault("MissingTypeAttr", "a content elsewhere has no type")
        if element.text.strip():
            yield Fault("UnexpectedText", "a content that is elsewhere holds something")
    yield from _check_body(element, kind, source)


def _check_body(element: Element, kind: str, source: Source) -> Iterator[Fault]:
    is_elsewhere, text = "src" in element.attributes, element.text
    if element.attributes.get("type") == "":
        yield Fault("AttrNotBlank", f'attribute "type" of <{element.name}> is empty')
    if kind and (kind not in ("text", "html", "xhtml") or is_elsewhere) and not MEDIA_TYPE.fullmatch(kind):
        yield Fault("InvalidMIMEType", f"type {shown(kind)} is no media type")
    if kind == "xhtml":
        yield from () if is_elsewhere else _check_div(element, source)
    elif element.children and not _is_xml(kind):
        if text.strip():
            yield Fault("UnexpectedText", f"<{element.name}> holds both elements and text")
        for child in element.children:
            what = f"<{child.name}> may not stand in <{element.name}> of type {shown(kind)}"
            yield Fault("UndefinedElement", what, child.line, child.column)
    elif kind == "html" or kind == "text/html":
        yield from (within(element, fault) for fault in safe_text(text.strip(), source))
    elif _is_binary(kind):
        try:
            base64.decodebytes(text.encode("ascii"))
        except (binascii.Error, UnicodeEncodeError):
            yield Fault("NotBase64", f"a content of type {shown(kind)} is not written in base 64")
    elif not is_elsewhere:
        yield from _undeclared(text, source)
    if not is_elsewhere and (
        (kind == "text/html" and "<html" not in text)
        or (kind == "application/xhtml+xml" and element.children and element.get("xhtml:html") is None)
    ):
        yield Fault("HtmlFragment", f"<{element.name}> of type {kind} is no whole page")
    if not (text.strip() if _is_binary(kind) else text) and not element.children and not is_elsewhere:
        yield Fault("NotBlank", f"<{element.name}> is empty")


def _check_div(element: Element, source: Source) -> Iterator[Fault]:
    """Look at a text that is written as elements of XHTML (section 3.1.1.3)."""
    div = element.children[0] if element.children else None
    if div is None or div.name != _DIV or element.text.strip():
        yield Fault("MissingXhtmlDiv", f"<{element.name}> of type xhtml does not hold one xhtml:div")
    for other in element.children[1:]:
        yield Fault("MissingXhtmlDiv", f"<{other.name}> stands beside the xhtml:div", other.line, other.column)
    if div is not None and div.name == "atom:div":
        yield Fault("NotHtml", "a <div> is in the namespace of Atom", div.line, div.column)
    written = element if div is None else div
    if not written.children and (div is None or div.name == _DIV):
        yield from (within(written, fault) for fault in _inline(written.text.strip(), source))
    yield from check_xhtml(element, source)


def _check_entry(entry: Element, source: Source) -> Iterator[Fault]:
    content, summary = entry.get("atom:content"), entry.get("atom:summary")
    if content is None:
        if summary is None:
            yield Fault("MissingTextualContent", "an entry has neither content nor summary")
        if not any(relation_of(link) == "alternate" for link in entry.all("atom:link")):
            yield Fault("MissingContentOrAlternate", "an entry has neither content nor an alternate")
    elif summary is None:
        kind = content.attributes.get("type", "text")
        if "src" in content.attributes or _is_binary(kind):
            yield Fault("MissingSummary", "an entry whose content is no text has no summary")


def _check_feed(feed: Element, source: Source) -> Iterator[Fault]:
    if not has_self(feed):
        yield Fault("MissingSelf", "the feed does not say where it is served")
    entries = feed.all("atom:entry")
    for entry in entries:
        if entry.get("atom:author") is None and feed.get("atom:author") is None and _source_author(entry) is None:
            yield Fault("MissingElement", "neither feed nor entry has an <atom:author>", entry.line, entry.column)
    is_behind = False
    for child in feed.children:
        is_behind |= child.name == "atom:entry"
        if is_behind and child.name in _METADATA:
            what = f"<{child.name}> stands behind an entry"
            yield Fault("MisplacedMetadata", what, child.line, child.column)
    yield from _check_repeats(entries)


def _source_author(entry: Element) -> Element | None:
    origin = entry.get("atom:source")
    return origin.get("atom:author") if origin is not None else None


def _check_repeats(entries: list[Element]) -> Iterator[Fault]:
    ids = [child for entry in entries for child in entry.all("atom:id")]
    if len(entries) > _FEW_ENTRIES and len({child.text.strip() for child in ids}) == 1 and len(ids) == len(entries):
        yield Fault("DuplicateIds", "all entries have the same id", ids[0].line, ids[0].column)
        ids = []
    dates = [child for entry in entries for child in entry.all("atom:updated")]
    for name, what, elements in (("DuplicateEntries", "id", ids), ("DuplicateUpdated", "updated", dates)):
        seen: set[str] = set()
        for element in elements:
            value = element.text.strip()
            if value and value in seen:
                yield Fault(name, f"{what} {shown(value)} stands twice", element.line, element.column)
            seen.add(value)


_DATE = Shape(text=(rfc3339_date,), rules=(_exact,), repeated=_ONCE)
_ID = Shape(text=(canonical,), rules=(_exact,), repeated=_ONCE)
_TEXT = Shape(attributes={"type": (), "src": ()}, is_open=True, rules=(_check_text,), repeated=_ONCE)
_PICTURE = Shape(text=(not_blank, address(is_absolute=False)), rules=(_exact,), repeated=_ONCE)
_PERSON = Shape(
    children={
        "atom:name": Shape(text=(plain(), no_e_mail, not_blank), repeated=_ONCE),
        "atom:email": Shape(text=(e_mail,), repeated=_ONCE),
        "atom:uri": Shape(
            text=(not_blank, address(is_absolute=False, may_be_iri=True)), rules=(_exact,), repeated=_ONCE
        ),
    },
    rules=(missing("atom:name"),),
)
_CATEGORY = Shape(
    attributes={"term": (not_blank,), "scheme": (address(may_be_iri=True),), "label": (plain(),)},
    required=("term",),
    text=(),
)
_METADATA = {
    "atom:id": _ID,
    "atom:title": _TEXT,
    "atom:subtitle": _TEXT,
    "atom:rights": _TEXT,
    "atom:updated": _DATE,
    "atom:author": _PERSON,
    "atom:contributor": _PERSON,
    "atom:category": _CATEGORY,
    "atom:link": LINK,
    "atom:icon": _PICTURE,
    "atom:logo": _PICTURE,
    "atom:generator": Shape(
        attributes={"uri": (address(is_absolute=False, name="InvalidURIAttribute"),), "version": ()},
        text=(plain(), not_blank),
        repeated=_ONCE,
    ),
}
"""What a feed says of itself, before its entries."""
_HISTORY = {"fh:archive": ANYTHING, "fh:complete": ANYTHING}
ENTRY = Shape(
    children={
        **DUBLIN_CORE,
        **MEDIA,
        "atom:id": Shape(text=(canonical, not_blank), rules=(_exact,), repeated=_ONCE),
        "atom:title": _TEXT,
        "atom:summary": _TEXT,
        "atom:rights": _TEXT,
        "atom:updated": Shape(text=(rfc3339_date, not_blank), rules=(_exact,), repeated=_ONCE),
        "atom:published": _DATE,
        "atom:author": _PERSON,
        "atom:contributor": _PERSON,
        "atom:category": _CATEGORY,
        "atom:link": LINK,
        "atom:content": Shape(
            attributes={"type": (), "src": (address(is_absolute=False, name="InvalidURIAttribute"),)},
            is_open=True,
            rules=(_check_content,),
            repeated=_ONCE,
        ),
        "atom:source": Shape(
            children={**_METADATA, **_HISTORY, **DUBLIN_CORE, **MEDIA_ABOUT},
            rules=(missing(*_NEEDED, name="MissingSourceElement"), check_alternates),
            repeated=_ONCE,
        ),
    },
    rules=(missing(*_NEEDED), _check_entry, check_alternates, check_no_history),
)
"""An entry, in a feed or as the whole document."""
FEED = Shape(
    children={**DUBLIN_CORE, **MEDIA_ABOUT, **SYNDICATION, **_HISTORY, **_METADATA, "atom:entry": ENTRY},
    rules=(missing(*_NEEDED), _check_feed, check_alternates, check_history, check_self),
)
"""A feed as the whole document."""
