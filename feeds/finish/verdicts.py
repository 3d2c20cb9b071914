"""Which blocks of a body are the article's own text, and which a publisher puts around every text.

Pure: the body, the title, the publisher's profile and a person's fix in, verdicts with a rule's name out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from feeds.finish import rules
from feeds.finish.cut import count_columns, split_sentences
from feeds.finish.fixes import holds
from feeds.finish.frames import is_repeated_sentence, is_repeated_text, repeated_length
from feeds.finish.maintext import MOST_BLOCKS, MainText, find_main_text, is_prose, words_of
from feeds.finish.prose import match_key
from feeds.model import Block, BlockKind, Body, Fix, Profile

_KINDS = {
    BlockKind.HEADING: "heading",
    BlockKind.CAPTION: "caption",
    BlockKind.LIST_ITEM: "list item",
    BlockKind.CODE: "code",
    BlockKind.TABLE_CELL: "table cell",
    BlockKind.BEGIN: "begin marker",
    BlockKind.MORE: "more marker",
}
_KEPT = "kept by a fix"
_FLASH = re.compile(r"【(.{4,100}?)】\s?")
_SENTENCE = re.compile(r"[。！？；.!?](?:(?<=[。！？；])|(?<=[^\W\d][.!?])(?:\s|$))")
_BULLET = re.compile(r"[●■◆▪•◎○□◇※☆★]\s?(?:[^。！？：:]{2,16}[：:]\s?)?")
_CAPTION_MARK = re.compile(r"[▲△▼↑↓]")
_CAPTIONS = frozenset({"caption", "credited caption"})
_SURE_RULES = frozenset({*rules.WHOLE_RULES, *_CAPTIONS, "date", "salutation", "series"})
"""Rules that hold even where the article speaks of the same things."""
_MOST_FRAMES = 2
_STANDFIRST = 100
"""Columns from which a heading is an introduction."""
_APART = 80
"""Columns below which a text may be a motto."""
_FEWEST_WORDS = 4
"""Words of a motto at least: with fewer it may have none in common with the text by chance."""
_MOST_APART, _FEWEST_BEHIND = 2, 3
"""Mottoes at most, and blocks of the article's own text that must stand behind one."""
_READ = 4000
_LONGEST_LABEL = 80
"""Characters up to which a text without a sentence is a label rather than text."""
_ALIKE, _ALIKE_AMONG, _ALIKE_LEAD = 0.25, 0.1, 0.03
"""Share of words that a text beside the main one must have in common with it: anything, what stands among its
paragraphs, and what is marked as a lead."""
_ANNOUNCEMENT = 24
"""Columns from which a text that ends in a colon is a sentence."""
_FULL = 100
"""Columns from which such a text is no caption."""
_ABOUT_IT = 0.35
"""Share of words from which a sentence speaks of what the article is about, though it sounds like a habit."""
_ABOUT_LETTERS = 20
"""Characters of such a sentence at least."""


class Verdict(Struct, frozen=True, kw_only=True):
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


class Judge:
    """Judges the blocks of one article."""

    def __init__(self, title: str, body: Body, profile: Profile = Profile(), fix: Fix = Fix()) -> None:  # noqa: B008
        """Take what is known of the article and its publisher, and find the mass of its text."""
        self.title = title
        self.body = body
        self.profile = profile
        self.fix = fix
        self._title_key = match_key(title)
        self._judged: dict[int, tuple[str, str, bool]] = {}  # by what `id` answers, as blocks are slow to compare
        self._verdicts: dict[int, Verdict] = {}
        self._recurring: dict[str, bool] = {}
        self._sentences: dict[str, list[str]] = {}

    def verdicts(self, blocks: Iterable[Block]) -> Iterator[Verdict]:
        """Judge blocks of the body, no further than somebody asks, and each once."""
        for block in blocks:
            verdict = self._verdicts.get(id(block))
            if verdict is None:
                text, reason, is_own = self._judge(block)
                if is_own and reason != _KEPT and self._apart and block in self._apart:
                    reason, is_own = "apart", False
                is_introduction = is_own and rules.LABEL.match(block.text) is not None
                verdict = self._verdicts[id(block)] = Verdict(
                    block=block, text=text, reason=reason, is_own=is_own, is_introduction=is_introduction
                )
            yield verdict

    @cached_property
    def main(self) -> MainText:
        """Where the mass of the text stands, leaving out what recurs."""
        return find_main_text(self.title, self.body.blocks, self._recurs)

    @cached_property
    def _under_pictures(self) -> frozenset[Block]:
        blocks = self.body.blocks
        return frozenset(blocks[picture.place] for picture in self.body.pictures if picture.place < len(blocks))

    @cached_property
    def _apart(self) -> frozenset[Block]:
        """Short texts at the beginning of the main text that have no word in common with it: a motto, a notice."""
        apart: list[Block] = []
        behind = 0
        for block in self.body.blocks[:MOST_BLOCKS]:
            text, _, is_own = self._judge(block) if self.main.holds(block) else ("", "", False)
            if not is_own:
                continue
            if not behind and len(apart) < _MOST_APART and self._is_apart(text):
                apart.append(block)
            elif not apart or (behind := behind + 1) >= _FEWEST_BEHIND:
                break
        return frozenset(apart if behind >= _FEWEST_BEHIND else ())

    def _is_apart(self, text: str) -> bool:
        is_short = count_columns(text[:_APART]) < _APART and not text.endswith((":", "："))
        return is_short and len(words_of(text)) >= _FEWEST_WORDS and not self.main.likeness(text, is_inside=True)

    def _recurs(self, text: str) -> bool:
        """Tell whether a whole text recurs in the publisher's articles, or at least half of it by its sentences."""
        repeated = self.profile.repeated_texts
        if not repeated:
            return False
        text = text[:_READ]
        if text not in self._recurring:
            self._recurring[text] = is_repeated_text(text, repeated) or (
                repeated_length(self._split(text), repeated) * 2 >= len(text)
            )
        return self._recurring[text]

    def _split(self, text: str) -> list[str]:
        """Split a text into sentences, once."""
        sentences = self._sentences.get(text)
        if sentences is None:
            sentences = self._sentences[text] = split_sentences(text)
        return sentences

    def _judge(self, block: Block) -> tuple[str, str, bool]:
        """Answer a block's text, the reason, and whether it speaks for the article; worked out once."""
        judged = self._judged.get(id(block))
        if judged is None:
            judged = self._judged[id(block)] = self._judge_anew(block)
        return judged

    def _judge_anew(self, block: Block) -> tuple[str, str, bool]:
        text = block.text[:_READ]
        if block.kind in (BlockKind.BEGIN, BlockKind.MORE):
            return "", _KINDS[block.kind], False
        if self.fix.keep_text and any(holds(sentence, self.fix.keep_text) for sentence in self._split(text)):
            return self._own_sentences(text)[0], _KEPT, True
        if self.fix.drop_text and all(holds(sentence, self.fix.drop_text) for sentence in self._split(text)):
            return "", "dropped by a fix", False
        if block.is_hidden:
            return text, "hidden", False
        if _repeats(text, self._title_key):
            return "", "title", False
        is_inside = self.main.holds(block)
        several = len(self._split(text)) > 1
        rule = rules.find_whole_rule(text) if several else self._find_rule(text, is_inside=is_inside)
        if rule:
            return self._own_sentences(text, is_caption=True)[0] if rule in _CAPTIONS else "", rule, False
        if self._recurs(text):
            return text, "recurs", False
        if rules.is_hinted(block.hints) and not is_inside:
            return self._own_sentences(text)[0], "hint", False
        if block.kind is BlockKind.CAPTION:
            return self._own_sentences(text, is_caption=True)[0], "caption", False
        if block.kind in _KINDS and not self._is_standfirst(block, text):
            return text, _KINDS[block.kind], False
        if block.linked >= 0.6 and len(text) < 120:
            return text, "links", False
        if _is_contents(text):
            return text, "contents", False
        place = self._misplaced(block, text)
        text, reason = self._own_sentences(text, is_inside=is_inside)
        return text, place or reason, bool(text) and not place

    def _is_standfirst(self, block: Block, text: str) -> bool:
        """Tell whether a heading is a text that introduces the article rather than a title."""
        is_long = rules.is_lead(block.hints) or count_columns(text[:_STANDFIRST]) >= _STANDFIRST
        return block.kind is BlockKind.HEADING and is_long and is_prose(text) and self._is_like(text, _ALIKE_LEAD)

    def _misplaced(self, block: Block, text: str) -> str:
        """Name what a block is that stands beside the main text, or is none; "" for the main text."""
        if not self.main.trails:
            return ""
        if self.main.holds(block):
            is_label = len(text) < _LONGEST_LABEL and not (is_prose(text) or _announces(text))
            return "label" if is_label and self.main.is_prose else ""
        may_lead = (
            block.kind in (BlockKind.QUOTE, BlockKind.HEADING) or rules.LABEL.match(text) or rules.is_lead(block.hints)
        )
        if may_lead and is_prose(text) and self._is_like(text, _ALIKE_LEAD):
            return ""
        if _CAPTION_MARK.match(text):
            return "caption"
        if block in self._under_pictures:
            return "beside a picture"
        if count_columns(text[:_FULL]) < _FULL:
            return "beside the text"
        is_like = self._is_like(text, _ALIKE_AMONG if self.main.stands_by(block) else _ALIKE)
        return "" if is_like else "beside the text"

    def _is_like(self, text: str, share: float, *, is_inside: bool = False) -> bool:
        return self.main.likeness(text, is_inside=is_inside, enough=share) >= share

    def _own_sentences(self, text: str, *, is_inside: bool = False, is_caption: bool = False) -> tuple[str, str]:
        """Keep of a paragraph the sentences that are the article's own, and name the last rule that took some."""
        reason = ""
        flash = _FLASH.match(text)
        if flash and _repeats(flash[1], self._title_key):
            text, reason = text[flash.end() :], "title"
        for _ in range(_MOST_FRAMES):
            end = rules.end_of_dateline(text) or rules.end_of_dateline(rules.simplified(text))
            if not end or end >= len(text):
                break
            text, reason = text[end:], "dateline"
        bare = rules.CREDIT.sub("", text).strip()
        if len(bare) < len(text):
            reason = reason or "credit"
        bullet = _BULLET.match(bare)
        bare = bare[bullet.end() :] if bullet and bullet.end() < len(bare) else bare
        bare = _CAPTION_MARK.sub("", bare, count=1).lstrip() if _CAPTION_MARK.match(bare) else bare
        label = rules.LABEL.match(rules.simplified(bare))
        if label and not self._find_rule(bare, is_inside=is_inside):
            bare = bare[label.end() :]
        kept = []
        for sentence in self._split(bare):
            rule = self._foreign(sentence, is_inside=is_inside)
            if rule and not (is_caption and rule in _CAPTIONS):
                reason = rule
            else:
                kept.append(sentence)
        return "".join(kept).strip(), reason

    def _foreign(self, sentence: str, *, is_inside: bool) -> str | None:
        """Name the rule by which a sentence is not the article's own."""
        if self.fix.keep_text and holds(sentence, self.fix.keep_text):
            return None
        if self.fix.drop_text and holds(sentence, self.fix.drop_text):
            return "dropped by a fix"
        if _repeats(sentence, self._title_key):
            return "title"
        if is_repeated_sentence(sentence, self.profile.repeated_texts):
            return "recurs"
        return self._find_rule(sentence.rstrip(), is_inside=is_inside)

    def _find_rule(self, text: str, *, is_inside: bool) -> str | None:
        """Name the habit that a text is, unless the article is about just that."""
        name = rules.find_rule(text)
        if name is None or name in _SURE_RULES or not is_inside or len(text) < _ABOUT_LETTERS or not is_prose(text):
            return name
        return None if self._is_like(text, _ABOUT_IT, is_inside=True) else name


def repeats_title(text: str, title: str) -> bool:
    """Tell whether text says no more than the title: equal to it, or its beginning."""
    return _repeats(text, match_key(title))


def _repeats(text: str, title_key: str) -> bool:
    if not title_key or len(text) > 3 * len(title_key) + 20:
        return False
    key = match_key(text)
    if key == title_key or (len(key) >= 8 and title_key.startswith(key)):
        return True
    return _is_framed_title(key, title_key) and not is_prose(text)


def _is_framed_title(key: str, title_key: str) -> bool:
    """Tell whether a text is a title with a few letters around it: an office, a date, the word "notice"."""
    return len(title_key) >= 8 and title_key in key and len(key) <= len(title_key) * 1.6


def _announces(text: str) -> bool:
    """Tell whether a text says what follows it, a list or an example, rather than whom it is from."""
    return text.endswith((":", "：")) and count_columns(text) >= _ANNOUNCEMENT


def _is_contents(text: str) -> bool:
    """Tell whether text is a table of contents run together: many counted entries, no sentence."""
    start = text[:400]
    return not _SENTENCE.search(start) and len(rules.COUNTER.findall(start)) >= 4
