from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.adopt import Matches, match_entries
from feeds.model import Card, PublishedEntry
from tests.articles import NOON, make_card


def make_entry(
    name: str = "old",
    *,
    link: str | None = None,
    title: str = "Low tide",
    published: datetime | None = NOON,
    hours: float = 0,
) -> PublishedEntry:
    """Make an entry; `hours` shifts its publication."""
    return PublishedEntry(
        id=name, link=link, title=title, published=published + timedelta(hours=hours) if published else None
    )


def make_page(permalink: str | None, *, title: str = "Another", path: str = "a.md") -> Card:
    return replace(make_card(path=path, title=title), permalink=permalink)


def paths(matches: Matches) -> dict[str, str]:
    """Return the path of the card by the id of the entry that it is."""
    return {entry.id: card.path for entry, card in matches.pairs}


def match(entries: Sequence[PublishedEntry], cards: Sequence[Card]) -> dict[str, str]:
    return paths(match_entries(entries, cards))


def test_an_equal_id_matches_whatever_else_differs() -> None:
    card = make_card(path="a.md", title="Another")
    assert match([make_entry(card.id, link="https://example.com/1")], [card]) == {card.id: "a.md"}


def test_an_id_comes_before_a_link_and_a_link_before_a_title() -> None:
    by_id = make_card(path="id.md", title="One")
    by_link = make_page("https://example.com/2", path="link.md", title="Two")
    by_title = make_card(path="title.md", title="Three")
    entries = [
        make_entry(by_id.id, link="https://example.com/2", title="Three"),
        make_entry("two", link="https://example.com/2", title="Three"),
        make_entry("three", link="https://example.com/2", title="Three"),
    ]
    assert match(entries[:1], [by_title, by_link, by_id]) == {by_id.id: "id.md"}
    assert match(entries[1:2], [by_title, by_link, by_id]) == {"two": "link.md"}
    assert match([entries[0], entries[1]], [by_title, by_link, by_id]) == {by_id.id: "id.md", "two": "link.md"}
    assert match(entries, [by_title, by_link, by_id]) == {by_id.id: "id.md"}


def test_what_is_matched_and_what_is_not_keep_the_order_of_the_entries() -> None:
    cards = [make_card(path=f"{name}.md", title=name) for name in "abcd"]
    entries = [make_entry(name, title=name) for name in "dxbya"]
    found = match_entries(entries, cards)
    assert [entry.id for entry, _ in found.pairs] == ["d", "b", "a"]
    assert [entry.id for entry in found.unmatched] == ["x", "y"]


def test_an_entry_of_two_feeds_counts_once() -> None:
    found = match_entries([make_entry(), make_entry(title="Later"), make_entry("x", title="X")] * 2, [make_card()])
    assert [entry.title for entry, _ in found.pairs] == ["Low tide"]
    assert [entry.id for entry in found.unmatched] == ["x"]


# Links


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/~tide/金融/a-b",
        "http://example.com/~tide/金融/a-b",
        "https://EXAMPLE.com:443/~tide/金融/a-b/",
        "https://example.com/~tide/%E9%87%91%E8%9E%8D/a-b",
        "https://example.com/%7Etide/%e9%87%91%e8%9e%8d/a%2Db",
        "https://example.com/~tide/金融/a-b/index.html",
        "https://example.com/~tide/金融/a-b#comments",
        "https://example.com/~tide/金融/a-b/?utm_source=rss&UTM_medium=feed#top",
        "https://example.com/~tide/金融/a-b?",
    ],
)
def test_links_are_compared_without_what_does_not_tell_pages_apart(link: str) -> None:
    for page in ("https://example.com/~tide/金融/a-b", "https://example.com/~tide/%E9%87%91%E8%9E%8D/a-b/"):
        assert match([make_entry(link=link)], [make_page(page)]) == {"old": "a.md"}


@pytest.mark.parametrize(
    "link",
    [
        "https://www.example.com/a",
        "https://example.com:8080/a",
        "https://example.com/A",
        "https://example.com/a?p=1",
        "https://example.com/a?autm_x=1",
        "https://example.com/a.html",
        "https://example.com/aindex.html",
        "https://example.com/a%2F",
        "https://example.com/a//b",
        "tag:example.com,2022:a",
        None,
    ],
)
def test_links_that_may_be_other_pages_differ(link: str | None) -> None:
    assert match([make_entry(link=link)], [make_page("https://example.com/a")]) == {}


def test_queries_tell_pages_apart() -> None:
    cards = [make_page(f"https://example.com/?p={number}&lang=a+b", path=f"{number}.md") for number in (1, 2)]
    link = "http://example.com/?utm_campaign=x&p=2&lang=a%20b"
    assert match([make_entry(link=link)], cards) == {"old": "2.md"}


def test_a_link_that_two_share_matches_neither() -> None:
    link, page = "https://example.com/a", make_page("https://example.com/a")
    assert match([make_entry("1", link=link), make_entry("2", link=link + "/")], [page]) == {}
    assert match([make_entry(link=link)], [page, replace(page, path="b.md", id="b")]) == {}


@given(
    st.sampled_from(["http", "https"]),
    st.text("abAB01~-._/é%", max_size=8).map(lambda path: f"/{path}" if path else ""),
    st.text("ab=&?+%é", max_size=5),
)
def test_a_link_matches_itself_with_everything_added_that_does_not_count(scheme: str, path: str, query: str) -> None:
    page = f"https://example.com{path}" + (f"?{query}" if query else "")
    link = f"{scheme}://Example.com{path}?" + (f"{query}&" if query else "") + "utm_source=feed#top"
    assert match([make_entry(link=link)], [make_page(page)]) == {"old": "a.md"}


# Titles and dates


@pytest.mark.parametrize(
    ("published_as", "title"),
    [
        ("LOW  TIDE", "Low tide"),
        ("Ｌｏｗ\u3000ｔｉｄｅ（１）", "low tide(1)"),
        ("Straße\u200b", "STRASSE"),
        ("Cafe\u0301", "café"),
        ("“Low” tide — it’s", '"Low" tide -- it\'s'),
        ("《退潮》——续", "《退潮》—续"),
    ],
)
def test_titles_are_compared_without_regard_to_case_width_and_typesetting(published_as: str, title: str) -> None:
    assert match([make_entry(title=published_as)], [make_card(path="a.md", title=title)]) == {"old": "a.md"}


def test_equal_titles_and_dates_match() -> None:
    cards = [make_card(path=f"{hours}.md", hours=hours) for hours in (0, 2, 48)]
    assert match([make_entry(hours=2)], cards) == {"old": "2.md"}


@pytest.mark.parametrize(("hours", "is_match"), [(8, True), (-8, True), (24, True), (24.1, False), (-24.1, False)])
def test_dates_may_be_a_day_apart(hours: float, is_match: bool) -> None:
    assert bool(match([make_entry(hours=hours)], [make_card()])) is is_match


def test_the_nearest_card_wins() -> None:
    cards = [make_card(path=f"{hours}.md", hours=hours) for hours in (-9, 8, 20)]
    assert match([make_entry()], cards) == {"old": "8.md"}


def test_two_cards_equally_near_match_neither() -> None:
    assert match([make_entry()], [make_card(path=f"{hours}.md", hours=hours) for hours in (-8, 8)]) == {}
    assert match([make_entry()], [make_card(path=path, hours=8) for path in ("a.md", "b.md")]) == {}
    assert match([make_entry()], [make_card(path=path) for path in ("a.md", "b.md")]) == {}


def test_a_card_that_two_entries_may_be_matches_neither() -> None:
    assert match([make_entry("1", hours=-8), make_entry("2", hours=8)], [make_card()]) == {}
    assert match([make_entry("1"), make_entry("2")], [make_card()]) == {}


def test_a_card_goes_to_the_entry_nearest_to_it() -> None:
    entries = [make_entry("far", hours=9), make_entry("near", hours=8)]
    assert match(entries, [make_card(path="a.md")]) == {"near": "a.md"}


def test_a_column_of_one_title_survives_a_lost_zone() -> None:
    cards = [make_card(path=f"{day}.md", hours=24 * day) for day in range(30)]
    entries = [make_entry(f"{day}", hours=24 * day + 8) for day in range(10, 30)]
    assert match(entries, cards) == {f"{day}": f"{day}.md" for day in range(10, 30)}


def test_a_card_without_a_date_is_the_entry_that_alone_has_its_title() -> None:
    undated = [make_card(path=path, published=None) for path in ("a.md", "b.md")]
    assert match([make_entry()], undated[:1]) == {"old": "a.md"}
    assert match([make_entry()], undated) == {}
    assert match([make_entry(), make_entry("other", hours=99)], undated[:1]) == {}


def test_an_entry_without_date_matches_by_a_title_that_one_card_has() -> None:
    undated = make_entry(published=None)
    assert match([undated], [make_card(path="a.md")]) == {"old": "a.md"}
    assert match([undated], [make_card(path="a.md", published=None)]) == {"old": "a.md"}
    assert match([undated], [make_card(path="a.md"), make_card(path="b.md", hours=99)]) == {}


def test_an_entry_without_date_is_alone_in_its_title_too() -> None:
    undated = make_entry(published=None)
    assert match([undated, make_entry("other", published=None)], [make_card()]) == {}
    assert match([undated, make_entry("other", hours=99)], [make_card()]) == {}


def test_a_card_matched_leaves_the_other_one_of_its_title() -> None:
    cards = [make_card(path="a.md"), make_card(path="b.md", hours=99)]
    assert match([make_entry("dated"), make_entry("undated", published=None)], cards) == {
        "dated": "a.md",
        "undated": "b.md",
    }


def test_no_title_is_none() -> None:
    assert match([make_entry(title="")], [make_card(title="\u200b")]) == {}


# Laws

HOURS = st.sampled_from([-24, -12, -8, 0, 0, 8, 12, 24, 40])
LINKS = st.sampled_from([None, None, "https://example.com/a", "https://example.com/b", "https://example.com/c"])
TITLES = st.sampled_from(["Low tide", "low tide", "Fog"])
ENTRIES = st.lists(
    st.builds(
        make_entry,
        st.sampled_from(["1", "2", "3", "4", "5", "card-0", "card-1"]),
        link=LINKS,
        title=TITLES,
        published=st.sampled_from([NOON, NOON, NOON, None]),
        hours=HOURS,
    ),
    max_size=6,
)


@st.composite
def archives(draw: st.DrawFn) -> list[Card]:
    """Draw cards of distinct paths and ids that resemble one another."""
    return [
        replace(
            make_card(path=f"{number}.md", id=f"card-{number}", title=draw(TITLES), hours=draw(HOURS)),
            permalink=draw(LINKS),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


@given(ENTRIES, archives(), st.data())
def test_the_order_of_the_cards_changes_nothing(
    entries: list[PublishedEntry], cards: list[Card], data: st.DataObject
) -> None:
    assert match_entries(entries, data.draw(st.permutations(cards))) == match_entries(entries, cards)


@given(ENTRIES, archives(), st.data())
def test_the_order_of_the_entries_changes_no_pair(
    entries: list[PublishedEntry], cards: list[Card], data: st.DataObject
) -> None:
    distinct = list({entry.id: entry for entry in entries}.values())
    assert match(data.draw(st.permutations(distinct)), cards) == match(distinct, cards)


@given(ENTRIES, archives())
def test_no_card_and_no_entry_is_in_two_places(entries: list[PublishedEntry], cards: list[Card]) -> None:
    found = match_entries(entries, cards)
    assert len({card.path for _, card in found.pairs}) == len(found.pairs)
    places = [*(entry.id for entry, _ in found.pairs), *(entry.id for entry in found.unmatched)]
    assert sorted(places) == sorted({entry.id for entry in entries})


def test_a_large_archive_of_one_title_takes_no_longer_than_its_size() -> None:
    cards = [make_card(path=f"{number}.md", hours=number * 30) for number in range(20_000)]
    entries = [make_entry(f"{number}", hours=number * 30 + 1) for number in range(20_000)]
    assert len(match(entries, cards)) == 20_000


def make_moved(path: str, *aliases: str, permalink: str = "https://example.com/new") -> Card:
    return replace(make_page(permalink, path=path, title=path), aliases=aliases)


def test_an_entry_may_have_an_address_that_the_page_had_before() -> None:
    cards = [
        make_moved("a.md", "https://example.com/old/a", permalink="https://example.com/a"),
        make_moved(
            "b.md", "http://example.com/old/b/", "https://example.com/older/b", permalink="https://example.com/b"
        ),
    ]
    entries = [
        make_entry("one", link="https://example.com/older/b/"),
        make_entry("two", link="https://example.com/old/a"),
    ]
    assert match(entries, cards) == {"one": "b.md", "two": "a.md"}


def test_the_address_of_today_comes_before_one_of_the_past() -> None:
    cards = [
        make_moved("a.md", "https://example.com/b", permalink="https://example.com/a"),
        make_moved("b.md", permalink="https://example.com/b"),
    ]
    assert match([make_entry("one", link="https://example.com/b")], cards) == {"one": "b.md"}


def test_former_addresses_that_could_mean_two_match_none() -> None:
    both = [make_entry("one", link="https://example.com/1"), make_entry("two", link="https://example.com/2")]
    assert match(both, [make_moved("a.md", "https://example.com/1", "https://example.com/2")]) == {}
    shared = [make_moved("a.md", "https://example.com/1"), make_moved("b.md", "https://example.com/1")]
    assert match(both[:1], shared) == {}
