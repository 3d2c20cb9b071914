"""Feeds of tags, authors, languages and rules, from files to files."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from feeds import Config, build
from feeds.cli import main
from feeds.config import Places
from feeds.errors import ProblemKind
from feeds.model import FeedRule, FeedTable
from feeds.pipeline import Report

DOCUMENT = (Path(__file__).parent.parent / "docs" / "feeds.md").read_text("utf-8")
NOW = datetime(2022, 8, 1, tzinfo=UTC)
EVERY = ("category", "tag", "author", "language")


class Site:
    """A working folder with an archive, built again and again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.archive = home / "archive"
        self.public = home / "public"
        self.config = Config(archive=self.archive, output=self.public, title="Site", language="en", feeds=EVERY)
        self.places = Places(folder=home / ".feeds", memory=home / "feeds-memory.jsonl")

    def put(self, path: str, day: int = 20, *, text: str = "", **stated: object) -> None:
        """Write an article of July 2022; its title and text are its name."""
        place = self.archive / path
        place.parent.mkdir(parents=True, exist_ok=True)
        front = {"title": place.stem, "date": f"2022-07-{day:02}T08:00:00Z", **stated}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        place.write_text("\n".join(["---", *lines, "---", text or f"Text of {place.stem}, on the mud."]), "utf-8")

    def build(self, **settings: Any) -> Report:
        return build(replace(self.config, **settings), now=NOW, places=self.places)

    def titles(self, folder: str = "") -> list[str]:
        return [item["title"] for item in self.items(folder)]

    def items(self, folder: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document(folder)["items"]
        return found

    def document(self, folder: str = "") -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.public / folder / "feed.json").read_bytes())
        return found

    def folders(self) -> set[str]:
        return {str(file.parent.relative_to(self.public)) for file in self.public.rglob("feed.json")}

    def files(self) -> dict[str, bytes]:
        return {str(file.relative_to(self.public)): file.read_bytes() for file in self.public.rglob("[!.]*.*")}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.put("News/a.md", 20, tags=["tide", "boats"], authors=["Mara", "Tom"])
    site.put("News/b.md", 19, tags=["tide"], author="Mara", lang="zh-CN")
    site.put("c.md", 18, author="Tom")
    return site


def test_each_tag_author_and_language_has_a_feed_of_all_articles_that_have_it(site: Site) -> None:
    site.build()
    assert site.folders() == {
        ".", "News", "tags/tide", "tags/boats", "authors/Mara", "authors/Tom", "languages/en", "languages/zh-CN",
    }  # fmt: skip
    assert site.titles("tags/tide") == ["a", "b"]
    assert site.titles("tags/boats") == ["a"]
    assert site.titles("authors/Mara") == ["a", "b"]
    assert site.titles("authors/Tom") == ["a", "c"]
    assert site.titles("languages/en") == ["a", "c"]
    assert site.titles("languages/zh-CN") == ["b"]
    assert site.items("tags/tide")[0] == site.items()[0]


def test_without_them_everything_is_as_it_was(site: Site) -> None:
    site.build(feeds=("category",))
    assert site.folders() == {".", "News"}
    before = {path: data for path, data in site.files().items() if path.endswith((".xml", ".json", ".opml"))}
    site.build()
    assert before.items() <= site.files().items()


def test_membership_is_about_categories_alone(site: Site) -> None:
    site.build(membership="partition")
    assert site.titles() == ["c"]
    assert site.titles("tags/tide") == ["a", "b"]


def test_without_categories_the_whole_archive_has_everything(site: Site) -> None:
    site.build(feeds=("tag",), membership="partition")
    assert site.folders() == {".", "tags/tide", "tags/boats"}
    assert site.titles() == ["a", "b", "c"]
    opml = etree.parse(site.public / "feeds.opml")
    assert [one.get("text") for one in opml.iterfind(".//outline")] == ["Site"]


def test_a_feed_is_named_leaf_first_and_has_its_language(site: Site) -> None:
    site.build(language="zh-CN")
    tag = site.document("tags/tide")
    assert (tag["title"], tag["description"], tag["language"]) == ("tide – 标签 – Site", "Site / 标签 / tide", "zh-CN")
    site.build(language="en")
    assert site.document("authors/Tom")["title"] == "Tom – Authors – Site"
    english, chinese = site.document("languages/en"), site.document("languages/zh-CN")
    assert (english["language"], chinese["language"]) == ("en", "zh-CN")
    assert "language" not in chinese["items"][0]
    assert [item.get("language") for item in site.items()] == [None, "zh-CN", None]


def test_a_rule_makes_a_feed_with_a_name(site: Site) -> None:
    rule = FeedRule(any_of=(("tag", "boats"), ("author", "tom")), none_of=(("word", "c"),))
    tables = (
        FeedTable(key=("", "feed", "sea"), title="All of the sea", rule=rule),
        FeedTable(key=("", "feed", "land"), rule=FeedRule(all_of=(("tag", "trains"),))),
        FeedTable(key=("News",), title="What is new"),
        FeedTable(key=("", "tag", "nets"), title="Nets"),
    )
    report = site.build(feeds=("category",), feed=tables)
    assert site.titles("sea") == ["a"]
    assert site.titles("land") == []
    assert [site.document(folder)["title"] for folder in ("sea", "land", "News")] == [
        "All of the sea", "land – Site", "What is new",
    ]  # fmt: skip
    unused = [problem for problem in report.problems if problem.kind is ProblemKind.UNUSED_FEED]
    assert [(problem.what.split()[2], problem.cause) for problem in unused] == [
        ("2", "no article fits its rule"),
        ("4", 'there is no feed "tag nets"'),
    ]


def test_a_table_of_no_feed_says_how_a_name_with_a_slash_is_written_and_that_a_category_has_nothing_of_its_own(
    site: Site,
) -> None:
    site.put("Top/in/x.md", 10)
    site.put("y.md", 11, category=["a/b"])
    tables = (
        FeedTable(key=("a", "b"), title="Slash"),
        FeedTable(key=("Top",), title="Top", membership="own"),
    )
    report = site.build(feeds=("category",), feed=tables)
    unused = [problem for problem in report.problems if problem.kind is ProblemKind.UNUSED_FEED]
    assert [(problem.cause, problem.cure) for problem in unused] == [
        (
            'there is no feed "a/b" of these levels',
            'A name that holds a slash is written in a list: category = ["a/b"].',
        ),
        (
            'no article is in "Top" itself, only in categories below it',
            "Set another membership, or take the table out.",
        ),
    ]


def test_another_rule_is_another_feed_at_the_next_build(site: Site) -> None:
    def build_with(tag: str) -> list[str]:
        rule = FeedRule(all_of=(("tag", tag),))
        site.build(feed=(FeedTable(key=("", "feed", "sea"), rule=rule),))
        return site.titles("sea")

    assert [build_with("boats"), build_with("tide"), build_with("none"), build_with("boats")] == [
        ["a"], ["a", "b"], [], ["a"],
    ]  # fmt: skip


def test_a_feed_once_published_stays_empty_and_valid_and_comes_back(site: Site) -> None:
    site.build()
    before = site.files()["tags/boats/rss.xml"]
    site.build(feeds=("category",))
    assert site.titles("tags/boats") == site.titles("languages/zh-CN") == []
    assert site.document("languages/zh-CN")["language"] == "zh-CN"
    site.build()
    assert site.files()["tags/boats/rss.xml"] == before


def test_names_that_meet_have_folders_of_their_own_that_never_move(site: Site) -> None:
    sea = FeedTable(key=("", "feed", "sea"), rule=FeedRule(all_of=(("tag", "tide"),)))
    site.build(feed=(sea,))
    site.put("tags/d.md", 17, tags=["Tide", "a/b", "a-b", ".."])
    site.put("sea/e.md", 16)
    site.build(feed=(sea,))
    folders = site.folders()
    assert {"tags/tide", "sea", "tags/a-b"} <= folders
    marked = {folder.rpartition("-")[0] for folder in folders if "-" in folder}
    assert {"tags", "sea", "tags/Tide", "tags/a-b"} <= marked
    assert (site.titles("tags/tide"), site.titles("sea")) == (["a", "b"], ["a", "b", "d"])
    shutil.rmtree(site.public)
    shutil.rmtree(site.places.folder)
    site.build(feed=(sea,))
    assert site.folders() == folders


def test_a_category_that_was_called_tags_keeps_its_folder(site: Site) -> None:
    site.put("tags/d.md", 17, tags=["tide"])
    site.build(feeds=("category",))
    site.build()
    assert site.titles("tags") == ["d"]
    (folder,) = (one for one in site.folders() if one.endswith("/tide"))
    assert folder.startswith("tags-")
    before = site.folders()
    shutil.rmtree(site.public)
    shutil.rmtree(site.places.folder)
    site.build()
    assert site.folders() == before


def test_copies_stand_in_the_feeds_of_all(site: Site) -> None:
    site.put("News/same.md", 10, tags=["nets"], author="Ann", text="The very same words.")
    site.put("Sea/same.md", 11, tags=["sails"], author="Ann", text="The very same words.")
    report = site.build()
    assert report.left_out["copy"] == 1
    assert site.titles("tags/nets") == site.titles("tags/sails") == site.titles("authors/Ann") == ["same"]


def test_articles_in_different_languages_are_no_copies(site: Site) -> None:
    site.put("News/same.md", 10, author="Ann", lang="en", text="The very same words.")
    site.put("Sea/same.md", 11, author="Ann", lang="fr", text="The very same words.")
    assert site.build().left_out["copy"] == 0
    assert site.titles("authors/Ann") == ["same", "same"]


def test_folders_and_names_tell_languages_and_are_no_categories(site: Site) -> None:
    site.put("fr/Sea/d.md", 17)
    site.put("News/e.fr.md", 16, title="")
    site.put("News/f.de.md", 15, title="")
    site.build(languages=("fr", "en"))
    assert site.titles("languages/fr") == ["d", "e"]
    assert site.titles("Sea") == ["d"]
    assert "f.de" in site.titles("languages/en")
    page = next(file for file in site.public.glob("articles/*/*.html") if ">d</h1>" in file.read_text())
    assert '<h1 dir="auto" lang="fr">' in page.read_text()


def test_a_setting_that_changes_makes_cards_anew(site: Site) -> None:
    site.put("fr/d.md", 17)
    site.build()
    assert site.titles("fr") == ["d"]
    site.build(languages=("fr",))
    assert site.titles("fr") == []
    assert site.titles("languages/fr") == ["d"]
    site.build(languages=("fr",), language="de")
    assert site.titles("languages/de") == ["a", "c"]


def test_nothing_changes_when_nothing_does(site: Site) -> None:
    site.build()
    report = site.build()
    assert report.published.written == ()
    site.put("News/g.md", 21, tags=["boats"], author="Mara")
    report = site.build()
    changed = {path.rpartition("/")[0] for path in report.changed_feeds}
    assert changed == {"", "News", "tags/boats", "authors/Mara", "languages/en"}


def test_a_feed_that_would_flood_is_held_back(site: Site) -> None:
    site.build(flood_limit=1)
    for day in range(1, 5):
        site.put(f"old{day}.md", day, tags=["boats"])
    report = site.build(flood_limit=1)
    assert ("", "tag", "boats") in report.held_back
    assert 'feed "tag boats" is held back' in [problem.what for problem in report.problems]
    assert site.titles("tags/boats") == ["a"]


def test_the_catalogue_shows_each_kind_below_the_categories(site: Site) -> None:
    sea = FeedTable(key=("", "feed", "sea"), title="The sea", rule=FeedRule(all_of=(("tag", "tide"),)))
    site.build(feed=(sea,))
    page = (site.public / "index.html").read_text("utf-8")
    names = ["News</bdi>", "The sea</bdi>", "Tags</h3>", "boats</bdi>", "Authors</h3>", "Languages</h3>"]
    places = [page.index(f">{name}") for name in names]
    assert places == sorted(places)
    tag = (site.public / "tags/boats/index.html").read_text("utf-8")
    assert "</span> <bdi>boats</bdi></h1>" in tag
    assert '<a href="../../index.html"><bdi>Site</bdi></a>' in tag


def test_a_list_of_all_feeds_has_a_folder_for_each_kind(site: Site) -> None:
    site.build(opml="all")
    body = etree.parse(site.public / "feeds.opml").find("body")
    assert body is not None
    assert [one.get("text") for one in body] == ["Site", "News – Site", "Tags", "Authors", "Languages"]
    assert [one.get("text") for one in body[2]] == ["boats – Tags – Site", "tide – Tags – Site"]
    site.build(opml="leaves")
    leaves = etree.parse(site.public / "feeds.opml").findall(".//outline")
    assert [one.get("text") for one in leaves] == ["Site", "News – Site"]


def test_commands_name_a_feed_by_its_kind(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.home)
    (site.home / "feeds.toml").write_text('feeds = ["tag", "author"]\n[[feed]]\nname = "sea"\nall_of = ["tag:tide"]')
    runner = CliRunner()
    assert runner.invoke(main, ["build", "-q"]).exit_code == 0
    why = runner.invoke(main, ["why", "News/a.md"]).output
    assert [line for line in why.splitlines() if line.startswith("      + ")] == [
        "      + the whole archive", "      + author Mara", "      + author Tom", "      + feed sea",
        "      + tag boats", "      + tag tide",
    ]  # fmt: skip
    assert 'feeds = ["tag", "author"] gives no category a feed' in why
    told = json.loads(runner.invoke(main, ["why", "--json", "News/a.md"]).stdout)["feeds"]
    assert [next(iter(one.items())) for one in told] == [
        ("category", []), ("category", ["News"]), ("author", "Mara"), ("author", "Tom"), ("name", "sea"),
        ("tag", "boats"), ("tag", "tide"),
    ]  # fmt: skip
    for name in ("tag tide", "tags/tide", "sea", "feed sea"):
        assert runner.invoke(main, ["preview", name]).exit_code == 0
    site.put("News/g.md", 21, tags=["boats"])
    assert "\ntag boats  1 new" in runner.invoke(main, ["build", "--dry-run"]).output
    news = json.loads(runner.invoke(main, ["build", "--dry-run", "--json"]).stdout)
    assert {"tag": "boats"}.items() <= news[-1].items()
    assert runner.invoke(main, ["validate"]).exit_code == 0


def test_what_the_documents_show_is_what_there_is(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(site.archive)
    site.put("News/a.md", 20, tags=["stocks"], author="Mara Oak")
    site.put("News/b.md", 19, tags=["stocks"], author="robot")
    site.put("zh-CN/潮汐.md", 18, tags=["tide"])
    settings, shown = re.findall(r"```(?:toml)?\n(.*?)```", DOCUMENT, re.DOTALL)[:2]
    (site.home / "feeds.toml").write_text(settings, "utf-8")
    monkeypatch.chdir(site.home)
    assert CliRunner().invoke(main, ["build", "-q"]).exit_code == 0
    folders = {line[2:].split("/ ")[0].strip(" /") for line in shown.splitlines()[2:]}
    assert site.folders() - {"."} == folders | {"authors/robot"}
    assert site.titles("markets") == ["a"]
    told = json.loads(CliRunner().invoke(main, ["why", "--json", "zh-CN/潮汐.md"]).stdout)["values"]
    assert next(one["from"] for one in told if one["name"] == "language") == "the file's path"


def test_a_build_upon_others_equals_one_that_starts_anew(site: Site) -> None:
    site.build(flood_limit=100)
    site.put("News/a.md", 20, tags=["nets", "Tide"], authors=["Tom", "Ann"])
    site.put("tags/d.md", 17, tags=["boats"], lang="fr")
    site.build(flood_limit=100)
    (site.archive / "News/b.md").unlink()
    site.put("c.md", 18, author="Mara", lang="zh-CN")
    site.build(flood_limit=100)
    before = site.files()
    shutil.rmtree(site.public)
    shutil.rmtree(site.places.folder)
    site.build()
    assert {path: data for path, data in before.items() if not path.startswith("articles/")}.items() <= (
        site.files().items()
    )
