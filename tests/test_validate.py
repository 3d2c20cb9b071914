"""Written output is looked at: each file by itself, all together; from the command line, and after a build."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from subprocess import Popen

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from feeds.cli import main
from feeds.config import Config
from feeds.errors import FeedsError
from feeds.pipeline import build
from feeds.pipeline.validate import Verdict, validate
from feeds.render import FORMATS
from feeds.validate import Finding, kind_by_name, kind_of, look_at, tell
from feeds.validate.addresses import normal_form
from feeds.validate.finding import Source
from feeds.validate.html import read_markup
from feeds.validate.messages import MESSAGES
from feeds.validate.styles import style_risks
from feeds.validate.tree import read_tree
from feeds.validate.values import rfc822_date, rfc3339_date
from tests.planted import CLEAN

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 12, 1, tzinfo=UTC)
BASE = "https://feeds.example.org/a/"


def made(folder: Path, **settings: object) -> Path:
    """Build the sample archive."""
    config = Config(**{"archive": ROOT / "archive", "output": folder / "out", "base_url": BASE, **settings})  # type: ignore[arg-type]
    build(config, now=NOW)
    return folder / "out"


def names(verdict: Verdict) -> list[tuple[str, str]]:
    return [(finding.path, finding.name) for finding in verdict.findings]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A small output with one article, that may be damaged."""
    (tmp_path / "archive").mkdir()
    text = "---\ntitle: 好\ncategories: [金融, 某报]\ndate: 2022-07-22T08:00:00Z\n---\n<p>正文第一句。</p>\n"
    (tmp_path / "archive" / "a.md").write_text(text, "utf-8")
    return made(tmp_path, archive=tmp_path / "archive")


def test_the_sample_output_has_no_fault(sample: Path) -> None:
    began = time.perf_counter()
    verdict = validate(sample, now=NOW)
    assert verdict.findings == ()
    assert verdict.base == BASE
    assert verdict.kinds == {"rss": 37, "atom": 37, "json": 37, "opml": 1}
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    "settings",
    [
        {"content": "full"},
        {"content": "full", "formats": ("atom",), "language": "zh-CN"},
        {"formats": ("json",), "opml": "all", "article_pages": "none"},
        {"paths": {"rss": "feed", "atom": "feed.atom", "json": "a/b.json", "opml": "list.xml", "index": "feeds.html"}},
        {"base_url": "http://localhost:8000/", "membership": "partition"},
        {"base_url": "https://xn--fsq.example/%E6%BA%90/", "image_proxy": "https://proxy.example.org/?url="},
    ],
    ids=str,
)
def test_nor_has_it_with_other_settings(tmp_path: Path, settings: dict[str, object]) -> None:
    if "paths" in settings:
        settings = {**settings, "paths": {**Config().paths, **settings["paths"]}}  # type: ignore[dict-item]
    verdict = validate(made(tmp_path, **settings), now=NOW)
    assert verdict.findings == ()
    assert verdict.kinds


def test_what_the_archive_says_draws_the_warnings_that_the_document_names(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    for number, (date, title, category) in enumerate(
        [
            ("2022-07-22", "甲", "<div>"),
            ("2022-07-22", "乙", "x"),
            ("1980-01-01", "丙", "x"),
            ("2022-07-23", "如何写 &amp;lt;", "x"),
        ]
    ):
        text = f"---\ntitle: '{title}'\ncategories: ['{category}']\ndate: {date}\n---\n第 {number} 篇的正文。\n"
        (tmp_path / "archive" / f"{number}.md").write_text(text, "utf-8")
    verdict = validate(made(tmp_path, archive=tmp_path / "archive"), now=NOW)
    assert verdict.errors == 0
    found = {finding.name for finding in verdict.findings}
    assert found == {"DuplicateUpdated", "ImplausibleDate", "ContainsHTML", "CharacterData"}
    document = (ROOT / "docs/validating.md").read_text("utf-8")
    (named,) = re.findall(r"may draw\nwarnings: (.*?)\. Faults", document, re.DOTALL)
    assert all(f"`{name}`" in named for name in found)


def test_a_missing_file_is_missed_and_so_is_what_leads_to_it(output: Path) -> None:
    (output / "金融" / "某报" / "rss.xml").unlink()
    next(output.glob("articles/*/*.html")).unlink()
    found = names(validate(output, now=NOW))
    assert ("金融/某报/rss.xml", "MissingFile") in found
    assert ("feeds.opml", "DanglingOutline") in found
    assert {path for path, name in found if name == "DanglingLink"} == {
        f"{folder}{name}" for folder in ("", "金融/", "金融/某报/") for name in ("rss.xml", "atom.xml", "feed.json")
    } - {"金融/某报/rss.xml"}


def test_pages_of_the_site_beside_are_not_missed(tmp_path: Path) -> None:
    (tmp_path / "archive" / "notes").mkdir(parents=True)
    text = "---\ntitle: Low tide\ndate: 2022-07-22\nlink: /notes/low-tide/\n---\nThe boats lie on the mud.\n"
    (tmp_path / "archive" / "notes" / "a.md").write_text(text)
    site = "https://tide.example.org/"
    output = made(tmp_path, archive=tmp_path / "archive", base_url=site, site_url=site, pages=False, content="full")
    assert "https://tide.example.org/notes/low-tide/" in (output / "notes" / "rss.xml").read_text("utf-8")
    assert validate(output, now=NOW).findings == ()
    (output / "notes" / "index.html").write_text("<!DOCTYPE html><title>Notes</title>")
    assert {name for _, name in names(validate(output, now=NOW))} == {"DanglingLink"}


def test_a_feed_that_stands_elsewhere_than_it_says_is_named(output: Path) -> None:
    place = output / "金融" / "atom.xml"
    place.write_bytes(place.read_bytes().replace(b"/atom.xml", b"/old.xml"))
    verdict = validate(output, now=NOW)
    assert names(verdict) == [("金融/atom.xml", "SelfDoesntMatchLocation")]
    [finding] = verdict.findings
    assert finding.line is not None
    assert b'rel="self"' in place.read_bytes().split(b"\n")[finding.line - 1]


def test_two_feeds_with_one_address_are_named(output: Path) -> None:
    (output / "金融" / "rss.xml").write_bytes((output / "rss.xml").read_bytes())
    assert names(validate(output, now=NOW)) == [("金融/rss.xml", "DuplicateSelf")]


def test_all_feeds_are_elsewhere_than_a_base_that_is_given(output: Path) -> None:
    found = names(validate(output, now=NOW, base_url="https://example.net/"))
    assert found == [(path, "SelfDoesntMatchLocation") for path in sorted({path for path, _ in found})]
    assert len(found) == 9


def test_a_feed_of_which_nothing_is_left_is_broken(output: Path) -> None:
    for name in ("rss.xml", "feed.json", "feeds.opml"):
        (output / name).write_bytes(b"")
    found = names(validate(output, now=NOW))
    assert found == [("feed.json", "JSONError"), ("feeds.opml", "SAXError"), ("rss.xml", "SAXError")]


def test_a_folder_of_another_program_is_looked_at_too(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "feed").write_bytes(CLEAN["rss"].replace(b"news.example.org/rss.xml", b"news.example.org/b/feed"))
    (tmp_path / "atom.xml").write_bytes(CLEAN["atom"].replace(b"2026:tide", b"2026:crane"))
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    (tmp_path / "package.json").write_text('{"items": 1}')
    (tmp_path / "page.html").write_text("<!DOCTYPE html><p>how to write <rss version='2.0'></p>")
    (tmp_path / "notes.md").write_text("# notes on <feed >")
    verdict = validate(tmp_path, now=NOW)
    assert verdict.kinds == {"rss": 1, "atom": 1}
    assert verdict.base == "https://news.example.org/"
    assert names(verdict) == [("atom.xml", "DuplicateEntries")]


def test_what_is_published_beside_feeds_is_not_taken_for_one(output: Path) -> None:
    manifest = json.loads((output / ".feeds-manifest.json").read_bytes())
    for name in ("names.json", "sitemap.xml", ".well-known.json"):
        (output / name).write_text("{}" if name.endswith("json") else "<urlset/>")
        manifest["files"][name] = "0" * 64
    (output / ".feeds-manifest.json").write_text(json.dumps(manifest))
    (output / "loop").symlink_to(output)
    assert validate(output, now=NOW).findings == ()


def test_one_file_is_looked_at_by_itself(tmp_path: Path) -> None:
    place = tmp_path / "rss.xml"
    place.write_bytes(CLEAN["rss"].replace(b"<ttl>60", b"<ttl>x"))
    assert names(validate(place, now=NOW)) == [("rss.xml", "InvalidPositiveInteger")]


RDF = (
    b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    b'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://e.org/"><title>x</title></channel></rdf:RDF>'
)


def test_a_feed_in_rss_1_is_said_not_to_be_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "index.rdf"
    place.write_bytes(RDF)
    for verdict in (validate(place, now=NOW), validate(tmp_path, now=NOW)):
        assert names(verdict) == [("index.rdf", "NotLookedAt")]
        assert (verdict.errors, verdict.kinds, verdict.findings[0].line) == (1, {"rdf": 1}, 2)
    (tmp_path / "rss.xml").write_bytes(CLEAN["rss"])
    (tmp_path / "foaf.rdf").write_bytes(RDF.replace(b"purl.org/rss/1.0", b"xmlns.com/foaf/0.1"))
    assert names(validate(tmp_path, now=NOW)) == [("index.rdf", "NotLookedAt")]
    result = feeds("validate", str(place))
    assert (result.exit_code, "1 file (1 RSS 1.0): 1 error (NotLookedAt)" in result.output) == (1, True)


def test_links_and_pipes_that_lead_nowhere_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "loop.xml").symlink_to("loop.xml")
    (tmp_path / "none.xml").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.xml")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "rss.xml").write_bytes(CLEAN["rss"])
    assert validate(tmp_path, now=NOW).findings == ()
    assert names(validate(tmp_path / "pipe.xml", now=NOW)) == [("pipe.xml", "SAXError")]
    with pytest.raises(FeedsError, match="no feed is there"):
        validate(tmp_path / "pipe", now=NOW)
    with pytest.raises(FeedsError, match="cannot be read"):
        validate(tmp_path / "loop.xml", now=NOW)


def test_a_pipe_that_somebody_writes_to_is_read_to_its_end(tmp_path: Path) -> None:
    read, write = os.pipe()
    with Popen(["sh", "-c", 'sleep 0.2; cat "$0"', str(tmp_path / "rss.xml")], stdout=write):
        (tmp_path / "rss.xml").write_bytes(CLEAN["rss"])
        os.close(write)
        assert validate(Path(f"/dev/fd/{read}"), now=NOW).kinds == {"rss": 1}
    os.close(read)


def test_where_no_feed_is_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(FeedsError, match="no feed is there"):
        validate(tmp_path, now=NOW)
    with pytest.raises(FeedsError, match="cannot be read"):
        validate(tmp_path / "nowhere", now=NOW)


def find(document: bytes) -> list[Finding]:
    kind = kind_of(document) or kind_by_name("rss.xml")
    assert kind is not None
    return list(tell({"rss.xml": look_at(document, kind, NOW)}, [], None))


def test_lines_are_right_beyond_65535() -> None:
    head, item, tail = CLEAN["rss"].partition(b"    <item><!-- the tide -->")
    found = find(head + b"\n" * 200_000 + item + tail.replace(b"<guid>", b"<guid isPermaLink='?'>"))
    assert [(finding.name, finding.line) for finding in found] == [("InvalidBooleanAttribute", 200_041)]


def test_a_line_within_a_text_is_that_of_the_file() -> None:
    text = b"Low water\n\n\nat noon. &lt;script&gt;go()&lt;/script&gt;"
    document = CLEAN["rss"].replace(b"Low water at noon.", b"\n\n" + text)
    [finding] = find(document)
    assert finding.line is not None
    assert b"script" in document.split(b"\n")[finding.line - 1]
    assert find(document.replace(b"\n", b"\r\n"))[0].line == finding.line


@pytest.mark.parametrize("encoding", ["hex", "base64", "rot13", "idna", "punycode", "undefined", "nosuch", "zlib"])
def test_what_is_no_encoding_of_texts_is_not_used(encoding: str) -> None:
    found = find(CLEAN["rss"].replace(b"utf-8", encoding.encode(), 1))
    assert [(finding.name, finding.line) for finding in found] == [("UnknownEncoding", 1)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    stated = encoding.removesuffix("-sig")
    document = CLEAN["rss"].decode().replace("utf-8", stated, 1)
    assert find(document.encode(encoding)) == []
    less = document.replace("The tide table is out", "Tides &lt;b and tables")
    assert [finding.name for finding in find(less.encode(encoding))] == ["CharacterData"]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["atom", "opml"])
def test_elements_may_be_nested_without_end(kind: str) -> None:
    deep = ("<div>" * 50_000 + "</div>" * 50_000) if kind == "atom" else ("<outline>" * 50_000 + "</outline>" * 50_000)
    place = b"<b>noon</b>" if kind == "atom" else b"  </body>"
    found = look_at(CLEAN[kind].replace(place, deep.encode() + place), kind, NOW)
    assert {fault.name for fault in found.faults} <= {"MissingAttribute"}


def test_a_text_after_a_comment_has_its_own_line() -> None:
    text = b"<ttl>\n<!-- a\nb\n-->\n\n x</ttl>"
    document = CLEAN["rss"].replace(b"<ttl>60</ttl>", text + b"\n<ttl>2</ttl>")
    assert {finding.name for finding in find(document)} == {"InvalidPositiveInteger", "DuplicateElement"}
    document = CLEAN["rss"].replace(b"    <skipHours>", b"<!-- a\n\n-->\n  Welcome!\n    <skipHours>")
    [finding] = find(document)
    assert finding.line == document[: document.index(b"Welcome")].count(b"\n") + 1


def test_entities_that_multiply_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
    document = f'<?xml version="1.0"?><!DOCTYPE rss [{bomb}]><rss version="2.0"><channel>&a11;</channel></rss>'
    assert [fault.name for fault in read_tree(document.encode()).faults] == ["SAXError"]


def test_nothing_outside_a_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    document = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{tmp_path}/secret">]><rss version="2.0"><channel>&a;</channel></rss>'
    root = read_tree(document.encode()).root
    assert root is not None
    assert root.children[0].text == ""


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("HTTP://Example.org:80/%7ea/./b/../c", "http://example.org/~a/c"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:8443/%e9%87%91?q=%2f", "https://example.org:8443/%E9%87%91?q=%2F"),
        ("tag:example.org,2026:%e9", "tag:example.org,2026:%E9"),
        ("http://[::1]:80/a/..", "http://[::1]:80/"),
    ],
)
def test_addresses_have_one_normal_form(address: str, normal: str) -> None:
    assert normal_form(address) == normal
    assert normal_form(normal) == normal


def test_dates_beside_the_present_are_plausible() -> None:
    source = Source(kind="rss", now=NOW)
    assert list(rfc822_date("Tue, 01 Dec 2026 08:05:00 +0800", source)) == []
    assert [fault.name for fault in rfc822_date("Tue, 01 Dec 2026 00:11:00 GMT", source)] == ["ImplausibleDate"]
    assert list(rfc3339_date("2026-12-01T23:59:60Z", source)) == []
    assert [fault.name for fault in rfc3339_date("2026-12-02T00:00:01Z", source)] == ["ImplausibleDate"]


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>a<li>b</ul><dl><dt>a<dd>b</dl><p>a<p>b",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<figure><img src='https://a.example/b.png'><figcaption>R&amp;D &eacute;</figcaption></figure>",
        "<p><ruby>字<rt>zì</rt></ruby><br/><video controls src='https://a.example/b.mp4'></video></p>",
        "1 < 2 & 3",
        "<p style=\"color: red; margin-left: 1em; font-family: 'Noto Sans'\">a</p>",
    ],
)
def test_html_as_people_write_it_is_clean(text: str) -> None:
    assert read_markup(text).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "<b><i>a</b></i>",
        "<div/>",
        "<td>a</td>",
        "a</p></p>",
        "<a href='b' href='c'>a</a>",
        "&nosuch;",
        "<!DOCTYPE html>",
    ],
)
def test_html_that_is_none_is_named(text: str) -> None:
    assert {fault.name for fault in read_markup(text).faults} == {"NotHtml"}


@pytest.mark.parametrize("address", ["javascript:go()", " JavaScript:go()", "data:text/html,<b>", "vbscript:go"])
def test_an_address_that_is_a_program_is_named(address: str) -> None:
    found = read_markup(f'<p><a href="{escape(address)}">a</a></p>').faults
    assert [fault.name for fault in found] == ["SecurityRiskAttr"]


@pytest.mark.parametrize("text", ["<b>", "</b>", "<a<a", "&amp", "<p>", "<a href='"], ids=repr)
def test_html_without_end_is_looked_at_in_time(text: str) -> None:
    began = time.process_time()
    assert read_markup(text * 50_000).faults or text == "<p>"
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "style",
    ["behavior: url(a)", "color: expression(alert(1))", "background: url('a')", "-moz-binding: x", "{", "top: 0"],
)
def test_styles_that_can_do_more_than_change_looks_are_named(style: str) -> None:
    assert style_risks(style)


def test_every_message_has_a_cure() -> None:
    assert [name for name, message in MESSAGES.items() if not message.cure.endswith((".", "!"))] == []


def feeds(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def place(output: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive of one article, not built yet."""
    monkeypatch.chdir(output.parent)
    return output.parent


@pytest.fixture
def broken(output: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output with one error and one warning; the working folder is above it."""
    monkeypatch.chdir(output.parent)
    place = output / "rss.xml"
    text = place.read_text("utf-8").replace("<title>好</title>", "<title>好</title>\n<title>坏</title>", 1)
    place.write_text(text.replace('isPermaLink="false">tag:localhost,2000:', 'isPermaLink="false">1<!--', 1), "utf-8")
    text = place.read_text("utf-8").replace("</guid>", "--></guid>", 1)
    place.write_text(text, "utf-8")
    return output


def test_each_finding_has_a_line_of_its_own_and_errors_exit_1(broken: Path) -> None:
    result = feeds("validate", "out")
    line = (broken / "rss.xml").read_text("utf-8").split("\n").index("<title>坏</title>") + 1
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"out/rss.xml:{line}: DuplicateElement: <item> holds <title> twice. Keep one of them.",
        f'out/rss.xml:{line + 4}: NotSufficientlyUnique: guid "1" is short, and others may have it too. '
        "Write one that nobody else has: an address, or a tag URI.",
        "10 files (3 RSS, 3 Atom, 3 JSON Feed, 1 OPML): 1 error (DuplicateElement), 1 warning (NotSufficientlyUnique)",
    ]
    assert result.stderr == ""


def test_warnings_exit_1_when_they_are_to(broken: Path) -> None:
    place = broken / "rss.xml"
    place.write_text(place.read_text("utf-8").replace("<title>坏</title>", ""), "utf-8")
    assert feeds("validate", "out").exit_code == 0
    assert feeds("validate", "out", "--strict").exit_code == 1


def test_findings_are_for_programs_too(broken: Path) -> None:
    result = feeds("validate", "out", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["errors"], found["warnings"], found["base_url"]) == (1, 1, BASE)
    assert found["files"] == {"atom": 3, "json": 3, "opml": 1, "rss": 3}
    first = found["findings"][0]
    assert (first["path"], first["name"], first["level"]) == ("rss.xml", "DuplicateElement", "error")
    assert isinstance(first["line"], int)


def test_the_configuration_says_which_output_is_meant(broken: Path) -> None:
    Path("feeds.toml").write_text('output = "out"\n')
    assert feeds("validate").exit_code == 1
    assert feeds("validate", "out/atom.xml").exit_code == 0
    result = feeds("validate", "nowhere")
    assert result.exit_code == 1
    assert "nowhere: cannot be read: No such file or directory. Name a folder" in result.stderr


def test_a_build_ends_with_it_when_it_is_to(broken: Path) -> None:
    words = ("build", "archive", "-o", "out", "--base-url", BASE)
    damaged = feeds(*words, "--verify")
    assert damaged.exit_code == 0, "a file that somebody changed is written anew"
    assert "error" not in damaged.stderr, "where nobody looks and nothing is wrong, nothing is said"
    assert feeds(*words, "--verify", "-v").stderr.splitlines()[-1].endswith("0 errors, 0 warnings")
    assert feeds(*words, "--verify", "--dry-run").exit_code == 2


def test_a_build_whose_output_has_errors_exits_1(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def render(feed: object, address: str) -> bytes:
        return CLEAN["rss"].replace(b"<ttl>60", b"<ttl>x")

    monkeypatch.setattr("feeds.render.FORMATS", (replace(FORMATS[0], render=render, piece=None), *FORMATS[1:]))
    quiet = feeds("build", "--verify", "-q")
    assert quiet.exit_code == 1
    assert "InvalidPositiveInteger" in quiet.stderr
    assert "SelfDoesntMatchLocation" not in quiet.stderr.splitlines()[0]
    assert feeds("build", "-q").exit_code == 0
