"""Which blocks of a body are the article's own text, and which a publisher puts around every text.

Pure: blocks and the title in, verdicts with a rule's name out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.finish.cut import split_sentences
from feeds.finish.rules import COUNTER, CREDIT, DATELINE, HINTS, LABEL, RULES
from feeds.model import Block, BlockKind, Body

_KINDS = {
    BlockKind.HEADING: "heading",
    BlockKind.CAPTION: "caption",
    BlockKind.LIST_ITEM: "list item",
    BlockKind.CODE: "code",
    BlockKind.TABLE_CELL: "table cell",
    BlockKind.BEGIN: "begin marker",
    BlockKind.MORE: "more marker",
}
_FLASH = re.compile(r"【(.{4,100}?)】\s?")
_SENTENCE = re.compile(r"[。！？；]|[^\W\d][.!?](?:\s|$)")
_READ = 4000
_LONGEST_RULE = max(rule.longest for rule in RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules make of one block."""

    block: Block
    text: str
    """What a summary may say of it, dateline and foreign sentences gone; "" when it says nothing."""
    reason: str
    """Name of the rule that took the block, or a part of it; "" when none did."""
    is_own: bool
    """Speaks for the article; otherwise its text serves only when nothing better is there."""
    is_introduction: bool
    """Labelled as an introduction or an abstract: a summary ready made."""


def judge_blocks(title: str, body: Body) -> tuple[Verdict, ...]:
    """Judge every block of a body, in order."""
    return tuple(iter_verdicts(title, body.blocks))


def iter_verdicts(title: str, blocks: Iterable[Block]) -> Iterator[Verdict]:
    """Judge blocks as `judge_blocks` does, no further than somebody asks."""
    title_key = _match_key(title)
    for block in blocks:
        text, reason, is_own = _judge(block, title_key)
        is_introduction = is_own and LABEL.match(block.text) is not None
        yield Verdict(block=block, text=text, reason=reason, is_own=is_own, is_introduction=is_introduction)


def repeats_title(text: str, title: str) -> bool:
    """Tell whether text says no more than the title: equal to it, or its beginning."""
    return _repeats(text, _match_key(title))


def _judge(block: Block, title_key: str) -> tuple[str, str, bool]:
    """Answer a block's text, the reason, and whether it speaks for the article."""
    text = block.text[:_READ]
    if block.kind in (BlockKind.BEGIN, BlockKind.MORE):
        return "", _KINDS[block.kind], False
    if _repeats(text, title_key):
        return "", "title", False
    rule = _find_rule(text)
    if rule and len(split_sentences(text)) <= 1:
        return "", rule, False
    if block.kind in _KINDS:
        return text, _KINDS[block.kind], False
    if HINTS.search(block.hints):
        return _own_sentences(text, title_key)[0], "hint", False
    if block.linked >= 0.6 and len(text) < 120:
        return text, "links", False
    if _is_contents(text):
        return text, "contents", False
    text, reason = _own_sentences(text, title_key)
    return text, reason, bool(text)


def _own_sentences(text: str, title_key: str) -> tuple[str, str]:
    """Keep of a paragraph the sentences that are the article's own, and name the last rule that took some."""
    reason = ""
    flash = _FLASH.match(text)
    if flash and _repeats(flash[1], title_key):
        text, reason = text[flash.end() :], "title"
    frame = DATELINE.match(text)
    if frame and frame.end() < len(text):
        text, reason = text[frame.end() :], "dateline"
    bare = CREDIT.sub("", text).strip()
    if len(bare) < len(text):
        reason = reason or "credit"
    label = LABEL.match(bare)
    if label and not _find_rule(bare):
        bare = bare[label.end() :]
    kept = []
    for sentence in split_sentences(bare):
        rule = "title" if _repeats(sentence, title_key) else _find_rule(sentence.rstrip())
        if rule:
            reason = rule
        else:
            kept.append(sentence)
    return "".join(kept).strip(), reason


def _find_rule(text: str) -> str | None:
    if len(text) > _LONGEST_RULE:
        return None
    for rule in RULES:
        if len(text) <= rule.longest and rule.pattern.match(text):
            return rule.name
    return None


def _match_key(text: str) -> str:
    """Reduce text to letters and digits, so that punctuation, width and case tell no two texts apart."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _repeats(text: str, title_key: str) -> bool:
    if not title_key or len(text) > 3 * len(title_key) + 20:
        return False
    key = _match_key(text)
    return key == title_key or (len(key) >= 8 and title_key.startswith(key))


def _is_contents(text: str) -> bool:
    """Tell whether text is a table of contents run together: many counted entries, no sentence."""
    start = text[:400]
    return len(COUNTER.findall(start)) >= 4 and not _SENTENCE.search(start)
