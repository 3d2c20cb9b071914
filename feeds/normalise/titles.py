"""A title, name or other front-matter text as plain text on one line."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

from feeds.text import fold

_INLINE_PAIR = re.compile(
    r"<(b|i|em|strong|span|a|font|sup|sub|small|big|mark|u|s|del|ins|kbd|code|p|h[1-6])\b[^<>]*>(.{0,1000}?)</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]*));")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def plain_title(text: str) -> str:
    """Free a text of markup around words and of character references; what else looks like markup is text.

    Example: `"<b>Vue</b> 的 &#123;&#123; a &lt; b &#125;&#125;"` becomes `"Vue 的 {{ a < b }}"`, and
    `"The <div> element"` stays.
    """
    if "<" in text:
        text = _BREAK.sub(" ", text)
        for _ in range(3):
            text = _INLINE_PAIR.sub(r"\2", text)
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return fold(text)


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Free a name of markup: `plain_title` for what thousands of articles have in common."""
    return plain_title(text)


def _character(reference: re.Match[str]) -> str:
    """Read a whole reference only: an address's `&copy=2` is none (HTML 13.2.5.73 has the same exception)."""
    known = reference[1] is None or f"{reference[1]};" in html5
    return html.unescape(reference[0]) if known else reference[0]
