from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.maintext import MainText, find_main_text, is_prose, words_of
from feeds.model import Block, BlockKind

STORY = (
    "<p>港口管理局周五宣布，新码头将于明年春天开放，届时可以停靠十二艘货轮。</p>"
    "<p>新码头的工程历时三年，港口管理局说，货轮的等待时间会缩短一半。</p>"
    "<p>渔民担心，货轮多了，渔船进出港口要绕更远的路。</p>"
)


def main_text(html: str, title: str = "新码头明年春天开放") -> MainText:
    return find_main_text(title, read_body("a.md", html, is_markdown=False).blocks)


def places(html: str) -> set[str]:
    return set(main_text(html).trails)


@pytest.mark.parametrize(
    "text",
    ["船来了。", "Ships came in.", "Who came?", "なぜか？", "“船来了。”", "She said: “No.”", "नाव आई।", "x" * 80],
)
def test_what_holds_a_sentence_is_prose(text: str) -> None:
    assert is_prose(text)


@pytest.mark.parametrize("text", ["", "责任编辑：王五", "March 3, 2021", "8.5", "Version 3.2", "港口的早晨"])
def test_what_holds_none_is_a_label(text: str) -> None:
    assert not is_prose(text)


def test_the_main_text_stands_where_most_of_the_prose_stands() -> None:
    assert places(f"<div class=motto><p>潮水退了。</p></div><div class=story>{STORY}</div>") == {"body div.story p"}


def test_a_second_place_with_a_third_of_the_mass_holds_main_text_too() -> None:
    html = f"<div class=a>{STORY}</div><div class=b>{STORY}</div><p>短。</p>"
    assert places(html) == {"body div.a p", "body div.b p"}


def test_links_comments_and_hidden_text_hold_none() -> None:
    html = f"<div class=comments>{STORY * 9}</div><p hidden>{'船来了。' * 90}</p>"
    html += f"<p class=x><a href=a>{'船来了。' * 9}</a></p>" + STORY
    assert places(html) == {"html body p"}


def test_a_name_that_speaks_against_a_place_yields_to_its_mass() -> None:
    assert places(f"<div class=editor>{STORY}</div><p>登录后阅读。</p>") == {"body div.editor p"}
    assert places(f"<div class=editor><p>船来了。</p></div>{STORY}") == {"html body p"}


def test_without_a_sentence_there_is_no_main_text() -> None:
    found = main_text("<p>港口</p><ul><li>船</li></ul>")
    assert found.trails == frozenset()
    assert found.likeness("新码头", is_inside=False) == 1.0


def test_a_quote_is_the_main_text_where_nothing_else_is() -> None:
    assert places(f"<blockquote>{STORY}</blockquote><p>摘要</p>") == {"body blockquote p"}


def test_verses_are_no_prose() -> None:
    verses = "<p>潮水退了。</p>" + "<p>爱逝去的爱讨不回来</p>" * 5
    assert not main_text(verses).is_prose
    assert main_text(STORY).is_prose


def test_likeness_tells_what_speaks_of_the_same_things() -> None:
    found = main_text(STORY)
    assert found.likeness("货轮在新码头等待", is_inside=False) > 0.4
    assert found.likeness("会员首月一元", is_inside=False) == 0.0
    assert found.likeness("", is_inside=False) == 0.0


def test_a_part_of_the_text_is_like_it_only_by_what_the_rest_says_too() -> None:
    found = main_text(STORY + "<p>猫在屋顶晒太阳。</p>")
    assert found.likeness("猫在屋顶晒太阳。", is_inside=False) == 1.0
    assert found.likeness("猫在屋顶晒太阳。", is_inside=True) == 0.0


def test_words_are_long_words_pairs_of_characters_and_stems() -> None:
    assert words_of("The harbours") == {"harbour"}
    assert words_of("harbour 港口船") == {"harbour", "港口", "口船"}
    assert words_of("항구에 배가") == {"항구", "배가"}
    assert words_of("because there") == frozenset()


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share(html: str, text: str) -> None:
    assert 0.0 <= main_text(f"<p>{html}</p>").likeness(text, is_inside=False) <= 1.0


TEXTS = st.lists(
    st.sampled_from(["港口", "口船", "船", "harbour ", "Harbours", "because", "항구", "에", "パリー",
     "\U00020000", "ab", " "]),
    max_size=8,
).map("".join)  # fmt: skip


@given(st.lists(TEXTS, max_size=4), TEXTS, TEXTS, st.booleans())
def test_a_text_speaks_of_its_words(texts: list[str], title: str, text: str, is_inside: bool) -> None:
    story = [one + "船来了。" for one in dict.fromkeys(texts)]
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=one, linked=0.0, hints="") for one in story]
    counts = Counter(word for one in story for word in words_of(one))
    counts.update(dict.fromkeys(words_of(title), 2))
    words = words_of(text)
    share = sum(counts[word] > is_inside for word in words) / len(words) if words else 0.0
    assert find_main_text(title, blocks).likeness(text, is_inside=is_inside) == share
    for enough in (0.1, 0.3, share, 1.0):
        assert (find_main_text(title, blocks).likeness(text, is_inside=is_inside, enough=enough) >= enough) is (
            share >= enough
        )


PLACED = st.builds(
    Block,
    kind=st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BARE, BlockKind.QUOTE, BlockKind.HEADING]),
    text=st.sampled_from(["新码头", "船来了。", "港口重开了。" * 9, "货轮多了。" * 40, "摘要", "潮" * 500]),
    linked=st.sampled_from([0.0, 0.0, 0.9]),
    hints=st.sampled_from(["", "", "", "editor", "comments"]),
    trail=st.sampled_from(["div.a p", "div.b p", "div.c p"]),
    is_hidden=st.sampled_from([False, False, True]),
)


@given(
    st.lists(PLACED, max_size=50),
    st.frozensets(st.sampled_from(["船来了。", "港口重开了。" * 9, "潮" * 500, "新码头"])),
)
def test_what_plainly_leads_is_what_weighing_all_finds(blocks: list[Block], foreign: frozenset[str]) -> None:
    found = MainText("新码头", blocks, foreign.__contains__)
    assert found.trails == found._heaviest_trails()


def test_no_more_is_asked_about_an_article_than_it_takes_to_tell_where_it_stands() -> None:
    asked: list[str] = []

    def is_foreign(text: str) -> bool:
        asked.append(text)
        return False

    blocks = [Block(kind=BlockKind.PARAGRAPH, text="潮水退了。" * 9, linked=0.0, hints="", trail="p") for _ in range(9)]
    assert find_main_text("新码头", blocks, is_foreign).trails == {"p"}
    assert len(asked) == 1
