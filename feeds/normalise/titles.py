"""A title, name or other front-matter text as plain text on one line."""

from __future__ import annotations

import html
import re

from feeds.text import fold

_INLINE_PAIR = re.compile(
    r"<(b|i|em|strong|span|a|font|sup|sub|small|big|mark|u|s|code|p|h[1-6])\b[^<>]*>(.*?)</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def plain_title(text: str) -> str:
    """Free a text of markup around words and of character references; what else looks like markup is text.

    Example: `"<b>Vue</b> 的 &#123;&#123; a &lt; b &#125;&#125;"` becomes `"Vue 的 {{ a < b }}"`; `"The <div> element"` stays.
    """
    if "<" in text:
        text = _BREAK.sub(" ", text)
        for _ in range(3):
            text = _INLINE_PAIR.sub(r"\2", text)
    if "&" in text:
        text = html.unescape(text)
    return fold(text)
