from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ProblemKind
from feeds.model import Card
from feeds.normalise.identity import hash_id, make_id, settle_ids, tag_prefix
from tests.articles import make_card

PREFIX = tag_prefix("example.com", 2000)


def test_an_id_is_a_tag_of_authority_year_and_a_hash() -> None:
    assert re.fullmatch(r"tag:example\.com,2000:[0-9a-f]{24}", make_id(None, "a/b.md", PREFIX))


def test_an_id_never_changes_between_versions_of_this_program() -> None:
    assert make_id(None, "金融/潮水.md", PREFIX) == "tag:example.com,2000:1183a4d47cf329a2f6ec6d4f"


@pytest.mark.parametrize("other", ["a/café.html", "a/café.markdown", unicodedata.normalize("NFD", "a/café.md")])
def test_suffix_and_composition_of_the_path_do_not_enter(other: str) -> None:
    assert make_id(None, other, PREFIX) == make_id(None, "a/café.md", PREFIX)


@pytest.mark.parametrize("other", ["a/Café.md", "b/café.md", "café.md", "a/café.en.md"])
def test_all_else_of_the_path_does(other: str) -> None:
    assert make_id(None, other, PREFIX) != make_id(None, "a/café.md", PREFIX)


def test_a_path_that_is_no_utf_8_has_an_id() -> None:
    assert make_id(None, "caf\udce9.md", PREFIX) != make_id(None, "caf.md", PREFIX)


@pytest.mark.parametrize(
    "stated",
    [
        "urn:uuid:60a76c80-d399-11d9-b91c-0003939e0af6",
        "https://example.com/?p=12&x=%20",
        "tag:example.com,2009:a",
    ],
)
def test_an_absolute_uri_is_taken_verbatim(stated: str) -> None:
    assert make_id(stated, "a.md", PREFIX) == stated


@pytest.mark.parametrize(
    ("stated", "encoded"),
    [
        ("12", "12"),
        ("low tide", "low%20tide"),
        ("潮", "%E6%BD%AE"),
        ("/a?b", "%2Fa%3Fb"),
        ("a: b", "a%3A%20b"),
    ],
)
def test_any_other_id_is_encoded_behind_our_prefix(stated: str, encoded: str) -> None:
    assert make_id(stated, "a.md", PREFIX) == PREFIX + encoded


def test_of_two_claims_the_first_path_keeps_the_id() -> None:
    cards = [make_card(path="b.md", id="tag:x,2000:1"), make_card(path="a.md", id="tag:x,2000:1")]
    (first, second), (problem,) = settle_ids(cards, PREFIX)
    assert (first.path, first.id) == ("a.md", "tag:x,2000:1")
    assert (second.path, second.id) == ("b.md", hash_id(PREFIX, "b.md"))
    assert (problem.kind, problem.path, problem.cause) == (
        ProblemKind.DUPLICATE_ID,
        "b.md",
        "a.md has it already",
    )


def test_three_names_of_one_composition_have_three_ids() -> None:
    paths = ["é.html", "é.md", unicodedata.normalize("NFD", "é.md")]
    settled, _ = settle_ids([make_card(path=path, id=make_id(None, path, PREFIX)) for path in paths], PREFIX)
    assert len({card.id for card in settled}) == 3


def test_a_holder_whose_name_is_no_utf_8_can_be_printed() -> None:
    _, (problem,) = settle_ids([make_card(path=path, id="x:1") for path in ("caf\udce9.md", "z\udce9.md")], PREFIX)
    assert "z\\xe9.md" in str(problem) or "caf\\xe9.md" in str(problem)
    assert str(problem).encode()


PATHS = st.builds(
    "{}{}".format,
    st.sampled_from(["a", "é", "e\u0301", "b/a", "a.md", "é.md", "e\u0301.md"]),
    st.sampled_from([".md", ".html", ".htm", ""]),
)


@st.composite
def claims(draw: st.DrawFn) -> list[Card]:
    paths = draw(st.lists(PATHS, unique=True, max_size=12))
    stated = st.none() | PATHS.map(lambda path: hash_id(PREFIX, path)) | st.sampled_from(["x:1", "1"])
    return [make_card(path=path, id=make_id(draw(stated), path, PREFIX)) for path in paths]


@given(claims(), st.randoms())
def test_never_two_cards_with_one_id_whatever_the_order(cards: list[Card], chance: random.Random) -> None:
    settled, problems = settle_ids(cards, PREFIX)
    assert len({card.id for card in settled}) == len(cards)
    assert [card.path for card in settled] == sorted(card.path for card in cards)
    shuffled = list(cards)
    chance.shuffle(shuffled)
    assert settle_ids(shuffled, PREFIX) == (settled, problems)


@given(claims())
def test_an_id_that_is_claimed_stays_with_one_of_its_claimants(cards: list[Card]) -> None:
    settled, problems = settle_ids(cards, PREFIX)
    before = {card.path: card.id for card in cards}
    moved = {card.path for card in settled if card.id != before[card.path]}
    assert moved == {problem.path for problem in problems}
