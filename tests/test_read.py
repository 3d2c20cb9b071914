from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.errors import Problem, ProblemKind
from feeds.model import Article, Value
from feeds.read import HEAD_BYTES, HEADING_BYTES, read_article, read_body_text
from feeds.read.handlers import MOST_VALUES
from feeds.read.picture import read_picture
from feeds.read.recover import peel, recover_lines
from tests.articles import article_bytes, write

CHINESE = "潮水退去以后，码头上的人都在等船。" * 40


def read(root: Path, data: bytes | str, name: str = "a.md") -> tuple[Article, tuple[Problem, ...]]:
    (root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    article, problems = read_article(root, name)
    assert article is not None
    return article, problems


def front(root: Path, data: bytes | str) -> dict[str, Value]:
    article, problems = read(root, data)
    assert problems == ()
    return dict(article.front_matter)


def body(root: Path, data: bytes | str, name: str = "a.md") -> str:
    (root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    found = read_body_text(root, name)
    assert found is not None
    return found.text


def kinds(problems: tuple[Problem, ...]) -> list[ProblemKind]:
    return [problem.kind for problem in problems]


# Where front matter stands


def test_an_article_of_the_founding_archive(root: Path) -> None:
    assert front(root, article_bytes()) == {
        "title": "Low tide at the harbour",
        "categories": ("News", "Harbour Ledger", "Harbour Ledger－Markets"),
        "headimg": "https://media.example.com/tide.jpg",
        "author": "Harbour Ledger",
        "comments": "false",
        "date": "Sun, 31 Jul 2022 12:00:00 GMT",
        "thumbnail": "https://media.example.com/tide.jpg",
    }


@pytest.mark.parametrize(
    "data",
    [
        "---\ntitle: A\n---\nBody\n",
        "\n---\ntitle: A\n---\nBody\n",
        " \n\t\n---\ntitle: A\n---\nBody\n",
        "\ufeff---\ntitle: A\n---\nBody\n",
        "\ufeff\n---\ntitle: A\n---\nBody\n",
        "---\r\ntitle: A\r\n---\r\nBody\n",
        "-----\ntitle: A\n---\nBody\n",
        "---\ntitle: A\n--------  \nBody\n",
        "--- \ntitle: A\n...\nBody\n",
        "---\n\ntitle: A\n\n---\nBody\n",
        "---\n{title: A}\n---\nBody\n",
        '+++\ntitle = "A"\n+++\nBody\n',
        '{\n  "title": "A"\n}\nBody\n',
    ],
)
def test_front_matter_is_found_however_it_is_fenced(root: Path, data: str) -> None:
    assert front(root, data) == {"title": "A"}
    assert body(root, data) == "Body\n"


def test_a_blank_line_inside_front_matter_does_no_harm(root: Path) -> None:
    data = "---\ntitle: A\n\ncategories: \n\n - X\n\n - Y\ndate: 2022-07-31\n---\nBody"
    assert front(root, data) == {"title": "A", "categories": ("X", "Y"), "date": "2022-07-31"}


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        ("---\ntitle: A\n\nThe tide is low.\n", "\nThe tide is low.\n"),
        ("---\ntitle: A\ntags:\n - x\n - y\nThe tide is low.\n", "The tide is low.\n"),
        ("---\ntitle: A\nhttps://example.com/\n", "https://example.com/\n"),
        ("---\ntitle: A\n\nThe tide is low.\n\n---\n\nMore.\n", "\nThe tide is low.\n\n---\n\nMore.\n"),
        ("---\ntitle: A\n\nHeading\n-------\nMore.\n", "\nHeading\n-------\nMore.\n"),
        ("---\ntitle: A\n<p>Low</p>\n\n<p>tide</p>\n---\n", "<p>Low</p>\n\n<p>tide</p>\n---\n"),
        ('+++\ntitle = "A"\n\nThe tide is low.\n', "\nThe tide is low.\n"),
    ],
)
def test_a_fence_never_closed_does_not_swallow_the_article(root: Path, data: str, rest: str) -> None:
    article, (problem,) = read(root, data)
    assert (article.front_matter["title"], problem.kind, problem.line) == ("A", ProblemKind.FENCE, 1)
    assert body(root, data) == rest


@pytest.mark.parametrize(
    "data",
    [
        "---\n\nThe tide is low.\n\n---\n\nMore.\n",
        "---\n- one\n- two\n",
        "---\n# Slide\n---\n",
        "---\n{% include x %}\n---\n",
        "---",
        "The tide is low.\n\n---\ntitle: A\n---\n",
    ],
)
def test_two_rules_are_no_front_matter(root: Path, data: str) -> None:
    assert front(root, data) == {}
    assert body(root, data) == data


def test_a_value_in_quotes_may_hold_paragraphs(root: Path) -> None:
    data = '---\ntitle: A\ndescription: "One.\n\nTwo."\n---\nBody'
    assert front(root, data)["description"] == "One.\nTwo."


def test_a_fence_in_the_body_closes_nothing_more(root: Path) -> None:
    assert body(root, "---\ntitle: A\n---\nOne\n\n---\n\nTwo\n") == "One\n\n---\n\nTwo\n"


def test_empty_front_matter_is_front_matter(root: Path) -> None:
    assert front(root, "---\n---\nBody") == {}
    assert body(root, "---\n---\nBody") == "Body"


def test_front_matter_larger_than_the_first_read_is_read_whole(root: Path) -> None:
    article, problems = read(root, f"---\ntitle: {CHINESE * 20}\nlast: here\n---\nBody")
    assert len(article_bytes(title=CHINESE * 20)) > 4 * HEAD_BYTES
    assert (article.front_matter["last"], article.lines["last"], problems) == ("here", 3, ())


@pytest.mark.parametrize("shift", range(8))
def test_a_fence_across_the_end_of_the_first_read_is_found(root: Path, shift: int) -> None:
    head = "---\ntitle: A\nnote: "
    data = head + "x" * (HEAD_BYTES - len(head) - shift) + "\n---\nBody\n"
    assert front(root, data)["title"] == "A"
    assert body(root, data) == "Body\n"


def test_an_empty_file_is_an_article_that_says_nothing(root: Path) -> None:
    assert read(root, b"") == (Article(path="a.md", front_matter={}, lines={}, heading=None, is_cut=True), ())


# What values are


@pytest.mark.parametrize(
    "scalar",
    [
        "12:30",
        "No",
        "yes",
        "2022-07-22",
        "2022-07-22 08:00:00",
        "007",
        "1.10",
        "0x1F",
        "1e3",
        "1_000",
        "null",
        "~",
        ".5",
    ],
)
def test_every_yaml_scalar_stays_as_written(root: Path, scalar: str) -> None:
    assert front(root, f"---\ntitle: {scalar}\nlist: [{scalar}]\nmap:\n  key: {scalar}\n---\n") == {
        "title": scalar,
        "list": (scalar,),
        "map": {"key": scalar},
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.10", "1.10"),
        ("2018", "2018"),
        ("true", "true"),
        ("2022-07-22", "2022-07-22"),
        ("2022-07-22T08:00:00Z", "2022-07-22T08:00:00Z"),
        ("2022-07-22 08:00:00.5+02:00 # local", "2022-07-22 08:00:00.5+02:00"),
        ("2022-07-22T08:00:00", "2022-07-22T08:00:00"),
        ("2022-7-22", "2022-7-22"),
        ("12:30:00", "12:30:00"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("007", "007"),
        ("-0.50", "-0.50"),
        ('"= 2022-07-22"', "= 2022-07-22"),
        ("""'a, 1'""", "a, 1"),
        ("[1, 2022-07-22,\n 3.0]", ("1", "2022-07-22", "3.0")),
        ('"""\na = 1\n"""', "a = 1\n"),
        ('["a", 1]', ("a", "1")),
        ("{ a = 1 }", {"a": "1"}),
    ],
)
def test_every_toml_value_is_made_of_texts(root: Path, written: str, value: Value) -> None:
    assert front(root, f"+++\nkey = {written}\n+++\n") == {"key": value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.10", "1.10"),
        ("1e400", "1e400"),
        ("12345678901234567890", "12345678901234567890"),
        ("false", "false"),
        ("null", ""),
        ("NaN", "NaN"),
        ('["a", [1]]', ("a", ("1",))),
        ('{"a": {"b": 2}}', {"a": {"b": "2"}}),
        ('"\\ud800a\\u0000b"', "ab"),
    ],
)
def test_every_json_value_is_made_of_texts(root: Path, written: str, value: Value) -> None:
    assert front(root, f'{{\n"key": {written}\n}}\n') == {"key": value}


def test_lists_and_mappings_nest(root: Path) -> None:
    data = "---\ncategories:\n - [A, B]\n - C\nauthors:\n - name: X\n   mail: Y\n---\n"
    assert front(root, data) == {"categories": (("A", "B"), "C"), "authors": ({"name": "X", "mail": "Y"},)}


def test_an_empty_value_is_an_empty_text(root: Path) -> None:
    assert front(root, "---\ntitle: A\ncover:\ntags: []\n---\n") == {"title": "A", "cover": "", "tags": ()}


def test_a_key_given_twice_is_reported_and_the_last_counts(root: Path) -> None:
    article, (problem,) = read(root, "\n---\ntitle: A\ndate: x\ntitle: B\n---\n")
    assert article.front_matter["title"] == "B"
    assert (problem.kind, problem.line, article.lines["title"]) == (ProblemKind.DUPLICATE_KEY, 5, 5)
    assert 'key "title" stands 2 times' in str(problem)


def test_a_key_of_a_toml_table_is_not_the_articles(root: Path) -> None:
    article, problems = read(root, '+++\ntitle = "A"\n[extra]\ntitle = "B"\n+++\n')
    assert (article.lines, problems) == ({"title": 2}, ())


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ("---\ntitle: A\ntags:\n - x\ndate: y\n---\n", {"title": 2, "tags": 3, "date": 5}),
        ("\n\n---\n\ntitle: A\n# note: no\n\ndate: y\n---\n", {"title": 5, "date": 8}),
        ("---\r\ntitle: A\r\ndate : y\r\n---\r\n", {"title": 2, "date": 3}),
        ('---\n"title": A\n标题: y\n---\n', {"title": 2, "标题": 3}),
        ('+++\ntitle = "A"\ndate=2022-07-31\n+++\n', {"title": 2}),
    ],
)
def test_the_line_of_each_key_is_known(root: Path, data: str, lines: dict[str, int]) -> None:
    article, _ = read(root, data)
    assert {key: article.lines[key] for key in lines} == lines


# Front matter that is broken


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: " + '"' * 9 + "Low tide" + '"' * 9, "Low tide"),
        ('title: ""Low" tide"', '"Low" tide'),
        ("title: @harbour is dry", "@harbour is dry"),
        ("title: Harbour: low tide", "Harbour: low tide"),
        ("title:\tLow: tide", "Low: tide"),
        ("""title: 'He said "it's low"'""", """He said "it's low\""""),
        ('title: "Low" and "high"', '"Low" and "high"'),
        ("title: 'Low tide' at 'noon'", "'Low tide' at 'noon'"),
        ("title: `tide` {{ low", "`tide` {{ low"),
        ("title: % of tide: low", "% of tide: low"),
        ("title: *tide: low*", "*tide: low*"),
        ("title: [Low] tide", "[Low] tide"),
    ],
)
def test_invalid_yaml_is_read_line_by_line(root: Path, line: str, value: str) -> None:
    data = f"\n---\n{line}\ncategories: \n - A: x\n - 'B'\n -\tC\nnote: 'it''s'\ndate: 2022-07-31\n---\nBody"
    article, problems = read(root, data)
    assert article.front_matter == {
        "title": value,
        "categories": ("A: x", "B", "C"),
        "note": "it's",
        "date": "2022-07-31",
    }
    assert kinds(problems) == [ProblemKind.FRONT_MATTER]
    assert body(root, data) == "Body"


def test_a_tab_after_the_colon_does_no_harm(root: Path) -> None:
    assert front(root, "---\ntitle:\tLow tide\n---\n") == {"title": "Low tide"}


@pytest.mark.parametrize(
    ("data", "line", "cause"),
    [
        ("---\ntitle: A\nnote: a: b\n---\n", 3, "mapping values are not allowed in this context"),
        ("\n---\n\n\ntitle: A\nnote: @b\n---\n", 6, "found character that cannot start any token"),
        ('+++\ntitle = "A"\nnote = b\n+++\n', 3, "Invalid value"),
        ('{\n"title": "A",\n"note" "b"\n}\n', 3, "Expecting ':' delimiter"),
    ],
)
def test_the_place_and_cause_of_a_fault_are_told(root: Path, data: str, line: int, cause: str) -> None:
    article, problems = read(root, data)
    assert article.front_matter["title"] in ("A", '"A",')
    assert (problems[0].kind, problems[0].line, problems[0].cause) == (ProblemKind.FRONT_MATTER, line, cause)


def test_a_line_that_says_nothing_is_reported_with_its_number(root: Path) -> None:
    data = "\n---\ntitle: a: b\u2028c\n???\nnote: x\n- \n=====\n---\n"
    article, problems = read(root, data)
    assert article.front_matter == {"title": "a: b\u2028c", "note": ("x", "")}
    assert [(problem.kind, problem.line) for problem in problems[1:]] == [
        (ProblemKind.LOST_LINE, 4),
        (ProblemKind.LOST_LINE, 7),
    ]
    assert 'line "???" not understood' in str(problems[1])


def test_a_recovered_value_goes_on_in_indented_lines() -> None:
    values, lost = recover_lines("description: |\n  one\n\n  two\ntags: [a, 'b']\n  c\n# no\n")
    assert values == {"description": "one two", "tags": ("a", "b")}
    assert lost == ((5, "c"),)


@given(st.text(st.sampled_from("\"' ab.\\"), max_size=12))
def test_peeling_never_adds_and_leaves_bare_words(value: str) -> None:
    assert len(peel(value)) <= len(value)
    assert peel("tide " + value + "x") == ("tide " + value + "x").replace('\\"', '"')


def test_control_characters_are_taken_out_and_reported(root: Path) -> None:
    article, (problem,) = read(root, b"---\ntitle: A\nnote: l\x08ow\x00\n---\n")
    assert article.front_matter["note"] == "low"
    assert (problem.kind, problem.line) == (ProblemKind.CONTROL, 3)


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_a_fence_bared_by_taking_control_characters_out_ends_nothing(root: Path, fence: str) -> None:
    article, _ = read(root, f"{fence}\ntitle: A\n{fence}\x00\nnote: b\n{fence}\n")
    assert "note" in article.front_matter


# Attacks


def test_an_alias_bomb_is_no_bomb(root: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    article, problems = read(root, "---\ntitle: A\n" + "\n".join(lines) + "\n---\n")
    assert article.front_matter["title"] == "A"
    assert f"more than {MOST_VALUES} values" in str(problems[0])


def test_a_value_that_holds_itself_ends(root: Path) -> None:
    article, problems = read(root, "---\ntitle: A\nnote: &x [*x]\n---\n")
    assert article.front_matter["title"] == "A"
    assert kinds(problems) == [ProblemKind.FRONT_MATTER]


DEEP = {
    "flow lists": b"---\ntitle: A\nx: " + b"[" * 100_000 + b"\n---\n",
    "closed lists": b"---\ntitle: A\nx: " + b"[" * 100_000 + b"]" * 100_000 + b"\n---\n",
    "flow mappings": b"---\ntitle: A\nx: " + b"{a: " * 100_000 + b"\n---\n",
    "block lists": b"---\ntitle: A\nx:\n " + b"- " * 100_000 + b"\n---\n",
    "tabbed lists": b"---\ntitle: A\nx:\n " + b"-\t" * 100_000 + b"\n---\n",
    "complex keys": b"---\ntitle: A\nx:\n " + b"? " * 100_000 + b"\n---\n",
    "indented keys": b"---\ntitle: A\n" + b"".join(b" " * n + b"k:\n" for n in range(2000)) + b"---\n",
    "toml lists": b'+++\ntitle = "A"\nx = ' + b"[" * 100_000 + b"\n+++\n",
    "toml keys": b'+++\ntitle = "A"\nx' + b".x" * 5_000 + b" = 1\n+++\n",
    "json lists": b'{\n"title": "A",\n"x": ' + b"[" * 100_000 + b"\n}\n",
}


def test_nesting_however_deep_crashes_nothing(root: Path) -> None:
    for name, data in DEEP.items():
        write(root, f"{name}.md", data)
    code = (
        "import sys; from pathlib import Path; from feeds.read import read_article\n"
        "for name in sys.argv[2:]:\n"
        "    article, _ = read_article(Path(sys.argv[1]), name)\n"
        "    print(name, 'title' in article.front_matter)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), *(f"{name}.md" for name in DEEP)],
        capture_output=True, check=False, text=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "".join(f"{name}.md True\n" for name in DEEP)


LONG = 100_000


@pytest.mark.parametrize(
    "data",
    [
        b"---\na" + b" " * LONG + b"\n---\n",
        b"---\nx: [\na" + b" " * LONG + b"\n---\n",
        b"---\nx: [\n" + b" a\n" * LONG + b"---\n",
        b"---\nx: [\n" + b"- a\n" * LONG + b"---\n",
        b"---\nx: [\ny: " + b'"' * LONG * 4 + b"\n---\n",
        b"---\ntitle: A\n\n" + b"low tide\n" * LONG * 20,
        b"\n" * LONG * 10,
        b" " * LONG * 10,
        b"<pre" * LONG,
        b"<!--" * LONG,
        b"<h1>" * LONG,
        b"<title " * LONG,
        b"<html><meta name='" * LONG,
        b'<html><meta name="' + b"a" * LONG + b'">' * 40,
        b"<html>" + b"<meta a='b' " * LONG,
        b"# " + b"<" * LONG,
        b"# x" + b" " * LONG + b"y",
        b"# x" + b" #" * LONG + b"y",
        b"```\n~~~\n" * LONG,
        b"=\n" * LONG,
    ],
    ids=lambda data: f"{data[:12]!r} and {len(data)} bytes",
)
def test_no_file_keeps_the_reader_busy(root: Path, data: bytes) -> None:
    start = time.process_time()
    read(root, data)
    body(root, data)
    assert time.process_time() - start < 2


@given(
    st.one_of(
        st.binary(),
        st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.tuples(
            st.sampled_from([b"---\n", b"\n---\r\n", b"+++\n", b"{\n", b"\xff\xfe-\0", b"\xfe\xff\0-"]),
            st.lists(
                st.one_of(
                    st.sampled_from(
                        [b"title: ", b"- ", b"\n", b'"', b"'", b"[", b"{", b": ", b"&a ", b"*a", b"=", b"<<"]
                    ),
                    st.sampled_from(
                        [
                            b"? ",
                            b"!!",
                            b"|",
                            b"#",
                            b"\t",
                            b"\\u",
                            b"---\n",
                            b"}\n",
                            b"\x85",
                            b"\xe6\xbd",
                            b"%",
                        ]
                    ),
                    st.binary(max_size=4),
                ),
                max_size=30,
            ).map(b"".join),
            st.sampled_from([b"\n---\n", b"\n+++\n", b"\n}\n", b""]),
        ).map(b"".join),
    )
)
@example(b"---\n? [a]\n: b\n---\n")
@example(b"---\n2022-07-31: x\n---\n")
@example(b"---\n%YAML 9.9\na: b\n---\n")
@example(b'---\n"\x85:')  # YAML begins a line where no editor does
def test_any_bytes_give_an_article(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.getbasetemp()
    article, problems = read(root, data, "any.md")
    for place in (*article.lines.values(), *(problem.line for problem in problems if problem.line)):
        assert 1 <= place <= data.count(b"\n") + 2
    text = body(root, data, "any.md")
    assert not any("\ud800" <= letter <= "\udfff" for letter in text)


# Encodings


@pytest.mark.parametrize("shift", range(3))
def test_one_stray_byte_leaves_a_long_text_utf_8(root: Path, shift: int) -> None:
    head = f"---\ntitle: {CHINESE}".encode()
    data = head + b"\xe6"[: shift + 1] + b"\n---\n" + CHINESE.encode()
    article, (problem,) = read(root, data)
    assert article.front_matter == {"title": CHINESE + "\ufffd"}
    assert (problem.kind, problem.line) == (ProblemKind.ENCODING, 2)
    assert 'byte "\\xe6" is no UTF-8' in str(problem)


def test_the_damaged_line_of_a_body_is_told(root: Path) -> None:
    write(root, "a.md", f"---\ntitle: A\n---\n{CHINESE}\n".encode() + b"\xff\n" + CHINESE.encode())
    found = read_body_text(root, "a.md")
    assert found is not None
    assert found.text.count("\ufffd") == 1
    assert [problem.line for problem in found.problems] == [5]


def test_gb18030_is_read(root: Path) -> None:
    data = f"---\ntitle: 潮水\n---\n# 码头\n{CHINESE}\n".encode("gb18030")
    article, (problem,) = read(root, data)
    assert article.front_matter == {"title": "潮水"}
    assert (problem.kind, problem.line) == (ProblemKind.ENCODING, 2)
    assert "text is GB18030, not UTF-8" in str(problem)
    assert CHINESE in body(root, data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_utf_16_with_a_mark_is_read(root: Path, encoding: str) -> None:
    data = f"\n---\ntitle: 潮水\n---\n{CHINESE}".encode(encoding)
    data = data if encoding == "utf-16" else "\ufeff".encode(encoding) + data
    article, (problem,) = read(root, data)
    assert article.front_matter == {"title": "潮水"}
    assert "text is UTF-16, not UTF-8" in str(problem)
    assert body(root, data) == CHINESE


def test_latin_1_is_guessed(root: Path) -> None:
    text = "Après la marée, le café du port était fermé à midi ; où sont passés les bateaux ? " * 5
    data = f"---\ntitle: Café à midi\n---\n{text}".encode("latin-1")
    article, (problem,) = read(root, data)
    assert article.front_matter == {"title": "Café à midi"}
    assert problem.kind is ProblemKind.ENCODING
    assert body(root, data) == text


# Headings


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# Low tide\n", "Low tide"),
        ("Text.\n\n## Low tide ##\n\n# Other\n", "Low tide"),
        ("# Learning C#\n", "Learning C#"),
        ("Low tide\n========\n", "Low tide"),
        ("One.\n\nTwo.\n\nLow tide\n---\n\nThree.\n\n---\n", "Low tide"),
        ("One.\n\nTwo.\n\n---\n\n# Low tide\n", "Low tide"),
        ("- item\n---\n\n# Low tide\n", "Low tide"),
        ("<h2 class='x'>Low <b>tide</b></h2>", "Low tide"),
        ("<div>\r\nLow tide\r\n===\r\n", "Low tide"),
        ("```\n# no\n```\n# Low tide\n", "Low tide"),
        ("  ~~~~sh\n# no\n~~~\n# no\n  ~~~~\n# Low tide\n", "Low tide"),
        ("```\n# no\n", None),
        ("<!-- # no\n# no -->\n# Low tide", "Low tide"),
        ("<pre>\n# no\n</pre><style>\n# no\n</style>\n<script>\n# no\n</script>\n# Low tide", "Low tide"),
        ("    # no\n", None),
        ("#no\n", None),
        ("Text.\n", None),
    ],
)
def test_without_a_title_the_first_heading_is_looked_for(root: Path, text: str, heading: str | None) -> None:
    assert read(root, text)[0].heading == heading
    assert read(root, f"---\ntitle:\ndate: x\n---\n{text}")[0].heading == heading


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# Note 1 {#n1}\n", "Note 1"),
        ("# Tide tables { #tide }\n", "Tide tables"),
        ("# Tide {: .wide }\n", "Tide"),
        ("# {{ x }} Title {% y %}\n", "Title"),
        ("# Tide[^1]\n", "Tide"),
        ("# Sets {1, 2} of `{{ x }}`\n", "Sets {1, 2} of {{ x }}"),
    ],
)
def test_what_is_no_word_of_a_heading_is_no_part_of_a_title(root: Path, text: str, heading: str) -> None:
    assert read(root, text)[0].heading == heading


def test_with_a_title_no_heading_is_looked_for(root: Path) -> None:
    assert read(root, "---\nTitle: A\n---\n# B\n")[0].heading is None


@pytest.mark.parametrize("shift", range(4))
def test_a_letter_cut_in_two_does_not_make_a_heading_foreign(root: Path, shift: int) -> None:
    text = "# Übersee\n" + ("x" * 99 + "\n") * (HEADING_BYTES // 100)
    filler = "x" * (HEAD_BYTES + HEADING_BYTES - len(text.encode()) - shift)
    assert read(root, text + filler + "é" * 4 + "x" * 99)[0].heading == "Übersee"


# Files


def test_a_file_that_vanished_is_no_article_and_no_problem(root: Path) -> None:
    assert read_article(root, "gone.md") == (None, ())
    assert read_body_text(root, "gone.md") is None


def test_a_file_that_cannot_be_read_is_a_problem(root: Path) -> None:
    (root / "a.md").mkdir()
    article, (problem,) = read_article(root, "a.md")
    assert article is None
    assert str(problem).startswith("a.md: file cannot be read: Is a directory. ")
    found = read_body_text(root, "a.md")
    assert found is not None
    assert (found.text, kinds(found.problems)) == ("", [ProblemKind.UNREADABLE])


def test_a_name_that_is_no_utf_8_is_read_and_shown(root: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n.md")
    article, (problem,) = read(root, "---\ntitle: a: b\n---\n", name)
    assert article.path == name
    assert str(problem).startswith("caf\\xe9\\x0a.md:2: ")


@pytest.mark.parametrize(
    ("name", "is_markdown"),
    [("a.md", True), ("a.MARKDOWN", True), ("a.mdx", True), ("a.html", False), ("a.htm", False)],
)
def test_the_name_says_whether_a_body_is_markdown(root: Path, name: str, is_markdown: bool) -> None:
    write(root, name)
    found = read_body_text(root, name)
    assert found is not None
    assert found.is_markdown is is_markdown


# Pictures


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"GIF89arest", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x20ftypavifrest", "image/avif"),
        (b"BMrest", "image/bmp"),
        (b'<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="x"><path/></svg>', "image/svg+xml"),
        (b"<svg><script>alert(1)</script></svg>", None),
        (b"<svg onload = 'alert(1)'/>", None),
        (b"<html><svg/></html>", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None),
    ],
)
def test_a_pictures_type_is_told_from_its_bytes(root: Path, data: bytes, media_type: str | None) -> None:
    (root / "a.png").write_bytes(data)
    picture = read_picture(root / "a.png")
    assert picture is not None
    assert (picture.data, picture.media_type, len(picture.digest)) == (data, media_type, 64)


def test_a_picture_that_is_not_there_is_none(root: Path) -> None:
    assert read_picture(root / "gone.png") is None


def test_what_few_archives_need_is_loaded_when_they_need_it() -> None:
    code = "import sys, feeds.read, feeds.normalise\nassert not {'charset_normalizer', 'dateutil'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


def test_a_list_that_nothing_closes_on_its_line_is_one(root: Path) -> None:
    article, _ = read(root, b"---\ntitle: [Ebb, flow\ntags: [ebb, flow\n---\nText\n")
    assert article is not None
    assert article.front_matter == {"title": "[Ebb, flow", "tags": ("ebb", "flow")}
