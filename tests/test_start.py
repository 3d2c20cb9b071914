"""What a run does not need it does not load: a build that cron starts every minute mostly has nothing to do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feeds.cli import COMMANDS
from tests.articles import article_bytes

ROOT = str(Path(__file__).parent.parent)
HEAVY = {
    *("feedgen", "lxml", "bs4", "soupsieve", "jinja2", "markupsafe", "nh3", "markdown_it", "mdit_py_plugins", "yaml"),
    "docutils",
    *("frontmatter", "dateutil", "charset_normalizer", "pathspec", "wcwidth", "zoneinfo", "werkzeug", "watchfiles"),
    *(
        "asyncio",
        "concurrent",
        "logging",
        "multiprocessing",
        "subprocess",
        "email",
        "http",
        "ssl",
        "ctypes",
        "_strptime",
    ),
}
CODE = """
import json, sys
import feeds.pipeline
feeds.pipeline.SETTLING = -10_000_000_000    # what was written just now may be relied on
from feeds.cli import main
main(sys.argv[1:], standalone_mode=False)
print(json.dumps([*sys.modules]))
"""
HELP = CODE.replace("import feeds.pipeline\n", "").replace("feeds.pipeline.", "_")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/a.md").write_bytes(article_bytes())
    return tmp_path


def loaded(code: str, folder: Path, *words: str) -> set[str]:
    """The modules that a run has loaded by its end, and none of the site's own."""
    run = [sys.executable, "-c", code, *words]
    shown = subprocess.run(run, capture_output=True, check=True, text=True, cwd=folder, env={"PYTHONPATH": ROOT}).stdout
    return set(json.loads(shown.splitlines()[-1]))


@pytest.mark.parametrize("words", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_loads_nothing_that_reads_or_writes(tmp_path: Path, words: list[str]) -> None:
    modules = loaded(HELP, tmp_path, *words)
    assert {name.partition(".")[0] for name in modules} & (HEAVY | {"sqlite3", "msgspec", "tomllib"}) == set()
    assert "feeds.pipeline" not in modules


def test_a_build_with_nothing_to_do_loads_nothing_that_it_does_not_use(folder: Path) -> None:
    assert "feedgen" in loaded(CODE, folder, "build", "-q")
    modules = loaded(CODE, folder, "build", "-q")
    account = json.loads(next(folder.glob(".feeds/*/last-run.json")).read_bytes())
    assert account["outcome"] == "unchanged"
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert {f"feeds.cli.{name}" for name in COMMANDS} & modules == {"feeds.cli.build"}
    assert not modules & {f"feeds.{stage}" for stage in ("read", "normalise", "finish", "render", "choose", "adopt")}
    assert not modules & {"msgspec", "decimal", "feeds.announce", "feeds.memory.lines", "feeds.pipeline.knowledge"}
    assert {name for name in modules if name.startswith(("feeds.model.", "feeds.state."))} == {
        *("feeds.model.file", "feeds.state.files", "feeds.state.lock", "feeds.state.run", "feeds.state.store"),
    }


def test_a_changed_article_loads_no_parser_but_its_own(folder: Path) -> None:
    loaded(CODE, folder, "build", "-q")
    (folder / "archive/a.md").write_bytes(article_bytes(body="<p>河口的两座新码头今天启用，货轮不再等潮水。</p>"))
    modules = loaded(CODE, folder, "build", "-q")
    account = json.loads(next(folder.glob(".feeds/*/last-run.json")).read_bytes())
    assert account["outcome"] == "changed"
    assert not modules & {
        *("yaml", "frontmatter", "feeds.read.handlers", "feeds.read.recover", "feeds.adopt.parse"),
        *(
            "bs4",
            "soupsieve",
            "markdown_it",
            "mdit_py_plugins",
            "docutils",
            "charset_normalizer",
            "pathspec",
            "wcwidth",
        ),
        *("asyncio", "concurrent", "multiprocessing", "logging", "email", "http", "ssl"),
    }


@pytest.mark.long
@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["why", "a.md"],
        ["build", "--dry-run"],
        ["adopt", "-n", "public/rss.xml"],
        ["preview", "public"],
        ["validate"],
    ],
)
def test_what_only_looks_loads_no_templates(folder: Path, words: list[str]) -> None:
    assert "jinja2" in loaded(CODE, folder, "build", "-q")
    assert not loaded(CODE, folder, *words) & {"jinja2", "markupsafe", "feeds.render.pages.template"}


def test_looking_for_faults_loads_no_parser_of_another_library(folder: Path) -> None:
    loaded(CODE, folder, "build", "-q")
    modules = loaded(CODE, folder, "validate")
    assert {name.partition(".")[0] for name in modules} & (HEAVY - {"_strptime"}) == set()
    assert not modules & {"feeds.render", "feeds.finish", "feeds.read"}


def test_patterns_are_loaded_where_there_are_some(folder: Path) -> None:
    loaded(CODE, folder, "build", "-q", "--exclude", "b*")
    assert "pathspec" in loaded(CODE, folder, "build", "-q", "--exclude", "b*")


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["check", "nowhere"], 1), (["build", "--nope"], 2)])
def test_a_process_that_ends_at_once_has_said_all_and_keeps_its_exit_code(
    tmp_path: Path, words: list[str], code: int
) -> None:
    run = [sys.executable, "-m", "feeds", *words]
    ended = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": ROOT}, check=False)
    assert ended.returncode == code
    assert (ended.stdout + ended.stderr).endswith("\n")


def test_what_cannot_be_said_fails(folder: Path) -> None:
    run = [sys.executable, "-m", "feeds", "build"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            run, stdout=full, stderr=subprocess.PIPE, cwd=folder, env={"PYTHONPATH": ROOT}, check=False
        )
    assert ended.returncode == 1
    assert b"cannot be written" in ended.stderr
