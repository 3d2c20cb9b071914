"""JSON Feed, which the W3C validator does not read: each fault has a name in its style, and its line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.validate import kind_of, look_at, tell
from feeds.validate.jsonplaces import Path, lines_of, place_of
from tests.planted import CLEAN, Plant

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BASE = "https://news.example.org/"
TIDE = '   "id": "tag:news.example.org,2026:tide",\n'
FAULTS = {
    "no-version": ("MissingElement", ' "version": "https://jsonfeed.org/version/1.1",\n', "", "{"),
    "version": ("InvalidJSONFeedVersion", "version/1.1", "version/7"),
    "no-title": ("MissingElement", ' "title": "Harbour News",\n', "", "{"),
    "blank-title": ("NotBlank", '"title": "Harbour News"', '"title": ""'),
    "no-items": ("MissingElement", '"items": [', '"_items": [', "{"),
    "no-feed-url": ("MissingSelf", ' "feed_url": "https://news.example.org/feed.json",\n', "", "{"),
    "feed-url-elsewhere": ("SelfDoesntMatchLocation", "news.example.org/feed.json", "news.example.org/a/feed.json"),
    "next-is-self": (
        "LinkPastEnd",
        ' "language": "en",',
        ' "language": "en", "next_url": "https://news.example.org/feed.json",',
    ),
    "language": ("InvalidLanguage", '"language": "en"', '"language": "english"'),
    "relative": ("InvalidFullLink", '"url": "https://news.example.org/tide.html"', '"url": "/tide.html"'),
    "chinese": ("UriNotIri", "news.example.org/tide.html", "news.example.org/潮汐.html"),
    "space": ("InvalidUriChar", "news.example.org/tide.html", "news.example.org/tide table.html"),
    "no-id": ("MissingElement", TIDE, "", '{\n   "url": "https://news.example.org/tide.html"'),
    "id-a-number": ("InvalidType", '"id": "tag:news.example.org,2026:tide"', '"id": 7'),
    "id-twice": ("DuplicateEntries", "2026:tide", "2026:crane"),
    "no-content": ("MissingElement", '   "content_text": "Low water at noon.",\n', "", "{\n" + TIDE),
    "date": ("InvalidRFC3339Date", "2026-06-30T23:59:59Z", "2026-06-30"),
    "old-date": ("ImplausibleDate", "2026-06-30T23:59:59Z", "1970-01-01T00:00:00Z"),
    "script": ("SecurityRisk", "<p><img", "<script>go()</script><p><img"),
    "onerror": ("SecurityRiskAttr", "<img src", "<img onerror=go() src"),
    "relative-picture": ("ContainsRelRef", '\\"https://news.example.org/crane.jpg\\"', '\\"crane.jpg\\"'),
    "unclosed": ("NotHtml", "</p>", "<i></p>"),
    "html-in-summary": ("ContainsHTML", "has company.", "<b>has</b> company."),
    "undefined": ("UndefinedElement", '"_harbour"', '"harbour"'),
    "twice": ("DuplicateElement", TIDE, TIDE * 2, TIDE.strip()),
    "tags": ("InvalidType", '["cranes"]', '["cranes", 7]'),
    "authors": (
        "InvalidType",
        '"authors": [\n  {"name": "Ann Lee", "url": "https://news.example.org/ann"}\n ]',
        '"authors": "Ann Lee"',
    ),
    "nobody": ("MissingElement", '{"name": "Ann Lee", "url": "https://news.example.org/ann"}', "{}"),
    "author": ("Deprecated", '"tags": ["cranes"]', '"author": {"name": "Ann Lee"}'),
    "no-type": ("MissingElement", ', "mime_type": "image/jpeg"', ""),
    "type": ("InvalidMIMEType", "image/jpeg", "jpeg"),
    "size": ("InvalidNonNegativeInteger", "12345", "-1"),
    "size-a-string": ("InvalidType", "12345", '"12345"'),
    "flag": ("InvalidType", ' "language": "en",', ' "language": "en", "expired": "no",'),
    "comma": ("JSONError", '"language": "en",', '"language": "en",,'),
    "cut-short": ("JSONError", "}\n ]\n}\n", ""),
    "nan": ("JSONError", "12345", "NaN", "{"),
    "not-utf8": ("UnicodeError", "Low water", "Low \udcff water"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_on_its_line(name: str) -> None:
    expected, *change = FAULTS[name]
    plant = Plant("json", change[0], change[1])
    document = plant.document()
    found = list(tell({"feed.json": look_at(document, "json", NOW)}, ["feed.json"], BASE))
    assert {finding.name for finding in found} == {expected}
    if len(change) > 2:
        start = document.rindex(change[2].encode()) if name == "twice" else document.index(change[2].encode())
        assert document.count(b"\n", 0, start) + 1 in {finding.line for finding in found}
    elif name != "cut-short":
        assert {finding.line for finding in found} == {plant.line()}


def test_a_clean_feed_has_none() -> None:
    assert kind_of(CLEAN["json"]) == "json"
    assert list(tell({"feed.json": look_at(CLEAN["json"], "json", NOW)}, ["feed.json"], BASE)) == []


@pytest.mark.parametrize("text", ["[]", "7", '"feed"', "null"])
def test_what_is_no_object_is_no_feed(text: str) -> None:
    assert [fault.name for fault in look_at(text.encode(), "json", NOW).faults] == ["InvalidType"]


def test_nesting_without_end_is_no_json() -> None:
    assert [fault.name for fault in look_at(b"[" * 100_000, "json", NOW).faults] == ["JSONError"]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def paths_of(value: Any, path: Path = ()) -> list[Path]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, part in parts for inner in paths_of(part, (*path, key)))]


@given(VALUES, st.sampled_from([None, 0, 1, "\t"]), st.booleans(), st.data())
def test_the_place_of_any_value_is_where_it_stands(
    value: Any, indent: int | str | None, ensure_ascii: bool, data: st.DataObject
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ensure_ascii)
    path = data.draw(st.sampled_from(paths_of(value)))
    line, column = place_of(text, path)
    rest = "\n".join([text.split("\n")[line - 1][column - 1 :], *text.split("\n")[line:]])
    expected = value
    for step in path:
        expected = expected[step]
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(rest)
    if path and isinstance(path[-1], str):
        assert first == path[-1]
        first, _ = decoder.raw_decode(rest[end:].lstrip(" \t\r\n").removeprefix(":").lstrip(" \t\r\n"))
    assert first == expected


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 0, 1]))
def test_the_lines_of_items_are_those_of_their_places(items: list[Any], indent: int | None) -> None:
    text = json.dumps({"a": 1, "items": items, "b": []}, indent=indent)
    assert lines_of(text, "items") == [place_of(text, ("items", number))[0] for number in range(len(items))]
