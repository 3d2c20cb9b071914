"""The head of an HTML document as front matter: its title, and what its `meta` elements state; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from feeds.read.fields import Field

HEAD = re.compile(rb"(?:<!doctype\s+html[^<>]*>\s*)?(?:<html\b[^<>]*>\s*)?<(?:head|title|meta|body)\b", re.IGNORECASE)
"""How a whole document begins."""
END = re.compile(
    rb"</head\s*>|(?=</html\b|<(?:body|main|article|section|header|nav|h[1-6]|div|p|table|ul|ol|pre|blockquote)\b)",
    re.IGNORECASE,
)
"""Where a head ends, which need not say so (HTML 13.1.2.4)."""
LONGEST = 131_072
"""Bytes, or characters, within which a head is looked for."""
# What is not shown is passed over; a quote that is never closed, or closed far away, is none.
_ELEMENT = re.compile(
    r"<!--(?s:.{0,20000}?)-->|<(?P<skipped>script|style|noscript)\b(?s:.{0,20000}?)</(?P=skipped)\s*>"
    r"|<title\b[^<>]{0,500}>(?P<title>[^<]{0,2000})|<(?P<name>meta|link|html)\b(?P<attributes>"
    r"(?>(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,500}))>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([A-Za-z:.-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+))")
_NAMES = {
    "article:published_time": "date",
    "datepublished": "date",
    "dc.date": "date",
    "dcterms.date": "date",
    "article:modified_time": "modified",
    "datemodified": "modified",
    "article:section": "category",
    "article:tag": "tags",
    "keywords": "tags",
    "dc.creator": "author",
    "og:image": "og_image",
    "og:description": "description",
    "og:title": "title",
}
"""Names in documents made for search engines and other sites, and the keys they are."""
_SEVERAL = frozenset({"tags", "author", "authors"})
"""Keys whose elements add up."""


def read_head(text: str) -> Iterator[Field]:
    """Read what a head says, each key once.

    A canonical link is the `link`, the language of the document `lang`, `og:title` better than `title`; of other
    elements, whatever their `name`, `property` or `itemprop` is called is a key, unless a colon says that it is
    another's. Of a key that stands several times the first counts.
    """
    fields: dict[str, Field] = {}
    for field in sorted(_fields(text[:LONGEST]), key=lambda field: field.key == "<title>"):
        key = field.key.strip("<>")
        known = fields.setdefault(key, field._replace(key=key))
        if key in _SEVERAL and known.line != field.line:
            fields[key] = known._replace(value=f"{known.value}, {field.value}")
    yield from fields.values()


def _fields(text: str) -> Iterator[Field]:
    line, place = 0, 0
    for element in _ELEMENT.finditer(text):
        line, place = line + text.count("\n", place, element.start()), element.start()
        if element["title"] is not None:
            key, value = "<title>", element["title"]
        else:
            key, value = _statement((element["name"] or "").lower(), element["attributes"] or "")
        value = " ".join(html.unescape(value).split())
        if key and value:
            yield Field(key, value, line)


def _statement(name: str, attributes: str) -> tuple[str, str]:
    """Answer the key that an element states, and its value; "" for none."""
    stated = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(attributes)}
    if name == "html":
        return "lang", stated.get("lang", "")
    if name == "link":
        return ("link" if stated.get("rel", "").lower() == "canonical" else ""), stated.get("href", "")
    key = (stated.get("name") or stated.get("property") or stated.get("itemprop") or "").casefold()
    return _NAMES.get(key, "" if ":" in key else key), stated.get("content", "")
