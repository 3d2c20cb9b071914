"""The plainest front matter: between two lines `---` keys at the left, each with a scalar or a list below it.

Most front matter is no more than that. The pattern is narrower than YAML wherever YAML knows more (comments,
escapes, anchors, flow lists, several lines for one value), so that what it takes, every parser reads alike, and
there is nothing in it to mend or to report.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from feeds.model import Value

MOST_CHARACTERS = 10_000
"""Longer front matter is counted by a parser, lest there be too many values."""
_BARRED = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
"""Line breaks of every kind, tabs, and what no YAML, or no XML, may hold."""
_SCALAR = (
    rf"(?:'([^'{_BARRED}]*+)'"
    rf'|"([^"\\{_BARRED}]*+)"'
    rf"|(\w[^:#{_BARRED}]*+(?>(?::(?=\S)[^:#{_BARRED}]*+)*)))"  # a colon before a blank ends a key, # begins a comment
)
_FIELD = re.compile(rf"^([A-Za-z_][A-Za-z0-9_-]*+):(?: ++{_SCALAR} *+\n| *+\n((?>(?: ++- [^\n]*+\n)*)))", re.MULTILINE)
_ITEM = re.compile(rf"^( ++)- ++{_SCALAR} *+\n", re.MULTILINE)


class PlainHead(Struct, frozen=True, gc=False):
    """Front matter that is plain; the names are those of `Split`."""

    text: str
    """Without the fences."""
    values: dict[str, Value]
    first_line: int
    body_start: int


def read_plain_head(data: bytes) -> PlainHead | None:
    """Read the front matter at the start of a file's bytes; None when the file has to be split with care."""
    start = 4 if data.startswith(b"---\n") else 5 if data.startswith(b"\n---\n") else 0
    end = data.find(b"\n---\n", start) + 1
    if not start or not end:
        return None
    try:
        text = data[start:end].decode("utf-8")
    except UnicodeDecodeError:
        return None
    values = read_plain(text)
    return None if values is None else PlainHead(text, values, start - 2, end + 4)


def read_plain(text: str) -> dict[str, Value] | None:
    """Read lines of YAML if they are plain and no key stands twice; None when a parser has to."""
    fields: list[tuple[str, str, str, str, str]] = _FIELD.findall(text)
    values: dict[str, Value] = {}
    count = len(fields)
    for key, quoted, doubly_quoted, bare, lines in fields:
        if lines:
            items = _items(lines)
            if items is None:
                return None
            values[key] = items
            count += len(items)
        else:
            values[key] = quoted or doubly_quoted or bare.rstrip(" ")
    is_whole = count == text.count("\n") and text.endswith("\n")
    return values if is_whole and len(values) == len(fields) and len(text) < MOST_CHARACTERS else None


@lru_cache(maxsize=4096)
def _items(lines: str) -> tuple[str, ...] | None:
    """Read the lines of a list, which thousands of articles may share; None when a parser has to."""
    found = list(_ITEM.finditer(lines))
    if sum(len(item[0]) for item in found) != len(lines) or len({item[1] for item in found}) != 1:
        return None
    return tuple(item[2] or item[3] or (item[4] or "").rstrip(" ") for item in found)
