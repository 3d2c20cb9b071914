"""Builds upon builds: what is noticed, what is left alone, what is held back, and what is said of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from click.testing import CliRunner, Result

import feeds.cli.last_run
import feeds.cli.program
import feeds.pipeline
from feeds import Config, build
from feeds.adopt import parse_feed
from feeds.cli import main
from feeds.cli.last_run import write_success
from feeds.cli.report import print_report
from feeds.config import Places, load_places
from feeds.config.places import find_places
from feeds.errors import ArchiveError, Problem, ProblemKind
from feeds.model import Article, PublishedEntry
from feeds.pipeline import Report, Wishes, batches, carry_out
from feeds.publish import PublishReport, publish
from feeds.read import read_article
from feeds.state import State
from tests.articles import article_bytes

NOW = datetime(2022, 8, 1, tzinfo=UTC)
FORMATS = ("rss.xml", "atom.xml", "feed.json")
PNG = b"\x89PNG\r\n\x1a\n"
TELLING = "The boats lie on the mud, and nobody hurries before the water comes back at nine o'clock tonight."


class Site:
    """A working folder with an archive, built again and again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.archive = home / "archive"
        self.public = home / "public"
        self.config = Config(archive=self.archive, output=self.public, title="Site")
        self.places = Places(folder=home / ".feeds", memory=home / "feeds-memory.jsonl")

    def put(
        self,
        path: str,
        day: int | str = 20,
        *,
        title: str | None = None,
        body: str | None = None,
        picture: str | None = None,
    ) -> Path:
        """Write an article of July 2022; its category is its folder, its title and text are its name."""
        place = self.archive / path
        place.parent.mkdir(parents=True, exist_ok=True)
        data = article_bytes(
            title=f"'{title or place.stem}'",
            categories=place.relative_to(self.archive).parent.parts,
            date=day if isinstance(day, str) else f"2022-07-{day:02}T08:00:00Z",
            headimg=f"'{picture}'" if picture else None,
            body=f"<div><p>{body or f'Text of {title or place.stem}.'}</p></div>",
        )
        place.write_bytes(data)
        return place

    def set(self, **settings: object) -> None:
        self.config = replace(self.config, **settings)  # type: ignore[arg-type]

    def build(self, now: datetime = NOW, **wishes: Any) -> Report:
        return build(self.config, now=now, places=self.places, wishes=Wishes(**wishes))

    def feeds(self, *words: str) -> Result:
        """Run the command line, as one does whom nobody watches."""
        return CliRunner().invoke(main, list(words), catch_exceptions=False)

    def write_config(self, *lines: str, name: str = "feeds.toml") -> None:
        (self.home / name).write_text("\n".join(('title = "Site"', *lines)) + "\n", "utf-8")

    def entries(self, folder: str = "", name: str = "feed.json") -> tuple[PublishedEntry, ...]:
        return parse_feed((self.public / folder / name).read_bytes())

    def titles(self, folder: str = "") -> list[str]:
        return [entry.title for entry in self.entries(folder)]

    def ids(self, folder: str = "", name: str = "feed.json") -> dict[str, str]:
        return {entry.title: entry.id for entry in self.entries(folder, name)}

    def dates(self) -> dict[str, datetime | None]:
        return {entry.title: entry.published for entry in self.entries()}

    def forget(self) -> None:
        """Lose all that earlier builds left, but for the output."""
        shutil.rmtree(self.home / ".feeds", ignore_errors=True)
        for memory in self.home.glob("*-memory.jsonl"):
            memory.unlink()

    def news(self) -> frozenset[str]:
        """Answer the files of which the next build may have to remember what subscribers were told."""
        with closing(State(self.places.state)) as state:
            assert state.run is not None
            return frozenset(state.run.news)

    def last_run(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.places.last_run).read_bytes())
        return found


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def kinds_of(report: Report) -> list[ProblemKind]:
    return [problem.kind for problem in report.problems]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A working folder whose files may be relied on at once, and a program that nobody changes meanwhile."""
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -10_000_000_000)
    monkeypatch.setattr(feeds.cli.program, "_stamp", lambda path: ())
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # no power fails here
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path)
    site.put("news/harbour/a.md", 20)
    site.put("news/harbour/b.md", 21)
    site.put("news/market/c.md", 22)
    site.put("culture/d.md", 23)
    return site


# What is left alone


def test_a_second_build_touches_nothing_and_reports_the_same_counts(site: Site) -> None:
    site.put("culture/e.md", "Invalid Date")
    first = site.build()
    before = tree(site.public) | tree(site.archive)
    memory = tree(site.home)["feeds-memory.jsonl"]
    report = site.build()
    assert report.is_unchanged
    assert not report.has_written
    assert tree(site.public) | tree(site.archive) == before
    assert tree(site.home)["feeds-memory.jsonl"] == memory
    assert (report.articles, report.left_out, report.feed_count, report.entry_count, report.problem_count) == (
        first.articles,
        first.left_out,
        first.feed_count,
        first.entry_count,
        first.problem_count,
    )


def test_a_file_that_cannot_be_read_counts_in_every_report(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: Path, path: str) -> tuple[Article | None, tuple[Problem, ...]]:
        if path != "culture/d.md":
            return read_article(root, path)
        problem = Problem(kind=ProblemKind.UNREADABLE, path=path, what="w", cause="Permission denied", cure="c")
        return None, (problem,)

    monkeypatch.setattr(batches, "read_article", refuse)
    for is_unchanged in (False, True):
        report = site.build()
        assert report.is_unchanged is is_unchanged
        assert (report.articles, report.left_out) == (4, {"unreadable": 1})


def test_of_a_file_that_could_never_be_read_nothing_is_told_once_it_is_gone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(kind=ProblemKind.UNREADABLE, path="culture/d.md", what="w", cause="Permission denied", cure="c")

    def refuse(root: Path, path: str) -> tuple[Article | None, tuple[Problem, ...]]:
        return (None, (problem,)) if path == problem.path else read_article(root, path)

    monkeypatch.setattr(batches, "read_article", refuse)
    assert site.build().problem_count == 1
    (site.archive / problem.path).unlink()
    site.put("news/market/e.md", 24)
    assert site.build().problem_count == 0
    assert site.build(every_problem=True).problems == ()


def test_a_file_that_was_gone_for_a_moment_is_read_by_the_next_build(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            batches,
            "read_article",
            lambda root, path: (None, ()) if path.startswith("culture/") else read_article(root, path),
        )
        assert site.build().left_out == {"unreadable": 1}
    report = site.build()
    assert not report.is_unchanged
    assert report.left_out == {}
    assert "d" in site.titles("culture")
    assert site.build().is_unchanged


def test_what_somebody_does_to_the_output_while_a_build_runs_is_mended_by_the_next(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    site.put("news/market/e.md", 24)
    whole = (site.public / "culture" / "rss.xml").read_bytes()

    def meddle(*given: Any, **named: Any) -> PublishReport:
        (site.public / "culture" / "rss.xml").unlink()
        (site.public / "culture" / "atom.xml").write_bytes(b"junk")
        return publish(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(carry_out, "publish", meddle)
        site.build()
    report = site.build()
    assert set(report.published.written) == {"culture/rss.xml", "culture/atom.xml"}
    assert (site.public / "culture" / "rss.xml").read_bytes() == whole
    assert site.build().is_unchanged


def test_files_that_were_written_anew_with_the_same_bytes_change_nothing(site: Site) -> None:
    site.build()
    before = tree(site.public)
    for path in site.archive.rglob("*.md"):
        path.write_bytes(path.read_bytes())
    report = site.build()
    assert not report.is_unchanged
    assert tree(site.public) == before
    assert site.build().is_unchanged


def test_only_feeds_whose_entries_changed_are_written(site: Site) -> None:
    site.build()
    site.put("news/market/c.md", 22, body="Another text.")
    report = site.build()
    assert {path.rpartition("/")[0] for path in report.changed_feeds} == {"", "news", "news/market"}
    assert len(report.changed_feeds) == 9


def test_what_changed_too_shortly_before_is_not_relied_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", 60_000_000_000)
    site.build()
    report = site.build()
    assert not report.is_unchanged
    assert not report.has_written


def test_a_file_that_was_dated_into_the_future_long_ago_is_relied_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = site.put("culture/d.md", 24)
    ahead = time.time_ns() + 10**18
    os.utime(place, ns=(ahead, ahead))
    site.build()
    assert site.build().is_unchanged
    place.write_bytes(place.read_bytes().replace(b"Text of", b"Text off"))
    os.utime(place, ns=(ahead, ahead))
    assert not site.build().is_unchanged
    monkeypatch.setattr(feeds.pipeline, "SETTLING", 60_000_000_000)
    os.utime(place, ns=(ahead, ahead))
    site.build()
    assert not site.build().is_unchanged


# What is noticed


def empty(place: Path) -> None:
    """Leave of a file what a power failure may."""
    status = place.stat()
    os.truncate(place, 0)
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    "path", ["rss.xml", "news/harbour/feed.json", "index.html", "culture/index.html", "feeds.opml"]
)
@pytest.mark.parametrize("harm", [Path.unlink, lambda place: place.write_bytes(b"mine"), empty])
def test_a_file_of_the_output_that_was_harmed_is_restored(
    site: Site, path: str, harm: Callable[[Path], object]
) -> None:
    site.build()
    before = (site.public / path).read_bytes()
    harm(site.public / path)
    report = site.build()
    assert report.published.written == (path,)
    assert (site.public / path).read_bytes() == before
    assert site.build().is_unchanged


def test_an_article_page_that_was_deleted_is_restored(site: Site) -> None:
    site.build()
    page = next(site.public.glob("articles/*/*.html"))
    page.unlink()
    site.build()
    assert page.is_file()


def test_a_list_of_published_files_that_was_deleted_is_written_again(site: Site) -> None:
    site.build()
    before = tree(site.public)
    (site.public / ".feeds-manifest.json").unlink()
    site.build()
    assert {path: data for path, (data, *_) in tree(site.public).items()} == {
        path: data for path, (data, *_) in before.items()
    }


def test_a_picture_of_the_archive_that_changed_is_noticed(site: Site) -> None:
    (site.archive / "culture" / "stage.png").write_bytes(PNG + b"one")
    site.put("culture/d.md", 23, picture="stage.png")
    site.build()
    before = list(site.public.glob("pictures/*/*.png"))
    assert [path.read_bytes() for path in before] == [PNG + b"one"]
    assert site.build().is_unchanged
    (site.archive / "culture" / "stage.png").write_bytes(PNG + b"another")
    report = site.build()
    assert "culture/rss.xml" in report.changed_feeds
    (new,) = set(site.public.glob("pictures/*/*.png")) - set(before)
    assert new.read_bytes() == PNG + b"another"
    assert new.name in (site.public / "culture" / "rss.xml").read_text("utf-8")


def test_a_picture_that_was_missing_appears(site: Site) -> None:
    site.put("culture/d.md", 23, picture="stage.png")
    assert kinds_of(site.build()) == [ProblemKind.BROKEN_PICTURE]
    assert site.build().is_unchanged
    (site.archive / "culture" / "stage.png").write_bytes(PNG)
    report = site.build()
    assert kinds_of(report) == []
    (copy,) = site.public.glob("pictures/*/*.png")
    assert copy.name in (site.public / "culture" / "feed.json").read_text("utf-8")


def test_a_picture_that_nothing_shows_is_no_change(site: Site) -> None:
    site.build()
    (site.archive / "culture" / "stage.png").write_bytes(PNG)
    assert site.build().is_unchanged


def test_a_future_article_comes_in_when_it_is_due_though_no_file_changes(site: Site) -> None:
    site.put("culture/e.md", "2022-08-10T12:00:00Z")
    assert site.build().left_out == {"future": 1}
    due = datetime(2022, 8, 9, 12, tzinfo=UTC)
    assert site.build(due - timedelta(seconds=1)).is_unchanged
    report = site.build(due)
    assert report.left_out == {}
    assert site.titles("culture") == ["e", "d"]
    assert site.build(due).is_unchanged


def test_another_setting_is_noticed(site: Site) -> None:
    site.build()
    site.set(limit=1, keep_hours=0)
    assert site.build().has_written
    assert site.titles() == ["d"]


def test_bodies_that_were_read_for_summaries_alone_are_read_again_where_they_are_shown_whole(site: Site) -> None:
    site.set(article_pages="none")
    site.build()
    site.set(content="full")
    site.build()
    whole = tree(site.public)
    site.forget()
    site.build()
    assert tree(site.public) == whole
    assert b"<div>" in (site.public / "feed.json").read_bytes()


def test_a_clock_that_was_set_back_costs_nothing_but_time(site: Site) -> None:
    site.build()
    report = site.build(NOW - timedelta(days=3))
    assert not report.is_unchanged
    assert not report.has_written


# State and memory that were harmed


def test_a_damaged_state_is_begun_anew_and_that_is_told_once(site: Site) -> None:
    site.build()
    before = tree(site.public)
    site.places.state.write_bytes(b"noise" * 1000)
    assert kinds_of(site.build()) == [ProblemKind.STATE]
    assert tree(site.public) == before
    report = site.build()
    assert report.is_unchanged


def test_a_memory_that_was_deleted_is_written_again_from_the_state(site: Site) -> None:
    site.build()
    (site.archive / "culture/d.md").rename(site.archive / "culture/moved.md")
    site.build()
    before = site.places.memory.read_bytes()
    ids = site.ids()
    site.places.memory.unlink()
    assert kinds_of(site.build()) == [ProblemKind.MEMORY]
    assert site.places.memory.read_bytes() == before
    assert site.ids() == ids


def test_a_damaged_line_of_the_memory_is_mended_from_the_state(site: Site) -> None:
    site.build()
    (site.archive / "culture/d.md").rename(site.archive / "culture/moved.md")
    site.build()
    before = site.places.memory.read_bytes()
    site.places.memory.write_bytes(before.replace(b'"from"', b'"fr'))
    report = site.build()
    assert kinds_of(report) == [ProblemKind.MEMORY]
    assert "feeds-memory.jsonl:2" in report.problems[0].what
    assert site.places.memory.read_bytes() == before
    assert kinds_of(site.build(every_problem=True)) == []


def test_an_edited_memory_counts(site: Site) -> None:
    site.build()
    with site.places.memory.open("a", encoding="utf-8") as memory:
        memory.write('{"path": "culture/d.md", "id": "urn:d"}\n')
    site.build()
    assert site.ids()["d"] == "urn:d"


def test_what_was_told_is_looked_at_again_only_where_its_file_does_not_say_the_same(site: Site) -> None:
    for name in ("e", "f"):
        (site.archive / f"culture/{name}.md").write_text(
            f"---\ntitle: {name}\ndate: 2022-07-2{ord(name) % 10}\nid: x:1\n---\n{name}\n"
        )
    site.set(undated="first-seen")
    site.build()
    assert site.news() == {"culture/e.md", "culture/f.md"}
    site.put("culture/seen.md", "Invalid Date")
    site.put("culture/stated.md", 24)
    site.build()
    assert site.news() == {"culture/seen.md"}
    site.put("culture/later.md", 25)
    site.build()
    assert not site.news()


def test_where_the_state_is_lost_the_output_tells_the_ids_of_what_moved_meanwhile(site: Site) -> None:
    site.build()
    before = site.ids()
    site.forget()
    (site.archive / "culture/d.md").rename(site.archive / "news/d2.md")
    site.build()
    assert site.ids() == before
    assert site.build().is_unchanged


def test_where_the_state_is_lost_the_output_tells_what_is_no_news(site: Site) -> None:
    site.build()
    site.forget()
    report = site.build()
    assert report.news == ()
    assert not report.has_written


def test_a_new_article_at_the_path_of_one_that_moved_has_its_own_id_and_date(site: Site) -> None:
    site.build()
    before = site.ids()["a"]
    (site.archive / "news/harbour/a.md").rename(site.archive / "news/harbour/moved.md")
    site.build()
    site.put("news/harbour/a.md", 29, title="Fresh")
    for _ in range(2):
        site.build(every_problem=True)
        assert site.ids()["a"] == before != site.ids()["Fresh"]
        assert site.dates()["Fresh"] == datetime(2022, 7, 29, 8, tzinfo=UTC)


# The flood guard


def flood(site: Site) -> None:
    """Put six old articles beside the two of one category, and a new one into another category."""
    for number in range(6):
        site.put(f"news/harbour/old-{number}.md", number + 1)
    site.put("news/market/fresh.md", 24)


def test_a_flood_of_old_articles_is_held_back_and_the_rest_is_published(site: Site) -> None:
    site.set(limit=10)
    site.build()
    before = tree(site.public)
    flood(site)
    report = site.build()
    assert report.held_back == {("news",), ("news", "harbour")}
    for folder in ("news/", "news/harbour/"):
        for name in FORMATS:
            assert tree(site.public)[folder + name] == before[folder + name]
    assert site.titles("news/market") == ["fresh", "c"]
    assert [one.category for one in report.news] == [(), ("news", "market")]


def test_a_flood_is_said_once(site: Site) -> None:
    site.set(limit=10)
    site.build()
    flood(site)
    report = site.build()
    assert kinds_of(report) == [ProblemKind.FLOOD] * 2
    assert 'feed "news/harbour" is held back' in [problem.what for problem in report.new_problems]
    assert "feeds build --accept-flood" in report.problems[0].cure
    assert site.build().is_unchanged
    assert site.build(every_problem=True).new_problems == ()


def test_a_flood_that_is_meant_is_published(site: Site) -> None:
    site.set(limit=10)
    site.build()
    flood(site)
    site.build()
    assert site.build(accept_flood=True).held_back == frozenset()
    assert len(site.titles("news/harbour")) == 8
    report = site.build()
    assert (report.held_back, report.has_written) == (frozenset(), False)


def test_a_feed_is_released_when_the_flood_is_gone(site: Site) -> None:
    site.set(limit=10)
    site.put("culture/e.md", 23)
    site.build()
    flood(site)
    site.build()
    for path in site.archive.glob("news/harbour/old-*.md"):
        path.unlink()
    report = site.build()
    assert report.held_back == frozenset()
    assert site.titles("news") == ["fresh", "c", "b", "a"]


def test_a_feed_that_is_held_back_shows_nothing_else_either(site: Site) -> None:
    site.set(limit=10)
    site.build()
    flood(site)
    site.put("news/harbour/fresh-2.md", 25)
    site.build()
    assert site.titles("news/harbour") == ["b", "a"]


@pytest.mark.parametrize(("limit", "held"), [(5, True), (6, False), (0, True)])
def test_the_limit_of_a_flood_is_a_setting(site: Site, limit: int, held: bool) -> None:
    site.set(limit=20, flood_limit=limit)
    site.build()
    flood(site)
    assert bool(site.build().held_back) is held


def test_many_new_articles_are_no_flood(site: Site) -> None:
    site.set(limit=4)
    site.build()
    for number in range(9):
        site.put(f"culture/fresh-{number}.md", f"2022-07-2{number // 4 + 4}T0{number}:00:00Z")
    assert site.build().held_back == frozenset()


def test_a_new_feed_is_no_flood(site: Site) -> None:
    site.set(membership="own", limit=20, flood_limit=9)
    site.build()
    for number in range(9):
        site.put(f"past/old-{number}.md", number + 1)
    assert site.build().held_back == frozenset()
    assert len(site.titles("past")) == 9


def test_the_command_line_tells_of_a_flood_and_takes_the_answer(site: Site) -> None:
    site.write_config("limit = 10")
    site.feeds("build")
    flood(site)
    result = site.feeds("build")
    assert result.exit_code == 0
    assert result.stderr.startswith("\nerror: feeds held back: 2\n")
    assert site.last_run()["held_back"] == ["news", "news/harbour"]
    assert (site.feeds("build").output, site.feeds("build", "--accept-flood").stderr) == ("", "")
    assert len(site.titles("news/harbour")) == 8


# The loss guard


def test_when_most_articles_are_gone_nothing_is_written(site: Site) -> None:
    site.put("culture/e.md", 24)
    site.build()
    for name in ("news/harbour/a.md", "news/harbour/b.md", "culture/e.md"):
        (site.archive / name).unlink()
    before = tree(site.home)
    with pytest.raises(ArchiveError, match="2 articles are there, of 5 at the last build; nothing was written"):
        site.build()
    after = tree(site.home)
    assert {path for path in after if after[path] != before.get(path)} <= {".feeds/lock"}
    assert site.build(accept_loss=True).articles == 2
    assert site.titles() == ["d", "c"]


def test_half_of_the_articles_are_enough(site: Site) -> None:
    site.build()
    shutil.rmtree(site.archive / "news/harbour")
    assert site.build().articles == 2


def test_the_command_line_exits_1_on_a_loss_and_says_how_to_go_on(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    shutil.rmtree(site.archive / "news")
    before = tree(site.public)
    result = site.feeds("build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "feeds build --accept-loss" in result.stderr
    assert tree(site.public) == before
    assert site.feeds("build", "--accept-loss").exit_code == 0
    assert site.titles() == ["d"]


# Categories that have gone, or have another name


def rename_category(site: Site, old: str, new: str) -> None:
    for path in (site.archive / old).rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(f"\n - {old}\n".encode(), f"\n - {new}\n".encode()))


def test_an_old_address_is_served_in_all_formats_with_the_same_ids(site: Site) -> None:
    site.build()
    before = {(folder, name): site.entries(folder, name) for folder in ("news", "news/harbour") for name in FORMATS}
    feed_id = re.search(r"<id>(.*?)</id>", (site.public / "news/atom.xml").read_text("utf-8"))
    rename_category(site, "news", "reports")
    site.set(moved={"news": ("reports",)})
    report = site.build()
    assert kinds_of(report) == []
    for (folder, name), entries in before.items():
        now = site.entries(folder, name)
        assert [entry.id for entry in now] == [entry.id for entry in entries]
        assert now == site.entries(folder.replace("news", "reports"), name)
    found = re.search(r"<id>(.*?)</id>", (site.public / "news" / "atom.xml").read_text("utf-8"))
    assert found is not None
    assert feed_id is not None
    assert found[1] == feed_id[1]
    assert site.build().is_unchanged


def test_an_old_address_is_in_no_list(site: Site) -> None:
    site.build()
    rename_category(site, "news", "reports")
    site.set(moved={"news": ("reports",)})
    site.build()
    assert (site.public / "news/index.html").is_file()
    for path in ("index.html", "feeds.opml", "reports/index.html"):
        text = (site.public / path).read_text("utf-8")
        assert "/news/" not in text
        assert 'href="news' not in text
    assert "reports" in (site.public / "feeds.opml").read_text("utf-8")


def test_an_old_address_goes_on_with_the_news_of_today(site: Site) -> None:
    site.build()
    rename_category(site, "news", "reports")
    site.set(moved={"news": ("reports",)})
    site.build()
    site.put("reports/market/fresh.md", 25)
    site.build()
    assert site.titles("news/market") == site.titles("reports/market") == ["fresh", "c"]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [("past", "nowhere", "no article is in the new category"), ("news", "culture", "it has articles of its own")],
)
def test_a_name_that_leads_nowhere_is_told(site: Site, old: str, new: str, cause: str) -> None:
    site.set(moved={old: (new,)})
    (problem,) = site.build().problems
    assert (problem.kind, problem.cause) == (ProblemKind.MOVED, cause)


def test_a_category_without_articles_is_remembered_and_a_build_from_memory_alone_serves_it(site: Site) -> None:
    site.build()
    (site.archive / "culture/d.md").unlink()
    site.build()
    assert '{"category": ["culture"], "folder": "culture", "updated": "2022-07-23T08:00:00Z"}' in (
        site.places.memory.read_text("utf-8").splitlines()
    )
    assert site.entries("culture") == ()
    before = {name: (site.public / "culture" / name).read_bytes() for name in FORMATS}
    shutil.rmtree(site.public)
    shutil.rmtree(site.home / ".feeds")
    site.build()
    assert {name: (site.public / "culture" / name).read_bytes() for name in FORMATS} == before


def test_a_category_that_has_articles_again_is_forgotten(site: Site) -> None:
    site.build()
    (site.archive / "culture/d.md").unlink()
    site.build()
    site.put("culture/e.md", 25)
    site.build()
    assert "culture" not in site.places.memory.read_text("utf-8")
    assert site.titles("culture") == ["e"]


# Forecast


def no_change(site: Site) -> None:
    """Do nothing."""


def add_new(site: Site) -> None:
    site.put("culture/fresh.md", 24)


def add_old(site: Site) -> None:
    site.put("culture/late.md", "2022-07-22T20:00:00Z")


def edit(site: Site) -> None:
    site.put("culture/d.md", 23, body="Another text.")


def give_id(site: Site) -> None:
    place = site.archive / "culture/d.md"
    place.write_bytes(place.read_bytes().replace(b"\n---\ntitle", b"\n---\nid: urn:other\ntitle", 1))


def take_newest(site: Site) -> None:
    (site.archive / "culture/d.md").unlink()


def add_category(site: Site) -> None:
    site.put("sport/e.md", 19)


SIGHTS: dict[str, tuple[Callable[[Site], None], Sequence[str], str]] = {
    "nothing": (no_change, ["Subscribers would see nothing new."], "0 new, 0 edited, 0 returning, 0 id changed, 0"),
    "new": (
        add_new,
        [
            "Site  1 new, 1 rolled off",
            "  new         2022-07-24 08:00  fresh",
            "  rolled off  2022-07-21 08:00  b",
            "culture  1 new",
        ],
        "1 new, 0 edited, 0 returning, 0 id changed, 0",
    ),
    "too old": (
        add_old,
        ["culture  1 new though old", "  new but old 2022-07-22 20:00  late"],
        "1 new, 0 edited, 0 returning, 0 id changed, 0",
    ),
    "edited": (
        edit,
        ["Site  1 edited", "  edited      2022-07-23 08:00  d", "culture  1 edited"],
        "0 new, 1 edited, 0 returning, 0 id changed, 0",
    ),
    "id changed": (
        give_id,
        ["culture  1 id changed, 1 rolled off", "  id changed  2022-07-23 08:00  d"],
        "1 new, 0 edited, 0 returning, 1 id changed, 0",
    ),
    "first": (
        add_category,
        ["1 feed that nobody can have subscribed to yet: 1 article"],
        "0 new, 0 edited, 0 returning, 0 id changed, 0",
    ),
}


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_dry_run_tells_what_subscribers_would_see(site: Site, sight: str) -> None:
    change, lines, totals = SIGHTS[sight]
    site.write_config("limit = 3", "keep_hours = 0", "flood_limit = 9")
    site.feeds("build")
    change(site)
    before = tree(site.home)
    result = site.feeds("build", "--dry-run")
    assert result.exit_code == 0
    shown = result.stdout.splitlines()
    assert [line for line in lines if line not in shown] == []
    assert shown[-1] == f"{totals} held back; nothing was written"
    assert tree(site.home) == before


def test_a_dry_run_tells_what_returns(site: Site) -> None:
    site.write_config("limit = 3", "keep_hours = 0")
    add_new(site)
    site.feeds("build")
    take_newest(site)
    site.feeds("build")
    site.put("culture/d.md", 23)
    shown = site.feeds("build", "--dry-run").stdout.splitlines()
    assert "culture  1 returning" in shown
    assert "  returning   2022-07-23 08:00  d" in shown


def test_a_dry_run_tells_what_would_be_held_back(site: Site) -> None:
    site.write_config("limit = 10")
    site.feeds("build")
    flood(site)
    before = tree(site.home)
    shown = site.feeds("build", "-n").stdout
    assert "news/harbour  6 too old to announce; held back\n" in shown
    assert shown.count("  too old     ") == 10
    assert shown.count("  new but old ") == 5
    assert "\n              … and 1 more\n" in shown
    assert "2 held back; nothing was written" in shown
    assert tree(site.home) == before


def test_a_dry_run_for_programs(site: Site) -> None:
    site.write_config("limit = 3", "keep_hours = 0")
    site.feeds("build")
    add_new(site)
    rows = {tuple(row["category"]): row for row in json.loads(site.feeds("build", "-n", "--json").stdout)}
    assert set(rows) == {(), ("culture",)}
    assert (len(rows[()]["new"]), len(rows[()]["rolled_off"]), rows[()]["held_back"]) == (1, 1, False)


def test_a_dry_run_before_the_first_build_writes_nothing_either(site: Site) -> None:
    before = tree(site.home)
    result = site.feeds("build", "--dry-run")
    assert "5 feeds that nobody can have subscribed to yet: 4 articles" in result.stdout
    assert tree(site.home) == before
    assert not (site.home / ".feeds").exists()


def test_a_dry_run_goes_by_what_a_new_configuration_would_take_over(site: Site) -> None:
    site.feeds("adopt", str(old_feed(site)))
    site.feeds("build")
    (site.home / "feeds.toml").write_text("limit = 20\n")
    before = tree(site.home)
    assert "Subscribers would see nothing new." in site.feeds("build", "--dry-run").stdout
    assert tree(site.home) == before


def test_a_dry_run_leaves_a_state_that_was_only_begun_as_it_is(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    site.places.state.write_bytes(b"")
    assert site.feeds("build", "--dry-run").exit_code == 0
    assert site.places.state.read_bytes() == b""


def test_a_dry_run_needs_no_lock(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    with held(site.places.lock):
        assert site.feeds("build", "--dry-run").exit_code == 0


# What is said


def test_a_build_that_changed_nothing_says_nothing(site: Site) -> None:
    site.put("culture/e.md", "2022-07-24 08:00:00")
    site.feeds("build")
    result = site.feeds("build")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_build_that_changed_feeds_says_one_line(site: Site) -> None:
    site.feeds("build")
    add_new(site)
    result = site.feeds("build")
    assert re.fullmatch(r"public: 2 feeds changed, 1 new article, \d+ files written, \d+\.\d s\n", result.stdout)
    assert result.stderr == ""


def test_problems_are_said_when_they_are_new_and_the_others_are_counted(site: Site) -> None:
    site.put("culture/e.md", "2022-07-24 08:00:00")
    assert "culture/e.md" in site.feeds("build").stderr
    site.put("culture/f.md", "2022-07-25 08:00:00")
    result = site.feeds("build")
    assert "culture/f.md" in result.stderr
    assert "culture/e.md" not in result.stderr
    assert result.stderr.endswith("\n1 known already: feeds check\n")
    assert site.feeds("build").output == ""


def test_a_problem_that_was_cured_and_comes_again_is_new(site: Site) -> None:
    site.put("culture/e.md", "2022-07-24 08:00:00")
    site.feeds("build")
    site.put("culture/e.md", 24)
    site.feeds("build")
    site.put("culture/e.md", "2022-07-24 08:00:00")
    assert "culture/e.md" in site.feeds("build").stderr


def test_a_problem_that_only_stands_on_another_line_is_not_new(site: Site) -> None:
    place = site.put("culture/e.md", "2022-07-24 08:00:00")
    site.feeds("build")
    place.write_bytes(place.read_bytes().replace(b"\ncomments", b"\nlayout: post\ncomments"))
    assert site.feeds("build").stderr == ""


def test_all_problems_are_said_when_they_are_asked_for(site: Site) -> None:
    for name in "efgh":
        site.put(f"culture/{name}.md", "2022-07-24 08:00:00")
    site.feeds("build")
    result = site.feeds("build", "--all-problems")
    assert "times without a zone: 4" in result.stderr
    assert "known already" not in result.stderr
    assert result.stdout == ""


def test_changed_prints_the_paths_of_the_feeds_that_were_written_and_nothing_else(site: Site) -> None:
    result = site.feeds("build", "--changed")
    folders = ("", "culture/", "news/", "news/harbour/", "news/market/")
    assert sorted(result.stdout.splitlines()) == sorted(
        f"public/{folder}{name}" for folder in folders for name in FORMATS
    )
    assert site.feeds("build", "--changed").output == ""
    add_new(site)
    changed = site.feeds("build", "--changed").stdout.splitlines()
    assert sorted(changed) == sorted(f"public/{folder}{name}" for folder in ("", "culture/") for name in FORMATS)


def test_the_report_for_programs(site: Site) -> None:
    first = json.loads(site.feeds("build", "--json").stdout)
    assert (first["articles"], first["feeds"], first["entries"], first["problems"]) == (4, 5, 4, [])
    assert "news/rss.xml" in first["written"]
    second = json.loads(site.feeds("build", "--json").stdout)
    assert (second["articles"], second["written"], second["removed"]) == (4, [], [])
    assert second["unchanged"] == len(first["written"])


def test_a_terminal_is_told_of_a_build_that_had_nothing_to_do(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.build()
    report = site.build()
    assert report.is_unchanged
    print_report(report, site.config, 0.1, None)
    shown = capsys.readouterr().out
    assert "4 read" in shown
    assert "0 written" in shown


def test_every_reason_for_leaving_an_article_out_has_a_name(site: Site) -> None:
    site.put("culture/e.md", 24, body=TELLING)
    site.put("culture/copy.md", 24, title="d")
    site.feeds("build")
    site.put("culture/f.md", 25, body=TELLING)
    site.put("culture/copy.md", 23, title="d", body="Text of d.")
    site.put("culture/draft.md", 25)
    site.put("culture/future.md", "2199-07-24T08:00:00Z")
    place = site.archive / "culture/draft.md"
    place.write_bytes(place.read_bytes().replace(b"\ncomments", b"\ndraft: true\ncomments"))
    result = site.feeds("build", "-v")
    assert "left out 4: second copies 1, older headlines 1, drafts 1, not due yet 1" in result.stdout


# The account of the last run


def test_the_account_of_a_build_that_changed_something(site: Site) -> None:
    site.write_config()
    site.put("culture/e.md", "Invalid Date")
    site.feeds("build")
    account = site.last_run()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", account["began"])
    assert account["began"] <= account["ended"]
    assert (account["outcome"], account["articles"], account["left_out"]) == ("changed", 5, {"undated": 1})
    assert (account["feeds"], account["entries"], account["new_entries"]) == (5, 4, 4)
    assert account["output"] == str(site.public)
    assert len(account["changed_feeds"]) == 15
    assert (account["held_back"], account["removed"], account["problem_count"]) == ([], 0, 1)
    assert [problem["kind"] for problem in account["problems"]] == ["bad-date"]


def test_the_account_of_a_build_that_changed_nothing(site: Site) -> None:
    site.write_config()
    site.put("culture/e.md", "Invalid Date")
    site.feeds("build")
    first = site.last_run()
    site.feeds("build")
    account = site.last_run()
    assert (account["outcome"], account["written"], account["changed_feeds"]) == ("unchanged", 0, [])
    assert (account["new_entries"], account["problems"]) == (0, [])
    same = ("articles", "left_out", "feeds", "entries", "output", "problem_count")
    assert [account[name] for name in same] == [first[name] for name in same]


def test_the_account_of_a_build_that_was_stopped(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    shutil.rmtree(site.archive)
    result = site.feeds("build")
    account = site.last_run()
    assert set(account) == {"outcome", "began", "ended", "error"}
    assert account["outcome"] == "failed"
    assert result.stderr == f"feeds: {account['error']}\n"
    assert "no such folder" in account["error"]


def test_a_dry_run_leaves_the_account_of_the_last_build(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    before = site.places.last_run.read_bytes()
    site.feeds("build", "--dry-run")
    assert site.places.last_run.read_bytes() == before


# One build at a time

HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from feeds.state.lock import hold_lock
with hold_lock(Path(sys.argv[1]), datetime(2026, 7, 1, 12, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold a lock until its input ends."""
    words = [sys.executable, "-c", HOLDER, str(lock)]
    root = Path(feeds.pipeline.__file__).parents[2]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.stdin.close()


def test_while_another_build_runs_a_build_exits_75_with_its_pid_and_start(site: Site) -> None:
    site.write_config()
    with held(site.places.lock) as holder:
        result = site.feeds("build")
        assert (result.exit_code, result.stdout) == (75, "")
        told = f"another build is running: pid {holder.pid}, began 2026-07-01T12:00:00Z"
        assert result.stderr == f"feeds: .feeds/lock: {told}\n"
    assert not site.public.exists()
    assert not site.places.last_run.exists()


def test_a_build_may_wait_for_another_one(site: Site) -> None:
    site.write_config()
    with held(site.places.lock) as holder:
        assert holder.stdin is not None
        assert site.feeds("build", "--wait", "0.1").exit_code == 75
        timer = Timer(0.3, holder.stdin.close)
        timer.start()
        assert site.feeds("build", "--wait", "30").exit_code == 0
        timer.join()
    assert site.titles() == ["d", "c", "b", "a"]


def test_another_build_waits_until_the_account_is_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It removes what killed builds have left, and the account is not to be among that."""
    site.write_config()
    words = [sys.executable, "-c", HOLDER, str(site.places.lock)]
    root = Path(feeds.pipeline.__file__).parents[2]
    refusals = []

    def write(*arguments: Any, **more: Any) -> None:
        another = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=root, check=False)
        refusals.append(another.stderr.splitlines()[-1].split(":")[0])
        write_success(*arguments, **more)

    monkeypatch.setattr(feeds.cli.last_run, "write_success", write)
    assert site.feeds("build").exit_code == 0
    assert refusals == ["feeds.errors.LockedError"]
    assert site.last_run()["outcome"] == "changed"


def test_a_dead_process_holds_no_lock(site: Site) -> None:
    site.write_config()
    with held(site.places.lock) as holder:
        holder.kill()
        holder.wait()
    assert site.places.lock.read_text() != ""
    assert site.feeds("build").exit_code == 0


# feeds check


def test_check_lists_every_problem_by_kind_with_counts_and_exits_1_on_errors(site: Site) -> None:
    for name in "efgh":
        site.put(f"culture/{name}.md", "2022-07-24 08:00:00")
    site.put("culture/i.md", "Invalid Date")
    site.feeds("build")
    before = tree(site.home)
    result = site.feeds("check")
    assert result.exit_code == 1
    assert "error: dates not understood: 1\n" in result.stdout
    assert "notice: times without a zone: 4" in result.stdout
    assert result.stdout.count(" names no zone") == 4
    assert result.stdout.index("error: ") < result.stdout.index("notice: ")
    assert result.stdout.endswith("\n9 articles, 1 error, 4 notices\n")
    assert tree(site.home) == before


def test_check_exits_0_when_there_are_notices_only(site: Site) -> None:
    site.put("culture/e.md", "2022-07-24 08:00:00")
    result = site.feeds("check")
    assert result.exit_code == 0
    assert "\n5 articles, 0 errors, 1 notice\n" in result.stdout
    assert not (site.home / ".feeds").exists()


def test_check_for_programs(site: Site) -> None:
    site.put("culture/e.md", "2022-07-24 08:00:00")
    site.put("culture/i.md", "Invalid Date")
    result = site.feeds("check", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["articles"], found["counts"]) == (6, {"bad-date": 1, "zoneless": 1})
    assert [problem["path"] for problem in found["problems"]] == ["culture/e.md", "culture/i.md"]


def test_check_names_what_is_left_out_without_a_fault(site: Site) -> None:
    front = "title: Ebb\ndate: 2022-07-03T08:00:00Z\n"
    text = "The boats lie in the mud until the water comes back, and nobody in the port minds that at all."
    site.archive.joinpath("a.md").write_text(f"---\n{front}draft: true\n---\n{text}\n")
    for name in ("b", "c"):
        site.archive.joinpath(f"{name}.md").write_text(f"---\n{front}---\n{text}\n")
    site.archive.joinpath("d.md").write_text("---\ntitle: Later\ndate: 2999-01-01T08:00:00Z\n---\n")
    result = site.feeds("check")
    left = result.stdout.partition("\nleft out, and nothing to mend: 2\n")[2].splitlines()
    assert [line.replace(str(site.archive), "").replace("archive", "").lstrip() for line in left[:2]] == [
        "/a.md: it is a draft.",
        "/c.md: it is a copy: b.md stands for it.",
    ]
    assert "d.md: dated 2999-01-01T08:00:00Z" in result.stdout
    assert list(json.loads(site.feeds("check", "--json").stdout)["left_out"]) == ["a.md", "c.md"]


def test_check_names_categories_that_have_fallen_silent(site: Site) -> None:
    for day in range(1, 7):
        site.put(f"sport/{day}.md", day)
    result = site.feeds("check")
    assert result.exit_code == 0
    assert "notice: silent categories: 1\n" in result.stdout
    assert 'category "sport" is silent since 2022-07-06 08:00: an article came every 24 hours, ' in result.stdout
    assert "the archive has gone on for 17 days" in result.stdout
    assert "sport" not in site.feeds("build").stderr


# feeds adopt


def old_feed(site: Site, name: str = "feed.json") -> Path:
    """Build the feed that ours replaces: other ids, in another place."""
    config = replace(site.config, output=site.home / "old", authority="old.example.com", year=2010)
    build(config, now=NOW)
    return site.home / "old" / name


@pytest.mark.parametrize("name", FORMATS)
def test_after_adopting_a_feed_of_any_format_nothing_is_announced_anew(site: Site, name: str) -> None:
    site.write_config()
    feed = old_feed(site, name)
    place = site.archive / "culture/d.md"
    place.write_bytes(place.read_bytes().replace(b"T08:00:00Z", b"T09:30:00Z"))
    result = site.feeds("adopt", str(feed))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "4 entries are articles of the archive; they keep id and date"
    assert result.stdout.endswith("Remembered in feeds-memory.jsonl\n")
    assert site.feeds("build").exit_code == 0
    old = {entry.title: (entry.id, entry.published) for entry in parse_feed(feed.read_bytes())}
    for ours in FORMATS:
        assert {entry.title: (entry.id, entry.published) for entry in site.entries(name=ours)} == old


def test_adopted_ids_hold_for_articles_that_move(site: Site) -> None:
    site.write_config()
    feed = old_feed(site)
    site.feeds("adopt", str(feed))
    site.feeds("build")
    before = site.ids()
    (site.archive / "culture/d.md").rename(site.archive / "news/d2.md")
    site.feeds("build")
    assert site.ids() == before


def test_one_adopted_entry_is_one(site: Site) -> None:
    site.write_config()
    site.config = replace(site.config, limit=1, keep_hours=0)
    result = site.feeds("adopt", str(old_feed(site)), "--dry-run")
    assert result.stdout.splitlines()[0] == "1 entry is an article of the archive; it keeps id and date"


def test_an_adoption_that_is_only_tried_writes_nothing(site: Site) -> None:
    site.write_config()
    feed = old_feed(site)
    before = tree(site.home)
    result = site.feeds("adopt", str(feed), "--dry-run")
    assert result.stdout.startswith("4 entries are articles of the archive")
    assert result.stdout.endswith("Nothing was written.\n")
    assert tree(site.home) == before


def test_entries_of_which_the_archive_knows_nothing_are_listed(site: Site) -> None:
    site.write_config()
    feed = old_feed(site)
    (site.archive / "news/market/c.md").unlink()
    lines = site.feeds("adopt", str(feed)).stdout.splitlines()
    assert lines[0].startswith("3 entries are articles")
    assert lines[1:3] == ["1 are not:", "  2022-07-22  c"]


def test_adopting_twice_changes_nothing(site: Site) -> None:
    site.write_config()
    feed = old_feed(site)
    site.feeds("adopt", str(feed))
    before = site.places.memory.read_bytes()
    site.feeds("adopt", str(feed))
    assert site.places.memory.read_bytes() == before


def test_a_feed_that_shows_fewer_entries_is_told(site: Site) -> None:
    site.write_config()
    assert "For them to see no repeats: limit = 4" in site.feeds("adopt", str(old_feed(site))).stdout


@pytest.mark.parametrize("data", [b"", b"<html><body>404</body></html>", b"{}"])
def test_what_is_no_feed_is_not_adopted(site: Site, data: bytes) -> None:
    (site.home / "old.xml").write_bytes(data)
    result = site.feeds("adopt", "old.xml")
    assert result.exit_code == 1
    assert "old.xml: no feed: " in result.stderr


def test_nothing_is_adopted_while_a_build_runs(site: Site) -> None:
    site.write_config()
    feed = old_feed(site)
    with held(site.places.lock):
        assert site.feeds("adopt", str(feed)).exit_code == 75


# feeds build --previous


def test_a_machine_that_keeps_nothing_goes_on_from_the_published_feed(site: Site) -> None:
    site.feeds("build")
    ids, dates = site.ids(), site.dates()
    shutil.copyfile(site.public / "feed.json", site.home / "published.json")
    shutil.rmtree(site.public)
    site.forget()
    (site.archive / "culture/d.md").rename(site.archive / "news/d2.md")
    place = site.archive / "news/market/c.md"
    place.write_bytes(place.read_bytes().replace(b"T08:00:00Z", b"T19:00:00Z"))
    assert site.feeds("build", "--previous", "published.json").exit_code == 0
    assert (site.ids(), site.dates()) == (ids, dates)


def test_several_published_feeds_may_be_named(site: Site) -> None:
    site.feeds("build")
    ids = {**site.ids("culture"), **site.ids("news")}
    for name in ("culture", "news"):
        shutil.copyfile(site.public / name / "rss.xml", site.home / f"{name}.xml")
    shutil.rmtree(site.public)
    site.forget()
    (site.archive / "culture/d.md").rename(site.archive / "d2.md")
    (site.archive / "news/market/c.md").rename(site.archive / "c2.md")
    site.feeds("build", "--previous", "culture.xml", "--previous", "news.xml")
    assert site.ids() == ids


# Places


def test_beside_feeds_toml_lie_the_folder_and_the_memory(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    assert {path.name for path in site.home.iterdir()} == {
        "archive",
        "public",
        "feeds.toml",
        ".feeds",
        "feeds-memory.jsonl",
    }
    assert {path.name for path in (site.home / ".feeds").iterdir()} == {"state.sqlite", "lock", "last-run.json"}


def test_beside_another_configuration_they_have_its_name(site: Site) -> None:
    site.write_config(name="other.toml")
    site.feeds("build", "-c", "other.toml")
    assert (site.home / ".feeds/other/state.sqlite").is_file()
    assert (site.home / "other-memory.jsonl").is_file()
    assert not (site.home / "feeds-memory.jsonl").exists()


def test_they_lie_beside_the_configuration_and_not_in_the_working_folder(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write_config()
    elsewhere = site.home / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert site.feeds("build", "-c", "../feeds.toml").exit_code == 0
    assert (site.home / ".feeds/state.sqlite").is_file()
    assert list(elsewhere.iterdir()) == []


def test_without_a_configuration_each_pair_of_folders_has_its_own_place(site: Site) -> None:
    site.feeds("build")
    site.feeds("build", "-o", "other")
    site.feeds("build")
    places = sorted((site.home / ".feeds").iterdir())
    assert len(places) == 2
    assert all(re.fullmatch("archive-[0-9a-f]{8}", place.name) for place in places)
    assert all((place / "feeds-memory.jsonl").is_file() for place in places)
    assert not list(site.home.glob("*-memory.jsonl"))


@pytest.mark.parametrize("words", [("-o", "other"), ("posts",)], ids=["output", "archive"])
def test_another_archive_or_output_than_the_configuration_names_is_kept_apart(
    site: Site, words: tuple[str, ...]
) -> None:
    site.write_config()
    shutil.copytree(site.archive, site.home / "posts")
    site.feeds("build")
    before = tree(site.home / ".feeds") | {"memory": tree(site.home)["feeds-memory.jsonl"]}
    assert site.feeds("build", *words).exit_code == 0
    after = tree(site.home / ".feeds") | {"memory": tree(site.home)["feeds-memory.jsonl"]}
    assert {path: after[path] for path in before} == before
    assert len(list((site.home / ".feeds").glob("*-*/state.sqlite"))) == 1


def test_the_folders_that_the_configuration_names_may_be_named_again(site: Site) -> None:
    site.write_config()
    assert load_places(None, {"archive": "./archive", "output": str(site.public)}) == load_places(None, {})


def test_a_place_has_a_name_that_any_file_system_takes(tmp_path: Path) -> None:
    archive = tmp_path / ("新 闻 " + "x" * 90)
    name = find_places(None, archive, tmp_path / "public", is_own=True).folder.name
    assert re.fullmatch(r"新-闻-x{36}-[0-9a-f]{8}", name)


def test_once_there_is_a_feeds_toml_it_takes_over_what_was_kept_without(site: Site) -> None:
    site.feeds("build")
    (site.archive / "culture/d.md").rename(site.archive / "culture/moved.md")
    site.feeds("build")
    (former,) = (site.home / ".feeds").iterdir()
    memory = (former / "feeds-memory.jsonl").read_bytes()
    ids = site.ids()
    (site.home / "feeds.toml").write_text("limit = 20\n")
    assert site.feeds("build").output == ""
    assert (site.home / "feeds-memory.jsonl").read_bytes() == memory
    assert site.ids() == ids
    assert not former.exists()
    assert site.feeds("build").output == ""


def test_nothing_is_taken_over_where_something_is_kept(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    memory = site.places.memory.read_bytes()
    apart = find_places(None, site.archive, site.public, is_own=True)
    apart.folder.mkdir(parents=True)
    apart.memory.write_bytes(b'{"feeds-memory": 1, "since": "2001-01-01T00:00:00Z"}\n')
    site.feeds("build")
    assert site.places.memory.read_bytes() == memory
    assert apart.memory.is_file()


# What a visitor with bad intentions found

LONG = " ".join(f"Sentence {number} tells of the ferries and of those who wait for them." for number in range(9))


def test_copies_whose_texts_differ_for_a_moment_stay_one_entry(site: Site) -> None:
    site.put("news/harbour/z.md", "Thu, 21 Jul 2022 10:00:00 GMT", body=LONG)
    site.put("news/market/z.md", "Sat, 23 Jul 2022 10:00:00 GMT", body=LONG)
    site.build()
    before = site.ids()
    site.put("news/harbour/z.md", "Thu, 21 Jul 2022 10:00:00 GMT", body=LONG + " Edited.")
    site.build()
    assert site.ids() == before
    assert [title for title in site.titles() if title == "z"] == ["z"]


def test_a_previous_feed_that_is_cut_short_stops_the_build(site: Site) -> None:
    site.feeds("build")
    cut = site.home / "cut.xml"
    cut.write_bytes((site.public / "rss.xml").read_bytes()[:900])
    result = site.feeds("build", "--previous", str(cut))
    assert result.exit_code == 1
    assert "it is cut short" in result.stderr


def test_every_problem_is_told_without_looking_for_it_again(site: Site) -> None:
    site.put("a.md")
    site.put("b.md", "no day at all")
    found = site.build(every_problem=True)
    again = site.build(every_problem=True)
    assert (found.is_unchanged, again.is_unchanged) == (False, True)
    assert again.problems == found.problems != ()
    assert (again.problem_count, again.new_problems) == (len(found.problems), ())


def test_a_state_that_was_read_only_for_a_while_is_mended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build()
    beside = site.places.state.with_name("state.sqlite-shm")
    beside.write_bytes(b"left from when it could not be written")
    real = os.access  # who runs as root may write whatever its mode says
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != beside and real(path, mode))
    site.put("b.md")
    assert not site.build().problems
    assert not beside.exists() or b"left" not in beside.read_bytes()
    assert site.build().is_unchanged


def test_a_configuration_that_is_wrong_is_told_to_whatever_watches(site: Site) -> None:
    site.write_config()
    site.feeds("build")
    site.write_config("limt = 3")
    assert site.feeds("build").exit_code == 1
    assert site.last_run()["outcome"] == "failed"
    assert "limt" in site.last_run()["error"]


def test_an_archive_that_is_none_leaves_nothing_behind(site: Site) -> None:
    assert site.feeds("build", "nowhere").exit_code == 1
    assert not list(site.home.glob(".feeds/nowhere*"))


def test_an_adopted_date_holds_against_an_earlier_one(site: Site) -> None:
    site.write_config()
    feed = site.home / "old.json"
    feed.write_text(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Old", "items": [{"id": "g-1", "title": "a",'
        ' "content_text": "x", "date_published": "2022-07-20T20:00:00Z"}]}',
        "utf-8",
    )
    assert site.feeds("adopt", str(feed)).exit_code == 0
    site.feeds("build")
    assert site.ids()["a"] == "g-1"
    assert str(site.dates()["a"]) == "2022-07-20 20:00:00+00:00"


def test_a_headline_that_another_corrects_has_the_problems_of_its_file(site: Site) -> None:
    text = "The boats lie on the mud, and nobody hurries before the water comes back at nine o'clock tonight, they say."
    site.put("news/old.md")
    site.build()
    site.put("news/tde.md", "Invalid Date", title="Low tde", body=text)
    site.set(undated="first-seen")
    assert [problem.kind for problem in site.build().new_problems] == [ProblemKind.DATE_KEPT]
    site.put("news/tide.md", "Invalid Date", title="Low tide", body=text)
    site.build()
    again = {(problem.kind, problem.path) for problem in site.build(every_problem=True).problems}
    shutil.rmtree(site.home / ".feeds")
    assert {(problem.kind, problem.path) for problem in site.build(every_problem=True).problems} == again
    assert again == {(ProblemKind.BAD_DATE, "news/tde.md"), (ProblemKind.DATE_KEPT, "news/tide.md")}


def test_settings_of_addresses_are_followed_by_the_next_build(site: Site) -> None:
    def links() -> set[str | None]:
        return {entry.link for entry in site.entries("news")}

    site.set(site_url="https://example.org/", generator="hugo")
    site.build()
    ids = site.ids("news")
    assert "https://example.org/news/harbour/a/" in links()
    site.set(addresses={"uglyURLs": True})
    site.build()
    assert "https://example.org/news/harbour/a.html" in links()
    site.set(permalinks=(("news", "/:sections/:filename/"),), addresses={})
    site.build()
    assert "https://example.org/news/a/" in links()
    (site.archive / "news/harbour/_index.md").write_text("---\ntitle: Harbour\n---\n")
    site.build()
    assert "https://example.org/news/harbour/a/" in links()
    assert site.ids("news") == ids


def test_front_matter_that_nothing_closes_costs_no_article_at_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", 60_000_000_000)
    (site.archive / "never.md").write_text("---\ntitle: Never\ndate: 2022-07-01\n\nBody\n")
    site.build()
    assert "Never" in site.titles("")


def test_an_unfinished_file_is_told_of_and_waits_unless_its_time_lies_ahead(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", 60_000_000_000)
    place = site.archive / "begun.md"
    place.write_text("---\ntitle: Begun\ndate: 2022-07-01\n")
    report = site.build(every_problem=True)
    assert [(one.path, one.what) for one in report.problems] == [("begun.md", "it is not finished")]
    assert "Begun" not in site.titles("")
    os.utime(place, (4_000_000_000, 4_000_000_000))
    site.build()
    assert "Begun" in site.titles("")
