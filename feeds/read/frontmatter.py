"""Front matter to strings: python-frontmatter with handlers that type nothing, and recovery line by line.

YAML 1.1 would make 750 of `12:30` and False of `No` (YAML 1.1 section 10.3); an archive means what it writes,
so every scalar stays a string.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from feeds.errors import Problem, ProblemKind
from feeds.model import Value
from feeds.read.recover import recover_lines
from feeds.text import has_forbidden, strip_forbidden

_FAST_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEP = 1000
"""From so many marks that open a level on, libyaml, which overruns its stack, makes way for the slow loader."""
MOST_VALUES = 10_000
"""More values than this in one front matter are an attack by aliases, not an article."""

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(-{3,}|\+{3,}|\{)[ \t]*(?=\r?\n)")
_CLOSING = {
    b"-": re.compile(rb"^(?:-{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)", re.MULTILINE),
    b"+": re.compile(rb"^\+{3,}[ \t]*\r?(?:\n|\Z)", re.MULTILINE),
    b"{": re.compile(rb"^\}[ \t]*\r?(?:\n|\Z)", re.MULTILINE),
}
_KEY_LINE = re.compile(rb"^(?:[\"']?[\w.\x80-\xff-]+[\"']?[ \t]*[:=](?=[ \t\"'\[{]|\r?$)|\{(?![{%]))", re.MULTILINE)
_MORE_OF_FIELD = re.compile(rb"[ \t]*(?:-[ \t]|\#|[\]}])|\[+[\w.-]+\]+[ \t]*\r?$|[ \t]+\S", re.MULTILINE)
_SHORT_FENCE = re.compile(rb"[-+]{2}[ \t]*\r?(?:\n|\Z)")
_BLANK_LINE = re.compile(rb"^[ \t]*\r?\n", re.MULTILINE)
_TOP_KEY = re.compile(r"^[\"']?([^\s\"'#:=\-\[{][^\n:=]*)[:=](?=\s|$|[\"'\[])", re.MULTILINE)
_TOML_TABLE = re.compile(r"^\[", re.MULTILINE)
_PLACE = re.compile(r" \(at (?:line (\d+)|end of document).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Where the front matter of a file stands, in bytes."""

    head: bytes
    """The front matter without its fences; b"" when there is none."""
    dialect: str
    """"yaml", "toml", "json", or "" for none."""
    first_line: int
    """Line of the file at which `head` begins, from 1."""
    body_start: int
    """Offset of the first byte after the front matter."""
    is_closed: bool
    """False when a fence opens and the bytes at hand do not show where it closes."""


class _Strings(YAMLHandler):
    """YAML with its failsafe schema (YAML 1.2 section 10.1)."""

    def split(self, text: str) -> tuple[str, str]:
        return text[3:-3], ""  # the fences are known: nothing between them is one

    def load(self, fm: str, **_: object) -> Any:
        levels = sum(map(fm.count, ("[", "{", "- ", "? ", "-\n", "?\n", "-\t", "?\t")))
        return yaml.load(fm, Loader=yaml.BaseLoader if levels >= _DEEP else _FAST_LOADER)


class _TomlStrings(BaseHandler):
    """TOML by the standard library; python-frontmatter's own handler wants another package."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def split(self, text: str) -> tuple[str, str]:
        return text[3:-3], ""

    def load(self, fm: str) -> dict[str, Any]:
        return tomllib.loads(fm, parse_float=str)


class _JsonStrings(JSONHandler):
    def split(self, text: str) -> tuple[str, str]:
        return text, ""

    def load(self, fm: str, **_: object) -> Any:
        return json.loads(fm, parse_int=str, parse_float=str, parse_constant=str)


_HANDLERS = {"yaml": _Strings(), "toml": _TomlStrings(), "json": _JsonStrings()}
_FENCES = {"yaml": ("---", "---"), "toml": ("+++", "+++"), "json": ("{", "}")}
_DIALECTS = {b"-": "yaml", b"+": "toml", b"{": "json"}


def split_front_matter(data: bytes) -> Split:
    """Find the front matter at the start of a file's bytes.

    Blank lines and a byte order mark before the opening fence are fine, and so are fences of different
    length. Where no fence closes, the front matter ends before the first line that is no field; and without
    a single field between them, two fences are two rules of a body.
    """
    opening = _OPENING.match(data)
    if opening is None:
        return _no_front_matter(data, is_closed=True)
    mark = opening[1][:1]
    start = data.index(b"\n", opening.end()) + 1
    closing = _CLOSING[mark].search(data, start)
    end, body_start = (closing.start(), closing.end()) if closing else (_end_of_fields(data, start, len(data)),) * 2
    if mark == b"-":
        if data[start:end].strip() and not _KEY_LINE.search(data, start, end):
            return _no_front_matter(data, is_closed=closing is not None)
        prose = _start_of_prose(data, start, end)
        if prose is not None:
            end = body_start = prose
    if end == body_start and (short := _SHORT_FENCE.match(data, body_start)):
        body_start = short.end()
    return Split(
        head=data[start:end],
        dialect=_DIALECTS[mark],
        first_line=data.count(b"\n", 0, start) + 1,
        body_start=body_start,
        is_closed=closing is not None,
    )


def _no_front_matter(data: bytes, *, is_closed: bool) -> Split:
    body_start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    return Split(head=b"", dialect="", first_line=1, body_start=body_start, is_closed=is_closed)


def _end_of_fields(data: bytes, start: int, end: int) -> int:
    while start < end:
        line_end = data.find(b"\n", start, end) + 1 or end
        if not (_KEY_LINE.match(data, start, line_end) or _MORE_OF_FIELD.match(data, start, line_end)):
            return start
        start = line_end
    return start


def _start_of_prose(data: bytes, start: int, end: int) -> int | None:
    """Tell where a body begins before a fence that seems to close: the fence is a rule or an underline of it.

    Paragraphs after the last key make a body; a stray line does not, nor the rest of a value in quotes.
    """
    for match in _KEY_LINE.finditer(data, start, end):
        start = match.start()
    prose = _end_of_fields(data, start, end)
    rest = data[prose:end].rstrip()
    return prose if _BLANK_LINE.search(rest) and not rest.endswith((b'"', b"'")) else None


def parse_front_matter(
    path: str, split: Split, text: str
) -> tuple[Mapping[str, Value], Mapping[str, int], tuple[Problem, ...]]:
    """Turn front matter into strings, lists and mappings of strings.

    Args:
        path: Of the file, for problems.
        split: Where the front matter stands.
        text: `split.head`, decoded.

    Returns:
        The values by key as written, the line of each key, and what was mended or lost.
    """
    if not split.dialect:
        return {}, {}, ()
    problems = []
    if has_forbidden(text):
        problems.append(_control_problem(path, split, text))
        text = strip_forbidden(text)
    keys = _top_keys(text, split)
    lines = dict(keys)
    problems += _repeats(path, keys)
    opening, closing = _FENCES[split.dialect]
    try:
        loaded, _ = frontmatter.parse(f"{opening}\n{text}\n{closing}\n", handler=_HANDLERS[split.dialect])
        return _strings(loaded), lines, tuple(problems)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        values, lost = recover_lines(text)
        problems.append(
            Problem(
                kind=ProblemKind.FRONT_MATTER,
                path=path,
                line=_line_of_error(error, split.first_line),
                what=f"front matter is no {split.dialect.upper()}",
                cause=_cause_of(error),
                cure="It was read line by line; put the value in quotes, doubling the quotes inside it.",
            )
        )
        problems += (_lost_line(path, split.first_line + number, line) for number, line in lost)
        return values, lines, tuple(problems)


def _strings(loaded: Mapping[Any, Any]) -> dict[str, Value]:
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


def _top_keys(text: str, split: Split) -> list[tuple[str, int]]:
    """List the top-level keys, as often as they stand, each with its line."""
    keys: list[tuple[str, int]] = []
    table = _TOML_TABLE.search(text) if split.dialect == "toml" else None
    line, position = split.first_line, 0
    for match in _TOP_KEY.finditer(text, 0, table.start() if table else len(text)):
        line += text.count("\n", position, match.start())
        position = match.start()
        keys.append((match[1].rstrip(" \t\"'"), line))
    return keys


def _repeats(path: str, keys: Sequence[tuple[str, int]]) -> list[Problem]:
    counts, lines = Counter(key for key, _ in keys), dict(keys)
    return [
        Problem(
            kind=ProblemKind.DUPLICATE_KEY,
            path=path,
            line=lines[key],
            what=f'key "{key}" stands {count} times',
            cause="a key has one value",
            cure="The last one counts; take the others out.",
        )
        for key, count in counts.items()
        if count > 1
    ]


def _control_problem(path: str, split: Split, text: str) -> Problem:
    number = next(number for number, line in enumerate(text.split("\n")) if has_forbidden(line))
    return Problem(
        kind=ProblemKind.CONTROL,
        path=path,
        line=split.first_line + number,
        what="front matter holds a character that no feed may hold",
        cause="a control character or half a surrogate pair",
        cure="It was taken out; remove it from the file.",
    )


def _lost_line(path: str, line: int, text: str) -> Problem:
    return Problem(
        kind=ProblemKind.LOST_LINE,
        path=path,
        line=line,
        what=f'line "{text[:60]}" not understood',
        cause="neither `key: value` nor an item of a list",
        cure="Correct it; until then what it says is missing.",
    )


def _line_of_error(error: Exception, first_line: int) -> int:
    mark, place = getattr(error, "problem_mark", None), _PLACE.search(str(error))
    number = mark.line + 1 if mark is not None else int(place[1] or 0) if place else getattr(error, "lineno", 0)
    return first_line + max(0, number - 2)  # the fence is a line of its own


def _cause_of(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    cause = getattr(error, "problem", None) or getattr(error, "msg", None) or str(error)
    return _PLACE.sub("", str(cause).splitlines()[0])
