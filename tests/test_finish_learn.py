from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.learn import NEWEST, count_showings, learn_profiles, make_profiles, merge_counts
from feeds.model import Card

NOON = datetime(2022, 7, 31, 12, tzinfo=UTC)
LOGO = "https://media.example.com/logo.png"


def card(
    number: int,
    *pictures: str,
    title: str | None = None,
    publisher: str = "Harbour Ledger",
    folder: str = "News",
    hours: int | None = 0,
) -> Card:
    return Card(
        path=f"{folder}/{number}.md",
        id=f"tag:example.com,2000:{number:04}",
        title=title or f"Title {number}",
        publisher=publisher,
        authors=(),
        published=None if hours is None else NOON + timedelta(hours=hours),
        updated=None,
        chains=(),
        tags=(),
        pictures=pictures,
        permalink=None,
        description=None,
        language=None,
        is_draft=False,
    )


def shared(cards: Sequence[Card], publisher: str = "Harbour Ledger") -> frozenset[str]:
    return learn_profiles(cards, {})[publisher].shared_pictures


def test_a_picture_of_three_titles_is_shared() -> None:
    assert shared([card(n, LOGO) for n in range(3)]) == {LOGO}


def test_a_picture_of_two_titles_is_not_shared() -> None:
    assert shared([card(n, LOGO) for n in range(2)]) == frozenset()


def test_copies_of_one_article_do_not_share() -> None:
    assert shared([card(n, LOGO, title="The same") for n in range(5)]) == frozenset()


def test_publishers_are_learned_apart() -> None:
    cards = [card(n, LOGO, publisher="A" if n < 3 else "B") for n in range(5)]
    assert shared(cards, "A") == {LOGO}
    assert shared(cards, "B") == frozenset()


def test_a_publisher_without_pictures_has_a_profile() -> None:
    assert shared([card(1)]) == frozenset()


def test_only_the_newest_cards_count() -> None:
    old = [card(n, LOGO, hours=-1) for n in range(3)]
    assert shared([*old, *(card(n, hours=1) for n in range(10, 10 + NEWEST - 1))]) == frozenset()
    assert shared([*old, *(card(n, hours=1) for n in range(10, 10 + NEWEST - 3))]) == {LOGO}


def test_undated_cards_are_the_last() -> None:
    undated = [card(n, LOGO, hours=None) for n in range(3)]
    assert shared([*undated, *(card(n) for n in range(10, 10 + NEWEST))]) == frozenset()


def test_of_equal_dates_the_smaller_id_counts_first() -> None:
    cards = [card(n, LOGO if n < 3 else "https://media.example.com/b.png") for n in range(NEWEST + 3)]
    assert LOGO in shared(cards)
    late = [card(n, LOGO if n >= NEWEST else "") for n in range(NEWEST + 3)]
    assert LOGO not in shared(late)


def test_a_proxied_picture_is_the_picture() -> None:
    cards = [
        card(1, LOGO),
        card(2, f"https://proxy.example.com/?{LOGO}"),
        card(3, f"https://proxy.example.com/?{LOGO}"),
    ]
    assert shared(cards) == {LOGO}


def test_equal_names_in_different_folders_are_different_pictures() -> None:
    assert shared([card(n, "cover.jpg", folder=f"News/{n}") for n in range(3)]) == frozenset()


def test_a_picture_of_one_folder_is_shared_by_its_articles() -> None:
    assert shared([card(n, "./img/../cover.jpg", folder="News") for n in range(3)]) == {"News/cover.jpg"}


def test_a_root_relative_picture_is_the_same_from_everywhere() -> None:
    assert shared([card(n, "/img/cover.jpg", folder=f"News/{n}") for n in range(3)]) == {"/img/cover.jpg"}


CARDS = st.lists(
    st.builds(
        card,
        st.integers(0, 30),
        st.sampled_from(["a.jpg", "/b.jpg", LOGO, ""]),
        title=st.sampled_from(["A", "B", "C", "D"]),
        publisher=st.sampled_from(["X", "Y"]),
        hours=st.none() | st.integers(-3, 3),
    ),
    max_size=30,
)


@given(CARDS, st.randoms(use_true_random=False), st.integers(1, 6))
def test_any_order_and_any_grouping_learn_the_same(cards: list[Card], random: object, size: int) -> None:
    expected = learn_profiles(cards, {})
    shuffled = list(cards)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    batches = [count_showings(shuffled[start : start + size], {}) for start in range(0, len(shuffled), size)]
    assert make_profiles(reduce(merge_counts, batches, count_showings((), {}))) == expected
    assert (
        make_profiles(reduce(lambda one, other: merge_counts(other, one), batches, count_showings((), {}))) == expected
    )


@given(CARDS)
def test_merging_a_batch_with_itself_changes_nothing(cards: list[Card]) -> None:
    counts = count_showings(cards, {})
    assert merge_counts(counts, counts) == counts


@pytest.mark.parametrize("surplus", [0, 1, 50])
def test_merging_keeps_no_more_than_the_newest(surplus: int) -> None:
    one = count_showings((card(n, hours=n) for n in range(NEWEST)), {})
    other = count_showings((card(n, hours=n) for n in range(NEWEST, NEWEST + surplus)), {})
    assert len(merge_counts(one, other)["Harbour Ledger"]) == NEWEST
    assert merge_counts(one, other) == merge_counts(other, one)
