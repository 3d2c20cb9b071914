"""The law of rebuilds: whatever came before, a build equals one that starts from nothing but archive and memory."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import feeds.pipeline
from feeds import Config, build
from feeds.adopt import parse_feed
from feeds.config import Places
from feeds.errors import ProblemKind
from feeds.model import FeedRule, FeedTable, Selection
from feeds.pipeline import Report, Wishes
from tests.articles import article_bytes

EPOCH = datetime(2022, 7, 1, tzinfo=UTC)
LEAVES = ("news/harbour", "news/market", "culture/stage")
NAMES = tuple("abcdef")
TITLES = ("Low tide", "High tide", "Spring tide")
BODIES = (
    "<p>"
    + "The boats lie on the mud, and nobody hurries before the water comes back at nine o'clock tonight. " * 2
    + "</p>",
    "<p>"
    + "Fish prices fell again on Monday, say the traders at the quay, who had hoped for better weather. " * 2
    + "</p>",
    "<p>A short one.</p>",
    "",
)
OVERRIDES = (
    FeedTable(key=("news",), limit=1, content="full", membership="own"),
    FeedTable(key=(), content="summary", limit=5, max_age=timedelta(hours=50)),
    FeedTable(key=("culture", "stage"), max_bytes=3_000, content="full", title="Stage"),
)
PUBLISHED = ("rss.xml", "atom.xml", "feed.json", "index.html", "feeds.opml")


def rfc(moment: datetime) -> str:
    return f"{moment:%a, %d %b %Y %H:%M:%S} GMT"


def zoneless(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


DATES: dict[str, Callable[[datetime], str]] = {"zoned": rfc, "zoneless": zoneless, "invalid": lambda _: "Invalid Date"}


def feeds_of(output: Path) -> dict[str, bytes]:
    found = {}
    for path in output.rglob("*"):
        if path.name in PUBLISHED and "articles" not in path.relative_to(output).parts[:1]:
            found[path.relative_to(output).as_posix()] = path.read_bytes()
    return found


def pages_of(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.glob("articles/*/*")}


def names_of(report: Report) -> set[tuple[str, str, str]]:
    """By what problems are known from one build to the next; when an article is due, a set-back clock changes."""
    return {
        (problem.kind.slug, problem.path, problem.what)
        for problem in report.problems
        if problem.kind is not ProblemKind.FUTURE
    }


class History(RuleBasedStateMachine):
    """Plays one archive's life, and builds it again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="feeds-law-"))
        self.archive = self.home / "archive"
        self.archive.mkdir()
        self.now = EPOCH
        self.program = "one"
        self.config = Config(
            archive=self.archive, output=self.home / "public", limit=3, keep_hours=12, limit_max=5, title="Law"
        )
        self.places = Places(folder=self.home / ".feeds", memory=self.home / "memory.jsonl")
        self.told: dict[str, datetime] = {}
        self.builds = 0

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    # The archive

    def files(self) -> list[str]:
        return sorted(path.relative_to(self.archive).as_posix() for path in self.archive.rglob("*.md"))

    def put(self, path: str, title: str, body: str, date: str, picture: int | None = None) -> None:
        place = self.archive / path
        place.parent.mkdir(parents=True, exist_ok=True)
        leaf = path.rpartition("/")[0].split("/")
        data = article_bytes(
            title=f"'{title}'",
            categories=leaf,
            author=leaf[0],
            date=date,
            headimg=f"'https://picsum.photos/400/300?random={picture}'" if picture else None,
            body=f"<div>{body}</div>",
        )
        place.write_bytes(data)

    def change(self, path: str, edit: Callable[[bytes], bytes]) -> None:
        place = self.archive / path
        place.write_bytes(edit(place.read_bytes()))

    @initialize(count=st.integers(1, 5), data=st.data())
    def begin(self, count: int, data: st.DataObject) -> None:
        for _ in range(count):
            self.add(**data.draw(ARTICLE))
        self.build()

    def add(self, leaf: str, name: str, title: str, body: str, dialect: str, hours: int) -> None:
        date = DATES[dialect](self.now - timedelta(hours=hours))
        self.put(f"{leaf}/{name}.md", title, body, date, picture=hours % 3)

    @rule(data=st.data(), count=st.integers(1, 3))
    def articles_come(self, data: st.DataObject, count: int) -> None:
        for _ in range(count):
            self.add(**data.draw(ARTICLE))

    @precondition(lambda self: self.files())
    @rule(data=st.data(), body=st.sampled_from(BODIES))
    def one_is_edited(self, data: st.DataObject, body: str) -> None:
        path = data.draw(st.sampled_from(self.files()))
        self.change(path, lambda old: old[: old.index(b"<div>")] + f"<div>{body}<p>edited</p></div>".encode())

    @precondition(lambda self: self.files())
    @rule(data=st.data(), title=st.sampled_from(TITLES))
    def one_is_retitled(self, data: st.DataObject, title: str) -> None:
        path = data.draw(st.sampled_from(self.files()))
        self.change(path, lambda old: b"\n---\ntitle: '" + title.encode() + old[old.index(b"'\ncategories") :])

    @precondition(lambda self: self.files())
    @rule(data=st.data(), dialect=st.sampled_from(sorted(DATES)), hours=st.integers(-30, 30))
    def one_is_dated_anew(self, data: st.DataObject, dialect: str, hours: int) -> None:
        path = data.draw(st.sampled_from(self.files()))
        date = DATES[dialect](self.now + timedelta(hours=hours))

        def edit(old: bytes) -> bytes:
            start = old.index(b"\ndate: ") + 7
            return old[:start] + date.encode() + old[old.index(b"\n", start) :]

        self.change(path, edit)

    @precondition(lambda self: len(self.files()) > 1)
    @rule(data=st.data())
    def one_is_deleted(self, data: st.DataObject) -> None:
        (self.archive / data.draw(st.sampled_from(self.files()))).unlink()

    @precondition(lambda self: self.files())
    @rule(data=st.data(), leaf=st.sampled_from(LEAVES), name=st.sampled_from(NAMES))
    def one_moves(self, data: st.DataObject, leaf: str, name: str) -> None:
        source = self.archive / data.draw(st.sampled_from(self.files()))
        target = self.archive / leaf / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)

    @rule(leaf=st.sampled_from(LEAVES), other=st.sampled_from((*LEAVES, "news/elsewhere")))
    def a_folder_moves(self, leaf: str, other: str) -> None:
        source, target = self.archive / leaf, self.archive / other
        if source.is_dir() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    @precondition(lambda self: self.files())
    @rule(data=st.data(), title=st.sampled_from(TITLES), name=st.sampled_from(NAMES))
    def a_headline_is_corrected(self, data: st.DataObject, title: str, name: str) -> None:
        source = self.archive / data.draw(st.sampled_from(self.files()))
        old = source.read_bytes()
        source.with_name(f"{name}{name}.md").write_bytes(
            b"\n---\ntitle: '" + title.encode() + old[old.index(b"'\ncategories") :]
        )

    @precondition(lambda self: self.files())
    @rule(data=st.data(), leaf=st.sampled_from(LEAVES))
    def one_stands_under_a_second_route(self, data: st.DataObject, leaf: str) -> None:
        source = self.archive / data.draw(st.sampled_from(self.files()))
        target = self.archive / leaf / source.name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

    @rule()
    def all_are_written_again(self) -> None:
        for path in self.files():
            self.change(path, lambda old: old)

    # The rest of the world

    @rule(
        key=st.sampled_from(
            (
                ("limit", 2),
                ("limit", 4),
                ("membership", "own"),
                ("membership", "subtree"),
                ("membership", "partition"),
                ("zone", ZoneInfo("Asia/Shanghai")),
                ("zone", None),
                ("content", "full"),
                ("content", "summary"),
                ("undated", "skip"),
                ("undated", "first-seen"),
                ("article_pages", "none"),
                ("article_pages", "missing"),
                ("article_pages", "all"),
                ("pages", False),
                ("pages", True),
                ("language", "zh-CN"),
                ("language", None),
                ("title", "Other"),
                ("moved", {"old": ("news",)}),
                ("moved", {}),
                ("select", Selection(since=timedelta(hours=40), until=timedelta(hours=2))),
                ("select", Selection(rule=FeedRule(none_of=(("category", "market"), ("word", "spring"))))),
                ("select", None),
                ("max_age", timedelta(hours=20)),
                ("max_age", None),
                ("max_bytes", 3_500),
                ("max_bytes", 0),
                ("feed", OVERRIDES),
                ("feed", ()),
            )
        )
    )
    def the_configuration_changes(self, key: tuple[str, Any]) -> None:
        name, value = key
        self.config = replace(self.config, **{name: value})

    @rule(program=st.sampled_from(("one", "two")))
    def the_program_changes(self, program: str) -> None:
        self.program = program

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_clock_is_set_back(self) -> None:
        self.now -= timedelta(hours=30)

    @rule()
    def the_state_is_lost(self) -> None:
        shutil.rmtree(self.home / ".feeds", ignore_errors=True)
        self.told = {  # of what rolled off its feeds, nobody knows any more
            entry.id: entry.published
            for path in self.config.output.rglob("feed.json")
            for entry in parse_feed(path.read_bytes())
            if entry.published
        }

    # The law

    @precondition(lambda self: self.files())
    @rule()
    def build(self) -> None:
        report = self.run(self.config, self.places)
        self.builds += 1
        cold = self.home / f"cold-{self.builds}"
        places = Places(folder=cold / "state", memory=cold / "memory.jsonl")
        cold.mkdir()
        shutil.copyfile(self.places.memory, places.memory)
        whole_report = self.run(replace(self.config, output=cold / "public"), places)
        assert places.memory.read_text("utf-8").splitlines() == self.places.memory.read_text("utf-8").splitlines()
        incremental, whole = feeds_of(self.config.output), feeds_of(cold / "public")
        assert incremental.keys() == whole.keys()
        for path, data in incremental.items():
            if data != whole[path] and path.endswith((".json", ".xml")):
                assert parse_feed(data) == parse_feed(whole[path]), self.places.memory.read_text("utf-8")
            assert data == whole[path], path
        self.pages_equal(cold / "public")
        shutil.rmtree(cold)
        self.never_later(incremental)
        again = self.run(self.config, self.places)
        assert again.published.written == again.published.removed == ()
        every = self.run(self.config, self.places, every=True)
        assert names_of(every) == names_of(whole_report)
        assert len(every.problems) == report.problem_count == again.problem_count

    def pages_equal(self, cold: Path) -> None:
        pages, whole = pages_of(self.config.output), pages_of(cold)
        if self.config.article_pages == "none" or not self.config.pages:
            assert pages == whole == {}
        elif self.config.article_pages == "all":
            assert {path: pages.get(path) for path in whole} == whole

    def never_later(self, files: dict[str, bytes]) -> None:
        for path, data in files.items():
            if path.endswith("feed.json"):
                entries = parse_feed(data)
                assert len({entry.id for entry in entries}) == len(entries)
                for entry in entries:
                    assert entry.published is not None
                    assert entry.published <= self.told.get(entry.id, entry.published), entry
                    self.told[entry.id] = entry.published

    def run(self, config: Config, places: Places, *, every: bool = False) -> Report:
        return build(
            config,
            now=self.now,
            places=places,
            program=self.program,
            wishes=Wishes(accept_flood=True, accept_loss=True, every_problem=every),
        )


ARTICLE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "leaf": st.sampled_from(LEAVES),
        "name": st.sampled_from(NAMES),
        "title": st.sampled_from(TITLES),
        "body": st.sampled_from(BODIES),
        "dialect": st.sampled_from(sorted(DATES)),
        "hours": st.integers(-40, 60),
    }
)


@pytest.fixture(autouse=True, scope="module")
def _files_settle_at_once() -> None:
    feeds.pipeline.SETTLING = 0


History.TestCase.settings = settings(
    max_examples=int(os.environ.get("LAW_EXAMPLES", "12")),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking histories takes minutes
)
TestLaw = History.TestCase
