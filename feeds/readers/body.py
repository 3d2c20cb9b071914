"""What of a body a person sees: its text, its pictures, and the addresses in it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree
from lxml.html import fragment_fromstring

from feeds.addresses import has_scheme
from feeds.text import fold, strip_forbidden

_MARKUP = re.compile(r"<[A-Za-z/!]")
_BREAKING = frozenset({
    "address", "article", "blockquote", "br", "dd", "div", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({"head", "script", "style", "template", "title"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body as it is seen."""

    text: str
    """On one line."""
    pictures: tuple[str, ...]
    """Addresses as written, in order, each once."""
    relative: tuple[str, ...]
    """Addresses of pictures and links that do not say on which host they are, each once."""


def see_body(markup: str, *, is_plain: bool = False) -> Body:
    """Read a body, HTML or text.

    Args:
        markup: As the feed states it, references of XML resolved.
        is_plain: It is text, whatever looks like markup in it.
    """
    if is_plain or not _MARKUP.search(markup):
        return Body(text=fold(markup if is_plain else unescape(markup)), pictures=(), relative=())
    try:
        root = fragment_fromstring(strip_forbidden(markup), create_parent="div")
    except (etree.LxmlError, ValueError):
        return Body(text=fold(markup), pictures=(), relative=())
    pictures = dict.fromkeys(address for image in root.iter("img") if (address := str(image.get("src") or "").strip()))
    links = (str(link.get("href") or "").strip() for link in root.iter("a"))
    written = dict.fromkeys((*pictures, *(link for link in links if link)))
    relative = tuple(address for address in written if not has_scheme(address) and address[0] != "#")
    return Body(text=fold("".join(_parts(root))), pictures=tuple(pictures), relative=relative)


def _parts(root: etree._Element) -> list[str]:
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = str(element.tag)
        if event == "start":
            parts.append(" " if name in _BREAKING else "")
            parts.append("" if name in _SILENT or not isinstance(element.tag, str) else str(element.text or ""))
        else:
            parts.append(" " if name in _BREAKING else "")
            parts.append(str(element.tail or "") if element is not root else "")
    return parts
