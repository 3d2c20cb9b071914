"""What one article says in a line or three: plain text for lists and readers.

Chooses; the rules about boilerplate live beside it, as does the cut.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from feeds.finish.cut import count_columns, cut_text
from feeds.finish.frames import STATED
from feeds.finish.maintext import is_prose
from feeds.finish.prose import fold_prose, match_key
from feeds.finish.verdicts import Judge, Verdict
from feeds.model import Block, BlockKind

_FEW = 24
"""Columns below which own paragraphs are too little to stand alone."""
_LAST = frozenset({"recurs"})
"""What serves when everything that a publisher writes is alike: weather warnings, price lists."""
_READY_MADE = 40
"""Columns from which an introduction is a summary by itself."""
_LABEL = 10
"""Columns below which a table's cell is a label."""
_LISTED = 2
"""How many times more text must stand in lists than elsewhere where there is no sentence, for the list to be all."""
_MOST_BLOCKS = 2000
_LADDER = (
    frozenset({"caption", "credited caption"}),
    frozenset({"list item"}),
    frozenset({"hint"}),
    frozenset({"links", "table cell", "contents"}),
    frozenset({"heading", "code"}),
    frozenset({"hidden"}),
)
"""What serves when an article has no text of its own, the better first."""


class Summary(Struct, frozen=True, kw_only=True):
    """A summary, and what it was made of."""

    text: str
    """Plain, on one line; "" when there is no text at all, or none that says more than the title."""
    origin: str
    """In words, for a person."""


def summarise(judge: Judge, description: str | None, *, width: int) -> Summary:
    """Say what an article says, in at most `width` columns of plain text on one line.

    What a person decided; else the stated description, when it is real text that is not stated again and again;
    else what stands before a `more` marker; else the article's own first sentences; else list items, captions,
    headings.
    """
    if judge.fix.summary is not None:
        return Summary(text=cut_text(fold_prose(judge.fix.summary), width), origin="a fix")
    stated = _stated(description, judge.title)
    if stated and STATED + match_key(description or "") not in judge.profile.repeated_texts:
        return Summary(text=cut_text(stated, width), origin="the front matter")
    before = _before_more(judge.body.blocks)
    for blocks, origin in ((before, "the body, before its more marker"), (judge.body.blocks, "the body")):
        if not blocks:
            continue
        told, is_second_best = _tell(judge, blocks, width)
        text = cut_text(told, width)
        if text:
            return Summary(text=text, origin=f"{origin}, for want of better" if is_second_best else origin)
    return Summary(text="", origin="nothing that says more than the title")


def _stated(description: str | None, title: str) -> str:
    if description is None:
        return ""
    from feeds.finish.stated import clean_description  # most articles state none

    return clean_description(description, title)


def _before_more(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Answer the blocks in front of the first `more` marker, from where a summary begins; `()` without one."""
    begin = 0
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.BEGIN:
            begin = index + 1
        elif block.kind is BlockKind.MORE:
            return blocks[begin:index]
    return ()


def _tell(judge: Judge, blocks: tuple[Block, ...], width: int) -> tuple[str, bool]:
    """Gather enough text for a summary of `width` columns, uncut; tell whether it is other than the article's own."""
    seen: list[Verdict] = []
    quoted: list[str] = []
    told: list[str] = []
    columns = 0
    for verdict in judge.verdicts(blocks[:_MOST_BLOCKS]):
        seen.append(verdict)
        if not verdict.is_own:
            continue
        if verdict.block.kind is BlockKind.QUOTE and not verdict.is_introduction:
            if not told:
                quoted.append(verdict.text)
            continue
        ready_made = verdict.text if verdict.is_introduction else _join(quoted)
        if count_columns(ready_made[:width]) >= _READY_MADE:
            return ready_made, False
        told.append(verdict.text)
        columns += count_columns(verdict.text[:width])
        if columns > width:
            break
    text = _join(told)
    if not judge.main.trails:
        items = _join(verdict.text for verdict in seen if verdict.reason == "list item")
        if len(items) > _LISTED * len(text):
            return items, True
    if columns > width or (columns >= _FEW and not text.endswith((":", "："))):
        return text, False
    for reasons in _LADDER if judge.main.trails else (*_LADDER, _LAST):
        wider = _join(v.text for v in seen if v.is_own or (v.reason in reasons and _serves(v)))
        if len(wider) > len(text):
            return wider, True
    return text, False


def _serves(verdict: Verdict) -> bool:
    """Tell whether a text may stand in: of furniture and tables only what is no label."""
    if verdict.reason == "hint":
        return is_prose(verdict.text)
    return verdict.reason != "table cell" or count_columns(verdict.text[:_LABEL]) >= _LABEL


def _join(texts: Iterable[str]) -> str:
    """Join blocks: with nothing behind a Chinese sentence end, with a blank elsewhere."""
    joined = ""
    for text in texts:
        if joined and text and joined[-1] not in "。！？；：，…”』」）":
            joined += " "
        joined += text
    return joined
