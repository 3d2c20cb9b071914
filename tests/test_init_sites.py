"""`feeds init && feeds build` in a small site of each generator: right at the first try.

Those below `archives/` that have an `expected.json` get a configuration as their generator's users write it; those of
Hexo and Jekyll are whole sites, their old feed among it.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.config import load_config

ARCHIVES = Path(__file__).parent / "archives"
PARIS = ZoneInfo("Europe/Paris")
CONFIGURATIONS = {  # the folder posts is Nikola's archive, and so no category
    "hugo-json": ("hugo.json", '{"baseURL": "https://port.example.net/", "title": "Port", "timeZone": "Europe/Paris"}'),
    "hugo-toml": ("hugo.toml", 'baseURL = "https://port.example.net/"\ntitle = "Port"\ntimeZone = "Europe/Paris"\n'),
    "nikola": (
        "conf.py",
        'BLOG_TITLE = "Port"\nSITE_URL = "https://port.example.net/"\nTIMEZONE = "Europe/Paris"\nDEFAULT_LANG = "en"\n'
        'POSTS = (("posts/*.rst", "posts", "post.tmpl"), ("posts/*.md", "posts", "post.tmpl"))\n',
    ),
    "pelican": (
        "pelicanconf.py",
        'SITENAME = "Port"\nSITEURL = "https://port.example.net"\nTIMEZONE = "Europe/Paris"\nPATH = "content"\n'
        'DEFAULT_LANG = "en"\n',
    ),
    "plain-markdown": ("README.md", "# Port\n"),
    "zola": ("config.toml", 'base_url = "https://port.example.net"\ntitle = "Port"\ncompile_sass = true\n'),
}
ALL = [*CONFIGURATIONS, "hexo", "jekyll"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def feeds(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def lay_out(name: str, place: Path) -> None:
    """Put a site into a folder."""
    if name not in CONFIGURATIONS:
        shutil.copytree(ARCHIVES / name, place, dirs_exist_ok=True)
        return
    file, text = CONFIGURATIONS[name]
    shutil.copytree(ARCHIVES / name / "content", place if name == "nikola" else place / "content", dirs_exist_ok=True)
    (place / file).write_text(text, "utf-8")


def built(place: Path) -> list[dict[str, Any]]:
    output = load_config(place / "feeds.toml", {}).output
    items: list[dict[str, Any]] = json.loads((output / "feed.json").read_bytes())["items"]
    return items


def is_same(shown: str, expected: str, zone: ZoneInfo | None) -> bool:
    """Tell whether two dates are one, or one to the wall clocks of their zones."""
    ours, theirs = datetime.fromisoformat(shown), datetime.fromisoformat(expected)
    here = ours.astimezone(zone or ZoneInfo("UTC")).replace(tzinfo=None)
    return ours == theirs or here == theirs.astimezone(PARIS).replace(tzinfo=None)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_an_archive_comes_out_right_at_the_first_try(name: str, place: Path) -> None:
    lay_out(name, place)
    expected = json.loads((ARCHIVES / name / "expected.json").read_bytes())
    assert feeds("init").exit_code == 0
    assert feeds("build", "--formats", "json").exit_code == 0
    items, entries = built(place), expected["entries"]
    zone = load_config(place / "feeds.toml", {}).zone
    assert [item["title"] for item in items] == [entry["title"] for entry in entries]
    for item, entry in zip(items, entries, strict=True):
        assert is_same(item["date_published"], entry["date_published"], zone), entry["path"]
        assert item.get("tags", []) == [tag for tag in entry["tags"] if name != "nikola" or tag != "posts"]


HEXO = [
    ("退潮之后", "2022-07-21T23:30:00Z", ["海/潮汐", "滩涂", "早晨"]),
    ("盐田：一个夏天的账本", "2022-07-20T13:05:00Z", ["海/盐田", "人物"]),
    ("打绳结的人", "2022-06-11T01:00:00Z", ["人物"]),
]
JEKYLL = [
    ("Low tide: what is left", "2022-07-21T22:00:00Z", ["Sea", "Tide", "mud", "morning"]),
    ("Salt", "2022-07-20T19:05:00Z", None),
    ("The fog horn", "2021-11-01T23:00:00Z", ["Sea"]),
]


@pytest.mark.parametrize(
    ("name", "expected", "feed"),
    [("hexo", HEXO, "public/atom.xml"), ("jekyll", JEKYLL, "_site/feed.xml")],
    ids=["hexo", "jekyll"],
)
def test_a_site_with_a_feed_goes_on_with_its_ids(
    name: str, expected: list[tuple[str, str, list[str] | None]], feed: str, place: Path
) -> None:
    lay_out(name, place)
    old = (place / feed).read_bytes()
    result = feeds("init")
    assert result.exit_code == 0
    assert result.stdout.endswith("Subscribers will see: 0 new, 0 repeated, 3 kept\n")
    assert feeds("build", "--formats", "json", "--formats", "atom").exit_code == 0
    items = built(place)
    assert [(item["title"], item["date_published"]) for item in items] == [row[:2] for row in expected]
    for item, (_, _, tags) in zip(items, expected, strict=True):
        assert item["id"].encode() in old
        if tags is not None:
            assert sorted(tag.rpartition("/")[2] for tag in item["tags"]) == sorted(
                tag.rpartition("/")[2] for tag in tags
            )
    output = load_config(place / "feeds.toml", {}).output
    assert (output / Path(feed).name).is_file()
    assert (place / feed).read_bytes() == old


@pytest.mark.parametrize("name", ALL)
def test_a_site_elsewhere_is_as_right_and_untouched(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(name, place / "site")
    before = {path: path.read_bytes() for path in (place / "site").rglob("*") if path.is_file()}
    (place / "work").mkdir()
    monkeypatch.chdir(place / "work")
    assert feeds("init", "../site").exit_code == 0
    assert feeds("build", "--formats", "json").exit_code == 0
    assert len(built(place / "work")) >= 3
    assert {path: path.read_bytes() for path in (place / "site").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ALL)
def test_what_is_printed_fits_a_terminal(name: str, place: Path) -> None:
    lay_out(name, place)
    lines = feeds("init").stdout.splitlines()
    assert [line for line in lines if len(line) > 80 and not re.match(" +(theme|then) ", line)] == []


@pytest.mark.parametrize("name", ALL)
def test_asked_again_nothing_changes(name: str, place: Path) -> None:
    lay_out(name, place)
    feeds("init")
    feeds("build", "-q")
    text = (place / "feeds.toml").read_bytes()
    result = feeds("init")
    assert (result.exit_code, (place / "feeds.toml").read_bytes()) == (0, text)
    assert re.search(r"Subscribers will see: 0 new, 0 repeated, \d kept\n$", result.stdout)


DOCUMENTS = [ARCHIVES.parents[1] / name for name in ("README.md", "README.zh-CN.md", "docs/starting.md")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_the_documents_show_is_what_is_printed(document: Path, place: Path) -> None:
    (shown,) = re.findall(r"```\n\$ feeds init\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
    lay_out("hexo", place)
    printed = feeds("init").stdout
    for part in shown.split("[…]\n"):
        assert part in printed
