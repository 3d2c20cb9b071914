from __future__ import annotations

import pytest
from msgspec.structs import replace

from feeds.model import FeedRule
from feeds.model.table import Condition
from feeds.normalise.places import find_feeds, holds, is_true
from tests.articles import make_card

CARD = replace(
    make_card(
        path="posts/2022/tide.md", title="股票 and Livestock: C++ at sea", chains=[("News", "TCP/IP"), ("Harbour",)]
    ),
    tags=("Stocks", "boats"),
    authors=("Mara Oak", "Tom"),
    description="What the tide brings",
    language="zh-CN",
)


@pytest.mark.parametrize(
    ("condition", "is_so"),
    [
        ("category:News", True),
        ("category:news", True),
        ("category:News/TCP/IP", True),
        ("category:TCP/IP", True),
        ("category:Harbour", True),
        ("category:New", False),
        ("category:TCP", False),
        ("category:News/Harbour", False),
        ("tag:stocks", True),
        ("tag:stock", False),
        ("author:mara oak", True),
        ("author:Mara", False),
        ("language:zh", True),
        ("language:zh-cn", True),
        ("language:z", False),
        ("language:en", False),
        ("path:posts/**/*.md", True),
        ("path:tide.md", True),
        ("path:/tide.md", False),
        ("word:股", True),
        ("word:livestock", True),
        ("word:stock", False),
        ("word:c++", True),
        ("word:tide", True),
        ("word:title", False),
    ],
)
def test_a_condition_is_true_of_an_article_or_not(condition: str, is_so: bool) -> None:
    kind, _, value = condition.partition(":")
    assert holds((kind, value), CARD, None) is is_so


def test_an_article_that_states_no_language_has_the_archives() -> None:
    assert holds(("language", "zh"), make_card(), "zh-CN")
    assert not holds(("language", "zh"), make_card(), None)


def test_who_publishes_stands_for_authors_that_are_not_stated() -> None:
    assert holds(("author", "Harbour Ledger"), replace(make_card(), authors=()), None)


YES: Condition = ("tag", "boats")
NO: Condition = ("tag", "trains")


@pytest.mark.parametrize(
    ("rule", "is_so"),
    [
        (FeedRule(all_of=(YES, YES)), True),
        (FeedRule(all_of=(YES, NO)), False),
        (FeedRule(any_of=(NO, YES)), True),
        (FeedRule(any_of=(NO, NO)), False),
        (FeedRule(none_of=(NO,)), True),
        (FeedRule(none_of=(NO, YES)), False),
        (FeedRule(all_of=(YES,), any_of=(NO,)), False),
        (FeedRule(all_of=(YES,), any_of=(YES,), none_of=(YES,)), False),
        (FeedRule(all_of=(YES,), any_of=(YES,), none_of=(NO,)), True),
    ],
)
def test_a_rule_is_all_that_it_states(rule: FeedRule, is_so: bool) -> None:
    assert is_true(rule, CARD, None) is is_so


def test_an_article_stands_with_its_tags_authors_and_language_and_where_rules_hold() -> None:
    combined = [(("", "feed", "sea"), FeedRule(all_of=(YES,))), (("", "feed", "land"), FeedRule(none_of=(YES,)))]
    assert find_feeds(CARD, ("tag", "author", "language"), combined, "en") == (
        ("", "tag", "Stocks"),
        ("", "tag", "boats"),
        ("", "author", "Mara Oak"),
        ("", "author", "Tom"),
        ("", "language", "zh-CN"),
        ("", "feed", "sea"),
    )
    assert find_feeds(make_card(), ("tag", "language"), (), "EN") == (("", "language", "en"),)
    assert find_feeds(make_card(), ("tag", "language"), (), None) == ()
