"""Front matter to strings: python-frontmatter with handlers that type nothing, and recovery line by line.

What no fence encloses is read as fields.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping
from typing import Any

import frontmatter
import yaml

from feeds.errors import Problem, ProblemKind
from feeds.model import Value
from feeds.read.fields import read_fields, value_of
from feeds.read.handlers import JsonStrings, TomlStrings, YamlStrings
from feeds.read.htmlhead import read_head
from feeds.read.lines import KeyLines
from feeds.read.recover import recover_lines
from feeds.read.split import Split
from feeds.text import has_forbidden, strip_forbidden

_TOML_TABLE = re.compile(r"^\[", re.MULTILINE)
_BRACES = re.compile(r"(\s*)\{(.*)\}(\s*)\Z", re.DOTALL)
_PLACE = re.compile(r" \(at (?:line (\d+)|end of document).*")

_HANDLERS = {"yaml": YamlStrings(), "toml": TomlStrings(), "json": JsonStrings()}
_FENCES = {"yaml": ("---", "---"), "toml": ("+++", "+++"), "json": ("{", "}")}


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
    if split.fence is not None:
        problems.append(_fence_problem(path, split))
    if split.dialect not in _FENCES:
        fields = tuple(read_head(text) if split.dialect == "html" else read_fields(text, split.dialect))
        places = {field.key: split.first_line + field.line for field in fields}
        problems += _repeats(path, [field.key for field in fields], places)
        return {field.key: value_of(field) for field in fields}, places, tuple(problems)
    if split.dialect == "json":
        text = _without_braces(text).removesuffix("\n")  # lest the closing brace be a line too far down
    lines = KeyLines(_top_of(text, split.dialect), split.first_line)
    problems += _repeats(path, lines.names(), lines)
    opening, closing = _FENCES[split.dialect]
    loaded: Any
    try:
        loaded, _ = frontmatter.parse(f"{opening}\n{text}\n{closing}\n", handler=_HANDLERS[split.dialect])
        return loaded, lines, tuple(problems)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        values, lost = recover_lines(text, split.dialect)
        problems.append(
            Problem(
                kind=ProblemKind.FRONT_MATTER,
                path=path,
                line=min(_line_of_error(error, split.first_line), split.first_line + text.count("\n") + 1),
                what=f"front matter is no {split.dialect.upper()}",
                cause=_cause_of(error),
                cure="It was read line by line; put the value in quotes, doubling the quotes inside it.",
            )
        )
        problems += (_lost_line(path, split.first_line + number, line) for number, line in lost)
        return values, lines, tuple(problems)


def _top_of(text: str, dialect: str) -> str:
    """Answer the part whose lines begin with keys of the article itself: those of tables are other keys."""
    if dialect == "json":
        return textwrap.dedent(text)
    table = _TOML_TABLE.search(text) if dialect == "toml" else None
    return text[: table.start()] if table else text


def _without_braces(text: str) -> str:
    """Blank the braces of an object that stands between fences: they are put around it again."""
    match = _BRACES.match(text)
    return match[1] + " " + match[2] + match[3] if match else text


def _repeats(path: str, names: list[str], lines: Mapping[str, int]) -> list[Problem]:
    if len(set(names)) == len(names):
        return []
    return [
        Problem(
            kind=ProblemKind.DUPLICATE_KEY,
            path=path,
            line=lines[name],
            what=f'key "{name}" stands {count} times',
            cause="a key has one value",
            cure="The last one counts; take the others out.",
        )
        for name, count in Counter(names).items()
        if count > 1
    ]


def _fence_problem(path: str, split: Split) -> Problem:
    opening, closing = _FENCES[split.dialect]
    return Problem(
        kind=ProblemKind.FENCE,
        path=path,
        line=split.first_line + split.head.count(b"\n") if split.fence else max(1, split.first_line - 1),
        what=f'fence "{split.fence or opening}" is none' if split.fence else f'fence "{opening}" is never closed',
        cause="both have three marks or more, of one kind" if split.fence else "no such line stands below it",
        cure=f"It ends behind its last field; write {closing} there.",
    )


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
