"""Reading YAML from events is the same as reading it by PyYAML's `BaseLoader`, down to the words of an error."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.read.frontmatter import parse_front_matter
from feeds.read.handlers import MOST_VALUES, YamlStrings
from feeds.read.lines import KeyLines
from feeds.read.plain import read_plain, read_plain_head
from feeds.read.split import split_front_matter
from feeds.text import strip_forbidden
from tests.articles import article_bytes

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def outcome(text: str) -> object:
    """Load as the handler does; python-frontmatter drops what is no mapping."""
    try:
        loaded = YamlStrings().load(text)
        return loaded if isinstance(loaded, dict) else None
    except (yaml.YAMLError, RecursionError) as error:
        return type(error), str(error)


def expected(text: str) -> object:
    try:
        loaded = yaml.load(text, Loader=LOADER)
        return frozen(loaded) if isinstance(loaded, dict) else None
    except (yaml.YAMLError, RecursionError) as error:
        return type(error), str(error)


def frozen(value: Any) -> object:
    if isinstance(value, str):
        return strip_forbidden(value)
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return {key: frozen(inner) for key, inner in value.items()} if isinstance(value, dict) else value


MARKS = [
    *("'", '"', "''", '"""', ":", ": ", " #", "#", "- ", "-", "? ", "?", "[", "]", "{", "}", ",", ", ", "|", ">-", "!"),
    *("!!int ", "&a ", "*a", "<<", "%", "@", "`", "\\", "\\n", "\\ud800", "~", "---", "...", "=", "\t", " ", "  "),
    *("\n", "\n\n", "\n  ", "\n - ", "\r\n", "\x85", "\u2028", "\ufeff"),
    *("title", "date", "a", "No", "007", "12:30", "http://x.example/?a=b&c", "潮水", "\U0001f30a"),
]
SCALARS = st.sampled_from(
    [
        *("A", "No", "12:30", "", "~", "'it''s'", '"a: b"', '"\\x00\\u6f6e"', "潮水 #1", "a#b", "'", '""""', "@x"),
        *("[a, 'b']", "{a: b}", "&x 1", "*x", "!!str 1", "|\n  x\n\n  y", ">-\n  x\n  y", "x\n  y", "- a", "a: b"),
        *("Invalid Date", "\t1"),
    ]
)
KEYS = st.sampled_from(["title", "date", "'a'", '"b"', "潮", "a b", "<<", "? a\n", "&k c", "*x", "- ", "", " d", "[e]"])
FIELDS = st.builds("{}: {}".format, KEYS, SCALARS) | st.lists(SCALARS, max_size=3).map(
    lambda items: "list:" + "".join(f"\n - {item}" for item in items)
)
VALUES = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=9,
)
TEXTS = (
    st.lists(st.sampled_from(MARKS), max_size=14).map("".join)
    | st.lists(FIELDS, max_size=6).map("\n".join)
    | st.builds(
        yaml.safe_dump, VALUES, default_flow_style=st.sampled_from([None, True, False]), allow_unicode=st.booleans()
    )
)


@given(TEXTS)
@example(article_bytes().decode())
@example("a: &x 1\nb: *x")
@example("a: &x 1\nb: &x 2")
@example("a: 1\na: 2")
@example("a: 1\n---\nb: 2")
@example("a: 1\n--- \n")
@example("a: [1, [2, {b: [3]}]]")
@example("[a, b]: c")
@example("a: \t- b")
@example("text")
@example("")
@example("%YAML 1.1\n---\na: 1")
@example('a: "\\ud800"')
def test_events_say_what_the_base_loader_says(text: str) -> None:
    assert outcome(text) == expected(text)


@pytest.mark.parametrize("levels", [1, 6, 7, 8, 9, 10, 100])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_any_depth_is_read_alike(levels: int, opening: str, closing: str) -> None:
    text = f"a: {opening * levels}x{closing * levels}"
    assert outcome(text) == expected(text)


@pytest.mark.parametrize("unit", ["a, ", "? x, ", "{}, ", "[], "])
def test_without_aliases_too_there_are_not_too_many_values(unit: str) -> None:
    assert outcome(f"a: [{unit * 1000}]") == expected(f"a: [{unit * 1000}]")
    with pytest.raises(ValueError, match="more than"):
        YamlStrings().load(f"a: [{unit * MOST_VALUES}]")


WORDS = st.text(
    st.sampled_from("ab0_ :#'\"-,[]{}&*!|>%@`?~\\\t\r\n\x00\x7f\x85\xa0\u2028\u3000\ufeff\ufffe潮\ud800\U0001fffe")
    | st.characters(),
    max_size=6,
)
SPACES = st.sampled_from(["", "", " ", "  ", "\t"])
ROWS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(
            ["title:", "date :", "a-b:", "a:", " - ", " - ", "  - ", "- ", "-", "'q':", "潮:", "", "#", "---"]
        ),
        SPACES,
        st.builds("{0}{1}{0}".format, st.sampled_from(["", "", "'", '"']), WORDS),
        SPACES,
    ),
)


PLAIN = st.lists(ROWS, max_size=5).map("\n".join) | st.just(article_bytes().decode().split("---\n")[1])


@given(PLAIN)
@example("title: A\n  B")
@example("a: b: c")
@example("a:\n - b\n  - c")
@example("a: x\n - b")
@example("a: 'it''s'")
@example("a: b \nc: 'd' \n")
@example("a: x\u3000\nb: \xa0y")
@example("a:\n - \n")
@example("a: b:\xa0c")
@example("a:\nb: \n - ''\n")
def test_what_is_plain_is_read_without_a_parser_and_alike(text: str) -> None:
    plain = read_plain(text + "\n")
    assert plain is None or plain == expected(text + "\n")


@given(
    PLAIN, st.sampled_from(["---\n", "\n---\n", "--- \n", "", "\n\n---\n", "+++\n"]), st.sampled_from(["", "A.\n---\n"])
)
@example("a: 1\n...\nb: 2", "---\n", "")
@example("a: 1\n---\nb: 2", "---\n", "")
@example("a: 1\n\nb\n\nc", "---\n", "")
def test_plain_front_matter_stands_where_splitting_with_care_finds_it(text: str, opening: str, body: str) -> None:
    data = f"{opening}{text}\n---\n{body}".encode("utf-8", "surrogatepass")
    plain = read_plain_head(data)
    if plain is not None:
        split = split_front_matter(data)
        values, lines, problems = parse_front_matter("a.md", split, split.head.decode())
        assert (plain.text.encode(), plain.first_line, plain.body_start) == (
            split.head,
            split.first_line,
            split.body_start,
        )
        assert (plain.values, dict(KeyLines(plain.text, plain.first_line)), ()) == (values, dict(lines), problems)
        assert split.is_closed


def test_a_key_that_stands_twice_is_not_plain() -> None:
    assert read_plain("a: 1\nb: 2\na: 3\n") is None


def test_more_values_than_any_article_has_are_not_plain() -> None:
    assert read_plain("a:\n" + " - b\n" * 9_990) is None


def test_articles_of_the_founding_archive_are_plain() -> None:
    assert read_plain_head(article_bytes()) is not None
