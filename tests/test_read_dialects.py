"""Front matter in every dialect: the same article is the same card, and no file costs more than its own article."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.errors import Problem, ProblemKind
from feeds.model import Article, Card, Value
from feeds.normalise import CardRules, make_card
from feeds.read import read_article, read_body_text
from feeds.read.fields import read_fields, value_of
from feeds.read.recover import recover_lines
from feeds.read.split import split_front_matter

RULES = CardRules(
    tag_prefix="tag:example.com,2000:", zone=ZoneInfo("Asia/Shanghai"), is_flat=False, permalink=None, site_url=None
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12)
DATES = st.sampled_from(["2021-03-14", "2021-03-14T08:00:00Z", "2021-03-14 08:00:00", "2021-03-14T08:00:00.5+02:00"])
FIELDS = st.fixed_dictionaries(
    {"title": WORDS, "date": DATES},
    optional={
        "tags": st.lists(WORDS, max_size=3),
        "categories": st.lists(WORDS, max_size=3),
        "description": WORDS,
        "author": WORDS,
        "weight": st.sampled_from(["10", "1.50"]),
        "draft": st.sampled_from(["true", "false"]),
        "extra": st.fixed_dictionaries({"image": WORDS}),
    },
)
QUOTED = re.compile(r'"(true|false|10|1\.50)"')
Fields = dict[str, "str | list[str] | dict[str, str]"]


def read(text: str | bytes, name: str = "a.md") -> tuple[Article, tuple[Problem, ...], str]:
    data = text.encode() if isinstance(text, str) else text
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        article, problems = read_article(Path(folder), name)
        body = read_body_text(Path(folder), name)
    assert article is not None
    assert body is not None
    return article, problems, body.text


def card(text: str, name: str = "a.md") -> Card:
    article, problems, body = read(text, name)
    assert (problems, body.strip()) == ((), "Body")
    return replace(make_card(article, RULES)[0], path="")


def toml(fields: Fields) -> str:
    """Write fields as TOML, dates bare as Zola's and Hugo's users do; a table stands last."""
    lines, tables = [], []
    for key, value in fields.items():
        if isinstance(value, dict):
            tables += [f"[{key}]", *(f"{inner} = {text(one)}" for inner, one in value.items())]
        else:
            lines.append(f"{key} = {value if key == 'date' else bare(text(value))}")
    return "\n".join((*lines, *tables))


def bare(written: str) -> str:
    """Take the quotes off booleans and numbers."""
    return QUOTED.sub(r"\1", written)


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.mark.long
@given(FIELDS)
def test_the_same_article_in_yaml_toml_and_json_is_the_same_card(fields: Fields) -> None:
    cards = {
        card(f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\nBody\n"),
        card(f"+++\n{toml(fields)}\n+++\nBody\n"),
        card(f"{bare(json.dumps(fields, indent=2))}\nBody\n"),
        card(f"---json\n{json.dumps(fields)}\n---\nBody\n"),
        card(f";;;\n{json.dumps(fields, indent=1)[1:-1].strip()}\n;;;\nBody\n"),
    }
    assert len(cards) == 1


PLAIN = st.text(st.sampled_from("abc XYZ潮0.!?"), min_size=1, max_size=20).map(str.strip).filter(bool)


@pytest.mark.long
@given(PLAIN, DATES, st.lists(st.sampled_from(["ships", "night work", "潮"]), unique=True))
def test_the_same_article_in_lines_comments_and_fields_is_the_same_card(title: str, date: str, tags: list[str]) -> None:
    rows = (("title", title), ("date", date), ("tags", ", ".join(tags)))
    lines = "".join(f"{key.capitalize()}: {value}\n" for key, value in rows)
    comments = "".join(f".. {key}: {value}\n" for key, value in rows)
    fields = "".join(f":{key}: {value}\n" for key, value in rows)
    cards = {
        card(f"---\ntitle: '{title}'\ndate: {date}\ntags: [{', '.join(tags)}]\n---\nBody"),
        card(f"{lines}\nBody"),
        card(f"{lines}---\nBody") if not re.match(r"[!?.]", title) else card(f"{lines}\nBody"),
        card(f"{comments}\nBody"),
        card(f"<!--\n{comments}-->\nBody"),
        card(f"{comments}\nBody", "a.rst"),
        card(f"{fields}\nBody", "a.rst"),
    }
    assert len(cards) == 1


PIECES = st.sampled_from(
    [
        *("---", "--", "+++", ";;;", "{", "}", "title: A", 'title = "A"', '"title": "A",', ".. title: A", ":date: x"),
        *("<!--", "-->", "Title", "=====", "-----", "[table]", " - x", "    more", "tags: [", "]", "", "A sentence."),
        *("Note: b", "\ufeff", "'''", '"""', "---yaml", "---json", ".. note::", "..", "# A", "{% x %}"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("\n".join), st.sampled_from(["a.md", "a.rst", "a.html"]))
@example("--\n", "a.md")
@example(".. title: A", "a.md")
@example("<!--\n.. title: A", "a.md")
@example("{\n---json", "a.md")
@example("==\nTitle\n==", "a.rst")
def test_no_file_crashes_and_none_is_swallowed(written: str, name: str) -> None:
    data = written.encode("utf-8", "replace")
    article, _, body = read(data, name)
    make_card(article, RULES)
    split = split_front_matter(data, is_rest=name == "a.rst")
    assert 0 <= split.body_start <= len(data)
    assert "A sentence." not in written or split.dialect or "A sentence." in body


@given(st.text(st.sampled_from("ab:=[]{}\"', -\n\t#"), max_size=60), st.sampled_from(["yaml", "toml", "json"]))
@example("a = [\n1,", "toml")
@example('"a": {\n"b": 1\n},', "json")
def test_recovery_reads_anything(written: str, dialect: str) -> None:
    values, lost = recover_lines(written, dialect)
    assert all(isinstance(key, str) for key in values)
    assert all(line in written for _, line in lost)


@pytest.mark.parametrize(
    ("written", "dialect", "values"),
    [
        ("a = x\n[t]\nb = 'y'\nc = [\n 1,\n 2,\n]", "toml", {"a": "x", "t": {"b": "y", "c": ("1", "2")}}),
        ('"a": "x",\n"t": {\n  "b": no,\n},\n"c": 1', "json", {"a": "x", "t": {"b": "no"}, "c": "1"}),
        ("a: [\n  x,\n  'y'\n]\nb: @z", "yaml", {"a": ("x", "y"), "b": "@z"}),
        ("a: [draft] of a title\nb: @z", "yaml", {"a": "[draft] of a title", "b": "@z"}),
    ],
)
def test_tables_and_long_lists_are_recovered(written: str, dialect: str, values: dict[str, Value]) -> None:
    assert recover_lines(written, dialect) == (values, ())


@pytest.mark.parametrize(
    ("data", "kind", "line"),
    [
        ("---\ntitle: A\n--\nBody", ProblemKind.FENCE, 3),
        ("--\ntitle: A\n---\nBody", ProblemKind.FENCE, 3),
        ("+++\ntitle = 'A'\n---\nBody", ProblemKind.FENCE, 3),
        ("\n\n---\ntitle: A\n\nBody\n", ProblemKind.FENCE, 3),
        ('{"title": "A",\n"date": "x"\n\nBody\n', ProblemKind.FENCE, 1),
        ('{\n"title": "A"\n"date": "x"\n}\nBody', ProblemKind.FRONT_MATTER, 3),
        ("Title: A\nDate: x\nTITLE: B\ndate: y\ndate: z\n\nBody", ProblemKind.DUPLICATE_KEY, 5),
        (".. title: A\n.. title: B\n\nBody", ProblemKind.DUPLICATE_KEY, 2),
    ],
)
def test_what_is_guessed_is_told_with_its_line(data: str, kind: ProblemKind, line: int) -> None:
    article, (problem,), body = read(data)
    assert (problem.kind, problem.line) == (kind, line)
    assert article.front_matter
    assert body.strip() == "Body"


@pytest.mark.parametrize(
    "data",
    [
        "Note: the quay is wet.\n\nBody",
        "https://example.com/title: x\n",
        "{% include x %}\n\nBody",
        "{{< figure >}}\n\nBody",
        '{"a": 1} is JSON.\n\nBody',
        ".. note:: title: x\n\nBody",
        "<!-- a remark -->\n\nBody",
        "--\n\nBody\n--\n",
        "Date::tz is a library.\n\nBody",
    ],
)
def test_what_only_looks_like_front_matter_is_the_body(data: str) -> None:
    article, problems, body = read(data)
    assert (dict(article.front_matter), problems, body) == ({}, (), data)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("The ``--flag`` of *feeds*", "The --flag of feeds"),
        ("**Bold** and :ref:`a place <x>`", "Bold and a place"),
        ("A `link <https://example.com/>`_ here", "A link here"),
        (r"2 \* 3 * 4 snake_case_", "2 * 3 * 4 snake_case_"),
    ],
)
def test_inline_markup_of_rest_fields_is_read(written: str, value: str) -> None:
    (field,) = read_fields(f":summary: {written}\n", "fields")
    assert value_of(field) == value


@pytest.mark.parametrize(
    ("data", "values", "body"),
    [
        ("T\n=\n\n:date: x\n\nBody", {"date": "x"}, None),
        ("Title\n=====\n\nSub\n---\n\n:date: x\n\nBody", {"title": "Title", "subtitle": "Sub", "date": "x"}, "Body"),
        ("Title\n=====\n\nSection\n-------\n\nBody", {"title": "Title"}, "Section\n-------\n\nBody"),
        (":title: B\n:date: x\n\nTitle\n=====\n\nBody", {"title": "Title", "date": "x"}, "Body"),
        ("Title\n=====\n\n:title: B\n\nBody", {"title": "B"}, "Body"),
        (" Title\n\nBody", {}, " Title\n\nBody"),
        ("====\n T\n====\n:tags: a,\n   b\n\nBody", {"title": "T", "tags": "a, b"}, "Body"),
    ],
)
def test_title_and_fields_of_rest(data: str, values: dict[str, Value], body: str | None) -> None:
    article, problems, rest = read(data, "a.rst")
    assert problems == ()
    if body is not None:
        assert (dict(article.front_matter), rest.strip("\n")) == (values, body)


def test_front_matter_without_fences_larger_than_the_first_read_is_read_whole() -> None:
    for name, start in (
        ("a.md", "Title: A\nsummary: "),
        ("a.rst", "A\n=====\n\n:summary: "),
        ("b.md", ".. title: A\n.. x: "),
    ):
        last = {"a.md": "Date: y\n", "a.rst": ":date: y\n", "b.md": ".. date: y\n"}[name]
        article, _, body = read(f"{start}{'x' * 20_000}\n{last}\nBody", name)
        assert {key.casefold(): value for key, value in article.front_matter.items()}["date"] == "y"
        assert body.strip() == "Body"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("Title: A\nDate: x\n\nBody", "a.md"),
        ("Title: A\nDate: x\n---\nBody", "a.md"),
        (".. title: A\n.. date: x\n\nBody", "a.rst"),
        ("<!--\n.. title: A\n.. date: x\n-->\n\nBody", "a.md"),
        ("=====\nA\n=====\n\n:date: x\n\nBody", "a.rst"),
        (';;;\n"title": "A",\n"date": "x"\n;;;\nBody', "a.md"),
        ('{"title": "A",\n"date": "x"}\nBody', "a.md"),
        ("<!-- a -->\n---toml\ntitle = 'A'\ndate = 'x'\n---\nBody", "a.md"),
    ],
)
@pytest.mark.parametrize("start", ["", "\ufeff", "\n \n", "\ufeff\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_marks_blank_lines_and_line_ends_do_no_harm(data: str, name: str, start: str, line_end: str) -> None:
    article, problems, body = read((start + data).replace("\n", line_end), name)
    assert problems == ()
    assert {key.casefold(): value for key, value in article.front_matter.items()} == {"title": "A", "date": "x"}
    assert body.strip() == "Body"
    assert make_card(article, RULES)[0].title == "A"


HTML_HEAD = b"""<!DOCTYPE html>
<html lang="en-GB" class="no-js">
<head>
  <!-- <title>An older name</title> -->
  <script>document.write('<meta name="date" content="1970-01-01">')</script>
  <title>Low tide | The Harbour Ledger</title>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <meta property="og:title" content="Low tide &amp; high hopes">
  <meta content='2022-07-31T08:00:00Z' property='article:published_time'/>
  <meta property="article:tag" content="boats">
  <meta name=keywords content="mud, tide">
  <meta name="Author" content="A. Example">
  <meta property="og:image:width" content="1200">
  <meta property="og:image" content="/img/tide.jpg">
  <link rel="canonical" href="https://ledger.example/low-tide">
</head>
<body><p>The boats lie on the mud.</p></body>
</html>
"""


def test_the_head_of_a_document_is_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML_HEAD)
    article, problems = read_article(tmp_path, "a.html")
    assert article is not None
    assert dict(article.front_matter) == {
        "lang": "en-GB",
        "viewport": "width=device-width",
        "title": "Low tide & high hopes",
        "date": "2022-07-31T08:00:00Z",
        "tags": "boats, mud, tide",
        "author": "A. Example",
        "og_image": "/img/tide.jpg",
        "link": "https://ledger.example/low-tide",
    }
    assert article.lines["date"] == 9
    assert problems == ()
    body = read_body_text(tmp_path, "a.html")
    assert body is not None
    assert body.text.strip().startswith("<body><p>The boats")


@pytest.mark.parametrize(
    ("data", "title", "is_cut"),
    [
        (b"<html><title>Low tide</title><h1>Other</h1>", "Low tide", False),
        (b"<head><title>Low\n tide</title></head>text", "Low tide", False),
        (b"<title>Low tide</title>\n<p>text", "Low tide", False),
        (b"<html><head><title>Low tide</title><meta name=", "Low tide", True),
        (b"<head>" + b"<meta name=a content=b>\n" * 9000 + b"<title>Low tide</title></head><p>text", None, False),
        (b"<header><h1>Low tide</h1></header>", None, False),
    ],
)
def test_a_head_ends_where_html_says_so(tmp_path: Path, data: bytes, title: str | None, is_cut: bool) -> None:
    (tmp_path / "a.html").write_bytes(data)
    article, _ = read_article(tmp_path, "a.html")
    assert article is not None
    assert article.front_matter.get("title") == title
    assert article.is_cut == is_cut


@pytest.mark.parametrize(
    "meta",
    [
        b".. title: Low tide\n.. date: 2022-07-31 08:00:00 UTC\n.. tags: mud",
        b"---\ntitle: Low tide\ndate: 2022-07-31 08:00:00 UTC\ntags: mud\n---\n",
        b":title: Low tide\n:date: 2022-07-31 08:00:00 UTC\n:tags: mud\n",
    ],
)
def test_front_matter_may_stand_in_a_file_beside(tmp_path: Path, meta: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(b"The boats lie on the mud.\n")
    (tmp_path / "a.meta").write_bytes(meta)
    article, problems = read_article(tmp_path, "a.txt")
    assert article is not None
    assert dict(article.front_matter) == {"title": "Low tide", "date": "2022-07-31 08:00:00 UTC", "tags": "mud"}
    assert problems == ()
    (tmp_path / "a.txt").write_bytes(b"---\ntitle: High tide\n---\nThe boats are out.\n")
    article, _ = read_article(tmp_path, "a.txt")
    assert article is not None
    assert dict(article.front_matter) == {"title": "High tide"}


@pytest.mark.parametrize(
    ("name", "written", "is_rest"),
    [
        ("a.txt", ".. title: Tide\n\nThe `boats <b>`__.", True),
        ("a.txt", "The `boats <b>`__.", False),
        ("a.txt", "<!--\n.. title: Tide\n-->\nThe boats.", False),
        ("a.md", ".. title: Tide\n\nThe boats.", False),
        ("b.txt", "The `boats <b>`__.", True),
    ],
)
def test_texts_of_nikola_are_restructured(name: str, written: str, is_rest: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(written)
    (tmp_path / "b.meta").write_text(".. title: Tide\n")
    body = read_body_text(tmp_path, name)
    assert body is not None
    assert (body.is_rest, body.is_markdown) == (is_rest, not is_rest)
