"""The description that an article states: what of it is text."""

from __future__ import annotations

import html
import re

from feeds.finish.markup import has_tags, replace_tags
from feeds.finish.prose import fold_prose
from feeds.finish.verdicts import repeats_title

_TAG = re.compile(
    r"<!--(?:(?!<!--).)*?-->|</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|"
    r"mark|ol|p|pre|s|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul|video)\b[^<>]*/?>",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_MARKDOWN = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,2000}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|\[(?P<link>[^\[\]\n]{1,300})\]\((?=[^()\s]*[/.#])[^()\s]{1,2000}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|(?<![\w*])(?P<stars>\*{1,2})(?P<strong>[^\s*](?:[^*\n]{0,300}[^\s*])?)(?P=stars)(?![\w*])"
    r"|(?<!`)`(?P<code>[^`\n]{1,300})`(?!`)"
)
"""What authors write in a description of one line: pictures, links, emphasis, code."""
_BREAKS = re.compile(r"<(?:br|p|div|li|h[1-6]|td|tr|/p|/div|/li|/h[1-6])\b", re.IGNORECASE)
_NO_TEXT = frozenset({"undefined", "null", "none", "nil", "nan", "true", "false", "todo", "tbd", "[object object]"})
_LONGEST = 10_000
"""Characters of a stated description that are looked at."""


def clean_description(description: str, title: str) -> str:
    """Free a stated description of markup; "" when it is no text, or only the title."""
    text = description[:_LONGEST]
    if has_tags(text):
        text = replace_tags(text, is_markdown=False)
    for _ in range(2):
        if "<" in text:
            text = _TAG.sub("", _BREAKS.sub(r" \g<0>", text))
        if "&" in text:
            text = html.unescape(text)
    text = fold_prose(_MARKDOWN.sub(lambda mark: mark["link"] or mark["strong"] or mark["code"] or "", text))
    if text.lower() in _NO_TEXT or not _WORD.search(text) or repeats_title(text, title):
        return ""
    return text
