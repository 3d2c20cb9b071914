"""The benchmark's archive: the same for everyone, and shaped like the founding one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import yaml

from tests.benchmarks.contestants import LIMIT
from tests.benchmarks.generate import LONGEST_NAME, NEWEST, SPAN, add_one, generate, sizes_of
from tests.benchmarks.houses import houses_of

KEYS = ["title", "categories", "headimg", "author", "comments", "date", "thumbnail"]


def contents(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def front_matter(text: str) -> str:
    return text.split("---\n")[1]


def dates(articles: dict[str, str]) -> list[str]:
    return [re.findall(r"^date: (.*)$", text, re.MULTILINE)[0] for text in articles.values()]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("archive")
    generate(folder, 3_000, houses=15, faults=0.1)
    return contents(folder)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("archive")
    generate(folder, 300, faults=0)
    return contents(folder)


def test_a_seed_gives_the_same_bytes_again(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        generate(tmp_path / name, 50, seed=seed)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one") != contents(tmp_path / "other")


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("count", [0, 1, 13, 400])
def test_there_are_as_many_articles_as_asked_for(tmp_path: Path, count: int, short: bool) -> None:
    generate(tmp_path, count, leaves=20, houses=6, short=short, faults=0.25)
    assert len(contents(tmp_path)) == count


def test_every_file_begins_and_ends_as_the_producer_wrote_it(articles: dict[str, str]) -> None:
    for text in articles.values():
        assert text.startswith("\n---\ntitle: ")
        assert "'\n---\n\n<div>   \n" in text
        assert text.endswith("\n  \n</div>\n            ")
        assert re.findall(r"^(\w+):", front_matter(text), re.MULTILINE) == KEYS
        assert not set("{}\r") & set(text)


def test_categories_are_the_folders(articles: dict[str, str]) -> None:
    for path, text in articles.items():
        top, publisher, leaf, _ = path.split("/")
        assert f"\ncategories: \n - {top}\n - {publisher}\n - {leaf}\nheadimg: '" in text
        assert f"\nauthor: {publisher}\n" in text


@pytest.mark.parametrize(("houses", "feeds"), [(60, 130), (15, 85)])
def test_sixty_leaves_of_sixty_publishers_in_nine_categories(tmp_path: Path, houses: int, feeds: int) -> None:
    generate(tmp_path, 100, houses=houses, short=True)
    chains = {tuple(path.split("/")[:level]) for path in contents(tmp_path) for level in range(4)}
    assert len(chains) == feeds
    assert Counter(map(len, chains)) == {0: 1, 1: 9, 2: houses, 3: 60}


def test_no_publisher_is_there_twice() -> None:
    houses = houses_of(60)
    assert len({house.name for house in houses}) == len({house.code for house in houses}) == 60
    assert sorted(Counter(house.top for house in houses).values()) == [6, 6, 6, 7, 7, 7, 7, 7, 7]


def test_sizes_are_skewed_and_every_feed_is_full_at_ten_thousand() -> None:
    sizes = sizes_of(10_000, 60)
    assert sum(sizes) == 10_000
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes) > 2_000
    assert min(sizes) > min(sizes_of(5_500, 60)) >= LIMIT


def test_no_two_paths_are_equal_without_regard_to_case(articles: dict[str, str]) -> None:
    assert len({path.casefold() for path in articles}) == len(articles)


def test_file_names_are_the_producers(articles: dict[str, str]) -> None:
    names = [path.rpartition("/")[2] for path in articles]
    assert not any(set("#.\n") & set(name.removesuffix(".md")) for name in names)
    lengths = [len(name.encode()) for name in names]
    assert LONGEST_NAME - 3 < max(lengths) <= LONGEST_NAME


def test_faults_come_in_their_share(articles: dict[str, str]) -> None:
    texts = [front_matter(text) for text in articles.values()]
    for fault in (
        r'^title: """""""""[^"].*[^"]"""""""""$',
        r"^title: @",
        r"^date: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$",
        r"^date: Invalid Date$",
        r"^headimg: 'https://picsum\.photos/400/300\?random=\d+'$",
        r"^headimg: '.*/qr\.png'$",
        r"^headimg: 'https://cors\.example\.net/\?http://",
    ):
        share = sum(bool(re.search(fault, text, re.MULTILINE)) for text in texts) / len(texts)
        assert 0.07 < share < 0.13, fault
    bodies = Counter(text.split("---\n")[2] for text in articles.values())
    assert 0.06 < sum(bodies.values()) / len(bodies) - 1 < 0.13
    assert max(bodies.values()) == 2


def test_without_faults_all_is_in_order(sound: dict[str, str]) -> None:
    for path, text in sound.items():
        values = yaml.safe_load(front_matter(text))
        assert values["headimg"] == values["thumbnail"]
        assert f'src="{values["headimg"]}"' in text
        assert list(values["categories"]) == path.split("/")[:3]
        assert parsedate_to_datetime(values["date"]).tzinfo is UTC
    assert len({text.split("---\n")[2] for text in sound.values()}) == len(sound)


def test_dates_lie_in_three_years_and_crowd_towards_the_end(articles: dict[str, str]) -> None:
    moments = [parsedate_to_datetime(date) for date in dates(articles) if date.endswith("GMT")]
    assert all(NEWEST - SPAN <= moment <= NEWEST for moment in moments)
    newest = sum(moment >= datetime(2022, 8, 1, tzinfo=UTC) - timedelta(hours=48) for moment in moments)
    assert 0.004 < newest / len(moments) < 0.018


@pytest.mark.long
def test_bodies_are_about_as_long_as_real_ones(articles: dict[str, str]) -> None:
    lengths = sorted(len(text.encode()) for text in articles.values())
    assert 3_500 < lengths[len(lengths) // 2] < 5_500
    assert 20_000 < lengths[-1] < 65_000


def test_one_more_article_is_the_youngest_and_replaces_none(tmp_path: Path) -> None:
    generate(tmp_path, 30, faults=0)
    before = contents(tmp_path)
    added = add_one(tmp_path).relative_to(tmp_path).as_posix()
    after = contents(tmp_path)
    assert {path: text for path, text in after.items() if path != added} == before
    (date,) = dates({added: after[added]})
    assert parsedate_to_datetime(date) > max(map(parsedate_to_datetime, dates(before)))
    with pytest.raises(FileExistsError):
        add_one(tmp_path)
