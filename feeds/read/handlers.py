"""python-frontmatter's handlers, made to type nothing: what they load is strings, tuples and mappings of them.

YAML 1.1 would make 750 of `12:30` and False of `No` (YAML 1.1 section 10.3); an archive means what it writes,
so every scalar stays a string. YAML calls that its failsafe schema (YAML 1.2 section 10.1), and PyYAML's
`BaseLoader` reads it by way of a tree of nodes. A mapping of scalars and lists can be told from libyaml's events
alone, in less than half the time; all else goes the long way.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from feeds.model import Value
from feeds.text import strip_forbidden

MOST_VALUES = 10_000
"""More values than this in one front matter are an attack by aliases, not an article."""
_SHALLOW = 8
"""Levels of lists and mappings in each other that are read from events."""
_DEEP = 1000
"""From so many marks that open a level on, libyaml, which overruns its stack, makes way for the slow loader."""
# Strings and comments are passed over; behind =, [ or , a bare word that begins with a digit is a number or a date.
_TOML_BARE = re.compile(
    r'"""(?s:(?:[^\\]|\\.)*?)"""|\'\'\'(?s:.*?)\'\'\'|"(?>(?:[^"\\\n]|\\.)*)"|\'[^\'\n]*+\'|\#[^\n]*'
    r"|(?P<before>[=\[,]\s*+)(?P<bare>[+-]?\d[\w.:+-]*+(?:[ ]\d\d:[\w.:+-]++)?)(?=\s*(?:[,\]}#]|\r?\n|\Z))"
)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlStrings(YAMLHandler):
    """YAML with its failsafe schema."""

    def split(self, text: str) -> tuple[str, str]:
        """Answer with all that stands between the fences: they are known, and nothing between them is one."""
        return text[3:-3], ""

    def load(self, fm: str, **_: object) -> Any:
        """Read one document; a mapping, if it is front matter."""
        is_short = len(fm) < MOST_VALUES  # without aliases, no value is shorter than a character
        try:
            values = _document(_LOADER(fm).get_event)
            return values if is_short and "\\" not in fm else _strings(values)
        except _UnusualError:
            levels = sum(map(fm.count, ("[", "{", "- ", "? ", "-\n", "?\n", "-\t", "?\t")))
            return _strings(yaml.load(fm, Loader=yaml.BaseLoader if levels >= _DEEP else _LOADER))


class TomlStrings(BaseHandler):
    """TOML by the standard library; python-frontmatter's own handler wants another package."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def split(self, text: str) -> tuple[str, str]:
        """Answer with all that stands between the fences."""
        return text[3:-3], ""

    def load(self, fm: str) -> Any:
        """Read one document; what begins with a digit stays as written: dates, times, numbers of any base."""
        return _strings(tomllib.loads(_TOML_BARE.sub(_quote, fm), parse_float=str))


class JsonStrings(JSONHandler):
    """JSON whose numbers stay as written."""

    def split(self, text: str) -> tuple[str, str]:
        """Answer with the whole, braces and all."""
        return text, ""

    def load(self, fm: str, **_: object) -> Any:
        """Read one object."""
        return _strings(json.loads(fm, parse_int=str, parse_float=str, parse_constant=str))


def _quote(match: re.Match[str]) -> str:
    return f'{match["before"]}"{match["bare"]}"' if match["bare"] else match[0]


class _UnusualError(Exception):
    """Anchors and aliases, keys that are no scalars, several documents, deep nesting, or no mapping at all."""


def _document(next_event: Callable[[], Any]) -> dict[str, Value]:
    next_event()  # the stream begins
    next_event()  # the document begins
    root = next_event()
    if type(root) is not MappingStartEvent or root.anchor is not None:
        raise _UnusualError
    values = _mapping(next_event, _SHALLOW)
    next_event()  # the document ends
    if type(next_event()) is not StreamEndEvent:
        raise _UnusualError
    return values


def _mapping(next_event: Callable[[], Any], levels: int) -> dict[str, Value]:
    values = {}
    while type(key := next_event()) is ScalarEvent and key.anchor is None:
        values[key.value] = _value(next_event(), next_event, levels)
    if type(key) is not MappingEndEvent:
        raise _UnusualError
    return values


def _value(event: Any, next_event: Callable[[], Any], levels: int) -> Value:
    kind = type(event)
    if kind is AliasEvent or event.anchor is not None or levels == 0:
        raise _UnusualError
    if kind is ScalarEvent:
        return str(event.value)
    if kind is MappingStartEvent:
        return _mapping(next_event, levels - 1)
    items = []
    while type(event := next_event()) is not SequenceEndEvent:
        items.append(_value(event, next_event, levels - 1))
    return tuple(items)


def _strings(loaded: Any) -> Any:
    """Make values of what a parser gave; what is no mapping stays, since python-frontmatter drops it."""
    if not isinstance(loaded, Mapping):
        return loaded
    budget = [MOST_VALUES]

    def convert(value: Any) -> Value:
        budget[0] -= 1
        if budget[0] < 0:
            raise ValueError(f"more than {MOST_VALUES} values")
        if isinstance(value, str):
            return strip_forbidden(value)  # an escape such as "\ud800" writes what the text itself does not hold
        if isinstance(value, Mapping):
            return {str(key): convert(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return tuple(convert(inner) for inner in value)
        if value is None:
            return ""
        return str(value).lower() if isinstance(value, bool) else str(value)

    return {str(key): convert(value) for key, value in loaded.items()}
