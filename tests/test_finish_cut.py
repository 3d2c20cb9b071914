from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from feeds.finish.cut import count_columns, cut_text, split_sentences

WRITING = st.lists(
    st.sampled_from(
        [*"港口潮水船あカ한글abcXYZ0189 ,.;:!?，。、；：！？…“”（）「」《》\"'()-—&", "👩\u200d🔧", "🇨🇳", "é",
         "e\u0301", "葛\U000e0101", "か\u3099", "กำ", "क्षि", "8.5", "U.S.", "e.g. ", "&amp;", "……", "ﷺ", " \u0301"]
    ),
    max_size=120,
).map("".join)  # fmt: skip
WIDTHS = st.integers(-2, 80)


def test_text_that_fits_stays_as_it_is() -> None:
    assert cut_text("潮水退了，船还在", 16) == "潮水退了，船还在"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("潮水退了。船还在泥里。人们等着下一次涨潮。", 30, "潮水退了。船还在泥里。"),
        (
            "The tide is out. The boats lie in the mud. People wait.",
            44,
            "The tide is out. The boats lie in the mud.",
        ),
        ("他说：“潮水退了。”于是大家都回家了，没有人再等。", 30, "他说：“潮水退了。”"),
        ("（潮水退了。）于是大家都回家了，没有人再等。", 24, "（潮水退了。）"),
        ("潮水退了！！船呢？人们等着下一次涨潮的到来。", 20, "潮水退了！！船呢？"),
        ('He said "It is out." Then they all went home again.', 30, 'He said "It is out."'),
        ("Really?! Yes, the tide is out now for good.", 20, "Really?!"),
        ("潮水退了；船还在泥里，人们等着下一次涨潮。", 20, "潮水退了；"),
        ("潮水退了……船还在泥里，人们等着下一次涨潮。", 24, "潮水退了……船还在泥里…"),
    ],
)
def test_the_cut_comes_at_the_last_sentence_end_that_fits(text: str, width: int, expected: str) -> None:
    assert cut_text(text, width) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The port is 8.5 metres deep and it was dredged once more.",
        "The U.S. Navy came to the port and stayed for the winter.",
        "Ports, e.g. Rotterdam, are deep; others are not as deep as.",
        "Version v1.2.3 of the chart shows the port as it was then.",
        "Mr. Smith and Dr. Jones met in the port that very evening.",
        "J. R. Smith came to the port that evening and he stayed on.",
        "See www.example.com for the times of the tide in the port.",
        "On Jan. 5 the port was closed and it stayed so for a month.",
        "1. First the boats, then the people who had waited for them.",
    ],
)
def test_a_full_stop_inside_a_number_or_short_form_ends_nothing(text: str) -> None:
    assert len(split_sentences(text)) == 1
    assert cut_text(text, 30).endswith("…")


def test_a_chinese_sentence_may_end_with_a_plain_full_stop() -> None:
    assert split_sentences("潮水退了.船还在.") == ["潮水退了.", "船还在."]


def test_a_sentence_end_inside_a_title_or_quote_is_not_preferred() -> None:
    assert cut_text("潮水今天又退了一次。他说：“都走吧。不要再等了，明天再来看看。”", 44) == "潮水今天又退了一次。"
    assert split_sentences("《潮水！》是一本书。") == ["《潮水！》是一本书。"]


def test_an_early_sentence_alone_is_too_little() -> None:
    text = "快讯。港口管理局今天宣布，新码头将于明年春天开放，届时可以停靠更大的船只。"
    assert cut_text(text, 60) == "快讯。港口管理局今天宣布，新码头将于明年春天开放…"


def test_without_a_sentence_end_the_last_clause_is_kept() -> None:
    assert cut_text("港口管理局今天宣布，新码头将于明年春天开放，届时可以停靠更大的船只", 50) == (
        "港口管理局今天宣布，新码头将于明年春天开放…"
    )
    assert cut_text("The port authority said today, in a note, that the quay would open", 48) == (
        "The port authority said today, in a note…"
    )


def test_without_a_late_clause_whole_words_are_kept() -> None:
    assert cut_text("The port authority announced the opening of its quay", 30) == "The port authority announced…"
    assert cut_text("港口管理局今天宣布新码头将于明年春天开放", 20) == "港口管理局今天宣布…"
    assert cut_text("港口OpenHarbour系统", 10) == "港口…"


def test_a_single_word_too_long_is_cut_between_graphemes() -> None:
    assert cut_text("a" * 50, 10) == "a" * 9 + "…"


def test_what_opens_is_not_left_at_the_end() -> None:
    assert cut_text("港口管理局今天宣布“新码头", 20) == "港口管理局今天宣布…"


@pytest.mark.parametrize(("width", "expected"), [(1, "…"), (0, ""), (-5, "")])
def test_the_narrowest_widths_have_an_answer(width: int, expected: str) -> None:
    assert cut_text("潮水", width) == expected


def test_an_entity_is_never_cut() -> None:
    assert cut_text("ships&nbsp;boats", 8) == "ships…"
    assert cut_text("ships and&nbsp; boats on", 16) == "ships and&nbsp;…"
    assert cut_text("ships and&nbsp; boats on", 17) == "ships and…"


@given(WRITING, WIDTHS)
def test_a_cut_never_exceeds_its_width(text: str, width: int) -> None:
    cut = cut_text(text, width)
    assert count_columns(cut) <= max(0, width)
    assert wcswidth(cut) <= max(0, width)


@given(WRITING, WIDTHS)
def test_a_cut_is_a_beginning_of_whole_graphemes(text: str, width: int) -> None:
    cut = cut_text(text, width)
    if cut == text:
        return
    beginning = cut.removesuffix("…") if not text.startswith(cut) else cut
    graphemes = list(iter_graphemes(beginning))
    assert text.startswith(beginning)
    assert graphemes == list(iter_graphemes(text))[: len(graphemes)]


@given(WRITING)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


@given(st.text(), WIDTHS)
def test_any_text_can_be_cut(text: str, width: int) -> None:
    assert len(cut_text(text, width)) <= max(len(text), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Die Ausstellung öffnet am 22. November auf dem Schloss.",
        "Vom 9. bis 23. Mai ist der Kai gesperrt.",
        "Er kam am 3. Hafen an.",
        "Die Feier ist 12. Dezember um acht.",
    ],
)
def test_an_ordinal_ends_no_sentence(text: str) -> None:
    assert split_sentences(text) == [text]


def test_a_number_at_the_end_of_a_sentence_ends_it() -> None:
    assert len(split_sentences("The quay has room for 12. Ships wait outside.")) == 2


@given(WRITING | st.text())
def test_columns_are_those_of_the_graphemes(text: str) -> None:
    assert count_columns(text) == sum(max(0, wcswidth(grapheme)) for grapheme in iter_graphemes(text))


@given(st.text(alphabet="港。！？；，”）》】」 aB1.;:“（-ー、"))
def test_plain_text_is_split_as_any_text_is(text: str) -> None:
    *sentences, last = split_sentences(text + "字\u0301")
    assert split_sentences(text) == [*sentences, *([last.removesuffix("字\u0301")] if last != "字\u0301" else [])]
