"""What single feeds have of their own, and how old and how large feeds may be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import feeds.pipeline
from feeds import Config, build
from feeds.cli import main
from feeds.config import Places, load_config
from feeds.errors import ConfigError, ProblemKind
from feeds.model import FeedRule, FeedTable
from feeds.pipeline import Report, Wishes

NOW = datetime(2022, 8, 1, 12, tzinfo=UTC)
NAMES = ("rss.xml", "atom.xml", "feed.json")
COUNT = 6


class Site:
    """An archive of two categories, one below the other, each of which has an article a day."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.places = Places(folder=home / ".feeds", memory=home / "memory.jsonl")
        self.config = Config(
            archive=home / "archive", output=home / "public", title="Site", limit=2, keep_hours=0, flood_limit=100
        )
        for day in range(1, COUNT + 1):
            self.put(f"n{day}", day, ["News"])
            self.put(f"p{day}", day, ["News", "Port"], tag="tide", hour=1)

    def put(self, name: str, day: int, chain: list[str], *, tag: str = "other", size: int = 500, hour: int = 0) -> None:
        place = self.config.archive / f"{name}.md"
        place.parent.mkdir(exist_ok=True)
        head = {"title": name, "date": f"2022-07-{day:02}T{hour:02}:00:00Z", "categories": chain, "tags": [tag]}
        lead = f"The article {name} begins with a sentence" + ", and that goes on for longer than a summary" * 7
        place.write_text(
            f"{json.dumps(head)}\n\n<p>{lead}.</p>\n\n<p>{'Salt & water. ' * (size // 14)}</p>\n\n<p>Kelp.</p>\n"
        )

    def build(self, *tables: FeedTable, now: datetime = NOW, **settings: Any) -> Report:
        self.config = replace(self.config, feed=tables or self.config.feed, **settings)
        return build(self.config, now=now, places=self.places, wishes=Wishes(every_problem=True))

    def feed(self, folder: str = "") -> Any:
        return json.loads((self.config.output / folder / "feed.json").read_bytes())

    def titles(self, folder: str = "") -> list[str]:
        return [item["title"] for item in self.feed(folder)["items"]]

    def shown(self, folder: str = "") -> list[bool]:
        """Tell of each entry of a feed whether it is whole."""
        return ["Kelp" in item["content_html"] for item in self.feed(folder)["items"]]

    def sizes(self, folder: str = "") -> list[int]:
        return [(self.config.output / folder / name).stat().st_size for name in NAMES]

    def validate(self) -> None:
        result = CliRunner().invoke(main, ["validate", str(self.config.output)], catch_exceptions=False)
        assert result.exit_code == 0, result.output

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.config.output.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(self.config.output).as_posix(): path.read_bytes() for path in found}

    def is_as_built_from_nothing(self) -> None:
        """Compare with a build that knows the archive and the memory alone."""
        output = self.home / "cold"
        places = Places(folder=self.home / "cold-state", memory=self.home / "cold.jsonl")
        places.memory.write_bytes(self.places.memory.read_bytes())
        build(replace(self.config, output=output), now=NOW, places=places)
        kept = {path: data for path, data in self.files().items() if not path.startswith("articles/")}
        assert kept == {path: (output / path).read_bytes() for path in kept}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -(10**10))
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


NEWS, PORT = ("News",), ("News", "Port")


# What single feeds have of their own


def test_a_feed_may_show_more_and_another_less_than_all_others(site: Site) -> None:
    site.build(FeedTable(key=PORT, limit=4), FeedTable(key=(), limit=1))
    assert site.titles("News/Port") == ["p6", "p5", "p4", "p3"]
    assert site.titles("News") == ["p6", "n6"]
    assert site.titles() == ["p6"]
    site.is_as_built_from_nothing()
    site.validate()


def test_hours_and_the_limit_at_the_very_most_may_be_of_its_own(site: Site) -> None:
    site.build(FeedTable(key=PORT, keep_hours=48), FeedTable(key=NEWS, keep_hours=1000, limit_max=3))
    assert site.titles("News/Port") == ["p6", "p5", "p4"]
    assert len(site.titles("News")) == 3
    assert len(site.titles()) == 2


def test_a_feed_may_have_its_title_and_description(site: Site) -> None:
    site.build(FeedTable(key=PORT, title="Ships", description="What comes in on the tide"))
    assert [site.feed("News/Port")[name] for name in ("title", "description")] == ["Ships", "What comes in on the tide"]
    assert "Ships" in (site.config.output / "feeds.opml").read_text()
    site.validate()


@pytest.mark.parametrize("usual", ["summary", "full"])
def test_an_article_is_whole_in_one_feed_and_its_summary_in_another(site: Site, usual: str) -> None:
    other = {"summary": "full", "full": "summary"}[usual]
    site.build(FeedTable(key=PORT, content=other), content=usual)
    assert site.shown("News/Port") == [other == "full"] * 2
    assert site.shown() == site.shown("News") == [usual == "full"] * 2
    site.is_as_built_from_nothing()
    mixed = site.files()
    build(replace(site.config, output=site.home / "plain", content=other, feed=()), now=NOW)
    for name in NAMES:
        assert mixed[f"News/Port/{name}"] == (site.home / "plain/News/Port" / name).read_bytes()
    site.validate()


def test_an_edit_of_what_a_feed_does_not_show_is_no_edit_there(site: Site) -> None:
    site.build(FeedTable(key=NEWS, content="summary"), FeedTable(key=(), content="summary"), content="full")
    site.put("p6", 6, ["News", "Port"], tag="tide", hour=1, size=700)
    report = site.build()
    assert [(one.category, [entry.title for entry in one.edited]) for one in report.news] == [(PORT, ["p6"])]
    assert {path.rpartition("/")[0] for path in report.changed_feeds} == {"News/Port"}


def test_bodies_are_read_whole_only_where_a_feed_shows_them_so(site: Site) -> None:
    site.put("c1", 6, ["Culture"])
    overrides = (FeedTable(key=PORT, content="full"),)
    site.build(*overrides, article_pages="none")
    assert site.shown("News/Port") == [True, True]
    assert site.shown("Culture") == [False]


def test_a_category_may_hold_its_own_articles_alone(site: Site) -> None:
    site.build(FeedTable(key=NEWS, membership="own"), limit=20)
    assert sorted(site.titles("News")) == [f"n{day}" for day in range(1, COUNT + 1)]
    assert len(site.titles()) == 2 * COUNT
    assert "With feeds of their own, not included here" in (site.config.output / "News/index.html").read_text()
    port = (site.config.output / "News/Port/index.html").read_text()
    assert port.count("comes with") == 1  # in the whole archive's feed, not in that of News
    site.is_as_built_from_nothing()


def test_a_category_may_hold_all_below_it_where_others_do_not(site: Site) -> None:
    site.build(FeedTable(key=NEWS, membership="subtree"), limit=20, membership="partition")
    assert len(site.titles("News")) == 2 * COUNT
    assert site.titles() == []
    site.build(FeedTable(key=(), membership="subtree"), limit=20, membership="partition")
    assert len(site.titles("News")) == COUNT
    assert len(site.titles()) == 2 * COUNT
    site.validate()


def test_feeds_of_other_kinds_have_settings_of_their_own_too(site: Site) -> None:
    rule = FeedRule(all_of=(("category", "Port"),))
    site.build(
        FeedTable(key=("", "tag", "tide"), limit=3, content="full", title="Tides"),
        FeedTable(key=("", "feed", "harbour"), rule=rule, limit=5, max_age=timedelta(days=3)),
        feeds=("category", "tag"),
    )
    assert site.titles("tags/tide") == ["p6", "p5", "p4"]
    assert site.shown("tags/tide") == [True] * 3
    assert site.feed("tags/tide")["title"] == "Tides"
    assert site.titles("harbour") == ["p6", "p5", "p4", "p3"]
    assert site.shown("harbour") == [False] * 4
    site.is_as_built_from_nothing()


def test_the_feed_at_an_old_address_is_that_of_today(site: Site) -> None:
    site.build(FeedTable(key=PORT, limit=4, title="Ships"), moved={"Old": NEWS})
    assert site.titles("Old/Port") == site.titles("News/Port") == ["p6", "p5", "p4", "p3"]
    assert site.feed("Old/Port")["title"] == "Ships"


def test_how_many_old_entries_are_a_flood_hangs_on_the_feed(site: Site) -> None:
    site.build(flood_limit=None)
    assert site.build(FeedTable(key=PORT, limit=6)).held_back == {PORT}
    assert len(site.titles("News/Port")) == 2
    assert site.build(FeedTable(key=PORT, limit=8)).held_back == frozenset()
    assert len(site.titles("News/Port")) == COUNT


def test_a_feed_that_is_not_there_is_told_with_the_nearest(site: Site) -> None:
    report = site.build(FeedTable(key=("News", "Prot"), limit=4))
    (problem,) = report.problems
    assert problem.kind is ProblemKind.UNUSED_FEED
    assert problem.cure == 'Did you mean "News/Port"?'


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ("limit = 300", "[[feed]] number 1: limit 300 is more than limit_max 200"),
        ("limit_max = 10", "[[feed]] number 1: limit 20 is more than limit_max 10"),
        ('max_age = "soon"', "[[feed]] number 1: max_age: a length of time is needed, such as"),
        ("max_bytes = 12", "[[feed]] number 1: max_bytes: a whole number from 10000 to"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, table: str, cause: str) -> None:
    (tmp_path / "feeds.toml").write_text(f"\n[[feed]]\ncategory = ''\n{table}\n")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "feeds.toml", {})
    assert cause in str(caught.value)
    assert caught.value.line == 2


def test_the_membership_of_what_is_no_category_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("[[feed]]\ntag = 'x'\nmembership = 'own'\n")
    with pytest.raises(ConfigError, match="membership is about the tree of categories; a tag is not in it"):
        load_config(tmp_path / "feeds.toml", {})


# How old


def test_what_is_older_than_the_newest_by_more_than_an_age_drops_out(site: Site) -> None:
    site.build(limit=20, max_age=timedelta(days=2))
    assert sorted(site.titles()) == ["n5", "n6", "p4", "p5", "p6"]
    site.put("quiet", 1, ["Quiet"])
    site.put("quieter", 1, ["Quiet"], hour=1)
    site.build(FeedTable(key=PORT, max_age=timedelta(days=1)), FeedTable(key=NEWS, max_age=timedelta(days=4)))
    assert site.titles("News/Port") == ["p6", "p5"]
    assert len(site.titles("News")) == 9
    assert site.titles("Quiet") == ["quieter", "quiet"]
    site.is_as_built_from_nothing()


def test_time_alone_changes_no_feed_with_an_age(site: Site) -> None:
    site.build(limit=20, max_age=timedelta(days=2))
    report = site.build(now=NOW + timedelta(days=1000))
    assert report.is_unchanged


# How large


@pytest.mark.parametrize("most", [10_000, 12_345, 16_000, 20_000, 30_000, 60_000])
def test_a_feed_has_no_more_bytes_than_it_may_have_and_uses_them(site: Site, most: int) -> None:
    site.build(limit=20, content="full", max_bytes=0)
    every = site.titles()
    assert site.shown() == [True] * len(every)
    site.build(max_bytes=most)
    whole = site.shown()
    assert whole == sorted(whole, reverse=True)
    assert site.titles() == every[: len(whole)]
    assert max(site.sizes()) <= most
    assert max(site.sizes()) > most - 2_500 or all(whole)
    assert len(whole) == len(every) or not any(whole)
    site.validate()
    site.is_as_built_from_nothing()


def test_the_same_entries_stand_in_every_format(site: Site) -> None:
    site.build(limit=20, content="full", max_bytes=12_000)
    shown = len(site.titles())
    assert 1 < shown < 2 * COUNT
    assert (site.config.output / "rss.xml").read_bytes().count(b"<item>") == shown
    assert (site.config.output / "atom.xml").read_bytes().count(b"<entry>") == shown
    page = (site.config.output / "News/index.html").read_text()
    assert page.count("<article") == len(site.titles("News"))


def test_the_newest_stays_however_large_it_is(site: Site) -> None:
    site.put("large", 20, ["News"], size=90_000)
    site.build(limit=20, content="full", max_bytes=10_000)
    assert site.titles()[0] == "large"
    assert site.shown()[0] is False
    assert max(site.sizes()) <= 10_000


def test_an_entry_that_shrinks_is_not_edited_and_one_that_drops_out_keeps_its_id(site: Site) -> None:
    site.build(limit=20, content="full", max_bytes=30_000)
    before = {item["id"]: item for item in site.feed()["items"]}
    assert any(site.shown())
    for day in range(7, 10):
        site.put(f"n{day}", day, ["News"], size=9_000)
    report = site.build()
    (whole,) = (one for one in report.news if one.category == ())
    assert whole.edited == whole.returning == whole.old == ()
    assert {entry.title for entry in whole.new} == {"n7", "n8", "n9"}
    after = {item["id"]: item for item in site.feed()["items"]}
    assert any(after[id_]["content_html"] != before[id_]["content_html"] for id_ in after.keys() & before.keys())
    for id_ in after.keys() & before.keys():
        assert after[id_]["date_modified"] == before[id_]["date_modified"]


def test_a_feed_has_bytes_of_its_own(site: Site) -> None:
    site.build(FeedTable(key=PORT, max_bytes=10_000), limit=20, content="full")
    assert all(site.shown())
    assert not all(site.shown("News/Port"))
    assert max(site.sizes("News/Port")) <= 10_000


def test_a_small_feed_is_never_measured(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.pipeline.shaping._Measure", None)
    site.build(limit=20, content="full")
    assert all(site.shown())


def test_a_build_with_a_large_feed_and_no_news_does_nothing(site: Site) -> None:
    site.build(limit=20, content="full", max_bytes=12_000)
    report = site.build()
    assert report.is_unchanged


def test_why_tells_that_there_is_no_room(site: Site) -> None:
    places = []
    for most in (16_000, 10_000):
        site.build(limit=20, content="full", max_bytes=most)
        Path("feeds.toml").write_text(
            f'title = "Site"\nlimit = 20\nkeep_hours = 0\ncontent = "full"\nmax_bytes = {most}\n'
        )
        found = [json.loads(CliRunner().invoke(main, ["why", "--json", title]).stdout) for title in ("p6", "n1")]
        places += [(one["feeds"][0]["position"], one["feeds"][0]["reason"], one["feeds"][0]["shrunk"]) for one in found]
    assert places[:3] == [(1, None, False), (2 * COUNT, None, True), (1, None, True)]
    assert places[3] == (None, f"no room: 10,000 bytes hold {len(site.titles())} entries (max_bytes)", False)
    assert "its summary alone for want of room" in CliRunner().invoke(main, ["why", "p6"]).output


def test_a_dry_run_foresees_what_drops_out(site: Site) -> None:
    Path("feeds.toml").write_text('content = "full"\nlimit = 20\n')
    result = CliRunner().invoke(main, ["build", "-q"], catch_exceptions=False)
    assert result.exit_code == 0
    Path("feeds.toml").write_text(
        'content = "full"\nlimit = 20\nmax_bytes = 10_000\n[[feed]]\ntag = "tide"\nlimit = 1\n'
    )
    result = CliRunner().invoke(main, ["build", "--dry-run", "--json"], catch_exceptions=False)
    whole = next(one for one in json.loads(result.stdout) if one["category"] == [])
    assert whole["rolled_off"]
    assert [whole[name] for name in ("new", "edited", "returning", "too_old")] == [[]] * 4
