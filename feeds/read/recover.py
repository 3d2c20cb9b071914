"""Front matter that no parser takes, read line by line: what a person would see in it."""

from __future__ import annotations

import re

from feeds.model import Value

_KEY = re.compile(r"[\"']?([A-Za-z_\u0080-\U0010ffff][\w .\t\"'-]*)[:=](?:[ \t]+|$|(?=[\"'\[]))(.*)")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*)|[ \t]*$)")
_OPEN_LIST = re.compile(r"\[[^\[\],]*,[^\[\]]*$")
_FLOW = re.compile(r"\[(.*)\],?$")
_TABLE = re.compile(r"\[+[ \t]*([\w.\"'-]+)[ \t]*\]+[ \t]*(?:\#.*)?$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?$")
_MOST_PAIRS = 100
"""Of quotes around one value."""
_AFTER_CLOSING = re.compile(r"[\s,.;:!?，。；：！？、]|$")


def recover_lines(text: str, dialect: str = "yaml") -> tuple[dict[str, Value], tuple[tuple[int, str], ...]]:
    """Read `key: value` lines and ` - item` lines; of TOML its tables too, and of JSON objects on lines of their own.

    Values may hold anything: a colon, an at sign, quotes of both kinds, several pairs of quotes around them.

    Returns:
        The values by key, the last one where a key stands twice; and the lines that say nothing of this
        shape, each with its number from 0.
    """
    reading = _Reading(dialect)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if line.strip() and not line.lstrip().startswith("#"):
            reading.take(number, line)
    return reading.values(), tuple(reading.lost)


class _Reading:
    """What has been read of lines so far."""

    def __init__(self, dialect: str) -> None:
        self.lost: list[tuple[int, str]] = []
        self._dialect = dialect
        self._parts: dict[tuple[str, ...], list[str]] = {}
        self._lists: set[tuple[str, ...]] = set()
        self._table: tuple[str, ...] = ()
        self._key: tuple[str, ...] | None = None
        self._is_open = False

    def take(self, number: int, line: str) -> None:
        """Take in one line that says something."""
        if self._is_open:
            self._take_items(line.strip())
            return
        if self._dialect == "json":
            line = line.strip()
            if line in ("{", "}", "},"):
                self._table = () if line != "{" else self._table
                return
        elif self._dialect == "toml" and (table := _TABLE.match(line)):
            self._table = (table[1].strip("\"'"),)
            return
        item, field = _ITEM.match(line), _KEY.match(line)
        if field:
            self._take_field(field[1].rstrip(" \t\"'"), field[2].strip())
        elif self._key is not None and item:
            self._lists.add(self._key)
            self._parts[self._key].append(peel(item[1] or ""))
        elif self._key is not None and line[0] in " \t" and self._key not in self._lists:
            self._parts[self._key].append(line.strip())
        else:
            self.lost.append((number, line.strip()))

    def _take_field(self, key: str, rest: str) -> None:
        if self._dialect == "json":
            rest = rest.removesuffix(",").rstrip()
            if rest == "{":
                self._table = (key,)
                return
        self._key = (*self._table, key)
        flow = _FLOW.match(rest)
        self._parts[self._key] = (
            _items(flow[1]) if flow else [peel(rest)] if rest and not _BLOCK_SCALAR.match(rest) else []
        )
        if not flow and self._dialect == "yaml" and _OPEN_LIST.match(rest) and key.casefold() != "title":
            flow = _OPEN_LIST.match(rest)
            self._parts[self._key] = _items(rest[1:])
        (self._lists.add if flow else self._lists.discard)(self._key)
        if not flow and rest.startswith("[") and (self._dialect != "yaml" or rest == "["):
            self._is_open = True
            self._lists.add(self._key)
            self._parts[self._key] = _items(rest[1:])

    def _take_items(self, line: str) -> None:
        """Take in a line of a list in brackets that goes over several."""
        self._is_open = not line.rstrip(",").endswith("]")
        assert self._key is not None, "a list is somebody's value"
        self._parts[self._key] += _items(line.rstrip(",").removesuffix("]"))

    def values(self) -> dict[str, Value]:
        """Answer what was read, by key; of tables by the table's."""
        values: dict[str, Value] = {}
        tables: dict[str, dict[str, Value]] = {}
        for key, found in self._parts.items():
            value: Value = tuple(found) if key in self._lists else " ".join(found)
            if len(key) == 1:
                values[key[0]] = value
            else:
                tables.setdefault(key[0], {})[key[1]] = value
        return {**values, **tables}


def _items(flow: str) -> list[str]:
    return [peel(item) for item in flow.split(",") if item.strip()]


def peel(value: str) -> str:
    """Take off the quotes around a value, however many pairs: `'''"a"'''` becomes `a`, `"a" and "b"` stays.

    Within a single pair the escapes of YAML hold: `'it''s'` becomes `it's`.
    """
    value = value.strip()
    for pairs in range(_MOST_PAIRS):
        if len(value) < 2 or value[0] != value[-1] or value[0] not in "\"'":
            break
        inner, quote = value[1:-1], value[0]
        first = inner.find(quote)
        if first > 0 and _AFTER_CLOSING.match(inner, first + 1):
            break  # the first quote inside closes what the opening one began: the two ends are no pair
        value = inner.strip()
        if pairs == 0 and quote == "'":
            value = value.replace("''", "'")
    return value.replace('\\"', '"')
