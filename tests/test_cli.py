"""The command line: exit codes, both streams, what a person and a program read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main

GOOD = "---\ntitle: 好\ncategories: [金融, 某报]\ndate: 2022-07-22T08:00:00Z\n---\n<div><p>正文第一句。</p></div>\n"
UNDATED = "---\ntitle: 坏\ncategories: [金融, 某报]\ndate: Invalid Date\n---\n<div><p>正文。</p></div>\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive of one good article."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "good.md").write_text(GOOD, "utf-8")
    return tmp_path


def feeds(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_without_a_word_archive_becomes_public(place: Path) -> None:
    result = feeds("build", "-v")
    assert result.exit_code == 0
    assert (place / "public" / "金融" / "某报" / "rss.xml").is_file()
    assert "1 read" in result.stdout
    assert "public/index.html" in result.stdout
    assert "http://localhost:8000/%E9%87%91%E8%9E%8D/rss.xml" in result.stdout
    assert re.search(r"serve +feeds serve$", result.stdout, re.MULTILINE)
    assert result.stderr == ""


def test_archive_and_output_can_be_named(place: Path) -> None:
    (place / "archive").rename(place / "posts")
    result = feeds("build", "posts", "-o", "out", "-v")
    assert result.exit_code == 0
    assert re.search(r"serve +feeds serve out$", result.stdout, re.MULTILINE)
    assert (place / "out" / "feed.json").is_file()


def test_problems_go_to_stderr_with_place_cause_and_cure(place: Path) -> None:
    (place / "archive" / "bad.md").write_text(UNDATED, "utf-8")
    result = feeds("build", "-v")
    assert result.exit_code == 0
    assert "bad.md:4" in result.stderr
    assert 'date "Invalid Date" not understood' in result.stderr
    assert "2022-07-31T08:00:00Z" in result.stderr
    assert "left out 1: undated 1" in result.stdout


def test_strict_exits_1_on_errors_and_0_on_notices(place: Path) -> None:
    (place / "archive" / "notice.md").write_text(GOOD.replace("T08:00:00Z", " 08:00:00").replace("好", "也好"), "utf-8")
    assert feeds("build", "--strict").exit_code == 0
    (place / "archive" / "bad.md").write_text(UNDATED, "utf-8")
    assert feeds("build", "--strict", "--undated", "skip").exit_code == 1
    assert (place / "public" / "rss.xml").is_file()


def test_a_kind_with_many_problems_shows_three_unless_all_are_asked_for(place: Path) -> None:
    for number in range(5):
        (place / "archive" / f"bad{number}.md").write_text(UNDATED, "utf-8")
    few, every = feeds("build").stderr, feeds("build", "-v").stderr
    assert few.count('" not understood: ') == 3
    assert "feeds check" in few
    assert every.count('" not understood: ') == 5
    assert "dates not understood: 5" in every


def test_one_setting_that_cures_a_kind_is_named(place: Path) -> None:
    (place / "archive" / "notice.md").write_text(GOOD.replace("T08:00:00Z", " 08:00:00"), "utf-8")
    assert 'zone = "Asia/Shanghai"' in feeds("build").stderr


def test_quiet_says_nothing(place: Path) -> None:
    (place / "archive" / "bad.md").write_text(UNDATED, "utf-8")
    result = feeds("build", "-q")
    assert (result.stdout, result.stderr) == ("", "")


def test_json_is_for_programs(place: Path) -> None:
    (place / "archive" / "bad.md").write_text(UNDATED, "utf-8")
    report = json.loads(feeds("build", "--json").stdout)
    assert (report["articles"], report["entries"], report["left_out"]) == (2, 1, {"undated": 1})
    assert report["problems"][0]["kind"] == "bad-date"
    assert (report["problems"][0]["path"], report["problems"][0]["line"]) == ("bad.md", 4)


def test_a_missing_archive_exits_1_and_says_what_to_do(place: Path) -> None:
    result = feeds("build", "nowhere")
    assert result.exit_code == 1
    assert "nowhere: no such folder. Name the folder that holds the articles" in result.stderr


def test_who_has_no_memory_left_is_told_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("feeds.pipeline.plan.prepare", fail)
    result = feeds("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("feeds: there is no memory left. ")
    assert "Traceback" not in result.output
    assert not (place / "public" / "rss.xml").exists()


def test_wrong_words_exit_2(place: Path) -> None:
    assert feeds("build", "--no-such").exit_code == 2
    assert feeds("nonsense").exit_code == 2
    result = feeds("build", "--limit", "0")
    assert result.exit_code == 2
    assert 'limit "0" cannot be used: a whole number from 1' in result.stderr
    assert feeds("build", "-q", "-v").exit_code == 2


def test_a_wrong_configuration_exits_1_with_its_line(place: Path) -> None:
    (place / "feeds.toml").write_text('title = "x"\nlimt = 3\n')
    result = feeds("build")
    assert result.exit_code == 1
    assert 'feeds.toml:2: no such setting: "limt"; did you mean "limit"?' in result.stderr


def test_options_win_over_the_configuration(place: Path) -> None:
    (place / "feeds.toml").write_text('title = "A"\noutput = "site"\nformats = ["json"]\n')
    assert feeds("build", "--title", "B").exit_code == 0
    assert json.loads((place / "site" / "feed.json").read_bytes())["title"] == "B"
    assert not (place / "site" / "rss.xml").exists()


def test_names_that_are_no_utf8_can_be_reported(place: Path) -> None:
    with open(os.fsencode(place / "archive") + b"/\xff\xfe.md", "wb") as file:  # noqa: PTH123 -- a name of bytes
        file.write(UNDATED.encode())
    result = feeds("build")
    assert result.exit_code == 0
    assert "\\xff\\xfe.md" in result.stderr


@pytest.mark.parametrize("command", [[sys.executable, "-m", "feeds"], [str(Path(sys.executable).parent / "feeds")]])
def test_module_and_script_are_the_same_program(command: list[str]) -> None:
    shown = subprocess.run([*command, "--version"], capture_output=True, check=True, text=True).stdout
    assert shown.startswith("feeds, version ")


def test_help_loads_no_parser() -> None:
    code = """
import sys
from feeds.cli import main
try:
    main(['--help'])
except SystemExit:
    print([name for name in ('lxml', 'bs4', 'feedgen', 'jinja2', 'yaml') if name in sys.modules])
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert shown.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("name", "value", "is_plain"), [("NO_COLOR", "1", True), ("TERM", "dumb", True), ("A", "b", False)]
)
def test_colours_are_left_out_where_they_are_not_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, is_plain: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    for one in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(one, raising=False)
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["build", "nowhere"], color=True)
    assert result.exit_code == 1
    assert ("\x1b[" not in result.stderr) is is_plain
