"""A configuration is written so that it can be read again, whatever it holds; what somebody wrote stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feeds.config import parse_config
from feeds.config.written import Line, amend_config, format_config, format_value

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
PLACE = Path("feeds.toml")


@given(title=TEXTS.filter(str.strip), reason=st.text(), globs=st.lists(st.text("abc*/ä文\\\"'", min_size=3)))
def test_any_text_is_written_as_it_is(title: str, reason: str, globs: list[str]) -> None:
    lines = [
        Line(name="title", value=title, comment=reason),
        Line(name="limit", value=30, comment=reason),
        Line(name="pages", value=False, comment=reason),
        Line(name="description", value=title, comment=reason, is_set=False),
        Line(name="placeholders", value=globs, comment=""),
        Line(name="moved", value={title: "elsewhere"}, comment=reason),
    ]
    text = format_config(lines, head="Head,\nin two lines")
    assert tomllib.loads(text) == {
        "title": title,
        "limit": 30,
        "pages": False,
        "placeholders": globs,
        "moved": {title: "elsewhere"},
    }
    assert text.startswith("# Head,\n# in two lines\n\n")


@given(st.text())
def test_a_text_that_no_file_can_hold_is_still_toml(text: str) -> None:
    assert tomllib.loads(f"a = {format_value(text)}") == {"a": text}
    assert tomllib.loads(f"a = {format_value(text + chr(0xD800))}")["a"].startswith(text)


def test_a_written_file_is_a_configuration() -> None:
    lines = [Line(name="title", value='Tom\'s "Notes" \\ 文', comment="why"), Line(name="year", value=2026, comment="")]
    config = parse_config(format_config(lines, head="Head"), PLACE)
    assert (config.title, config.year) == ('Tom\'s "Notes" \\ 文', 2026)


def test_lines_that_belong_together_stand_together_and_in_line() -> None:
    lines = [
        Line(name="paths", value={"atom": "atom.xml"}, comment="names"),
        Line(name="year", value=2026, comment="this year"),
        Line(name="title", value="Tide", comment="the heading"),
        Line(name="description", value="About", comment="not known", is_set=False),
        Line(name="authority", value="example.org", comment="the host"),
    ]
    assert format_config(lines, head="Head") == (
        "# Head\n\n"
        'title = "Tide"           # the heading\n'
        '# description = "About"  # not known\n\n'
        'authority = "example.org"  # the host\n'
        "year = 2026                # this year\n\n"
        "# names\n[paths]\n"
        'atom = "atom.xml"\n'
    )


def test_a_long_line_has_its_comment_above() -> None:
    value = "https://example.org/a/very/long/path/of/:year/:month/:day/:title/"
    text = format_config([Line(name="permalink", value=value, comment="of Hexo")], head="Head")
    assert f'# of Hexo\npermalink = "{value}"\n' in text


def test_what_somebody_wrote_stays_and_what_is_missing_comes_before_the_tables() -> None:
    before = '# mine\ntitle = "Mine" # so\nplaceholders = [\n  "a",\n]\n\n[moved]\n"a" = "b"\n'
    lines = [Line(name="language", value="de", comment="why"), Line(name="paths", value={"rss": "f.xml"}, comment="")]
    after = amend_config(before, lines)
    assert tomllib.loads(after) == {
        **tomllib.loads(before),
        "language": "de",
        "paths": {"rss": "f.xml"},
    }
    assert after.startswith('# mine\ntitle = "Mine" # so\nplaceholders = [\n  "a",\n]\n')
    assert after.index("language") < after.index("[moved]") < after.index("[paths]")


def test_a_value_that_looks_like_a_table_is_none() -> None:
    before = 'title = """\n[moved]\n"""\n'
    after = amend_config(before, [Line(name="language", value="de", comment="")])
    assert tomllib.loads(after) == {"title": "[moved]\n", "language": "de"}


def test_a_value_is_replaced_in_its_place_only_when_asked_for() -> None:
    before = 'authority = "a.example" # old\nyear = 2020\ntitle = "T"\n'
    lines = [Line(name="authority", value="b.example", comment="new"), Line(name="year", value=2026, comment="")]
    after = amend_config(before, lines, replaced=("authority", "year"))
    assert after == 'authority = "b.example"  # new\nyear = 2026\ntitle = "T"\n'


@given(st.lists(st.sampled_from(['title = "T"', "limit = 9", "[moved]", '"x" = "y"', "", "# c"]), unique=True))
def test_to_add_nothing_changes_nothing(rows: list[str]) -> None:
    text = "\n".join(rows)
    assert amend_config(text, []) == text


def test_a_comment_stays_with_the_table_below_it() -> None:
    text = '# mine\nlimit = 3\n\n# where feeds are\n# since 2019\n[paths]\nrss = "index.xml"\n'
    after = amend_config(text, [Line(name="title", value="T", comment="")])
    assert after == text.replace("# where", 'title = "T"\n\n# where')
    apart = '# mine\n\n[paths]\nrss = "index.xml"\n'
    assert amend_config(apart, [Line(name="title", value="T", comment="")]).startswith("# mine\n\ntitle")
