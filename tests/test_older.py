"""Pages of every article, in a feed or not: they change nothing else, and cost what has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import feeds.pipeline
import feeds.pipeline.older
from feeds import Config, build
from feeds.config import Places
from feeds.errors import ConfigError, WriteError
from feeds.model import OutputFile
from feeds.pipeline import Report
from feeds.pipeline.batches import BodyWanted, read_bodies
from feeds.pipeline.job import Job
from feeds.pipeline.older import Older
from feeds.publish import read_manifest
from tests.articles import article_bytes

NOW = datetime(2022, 8, 1, tzinfo=UTC)
COUNT = 12


class Site:
    """An archive of which feeds show two articles, and its output."""

    def __init__(self, home: Path) -> None:
        self.places = Places(folder=home / ".feeds", memory=home / "memory.jsonl")
        self.config = Config(
            archive=home / "archive",
            output=home / "public",
            limit=2,
            keep_hours=0,
            flood_limit=COUNT,
            article_pages="all",
        )
        for number in range(COUNT):
            self.write(number)

    def place(self, number: int) -> Path:
        return self.config.archive / f"a{number}.md"

    def write(self, number: int, *, title: str | None = None, text: str = "", line: str = "comments: false") -> None:
        self.config.archive.mkdir(exist_ok=True)
        data = article_bytes(
            title=title or f"Title {number}",
            date=f"{NOW - timedelta(days=number):%a, %d %b %Y %H:%M:%S} GMT",
            categories=["news"],
            headimg=None,
            body=f"<p>{text or f'Text {number}'}</p>",
        )
        self.place(number).write_bytes(data.replace(b"comments: false", line.encode()))

    def build(self, **settings: object) -> Report:
        self.config = replace(self.config, **settings)  # type: ignore[arg-type]
        return build(self.config, now=NOW, places=self.places)

    def cold(self, output: Path, **settings: object) -> dict[str, bytes]:
        config = replace(self.config, output=output, **settings)  # type: ignore[arg-type]
        shutil.rmtree(output, ignore_errors=True)
        build(config, now=NOW)
        return files_of(output)

    def page(self, text: str) -> Path | None:
        found = [path for path in self.config.output.glob("articles/*/*.html") if text in path.read_text("utf-8")]
        assert len(found) < 2
        return found[0] if found else None


def files_of(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != ".feeds-manifest.json"
    }


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -(10**10))
    return Site(tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths whose texts are read for pages of older articles, as they are read."""
    paths: list[str] = []

    def noting(root: Path, wanted: Sequence[BodyWanted]) -> object:
        paths.extend(one.path for one in wanted)
        return read_bodies(root, wanted)

    monkeypatch.setattr(feeds.pipeline.older, "read_bodies", noting)
    return paths


def test_every_article_has_a_page_and_nothing_else_changes(site: Site, tmp_path: Path) -> None:
    site.build()
    every = files_of(site.config.output)
    some = site.cold(tmp_path / "some", article_pages="missing")
    assert len([path for path in every if path.startswith("articles/")]) == COUNT
    assert {path: data for path, data in every.items() if path in some} == some
    assert all(path.startswith("articles/") for path in every.keys() - some.keys())
    for number in range(COUNT):
        assert site.page(f"<p>Text {number}</p>")


def test_feeds_are_the_same_bytes_whatever_becomes_of_pages_where_articles_have_addresses(
    site: Site, tmp_path: Path
) -> None:
    for number in range(COUNT):
        site.write(number, line=f"link: https://example.com/{number}")
    outputs = [site.cold(tmp_path / value, article_pages=value) for value in ("none", "missing", "all")]
    without, _, every = outputs
    assert without == outputs[1] == {path: data for path, data in every.items() if not path.startswith("articles/")}
    assert len(every) - len(without) == COUNT
    shown = [data.decode() for path, data in every.items() if path.startswith("articles/")]
    assert all('<a href="https://example.com/' in page for page in shown)


def test_a_build_with_nothing_to_do_reads_no_text_and_writes_nothing(site: Site, read: list[str]) -> None:
    site.build()
    assert len(read) == COUNT - 2
    read.clear()
    assert site.build().is_unchanged
    site.write(COUNT)
    report = site.build()
    assert read == [f"a{COUNT}.md"]
    assert [path for path in report.published.written if path.startswith("articles/")] == [
        path.relative_to(site.config.output).as_posix() for path in [site.page(f"<p>Text {COUNT}</p>")] if path
    ]


def edited(site: Site) -> None:
    site.write(7, text="Something else")


def retitled(site: Site) -> None:
    site.write(8, title="Another title")


def deleted(site: Site) -> None:
    site.place(9).unlink()


def drafted(site: Site) -> None:
    site.write(6, line="draft: true")


def new(site: Site) -> None:
    site.write(-1)


def copied(site: Site) -> None:
    shutil.copyfile(site.place(10), site.place(90))


def moved(site: Site) -> None:
    (site.config.archive / "sub").mkdir()
    site.place(5).rename(site.config.archive / "sub" / "moved.md")


def touched(site: Site) -> None:
    for place in site.config.archive.glob("*.md"):
        os.utime(place)


def nothing(site: Site) -> None:
    assert site.config


@pytest.mark.parametrize("change", [edited, retitled, deleted, drafted, new, copied, moved, touched, nothing])
def test_whatever_happens_the_output_equals_that_of_a_first_build(
    site: Site, tmp_path: Path, change: Callable[[Site], None]
) -> None:
    site.build()
    change(site)
    site.build()
    places = Places(folder=tmp_path / "cold-state", memory=tmp_path / "cold-memory.jsonl")
    shutil.copyfile(site.places.memory, places.memory)
    build(replace(site.config, output=tmp_path / "cold"), now=NOW, places=places)
    assert files_of(site.config.output) == files_of(tmp_path / "cold")
    assert site.build().published.written == ()


def test_one_changed_article_writes_its_page_alone(site: Site) -> None:
    site.build()
    site.write(7, text="Something else")
    page = site.page("<p>Text 7</p>")
    assert page
    assert site.build().published.written == (page.relative_to(site.config.output).as_posix(),)
    assert site.page("<p>Something else</p>") == page


def test_the_page_of_an_article_that_is_gone_goes(site: Site) -> None:
    site.build()
    page = site.page("<p>Text 9</p>")
    assert page
    site.place(9).unlink()
    assert site.build().published.removed == (page.relative_to(site.config.output).as_posix(),)


def test_the_second_copy_of_an_article_has_no_page(site: Site) -> None:
    shutil.copyfile(site.place(10), site.place(90))
    site.build()
    assert site.page("<p>Text 10</p>")
    site.place(10).unlink()
    site.build()
    assert site.page("<p>Text 10</p>")


def test_an_article_that_leaves_its_feeds_keeps_its_page_as_it_is(site: Site) -> None:
    site.build()
    page = site.page("<p>Text 1</p>")
    assert page
    before = page.stat()
    site.write(-1)
    site.build()
    assert page.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("loses_state", [False, True])
def test_the_page_of_an_entry_stays_until_its_article_is_withdrawn(site: Site, loses_state: bool) -> None:
    site.build(article_pages="missing")
    shown = [site.page(f"<p>Text {number}</p>") for number in (0, 1)]
    assert all(shown)
    for number in (30, 31):  # newer ones push both out of every feed
        site.place(number).write_bytes(
            site.place(0).read_bytes().replace(b"Title 0", b"New %d" % number).replace(b"Text 0", b"N %d" % number)
            .replace(b"01 Aug 2022 00:00:00", b"01 Aug 2022 00:%d:00" % number)
        )  # fmt: skip
    site.build()
    assert [site.page(f"<p>Text {number}</p>") for number in (0, 1)] == shown
    if loses_state:
        shutil.rmtree(site.places.folder)
    site.place(0).rename(site.config.archive / "moved.md")
    site.place(1).write_bytes(site.place(1).read_bytes().replace(b"comments: false", b"draft: true"))
    site.build()
    assert site.page("<p>Text 1</p>") is None
    assert (site.page("<p>Text 0</p>") == shown[0]) is not loses_state
    (site.config.archive / "moved.md").unlink()
    site.build()
    assert site.page("<p>Text 0</p>") is None


def test_pages_of_all_articles_can_be_taken_back(site: Site) -> None:
    site.write(0, line="link: https://e.org/0")
    site.build(article_pages="missing")
    before = files_of(site.config.output).keys()
    site.build(article_pages="all")
    assert len(files_of(site.config.output)) > len(before)
    site.build(article_pages="missing")
    assert files_of(site.config.output).keys() == before
    assert site.build().is_unchanged


def test_an_article_that_nobody_can_read_keeps_its_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = site.config.archive / "inner"
    inner.mkdir()
    site.place(9).rename(inner / "a9.md")
    site.build()
    assert site.page("<p>Text 9</p>")
    real = os.open

    def refusing(place: str | Path, *rest: Any, **more: Any) -> int:
        if os.fspath(place).rstrip("/").endswith("inner"):
            raise PermissionError(13, "Permission denied", os.fspath(place))
        return real(place, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    assert len(site.build().problems) == 1
    assert site.page("<p>Text 9</p>")


def test_pages_of_a_theme_change_with_it(site: Site, tmp_path: Path) -> None:
    site.build()
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "extra.css").write_text(":root { --accent: green }", "utf-8")
    site.build(templates=tmp_path / "theme")
    pages = [path.read_text("utf-8") for path in site.config.output.glob("articles/*/*.html")]
    assert len(pages) == COUNT
    assert all("--accent: green" in page for page in pages)


def test_going_back_keeps_what_subscribers_may_have_and_none_takes_all_away(site: Site) -> None:
    site.build()
    assert site.page("<p>Text 9</p>")
    site.build(article_pages="missing")
    assert site.page("<p>Text 0</p>")
    assert site.page("<p>Text 9</p>") is None
    site.build(article_pages="none")
    assert not (site.config.output / "articles").exists()
    site.build(article_pages="all")
    assert site.page("<p>Text 9</p>")


def test_a_picture_of_the_archive_that_only_an_older_page_shows_is_copied(site: Site) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    (site.config.archive / "p.png").write_bytes(picture)
    site.write(9, text='Text 9 <img src="p.png" width="400" height="300">')
    report = site.build()
    copies = list(site.config.output.glob("pictures/*/*"))
    assert [place.read_bytes() for place in copies] == [picture]
    assert copies[0].relative_to(site.config.output).as_posix() in report.published.written
    assert site.build().is_unchanged
    (site.config.archive / "p.png").write_bytes(picture + b"x")
    site.build()
    page = site.page("Text 9")
    assert page
    names = [place.name for place in site.config.output.glob("pictures/*/*") if place.read_bytes() == picture + b"x"]
    assert len(names) == 1
    assert names[0] in page.read_text("utf-8")


class Killed(BaseException):
    """Stands for the end of a process."""


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_killed_build_leaves_everything_whole_and_the_next_one_goes_on(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    original = Older.hand_over

    def dying(self: Older, jobs: Sequence[Job]) -> Iterator[Sequence[OutputFile | str]]:
        for number, job in enumerate(jobs):
            if number == after:
                raise Killed
            yield from original(self, [job])

    site.build(article_pages="missing")
    site.write(7, text="Something else")
    with monkeypatch.context() as patch:
        patch.setattr(Older, "hand_over", dying)
        with pytest.raises(Killed):
            site.build(article_pages="all")
    assert files_of(site.config.output).keys() <= read_manifest(site.config.output).files.keys()
    site.build()
    assert files_of(site.config.output) == site.cold(tmp_path / "cold")


def test_nothing_is_written_where_a_foreign_file_is_in_the_way_of_an_older_page(site: Site) -> None:
    site.build()
    page = site.page("<p>Text 9</p>")
    assert page
    shutil.rmtree(site.config.output)
    shutil.rmtree(site.places.folder)
    page.parent.mkdir(parents=True)
    page.write_text("mine", "utf-8")
    with pytest.raises(WriteError, match="was not published from here"):
        site.build()
    assert [*files_of(site.config.output).values()] == [b"mine"]


def test_a_broken_template_is_told_before_anything_is_written(site: Site, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "article.html").write_text("{{ nothing.of_this }}", "utf-8")
    with pytest.raises(ConfigError, match=r"article\.html"):
        site.build(templates=tmp_path / "theme")
    assert files_of(site.config.output) == {} if site.config.output.exists() else True


def test_a_page_that_subscribers_know_outlives_that_an_older_copy_comes(site: Site) -> None:
    site.build()
    page = site.page("<p>Text 1</p>")
    assert page
    site.write(-1)
    site.write(-2)
    site.build()
    earlier = f"{NOW - timedelta(days=90):%a, %d %b %Y %H:%M:%S} GMT"
    now = f"{NOW - timedelta(days=1):%a, %d %b %Y %H:%M:%S} GMT"
    site.place(91).write_bytes(site.place(1).read_bytes().replace(now.encode(), earlier.encode()))
    site.build()
    pages = [path for path in site.config.output.glob("articles/*/*") if "<p>Text 1</p>" in path.read_text("utf-8")]
    assert len(pages) == 2
    assert page in pages


def test_while_a_feed_is_held_back_no_page_goes(site: Site) -> None:
    site.build()
    page, other = site.page("<p>Text 0</p>"), site.page("<p>Text 9</p>")
    assert page
    assert other
    for number in (0, 1, 9):
        site.place(number).unlink()
    report = site.build(flood_limit=0)
    assert report.held_back
    assert page.is_file()
    assert other.is_file()
    site.build(flood_limit=COUNT)
    assert not page.exists()
    assert not other.exists()
