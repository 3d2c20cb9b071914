"""Front matter without fences to strings: `Key: value` lines, `.. key: value` comments, reStructuredText fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from feeds.model import Value

_LINE = re.compile(r"[ ]{0,3}(\w[\w .-]{0,39}):(?!//)[ \t]*(.*)")
_COMMENT = re.compile(r"[ \t]*\.\.[ \t]+([\w.-]+):(?:[ \t]+(.*)|[ \t]*$)")
_FIELD = re.compile(r":((?:[^:\\]|\\.)+):(?:[ \t]+(.*)|[ \t]*$)")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1+[ \t]*$")
# Inline markup of reStructuredText: a literal, strong and emphasised words, a role, a reference with its address.
_INLINE = re.compile(
    r"``(?P<literal>.+?)``|\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*|(?<![\w*])\*(?P<emphasis>[^\s*](?:[^*]*[^\s*])?)\*"
    r"|(?<!\w)(?::[\w.:+-]+:)?`(?P<words>[^`<]+?)(?:\s*<[^<>`]*>)?`_{0,2}|\\(?P<escaped>\S)"
)
_MARKED = re.compile(r"[`*\\]")


class Field(NamedTuple):
    """One field as written."""

    key: str
    value: str
    line: int
    """Of the front matter, from 0."""


def read_fields(text: str, dialect: str) -> Iterator[Field]:
    """Read front matter of the dialects `lines`, `comments` and `fields`, in order.

    The title of reStructuredText, which stands above its fields, has the key `title`; one below it is the `subtitle`.
    """
    rows = text.replace("\r\n", "\n").split("\n")
    if dialect == "comments":
        return _comments(rows)
    return _rest_fields(rows) if dialect == "fields" else _lines(rows)


def value_of(field: Field) -> Value:
    """Answer what a field says: Pelican parts authors by commas, and authors and tags by semicolons if there are some.

    Source: Pelican, "Writing content", file metadata.
    """
    name = field.key.casefold()
    if name in ("authors", "tags") and (";" in field.value or name == "authors"):
        parts = field.value.split(";" if ";" in field.value else ",")
        return tuple(part.strip() for part in parts if part.strip())
    return field.value


def _lines(rows: list[str]) -> Iterator[Field]:
    found: list[Field] = []
    for number, row in enumerate(rows):
        is_more = row.startswith(("    ", "\t"))
        if found and is_more and row.strip():
            last = found[-1]
            found[-1] = last._replace(value=f"{last.value} {row.strip()}".strip())
        elif match := _LINE.match(row):
            found.append(Field(match[1].strip(), match[2].strip(), number))
    return iter(found)


def _comments(rows: list[str]) -> Iterator[Field]:
    for number, row in enumerate(rows):
        match = _COMMENT.match(row)
        if match and match[1].casefold() != "link":  # Nikola's is what an article is about, not its own page
            yield Field(match[1], (match[2] or "").strip(), number)


def _rest_fields(rows: list[str]) -> Iterator[Field]:
    found: list[Field] = []
    titles = ["subtitle", "title"]
    is_field = False
    for number, row in enumerate(rows):
        is_overlined = number > 0 and _RULE.match(rows[number - 1]) is not None and bool(row.strip())
        if row[:1] in (" ", "\t") and not (is_overlined and not is_field):
            if is_field and row.strip():
                last = found[-1]
                found[-1] = last._replace(value=f"{last.value} {row.strip()}".strip())
            continue
        if not row.strip():
            continue
        is_rule = _RULE.match(row) is not None and (len(row.strip()) > 2 or not is_overlined)
        is_note = row.startswith("..") and not is_rule
        match = None if is_note or is_rule else _FIELD.match(row)
        is_field = match is not None
        if match:
            found.append(Field(match[1].strip(), (match[2] or "").strip(), number))
        elif titles and not is_note and not is_rule:
            found.append(Field(titles.pop(), row.strip(), number))
    stated = {field.key.casefold() for field in found if field.value}
    for place, field in enumerate(found):
        is_beaten = field.key == "title" and any(
            other.key.casefold() == "title" and other.value for other in found[place + 1 :]
        )
        if not is_beaten and not (field.key == "subtitle" and "summary" in stated):
            yield field._replace(value=_plain(field.value))


def _plain(text: str) -> str:
    if not _MARKED.search(text):
        return text
    return _INLINE.sub(lambda mark: next((part for part in mark.groups() if part is not None), ""), text)
