"""When two texts are one: what stays of a text when the names, numbers and dates in it vary.

A frame is a key. Whole texts and whole sentences are compared letter by letter, their digits included, because
a sentence whose numbers change says something each time (`沪指跌 0.06%`). Short texts that are no sentence are
compared without digits and dates, and by their first or last word alone: `责任编辑：李墨轩` and
`责任编辑：刘玄逸` share one frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from feeds.finish.cut import split_sentences
from feeds.finish.prose import match_key, match_keys

_LONGEST_LABEL = 60
"""Characters up to which a text may be a label with varying names."""
LONGEST_TEXT = 1200
"""Characters that are looked at; what differs only behind them is one."""
LONGEST_NOTICE = 120
"""Characters up to which a text may be a notice that differs in numbers alone."""
_MOST_NUMBERS = 2
"""Numbers of a sentence up to which they tell of the article and not of the world: `本条为您朗读，时长 2 分 48 秒。`"""
_FEWEST_ENDS = 12
"""Letters of a text from which its beginning and end may frame a varying name."""
_FEWEST = 4
"""Letters of a sentence or text below which equality says nothing."""
_SENTENCE = re.compile(r"[。！？；!?.](?:(?<!\.)|(?<=[^\W\d]\.)(?:\s|$))")
_NUMBER = re.compile(
    r"[\d〇零一二三四五六七八九十百千星周]"
    r"(?:(?<=\d)\d*|(?<=第[〇零一二三四五六七八九十百千])[〇零一二三四五六七八九十百千]*|(?<=星)期[一二三四五六日天]|(?<=周)[一二三四五六日])"
)
"""`42`; `第`, and of what follows `二十一`; `星期三`, `周三`: the first character of each is looked for first."""
_MONTH_OR_DAY = re.compile(
    r"(?=[adfjmnostw])(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember|day)?(?![a-z])",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile("[0-9第星周]")
_SEPARATOR = re.compile(r"\s*[：:｜|丨／/＝=]\s*|\s+[-–—·•]\s*|\s+")
_OPENERS = "“‘「『（(【《〈[\"'"
"""What may stand before the first letter of a text."""
_EDGE = "◎●■▲△▼▽◆◇□★☆※※→▶►*>#|·-–—_【】[]()（）〔〕<>《》「」\"'“”‘’,，.。 "

WHOLE, FRAME, FIRST, LAST, ENDS, STATED = "=", "#", "<", ">", "~", "!"
"""First characters of keys: a whole text or sentence; one without numbers; its first word; its last; its beginning and
end; a description."""


def frames_of(*texts: str) -> Iterator[str]:
    """Yield the keys of whole texts: any that recurs makes a text a repeated one."""
    texts = tuple(text[:LONGEST_TEXT] for text in texts)
    keys = match_keys(texts)
    yield from _keys_of_sentences(texts, keys)
    for key in keys:
        if _FEWEST_ENDS <= len(key) <= _LONGEST_LABEL:
            yield f"{ENDS}{key[: _end_of(key)]}|{key[-_end_of(key) :]}"
    for text in filter(is_label, texts):
        yield from _keys_of_label(text)


def _end_of(letters: str) -> int:
    """Answer how many letters at either end must be equal: more in scripts in which a letter says little."""
    return 10 if letters.isascii() else 4


def _keys_of_label(text: str) -> Iterator[str]:
    """Yield the keys of a short text without a sentence: with many numbers it is a date, not a market report."""
    if _HAS_NUMBER.search(text):
        bare, numbers = without_numbers(text)
        if numbers > _MOST_NUMBERS and len(match_key(bare)) > 1:
            yield FRAME + match_key(bare)
    words = _SEPARATOR.split(text.strip(_EDGE))
    if len(words) > 1:
        first, last = match_keys((words[0], words[-1]))
        if first and not first.isdigit():
            yield FIRST + first
        if last and not last.isdigit():
            yield LAST + last


def is_label(text: str) -> bool:
    """Tell whether a text is short, and no sentence."""
    return len(text) <= _LONGEST_LABEL and not _SENTENCE.search(text)


def sentence_frames(*texts: str) -> Iterator[str]:
    """Yield the keys of each sentence of those texts that hold several."""
    split = (split_sentences(text[:LONGEST_TEXT]) for text in texts)
    sentences = [sentence for one in split if len(one) > 1 for sentence in one]
    return _keys_of_sentences(sentences, match_keys(sentences))


def frames_of_sentence(sentence: str) -> Iterator[str]:
    """Yield the keys of one sentence of several."""
    return _keys_of_sentences((sentence,), (match_key(sentence),))


def is_repeated_sentence(sentence: str, repeated: frozenset[str]) -> bool:
    """Tell whether one sentence recurs."""
    return _may_begin(sentence, repeated) and any(key in repeated for key in frames_of_sentence(sentence))


def repeated_length(sentences: Iterable[str], repeated: frozenset[str]) -> int:
    """Count the characters of the sentences that recur."""
    beginnings = _beginnings(repeated)
    possible = [one for one in sentences if one[:1] in beginnings or not "\u4e00" <= one[:1] <= "\u9fff"]
    return sum(len(sentence) for sentence in possible if is_repeated_sentence(sentence, repeated))


def is_repeated_text(text: str, repeated: frozenset[str]) -> bool:
    """Tell whether a whole text recurs."""
    may_recur = _may_begin(text, repeated) or (len(text) <= _LONGEST_LABEL and LAST in _beginnings(repeated))
    return may_recur and not repeated.isdisjoint(frames_of(text))


def _may_begin(text: str, repeated: frozenset[str]) -> bool:
    """Tell whether some key that recurs begins as those of a text do, all but that of its last word.

    By the first letter alone, at next to no cost: true where that letter may be no part of a key, or is not known.
    """
    if not repeated:
        return False
    letters = text.lstrip(_OPENERS)[:2]
    first, second = letters[:1], letters[1:]
    if "\u4e00" <= first <= "\u9fff":
        return first in _beginnings(repeated)
    if second < "\u0300" and first.isascii() and first.isalpha():
        return first.lower() in _beginnings(repeated) or _HAS_NUMBER.search(text) is not None
    return True


@lru_cache(maxsize=64)
def _beginnings(repeated: frozenset[str]) -> frozenset[str]:
    """Answer with what keys begin: `LAST` for one of a last word, else its first letter; and with what a number may."""
    return frozenset(LAST if key[0] == LAST else key[1:2] for key in repeated) | frozenset("星周")


def _keys_of_sentences(sentences: Sequence[str], letters: Sequence[str]) -> Iterator[str]:
    """Yield the keys of sentences, of which the letters are given."""
    for key in letters:
        if len(key) >= _FEWEST:
            yield WHOLE + key
    notices = [without_numbers(one) for one in sentences if len(one) <= LONGEST_NOTICE and has_number(one)]
    for key in match_keys([bare for bare, numbers in notices if 0 < numbers <= _MOST_NUMBERS]):
        if len(key) > 1:
            yield FRAME + key


def has_number(text: str) -> bool:
    """Tell whether a text may hold a number that tells of the article alone."""
    return _HAS_NUMBER.search(text) is not None


def without_numbers(text: str) -> tuple[str, int]:
    """Take numbers and dates out of a text that `has_number`; answer it and how many numbers there were."""
    bare, numbers = _NUMBER.subn("", text)
    return _MONTH_OR_DAY.sub("", bare), numbers


def is_loose(key: str) -> bool:
    """Tell whether texts that share a key may differ: then many must share it before it says something."""
    return key[0] in (FRAME, FIRST, LAST, ENDS)
