"""Where a value stands in a text in JSON: found by reading along, so that it is right whatever the layout; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"
"""The keys and positions that lead to a value, from the outermost one."""
_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


def place_of(text: str, path: Path) -> tuple[int, int]:
    """Answer line and column, counted from 1, of a value; of its key where it has one.

    Where a key stands twice in an object, the last one counts, as it does for all who read JSON.

    Args:
        text: Well-formed.
        path: Of a value, or of one that is not there: then the place of what should hold it.
    """
    position = start = _skip(text, 0)
    for step in path:
        found = _find_item(text, position, step) if isinstance(step, int) else _find_key(text, position, step)
        if found is None:
            break
        start, position = found
    line = text.count("\n", 0, start) + 1
    return line, start - text.rfind("\n", 0, start)


def lines_of(text: str, key: str) -> list[int]:
    """List the lines on which the items of an array begin that stands under a key of the outermost object."""
    found = _find_key(text, _skip(text, 0), key)
    if found is None or text[found[1]] != "[":
        return []
    position = _skip(text, found[1] + 1)
    line, counted, lines = 1, 0, []
    while text[position] != "]":
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        position = _skip(text, _end_of(text, position))
        if text[position] == ",":
            position = _skip(text, position + 1)
    return lines


def _skip(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


def _end_of(text: str, position: int) -> int:
    """Answer where the value ends that begins at a position."""
    return _DECODER.raw_decode(text, position)[1]


def _find_key(text: str, position: int, wanted: str) -> tuple[int, int] | None:
    """Answer where a key of an object stands, and its value; None where it is not there."""
    if text[position] != "{":
        return None
    found = None
    position = _skip(text, position + 1)
    while text[position] == '"':
        key_at = position
        key, position = scanstring(text, position + 1, False)
        position = _skip(text, _skip(text, position) + 1)
        if key == wanted:
            found = key_at, position
        position = _skip(text, _end_of(text, position))
        if text[position] != ",":
            break
        position = _skip(text, position + 1)
    return found


def _find_item(text: str, position: int, wanted: int) -> tuple[int, int] | None:
    """Answer where an item of an array stands, twice; None where it is not there."""
    if text[position] != "[":
        return None
    position = _skip(text, position + 1)
    for _ in range(wanted):
        position = _skip(text, _end_of(text, position))
        if text[position] != ",":
            return None
        position = _skip(text, position + 1)
    return None if text[position] == "]" else (position, position)


def shown_path(path: Sequence[str | int]) -> str:
    """Write a path as people do: `items[3].url`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
