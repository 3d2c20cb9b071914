from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.text import fold, has_forbidden, invisible, strip_forbidden

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("　　多部门\n 联合\u200b发力 ", "多部门 联合发力"),
        ("a\u00a0b\tc\r\nd\u2028e\x85f", "a b c d e f"),
        ("e\u0301", "é"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\ufefftitle\x00\x08", "title"),
        ("\ud800", ""),
        ("\u202eright to left\u202c", "right to left"),
    ],
)
def test_folded_text_is_one_line_without_invisible_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_folded_text_is_composed_and_has_no_blank_but_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert unicodedata.is_normalized("NFC", folded)


@given(ANY_TEXT)
def test_what_is_left_any_xml_may_hold(text: str) -> None:
    element = etree.Element("title")
    element.text = strip_forbidden(text)
    assert etree.fromstring(etree.tostring(element)).text == (element.text or None)


@given(ANY_TEXT)
def test_text_is_forbidden_exactly_where_stripping_changes_it(text: str) -> None:
    assert has_forbidden(text) == (strip_forbidden(text) != text)


def test_each_character_is_forbidden_or_stays() -> None:
    characters = [*map(chr, range(0x10000)), "\U00010000", "\U0010ffff"]
    assert [one for one in characters if strip_forbidden(one) != ("" if has_forbidden(one) else one)] == []


def test_what_is_printable_needs_no_look_at_each_character() -> None:
    text = "".join(filter(str.isprintable, map(chr, range(0x110000))))
    assert strip_forbidden(invisible().sub("", text)) == text
