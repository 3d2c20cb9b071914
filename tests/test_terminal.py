"""What strangers write is printed, never obeyed: no command lets a control sequence or a bidi mark through."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.cli.session import _tell_request
from feeds.cli.terminal import confirm, echo, echo_json, style
from feeds.errors import FeedsError, format_place
from feeds.text import printable, printable_json

OBEYED = "\x00\x07\x08\x0b\x1b\x7f\x84\x9b\x9d\x9f\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HOSTILE = "\x1b]0;PWNED\x07\x1b[31m\x9d0;PWNED\x9c\u202egnp\u2066\u061c\u2028"
IN_NAME = HOSTILE.replace("/", "")
IN_XML = "&#x9d;0;PWNED&#x9c;&#x9b;31m\u202egnp\u2066\u061c\u200f\u2028"


def feeds(*words: str, **given: object) -> Result:
    return CliRunner().invoke(main, list(words), color=True, **given)  # type: ignore[arg-type]


def quoted(text: str) -> str:
    return json.dumps(text)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive, a site's old feed and feeds of other programs, all of a stranger."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    archive = tmp_path / "archive" / f"f{IN_NAME}"
    archive.mkdir(parents=True)
    head = f"title: {quoted(f'Tide {HOSTILE}')}\ncategories: [{quoted(f'c{HOSTILE}')}, {quoted('d' + HOSTILE)}]\n"
    body = f"<p>The tide {HOSTILE} turned at noon, and nobody saw it.</p><img src='/p{IN_NAME}.png'>\n"
    (archive / f"a{IN_NAME}.md").write_text(f"---\n{head}date: 2022-07-22T08:00:00Z\n---\n{body}", "utf-8")
    (archive / f"b{IN_NAME}.md").write_text(f"---\n{head}date: {quoted(f'y{HOSTILE}')}\n---\n{body}", "utf-8")
    (archive / f"c{IN_NAME}.md").write_text(f"---\n{head}date: 2022-07-2\n  {HOSTILE}\n---\n{body}", "utf-8")
    (archive / "d\nfeigned: a line.md").write_text(f"---\n{head}date: 'no'\n---\n{body}", "utf-8")
    item = {"id": f"i{HOSTILE}", "url": f"https://example.org/{HOSTILE}", "title": f"t{HOSTILE}", "content_html": body}
    items = [{**item, "date_published": f"d{HOSTILE}", "authors": [{"name": HOSTILE}], "tags": [HOSTILE], HOSTILE: 1}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"w{HOSTILE}", "items": items}
    (tmp_path / "feed.json").write_text(json.dumps(feed), "utf-8")
    inner = "".join(f"<{tag}>x{IN_XML}</{tag}>" for tag in ("title", "guid", "link", "pubDate", "author", "category"))
    inner += f'<enclosure url="x{IN_XML}" type="image/{IN_XML}" length="{IN_XML}"/><description>{IN_XML}</description>'
    rss = f'<rss version="2.0"><channel><title>w{IN_XML}</title><item>{inner}</item></channel></rss>'
    (tmp_path / "rss.xml").write_text(rss, "utf-8")
    inner = f"<id>i{IN_XML}</id><title>t{IN_XML}</title><updated>u{IN_XML}</updated><summary>{IN_XML}</summary>"
    inner += f"<author><name>{IN_XML}</name></author><category term='{IN_XML}'/><link href='{IN_XML}' rel='{IN_XML}'/>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>w{IN_XML}</title><entry>{inner}</entry></feed>'
    (tmp_path / "atom.xml").write_text(atom, "utf-8")
    return tmp_path


COMMANDS: dict[str, tuple[str, ...]] = {
    "build": ("build", "-v"),
    "dry run": ("build", "--dry-run"),
    "verify": ("build", "--verify", "--changed"),
    "check": ("check",),
    "why": ("why", "a\x1b"),
    "why of many": ("why", "tide"),
    "why of none": ("why", f"none{HOSTILE}"),
    "init": ("init",),
    "schedule": ("schedule", "--local"),
    "adopt": ("adopt", "--dry-run", "feed.json", "rss.xml", "atom.xml"),
    "rules": ("serve", "--rules", "caddy"),
    **{f"validate {name}": ("validate", name) for name in ("feed.json", "rss.xml", "atom.xml", ".")},
    **{
        f"preview {name} {' '.join(reader)}": ("preview", name, *reader)
        for name in ("feed.json", "rss.xml", "atom.xml")
        for reader in ((), ("--as", "newsboat"), ("--as", "miniflux"), ("--as", "netnewswire"))
    },
    "a place": ("preview", f"no{HOSTILE}.xml"),
    "an archive": ("build", f"no{HOSTILE}"),
}
JSON: tuple[tuple[str, ...], ...] = (
    ("build",),
    ("build", "--dry-run"),
    ("check",),
    ("why", "tide"),
    ("validate", "feed.json"),
    ("validate", "rss.xml"),
    ("preview", "atom.xml"),
    ("preview", "feed.json"),
)


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_no_command_prints_what_a_terminal_obeys(place: Path, words: Sequence[str]) -> None:
    result = feeds(*words)
    assert isinstance(result.exception, SystemExit | None), result.exception
    shown = re.sub("\x1b\\[(0|1|2|3[1-6])m", "", result.stdout + result.stderr)  # our own colours
    assert shown.strip()
    assert UNSAFE.search(shown) is None
    assert "\x1b[31m\\x9d" not in result.output  # a colour of theirs
    assert not re.search("^feigned", shown, re.MULTILINE)


@pytest.mark.parametrize("words", JSON, ids=" ".join)
def test_json_says_the_same_escaped_as_json_does(place: Path, words: Sequence[str]) -> None:
    result = feeds(*words, "--json")
    assert UNSAFE.search(result.stdout) is None
    said = json.dumps(json.loads(result.stdout), ensure_ascii=False)
    if words != ("why", "tide") and words[1:] != ("--dry-run",):
        assert "\u202e" in said


def test_a_change_of_the_configuration_is_shown_safely(place: Path) -> None:
    (place / "feeds.toml").write_text(
        f"# {HOSTILE}\ntitle = 'a\u202eb'\n".replace("\x1b", "").replace("\x07", ""), "utf-8"
    )
    result = feeds("init")
    assert "\\u202e" in result.output
    assert UNSAFE.search(re.sub("\x1b\\[(0|1|2|3[1-6])m", "", result.output)) is None


def test_the_log_of_requests_is_safe(capsys: pytest.CaptureFixture[str]) -> None:
    _tell_request("GET", "/%E2%80%AEgnp%C2%9B", 404, f"agent{HOSTILE}")
    printed = capsys.readouterr().out
    assert r"/\u202egnp\x9b  agent\x1b]0;PWNED\x07" in printed
    assert UNSAFE.search(printed) is None


def test_printable_keeps_all_that_is_only_seen() -> None:
    assert printable("金融 👩‍👩‍👧 می‌خواهم é") == "金融 👩‍👩‍👧 می‌خواهم é"
    assert printable("a\tb\nc", "\t") == "a\tb\\x0ac"
    assert printable("\udcff\ud800\u202e\x9b") == r"\xff\ud800\u202e\x9b"


@pytest.mark.parametrize("sign", OBEYED, ids=lambda sign: f"{ord(sign):04x}")
def test_what_is_obeyed_is_written_out(sign: str) -> None:
    number = ord(sign)
    assert printable(f"a{sign}b") == (f"a\\x{number:02x}b" if number < 256 else f"a\\u{number:04x}b")
    assert format_place(f"a{sign}b", 3) == f"{printable(f'a{sign}b')}:3"
    text = json.dumps([f"a{sign}b"], ensure_ascii=False)
    assert json.loads(printable_json(text)) == [f"a{sign}b"]
    assert sign not in printable_json(text)


def test_only_our_own_style_is_style() -> None:
    @click.command()
    def command() -> None:
        echo(f"{style('red', fg='red')} \x1b[32mgreen\x1b[0m {style('a' + chr(27) + '[1mb', bold=True)}\nnext")
        echo_json({"a": "\x1b\u202e"})
        confirm("so\x9b?")

    output = CliRunner().invoke(command, color=True, input="n\n").output
    assert output.startswith("\x1b[31mred\x1b[0m \\x1b[32mgreen\\x1b[0m \x1b[1ma\\x1b[1mb\x1b[0m\nnext\n")
    assert '"a": "\\u001b\\u202e"' in output
    assert "so\\x9b?" in output


def test_an_error_is_safe(place: Path) -> None:
    (place / "feeds.toml").write_text("[x\u202ey]\n", "utf-8")
    assert "\u202e" not in feeds("build").output
    assert str(FeedsError("m", path="\u202e")) == r"\u202e: m"
