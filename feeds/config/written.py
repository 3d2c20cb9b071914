"""A configuration as a file: each setting on a line of its own, and why it is so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from feeds.errors import line_of_key

_GROUPS = (
    ("archive", "output", "include", "exclude"),
    ("title", "description", "author", "language"),
    ("base_url", "site_url", "generator", "permalink", "static", "pictures_base", "image_proxy"),
    ("authority", "year"),
    ("zone", "categories", "feeds", "languages", "membership", "undated"),
    ("limit", "keep_hours", "limit_max", "flood_limit", "content", "summary_width", "formats", "opml", "placeholders"),
    ("pages", "article_pages", "templates", "labels"),
)
"""Settings that stand together, in the order of the file; what is none of them comes before the tables."""
_WIDEST = 58
"""Columns of a line up to which its comment stands behind it, in line with those of its group."""
_LONGEST = 118
_HEADER = re.compile(r"^\s*\[", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_CONTROLS = re.compile(r'["\\\x00-\x1f\x7f]')
_UNWRITABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One setting of a file, or one table."""

    name: str
    value: object
    """A text, a number, a flag, a list of texts, or of a table the mapping that it is."""
    comment: str
    """Why, in a few words."""
    is_set: bool = True
    """It holds; False for a line that is there to be thought about."""


def format_config(lines: Sequence[Line], *, head: str) -> str:
    """Write a whole file; the order of the lines does not matter.

    Args:
        lines: No setting twice.
        head: The first lines, without `#`.
    """
    parts = ["".join(f"# {line}".rstrip() + "\n" for line in head.split("\n"))]
    for group in group_lines(lines):
        if isinstance(group[0].value, Mapping):
            parts += map(_table, group)
        else:
            parts.append("\n".join(_aligned(group)) + "\n")
    return "\n".join(parts)


def group_lines(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield settings in the order of a file, those together that stand together; tables come last."""
    by_name = {line.name: line for line in lines if not isinstance(line.value, Mapping)}
    grouped = {name for group in _GROUPS for name in group}
    for group in (*_GROUPS, tuple(name for name in by_name if name not in grouped)):
        if found := tuple(by_name[name] for name in group if name in by_name):
            yield found
    if tables := tuple(line for line in lines if isinstance(line.value, Mapping)):
        yield tables


def amend_config(text: str, lines: Sequence[Line], *, replaced: Iterable[str] = ()) -> str:
    """Add settings to a file that is there; all else in it stays as it is.

    Args:
        text: Of the file, valid.
        lines: Settings that it lacks, or that are to be other than there.
        replaced: Names of those that are to be other.
    """
    by_name = {line.name: line for line in lines}
    for name in replaced:
        number = line_of_key(name, text)
        if name in by_name and number is not None:
            rows = text.split("\n")
            rows[number - 1 : number] = _aligned([by_name.pop(name)])
            text = "\n".join(rows)
    single = [line for line in by_name.values() if not isinstance(line.value, Mapping)]
    tables = [line for line in by_name.values() if isinstance(line.value, Mapping)]
    header = _first_header(text)
    before, after = (text, "") if header is None else (text[:header], text[header:])
    if single:
        kept = before.rstrip("\n")
        before = f"{kept}\n\n" if kept else ""
        before += "\n\n".join("\n".join(_aligned(group)) for group in group_lines(single))
        before += "\n\n" if after else "\n"
    whole = before + after
    for table in tables:
        whole = f"{whole.rstrip(chr(10))}\n\n{_table(table)}" if whole else _table(table)
    return whole


def _first_header(text: str) -> int | None:
    """Find where the first table begins: with the comments right above its name, which are no part of a value."""
    import tomllib

    for match in _HEADER.finditer(text):
        try:
            tomllib.loads(text[: match.start()])
        except tomllib.TOMLDecodeError:
            continue
        begin = line = text.rfind("\n", 0, match.end()) + 1
        while begin and text[text.rfind("\n", 0, begin - 1) + 1 : begin].lstrip().startswith("#"):
            begin = text.rfind("\n", 0, begin - 1) + 1
        return begin if begin < line and '"""' not in text[begin:line] else match.start()
    return None


def _aligned(lines: Sequence[Line]) -> list[str]:
    written = [(line, f"{'' if line.is_set else '# '}{line.name} = {format_value(line.value)}") for line in lines]
    widths = [wcswidth(text) for _, text in written]
    column = max((width for width in widths if 0 <= width <= _WIDEST), default=0)
    rows = []
    for (line, text), width in zip(written, widths, strict=True):
        comment = _on_one_line(line.comment)
        if not comment:
            rows.append(text)
        elif 0 <= width <= column and column + 4 + wcswidth(comment) <= _LONGEST:
            rows.append(f"{text}{' ' * (column - width)}  # {comment}")
        else:
            rows += [f"# {comment}", text]
    return rows


def _table(line: Line) -> str:
    assert isinstance(line.value, Mapping)
    mark = "" if line.is_set else "# "
    rows = [f"# {_on_one_line(line.comment)}"] if line.comment else []
    rows += [
        f"{mark}[{line.name}]",
        *(f"{mark}{_key(key)} = {format_value(value)}" for key, value in line.value.items()),
    ]
    return "\n".join(rows) + "\n"


def format_value(value: object) -> str:
    """Write a value as TOML; what no file can hold becomes `\ufffd`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(format_value, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {format_value(inner)}" for key, inner in value.items()) + "}"
    return f'"{"".join(_escaped(str(value)))}"'


def _escaped(text: str) -> Iterator[str]:
    place = 0
    text = _UNWRITABLE.sub("\ufffd", text)
    for match in _CONTROLS.finditer(text):
        yield text[place : match.start()]
        yield _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}")
        place = match.end()
    yield text[place:]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else format_value(name)


def _on_one_line(comment: str) -> str:
    return " ".join(_UNWRITABLE.sub("\ufffd", re.sub(r"[\x00-\x1f\x7f]", " ", comment)).split())
