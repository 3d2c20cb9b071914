"""Which categories have fallen silent, by their own pace and the archive's newest article."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import pytest

from feeds.choose import microseconds
from feeds.model import CategoryPath
from feeds.silence import TIMES, Silence, find_silences
from tests.articles import NOON

Article = tuple[tuple[CategoryPath, ...], datetime]


def cards(*chain: str, days: Iterable[float]) -> list[Article]:
    """Make a category's articles, so many days before noon each."""
    return [((chain,), NOON - timedelta(days=day)) for day in days]


def silences(articles: Iterable[Article]) -> tuple[Silence, ...]:
    return find_silences((chains, [microseconds(published)]) for chains, published in articles)


def silent(*groups: Sequence[Article]) -> list[CategoryPath]:
    return [one.category for one in silences(article for group in groups for article in group)]


ALIVE = cards("Alive", days=range(9))
"""One article a day until noon."""


def test_a_category_is_silent_when_its_last_article_is_many_gaps_behind_the_newest() -> None:
    quiet = cards("Quiet", days=range(TIMES + 1, 20))
    (found,) = silences([*ALIVE, *quiet])
    assert found.category == ("Quiet",)
    assert found.last == NOON - timedelta(days=TIMES + 1)
    assert found.usual == timedelta(days=1)
    assert found.since == timedelta(days=TIMES + 1)


def test_a_gap_of_just_so_many_times_the_usual_is_none() -> None:
    assert silent(ALIVE, cards("Quiet", days=range(TIMES, 20))) == []


def test_time_is_measured_by_the_newest_article_and_not_by_a_clock() -> None:
    assert silent(cards("Long ago", days=range(1000, 1020)), cards("So", days=range(1000, 1020))) == []


def test_each_category_has_its_own_pace() -> None:
    assert silent(ALIVE, cards("Monthly", days=range(100, 400, 30))) == []
    assert silent(ALIVE, cards("Hourly", days=[1 + hour / 24 for hour in range(9)])) == [("Hourly",)]


def test_the_usual_gap_is_the_middle_one() -> None:
    quiet = cards("Quiet", days=[6, 7, 8, 9, 99, 199])
    assert [one.usual for one in silences([*ALIVE, *quiet])] == [timedelta(days=1)]


@pytest.mark.parametrize(("count", "is_found"), [(4, False), (5, True)])
def test_a_category_with_few_articles_has_no_pace(count: int, is_found: bool) -> None:
    assert bool(silent(ALIVE, cards("Quiet", days=range(50, 50 + count)))) is is_found


def test_articles_of_one_moment_count_once() -> None:
    assert silent(ALIVE, cards("Q", days=[50] * 9)) == []


def test_between_bursts_a_category_is_not_silent() -> None:
    burst = cards("Burst", days=[day + minute / 1440 for day in (0.2, 1, 2) for minute in range(9)])
    assert silent(ALIVE, burst) == []


def test_only_the_newest_pace_counts() -> None:
    slow_once = [*cards("Q", days=range(2000, 9000, 70)), *cards("Q", days=[7 + n / 10 for n in range(100)])]
    assert silent(ALIVE, slow_once) == [("Q",)]


def test_every_level_is_measured() -> None:
    assert silent(ALIVE, cards("Quiet", "Leaf", days=range(50, 60))) == [("Quiet",), ("Quiet", "Leaf")]


def test_a_level_lives_by_any_of_those_below_it() -> None:
    dead, alive = cards("Top", "Dead", days=range(50, 60)), cards("Top", "Alive", days=range(9))
    assert silent(dead, alive) == [("Top", "Dead")]


def test_an_article_of_two_chains_keeps_both_alive() -> None:
    both = [((("Quiet",), ("Alive",)), published) for _, published in ALIVE]
    assert silent(cards("Quiet", days=range(50, 60)), both) == []


def test_those_furthest_behind_their_own_pace_come_first_in_whatever_order_they_came() -> None:
    every = [*ALIVE, *cards("Weeks", days=range(100, 200, 10)), *cards("Days", days=range(90, 100))]
    assert silent(every) == [("Days",), ("Weeks",)]
    random.Random(3).shuffle(every)
    assert silent(every) == [("Days",), ("Weeks",)]


def test_articles_without_category_do_no_harm() -> None:
    assert silent([((), NOON)], ALIVE) == []
    assert silent([]) == []
