"""What one article says in a line or three: plain text for lists and readers.

Chooses; the rules about boilerplate live beside it, as does the cut.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from feeds.finish.cut import count_columns, cut_text
from feeds.finish.prose import fold_prose
from feeds.finish.verdicts import Verdict, iter_verdicts, repeats_title
from feeds.model import Block, BlockKind, Body

_TAG = re.compile(
    r"<!--.*?-->|</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|li|"
    r"mark|ol|p|pre|s|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul|video)\b[^<>]*/?>",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS = re.compile(r"<(?:br|p|div|li|h[1-6]|td|tr|/p|/div|/li|/h[1-6])\b", re.IGNORECASE)
_NO_TEXT = frozenset({"undefined", "null", "none", "nil", "nan", "true", "false", "todo", "tbd", "[object object]"})
_FEW = 24
"""Columns below which own paragraphs are too little to stand alone."""
_READY_MADE = 40
"""Columns from which an introduction is a summary by itself."""
_MOST_BLOCKS = 2000
_LADDER = (
    frozenset({"hint"}),
    frozenset({"list item", "links"}),
    frozenset({"caption", "table cell", "contents"}),
    frozenset({"heading", "code"}),
)
"""What serves when an article has no text of its own, the better first."""


def summarise(card_title: str, description: str | None, body: Body, *, width: int) -> str:
    """Say what an article says, in at most `width` columns of plain text on one line.

    The stated description, when it is real text; else what stands before a `more` marker; else the
    article's own first sentences; else list items, captions, headings.

    Returns:
        "" when there is no text at all, or none that says more than the title.
    """
    stated = _clean_description(description, card_title)
    if stated:
        return cut_text(stated, width)
    before = _before_more(body.blocks)
    for blocks in (before, body.blocks) if before else (body.blocks,):
        text = cut_text(_tell(card_title, blocks, width), width)
        if text:
            return text
    return ""


def _clean_description(description: str | None, title: str) -> str:
    """Free a stated description of markup; "" when it is no text, or only the title."""
    if description is None:
        return ""
    text = description
    for _ in range(2):
        if "<" in text:
            text = _TAG.sub("", _BREAKS.sub(r" \g<0>", text))
        if "&" in text:
            text = html.unescape(text)
    text = fold_prose(text)
    if text.lower() in _NO_TEXT or not any(map(str.isalnum, text)) or repeats_title(text, title):
        return ""
    return text


def _before_more(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Answer the blocks in front of the first `more` marker, from where a summary begins; `()` without one."""
    begin = 0
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.BEGIN:
            begin = index + 1
        elif block.kind is BlockKind.MORE:
            return blocks[begin:index]
    return ()


def _tell(title: str, blocks: tuple[Block, ...], width: int) -> str:
    """Gather enough text of the article for a summary of `width` columns, uncut."""
    seen: list[Verdict] = []
    quoted: list[str] = []
    told: list[str] = []
    columns = 0
    for verdict in iter_verdicts(title, blocks[:_MOST_BLOCKS]):
        seen.append(verdict)
        if not verdict.is_own:
            continue
        if verdict.block.kind is BlockKind.QUOTE:
            if not told:
                quoted.append(verdict.text)
            continue
        ready_made = verdict.text if verdict.is_introduction else _join(quoted)
        if count_columns(ready_made[:width]) >= _READY_MADE:
            return ready_made
        told.append(verdict.text)
        columns += count_columns(verdict.text[:width])
        if columns > width:
            break
    text = _join(told)
    if columns >= _FEW and not text.endswith((":", "：")):
        return text
    for reasons in _LADDER:
        wider = _join(v.text for v in seen if v.is_own or v.reason in reasons)
        if len(wider) > len(text):
            return wider
    return text


def _join(texts: Iterable[str]) -> str:
    """Join blocks: with nothing behind a Chinese sentence end, with a blank elsewhere."""
    joined = ""
    for text in texts:
        if joined and text and joined[-1] not in "。！？；：，…”』」）":
            joined += " "
        joined += text
    return joined
