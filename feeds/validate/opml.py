"""OPML 2.0 (opml.org/spec2.opml): what its elements may hold; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from feeds.validate.addresses import address, web_address
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import safe_html
from feeds.validate.shape import Shape, missing
from feeds.validate.tree import Element
from feeds.validate.values import language, mail_box, one_of, rfc822_date, whole_number

_ONCE = "DuplicateElement"
_VERSIONS = ("1.0", "1.1", "2.0")
_TYPED = ("description", "htmlUrl", "language", "title", "version", "xmlUrl")
"""Attributes that mean nothing without a type."""
_HTML = (safe_html,)
_TRUTH = (one_of("InvalidTrueFalse", ("true", "false"), fold=str.lower),)
_ADDRESS = (address(),)
_SIZE = Shape(text=(whole_number("InvalidPositiveInteger", 1),), repeated=_ONCE)


def _check_lines(value: str, source: Source) -> Iterator[Fault]:
    if not re.fullmatch(r"(?:\d+(?:,\s*\d+)*)?", value):
        yield Fault("InvalidExpansionState", f"{shown(value)} is no list of line numbers")


def _check_outline(outline: Element, source: Source) -> Iterator[Fault]:
    attributes = outline.attributes
    name = shown(attributes.get("text", ""))
    kind = attributes.get("type", "").lower()
    if kind == "rss" and "xmlUrl" not in attributes:
        yield Fault("MissingXmlURL", f"outline {name} is a feed without an address")
    if kind == "rss" and "title" not in attributes:
        yield Fault("MissingTitleAttr", f"outline {name} is a feed without a title")
    if kind == "link" and "url" not in attributes:
        yield Fault("MissingUrlAttr", f"outline {name} is a link without an address")
    if "type" not in attributes and any(given in attributes for given in _TYPED):
        yield Fault("MissingOutlineType", f"outline {name} describes something without saying what it is")


def _check_document(opml: Element, source: Source) -> Iterator[Fault]:
    """Look at what depends on the version, and at feeds that are listed twice."""
    version = opml.attributes.get("version")
    if version is not None and version not in _VERSIONS:
        yield Fault("InvalidOPMLVersion", f"version {shown(version)} of OPML is none that readers know")
    for outline in outlines(opml):
        kind = outline.attributes.get("type", "rss").lower()
        if kind not in ("rss", "link") and (version or "").startswith("1."):
            what = f"outline of type {shown(kind)} in OPML {version}"
            yield Fault("InvalidOutlineType", what, outline.line, outline.column)


def outlines(opml: Element) -> list[Element]:
    """List the outlines of a document, at any depth, in its order."""
    found: list[Element] = []
    waiting = [child for body in opml.all("body") for child in body.children][::-1]
    while waiting:
        outline = waiting.pop()
        found.append(outline)
        waiting += outline.children[::-1]
    return found


def _check_repeats(opml: Element, source: Source) -> Iterator[Fault]:
    """Demand that no feed is listed twice: whoever imports the list would have every entry twice."""
    seen: Counter[str] = Counter()
    for outline in outlines(opml):
        url = outline.attributes.get("xmlUrl")
        if url:
            seen[url] += 1
            if seen[url] > 1:
                yield Fault("DuplicateOutline", f"feed {shown(url)} is listed twice", outline.line, outline.column)


_OUTLINES: dict[str, Shape] = {}
_OUTLINE = Shape(
    children=_OUTLINES,
    attributes={
        "text": _HTML,
        "title": _HTML,
        "description": _HTML,
        "type": (),
        "xmlUrl": _ADDRESS,
        "htmlUrl": _ADDRESS,
        "url": _ADDRESS,
        "version": (one_of("InvalidOutlineVersion", ("RSS", "RSS1", "RSS2", "scriptingNews")),),
        "language": (language,),
        "created": (rfc822_date,),
        "category": (),
        "isBreakpoint": _TRUTH,
        "isComment": _TRUTH,
    },
    required=("text",),
    rules=(_check_outline,),
)
_OUTLINES["outline"] = _OUTLINE
_DATE = Shape(text=(rfc822_date,), repeated=_ONCE)
_NAME = Shape(text=_HTML, repeated=_ONCE)
OPML = Shape(
    attributes={"version": ()},
    required=("version",),
    children={
        "head": Shape(
            children={
                "title": _NAME,
                "ownerName": _NAME,
                "dateCreated": _DATE,
                "dateModified": _DATE,
                "ownerEmail": Shape(text=(mail_box,), repeated=_ONCE),
                "ownerId": Shape(text=(web_address,), repeated=_ONCE),
                "docs": Shape(text=_ADDRESS, repeated=_ONCE),
                "expansionState": Shape(text=(_check_lines,), repeated=_ONCE),
                **dict.fromkeys(("vertScrollState", "windowTop", "windowLeft", "windowBottom", "windowRight"), _SIZE),
            }
        ),
        "body": Shape(children=_OUTLINES, rules=(missing("outline"),)),
    },
    rules=(missing("head", "body"), _check_document, _check_repeats),
)
"""The whole document."""
