"""An entry's body as HTML that is safe to publish and stands on any page: sanitised, its addresses absolute.

Follows HTML for what an element is; what is allowed is a list, whatever is not on it goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

import nh3

from feeds.finish.teaser import picture_paragraph, write_value
from feeds.model import Picture
from feeds.text import strip_forbidden

Resolve = Callable[[str], "str | None"]
"""Answers the absolute address for one as a body writes it; None when there is none."""

_TAGS = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img",
    "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "small", "source", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "wbr",
})  # fmt: skip
_SILENCED = frozenset({
    "applet", "embed", "frame", "frameset", "head", "iframe", "math", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "xmp",
})  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir", "id", "lang", "title"},
    "a": {"href", "hreflang"},
    "audio": {"controls", "src"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "src", "width"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_IFRAME = re.compile(r'<iframe\b(?P<attributes>(?:\s[\w:-]+="[^"]*")*)></iframe>')
_FRAME_SOURCE = re.compile(r'\ssrc="([^"]+)"')
_PLAYER = re.compile(r"player|embed|video|vod|iframe/|/v/|podcast|audio|music|track", re.IGNORECASE)
_ANCHOR = re.compile(r"href=\"#([^\"]+)\"")
_MEDIA = re.compile("<(?:img|audio|video)")
_TAG = re.compile("<[^>]*>|&nbsp;")
_ATTRIBUTE_LIST = r"(?:\s[\w-]+=\"[^\"]*\")*"
# The sanitiser writes each tag in one way: an element whose address was refused is known by its lack.
_NO_PICTURE = re.compile(rf"<img(?!{_ATTRIBUTE_LIST}\ssrc=){_ATTRIBUTE_LIST}>")
_NO_LINK = re.compile(rf"<a(?!{_ATTRIBUTE_LIST}\s(?:href|id)=){_ATTRIBUTE_LIST}>(.*?)</a>", re.DOTALL)
_NO_MEDIA = re.compile(rf"<(audio|video)(?!{_ATTRIBUTE_LIST}\ssrc=){_ATTRIBUTE_LIST}>(?:\s|<br>)*</\1>")
_NO_SOURCE = re.compile(rf"<source(?!{_ATTRIBUTE_LIST}\ssrc=){_ATTRIBUTE_LIST}>")


def clean_html(html: str, *, resolve_link: Resolve, resolve_picture: Resolve) -> str:
    """Sanitise a body and make all its addresses absolute.

    A link that leads nowhere keeps its text, a picture that cannot be resolved goes; the frame of a player
    becomes a link to it. What `resolve_link` answers is published as it stands, so it must answer `http`,
    `https`, `mailto` and `tel` addresses only.

    Args:
        html: As `Body.html` holds it: balanced, nested no deeper than a reader can follow.
        resolve_link: For links and media.
        resolve_picture: For pictures.
    """
    html = strip_forbidden(html)
    if "<iframe" in html:
        html = _IFRAME.sub(lambda frame: _link_to_player(frame["attributes"], resolve_link), html)
    anchors = {unquote(unescape(anchor)) for anchor in _ANCHOR.findall(html)}
    failures: list[BaseException] = []

    def filter_attribute(tag: str, name: str, value: str) -> str | None:
        try:
            return _resolve(tag, name, value)
        except BaseException as failure:  # raised below: the sanitiser would swallow it
            failures.append(failure)
            return None

    def _resolve(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if value in anchors else None
        if (tag == "img" and name == "src") or name == "poster":
            return resolve_picture(value)
        if name == "href":
            return resolve_link(value)
        if name == "src":
            address = resolve_link(value)
            return address if address and address.startswith("https:") else None
        return value

    cleaner = nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_SILENCED,
        attributes=_ATTRIBUTES,
        attribute_filter=filter_attribute,
        set_tag_attribute_values={
            "img": {"referrerpolicy": "no-referrer"},
            "audio": {"controls": ""},
            "video": {"controls": ""},
        },
        url_schemes=_SCHEMES,
    )
    clean = strip_forbidden(cleaner.clean(html))
    if failures:
        raise failures[0]
    clean = _NO_PICTURE.sub("", clean)
    if "<a" in clean:
        clean = _NO_LINK.sub(r"\1", clean)
    if "<source" in clean:
        clean = _NO_SOURCE.sub("", clean)
    if "<audio" in clean or "<video" in clean:
        clean = _NO_MEDIA.sub("", clean)
    return clean.strip()


def full_content(clean: str, picture: Picture | None, fallback: str) -> str:
    """Put the header picture before a sanitised body, unless the body shows it.

    Args:
        clean: As `clean_html` answers it.
        picture: The header picture.
        fallback: What stands for a body that shows nothing.
    """
    if not _MEDIA.search(clean) and not _TAG.sub("", clean).strip():
        return fallback
    if picture is None or f' src="{write_value(picture.address)}"' in clean:
        return clean
    return picture_paragraph(picture) + clean


def _link_to_player(attributes: str, resolve_link: Resolve) -> str:
    """Answer a link to the player that a frame shows; "" when it shows something else."""
    source = _FRAME_SOURCE.search(attributes)
    address = resolve_link(unescape(source[1])) if source and _PLAYER.search(source[1]) else None
    return f'<a href="{write_value(address)}">{escape(address, quote=False)}</a>' if address else ""
