"""Which articles are published at all: by category, tag, author, language, path, word and date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

import feeds.pipeline
from feeds import Config, build
from feeds.adopt import parse_feed
from feeds.cli import main
from feeds.config import Places, load_config
from feeds.errors import ConfigError, ProblemKind
from feeds.model import FeedRule, Selection
from feeds.pipeline import Report, Wishes

NOW = datetime(2022, 8, 1, 12, tzinfo=UTC)
ARTICLES = {
    "news/port/quay.md": ("The new quay", "2022-07-20", ["News", "Port"], ["harbour"], "Ann"),
    "news/fish.md": ("Fish prices fall", "2022-07-21", ["News"], ["market", "harbour"], "Bob"),
    "culture/stage.md": ("On stage", "2022-07-22", ["Culture"], [], "Ann"),
    "culture/Ad.md": ("Sponsored: a stage", "2022-07-23", ["Culture"], ["private"], "Bob"),
}


class Site:
    """An archive of four articles, built again and again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.places = Places(folder=home / ".feeds", memory=home / "memory.jsonl")
        self.config = Config(archive=home / "archive", output=home / "public", title="Site", flood_limit=100)
        for path, (title, day, chain, tags, author) in ARTICLES.items():
            self.put(path, title, day, chain, tags, author)

    def put(self, path: str, title: str, day: str, chain: list[str], tags: list[str], author: str) -> None:
        place = self.config.archive / path
        place.parent.mkdir(parents=True, exist_ok=True)
        head = {"title": title, "date": day, "categories": chain, "tags": tags, "author": author}
        place.write_text(f"---\n{json.dumps(head)}\n---\nText of {title}, and no other.\n".replace("---\n{", "{", 1))

    def build(self, now: datetime = NOW, *, select: Selection | None = None, **wishes: Any) -> Report:
        self.config = replace(self.config, select=select)
        return build(self.config, now=now, places=self.places, wishes=Wishes(**wishes))

    def ids(self, folder: str = "") -> dict[str, str]:
        entries = parse_feed((self.config.output / folder / "feed.json").read_bytes())
        return {entry.title: entry.id for entry in entries}

    @contextmanager
    def cold(self, now: datetime = NOW) -> Iterator[Path]:
        """Build elsewhere from nothing but archive and memory."""
        output = self.home / "cold"
        places = Places(folder=self.home / "cold-state", memory=self.home / "cold.jsonl")
        places.memory.write_bytes(self.places.memory.read_bytes())
        build(replace(self.config, output=output), now=now, places=places)
        yield output


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -(10**10))
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


def select(*, since: date | timedelta | None = None, until: date | timedelta | None = None, **rule: Any) -> Selection:
    conditions = {name: tuple(tuple(one.split(":", 1)) for one in texts) for name, texts in rule.items()}
    return Selection(rule=FeedRule(**conditions), since=since, until=until)


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (select(), {"quay", "fish", "stage", "Ad"}),
        (select(any_of=["category:Culture"]), {"stage", "Ad"}),
        (select(any_of=["category:news/port", "tag:market"]), {"quay", "fish"}),
        (select(all_of=["tag:harbour", "author:ann"]), {"quay"}),
        (select(none_of=["tag:private", "path:port/"]), {"fish", "stage"}),
        (select(all_of=["word:stage"], none_of=["word:sponsored"]), {"stage"}),
        (select(since=date(2022, 7, 22)), {"stage", "Ad"}),
        (select(until=date(2022, 7, 21)), {"quay", "fish"}),
        (select(since=timedelta(days=10)), {"Ad"}),
        (select(until=timedelta(days=11)), {"quay", "fish"}),
    ],
)
def test_articles_are_selected_by_what_they_are(site: Site, selection: Selection, left: set[str]) -> None:
    every = {Path(path).stem: title for path, (title, *_) in ARTICLES.items()}
    report = site.build(select=selection)
    assert site.ids().keys() == {every[name] for name in left}
    assert report.left_out.get("unselected", 0) == len(every) - len(left)
    assert report.problems == ()


def test_what_is_left_out_has_no_page_and_comes_back_with_its_id(site: Site) -> None:
    site.build()
    before, pages = site.ids(), set(site.config.output.glob("articles/*/*"))
    report = site.build(select=select(none_of=["category:News"]))
    assert report.left_out == {"unselected": 2}
    assert before.keys() - site.ids().keys() == {"The new quay", "Fish prices fall"}
    assert len(pages - set(site.config.output.glob("articles/*/*"))) == 2
    assert site.ids("News") == {}
    site.build()
    assert site.ids() == before
    assert set(site.config.output.glob("articles/*/*")) == pages


def test_memory_is_the_same_whatever_is_selected(site: Site) -> None:
    (site.config.archive / "undated.md").write_text("---\ntitle: Undated\n---\nNobody knows when.\n")
    site.build()
    memory = [line for line in site.places.memory.read_text().splitlines() if '"path"' in line]
    assert len(memory) == 1
    site.build(select=select(any_of=["category:Culture"]))
    assert [line for line in site.places.memory.read_text().splitlines() if '"path"' in line] == memory


def test_most_articles_may_be_left_out_by_a_rule_but_old_ones_are_not_announced_in_a_flood(site: Site) -> None:
    site.config = replace(site.config, limit=2, keep_hours=0, flood_limit=1)
    site.build()
    assert site.ids().keys() == {"On stage", "Sponsored: a stage"}
    report = site.build(select=select(none_of=["category:Culture"]))
    assert {problem.kind for problem in report.problems} == {ProblemKind.FLOOD}
    assert site.ids().keys() == set()
    site.build(select=site.config.select, accept_flood=True)
    assert site.ids().keys() == {"The new quay", "Fish prices fall"}


def test_a_feed_that_is_held_back_shows_what_it_showed_but_nothing_that_is_left_out_now(site: Site) -> None:
    site.config = replace(site.config, limit=2, keep_hours=0, flood_limit=0)
    site.build()
    before, pages = site.ids(), set(site.config.output.glob("articles/*/*"))
    for text in ("one", "two"):
        site.put("older.md", "Older", "2022-07-01", ["News"], [], text)
        report = site.build(select=select(none_of=["tag:private"]), every_problem=True)
        assert report.held_back == {()}
        assert [problem.kind for problem in report.problems] == [ProblemKind.FLOOD]
        assert site.ids() == {"On stage": before["On stage"]}
        (gone,) = pages - set(site.config.output.glob("articles/*/*"))
    assert site.build().held_back == frozenset()
    assert site.ids() == before
    assert gone.is_file()
    place = site.config.archive / "culture/Ad.md"
    place.write_text(place.read_text().replace('"title"', '"draft": true, "title"'))
    assert site.build().held_back >= {()}
    assert site.ids() == {"On stage": before["On stage"]}
    assert not gone.exists()


def test_a_feed_held_back_that_lost_all_its_entries_announces_nothing_at_the_next_build(site: Site) -> None:
    site.config = replace(site.config, limit=2, keep_hours=0, flood_limit=1)
    site.build()
    for text in ("one", "two"):
        report = site.build(select=select(none_of=["category:Culture"]))
        assert () in report.held_back
        assert site.ids() == {}
        site.put("later.md", "Later", "2022-07-21", ["News"], [], text)


def test_problems_of_what_nobody_sees_are_not_told(site: Site) -> None:
    site.put("news/odd.md", "Odd", "Invalid Date", ["News"], [], "Ann")
    assert [problem.path for problem in site.build(every_problem=True).problems] == ["news/odd.md"]
    report = site.build(select=select(none_of=["category:News"]), every_problem=True)
    assert report.problems == ()
    assert report.problem_count == 0
    assert report.left_out == {"unselected": 3}
    assert [problem.path for problem in site.build(every_problem=True).problems] == ["news/odd.md"]


def test_an_article_drops_out_and_comes_in_as_time_passes_and_nothing_is_done_meanwhile(site: Site) -> None:
    selection = select(since=timedelta(days=11), until=timedelta(days=9))
    start = datetime(2022, 7, 31, tzinfo=UTC)  # the quay is as old as is allowed
    seen = []
    for hours in (0, 1, 2, 23, 24, 25, 26):
        report = site.build(start + timedelta(hours=hours), select=selection)
        seen.append((report.is_unchanged, sorted(site.ids())))
        with site.cold(start + timedelta(hours=hours)) as output:
            assert (output / "rss.xml").read_bytes() == (site.config.output / "rss.xml").read_bytes()
    fish, quay, stage, ad = "Fish prices fall", "The new quay", "On stage", "Sponsored: a stage"
    assert seen == [
        (False, [fish, stage, quay]),
        (False, [fish, stage]),
        (True, [fish, stage]),
        (True, [fish, stage]),
        (False, [fish, stage, ad]),
        (False, [stage, ad]),
        (True, [stage, ad]),
    ]


def test_the_first_and_the_last_of_all_days_leave_nothing_out(site: Site) -> None:
    site.config = replace(site.config, zone=ZoneInfo("Asia/Shanghai"))
    site.put("news/last.md", "The last day", "9999-12-31", ["News"], [], "Ann")
    for selection in (select(since=date(1, 1, 1), until=date(9999, 12, 31)), select(since=timedelta(days=365_000))):
        assert site.build(select=selection).left_out == {"future": 1}


def test_a_clock_that_was_set_back_brings_articles_back(site: Site) -> None:
    selection = select(since=timedelta(days=10))
    site.build(NOW + timedelta(days=1), select=selection)
    assert site.ids() == {}
    site.build(NOW, select=selection)
    assert site.ids().keys() == {"Sponsored: a stage"}


def test_an_edited_article_is_judged_again(site: Site) -> None:
    selection = select(none_of=["tag:private"])
    site.build(select=selection)
    assert len(site.ids()) == 3
    site.put("culture/Ad.md", "Sponsored: a stage", "2022-07-23", ["Culture"], [], "Bob")
    site.put("news/fish.md", "Fish prices fall", "2022-07-21", ["News"], ["private"], "Bob")
    site.build(select=selection)
    assert site.ids().keys() == {"The new quay", "On stage", "Sponsored: a stage"}


def test_a_copy_that_is_left_out_is_no_copy(site: Site) -> None:
    site.put("copies/quay.md", "The new quay", "2022-07-20", ["Copies"], [], "Ann")
    site.build(select=select(none_of=["category:Copies"]))
    assert not (site.config.output / "Copies").exists()
    assert site.ids("News").keys() == {"The new quay", "Fish prices fall"}


def test_a_condition_that_means_no_category_is_told_with_the_nearest(site: Site) -> None:
    report = site.build(select=select(any_of=["category:Cultur", "category:culture"]))
    (problem,) = report.problems
    assert problem.kind is ProblemKind.UNUSED_CONDITION
    assert problem.what == '[select] any_of: "category:Cultur" means no article'
    assert problem.cure == 'Did you mean "Culture"?'


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ({"since": date(2030, 1, 1), "until": date(1990, 1, 1)}, ["[select] since and until leave out every article"]),
        (
            {"since": timedelta(days=2), "until": timedelta(days=9)},
            ["[select] since and until leave out every article"],
        ),
        ({"since": date(1990, 1, 1), "until": date(2030, 1, 1)}, []),
        ({"none_of": ["path:archive/10.md"]}, ['[select] none_of: "path:archive/10.md" means no article']),
        ({"any_of": ["path:*.md"]}, []),
    ],
)
def test_dates_and_paths_that_no_article_has_are_told(site: Site, table: dict[str, Any], what: list[str]) -> None:
    report = site.build(select=select(**table))
    told = [problem.what for problem in report.problems if problem.kind is ProblemKind.UNUSED_CONDITION]
    assert told == what


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('all_of = ["tag:none"]', 'all_of asks for "tag:none"'),
        ('any_of = ["tag:a", "word:b c"]', "any_of asks for one of tag:a, word:b c"),
        ('none_of = "author:Ann"', 'none_of refuses "author:Ann"'),
        ("since = 2022-07-21", "since = 2022-07-21"),
        ('until = "2022-06"', "until = 2022-06-30"),
        ('since = "2 days"', "since = 2 days"),
        ('since = "36 hours"', "since = 36 hours"),
    ],
)
def test_why_names_the_rule_that_leaves_an_article_out(line: str, reason: str) -> None:
    Path("feeds.toml").write_text(f"[select]\n{line}\n")
    found = CliRunner().invoke(main, ["why", "--json", "The new quay"], catch_exceptions=False)
    assert json.loads(found.stdout)["left_out"] == f"[select] leaves it out: {reason}"


@pytest.mark.usefixtures("site")
def test_the_report_counts_what_is_left_out() -> None:
    Path("feeds.toml").write_text('[select]\nnone_of = ["tag:private"]\n')
    result = CliRunner().invoke(main, ["build", "-v"], catch_exceptions=False)
    assert "left out 1: not selected 1" in result.output
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("since = 2024-02-03", date(2024, 2, 3)),
        ("since = 2024", date(2024, 1, 1)),
        ('since = "2024-02"', date(2024, 2, 1)),
        ('since = "90 days"', timedelta(days=90)),
        ('since = "2 Years"', timedelta(days=730)),
        ('since = "36hours"', timedelta(hours=36)),
        ('until = "2024"', date(2024, 12, 31)),
        ('until = "2024-02"', date(2024, 2, 29)),
        ('until = "2024-12"', date(2024, 12, 31)),
        ('until = "2024-2-9"', date(2024, 2, 9)),
        ('until = "1 month"', timedelta(days=30)),
    ],
)
def test_days_and_lengths_of_time_are_understood(tmp_path: Path, text: str, stated: object) -> None:
    (tmp_path / "feeds.toml").write_text(f"[select]\n{text}\n")
    selection = load_config(tmp_path / "feeds.toml", {}).select
    assert selection is not None
    assert stated in (selection.since, selection.until)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('any = ["tag:a"]', 'knows no "any"; did you mean "any_of"?'),
        ("sinse = 2024", 'knows no "sinse"; did you mean "since"?'),
        ("zzz = 1", 'knows no "zzz"; what there is: all_of, any_of, none_of, since, until'),
        ('any_of = ["tag"]', 'any_of: "tag" is no condition; one looks like this: tag:stocks'),
        ('since = "yesterday"', 'since: a day such as "2024-01-31", a year, or a length of time such as "90 days" is'),
        ("since = 2024-01-01T00:00:00Z", "since: a day is needed, without a time, such as 2024-01-31"),
        ('until = "2024-13"', "until: a day such as"),
        ('until = "0 days"', "until: a length of time is needed"),
        ("until = true", "until: a day such as"),
        ('until = "1001 years"', "until: at most 1000 years are possible"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, cause: str) -> None:
    (tmp_path / "feeds.toml").write_text(f"title = 'x'\n[select]\nnone_of = ['tag:b']\n{line}\n")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "feeds.toml", {})
    assert f"feeds.toml:4: [select] {cause}" in str(caught.value)


def test_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("select = ['tag:b']\n")
    with pytest.raises(ConfigError, match=r"feeds.toml:1: select cannot be used: a table is needed"):
        load_config(tmp_path / "feeds.toml", {})
