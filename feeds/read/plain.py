"""The plainest YAML, read by one pattern: keys at the left, each with a scalar on its line or a list below it.

Most front matter is no more than that. The pattern is narrower than YAML wherever YAML knows more (comments,
escapes, anchors, flow lists, several lines for one value), so that what it takes, every parser reads alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feeds.model import Value

_BARRED = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
"""Line breaks of every kind, tabs, and what no YAML may hold."""
_SCALAR = (
    rf"(?:'([^'{_BARRED}]*)'"
    rf'|"([^"\\{_BARRED}]*)"'
    rf"|(\w[^:#{_BARRED}]*(?::(?=\S)[^:#{_BARRED}]*)*))"  # a colon before a blank would end a key, a # begin a comment
)
_FIELD = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]{{0,99}}):(?: +{_SCALAR} *\n| *\n((?: +- [^\n]*\n)*))")
_ITEM = re.compile(rf"( +)- +{_SCALAR} *\n")
_PLAIN, _LIST = 4, 5
"""Groups of a field: a scalar without quotes, the lines of a list."""


def read_plain(text: str) -> dict[str, Value] | None:
    """Read a document if it is plain; None when a parser has to."""
    text = text.strip("\n") + "\n"
    values: dict[str, Value] = {}
    end = 0
    for field in _FIELD.finditer(text):
        if field.start() != end:
            return None
        end, group = field.end(), field.lastindex or 0
        found = field[group]
        if group < _PLAIN or not found:
            values[field[1]] = found
        elif group == _PLAIN:
            values[field[1]] = found.rstrip(" ")
        else:
            items = _items(found)
            if items is None:
                return None
            values[field[1]] = items
    return values if end == len(text) else None


@lru_cache(maxsize=4096)
def _items(lines: str) -> tuple[str, ...] | None:
    """Read the lines of a list, which thousands of articles may share; None when a parser has to."""
    found = list(_ITEM.finditer(lines))
    if sum(len(item[0]) for item in found) != len(lines) or len({item[1] for item in found}) != 1:
        return None
    return tuple(item[2] or item[3] or (item[4] or "").rstrip(" ") for item in found)
