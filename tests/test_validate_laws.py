"""What holds of every file, whatever its bytes: it is looked at, and each fault has a name, a cure and a line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.model import Entry, Picture
from feeds.render import FORMATS, Format
from feeds.validate import Level, look_at, tell
from feeds.validate.addresses import normal_form
from feeds.validate.html import read_markup
from feeds.validate.messages import MESSAGES
from tests.feed_samples import FEED, FOLDER
from tests.planted import CLEAN

NOW = datetime(2026, 12, 1, tzinfo=UTC)
KINDS = ("rss", "atom", "opml", "json", "xml")
PARTS = [
    "<",
    ">",
    "&",
    '"',
    "</item>",
    "<item>",
    "]]>",
    "\x00",
    "\x80",
    "\ud800",
    "{",
    "}",
    "[",
    ",",
    ":",
    "\\",
    "%",
    "//",
]


def check(document: bytes, kind: str) -> None:
    found = look_at(document, kind, NOW)
    lines = document.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for fault in found.faults:
        assert fault.name in MESSAGES
        assert fault.line is not None
        assert 1 <= fault.line <= lines or b"\x00" in document  # of UTF-16, too
        assert fault.what
        assert not fault.what.endswith(".")
    list(tell({"a/b.xml": found}, ["a/b.xml"], "https://news.example.org/"))


@given(st.binary(), st.sampled_from(KINDS))
def test_any_bytes_are_looked_at(document: bytes, kind: str) -> None:
    check(document, kind)


@given(st.sampled_from(sorted(CLEAN)), st.integers(0), st.integers(0, 60), st.text() | st.sampled_from(PARTS))
def test_any_damage_is_looked_at(kind: str, start: int, length: int, instead: str) -> None:
    clean = CLEAN[kind]
    start %= len(clean)
    check(clean[:start] + instead.encode("utf-8", "surrogatepass") + clean[start + length :], kind)


@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_any_value_is_looked_at(kind: str, data: st.DataObject) -> None:
    quote = b'"' if kind == "json" else data.draw(st.sampled_from([b'"', b">"]))
    pieces = CLEAN[kind].split(quote)
    place = data.draw(st.integers(1, len(pieces) - 2))
    text = data.draw(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='<>&"\\')))
    end = b"<" + pieces[place].partition(b"<")[2] if quote == b">" else b""
    pieces[place] = text.encode() + end
    check(quote.join(pieces), kind)


@given(st.text())
def test_any_text_is_looked_at_as_html(text: str) -> None:
    assert all(fault.name in MESSAGES for fault in read_markup(text).faults)


@given(st.text())
def test_the_normal_form_of_any_address_is_its_own(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


addresses = st.from_regex(r"https://[a-z]{1,9}\.example\.org/[a-z0-9%2F/._~-]{0,20}", fullmatch=True)
pictures = st.builds(
    Picture,
    address=addresses,
    media_type=st.none() | st.sampled_from(["image/png", "image/svg+xml"]),
    length=st.none() | st.integers(0, 2**40),
)
instants = st.datetimes(timezones=st.just(UTC)).map(
    lambda instant: instant.replace(year=1990 + instant.year % 36, day=min(instant.day, 28))
)
entries = st.builds(
    replace,
    st.just(FEED.entries[0]),
    title=st.text(),
    permalink=st.none() | addresses,
    published=instants,
    updated=instants,
    publisher=st.text(),
    authors=st.lists(st.text(), max_size=2).map(tuple),
    categories=st.lists(st.lists(st.text(), max_size=2).map(tuple), max_size=2).map(tuple),
    tags=st.lists(st.text(), max_size=2).map(tuple),
    summary=st.text(),
    picture=st.none() | pictures,
)


@pytest.mark.long
@given(
    st.lists(entries, max_size=3, unique_by=lambda entry: entry.updated),
    st.text(),
    st.text(),
    st.sampled_from(["zh-CN", "en", None]),
)
@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
def test_what_is_rendered_of_any_texts_has_no_error(
    format_: Format, entries: list[Entry], title: str, description: str, language: str | None
) -> None:
    told = tuple(replace(entry, id=f"{entry.id}{number}") for number, entry in enumerate(entries))
    feed = replace(FEED, entries=told, title=title, description=description, author=title, language=language)
    found = look_at(format_.render(feed, FOLDER + format_.file), format_.name, NOW)
    errors = [one for one in tell({format_.file: found}, [format_.file], FOLDER) if one.level is Level.ERROR]
    assert errors == []
