"""What counts as readable text: folded, free of marks that nobody sees, legal in XML.

Follows XML 1.0 section 2.2 (legal characters). Knows no HTML.
"""

from __future__ import annotations

import re

# Everything outside XML 1.0 section 2.2, and the C1 controls, which validators call bad characters.
_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks without width. A joiner stays in front of what it joins: emoji, Arabic, the scripts of India.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u3164\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[\u200c\u200d](?![\u0600-\u0dff\u2190-\u2bff\U0001f000-\U0001faff])"
)
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
_BROKEN_LINE = re.compile(f"(?<=[{_WIDE}。，、；：！？])[ \t\u3000]*\n\\s*(?=[{_WIDE}])")


def drop_illegal(text: str) -> str:
    """Leave out what XML cannot carry: controls, lone surrogates, non-characters."""
    return _ILLEGAL.sub("", text)


def fold(text: str) -> str:
    """Write text on one line: blanks of all kinds folded, unseen marks gone.

    A line break between two wide characters is no blank: Chinese is broken anywhere.

    Example: `"\\u3000\\u3000多部门\\n联合\\u200b  act"` becomes `多部门联合 act`.
    """
    if "\n" in text:
        text = _BROKEN_LINE.sub("", text)
    if not text.isascii() or not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())
