from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.render.text import (
    author_names,
    category_terms,
    filled,
    format_instant,
    format_rfc822,
    legal,
)
from tests.feed_samples import BARE, ENTRY, FEED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x08c\x0bd\x0ce\x1ff", "abcdef"),
        ("line\nline\ttab", "line\nline\ttab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud800x\udfff", "x"),
        ("\ufffex\uffff", "x"),
        ("a\x85b\x96\x7f", "a\nb"),
        ("图 🎉 \u200d\ufffd", "图 🎉 \u200d\ufffd"),
    ],
)
def test_characters_that_no_xml_may_carry_go_and_line_ends_stay(text: str, expected: str) -> None:
    assert legal(text) == expected


def test_every_text_inside_a_value_is_freed() -> None:
    feed = replace(FEED, entries=(replace(ENTRY, tags=("a\x00",), categories=(("b\x01", "c"),)),))
    entry = legal(feed).entries[0]
    assert (entry.tags, entry.categories) == (("a",), (("b", "c"),))


def test_a_clean_value_stays_equal() -> None:
    assert legal(FEED) == FEED


def test_a_text_of_which_nothing_is_left_becomes_a_dash() -> None:
    assert (filled(" \n"), filled(" a ")) == ("–", " a ")


def test_instants_are_whole_seconds_of_utc() -> None:
    instant = datetime(2022, 7, 31, 7, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=8)))
    assert format_instant(instant) == "2022-07-30T23:59:59Z"
    assert format_rfc822(instant) == "Sat, 30 Jul 2022 23:59:59 GMT"
    assert format_instant(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00Z"


@given(instant=st.datetimes(timezones=st.timezones()))
def test_instants_of_rss_are_what_pythons_mail_writes(instant: datetime) -> None:
    """Whose module takes longer to load than all of them to write."""
    assume(datetime(1, 1, 2, tzinfo=UTC) < instant < datetime(9999, 12, 30, tzinfo=UTC))
    assert format_rfc822(instant) == format_datetime(instant.astimezone(UTC), usegmt=True)


def test_an_entry_without_authors_is_its_publishers() -> None:
    assert author_names(ENTRY) == ("张三", "Wang & Co")
    assert author_names(replace(ENTRY, authors=(" ",))) == ("辰汐财经",)
    assert author_names(BARE) == ()


def test_a_category_is_its_whole_path_without_commas_or_repeats() -> None:
    assert category_terms(ENTRY) == {
        "金融/辰汐财经/國內": "國內",
        "专题/利率，汇率": "利率，汇率",
        "央行": "央行",
        "降息，降准": "降息，降准",
    }


def test_a_tag_that_names_a_category_is_not_repeated() -> None:
    entry = replace(ENTRY, categories=(("金融",), ()), tags=("金融", "", " "))
    assert category_terms(entry) == {"金融": "金融"}
