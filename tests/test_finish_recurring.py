"""What recurs is found of beginnings as it would be found of whole keys."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Set

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.finish.cut import split_sentences
from feeds.finish.frames import STATED, frames_of, frames_of_sentence, is_loose
from feeds.finish.prose import _INERT_LETTERS, _INERT_MARKS, HEAD, match_heads, match_key
from feeds.finish.recurring import Shown, recurring_descriptions, recurring_frames

ODD = [
    "①",
    "㈱",
    "㎏",
    "２",
    "ﬁ",
    "e\u0301",
    "ｶﾞ",
    "가\u11a8",
    "ß",
    "İ",
    "ı",
    "ŉ",
    "\n",
    "\0",
    "\ud800",
    "ſ",
    "𠀀",
    "é",
    "́",
]
PARTS = [
    "船来了",
    "潮水退了又来",
    "责任编辑：",
    "李墨轩",
    "第二十一",
    "周三",
    "星期日",
    "3月",
    "2022",
    "7",
    " ",
    "。",
    "，",
    "！",
    "“",
    "”",
]
PARTS += ["The quay opens", " next May", "Mon", "spring.", "Read us at sea. ", "Ё"]
WRITING = st.lists(st.sampled_from(PARTS + ODD), min_size=1, max_size=9).map("".join)
TITLES = st.frozensets(st.sampled_from("ABCDEF"), min_size=1)
SHOWN = st.dictionaries(WRITING, TITLES, max_size=12)
BOTH = st.lists(WRITING, min_size=1, max_size=12).flatmap(
    lambda texts: st.tuples(*[st.dictionaries(st.sampled_from(texts), TITLES, max_size=12)] * 2)
)
"""Texts and sentences, some of them equal."""


def exactly(shown: Iterable[tuple[Shown, Callable[[str], Iterable[str]]]]) -> dict[str, Set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for texts, keys_of in shown:
        for text, titles in texts.items():
            for key in keys_of(text):
                found[key] |= titles
    return dict(found)


def enough_of(found: dict[str, Set[str]], enough: int, enough_loose: int) -> dict[str, Set[str]]:
    return {key: titles for key, titles in found.items() if len(titles) >= (enough_loose if is_loose(key) else enough)}


@pytest.mark.long
@given(BOTH, st.integers(1, 4), st.integers(1, 6))
@example(({"船来了又走了。": frozenset("ABCDEF")}, {"船来了又走了。": frozenset("AB")}), 5, 6)
@example(({"船来了２㈱，潮水退了": {"A"}, "船来了㈱潮水退了": {"B"}}, {}), 2, 2)
@example(({"第三章 港口": {"A"}, "第二十一章 港口": {"B"}, "第７章 港口": {"C"}}, {}), 3, 3)
@example(({"Am 3. Mai 2022 um 8 Uhr 40": {"A"}, "Am 14. Juni 2023 um 9 Uhr 15": {"B"}}, {}), 2, 2)
def test_what_enough_titles_have_is_found_with_all_of_them(
    both: tuple[Shown, Shown], enough: int, enough_loose: int
) -> None:
    texts, sentences = both
    found = recurring_frames(texts, sentences, enough=enough, enough_loose=enough_loose)
    expected = exactly([(texts, frames_of), (sentences, frames_of_sentence)])
    assert enough_of(dict(found), enough, enough_loose) == enough_of(expected, enough, enough_loose)
    assert all(titles <= expected[key] for key, titles in found.items())


@given(SHOWN, st.integers(1, 4))
def test_descriptions_that_enough_titles_have_are_found(descriptions: Shown, enough: int) -> None:
    found = recurring_descriptions(descriptions, enough=enough)
    expected = exactly([(descriptions, lambda text: [STATED + match_key(text)])])
    assert enough_of(dict(found), enough, enough) == enough_of(expected, enough, enough)


def test_what_is_said_once_has_no_keys() -> None:
    texts = {f"{word}一早离开了港口，没有人知道去了哪里。": {word} for word in ("渔船", "邮差", "检票员", "图书管理员")}
    sentences = {part: titles for text, titles in texts.items() for part in split_sentences(text)}
    assert recurring_frames(texts, sentences, enough=3, enough_loose=3) == {}


@given(st.lists(WRITING | st.text(max_size=40), max_size=5))
def test_heads_are_the_first_letters_of_keys(texts: list[str]) -> None:
    for text, head in zip(texts, match_heads(texts), strict=True):
        assert head in (None, match_key(text)[:HEAD])


@given(st.lists(WRITING | st.text(max_size=40), max_size=5))
def test_heads_of_what_is_read_backwards_are_the_last_letters_of_keys(texts: list[str]) -> None:
    for text, tail in zip(texts, match_heads([text[::-1] for text in texts]), strict=True):
        assert tail in (None, match_key(text)[::-1][:HEAD])


@pytest.mark.parametrize(
    "text", ["潮水退了，船来了。", "责任编辑：李墨轩", "The quay opens next spring.", "Ёлка és ö", "a" * 30]
)
def test_common_text_tells_its_first_letters(text: str) -> None:
    assert match_heads([text]) == [match_key(text)[:HEAD]]


def test_inert_characters_are_what_they_are_beside_any_other() -> None:
    inert = [
        character for character in map(chr, range(0x10000)) if re.match(f"[{_INERT_LETTERS}{_INERT_MARKS}]", character)
    ]
    for character in inert:
        composed = unicodedata.normalize("NFKC", character)
        letters = re.sub(r"[\W_]", "", character.casefold())
        assert re.sub(r"[\W_]", "", composed.casefold()) == letters
        assert re.fullmatch(f"[{_INERT_LETTERS}]*", letters)
        assert (letters != "") == (re.match(f"[{_INERT_LETTERS}]", character) is not None)
        for before in "aAかя가\u1100 ":
            assert unicodedata.normalize("NFKC", before + character) == unicodedata.normalize("NFKC", before) + composed
