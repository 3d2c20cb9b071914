"""The lines of a memory: one an exception; one that cannot be read costs that one alone, and is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from feeds.errors import Problem, ProblemKind, WriteError, format_place
from feeds.model import CategoryPath, Memory, Move, Remembered, RememberedFeed

VERSION = 1
"""Of the lines' shape; a file of a later one is refused, since it is not ours to lose."""

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def format_memory(memory: Memory) -> bytes:
    """Write a memory as lines: the header, then one line an exception, sorted."""
    rows = sorted(_dump(row) for row in _rows(memory))
    header = {"feeds-memory": VERSION, "since": _text_of(memory.since)}
    return "".join(f"{line}\n" for line in (_dump(header), *rows)).encode()


def parse_memory(data: bytes, path: Path) -> tuple[Memory, tuple[Problem, ...]]:
    """Read the lines of a memory.

    Returns:
        What they say, and a problem for each that says nothing. Lines may come in any order, as a merge of two
        versions leaves them; of two about one thing the last counts.

    Raises:
        WriteError: The file is of a later version.
    """
    since: datetime | None = None
    articles: dict[str, Remembered] = {}
    moves: dict[str, Move] = {}
    feeds: dict[CategoryPath, RememberedFeed] = {}
    problems: list[Problem] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "feeds-memory" in row:
                _check_version(row["feeds-memory"], path)
                since = _instant_of(row.get("since"))
            elif "path" in row:
                articles[_text(row["path"])] = _remembered(row)
            elif "moved" in row:
                moves[_text(row["moved"])] = Move(origin=_text(row["from"]), replaces=_optional(row.get("replaces")))
            else:
                feeds[tuple(map(_text, row["category"]))] = RememberedFeed(
                    folder=_text(row["folder"]), updated=_instant_of(row.get("updated"))
                )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            problems.append(_unread(path, number, line, error))
    return Memory(since=since, articles=articles, moves=moves, feeds=feeds), tuple(problems)


def _check_version(version: object, path: Path) -> None:
    if not isinstance(version, int) or version < 1:
        raise ValueError("no version")
    if version > VERSION:
        raise WriteError(
            f"the memory is of version {version}, later than {VERSION}",
            path=str(path),
            hint="Build with the version of feeds that wrote it, or a later one.",
        )


def _unread(path: Path, number: int, line: bytes, error: Exception) -> Problem:
    shown = format_place(line[:60].decode("utf-8", "replace"), None)
    return Problem(
        kind=ProblemKind.MEMORY,
        path="",
        what=f'{path.name}:{number}: line "{shown}" not understood',
        cause=str(error),
        cure="Restore the file from a copy; what the line remembered is taken from the last build where it is known.",
    )


def _rows(memory: Memory) -> Iterator[dict[str, Any]]:
    for path, one in memory.articles.items():
        row = {
            "path": path,
            "id": one.id,
            "announced": _text_of(one.announced),
            "first": _text_of(one.first),
            "seen": _text_of(one.seen),
            "twin": one.twin,
        }
        stated = {key: value for key, value in row.items() if value is not None}
        yield stated | ({"seen": None} if one.is_older else {})
    for path, move in memory.moves.items():
        yield {"moved": path, "from": move.origin} | ({"replaces": move.replaces} if move.replaces else {})
    for category, feed in memory.feeds.items():
        updated = {"updated": _text_of(feed.updated)} if feed.updated else {}
        yield {"category": list(category), "folder": feed.folder} | updated


def _dump(row: dict[str, Any]) -> str:
    text = json.dumps(row, ensure_ascii=False)
    return text if _is_clean(text) else json.dumps(row)


def _is_clean(text: str) -> bool:
    """Tell whether a line can be written as it is: names that are no UTF-8 hold lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _remembered(row: dict[str, Any]) -> Remembered:
    return Remembered(
        id=_optional(row.get("id")),
        announced=_instant_of(row.get("announced")),
        first=_instant_of(row.get("first")),
        seen=_instant_of(row.get("seen")),
        twin=_optional(row.get("twin")),
        is_older="seen" in row and row["seen"] is None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _text_of(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant.astimezone(UTC):{_INSTANT}}"


def _instant_of(value: object) -> datetime | None:
    if value is None:
        return None
    text = _text(value)
    with suppress(ValueError):  # as we write it; the other way takes several times as long, and long to load
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is UTC and f"{instant:{_INSTANT}}" == text:
            return instant
    return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
