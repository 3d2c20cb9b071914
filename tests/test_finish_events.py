from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish import events as events_module
from feeds.finish.events import COMMENT, END, Event, Mark, parse_markup, select
from feeds.finish.lazy import find_neighbours, picture_in
from feeds.text import strip_forbidden
from tests.test_finish_blocks import SNIPPETS

MORE_SNIPPETS = (
    "<picture>", "<source srcset=a>", "</picture>", "<td class='a b'>", "<tr>", "<sup>", "<br/>", "<P>", "<a b=1 b=2>",
    "<x:y z:w=1>", "<é>", "<![endif]>", "<!doctype x>", "<frameset>", "<head>", "<body class=q>", "<plaintext>",
    "</br>", "<input>", "<option>", "<textarea>", "&#0;", "&#x80;", "&bad;", "&lt", " ", "\t\n ", "\f", "\xa0",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from((*SNIPPETS, *MORE_SNIPPETS)) | st.text(max_size=5), max_size=30)
PARSEABLE = MARKUP.map("".join).map(strip_forbidden)


def told(events: Iterable[Event]) -> list[object]:
    """Write events as a document does: comments gone, texts in one piece, runs of blanks alike."""
    found: list[object] = []
    for event in events:
        if isinstance(event, str) and found and isinstance(found[-1], str):
            found[-1] += event
        elif event is not COMMENT:
            found.append((event[0], dict(event[1])) if isinstance(event, tuple) else event)
    return [re.sub(r"[ \n\t\f\r]+", " ", one) if isinstance(one, str) else one for one in found]


def in_soup(soup: BeautifulSoup) -> Iterator[Event]:
    """Yield what a tree of Beautiful Soup holds as events."""
    ahead: list[PageElement | Mark] = soup.contents[::-1]  # type: ignore[assignment]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Tag):
            yield node.name, dict(node.attrs)  # type: ignore[arg-type]
            ahead += [END, *reversed(node.contents)]
        elif isinstance(node, Mark):
            yield node
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield str(node)


@given(PARSEABLE)
def test_nothing_is_lost_or_added_that_another_reader_finds(markup: str) -> None:
    soup = BeautifulSoup("<html><body>" + markup, "lxml", multi_valued_attributes=None)
    events = told(parse_markup(markup))
    assert events == told(in_soup(soup))[: len(events)]
    assert set(told(in_soup(soup))[len(events) :]) <= {END}


@given(PARSEABLE)
def test_nothing_ends_that_has_not_started(markup: str) -> None:
    depth = 0
    events = parse_markup(markup)
    for event in events:
        depth += isinstance(event, tuple)
        depth -= event is END
        assert depth >= 0
    assert events[-1] is COMMENT


@given(PARSEABLE, PARSEABLE)
def test_what_was_read_before_leaves_no_trace(markup: str, other: str) -> None:
    events = parse_markup(markup)
    parse_markup(other)
    assert parse_markup(markup) == events


def test_threads_do_not_hear_each_other() -> None:
    markups = [f"<p id={number}>{number}</p>" * 200 for number in range(64)]
    with ThreadPoolExecutor(8) as executor:
        assert list(executor.map(parse_markup, markups)) == [parse_markup(markup) for markup in markups]


def test_an_error_in_the_middle_leaves_the_next_document_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(listener: object, text: str) -> None:
        raise KeyboardInterrupt

    expected = parse_markup("<p>A</p>")
    monkeypatch.setattr(events_module._parsers, "idle", None)
    with monkeypatch.context() as patch:
        patch.setattr(events_module._Listener, "comment", stop)
        with pytest.raises(KeyboardInterrupt):
            parse_markup("<p>B<!-- C --></p>")
    assert parse_markup("<p>A</p>") == expected


@given(PARSEABLE, st.sampled_from(["p", "div, .a", "[href]", "td:first-child", "body *"]))
def test_the_elements_that_a_selector_means_are_the_same_in_both_readings(markup: str, selector: str) -> None:
    events = parse_markup(markup)
    soup = BeautifulSoup("<html><body>" + markup, "lxml", multi_valued_attributes=None)
    meant = [(tag.name, dict(tag.attrs)) for tag in soup.select(selector)]
    places = sorted(select(markup, events, [selector]))
    assert [
        (event[0], dict(event[1])) for event in map(events.__getitem__, places) if isinstance(event, tuple)
    ] == meant


@pytest.mark.parametrize(
    ("markup", "beside"),
    [
        ("<p></p><img><b></b>", ["p", "b"]),
        ("<p></p> \n<img> <b></b>", ["p", "b"]),
        ("<p></p>x<img>x<b></b>", []),
        ("<div><img></div><b></b>", []),
        ("<p><i></i></p><picture><source><img></picture><b></b>", ["p", "b"]),
        ("<p></p><picture><picture>x<img></picture></picture>", ["p"]),
    ],
)
def test_neighbours_are_the_elements_beside_blanks_aside(markup: str, beside: list[str]) -> None:
    events = parse_markup(markup)
    place = next(place for place, event in enumerate(events) if isinstance(event, tuple) and event[0] == "img")
    assert [events[other][0] for other in find_neighbours(events)[place]] == beside  # type: ignore[index]


def test_the_picture_in_an_element_is_none_behind_it() -> None:
    events = parse_markup("<p><b>x</b></p><img src=a>")
    start = next(place for place, event in enumerate(events) if isinstance(event, tuple) and event[0] == "p")
    assert picture_in(events, start) is None
    inside = parse_markup("<p><b><img src=a></b></p>")
    assert picture_in(inside, start) == {"src": "a"}
