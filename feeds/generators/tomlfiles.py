"""TOML and JSON of a generator's configuration."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.errors import ConfigError, not_toml
from feeds.generators.source import Source, read_text

_HEADER = re.compile(r"^\s*\[+\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def read_toml(path: Path, *, is_blind_to_case: bool = False) -> Source:
    """Read a file of TOML.

    Raises:
        ConfigError: It cannot be read, or is no TOML.
    """
    text = read_text(path)
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        hint = "The generator cannot read it either: correct the line."
        raise not_toml(error, text, path=str(path), hint=hint) from error
    source = Source(path, is_blind_to_case=is_blind_to_case)
    source.values = _lowered(values) if is_blind_to_case else values
    for keys, line in _lines(text):
        source.lines.setdefault(tuple(key.lower() for key in keys) if is_blind_to_case else keys, (path.name, line))
    return source


def read_json(path: Path, *, is_blind_to_case: bool = False) -> Source:
    """Read a file of JSON.

    Raises:
        ConfigError: It cannot be read, or is no object in JSON.
    """
    text = read_text(path)
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(
            f"not JSON: {error.msg}",
            path=str(path),
            line=error.lineno,
            hint="The generator cannot read it either: correct the line.",
        ) from error
    except RecursionError as error:
        raise ConfigError("not JSON: nested too deep", path=str(path), hint="Unfold its lists.") from error
    if not isinstance(values, dict):
        raise ConfigError("no settings", path=str(path), line=1, hint='An object is needed: { "title": "News" }')
    source = Source(path, is_blind_to_case=is_blind_to_case)
    source.values = _lowered(values) if is_blind_to_case else values
    for number, line in enumerate(text.split("\n"), 1):
        for key in re.findall(r'"([^"\\]+)"\s*:', line):
            source.lines.setdefault((key.lower() if is_blind_to_case else key,), (path.name, number))
    return source


def _lowered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.lower(): _lowered(inner) for key, inner in value.items()}
    return [_lowered(item) for item in value] if isinstance(value, list) else value


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the keys that a text sets, and where; those in texts of many lines too, behind which nobody looks."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_parts(key[1])), number


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(name))
