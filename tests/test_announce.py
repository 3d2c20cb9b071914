"""What subscribers of a feed would see: every difference has one name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec.structs import replace

from feeds.announce import News, compare, is_flood
from feeds.model import Announced, CategoryPath, Entry, ShownEntry
from tests.articles import NOON
from tests.feed_samples import BARE, FEED

HERE: CategoryPath = ("News",)
KEEP = timedelta(hours=48)


def entry(name: str, *, hours: float = 0, title: str = "") -> Entry:
    published = NOON + timedelta(hours=hours)
    return replace(BARE, id=f"urn:{name}", title=title or f"Article {name}", published=published, updated=published)


def shown(one: Entry, digest: str | None = None) -> ShownEntry:
    """Answer how a feed showed an entry; its digest is its title unless given."""
    return ShownEntry(
        id=one.id, title=one.title, published=one.published, digest=one.title if digest is None else digest
    )


def news(
    now: Sequence[Entry], before: Sequence[ShownEntry] | None, held: dict[str, CategoryPath] | None = None
) -> News:
    """Compare; `held` names the feeds that have held an entry, by its id."""
    feed = replace(FEED, category=HERE, entries=tuple(now))
    announced = {
        id_: Announced(id=id_, published=NOON, paths=(), feeds=frozenset({category}))
        for id_, category in {**{one.id: HERE for one in before or ()}, **(held or {})}.items()
    }
    return compare(feed, before, announced, {one.id: one.title for one in now}, keep=KEEP)


A, B = entry("a"), entry("b", hours=1)


def test_a_feed_that_shows_what_it_showed_is_no_news() -> None:
    found = news([B, A], [shown(B), shown(A)])
    assert not found.is_any
    assert (found.category, found.is_first) == (HERE, False)


def test_another_order_is_no_news() -> None:
    assert not news([A, B], [shown(B), shown(A)]).is_any


def test_what_a_feed_has_never_held_is_new() -> None:
    found = news([B, A], [shown(A)])
    assert (found.new, found.old, found.edited, found.returning, found.rolled_off) == ((B,), (), (), (), ())
    assert found.is_any


def test_what_only_another_feed_has_held_is_new_here() -> None:
    assert news([B, A], [shown(A)], held={B.id: ("Culture",)}).new == (B,)


def test_what_a_feed_held_once_and_then_no_more_returns() -> None:
    found = news([B, A], [shown(A)], held={B.id: HERE})
    assert (found.new, found.returning) == ((), (B,))
    assert found.is_any


def test_what_a_feed_no_longer_shows_rolled_off() -> None:
    found = news([B], [shown(B), shown(A)])
    assert found.rolled_off == (shown(A),)
    assert found.is_any


def test_what_says_something_else_is_edited() -> None:
    found = news([B], [shown(B, digest="other")])
    assert found.edited == (B,)
    assert found.is_any


def test_where_no_digest_is_known_title_and_date_tell() -> None:
    assert not news([B], [shown(B, digest="")]).is_any
    assert news([B], [shown(replace(B, title="Other"), digest="")]).edited == (B,)
    assert news([B], [shown(entry("b", hours=2), digest="")]).edited == (B,)


def test_the_same_headline_under_another_id_is_renamed_and_new() -> None:
    other = replace(B, id="urn:other")
    found = news([other], [shown(B)])
    assert found.renamed == ((shown(B), other),)
    assert found.new == (other,)
    assert found.rolled_off == (shown(B),)


@pytest.mark.parametrize("other", [entry("o", hours=1, title="Other"), entry("o", hours=2, title="Article b")])
def test_another_title_or_date_is_another_article(other: Entry) -> None:
    assert news([other], [shown(B)]).renamed == ()


def test_new_entries_that_lie_well_behind_the_newest_published_are_old() -> None:
    at, behind = entry("at", hours=-47), entry("behind", hours=-47.01)
    assert news([B, at, behind], [shown(B)]).old == (behind,)


def test_what_is_as_new_as_the_window_but_behind_today_is_not_old() -> None:
    """Measured by what was published: a day on which a hundred articles come is no flood."""
    today = entry("today", hours=900)
    assert news([today, A], [shown(B)]).old == ()


def test_a_feed_without_entries_has_nothing_to_be_behind() -> None:
    found = news([A], [])
    assert (found.new, found.old, found.is_first) == ((A,), (), False)


def test_nobody_has_subscribed_to_a_feed_that_was_never_published() -> None:
    found = news([B, A], None)
    assert (found.is_first, found.new, found.old) == (True, (B, A), ())


@pytest.mark.parametrize(("count", "flooded"), [(0, False), (3, False), (4, True)])
def test_more_old_entries_than_the_limit_are_a_flood(count: int, flooded: bool) -> None:
    old = [entry(f"{number}", hours=-100 - number) for number in range(count)]
    assert is_flood(news([B, *old], [shown(B)]), 3) is flooded


def test_any_number_of_new_entries_is_no_flood() -> None:
    fresh = [entry(f"{number}", hours=number) for number in range(2, 50)]
    assert not is_flood(news([*fresh, B], [shown(B)]), 0)


def test_a_first_publication_is_no_flood() -> None:
    old = [entry(f"{number}", hours=-100 - number) for number in range(9)]
    assert not is_flood(news([B, *old], None), 0)


def test_entries_that_return_are_no_flood() -> None:
    old = [entry(f"{number}", hours=-100 - number) for number in range(9)]
    assert not is_flood(news([B, *old], [shown(B)], held={one.id: HERE for one in old}), 0)
