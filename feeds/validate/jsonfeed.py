"""JSON Feed 1.1 (jsonfeed.org/version/1.1): which keys its objects have, and what stands in them; pure.

The W3C validator does not read it; messages have the names that it has for the same faults of other formats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from feeds.validate.addresses import address
from feeds.validate.finding import Document, Fault, Mention, Source, ValueRule, shown
from feeds.validate.html import plain, read_markup, safe_html
from feeds.validate.jsonplaces import Path, lines_of, place_of, shown_path
from feeds.validate.values import language, media_type, not_blank, rfc3339_date

KIND = "json"
_VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
_Found: TypeAlias = "tuple[Path, Fault]"


class _Object(dict[str, object]):
    """An object, and the keys that stand in it twice."""

    twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """What stands under a key."""

    kind: type | tuple[type, ...] = str
    """Of the value."""
    rules: tuple[ValueRule, ...] = ()
    """Of a string."""
    keys: str | None = None
    """The table of the objects that stand in it, or in its array."""
    is_required: bool = False
    """Whether the specification demands it."""
    deprecated: str | None = None
    """What stands in its place since version 1.1."""


_ADDRESS = _Key(rules=(address(),))
_DATE = _Key(rules=(rfc3339_date,))
_PLAIN = _Key(rules=(plain(),))
_LANGUAGE = _Key(rules=(language,))
_NUMBER = _Key(kind=(int, float))
_AUTHOR = {
    "authors": _Key(kind=list, keys="author"),
    "author": _Key(kind=dict, keys="author", deprecated="authors"),
}
_TABLES: Mapping[str, Mapping[str, _Key]] = {
    "feed": {
        "version": _Key(is_required=True),
        "title": _Key(rules=(plain(), not_blank), is_required=True),
        "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS,
        "description": _PLAIN,
        "user_comment": _PLAIN,
        "next_url": _ADDRESS,
        "icon": _ADDRESS,
        "favicon": _ADDRESS,
        "language": _LANGUAGE,
        "expired": _Key(kind=bool),
        "hubs": _Key(kind=list, keys="hub"),
        "items": _Key(kind=list, keys="item", is_required=True),
        **_AUTHOR,
    },
    "item": {
        "id": _Key(rules=(not_blank,), is_required=True),
        "url": _ADDRESS,
        "external_url": _ADDRESS,
        "title": _PLAIN,
        "content_html": _Key(rules=(safe_html,)),
        "content_text": _Key(),
        "summary": _PLAIN,
        "image": _ADDRESS,
        "banner_image": _ADDRESS,
        "date_published": _DATE,
        "date_modified": _DATE,
        "tags": _Key(kind=list),
        "language": _LANGUAGE,
        "attachments": _Key(kind=list, keys="attachment"),
        **_AUTHOR,
    },
    "author": {"name": _PLAIN, "url": _ADDRESS, "avatar": _ADDRESS},
    "attachment": {
        "url": _Key(rules=(address(),), is_required=True),
        "mime_type": _Key(rules=(media_type("InvalidMIMEType"),), is_required=True),
        "title": _PLAIN,
        "size_in_bytes": _NUMBER,
        "duration_in_seconds": _NUMBER,
    },
    "hub": {"type": _Key(is_required=True), "url": _Key(rules=(address(),), is_required=True)},
}
_KINDS = {str: "a string", bool: "true or false", list: "an array", dict: "an object", (int, float): "a number"}


def read_json(data: bytes) -> tuple[str, object, Fault | None]:
    """Decode a document: its text, its value, and why it cannot be read."""
    text = data.decode("utf-8-sig", "replace")
    try:
        data.decode("utf-8")
        return text, json.loads(text, object_pairs_hook=_make, parse_constant=_refuse), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return text, None, Fault("UnicodeError", f"byte {data[error.start]:#04x} is no UTF-8", line, column)
    except json.JSONDecodeError as error:
        return text, None, Fault("JSONError", f"no JSON: {error.msg}", error.lineno, error.colno)
    except (ValueError, RecursionError) as error:
        return text, None, Fault("JSONError", f"no JSON: {error}", 1)


def _make(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return made


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number of JSON")


def look_at_json(data: bytes, now: datetime) -> Document:
    """Look at a document by itself."""
    try:
        return _look_at(data, now)
    except RecursionError:
        return Document(kind=KIND, faults=(Fault("JSONError", "nested too deep", 1),))


def _look_at(data: bytes, now: datetime) -> Document:
    text, feed, fault = read_json(data)
    if fault is not None:
        return Document(kind=KIND, faults=(fault,))
    faults = []
    for path, found in _check(feed, Source(kind=KIND, now=now)):
        line, column = place_of(text, path)
        faults.append(found._replace(line=line, column=column))
    if not isinstance(feed, _Object):
        return Document(kind=KIND, faults=tuple(faults))
    items = feed.get("items")
    pairs = zip(items, lines_of(text, "items"), strict=True) if isinstance(items, list) else ()
    own = feed.get("feed_url")
    return Document(
        kind=KIND,
        faults=tuple(faults),
        own=Mention(own, place_of(text, ("feed_url",))[0]) if isinstance(own, str) else None,
        links=(
            *_links(feed, ("home_page_url", "icon", "favicon"), 1),
            *(link for item, line in pairs if isinstance(item, _Object) for link in _item_links(item, line)),
        ),
    )


def _item_links(item: _Object, line: int) -> Iterator[Mention]:
    yield from _links(item, ("url", "image", "banner_image"), line)
    attachments = item.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        if isinstance(attachment, _Object):
            yield from _links(attachment, ("url",), line)
    content = item.get("content_html")
    if isinstance(content, str):
        yield from (Mention(link.address, line) for link in read_markup(content).links)


def _links(found: _Object, keys: tuple[str, ...], line: int) -> Iterator[Mention]:
    for key in keys:
        value = found.get(key)
        if isinstance(value, str):
            yield Mention(value, line)


def _check(feed: object, source: Source) -> Iterator[_Found]:
    if not isinstance(feed, _Object):
        yield (), Fault("InvalidType", "the document is no object")
        return
    yield from _check_object((), feed, "feed", source)
    version = feed.get("version")
    if isinstance(version, str) and version not in _VERSIONS:
        yield ("version",), Fault("InvalidJSONFeedVersion", f"version {shown(version)} is none that readers know")
    yield from _check_own_address(feed)
    items = feed.get("items")
    seen: set[str] = set()
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, _Object):
            yield from _check_item(("items", position), item)
            name = item.get("id")
            if isinstance(name, str) and name in seen:
                yield ("items", position, "id"), Fault("DuplicateEntries", f"id {shown(name)} stands twice")
            seen |= {name} if isinstance(name, str) else set()


def _check_own_address(feed: _Object) -> Iterator[_Found]:
    own = feed.get("feed_url")
    if own is None:
        yield (), Fault("MissingSelf", "the feed does not say where it is served: it has no feed_url")
    elif feed.get("next_url") == own:
        yield ("next_url",), Fault("LinkPastEnd", "the feed goes on at its own address")


def _check_item(path: Path, item: _Object) -> Iterator[_Found]:
    if "content_html" not in item and "content_text" not in item:
        yield path, Fault("MissingElement", "an item has neither content_html nor content_text")
    tags = item.get("tags")
    for position, tag in enumerate(tags if isinstance(tags, list) else ()):
        if not isinstance(tag, str):
            yield (*path, "tags", position), Fault("InvalidType", f"{shown(json.dumps(tag))} is no string")


def _check_object(path: Path, found: _Object, table: str, source: Source) -> Iterator[_Found]:
    keys = _TABLES[table]
    for name in found.twice:
        yield (*path, name), Fault("DuplicateElement", f'key "{name}" stands twice in one object')
    for name, key in keys.items():
        if key.is_required and name not in found:
            yield path, Fault("MissingElement", f'{shown_path(path) or "the feed"} has no "{name}"')
    if table == "author" and not found.keys() & keys.keys():
        yield path, Fault("MissingElement", f"{shown_path(path)} has none of name, url and avatar")
    for name, value in found.items():
        here = (*path, name)
        known = keys.get(name)
        if known is None:
            if not name.startswith("_"):
                yield here, Fault("UndefinedElement", f'{shown_path(here)} is no key of JSON Feed, nor begins with "_"')
            continue
        if known.deprecated:
            yield here, Fault("Deprecated", f'"{known.deprecated}" stands for "{name}" since version 1.1')
        yield from _check_value(here, value, known, source)


def _check_value(path: Path, value: object, key: _Key, source: Source) -> Iterator[_Found]:
    if not isinstance(value, key.kind) or (isinstance(value, bool) and key.kind is not bool):
        written = json.dumps(value, ensure_ascii=False)
        yield path, Fault("InvalidType", f"{shown_path(path)} is {shown(written)}, and not {_KINDS[key.kind]}")
    elif isinstance(value, str):
        for rule in key.rules:
            yield from ((path, fault) for fault in rule(value, source))
    elif isinstance(value, list) and key.keys:
        for position, part in enumerate(value):
            if isinstance(part, _Object):
                yield from _check_object((*path, position), part, key.keys, source)
            else:
                what = f"{shown_path((*path, position))} is no object"
                yield (*path, position), Fault("InvalidType", what)
    elif isinstance(value, _Object) and key.keys:
        yield from _check_object(path, value, key.keys, source)
    elif isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        yield path, Fault("InvalidNonNegativeInteger", f"{shown_path(path)} is {value}")
