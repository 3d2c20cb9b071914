"""An entry is written once for all feeds that hold it: the feeds are what they would be if it were not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from feeds.model import Entry, Feed
from feeds.render import FORMATS, Format
from feeds.render.rss import render_item, render_rss
from feeds.text import strip_forbidden
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, FOLDER
from tests.test_render_laws import each_format, entries, feeds, texts

shared = st.lists(entries, min_size=1, max_size=3)


@pytest.mark.long
@given(data=st.data(), shared=shared)
def test_feeds_that_share_entries_are_each_as_if_it_were_alone(data: st.DataObject, shared: list[Entry]) -> None:
    chosen = st.lists(st.sampled_from(shared), max_size=4).map(tuple)
    drawn = data.draw(st.lists(st.builds(replace, feeds, entries=chosen), min_size=2, max_size=4))
    for format_ in FORMATS:
        render = format_.for_many()
        assert [render(feed, FOLDER) for feed in drawn] == [format_.render(feed, FOLDER) for feed in drawn]


@given(feed=feeds, self_url=texts)
def test_what_was_put_together_is_one_tree_written_at_once(feed: Feed, self_url: str) -> None:
    """Indented throughout, and no prefix declared but at the top."""
    for format_ in FORMATS[:2]:
        document = format_.render(feed, self_url)
        root = etree.fromstring(document, etree.XMLParser(remove_blank_text=True))
        at_once = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        plain = document.replace(b"&#x3C;", b"&lt;").replace(b"&#x26;", b"&amp;")
        assert re.sub(rb"></[\w:]+>", b"/>", plain) == at_once


@each_format
def test_an_entry_is_written_once_for_each_language_and_author(format_: Format) -> None:
    written: list[Entry] = []

    def piece(entry: Entry, *rest: str | None) -> object:
        written.append(entry)
        assert format_.piece is not None
        return format_.piece(entry, *rest)

    render = replace(format_, piece=piece).for_many()
    for feed in (FEED, EMPTY, replace(FEED, entries=(BARE, ENTRY))):
        assert render(replace(feed, language=None), FOLDER) == format_.render(replace(feed, language=None), FOLDER)
    assert written == list(FEED.entries)


def test_a_piece_says_nothing_of_the_feed_around_it() -> None:
    piece = render_item(ENTRY, FEED.language)
    assert piece in render_rss(FEED, FOLDER)
    assert piece.startswith(b"    <item>\n      <title>")
    assert piece.endswith(b"</pubDate>\n    </item>\n")


@pytest.mark.parametrize("sign", range(0x110000 // 0x4000))
def test_what_python_calls_printable_has_nothing_that_is_forbidden(sign: int) -> None:
    """Of which `legal` makes use."""
    printable = "".join(filter(str.isprintable, map(chr, range(sign * 0x4000, (sign + 1) * 0x4000))))
    assert strip_forbidden(printable) == printable
    assert not {"\r", "\n", "\x85"} & set(printable)
