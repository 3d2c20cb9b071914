r"""Front matter that no fence opens, told from a file's bytes: where it stands; pure.

`Key: value` lines up to a blank line (MultiMarkdown, and Pelican's Markdown), or up to a fence (Hexo's short form);
comments `.. key: value` (Nikola), in reStructuredText as such, in Markdown and HTML within `<!--` and `-->` too; in
reStructuredText fields `:key: value` under the title (Pelican; docutils' bibliographic fields); and the head of an HTML
document (Pelican, pages as they were saved).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.read.fieldlines import end_of_fields
from feeds.read.htmlhead import END, HEAD, LONGEST

_TELLING = rb"(?i:title|date|authors?|slug|tags?|categor(?:y|ies)|created|published|pubdate|\xe6\xa0\x87\xe9\xa2\x98)"
"""Keys of which one at least makes lines with a colon front matter: `Note: the quay is wet` is none. 标题 is title."""
_TELLING_LINE = re.compile(rb"^[ ]{0,3}[\"']?" + _TELLING + rb"[\"']?[ \t]*:(?!//)", re.MULTILINE)
_FIELD_LINE = re.compile(rb"[ ]{0,3}[\w\x80-\xff][\w\x80-\xff .-]{0,39}:(?!//|:)")
_MORE_OF_LINE = re.compile(rb"(?:[ ]{4}|[ ]{0,3}\t)[ \t]*\S")
_FENCE = re.compile(rb"(-{3,}|;{3,}|\.\.\.)[ \t]*\r?(?:\n|\Z)")

_COMMENT_FIELD = re.compile(rb"[ \t]*\.\.[ \t]+[\w.-]+:(?![:\S])[^\n]*(?:\n|\Z)")
_TELLING_COMMENT = re.compile(rb"^[ \t]*\.\.[ \t]+" + _TELLING + rb":[ \t\r\n]", re.MULTILINE)
_HTML_COMMENT = re.compile(rb"[ \t]*<!--(?=\s*\.\.[ \t])")

_RULE = rb"[!-/:-@\[-`{-~]"
_REST_TITLE = re.compile(
    rb"(?P<over>" + _RULE + rb")(?P=over){2,}[ \t]*\r?\n[ \t]*\S[^\n]*\n(?P=over){3,}[ \t]*\r?(?:\n|\Z)"
    rb"|(?!\.\.[ \t]|:[^:\n]+:(?:[ \t\r\n]))\S[^\n]*\n(?P<under>" + _RULE + rb")(?P=under)+[ \t]*\r?(?:\n|\Z)"
)
_REST_FIELD = re.compile(rb":(?![ \t:])[^:\n]*[^:\s]:(?=[ \t\r\n]|\Z)[^\n]*(?:\n|\Z)")
_REST_NOTE = re.compile(rb"\.\.(?:[ \t]+(?![^\n]*::)[^\n]*)?(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*")
_REST_MORE = re.compile(rb"[ \t]+\S[^\n]*(?:\n|\Z)")
_BLANKS = re.compile(rb"(?:[ \t]*\r?\n)*")


class Part(NamedTuple):
    """Where front matter without fences stands; offsets into the file's bytes."""

    dialect: str
    """Of `Split`."""
    start: int
    end: int
    body_start: int
    is_closed: bool


def find_unfenced(data: bytes, place: int, *, is_rest: bool) -> Part | None:
    """Find front matter that no fence opens; None when there is none.

    Args:
        data: The file, or what has been read of it.
        place: Where the first line stands that says something.
        is_rest: The file's name says reStructuredText.
    """
    found = _find_comments(data, place)
    if found is not None:
        return found
    if is_rest:
        return _find_rest_fields(data, place)
    return _find_head(data, place) if HEAD.match(data, place) else _find_lines(data, place)


def _find_head(data: bytes, start: int) -> Part:
    closing = END.search(data, start, start + LONGEST)
    end = closing.start() if closing else min(len(data), start + LONGEST)
    is_closed = closing is not None or len(data) > LONGEST
    return Part("html", start, end, closing.end() if closing else end, is_closed=is_closed)


def _find_lines(data: bytes, start: int) -> Part | None:
    if not (_FIELD_LINE.match(data, start) or _TELLING_LINE.match(data, start)):
        return None
    end = end_of_fields(data, start, len(data))
    fence = _FENCE.match(data, end)
    if fence and _TELLING_LINE.search(data, start, end):
        return Part("json" if fence[1].startswith(b";") else "yaml", start, end, fence.end(), is_closed=True)
    end = start
    while end < len(data) and (_MORE_OF_LINE.match(data, end) or _FIELD_LINE.match(data, end)):
        end = data.find(b"\n", end) + 1 or len(data)
    if not _TELLING_LINE.search(data, start, end):
        return None
    return Part("lines", start, end, end, is_closed=end < len(data))


def _find_comments(data: bytes, place: int) -> Part | None:
    comment = _HTML_COMMENT.match(data, place)
    start = comment.end() if comment else place
    closing = data.find(b"-->", start) if comment else -1
    if closing >= 0:
        end, body_start = closing, data.find(b"\n", closing) + 1 or len(data)
        if data[closing + 3 : body_start].strip():
            body_start = closing + 3
    else:
        end = match_end(_BLANKS, data, start)
        while field := _COMMENT_FIELD.match(data, end):
            end = field.end()
            if end >= len(data):
                break
        body_start = end
    if not _TELLING_COMMENT.search(data, start, end):
        return None
    return Part("comments", start, end, body_start, is_closed=closing >= 0 or (comment is None and end < len(data)))


def _find_rest_fields(data: bytes, start: int) -> Part | None:
    """Find a title, perhaps a second one, and fields, in any order; remarks between them say nothing."""
    place = end = match_end(_BLANKS, data, start)
    titles = 0
    has_fields = False
    while place < len(data):
        if note := _REST_NOTE.match(data, place):
            place = match_end(_BLANKS, data, note.end())
        elif field := _REST_FIELD.match(data, place):
            has_fields = True
            end = place = field.end()
            while more := _REST_MORE.match(data, match_end(_BLANKS, data, place)):
                end = place = more.end()
            place = match_end(_BLANKS, data, place)
        elif (title := _REST_TITLE.match(data, place)) and titles < 2:
            place = match_end(_BLANKS, data, title.end())
            titles += 1
            if titles == 1:
                end = title.end()
            elif not _REST_FIELD.match(data, place):
                break  # a section, no subtitle
        else:
            break
    if not titles and not has_fields:
        return None
    return Part("fields", start, end, end, is_closed=place < len(data))


def match_end(pattern: re.Pattern[bytes], data: bytes, place: int) -> int:
    """Answer where a pattern that always matches ends."""
    match = pattern.match(data, place)
    return match.end() if match else place
