"""Text of a feed in XML to its tree; pure.

Damaged XML is mended as readers mend it. Nothing that a document declares is expanded, nothing it names fetched.
"""

from __future__ import annotations

import re

from lxml import etree

from feeds.documents.values import resolve_references

# The prolog is passed over, not parsed: what it declares is never known, so that nothing can be expanded. Where
# a part of it is not closed it ends; no letter is looked at twice.
_PROLOG = re.compile(
    r"(?>(?>[^<]+|<\?.*?\?>|<!--.*?-->"
    r"|<!DOCTYPE(?>(?>[^\[\]<>\"']+|\"[^\"]*\"|'[^']*')*)"
    r"(?:\[(?>(?>[^\]\"'<]+|\"[^\"]*\"|'[^']*'|<!--.*?-->|<\?.*?\?>|<(?!!--|\?))*)\]\s*)?>"
    r")*)",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_NO_FEEDS = {
    "html": "an HTML page",
    "opml": "a list of feeds (OPML)",
    "urlset": "a sitemap",
    "sitemapindex": "a list of sitemaps",
}


def parse_xml(text: str) -> etree._Element:
    """Read a feed in XML: RSS, RSS 1.0 (RDF) or Atom, of any version.

    Raises:
        ValueError: No feed; the message is the cause.
    """
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    match = _ROOT.match(text, start)
    if match is None:
        raise ValueError("neither XML nor JSON")
    name = match[1].lower()
    if name in _NO_FEEDS:
        raise ValueError(_NO_FEEDS[name])
    if name not in ("rss", "rdf", "feed"):
        raise ValueError(f'no feed: its outermost element is "{match[1][:40]}"')
    if not _is_whole(text, start, match[0][1:]):
        raise ValueError("damaged XML: it is cut short")
    return _parse(resolve_references(text[start:]))


def _is_whole(text: str, start: int, name: str) -> bool:
    """Tell whether the outermost element ends: what is cut off would be announced anew."""
    if re.search(f"</{re.escape(name)}\\s*>", text[start:]):
        return True
    opening = re.match(r"<[^<>]*>", text[start:])
    return opening is not None and opening[0].endswith("/>")


def _parse(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: etree._Element | None = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise ValueError(f"damaged XML: {str(error)[:100]}") from error
    if root is None:
        raise ValueError("damaged XML: nothing of it can be read")
    return root


def find_fault(data: bytes) -> str | None:
    """Say why a document is not well-formed XML (XML 1.0 section 2.1); None when it is."""
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError) as error:
        return str(error)[:200]
    return None


def split_tag(element: etree._Element) -> tuple[str, str]:
    """Split a tag into what tells its vocabulary, `{…}` or an undeclared `prefix:`, and its name in small letters."""
    tag = str(element.tag)
    cut = tag.rfind("}") + 1 or tag.rfind(":") + 1
    return tag[:cut], tag[cut:].lower()
