"""The register: articles are found by what a build asks for, whatever the order in which they were taken in."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import CategoryPath, Reading
from feeds.state import BrokenStateError, Register, Row, Standing, State, mark_of
from tests.articles import make_card

NEWS, CULTURE = (("News",),), (("News", "Harbour"), ("Culture",))
RAW = "News/\udcff\udcfe.md"
"""The name of a file that is no UTF-8."""


def row(
    path: str,
    *,
    published: int | None = 5,
    id: str | None = None,  # noqa: A002 -- the field's name
    standing: Standing = Standing.ADMITTED,
    chains: tuple[CategoryPath, ...] = NEWS,
    title: str = "Low tide",
    publisher: str = "Harbour Ledger",
    size: int = 9,
) -> Row:
    card = make_card(path=path, id=id, chains=chains, title=title, publisher=publisher)
    return Reading(card=card, body_size=size, body_hash=None, problems=()), standing, published, card.id


@pytest.fixture
def state() -> Iterator[State]:
    with closing(State(None)) as state:
        state.index()
        yield state


@pytest.fixture
def register(state: State) -> Register:
    return state.register


def on_shelves(register: Register) -> dict[tuple[CategoryPath, ...], tuple[int, list[str]]]:
    return {chains: (count, [one.path for one in articles]) for chains, count, articles in register.shelves()}


def test_an_article_comes_back_as_it_was(register: Register) -> None:
    rows = [row("a.md"), row(RAW, published=-(10**15), chains=CULTURE), row("b.md", published=None)]
    register.put(rows)
    found = {one.reading.path: one for one in register.some(["a.md", RAW, "b.md", "gone.md"])}
    for reading, standing, published, id_ in rows:
        one = found.pop(reading.path)
        assert (one.reading, one.standing, one.published, one.id) == (reading, standing, published, id_)
        assert one.claim == mark_of(id_)
    assert found == {}
    assert [one.reading.path for one in register.all()] == ["News/\udcff\udcfe.md", "a.md", "b.md"]


def test_of_two_articles_at_one_path_the_last_is_there(register: Register) -> None:
    register.put([row("a.md", title="Old")])
    register.put([row("a.md", title="New", published=6, chains=CULTURE)])
    (one,) = register.all()
    assert (one.reading.card.title, one.published) == ("New", 6)
    assert on_shelves(register) == {CULTURE: (1, ["a.md"])}


def test_a_shelf_holds_what_may_be_published_newest_first_then_by_id(register: Register) -> None:
    register.put(
        [
            row("old.md", published=-3),
            row("b.md", id="urn:2"),
            row("a.md", id="urn:1"),
            row("draft.md", standing=Standing.DRAFT),
            row("away.md", standing=Standing.AWAY),
            row("new.md", published=7),
            row("other.md", chains=CULTURE),
        ]
    )
    assert on_shelves(register) == {NEWS: (4, ["new.md", "a.md", "b.md", "old.md"]), CULTURE: (1, ["other.md"])}
    assert [one.path for one in register.of_publisher("Harbour Ledger")][:1] == ["new.md"]
    assert list(register.of_publisher("Nobody")) == []
    assert register.counts() == {Standing.DRAFT: 1, Standing.AWAY: 1}
    assert register.count() == 7
    assert register.standing(Standing.DRAFT) == ["draft.md"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-2, 2), st.sampled_from([NEWS, CULTURE])), max_size=12),
    st.randoms(),
    st.integers(1, 5),
)
def test_the_order_of_taking_in_does_not_count(
    rows: list[tuple[int, int, tuple[CategoryPath, ...]]], chance: random.Random, size: int
) -> None:
    once = list({name: row(f"{name}.md", published=day, chains=chains) for name, day, chains in rows}.values())
    shuffled = list(once)
    chance.shuffle(shuffled)
    answers = []
    for order in (once, shuffled):
        with closing(State(None)) as state:
            for start in range(0, len(order), size):
                state.register.put(order[start : start + size])
            state.index()
            answers.append((on_shelves(state.register), list(state.register.of_publisher("Harbour Ledger"))))
    assert answers[0] == answers[1]


@given(
    st.lists(
        st.tuples(st.integers(-3, 3), st.sampled_from(["", "Harbour Ledger"]), st.sampled_from(Standing)), max_size=20
    ),
    st.integers(1, 6),
    st.integers(-2, 3),
)
def test_the_newest_of_a_publisher_are_told_with_all_of_the_last_moment(
    rows: list[tuple[int, str, Standing]], count: int, until: int
) -> None:
    with closing(State(None)) as state:
        state.register.put(
            row(f"{number}.md", published=day, publisher=publisher, standing=standing)
            for number, (day, publisher, standing) in enumerate(rows)
        )
        state.index()
        due = [one for one in state.register.of_publisher("Harbour Ledger") if one.published <= until]
        last = due[min(count, len(due)) - 1].published if due else 0
        expected = sorted(((one.published, one.digest) for one in due if one.published >= last), reverse=True)
        found = state.indexes.digests("Harbour Ledger", until=until, count=count)
        assert found == [digest for _, digest in expected]
        assert state.indexes.digests("Nobody", until=until, count=count) == []


def test_articles_of_equal_title_and_publisher_are_found(register: Register) -> None:
    register.put(
        [
            row("a.md"),
            row("b.md"),
            row("c.md", title="High tide"),
            row("d.md", publisher="Other"),
            row("draft.md", standing=Standing.DRAFT),
        ]
    )
    shown = [one for one in register.of_publisher("Harbour Ledger") if one.path == "a.md"]
    assert sorted(one.path for one in register.like(shown)) == ["a.md", "b.md"]


def test_an_index_tells_which_likenesses_several_articles_have(state: State) -> None:
    state.register.put([row("a.md"), row("b.md"), row("c.md", title="High tide"), row("d.md", title="Ebb")])
    state.register.put([row("e.md", title="Ebb", standing=Standing.DRAFT)])
    likeness = {one.path: one.likeness for one in state.register.of_publisher("Harbour Ledger")}
    assert state.indexes.shared(likeness.values()) == {likeness["a.md"]}
    assert state.indexes.shared([likeness["c.md"], likeness["d.md"], 5]) == set()
    assert state.indexes.shared([]) == set()


def test_articles_are_found_by_folder_size_and_claim(register: Register) -> None:
    register.put([row("a/b.md", size=1), row("a/c/d.md", size=2), row("a0.md", size=1), row("b.md", id="urn:x")])
    assert sorted(register.under("a/")) == ["a/b.md", "a/c/d.md"]
    assert sorted(register.under("")) == ["a/b.md", "a/c/d.md", "a0.md", "b.md"]
    assert sorted(register.of_size(1)) == ["a/b.md", "a0.md"]
    assert register.claiming(["urn:x", "urn:y"]) == ["b.md"]
    assert register.claimed_twice() == []


def test_an_id_may_be_settled_while_the_claim_stays(register: Register) -> None:
    register.put([row("a.md", id="urn:x"), row("b.md", id="urn:x")])
    register.settle({"a.md": "urn:x", "b.md": "urn:own"})
    assert {one.reading.path: one.id for one in register.all()} == {"a.md": "urn:x", "b.md": "urn:own"}
    assert sorted(register.claimed_twice()) == sorted(register.claiming(["urn:x"])) == ["a.md", "b.md"]


def test_a_standing_may_change_alone_and_articles_of_one_are_found_by_their_date(register: Register) -> None:
    register.put([row(f"{day}.md", published=day, chains=CULTURE if day % 2 else NEWS) for day in range(5)])
    before = {one.reading.path: one for one in register.all()}
    register.restand({"1.md": Standing.UNSELECTED, "4.md": Standing.UNSELECTED, "2.md": Standing.ADMITTED})
    assert on_shelves(register) == {NEWS: (2, ["2.md", "0.md"]), CULTURE: (1, ["3.md"])}
    assert sorted(register.between(Standing.ADMITTED, 0, 3)) == ["0.md", "2.md"]
    assert register.between(Standing.UNSELECTED, 1, 4) == ["1.md"]
    assert register.first_from(Standing.ADMITTED, 1) == 2
    assert register.first_from(Standing.UNSELECTED, 2) == 4
    assert register.first_from(Standing.UNSELECTED, 5) is None
    register.restand(dict.fromkeys(["1.md", "4.md"], Standing.ADMITTED))
    assert {one.reading.path: one for one in register.all()} == before


@pytest.mark.parametrize(
    ("publisher", "chains", "is_there"),
    [
        ("Harbour Ledger", None, True),
        ("Other", None, True),
        ("Nobody", None, False),
        (None, [NEWS], True),
        ("Other", [NEWS], False),
        ("Other", [CULTURE, NEWS], True),
        (None, [], False),
    ],
)
def test_whether_there_is_any_article_drafts_included(
    register: Register, publisher: str | None, chains: list[tuple[CategoryPath, ...]] | None, is_there: bool
) -> None:
    register.put([row("a.md"), row("b.md", publisher="Other", chains=CULTURE, standing=Standing.DRAFT)])
    assert register.has(publisher, chains) is is_there


def test_what_is_removed_is_gone(register: Register) -> None:
    register.put([row("a.md"), row("b.md")])
    register.remove(["a.md", "c.md"])
    assert [one.reading.path for one in register.all()] == ["b.md"]
    assert register.standings(["a.md", "b.md"]) == {"b.md": Standing.ADMITTED}
    assert not register.is_empty()
    register.remove(["b.md"])
    assert register.is_empty()


def test_what_was_not_saved_is_not_there(tmp_path: Path) -> None:
    with closing(State(tmp_path / "state.sqlite")) as state:
        state.register.put([row("a.md")])
        state.save()
        state.register.put([row("b.md")])
    with closing(State(tmp_path / "state.sqlite")) as state:
        assert [one.reading.path for one in state.register.all()] == ["a.md"]


@pytest.mark.parametrize(
    "damage",
    ["published = 9", "standing = 1", "id = CAST('x' AS BLOB)", "reading = zeroblob(9)", "digest = 7", "reading = 'x'"],
)
def test_a_damaged_article_is_known(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "state.sqlite"
    with closing(State(path)) as state:
        state.register.put([row("a.md")])
        state.save()
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"UPDATE articles SET {damage}")
        base.commit()
    with closing(State(path)) as state, pytest.raises(BrokenStateError):
        list(state.register.all())
