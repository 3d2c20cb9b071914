"""Lines that are fields, `key: value`, and what goes on with one; pure."""

from __future__ import annotations

import re

KEY_LINE = re.compile(rb"^(?:[\"']?[\w.\x80-\xff-]+[\"']?[ \t]*[:=](?=[ \t\"'\[{]|\r?$)|\{(?![{%]))", re.MULTILINE)
_MORE_OF_FIELD = re.compile(rb"[ \t]*(?:-[ \t]|\#|[\]}])|\[+[\w.-]+\]+[ \t]*\r?$|[ \t]+\S", re.MULTILINE)


def end_of_fields(data: bytes, start: int, end: int) -> int:
    """Answer where the first line begins that is neither `key: value` nor more of a value."""
    while start < end:
        line_end = data.find(b"\n", start, end) + 1 or end
        if not (KEY_LINE.match(data, start, line_end) or _MORE_OF_FIELD.match(data, start, line_end)):
            return start
        start = line_end
    return start
