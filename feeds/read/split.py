"""Where the front matter of a file stands, told from its bytes; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*(-{3,}|\+{3,}|\{)[ \t]*(?=\r?\n)")
# The lines that follow are looked for from the break before them: a pattern that begins with a fixed byte is quick.
_CLOSING = {
    b"-": re.compile(rb"\n(?:-{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)"),
    b"+": re.compile(rb"\n\+{3,}[ \t]*\r?(?:\n|\Z)"),
    b"{": re.compile(rb"\n\}[ \t]*\r?(?:\n|\Z)"),
}
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_KEY_LINE = re.compile(rb"^(?:[\"']?[\w.\x80-\xff-]+[\"']?[ \t]*[:=](?=[ \t\"'\[{]|\r?$)|\{(?![{%]))", re.MULTILINE)
_MORE_OF_FIELD = re.compile(rb"[ \t]*(?:-[ \t]|\#|[\]}])|\[+[\w.-]+\]+[ \t]*\r?$|[ \t]+\S", re.MULTILINE)
_SHORT_FENCE = re.compile(rb"[-+]{2}[ \t]*\r?(?:\n|\Z)")
_DIALECTS = {b"-": "yaml", b"+": "toml", b"{": "json"}


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
    closing = _CLOSING[mark].search(data, start - 1)
    if closing is None:
        end = body_start = _end_of_fields(data, start, len(data))
    else:
        end, body_start = closing.start() + 1, closing.end()
    if mark == b"-":
        if not _KEY_LINE.search(data, start, end) and data[start:end].strip():
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
    if not _BLANK_LINE.search(data, start - 1, end):
        return None
    for match in _KEY_LINE.finditer(data, start, end):
        start = match.start()
    prose = _end_of_fields(data, start, end)
    rest = data[prose:end].rstrip()
    return prose if _BLANK_LINE.search(b"\n" + rest) and not rest.endswith((b'"', b"'")) else None
