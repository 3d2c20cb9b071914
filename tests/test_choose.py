from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.choose import (
    Membership,
    Window,
    ahead_problem,
    categories_of,
    due_until,
    feeds_of,
    make_plans,
    merge,
    microseconds,
    moment_of,
    shelve,
    unify,
)
from feeds.errors import ProblemKind
from feeds.model import Card, CategoryPath, FeedPlan, Listed
from tests.articles import NOON, make_card

A, B, C = ("A",), ("A", "B"), ("A", "B", "C")
X, Y = ("X",), ("X", "Y")


def window(limit: int = 20, keep_hours: float = 0, limit_max: int = 200) -> Window:
    return Window(limit=limit, keep=timedelta(hours=keep_hours), limit_max=limit_max)


TWENTY = window()


def plans_of(
    cards: list[Card], membership: Membership = Membership.SUBTREE, window: Window = TWENTY
) -> dict[CategoryPath, FeedPlan]:
    shelves = merge(shelve(map(listed, cards), window), window)
    return {plan.category: plan for plan in make_plans(shelves, membership, window)}


def listed(card: Card) -> tuple[Listed, Card]:
    assert card.published is not None
    published = microseconds(card.published)
    return Listed(published=published, id=card.id, path=card.path, likeness=0, digest=0), card


def names(plan: FeedPlan) -> list[str]:
    return [article.path for article in plan.articles]


# Membership


@pytest.mark.parametrize(
    ("chains", "subtree", "own", "partition"),
    [
        ([], {()}, {()}, {()}),
        ([A], {(), A}, {(), A}, {A}),
        ([C], {(), A, B, C}, {(), C}, {C}),
        ([C, A], {(), A, B, C}, {(), A, C}, {C}),
        ([B, Y], {(), A, B, X, Y}, {(), B, Y}, {B}),
    ],
)
def test_which_feeds_an_article_is_in(
    chains: list[CategoryPath], subtree: set[CategoryPath], own: set[CategoryPath], partition: set[CategoryPath]
) -> None:
    assert categories_of(chains, Membership.SUBTREE) == subtree
    assert categories_of(chains, Membership.OWN) == own
    assert categories_of(chains, Membership.PARTITION) == partition
    assert categories_of(chains, Membership.WHOLE) == {()}


TAG: CategoryPath = ("", "tag", "boats")


def test_feeds_of_other_kinds_hold_an_article_whatever_the_membership() -> None:
    assert feeds_of([C, TAG], Membership.PARTITION) == {C, TAG}
    assert feeds_of([C, TAG], Membership.WHOLE) == {(), TAG}


def test_an_article_without_categories_is_the_whole_archives_own_though_it_has_a_tag() -> None:
    cards = [replace(make_card(path="1", chains=[]), feeds=(TAG,)), make_card(path="2", chains=[A])]
    plans = plans_of(cards)
    assert {key: (plan.total, plan.own_total) for key, plan in plans.items()} == {(): (2, 1), TAG: (1, 1), A: (1, 1)}


@pytest.mark.parametrize(
    ("membership", "totals", "own_totals"),
    [
        (Membership.SUBTREE, {(): 4, A: 3, B: 2, X: 1, Y: 1}, {(): 1, A: 1, B: 2, X: 0, Y: 1}),
        (Membership.OWN, {(): 4, A: 1, B: 2, Y: 1}, {(): 1, A: 1, B: 2, Y: 1}),
        (Membership.PARTITION, {(): 1, A: 1, B: 2}, {(): 1, A: 1, B: 2}),
    ],
)
def test_totals_count_all_and_own_totals_what_is_in_no_feed_below(
    membership: Membership, totals: dict[CategoryPath, int], own_totals: dict[CategoryPath, int]
) -> None:
    stated: list[list[CategoryPath]] = [[], [A], [B], [B, Y]]
    cards = [make_card(path=str(n), chains=chains) for n, chains in enumerate(stated)]
    plans = plans_of(cards, membership, window(limit=1))
    assert {category: plan.total for category, plan in plans.items()} == totals
    assert {category: plan.own_total for category, plan in plans.items()} == own_totals


def test_the_whole_archive_has_a_feed_even_when_empty() -> None:
    assert plans_of([]) == {(): FeedPlan(category=(), articles=(), total=0, own_total=0)}


def test_parents_come_before_children() -> None:
    cards = [make_card(path="1", chains=[C]), make_card(path="2", chains=[Y])]
    assert list(plans_of(cards)) == [(), A, B, C, X, Y]


# Windows


@pytest.mark.parametrize(
    ("settings", "hours", "shown"),
    [
        (window(limit=2), [0, -1, -1], 2),
        (window(limit=2), [0, 0, 0], 3),
        (window(limit=5), [0, -900, -9000], 3),
        (window(limit=1, keep_hours=48), [0, -47, -48, -48.01], 3),
        (window(limit=3, keep_hours=1), [0, -2, -3, -4], 3),
        (window(limit=1, keep_hours=48, limit_max=2), [0, 0, 0, 0], 2),
        (window(limit=2, limit_max=2), [0, 0, 0, 0], 2),
    ],
)
def test_a_feed_shows_its_limit_and_what_is_as_new_as_its_newest(
    settings: Window, hours: list[float], shown: int
) -> None:
    cards = [make_card(path=str(number), hours=shift) for number, shift in enumerate(hours)]
    assert names(plans_of(cards, window=settings)[()]) == [str(number) for number in range(shown)]


def test_the_window_of_each_feed_hangs_on_its_own_newest() -> None:
    new = [make_card(path=f"new{n}", chains=[A], hours=n) for n in range(3)]
    old = [make_card(path=f"old{n}", chains=[X], hours=n - 9000) for n in range(3)]
    plans = plans_of([*new, *old], window=window(limit=1, keep_hours=48))
    assert (len(plans[A].articles), len(plans[X].articles), len(plans[()].articles)) == (3, 3, 3)


def test_newest_come_first_and_ids_settle_ties() -> None:
    cards = [
        make_card(path=path, id=own, hours=hours) for path, own, hours in [("a", "2", 0), ("b", "1", 0), ("c", "3", 1)]
    ]
    assert names(plans_of(cards)[()]) == ["c", "b", "a"]


# Time


def test_an_article_is_due_a_day_ahead() -> None:
    assert moment_of(due_until(NOON)) == NOON + timedelta(hours=24)


def test_an_article_that_is_not_due_is_told_of() -> None:
    problem = ahead_problem("future.md", NOON + timedelta(hours=24.01))
    assert (problem.kind, problem.path) == (ProblemKind.FUTURE, "future.md")
    assert problem.what == "dated 2022-08-01T12:00:36Z"


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_being_counted(moment: datetime) -> None:
    assert moment_of(microseconds(moment)) == moment


# Merging

CHAINS = st.lists(st.sampled_from([A, B, C, X, Y]), max_size=2, unique=True)
CARDS = st.lists(st.tuples(CHAINS, st.integers(-5, 5)), max_size=30).map(
    lambda rows: [make_card(path=str(n), chains=chains, hours=hours) for n, (chains, hours) in enumerate(rows)]
)
WINDOWS = st.builds(window, limit=st.integers(1, 4), keep_hours=st.integers(0, 4), limit_max=st.integers(4, 8))


@given(CARDS, st.sampled_from(Membership), WINDOWS, st.data())
def test_any_grouping_in_any_order_gives_the_same_shelves(
    cards: list[Card], membership: Membership, window: Window, data: st.DataObject
) -> None:
    whole = merge(shelve(map(listed, cards), window), window)
    shuffled = data.draw(st.permutations(cards))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(cards)), max_size=4)))
    bounds = zip([0, *cuts], [*cuts, len(cards)], strict=True)
    parts = [list(shelve(map(listed, shuffled[start:end]), window)) for start, end in bounds]
    middle = data.draw(st.integers(0, len(parts)))
    grouped = [*merge(chain(*parts[middle:]), window), *merge(chain(*parts[:middle]), window)]
    assert merge(chain(*parts), window) == whole
    assert merge(grouped, window) == whole


@given(CARDS, st.sampled_from(Membership), WINDOWS)
def test_every_plan_is_what_sorting_and_cutting_all_its_cards_gives(
    cards: list[Card], membership: Membership, window: Window
) -> None:
    for plan in plans_of(cards, membership, window).values():
        members = [card for card in cards if plan.category in categories_of(card.chains, membership)]
        members.sort(key=lambda card: card.id)
        members.sort(key=lambda card: card.published or NOON, reverse=True)
        newest = members[0].published or NOON if members else NOON
        fresh = sum((card.published or NOON) >= newest - window.keep for card in members)
        assert names(plan) == [card.path for card in members[: min(max(window.limit, fresh), window.limit_max)]]
        assert plan.total == len(members)
        assert 0 <= plan.own_total <= plan.total


def test_merging_nothing_gives_nothing() -> None:
    assert merge([], window()) == ()


# Copies


def test_of_copies_the_earliest_stays_with_the_chains_of_all() -> None:
    group = [
        make_card(path="a", chains=[A, X], hours=1),
        make_card(path="c", chains=[B], hours=0),
        make_card(path="b", chains=[X, Y], hours=0),
    ]
    (one,) = unify(group, lambda card: "tide")
    assert (one.card.path, one.card.id, one.card.chains) == ("b", group[2].id, (X, Y, B, A))
    assert one.paths == ("b", "c", "a")
    assert not one.is_to_be_remembered


def test_of_copies_one_that_subscribers_know_leads_with_its_own_date() -> None:
    group = [make_card(path="a", chains=[A], hours=1), make_card(path="b", chains=[B], hours=0)]
    (one,) = unify(group, lambda card: "tide", lambda card: card.path == "a")
    assert (one.card.path, one.card.id, one.card.chains) == ("a", group[0].id, (A, B))
    assert one.card.published == group[0].published
    assert one.is_to_be_remembered


def test_of_copies_the_other_feeds_of_all_are_joined() -> None:
    tide: CategoryPath = ("", "tag", "tide")
    group = [replace(make_card(path="a"), feeds=(TAG, tide)), replace(make_card(path="b"), feeds=(TAG,))]
    (one,) = unify(group[::-1], lambda card: "tide")
    assert one.card.feeds == (TAG, tide)


def test_equal_texts_that_state_different_languages_are_no_copies() -> None:
    def paths_of(*languages: str | None) -> list[tuple[str, ...]]:
        group = [replace(make_card(path=str(n)), language=language) for n, language in enumerate(languages)]
        return [one.paths for one in unify(group, lambda card: "tide")]

    assert paths_of("en", "fr") == [("0",), ("1",)]
    assert paths_of("en", "fr", "en", None) == [("0", "2"), ("1",), ("3",)]
    assert paths_of("en", None) == [("0", "1")]


def test_unequal_texts_stay() -> None:
    group = [make_card(path=path) for path in "cab"]
    assert [one.card.path for one in unify(group, lambda card: card.path)] == ["a", "b", "c"]


def test_articles_without_text_are_no_copies_of_each_other_or_of_a_text_that_is_a_path() -> None:
    group = [make_card(path="a"), make_card(path="b"), make_card(path="c")]
    texts = {"a": "", "b": "", "c": "a"}
    assert len(unify(group, lambda card: texts[card.path])) == 3


@given(st.lists(st.tuples(st.sampled_from(["", "one", "two"]), CHAINS, st.integers(0, 1)), max_size=6), st.randoms())
def test_unifying_does_not_hang_on_order(
    rows: list[tuple[str, list[CategoryPath], int]], chance: random.Random
) -> None:
    group = [make_card(path=str(n), chains=chains, hours=hours) for n, (_, chains, hours) in enumerate(rows)]
    texts = {str(n): text for n, (text, _, _) in enumerate(rows)}
    shuffled = list(group)
    chance.shuffle(shuffled)
    unified = unify(group, lambda card: texts[card.path])
    assert unify(shuffled, lambda card: texts[card.path]) == unified
    assert {chain for one in unified for chain in one.card.chains} == {chain for card in group for chain in card.chains}
