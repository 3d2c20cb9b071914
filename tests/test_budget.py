"""How many bytes a feed may have: older entries never say more than newer ones, and no more is taken than is needed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.budget import Size, fit, weigh
from feeds.model import Entry
from feeds.render import FORMATS, Format
from tests.feed_samples import FEED, FOLDER
from tests.test_render_laws import entries

SIZES = st.lists(st.builds(Size, whole=st.integers(1, 200), short=st.integers(1, 100)), max_size=6)


def total(sizes: list[Size], whole: int, stay: int) -> int:
    return sum(size.whole for size in sizes[:whole]) + sum(min(size.whole, size.short) for size in sizes[whole:stay])


@pytest.mark.parametrize(
    ("room", "whole", "stay"),
    [(300, 3, 3), (299, 2, 3), (170, 1, 3), (159, 0, 3), (90, 0, 3), (89, 0, 2), (59, 0, 1), (0, 0, 1)],
)
def test_the_oldest_shrinks_before_any_drops_out_and_the_newest_stays(room: int, whole: int, stay: int) -> None:
    assert fit([Size(whole=100, short=30)] * 3, room) == (whole, stay)


def test_nothing_fits_anywhere() -> None:
    assert fit([], 10) == fit([], -10) == (0, 0)


@given(SIZES, st.integers(-10, 900))
def test_as_much_is_shown_as_there_is_room_for(sizes: list[Size], room: int) -> None:
    whole, stay = fit(sizes, room)
    assert 0 <= whole <= stay <= len(sizes)
    assert stay == len(sizes) or whole == 0
    assert total(sizes, whole, stay) <= room or stay == min(len(sizes), 1)
    if whole < len(sizes) == stay:
        assert total(sizes, whole + 1, stay) > room
    if stay < len(sizes):
        assert total(sizes, 0, stay + 1) > room


@given(entries)
def test_no_entry_takes_more_than_it_weighs(entry: Entry) -> None:
    for format_ in FORMATS:
        head, filled = (
            len(format_.render(replace(FEED, author="", entries=shown), FOLDER)) for shown in ((), (entry,))
        )
        assert filled - head <= weigh(entry)


@pytest.mark.long
@given(st.lists(entries, min_size=1, max_size=3))
def test_a_file_is_as_long_as_its_pieces_and_what_it_says_of_the_feed(shown: list[Entry]) -> None:
    for format_ in FORMATS:
        measured: list[int] = []

        def piece(*arguments: object, row: Format = format_, measured: list[int] = measured) -> object:
            assert row.piece is not None
            written = row.piece(*arguments)
            measured.append(row.measure(written))
            return written

        render: Any = format_.render
        whole = len(render(replace(FEED, entries=tuple(shown)), FOLDER, piece=piece)) - sum(measured)
        assert len(render(replace(FEED, entries=tuple(shown[:1])), FOLDER)) - measured[0] == whole
