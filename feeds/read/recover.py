"""Front matter that no parser takes, read line by line: what a person would see in it."""

from __future__ import annotations

import re

from feeds.model import Value

_KEY = re.compile(r"[\"']?([A-Za-z_\u0080-\U0010ffff][\w .\t\"'-]*)[:=](?:[ \t]+|$|(?=[\"'\[]))(.*)")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*)|[ \t]*$)")
_FLOW = re.compile(r"\[(.*)\],?$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?$")
_MOST_PAIRS = 100
"""Of quotes around one value."""
_AFTER_CLOSING = re.compile(r"[\s,.;:!?，。；：！？、]|$")


def recover_lines(text: str) -> tuple[dict[str, Value], tuple[tuple[int, str], ...]]:
    """Read `key: value` lines and ` - item` lines.

    Values may hold anything: a colon, an at sign, quotes of both kinds, several pairs of quotes around them.

    Returns:
        The values by key, the last one where a key stands twice; and the lines that say nothing of this
        shape, each with its number from 0.
    """
    parts: dict[str, list[str]] = {}
    lists: set[str] = set()
    lost: list[tuple[int, str]] = []
    key: str | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, field = _ITEM.match(line), _KEY.match(line)
        if field:
            key, rest = field[1].rstrip(" \t\"'"), field[2].strip()
            flow = _FLOW.match(rest)
            parts[key] = _items(flow[1]) if flow else [peel(rest)] if rest and not _BLOCK_SCALAR.match(rest) else []
            (lists.add if flow else lists.discard)(key)
        elif key is not None and item:
            lists.add(key)
            parts[key].append(peel(item[1] or ""))
        elif key is not None and line[0] in " \t" and key not in lists:
            parts[key].append(line.strip())
        else:
            lost.append((number, line.strip()))
    return {key: tuple(found) if key in lists else " ".join(found) for key, found in parts.items()}, tuple(lost)


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
