from __future__ import annotations

import pytest

from feeds.errors import ProblemKind
from feeds.finish import FinishRules, make_entry
from feeds.finish.blocks import read_body
from feeds.finish.fixes import fix_of, holds, is_meant, unused_fix
from feeds.model import Entry, Fix, FixRule, Profile
from tests.articles import make_card

CARD = make_card(publisher="Harbour Ledger", chains=(("News", "Harbour Ledger", "Markets"),))
FIRST = "The boats lie on the mud until the tide comes in."
SECOND = "Fishermen mend their nets on the quay and talk about the price of eels."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p class=motto>Read us at sea. {FIRST}</p><img src='https://a.example/quay.jpg'>"


def entry(body: str = BODY, **fix: object) -> Entry:
    rules = FinishRules(
        summary_width=200,
        content="summary",
        placeholders=(),
        link_base=None,
        article_pages="missing",
        fixes=(FixRule(publisher="Harbour Ledger", fix=Fix(**fix)),),  # type: ignore[arg-type]
    )
    drop = fix_of(CARD, rules.fixes).drop_selector
    return make_entry(
        CARD,
        read_body(CARD.path, body, is_markdown=False, drop=drop),
        Profile(),
        rules,
        local_picture=lambda path: None,
        page_path="articles/a.html",
        page_url="https://feeds.example.com/articles/a.html",
    )[0]


@pytest.mark.parametrize(
    "rule",
    [
        FixRule(publisher="Harbour Ledger", fix=Fix()),
        FixRule(id=CARD.id, fix=Fix()),
        FixRule(category="Markets", fix=Fix()),
        FixRule(category="News", fix=Fix()),
        FixRule(category=("News", "Harbour Ledger"), fix=Fix()),
        FixRule(category=("News", "Harbour Ledger", "Markets"), publisher="Harbour Ledger", fix=Fix()),
    ],
)
def test_a_fix_is_meant_for_what_it_names(rule: FixRule) -> None:
    assert is_meant(CARD, rule)


@pytest.mark.parametrize(
    "rule",
    [
        FixRule(publisher="Harbour", fix=Fix()),
        FixRule(id=CARD.id + "x", fix=Fix()),
        FixRule(category="Market", fix=Fix()),
        FixRule(category=("Harbour Ledger",), fix=Fix()),
        FixRule(category="News", publisher="Other", fix=Fix()),
    ],
)
def test_a_fix_is_meant_for_nothing_else(rule: FixRule) -> None:
    assert not is_meant(CARD, rule)


def test_of_several_fixes_texts_are_joined_and_of_single_values_the_last_counts() -> None:
    rules = (
        FixRule(category="News", fix=Fix(drop_text=("a",), summary="one", picture="https://a.example/1.jpg")),
        FixRule(publisher="Other", fix=Fix(summary="of another")),
        FixRule(publisher="Harbour Ledger", fix=Fix(drop_text=("b",), summary="two")),
    )
    assert fix_of(CARD, rules) == Fix(drop_text=("a", "b"), summary="two", picture="https://a.example/1.jpg")


def test_dropped_text_is_no_part_of_a_summary() -> None:
    assert entry().summary.startswith(FIRST)
    assert entry(drop_text=("The boats lie on the mud", "Read us at sea")).summary == SECOND


def test_kept_text_is_told_whatever_the_rules_say() -> None:
    body = f"<p>责任编辑：王五</p><p>{FIRST}</p>"
    assert entry(body).summary == FIRST
    assert entry(body, keep_text=("责任编辑",)).summary == f"责任编辑：王五 {FIRST}"


def test_a_dropped_selector_is_no_part_of_the_body() -> None:
    assert entry(drop_selector=("p:first-child",)).summary.startswith(SECOND)
    assert entry(drop_selector=("img",)).picture is None


def test_a_stated_summary_and_picture_stand_as_they_are() -> None:
    fixed = entry(summary="What the tide <b>brings</b> & takes.", picture="https://a.example/图.jpg")
    assert fixed.summary == "What the tide <b>brings</b> & takes."
    assert fixed.picture is not None
    assert fixed.picture.address == "https://a.example/%E5%9B%BE.jpg"


def test_an_empty_summary_or_picture_is_none() -> None:
    fixed = entry(summary="", picture="")
    assert (fixed.summary, fixed.picture) == ("", None)


def test_a_text_holds_another_whatever_the_punctuation_and_width() -> None:
    assert holds("海量资讯、精准解读！", ("海量资讯，精准",))
    assert holds("ＡＰＰ下载", ("app 下载",))
    assert not holds("责任", ("责任编辑",))
    assert holds("船来了。", ("潮水退了。船来了。",))
    assert not holds("It is good.", ("Go. Nobody came.",))
    assert holds("Go.", ("Go. Nobody came.",))
    assert not holds("责任编辑", ("责任人",))
    assert not holds("……", ("责任人",))
    assert not holds("责任编辑", ("……",))


def test_a_fix_for_nobody_is_told() -> None:
    problem = unused_fix(2, FixRule(category=("A", "B"), publisher="X", fix=Fix()))
    assert problem.kind is ProblemKind.UNUSED_FIX
    assert str(problem).startswith(": [[fix]] number 2 of feeds.toml mends nothing: no article has publisher 'X' and")
