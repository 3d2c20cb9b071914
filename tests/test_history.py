"""What an archive does not tell of itself: moves, corrected headlines, dates and ids, on readings made by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from feeds.history import Births, Past, Questions, claimants, recall, remember, with_given
from feeds.history.moves import find_moves
from feeds.model import Announced, Card, CategoryPath, Memory, Move, Reading, Remembered
from feeds.normalise.identity import settle_ids
from tests.articles import NOON, make_card

PREFIX = "tag:example.com,2000:"
NEWS = (("News",),)
LATER = timedelta(hours=1)


def id_of(path: str) -> str:
    return PREFIX + path


def read(
    path: str,
    text: str | None = "boats",
    *,
    title: str = "Low tide",
    publisher: str = "Harbour Ledger",
    at: datetime | None = NOON,
    hours: float = 0,
    id: str | None = None,  # noqa: A002 -- the field's name
    chains: Sequence[CategoryPath] = NEWS,
    is_draft: bool = False,
    is_zoneless: bool = False,
) -> Reading:
    """Make the reading of a file; its text stands for the text's hash."""
    card = make_card(
        path=path,
        id=id,
        title=title,
        publisher=publisher,
        published=at,
        hours=hours,
        chains=chains,
        is_draft=is_draft,
    )
    return Reading(
        card=replace(card, is_zoneless=is_zoneless),
        body_size=len(text or ""),
        body_hash=text,
        problems=(),
    )


class Archive(dict[str, Reading]):
    """An archive as it was read, in memory."""

    def present(self, paths: Iterable[str]) -> Set[str]:
        return self.keys() & set(paths)

    def under(self, folder: str) -> Collection[str]:
        return [path for path in self if path.startswith(folder)]

    def of_size(self, size: int) -> Collection[str]:
        return [path for path, reading in self.items() if reading.body_size == size]

    def claiming(self, ids: Iterable[str]) -> Collection[str]:
        return self.keys()


def archive_of(*readings: Reading) -> Archive:
    return Archive({reading.path: reading for reading in readings})


def births_in(*paths: str, memory: Memory | None = None) -> Births:
    return Births(memory.moves if memory else {}, archive_of(*map(read, paths)))


class Life:
    """An archive built again and again; each build is an hour after the last one."""

    def __init__(self, *, announces: bool = True, dates_undated: bool = True) -> None:
        """Begin with nothing.

        Args:
            announces: Every article with a date stands in a feed.
            dates_undated: An article without a date takes the time when it was first seen.
        """
        self.announces = announces
        self.dates_undated = dates_undated
        self.memory = Memory()
        self.before = Archive()
        self.announced: dict[str, Announced] = {}
        self.now = NOON
        self.asked: list[str] = []

    def build(
        self,
        *readings: Reading,
        is_telling: Callable[[str], bool] = lambda path: True,
        hashes: dict[str, str] | None = None,
        is_comparable: bool = True,
        copies: dict[str, tuple[str, ...]] | None = None,
    ) -> dict[str, Card]:
        """Build; answer the cards by path."""

        def hash_of(path: str) -> str | None:
            self.asked.append(path)
            return (hashes or {}).get(path)

        self.now += LATER
        now = archive_of(*readings)
        self.memory, _ = remember(
            self.memory,
            Past(
                readings=self.before,
                is_known=bool(self.before),
                announced=self.announced,
                copies=[one for one in self.announced.values() if len(one.paths) > 1],
                is_comparable=is_comparable,
            ),
            now,
            {*self.before, *now},
            Questions(
                hash_of=hash_of,
                is_telling=is_telling,
                id_of=id_of,
                settle=lambda cards, first: settle_ids(cards, PREFIX, first),
                dates_undated=self.dates_undated,
            ),
            now=self.now,
        )
        births = Births(self.memory.moves, now)
        cards, _ = settle_ids(
            recall(self.memory, births, now.values(), id_of), PREFIX, claimants(self.memory, births, now)
        )
        self.before = now
        if self.announces:
            for card in cards:
                if card.published:
                    paths = (card.path, *(copies or {}).get(card.path, ()))
                    self.announced[card.id] = Announced(
                        id=card.id, published=card.published, paths=paths, feeds=frozenset({()})
                    )
        return {card.path: card for card in cards}

    @property
    def moves(self) -> dict[str, str]:
        return {path: move.origin for path, move in self.memory.moves.items()}


def ids(cards: dict[str, Card]) -> dict[str, str]:
    """Answer by path which path's id a card has."""
    return {path: card.id.removeprefix(PREFIX) for path, card in cards.items()}


def found(gone: Iterable[Reading], new: Iterable[Reading]) -> dict[str, str]:
    return find_moves({one.path: one for one in gone}, {one.path: one for one in new})


# Moves


def test_the_first_build_remembers_when_it_was_and_nothing_else() -> None:
    life = Life()
    life.build(read("a.md"))
    assert life.memory == Memory(since=life.now)
    since = life.now
    life.build(read("a.md"))
    assert life.memory == Memory(since=since)


def test_a_file_of_equal_text_moved_whatever_its_title_and_date() -> None:
    life = Life()
    life.build(read("a.md"))
    cards = life.build(read("b.md", title="High tide", hours=-9))
    assert ids(cards) == {"b.md": "a.md"}
    assert life.moves == {"b.md": "a.md"}


def test_a_file_of_equal_publisher_title_and_date_moved_whatever_its_text() -> None:
    life = Life()
    life.build(read("a.md", "boats"))
    assert ids(life.build(read("b.md", "fish"))) == {"b.md": "a.md"}


def test_a_file_of_equal_title_date_and_length_moved_whatever_its_publisher() -> None:
    """Where nobody is named, the folder publishes: another one in the place where the file is now."""
    assert found([read("a.md", "boats", publisher="News")], [read("b.md", "ropes", publisher="Sea")]) == {
        "b.md": "a.md"
    }
    assert found([read("a.md", None, publisher="News")], [read("b.md", None, publisher="Sea")]) == {}
    twice = [read("b.md", "ropes", publisher="Sea"), read("c.md", "knots", publisher="Sea")]
    assert found([read("a.md", "boats", publisher="News")], twice) == {}


@pytest.mark.parametrize(
    "other",
    [{"title": "High tide"}, {"publisher": "Other"}, {"hours": 1}, {"at": None}],
    ids=["title", "publisher", "date", "undated"],
)
def test_a_file_of_another_text_and_another_headline_is_new(other: dict[str, object]) -> None:
    assert found([read("a.md", "boats")], [read("b.md", "fish", **other)]) == {}  # type: ignore[arg-type]


def test_files_without_a_date_are_known_by_their_text_alone() -> None:
    assert found([read("a.md", "boats", at=None)], [read("b.md", "fish", at=None)]) == {}
    assert found([read("a.md", "boats", at=None)], [read("b.md", "boats", at=None)]) == {"b.md": "a.md"}


def test_a_file_that_two_may_have_come_from_came_from_neither() -> None:
    gone = [read("a.md", title="A"), read("b.md", title="B")]
    assert found(gone, [read("c.md", title="C")]) == {}


def test_a_file_that_may_have_become_two_became_neither() -> None:
    new = [read("b.md", title="B"), read("c.md", title="C")]
    assert found([read("a.md", title="A")], new) == {}


def test_where_texts_leave_two_possibilities_headlines_decide() -> None:
    gone = [read("a.md", title="A"), read("b.md", title="B")]
    assert found(gone, [read("c.md", title="B")]) == {"c.md": "b.md"}


def test_a_text_decides_before_a_headline() -> None:
    gone = [read("a.md", "boats", title="A"), read("b.md", "fish", title="B")]
    new = [read("c.md", "boats", title="B"), read("d.md", "fish", title="A")]
    assert found(gone, new) == {"c.md": "a.md", "d.md": "b.md"}


@pytest.mark.parametrize("text", ["", None])
def test_no_text_is_not_an_equal_text(text: str | None) -> None:
    assert found([read("a.md", text, title="A")], [read("b.md", text, title="B")]) == {}


def test_a_file_that_is_still_there_did_not_move() -> None:
    life = Life()
    life.build(read("a.md"))
    assert ids(life.build(read("a.md"), read("b.md"))) == {"a.md": "a.md", "b.md": "b.md"}


def test_a_file_that_moves_twice_keeps_its_first_id_and_one_line() -> None:
    life = Life()
    for path in ("a.md", "b.md", "c.md"):
        cards = life.build(read(path))
    assert ids(cards) == {"c.md": "a.md"}
    assert life.moves == {"c.md": "a.md"}


def test_a_file_that_moves_back_leaves_no_line() -> None:
    life = Life()
    for path in ("a.md", "b.md", "a.md"):
        cards = life.build(read(path))
    assert ids(cards) == {"a.md": "a.md"}
    assert life.moves == {}


def test_a_move_holds_as_long_as_the_file_does_not_state_another_id() -> None:
    life = Life()
    life.build(read("a.md"))
    life.build(read("b.md"))
    assert life.build(read("b.md", id="urn:x"))["b.md"].id == "urn:x"


def test_a_file_that_moved_and_is_gone_for_a_while_comes_back_as_it_was() -> None:
    life = Life()
    life.build(read("a.md"), read("z.md", "fish"))
    life.build(read("b.md"), read("z.md", "fish"))
    life.build(read("z.md", "fish"))
    assert ids(life.build(read("b.md", hours=9), read("z.md", "fish"))) == {"b.md": "a.md", "z.md": "z.md"}


def test_an_article_whose_place_another_takes_at_once_keeps_its_id() -> None:
    life = Life()
    life.build(read("a.md"))
    cards = life.build(read("a.md", "fish", title="High tide"), read("old.md"))
    assert ids(cards)["old.md"] == "a.md"
    assert cards["old.md"].published == NOON
    assert ids(cards)["a.md"] != "a.md"


def test_an_edit_of_title_and_text_alone_is_no_move() -> None:
    life = Life()
    life.build(read("a.md"))
    assert ids(life.build(read("a.md", "fish", title="High tide"), read("b.md", "crabs", title="Spring"))) == {
        "a.md": "a.md",
        "b.md": "b.md",
    }


def test_of_headlines_corrected_twice_the_oldest_stays_hidden_when_the_middle_one_is_gone() -> None:
    life = Life()
    life.build(OLD)
    life.build(OLD, NEW)
    last = read("c.md", NEW.body_hash, title="Third")
    life.build(OLD, NEW, last)
    assert ids(life.build(OLD, last)) == {"c.md": "a.md"}


# Folders


def folder(name: str, *files: str) -> list[Reading]:
    """Make the readings of a folder's files, each of its own text and title."""
    return [read(f"{name}/{file}.md", f"text of {file}", title=file) for file in files]


def test_a_folder_that_moved_is_one_line() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"))
    cards = life.build(*folder("new", "a", "b"))
    assert life.moves == {"new/": "old/"}
    assert ids(cards) == {"new/a.md": "old/a.md", "new/b.md": "old/b.md"}


@pytest.mark.parametrize("inner", ["2022", "2022/07"])
def test_a_folder_may_move_into_itself(inner: str) -> None:
    life = Life()
    life.build(*folder("n", "a", "b"))
    for edited in ("", "a", "ab"):
        changed = [read(f"n/{inner}/{name}.md", f"new text of {name}", title=name) for name in edited]
        same = [one for one in folder(f"n/{inner}", "a", "b") if one.card.title not in edited]
        cards = life.build(*changed, *same, *folder("n", "c"))
        assert ids(cards) == {f"n/{inner}/a.md": "n/a.md", f"n/{inner}/b.md": "n/b.md", "n/c.md": "n/c.md"}


def test_a_folder_that_moved_twice_is_still_one_line() -> None:
    life = Life()
    for name in ("old", "new", "newer"):
        cards = life.build(*folder(name, "a", "b"))
    assert life.moves == {"newer/": "old/"}
    assert ids(cards) == {"newer/a.md": "old/a.md", "newer/b.md": "old/b.md"}


def test_a_folder_that_moved_back_leaves_no_line() -> None:
    life = Life()
    for name in ("old", "new", "old"):
        cards = life.build(*folder(name, "a", "b"))
    assert life.moves == {}
    assert ids(cards) == {"old/a.md": "old/a.md", "old/b.md": "old/b.md"}


def test_of_folders_in_each_other_the_outermost_that_moved_is_the_line() -> None:
    life = Life()
    life.build(*folder("x/old/in", "a", "b"), *folder("x/old", "c"))
    cards = life.build(*folder("x/new/in", "a", "b"), *folder("x/new", "c"))
    assert life.moves == {"x/new/": "x/old/"}
    assert ids(cards)["x/new/in/a.md"] == "x/old/in/a.md"


def test_one_file_that_moved_alone_is_no_folder() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"))
    cards = life.build(*folder("old", "b"), *folder("new", "a"))
    assert life.moves == {"new/a.md": "old/a.md"}
    assert ids(cards) == {"new/a.md": "old/a.md", "old/b.md": "old/b.md"}


def test_files_that_moved_into_a_folder_with_others_are_lines_of_their_own() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"), *folder("new", "c"))
    cards = life.build(*folder("new", "a", "b", "c"))
    assert life.moves == {"new/a.md": "old/a.md", "new/b.md": "old/b.md"}
    assert ids(cards)["new/c.md"] == "new/c.md"


def test_files_that_moved_under_other_names_are_lines_of_their_own() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"))
    life.build(
        read("new/1.md", "text of a", title="a"),
        read("new/2.md", "text of b", title="b"),
    )
    assert life.moves == {"new/1.md": "old/a.md", "new/2.md": "old/b.md"}


def test_a_file_that_leaves_a_folder_that_moved_keeps_its_first_id() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"))
    life.build(*folder("new", "a", "b"))
    cards = life.build(*folder("new", "b"), *folder("apart", "a"))
    assert ids(cards) == {"apart/a.md": "old/a.md", "new/b.md": "old/b.md"}
    assert ids(life.build(*folder("new", "b"), *folder("apart", "a"))) == ids(cards)


def test_two_folders_that_become_one_are_lines_that_keep_every_id() -> None:
    life = Life()
    life.build(*folder("one", "a", "b"), *folder("two", "c", "d"))
    cards = life.build(*folder("both", "a", "b", "c", "d"))
    assert ids(cards) == {
        "both/a.md": "one/a.md",
        "both/b.md": "one/b.md",
        "both/c.md": "two/c.md",
        "both/d.md": "two/d.md",
    }


# Old paths that are taken again


def test_a_new_article_at_the_old_path_of_one_that_moved_has_another_id() -> None:
    life = Life()
    life.build(read("a.md"))
    life.build(read("b.md"))
    new = read("a.md", "fish", title="High tide", hours=1)
    cards = life.build(read("b.md"), new)
    assert cards["b.md"].id == id_of("a.md")
    assert cards["a.md"].id != id_of("a.md")
    assert life.build(read("b.md"), new) == cards


def test_it_has_another_id_in_the_build_of_the_move_too() -> None:
    life = Life()
    life.build(read("a.md"))
    cards = life.build(read("b.md"))
    life.build(read("b.md"), read("a.md", "fish", title="High tide", hours=1))
    assert cards["b.md"].id == id_of("a.md")


def test_it_has_another_id_even_when_no_feed_has_shown_the_moved_one() -> None:
    life = Life(announces=False)
    life.build(read("a.md"))
    life.build(read("b.md"))
    cards = life.build(read("b.md"), read("a.md", "fish", title="High tide", hours=1))
    assert cards["b.md"].id == id_of("a.md") != cards["a.md"].id


def test_a_new_article_at_an_old_path_in_a_folder_that_moved_has_another_id() -> None:
    life = Life()
    life.build(*folder("old", "a", "b"))
    life.build(*folder("new", "a", "b"))
    late = read("old/a.md", "fish", title="High tide", hours=1)
    cards = life.build(*folder("new", "a", "b"), late)
    assert ids(cards)["new/a.md"] == "old/a.md" != ids(cards)["old/a.md"]
    assert ids(cards)["new/b.md"] == "old/b.md"
    assert life.build(*folder("new", "a", "b"), late) == cards


def test_dates_of_the_moved_one_and_of_the_new_one_are_not_mixed_up() -> None:
    life = Life()
    life.build(read("a.md", hours=-5))
    life.build(read("b.md", hours=-5))
    life.build(read("b.md", hours=-5), read("a.md", "fish", title="High tide"))
    cards = life.build(read("b.md", hours=3), read("a.md", "fish", title="High tide", hours=3))
    assert cards["b.md"].published == NOON - timedelta(hours=5)
    assert cards["a.md"].published == NOON


def test_a_path_is_the_birth_of_one_article_at_a_time() -> None:
    births = Births({"b.md": Move(origin="a.md")}, archive_of(read("a.md"), read("b.md")))
    assert births.of("b.md") == "a.md"
    assert births.of("a.md") not in ("a.md", "b.md")
    assert (births.has_moved("a.md"), births.has_moved("b.md")) == (False, True)


# Corrected headlines

OLD = read("a.md", title="Low tde")
NEW = read("b.md", title="Low tide", hours=1)


def test_a_corrected_headline_takes_over_the_id_and_hides_the_older() -> None:
    life = Life()
    life.build(OLD)
    cards = life.build(OLD, NEW)
    assert ids(cards) == {"b.md": "a.md"}
    assert cards["b.md"].title == "Low tide"
    assert life.build(OLD, NEW) == cards


def test_the_older_headline_returns_when_the_new_one_vanishes() -> None:
    life = Life()
    life.build(OLD)
    life.build(OLD, NEW)
    assert ids(life.build(OLD)) == {"a.md": "a.md"}


def test_the_new_headline_keeps_the_id_when_the_older_one_vanishes() -> None:
    life = Life()
    life.build(OLD)
    life.build(OLD, NEW)
    for _ in range(2):
        assert ids(life.build(NEW)) == {"b.md": "a.md"}


def test_a_headline_may_be_corrected_twice() -> None:
    life = Life()
    third = read("c.md", title="Low tide!", hours=2)
    life.build(OLD)
    life.build(OLD, NEW)
    assert ids(life.build(OLD, NEW, third)) == {"c.md": "a.md"}
    assert ids(life.build(OLD, NEW)) == {"b.md": "a.md"}


def test_a_headline_stays_corrected_when_the_older_one_moves() -> None:
    life = Life()
    life.build(OLD)
    life.build(OLD, NEW)
    moved = replace(read("x.md", title="Low tde"), body_hash="boats")
    for _ in range(2):
        assert ids(life.build(moved, NEW)) == {"b.md": "a.md"}


def test_a_headline_stays_corrected_when_the_new_one_moves() -> None:
    life = Life()
    life.build(OLD)
    life.build(OLD, NEW)
    for _ in range(2):
        assert ids(life.build(OLD, read("x.md", title="Low tide", hours=1))) == {"x.md": "a.md"}


def test_a_short_or_formulaic_text_tells_of_no_correction() -> None:
    life = Life()
    life.build(OLD)
    cards = life.build(OLD, NEW, is_telling=lambda path: False)
    assert ids(cards) == {"a.md": "a.md", "b.md": "b.md"}


def test_a_headline_that_may_correct_two_corrects_none() -> None:
    life = Life()
    other = read("c.md", title="Low teid")
    life.build(OLD, other)
    assert ids(life.build(OLD, other, NEW)) == {"a.md": "a.md", "b.md": "b.md", "c.md": "c.md"}


def test_a_headline_that_two_may_correct_is_corrected_by_none() -> None:
    life = Life()
    other = read("c.md", title="High tide")
    life.build(OLD)
    assert ids(life.build(OLD, other, NEW)) == {"a.md": "a.md", "b.md": "b.md", "c.md": "c.md"}


@pytest.mark.parametrize(
    "other",
    [
        {"publisher": "Other"},
        {"chains": (("News", "Harbour"),)},
        {"chains": (*NEWS, ("Culture",))},
        {"text": "fish!"},
        {"text": ""},
        {"is_draft": True},
        {"title": "Low tde"},
    ],
    ids=["publisher", "leaf", "second chain", "text", "no text", "draft", "same headline"],
)
def test_a_correction_has_publisher_place_and_text_of_the_older_and_another_headline(other: dict[str, object]) -> None:
    life = Life()
    life.build(OLD)
    other = {"title": "Low tide", **other}
    assert "a.md" in life.build(OLD, read("b.md", **other))  # type: ignore[arg-type]
    assert life.moves == {}


def test_only_texts_of_equal_length_are_read_for_it() -> None:
    life = Life()
    old = replace(OLD, body_hash=None)
    longer = replace(read("c.md", title="Other"), body_hash=None, body_size=99)
    life.build(old, longer)
    cards = life.build(old, longer, NEW, hashes={"a.md": "boats", "c.md": "boats"})
    assert ids(cards)["b.md"] == "a.md"
    assert life.asked == ["a.md"]


def test_two_files_that_were_there_before_correct_nothing() -> None:
    life = Life()
    life.build(OLD, NEW)
    assert ids(life.build(OLD, NEW)) == {"a.md": "a.md", "b.md": "b.md"}


# Dates that subscribers were told


@pytest.mark.parametrize("is_zoneless", [False, True])
@pytest.mark.parametrize("text", ["boats", "fish"])
def test_an_announced_date_never_becomes_later(is_zoneless: bool, text: str) -> None:
    life = Life()
    life.build(read("a.md"))
    for _ in range(2):
        cards = life.build(read("a.md", text, hours=5, is_zoneless=is_zoneless))
        assert cards["a.md"].published == NOON


def test_an_announced_date_may_become_earlier_and_then_stays_there() -> None:
    life = Life()
    life.build(read("a.md"))
    assert life.build(read("a.md", hours=-5))["a.md"].published == NOON - timedelta(hours=5)
    assert life.build(read("a.md", hours=-1))["a.md"].published == NOON - timedelta(hours=5)


def test_an_announced_date_holds_when_the_file_states_none_any_more() -> None:
    life = Life()
    life.build(read("a.md"))
    for _ in range(2):
        assert life.build(read("a.md", at=None))["a.md"].published == NOON


def test_nothing_is_remembered_of_dates_that_hold_by_themselves() -> None:
    life = Life()
    life.build(read("a.md"))
    life.build(read("a.md", hours=-5))
    assert life.memory.articles == {}


def test_an_announced_date_holds_for_an_article_that_moved() -> None:
    life = Life()
    life.build(read("a.md"))
    assert life.build(read("b.md", hours=5))["b.md"].published == NOON


# Dates that nobody was told


def test_a_later_time_without_a_zone_is_a_crawlers_clock_as_long_as_the_text_is_the_same() -> None:
    life = Life(announces=False)
    life.build(read("a.md", is_zoneless=True))
    for hours in (5, 9):
        assert life.build(read("a.md", hours=hours, is_zoneless=True))["a.md"].published == NOON


def test_a_later_time_without_a_zone_counts_when_the_text_is_another() -> None:
    life = Life(announces=False)
    life.build(read("a.md", is_zoneless=True))
    later = NOON + timedelta(hours=5)
    assert life.build(read("a.md", "fish", hours=5, is_zoneless=True))["a.md"].published == later


def test_an_empty_text_is_not_the_same_text() -> None:
    life = Life(announces=False)
    life.build(read("a.md", "", is_zoneless=True))
    later = NOON + timedelta(hours=5)
    assert life.build(read("a.md", "", hours=5, is_zoneless=True))["a.md"].published == later


def test_a_later_time_with_a_zone_counts() -> None:
    life = Life(announces=False)
    life.build(read("a.md", is_zoneless=True))
    assert life.build(read("a.md", hours=5))["a.md"].published == NOON + timedelta(hours=5)


def test_an_earlier_time_counts_with_a_zone_or_without() -> None:
    for is_zoneless in (True, False):
        life = Life(announces=False)
        life.build(read("a.md", is_zoneless=True))
        earlier = NOON - timedelta(hours=5)
        assert life.build(read("a.md", hours=-5, is_zoneless=is_zoneless))["a.md"].published == earlier


def test_a_date_that_comes_and_goes_keeps_the_better() -> None:
    life = Life(announces=False)
    life.build(read("a.md", is_zoneless=True))
    assert life.build(read("a.md", at=None))["a.md"].published == NOON
    assert life.build(read("a.md", hours=5, is_zoneless=True))["a.md"].published == NOON
    assert life.build(read("a.md", at=None))["a.md"].published == NOON
    assert life.build(read("a.md", hours=7))["a.md"].published == NOON + timedelta(hours=7)


def test_dates_that_differ_because_the_rules_do_are_no_change() -> None:
    life = Life(announces=False)
    life.build(read("a.md", is_zoneless=True))
    other = read("a.md", hours=8, is_zoneless=True)
    assert life.build(other, is_comparable=False)["a.md"].published == NOON + timedelta(hours=8)
    assert life.memory.articles == {}


# Articles without a date


def test_what_has_no_date_at_the_first_build_was_there_before_and_is_never_announced() -> None:
    life = Life()
    for _ in range(3):
        assert life.build(read("a.md", at=None))["a.md"].published is None
    assert life.memory.articles == {"a.md": Remembered(is_older=True)}


def test_what_comes_later_without_a_date_has_the_time_when_it_was_first_seen() -> None:
    life = Life(announces=False)
    life.build(read("z.md", "fish"))
    first = life.build(read("z.md", "fish"), read("a.md", at=None))["a.md"].published
    assert first == life.now
    assert life.build(read("z.md", "fish"), read("a.md", at=None))["a.md"].published == first


def test_with_skip_it_counts_as_having_been_there_before_for_good() -> None:
    life = Life(dates_undated=False)
    life.build(read("z.md", "fish"))
    life.build(read("z.md", "fish"), read("a.md", at=None))
    assert life.memory.articles == {"a.md": Remembered(is_older=True)}
    life.dates_undated = True
    assert life.build(read("z.md", "fish"), read("a.md", at=None))["a.md"].published is None


def test_a_real_date_places_one_that_nobody_was_told_of() -> None:
    life = Life(announces=False)
    life.build(read("z.md", "fish"))
    life.build(read("z.md", "fish"), read("a.md", at=None))
    assert life.build(read("z.md", "fish"), read("a.md", hours=-9))["a.md"].published == NOON - timedelta(hours=9)


@pytest.mark.parametrize("hours", [-9, 9])
def test_a_real_date_leaves_one_that_was_announced_where_it_is(hours: float) -> None:
    life = Life()
    life.build(read("z.md", "fish"))
    first = life.build(read("z.md", "fish"), read("a.md", at=None))["a.md"].published
    for at in (NOON, NOON, None):
        assert life.build(read("z.md", "fish"), read("a.md", at=at, hours=hours))["a.md"].published == first


def test_a_real_date_places_what_was_there_before() -> None:
    life = Life()
    life.build(read("a.md", at=None))
    assert life.build(read("a.md"))["a.md"].published == NOON


def test_a_crawlers_clock_places_nothing_that_was_there_before() -> None:
    life = Life()
    life.build(read("a.md", at=None))
    assert life.build(read("a.md", hours=3, is_zoneless=True))["a.md"].published is None
    assert life.build(read("a.md", at=None))["a.md"].published is None
    assert life.build(read("a.md", hours=-50, is_zoneless=True))["a.md"].published == NOON - 50 * LATER
    assert life.build(read("a.md", hours=4))["a.md"].published is not None


def test_a_copy_of_what_was_there_before_is_no_news() -> None:
    life = Life()
    life.build(read("a.md", at=None))
    cards = life.build(read("a.md", at=None), read("x/a.md", at=None, chains=(("Culture",),)))
    assert cards["x/a.md"].published is None


def test_what_has_only_text_or_title_of_what_was_there_before_is_news() -> None:
    life = Life()
    life.build(read("a.md", at=None))
    other_title = read("b.md", at=None, title="High tide", chains=(("Culture",),))
    other_text = read("c.md", "fish", at=None)
    cards = life.build(read("a.md", at=None), other_title, other_text)
    assert (cards["b.md"].published, cards["c.md"].published) == (life.now, life.now)


def test_what_was_there_before_stays_so_when_it_moves() -> None:
    life = Life()
    life.build(read("a.md", at=None))
    for _ in range(2):
        assert life.build(read("b.md", at=None))["b.md"].published is None


@pytest.mark.parametrize("unready", [{"text": ""}, {"is_draft": True}], ids=["empty", "draft"])
def test_an_undated_file_that_is_not_ready_waits(unready: dict[str, object]) -> None:
    life = Life(announces=False)
    life.build(read("z.md", "fish"))
    cards = life.build(read("z.md", "fish"), read("a.md", at=None, **unready))  # type: ignore[arg-type]
    assert cards["a.md"].published is None
    assert life.build(read("z.md", "fish"), read("a.md", at=None))["a.md"].published == life.now


# Ids


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_new_file_with_a_smaller_path_does_not_take_an_id_that_subscribers_know(is_moved: bool) -> None:
    life = Life()
    known = read("m.md", id="urn:tide")
    life.build(known)
    if is_moved:
        known = read("n.md", id="urn:tide")
        life.build(known)
    new = read("a.md", "fish", title="High tide", id="urn:tide")
    for _ in range(2):
        cards = life.build(known, new)
        assert cards[known.path].id == "urn:tide"
        assert cards["a.md"].id != "urn:tide"


def test_who_claims_the_id_of_another_is_not_told_its_date() -> None:
    life = Life()
    known = read("m.md", id="urn:tide", hours=-5)
    life.build(known)
    new = read("a.md", "fish", title="High tide", id="urn:tide")
    for hours in (0, 3):
        cards = life.build(known, read("a.md", "fish", title="High tide", id="urn:tide", hours=hours))
        assert cards["a.md"].published == NOON
    assert life.build(known, new)["m.md"].published == NOON - timedelta(hours=5)


def test_an_id_that_nobody_knows_goes_to_the_smaller_path() -> None:
    life = Life(announces=False)
    life.build(read("m.md", id="urn:tide"))
    cards = life.build(read("m.md", id="urn:tide"), read("a.md", "fish", title="High tide", id="urn:tide"))
    assert cards["a.md"].id == "urn:tide"


def test_a_copy_inherits_the_id_of_the_article_that_vanished() -> None:
    life = Life()
    both = read("a.md"), read("b.md", chains=(("Culture",),))
    life.build(*both, copies={"a.md": ("b.md",)})
    for _ in range(2):
        assert ids(life.build(both[1])) == {"b.md": "a.md"}


def test_no_copy_inherits_from_an_article_that_only_moved() -> None:
    life = Life()
    copy = read("b.md", chains=(("Culture",),))
    life.build(read("a.md"), copy, copies={"a.md": ("b.md",)})
    cards = life.build(read("c.md"), copy)
    assert cards["c.md"].id == id_of("a.md") != cards["b.md"].id


def test_a_given_id_and_date_hold() -> None:
    life = Life()
    life.memory = with_given(
        Memory(), [("a.md", "urn:old", NOON - LATER), ("b.md", None, None)], births_in("a.md", "b.md")
    )
    assert life.memory.articles == {"a.md": Remembered(id="urn:old", announced=NOON - LATER)}
    cards = life.build(read("a.md"), read("b.md", "fish", title="High tide"))
    assert (cards["a.md"].id, cards["a.md"].published) == ("urn:old", NOON - LATER)
    assert cards["b.md"].id == id_of("b.md")


def test_a_given_id_holds_for_an_article_that_moved() -> None:
    life = Life()
    life.memory = with_given(Memory(), [("a.md", "urn:old", None)], births_in("a.md"))
    life.build(read("a.md"))
    assert life.build(read("b.md"))["b.md"].id == "urn:old"


def test_what_is_given_to_a_file_that_moved_is_given_to_its_article() -> None:
    moved = Memory(moves={"b.md": Move(origin="a.md")})
    memory = with_given(moved, [("b.md", "urn:old", None)], births_in("b.md", memory=moved))
    assert set(memory.articles) == {"a.md"}


def test_claims_of_what_is_remembered_go_first() -> None:
    memory = Memory(moves={"m.md": Move(origin="z.md")}, articles={"n.md": Remembered(id="urn:n")})
    paths = ("a.md", "m.md", "n.md")
    assert claimants(memory, births_in(*paths, memory=memory), paths) == {"m.md", "n.md"}
