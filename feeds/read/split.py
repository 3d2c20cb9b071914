"""Where the front matter of a file stands, told from its bytes; pure."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from feeds.read.fieldlines import KEY_LINE, end_of_fields

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A comment is passed over as a whole or not at all, lest many of them be tried in many ways.
_LEADING = re.compile(rb"(?>(?>[ \t]*\r?\n|[ \t]*<!--(?!\s*\.\.[ \t])(?s:.*?)-->[ \t]*\r?\n)*)", re.DOTALL)
_OPENING = re.compile(
    rb"[ ]{0,3}(?:(?P<mark>-{2,}|\+{2,}|;{3,}|~{3,}|`{3,})[ \t]*(?P<language>(?i:yaml|yml|toml|json|js|javascript))?"
    rb"[ \t]*(?:[ \t]\#[^\n]*)?\r?\n|(?P<brace>\{)(?:[ \t]*\r?\n|(?=[ \t]*\")))"
)
# The lines that follow are looked for from the break before them: a pattern that begins with a fixed byte is quick.
_CLOSING = {
    b"-": re.compile(rb"\n(?:-{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)"),
    b"+": re.compile(rb"\n\+{3,}[ \t]*\r?(?:\n|\Z)"),
    b";": re.compile(rb"\n;{3,}[ \t]*\r?(?:\n|\Z)"),
    b"~": re.compile(rb"\n~{3,}[ \t]*\r?(?:\n|\Z)"),
    b"`": re.compile(rb"\n`{3,}[ \t]*\r?(?:\n|\Z)"),
    b"{": re.compile(rb"\n\}[ \t]*\r?(?:\n|\Z)"),
}
_TITLE = re.compile(rb"^[ \t]*[\"']?title[\"']?[ \t]*[:=]", re.MULTILINE | re.IGNORECASE)
_SHORT_CLOSING = {
    b"-": re.compile(rb"\n(?:-{2,}|\.\.\.)[ \t]*\r?(?:\n|\Z)"),
    b"+": re.compile(rb"\n\+{2,}[ \t]*\r?(?:\n|\Z)"),
}
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_ODD_FENCE = re.compile(rb"[ ]{0,3}([-+;~=]{2,})[ \t]*\r?(?:\n|\Z)")
_JSON_TOKEN = re.compile(rb'"(?>(?:[^"\\\n]|\\[^\n])*)"|[{}]')
_LINE_END = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_DIALECTS = {b"-": "yaml", b"+": "toml", b";": "json", b"{": "json"}
_LANGUAGES = {b"yaml": "yaml", b"yml": "yaml", b"toml": "toml", b"json": "json", b"js": "json", b"javascript": "json"}


class Split(Struct, frozen=True, kw_only=True):
    """Where the front matter of a file stands, in bytes."""

    head: bytes
    """The front matter without its fences; b"" when there is none."""
    dialect: str
    """yaml, toml or json between fences; lines, comments, fields or html (a document's head) without; "" for none."""
    first_line: int
    """Line of the file at which `head` begins, from 1."""
    body_start: int
    """Offset of the first byte after the front matter."""
    is_closed: bool
    """False when a front matter begins and the bytes at hand do not show where it ends."""
    fence: str | None = None
    """What stands where the closing fence was looked for, if it is none: "--", or "" for nothing."""


def split_front_matter(data: bytes, *, is_rest: bool = False) -> Split:
    """Find the front matter at the start of a file's bytes.

    Blank lines, comments and a byte order mark before the opening fence are fine, and so are fences of different
    length. Where no fence closes, the front matter ends before the first line that is no field; and without
    a single field between them, two fences are two rules of a body.

    Args:
        data: The file, or what has been read of it.
        is_rest: Its name says reStructuredText, where a title may stand between two rules, and fields below it.
    """
    if not data.startswith(_BYTE_ORDER_MARK):
        return _split(data, is_rest=is_rest)
    split = _split(data.removeprefix(_BYTE_ORDER_MARK), is_rest=is_rest)
    return replace(split, body_start=split.body_start + len(_BYTE_ORDER_MARK))


def _split(data: bytes, *, is_rest: bool) -> Split:
    leading = _LEADING.match(data)
    place = leading.end() if leading else 0
    opening = _OPENING.match(data, place)
    found = _split_fenced(data, opening, is_rest=is_rest) if opening else None
    if found is not None:
        return found
    from feeds.read.unfenced import find_unfenced  # most archives have no such file, and its patterns take long

    part = find_unfenced(data, place, is_rest=is_rest)
    if part is not None:
        return Split(
            head=data[part.start : part.end],
            dialect=part.dialect,
            first_line=data.count(b"\n", 0, part.start) + 1,
            body_start=part.body_start,
            is_closed=part.is_closed,
        )
    return Split(
        head=b"",
        dialect="",
        first_line=1,
        body_start=0,
        is_closed=opening is None or _closes(data, opening),
    )


def _closes(data: bytes, opening: re.Match[bytes]) -> bool:
    mark = (opening["mark"] or b"{")[:1]
    if mark in b"~`" and not opening["language"]:
        return True
    return len(opening["mark"] or b"") == 2 or _CLOSING[mark].search(data, opening.end() - 1) is not None


def _split_fenced(data: bytes, opening: re.Match[bytes], *, is_rest: bool) -> Split | None:
    start = opening.end()
    if opening["brace"]:
        return _split_braces(data, start)
    mark, is_short = opening["mark"][:1], len(opening["mark"]) == 2
    if is_short and not KEY_LINE.match(data, start):
        return None
    closing = (_SHORT_CLOSING if is_short else _CLOSING)[mark].search(data, start - 1)
    if closing is None:
        end = body_start = end_of_fields(data, start, len(data))
    else:
        end, body_start = closing.start() + 1, closing.end()
    if mark in b"~`" and not (closing and opening["language"] and _TITLE.search(data, start, end)):
        return None  # code; but what says its language and a title at the very start is front matter to some
    if is_rest and data.count(b"\n", start, end) == 1 and closing and closing[0].strip() == opening["mark"]:
        return None  # a title between two rules
    if mark == b"-" and not opening["language"]:
        if not KEY_LINE.search(data, start, end) and data[start:end].strip():
            return None
        prose = _start_of_prose(data, start, end)
        if prose is not None:
            end = body_start = prose
    fence = opening["mark"].decode() if is_short else None
    if end == body_start:
        odd = _ODD_FENCE.match(data, body_start)
        fence, body_start = (odd[1].decode(), odd.end()) if odd else ("", body_start)
    return Split(
        head=data[start:end],
        dialect=_LANGUAGES[opening["language"].lower()] if opening["language"] else _DIALECTS[mark],
        first_line=data.count(b"\n", 0, start) + 1,
        body_start=body_start,
        is_closed=closing is not None,
        fence=fence,
    )


def _split_braces(data: bytes, start: int) -> Split | None:
    """Find the end of an object in braces: where they are balanced, else where one stands on a line of its own."""
    end = body_start = -1
    depth = 1
    for token in _JSON_TOKEN.finditer(data, start):
        depth += {b"{": 1, b"}": -1}.get(token[0], 0)
        if depth == 0:
            line_end = _LINE_END.match(data, token.end())
            if line_end is None:
                return None  # what goes on behind it on its line is prose that begins with a brace
            end, body_start = token.start(), line_end.end()
            break
    is_closed = end >= 0
    if not is_closed and (closing := _CLOSING[b"{"].search(data, start - 1)):
        is_closed, end, body_start = True, closing.start() + 1, closing.end()
    if not is_closed:
        first = start if data[start - 1 : start] == b"\n" else data.find(b"\n", start) + 1 or len(data)
        end = body_start = end_of_fields(data, first, len(data))
    return Split(
        head=data[start:end],
        dialect="json",
        first_line=data.count(b"\n", 0, start) + 1,
        body_start=body_start,
        is_closed=is_closed,
        fence=None if is_closed else "",
    )


def _start_of_prose(data: bytes, start: int, end: int) -> int | None:
    """Tell where a body begins before a fence that seems to close: the fence is a rule or an underline of it.

    Paragraphs after the last key make a body; a stray line does not, nor the rest of a value in quotes.
    """
    if not _BLANK_LINE.search(data, start - 1, end):
        return None
    for match in KEY_LINE.finditer(data, start, end):
        start = match.start()
    prose = end_of_fields(data, start, end)
    rest = data[prose:end].rstrip()
    return prose if _BLANK_LINE.search(b"\n" + rest) and not rest.endswith((b'"', b"'")) else None
