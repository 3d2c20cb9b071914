"""Front matter that no parser takes, read line by line: what a person would see in it."""

from __future__ import annotations

import re

from feeds.model import Value

_KEY = re.compile(r"[\"']?([A-Za-z_\u0080-\U0010ffff][\w .-]*?)[\"']?[ \t]*[:=](?:[ \t]+|$|(?=[\"'\[]))(.*)")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*)|[ \t]*$)")
_FLOW = re.compile(r"\[(.*)\],?$")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?$")
_AFTER_CLOSING = re.compile(r"[\s,.;:!?，。；：！？、]|$")


def recover_lines(text: str) -> tuple[dict[str, Value], tuple[tuple[int, str], ...]]:
    """Read `key: value` lines and ` - item` lines.

    Values may hold anything: a colon, an at sign, quotes of both kinds, several pairs of quotes around them.

    Returns:
        The values by key, the last one where a key stands twice; and the lines that say nothing of this
        shape, each with its number from 0.
    """
    values: dict[str, Value] = {}
    lost: list[tuple[int, str]] = []
    key: str | None = None
    for number, line in enumerate(text.splitlines()):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item, field = _ITEM.match(line), _KEY.match(line)
        if field:
            key = field[1]
            values[key] = _value(field[2])
        elif key is not None and item:
            before = values[key]
            values[key] = (*(before if isinstance(before, tuple) else (before,) if before else ()), peel(item[1] or ""))
        elif key is not None and line[0] in " \t" and isinstance(values[key], str):
            values[key] = f"{values[key]} {line.strip()}".strip()
        else:
            lost.append((number, line.strip()))
    return values, tuple(lost)


def _value(rest: str) -> Value:
    rest = rest.strip()
    if _BLOCK_SCALAR.match(rest):
        return ""
    flow = _FLOW.match(rest)
    if flow:
        return tuple(peel(part) for part in flow[1].split(",") if part.strip())
    return peel(rest)


def peel(value: str) -> str:
    """Take off the quotes around a value, however many pairs: `'''"a"'''` becomes `a`, `"a" and "b"` stays."""
    value = value.strip()
    while len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner, quote = value[1:-1], value[0]
        first = inner.find(quote)
        if first > 0 and _AFTER_CLOSING.match(inner, first + 1):
            break  # the first quote inside closes what the opening one began: the two ends are no pair
        value = inner.strip()
    return value.replace('\\"', '"')
