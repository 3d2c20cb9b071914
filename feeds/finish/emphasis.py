"""Emphasis in texts without blanks between words: what CommonMark leaves as stars there.

`很**“好”**。` shows its stars in CommonMark, since a mark between a letter and a quotation mark neither begins nor ends
anything (section 6.2). Chinese and Japanese put no blank there, and what is meant is plain.
"""

from __future__ import annotations

import re
import unicodedata

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee]"
)
_SUPPLEMENTARY = range(0x1F200, 0x1F300), range(0x20000, 0x40000)


def read_emphasis(state: StateInline, silent: bool) -> bool:
    """Read stars beside a letter or a mark of Chinese, Japanese or Korean; others the renderer's own rule reads."""
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    if not (_is_east_asian(before) or _is_east_asian(after)):
        return False
    opens = not after.isspace() and (
        not _is_mark(after) or before.isspace() or _is_mark(before) or _is_east_asian(before)
    )
    closes = not before.isspace() and (
        not _is_mark(before) or after.isspace() or _is_mark(after) or _is_east_asian(after)
    )
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"), length=end - start, token=len(state.tokens) - 1, end=-1, open=opens, close=closes
            )
        )
    state.pos = end
    return True


def _is_east_asian(character: str) -> bool:
    return _EAST_ASIAN.match(character) is not None or any(ord(character) in block for block in _SUPPLEMENTARY)


def _is_mark(character: str) -> bool:
    """Tell a punctuation mark or symbol; those of East Asia count as letters."""
    return unicodedata.category(character)[0] in "PS" and not _is_east_asian(character)
