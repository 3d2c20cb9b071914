from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.finish.blocks import read_body
from feeds.finish.frames import frames_of
from feeds.finish.learn import NEWEST, count_showings, learn_profiles, make_profiles, merge_counts
from feeds.model import Body, Card, Profile

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
        is_zoneless=False,
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


def body_of(number: int, *texts: str, pictures: Sequence[str] = (), folder: str = "News") -> Body:
    html = "".join(f"<p>{text}</p>" for text in texts) + "".join(f"<img src='{address}'>" for address in pictures)
    return read_body(f"{folder}/{number}.md", html, is_markdown=False)


def repeated(bodies: Sequence[Body], *, titles: Sequence[str] | None = None) -> Profile:
    cards = [card(number, title=titles[number] if titles else None) for number in range(len(bodies))]
    return learn_profiles(cards, {body.path: body for body in bodies})["Harbour Ledger"]


def recurs(profile: Profile, text: str) -> bool:
    return not profile.repeated_texts.isdisjoint(frames_of(text))


def test_a_text_under_three_titles_recurs() -> None:
    bodies = [body_of(n, f"Story number {'x' * n} of the tide.", "Read us at sea.") for n in range(3)]
    profile = repeated(bodies)
    assert recurs(profile, "Read us at sea!")
    assert not recurs(profile, "Story number x of the tide.")


def test_two_articles_are_no_habit_and_copies_prove_none() -> None:
    assert not recurs(repeated([body_of(n, "Read us at sea.") for n in range(2)]), "Read us at sea.")
    same = repeated([body_of(n, "Read us at sea.") for n in range(5)], titles=["The same"] * 5)
    assert not recurs(same, "Read us at sea.")


def test_texts_alike_but_for_a_name_recur_where_a_third_of_the_articles_have_them() -> None:
    names = ["李墨轩", "刘玄逸", "王小明"]
    few = [body_of(n, f"潮水退了{n}", f"责任编辑：{names[n]}" if n < 3 else "完") for n in range(20)]
    assert not recurs(repeated(few), "责任编辑：赵六")
    most = [body_of(n, f"潮水退了{n}", f"责任编辑：{names[n % 3]}{n}") for n in range(6)]
    assert recurs(repeated(most), "责任编辑：赵六")


def test_equal_texts_recur_from_a_tenth_of_the_articles_on() -> None:
    bodies = [body_of(n, f"Story {'x' * n}.", *["Read us at sea."] * (n < 5)) for n in range(60)]
    assert not recurs(repeated(bodies), "Read us at sea.")
    assert recurs(repeated(bodies[:50]), "Read us at sea.")


def test_a_sentence_inside_other_text_recurs_too() -> None:
    bodies = [body_of(n, f"Story {'x' * n}yes. Read us at sea.") for n in range(3)]
    assert "=readusatsea" in repeated(bodies).repeated_texts


def test_a_formula_whose_numbers_change_is_no_habit() -> None:
    bodies = [body_of(n, f"沪指跌0.{n}6%，报326{n}.97点，创业板指涨0.{n}%，成交{n}千亿元。") for n in range(8)]
    assert not recurs(repeated(bodies), "沪指跌0.96%，报3000.97点，创业板指涨0.1%，成交5千亿元。")


def test_a_description_that_is_stated_again_and_again_recurs() -> None:
    cards = [replace(card(n), description="News from the harbour") for n in range(3)]
    assert "!newsfromtheharbour" in learn_profiles(cards, {})["Harbour Ledger"].repeated_texts


def test_pictures_of_bodies_and_of_front_matter_are_counted_as_one() -> None:
    cards = [card(0, LOGO), card(1), card(2)]
    bodies = {f"News/{n}.md": body_of(n, pictures=(LOGO,)) for n in (1, 2)}
    assert learn_profiles(cards, bodies)["Harbour Ledger"].shared_pictures == {LOGO}


def test_only_the_ends_of_a_long_body_are_looked_at() -> None:
    texts = [f"Paragraph {'y' * n}." for n in range(60)]
    bodies = [body_of(n, *texts[:35], "Read us at sea.", *texts[35:]) for n in range(3)]
    assert not recurs(repeated(bodies), "Read us at sea.")


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["A b.", "C d.", "责任编辑：王"])), max_size=20), st.randoms()
)
def test_bodies_too_are_learned_in_any_order_and_grouping(shown: list[tuple[int, str]], random: object) -> None:
    cards = [card(number) for number, _ in dict(shown).items()]
    bodies = {f"News/{number}.md": body_of(number, text) for number, text in dict(shown).items()}
    expected = learn_profiles(cards, bodies)
    random.shuffle(cards)  # type: ignore[attr-defined]
    batches = [count_showings([one], {one.path: bodies[one.path]}) for one in cards]
    assert make_profiles(reduce(merge_counts, batches, {})) == expected


def test_of_two_articles_a_long_text_that_both_have_recurs() -> None:
    motto = "Stories from the far end of the line, every other Friday."
    profile = repeated([body_of(n, f"Story {'x' * n}yes.", motto, "Read us at sea.") for n in range(2)])
    assert recurs(profile, motto)
    assert not recurs(profile, "Read us at sea.")
    assert not recurs(repeated([body_of(0, motto), body_of(1, "Other."), body_of(2, motto)]), motto)
