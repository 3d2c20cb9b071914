"""`feeds init`: what is found, what is written, what is kept, and that a build after it is right."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.errors import LockedError
from feeds.generators import Site, Taken
from feeds.pipeline import draft as drafting

ARTICLE = """---
title: {title}
categories: [{category}]
date: {date}
---
The boats lie on the mud and wait for the tide, and you wait with them for what is to come.
"""


def write_articles(folder: Path, count: int = 4, category: str = "Sea") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        text = ARTICLE.format(title=f"Tide {number}", category=category, date=f"2022-07-{number:02}T08:00:00Z")
        (folder / f"tide-{number}.md").write_text(text, "utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder; no generator is anywhere, unless a test says so."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(drafting, "find_site", lambda folder: None)
    return tmp_path / "work"


def feeds(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def settings(place: Path) -> dict[str, Any]:
    return tomllib.loads((place / "feeds.toml").read_text("utf-8"))


def items(place: Path, output: str = "public") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((place / output / "feed.json").read_bytes())["items"]
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bare_archive_gets_a_configuration_and_a_build_is_right(place: Path) -> None:
    write_articles(place / "archive")
    before = snapshot(place / "archive")
    result = feeds("init")
    assert result.exit_code == 0
    assert "archive      archive: 4 articles, 2022-07-01 to 2022-07-04" in result.stdout
    assert "Sea 4" in result.stdout
    assert result.stdout.count("Tide ") == 3
    assert result.stdout.endswith("Subscribers will see: 4 entries new to everybody; no feed was found here\n")
    assert feeds("build").exit_code == 0
    assert [item["title"] for item in items(place)] == ["Tide 4", "Tide 3", "Tide 2", "Tide 1"]
    assert items(place)[0]["date_published"] == "2022-07-04T08:00:00Z"
    assert snapshot(place / "archive") == before


def test_no_line_is_wider_than_a_terminal(place: Path) -> None:
    write_articles(place / ("a" * 40) / "posts", category="C" * 60)
    assert max(map(len, feeds("init", "a" * 40).stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", ["posts", "_posts", "content", "source/_posts", "archive", "src/content"])
def test_an_archive_is_found_by_its_name(place: Path, name: str) -> None:
    write_articles(place / name)
    (place / "README.md").write_text("# My *tide* [blog](https://x.example)\n\nText.\n")
    assert feeds("init").exit_code == 0
    assert settings(place)["archive"] == name
    assert settings(place)["title"] == "My tide blog"


def test_a_folder_of_articles_is_an_archive_itself(place: Path) -> None:
    write_articles(place)
    write_articles(place / "node_modules" / "x")
    write_articles(place / "venv" / "lib")
    (place / "README.md").write_text("# Notes\n")
    assert feeds("init").exit_code == 0
    found = settings(place)
    assert (found["archive"], found["exclude"], found["title"]) == (".", ["README.md", "/venv/"], "Notes")
    assert feeds("build").exit_code == 0
    assert len(items(place)) == 4
    assert feeds("build", "-v").exit_code == 0
    assert len(items(place)) == 4


def test_another_folder_is_named_from_here(place: Path) -> None:
    write_articles(place.parent / "blog" / "posts")
    assert feeds("init", "../blog").exit_code == 0
    assert settings(place)["archive"] == "../blog/posts"
    assert feeds("build").exit_code == 0
    assert len(items(place)) == 4
    assert sorted(path.name for path in (place.parent / "blog").iterdir()) == ["posts"]


def test_a_configuration_elsewhere_counts_from_its_own_folder(place: Path) -> None:
    write_articles(place / "archive")
    (place / "conf").mkdir()
    assert feeds("init", "-c", "conf/blog.toml", "-o", "out").exit_code == 0
    found = tomllib.loads((place / "conf" / "blog.toml").read_text())
    assert (found["archive"], found["output"]) == ("../archive", "../out")
    assert feeds("build", "-c", "conf/blog.toml").exit_code == 0
    assert len(items(place, "out")) == 4


@pytest.mark.parametrize("has_folder", [True, False])
def test_without_an_article_it_says_where_it_looked(place: Path, has_folder: bool) -> None:
    if has_folder:
        (place / "posts").mkdir()
    result = feeds("init")
    assert result.exit_code == 1
    assert ".: no article in it. Looked for files that end in .htm" in result.stderr
    assert ("first in posts" in result.stderr) == has_folder
    assert "feeds init FOLDER" in result.stderr
    assert not (place / "feeds.toml").exists()


def test_no_such_folder(place: Path) -> None:
    result = feeds("init", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nowhere: no such folder. Name the folder" in result.stderr


def test_a_place_for_the_configuration_that_is_not_there(place: Path) -> None:
    write_articles(place / "archive")
    result = feeds("init", "-c", "nowhere/feeds.toml")
    assert result.exit_code == 1
    assert "nowhere: no such folder. Make it first" in result.stderr


def test_articles_without_dates_are_told_of(place: Path) -> None:
    (place / "archive").mkdir()
    (place / "archive" / "note.md").write_text("# A note\n\nText.\n")
    result = feeds("init")
    assert result.exit_code == 0
    assert "1: without a date 1" in result.stdout
    assert "2022-07-31-name.md" in result.stdout
    assert "Subscribers will see: nothing: no article can be published yet" in result.stdout


def test_a_folder_public_of_somebody_else_is_left_alone(place: Path) -> None:
    write_articles(place / "posts")
    (place / "public").mkdir()
    (place / "public" / "rss.xml").write_text("theirs")
    assert feeds("init").exit_code == 0
    assert settings(place)["output"] == "_feeds"
    assert feeds("build").exit_code == 0
    assert (place / "public" / "rss.xml").read_text() == "theirs"


def test_the_only_site_in_a_folder_inside_is_that_site(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(place)
    write_articles(place / "blog" / "content" / "posts")
    (place / "blog" / "config.toml").write_text('base_url = "https://tide.example"\ntitle = "T"\ncompile_sass = true\n')
    (place / "README.md").write_text("# Code\n")
    result = feeds("init")
    assert "generator    Zola, by blog/config.toml" in result.stdout
    assert settings(place)["archive"] == "blog/content"
    (place / "feeds.toml").unlink()
    write_articles(place / "posts")
    assert "generator" not in feeds("init").stdout


# What is there already


def test_a_second_time_changes_nothing(place: Path) -> None:
    write_articles(place / "archive")
    feeds("init")
    text = (place / "feeds.toml").read_text()
    result = feeds("init")
    assert result.exit_code == 0
    assert "unchanged  feeds.toml" in result.stdout
    assert (place / "feeds.toml").read_text() == text


def test_without_a_terminal_an_existing_file_is_compared_and_stays(place: Path) -> None:
    write_articles(place / "archive")
    mine = '# mine\ntitle = "Mine"  # so it is\nlimit = 3\n\n[moved]\n"Ocean" = "Sea"\n'
    (place / "feeds.toml").write_text(mine)
    result = feeds("init")
    assert result.exit_code == 1
    assert '+language = "en"' in result.stdout
    assert "-title" not in result.stdout
    assert (
        "feeds.toml: is there already, and nothing was changed. To change it as shown: feeds init --yes"
        in result.stderr
    )
    assert (place / "feeds.toml").read_text() == mine


def test_yes_adds_what_is_missing_and_keeps_all_else(place: Path) -> None:
    write_articles(place / "archive")
    mine = '# mine\ntitle = "Mine"  # so it is\nlimit = 3\n\n[moved]\n"Ocean" = "Sea"\n'
    (place / "feeds.toml").write_text(mine.replace("\n", "\r\n"), newline="")
    result = feeds("init", "--yes")
    assert result.exit_code == 0
    after = (place / "feeds.toml").read_bytes().decode()
    assert after.count("\n") == after.count("\r\n")
    kept = [line for line in mine.splitlines() if line]
    assert [line for line in after.splitlines() if line in kept] == kept
    assert settings(place) == {**tomllib.loads(mine), "language": "en"}
    assert 'it would be "work"' in " ".join(result.stdout.split())


@pytest.mark.parametrize(("answer", "is_changed"), [("y", True), ("n", False), ("", False)])
def test_at_a_terminal_it_asks(place: Path, monkeypatch: pytest.MonkeyPatch, answer: str, is_changed: bool) -> None:
    write_articles(place / "archive")
    (place / "feeds.toml").write_text('title = "Mine"\n')
    monkeypatch.setattr("feeds.cli.init.is_terminal", lambda: True)
    result = CliRunner().invoke(main, ["init"], input=f"{answer}\n")
    assert result.exit_code == 0
    assert "Change feeds.toml so? [y/N]" in result.stdout
    assert ("language" in settings(place)) == is_changed
    assert ("Nothing was changed." in result.stdout) == (not is_changed)


def test_a_wrong_configuration_is_not_mended_in_silence(place: Path) -> None:
    write_articles(place / "archive")
    (place / "feeds.toml").write_text("limt = 3\n")
    result = feeds("init", "--yes")
    assert result.exit_code == 1
    assert 'feeds.toml:1: no such setting: "limt"' in result.stderr


def test_ids_of_an_output_go_on(place: Path) -> None:
    write_articles(place / "archive")
    (place / "archive" / "CNAME").write_text("tide.example\n")
    (place / "CNAME").write_text("www.tide.example\n")
    feeds("build", "--authority", "old.example", "--year", "2001")
    ids = [item["id"] for item in items(place)]
    result = feeds("init")
    assert result.stdout.endswith("Subscribers will see: 0 new, 0 repeated, 4 kept\n")
    assert (settings(place)["authority"], settings(place)["year"]) == ("old.example", 2001)
    assert "--new-ids takes" in result.stdout
    feeds("build")
    assert [item["id"] for item in items(place)] == ids


def test_new_ids_are_taken_only_when_asked_for(place: Path) -> None:
    write_articles(place / "archive")
    (place / "CNAME").write_text("tide.example\n")
    feeds("build", "--authority", "old.example", "--year", "2001")
    result = feeds("init", "--new-ids")
    assert settings(place)["authority"] == "tide.example"
    assert result.stdout.endswith("Subscribers will see: 0 new, 4 repeated, 0 kept\n")
    (place / "feeds.toml").write_text('authority = "old.example"\nyear = 2001\ntitle = "T"\n')
    assert feeds("init", "--new-ids", "--yes").exit_code == 0
    assert settings(place)["authority"] == "tide.example"


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("git@github.com:Tide/blog.git", "tide.github.io"),
        ("https://gitlab.com/tide/blog", "tide.gitlab.io"),
        ("https://git.example.org/tide/blog", None),
    ],
)
def test_who_has_the_repository_names_the_entries(place: Path, url: str, authority: str | None) -> None:
    write_articles(place / "posts")
    (place / ".git").mkdir()
    (place / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {url}\n')
    feeds("init")
    assert settings(place).get("authority") == authority


# What a generator says


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://tide.example/</link>
<description>d</description>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><guid>{guid}</guid><link>{link}</link><pubDate>{date}</pubDate></item>"


@pytest.fixture
def site(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """A site of a generator, found in the working folder; its settings are what a test says."""

    def make(taken: Mapping[str, object], feed: str = "") -> Site:
        if feed:
            (place / "built").mkdir(exist_ok=True)
            (place / "built" / "atom.xml").write_text(feed)
        found = Site(
            generator="hexo",
            folder=place,
            config=place / "_config.yml",
            archive=place / "source" / "_posts",
            settings=tuple(
                Taken(name=name, value=value, reason=f"_config.yml: {name}") for name, value in taken.items()
            ),
            feeds=(place / "built" / "atom.xml",) if feed else (),
            output=place / "built",
            link='<link rel="alternate" href="/atom.xml">',
            notes=("The plug-in's icon is not taken over.",),
        )
        monkeypatch.setattr(drafting, "find_site", lambda folder: found if folder.resolve() == place else None)
        return found

    return make


def old_feed(*numbers: int) -> str:
    return RSS.format(
        items="".join(
            ITEM.format(
                title=f"Tide {number}",
                guid=f"https://tide.example/{number}",
                link=f"https://tide.example/tide-{number}/",
                date=f"{number:02} Jul 2022 08:00:00 GMT",
            )
            for number in numbers
        )
    )


USUAL = {
    "title": 'The "Tide"',
    "base_url": "https://tide.example/",
    "site_url": "https://tide.example/",
    "permalink": "https://tide.example/:name/",
    "authority": "tide.example",
    "pages": False,
    "paths": {"atom": "atom.xml", "rss": "index.xml"},
}


def test_without_an_address_no_line_holds_one_that_is_made_up(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site({name: value for name, value in USUAL.items() if "url" not in name and name != "permalink"})
    result = feeds("init")
    assert result.exit_code == 0
    assert "feeds build" in result.stdout
    assert "feeds adopt" not in result.stdout
    assert "<link" not in result.stdout


def test_a_generators_settings_are_taken(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site(USUAL)
    result = feeds("init")
    assert result.exit_code == 0
    found = settings(place)
    assert USUAL.items() <= found.items()
    assert (found["archive"], found["output"], found["authority"]) == ("source/_posts", "_feeds", "tide.example")
    assert "generator    Hexo, by _config.yml" in result.stdout
    assert '<link rel="alternate" href="/atom.xml">' in result.stdout
    assert "feeds adopt https://tide.example/index.xml\n" in result.stdout
    assert "- The plug-in's icon is not taken over." in result.stdout
    assert "feeds build" in result.stdout
    assert feeds("build").exit_code == 0
    assert items(place, "_feeds")[0]["url"] == "https://tide.example/tide-4/"
    assert (place / "_feeds" / "index.xml").is_file()


def test_an_old_feed_goes_on_and_nobody_sees_anything_twice(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 6)
    site(USUAL, old_feed(6, 5, 4))
    result = feeds("init")
    assert result.stdout.endswith("Subscribers will see: 0 new, 0 repeated, 3 kept\n")
    assert settings(place)["limit"] == 3
    assert feeds("build").exit_code == 0
    assert [item["id"] for item in items(place, "_feeds")] == [f"https://tide.example/{number}" for number in (6, 5, 4)]


def test_what_subscribers_would_see_twice_is_counted_and_listed(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 6)
    (place / "source" / "_posts" / "copy.md").write_text(
        ARTICLE.format(title="Tide 6", category="Sea", date="2022-07-06T07:00:00Z")
    )
    site({**USUAL, "permalink": "https://tide.example/new/:name/"}, old_feed(6, 4).replace("06 Jul", "06 Aug"))
    result = feeds("init")
    assert re.search(r"Subscribers will see: 1 new, \d repeated, \d kept\n$", result.stdout)
    assert "new       2022-07-05  Tide 5" in result.stdout
    assert "repeated  2022-07-06  Tide 6" in result.stdout


def test_new_ids_do_without_the_old_feed(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 3)
    site(USUAL, old_feed(3, 2, 1))
    assert "3 entries new to everybody" in feeds("init", "--new-ids").stdout
    feeds("build")
    assert items(place, "_feeds")[0]["id"].startswith("tag:tide.example,")


def test_articles_close_together_make_the_feed_no_longer_than_the_old_one(
    place: Path, site: Callable[..., Site]
) -> None:
    write_articles(place / "source" / "_posts", 6)
    for path in (place / "source" / "_posts").glob("*.md"):
        path.write_text(re.sub("2022-07-0", "2022-07-06T0", path.read_text()).replace("T08:00:00Z\n", ":00:00Z\n"))
    feed = re.sub("0(\\d) Jul 2022 08", r"06 Jul 2022 0\1", old_feed(6, 5, 4))
    site(USUAL, feed)
    result = feeds("init")
    assert result.stdout.endswith("Subscribers will see: 0 new, 0 repeated, 3 kept\n")
    assert settings(place)["keep_hours"] == 0


def test_while_a_build_runs_nothing_is_written(
    place: Path, site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold(*_: object) -> None:
        raise LockedError("another build is running")

    monkeypatch.setattr("feeds.pipeline.adopting.hold_lock", hold)
    write_articles(place / "source" / "_posts", 3)
    site(USUAL, old_feed(3, 2, 1))
    assert feeds("init").exit_code == 75
    assert not (place / "feeds.toml").exists()


def test_an_old_feed_that_is_none_is_told_of(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site(USUAL, "<html><p>Not found")
    result = feeds("init")
    assert result.exit_code == 0
    assert "the old feed built/atom.xml is not taken over: no feed" in " ".join(result.stdout.split())


def test_what_cannot_be_used_is_told_of_and_left_out(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site({**USUAL, "zone": "Mars/Olympus", "limit": 500})
    result = feeds("init")
    assert result.exit_code == 0
    assert 'zone "Mars/Olympus" cannot be used' in " ".join(result.stdout.split())
    assert "zone" not in settings(place)
    assert (settings(place)["limit"], settings(place)["limit_max"]) == (500, 500)


def test_a_site_without_its_articles_is_told_of(place: Path, site: Callable[..., Site]) -> None:
    site(USUAL)
    result = feeds("init")
    assert result.exit_code == 1
    assert "source/_posts: no such folder, though _config.yml means it. Correct that" in result.stderr


def test_an_example_of_a_host_names_no_entries(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site({key: value for key, value in USUAL.items() if key != "authority"} | {"base_url": "http://yoursite.com/"})
    feeds("init")
    assert "authority" not in settings(place)
    assert '# authority = "example.org"' in (place / "feeds.toml").read_text()


def test_the_address_in_a_configuration_names_entries(place: Path) -> None:
    write_articles(place / "archive")
    (place / "feeds.toml").write_text('base_url = "https://www.tide.example/feeds/"\n')
    feeds("init", "--yes")
    assert settings(place)["authority"] == "tide.example"


def test_another_output_goes_before_the_one_in_the_file(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 6)
    site(USUAL, old_feed(6, 5, 4))
    (place / "feeds.toml").write_text('output = "old"\nlimit = 3\n')
    feeds("init", "--yes", "-o", "other")
    assert settings(place)["output"] == "other"


def test_folders_of_a_site_count_from_the_configuration(place: Path, site: Callable[..., Site]) -> None:
    found, taken = site({}), Taken(name="static", value=["static", "source/a"], reason="")
    (place / "conf").mkdir()
    assert drafting.value_here(Path("conf/feeds.toml"), found, taken) == ["../static", "../source/a"]
    assert drafting.value_here(Path("feeds.toml"), found, taken) == ["static", "source/a"]


def test_the_articles_folder_of_a_site_is_that_site(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts")
    site(USUAL)
    assert feeds("init", "source/_posts").exit_code == 0
    assert settings(place)["title"] == 'The "Tide"'


def test_the_same_twice_is_written_the_same(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 30)
    site(USUAL)
    feeds("init")
    text = (place / "feeds.toml").read_bytes()
    (place / "feeds.toml").unlink()
    shutil.rmtree(place / ".feeds", ignore_errors=True)
    feeds("init")
    assert (place / "feeds.toml").read_bytes() == text


def test_ids_that_are_remembered_go_before_new_ones(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 3)
    site(USUAL, old_feed(3, 2, 1))
    assert feeds("init").exit_code == 0
    before = (place / "feeds-memory.jsonl").read_bytes()
    refused = feeds("init", "--new-ids", "--yes")
    assert refused.exit_code == 1
    assert "remembers 3 ids that subscribers know" in refused.stderr
    assert (place / "feeds-memory.jsonl").read_bytes() == before
    (place / "feeds-memory.jsonl").unlink()
    assert feeds("init", "--new-ids", "--yes").exit_code == 0


def test_feeds_that_were_built_of_another_folder_go_on(place: Path, site: Callable[..., Site]) -> None:
    write_articles(place / "source" / "_posts", 3)
    assert feeds("build", ".", "-q").exit_code == 0
    ids = [item["id"] for item in items(place)]
    site({})
    assert feeds("init").stdout.endswith("Subscribers will see: 0 new, 0 repeated, 3 kept\n")
    assert feeds("build", "-q").exit_code == 0
    assert [item["id"] for item in items(place)] == ids
