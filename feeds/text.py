"""What plain text is: one line, no invisible marks, nothing that XML forbids; for any stage, pure."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Patterns are compiled when the first text wants them: half the builds find nothing changed, and have none.


@cache
def _forbidden() -> re.Pattern[str]:
    """Match what XML 1.0 (section 2.2, Char) allows in no text, less the line breaks and tabs that it allows.

    Lone surrogates are no characters.
    """
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@cache
def _allowed() -> re.Pattern[str]:
    """Match text without any of them: to see that is quicker than to look for each."""
    return re.compile("[\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*+")


@cache
def invisible() -> re.Pattern[str]:
    """Match marks that nobody sees; joiners of zero width are none: emoji, Indic and Persian are spelt with them."""
    return re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


@cache
def _obeyed() -> re.Pattern[str]:
    """Match what a terminal obeys or a line breaks at: C0, DEL and C1, separators of lines and paragraphs.

    And what turns the direction of writing (Unicode UAX #9, 2); and lone surrogates.
    """
    return re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def strip_forbidden(text: str) -> str:
    """Take out what no XML document may hold or no reader can show; line breaks and tabs stay."""
    return text if _allowed().fullmatch(text) else _forbidden().sub("", text)


def has_forbidden(text: str) -> bool:
    """Tell whether `strip_forbidden` would change the text."""
    return _forbidden().search(text) is not None


def fold(text: str) -> str:
    r"""Bring text to one line: every run of blanks is one space, invisible marks are gone, letters composed (NFC).

    Example: `"　　多部门\n 联合\u200b发力 "` becomes `"多部门 联合发力"`.
    """
    if not text.isprintable():  # else there is nothing to take out, as Unicode's categories have it
        text = invisible().sub("", strip_forbidden(text))
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def printable(text: str, spared: str = "") -> str:
    r"""Write what a terminal would obey, and what turns the direction of writing, as `\xNN` or `\uNNNN`.

    Bytes of a file's name that are no UTF-8 (Python's surrogateescape) are `\xNN`, too.

    Args:
        text: Of whatever origin.
        spared: Characters that stay, such as line breaks.
    """
    if text.isprintable():
        return text
    return _obeyed().sub(lambda sign: sign[0] if sign[0] in spared else _written(ord(sign[0])), text)


def _written(number: int) -> str:
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def printable_json(text: str) -> str:
    """Write in a JSON text what `printable` is about as JSON's strings write it; its line breaks stay."""
    if text.isprintable():
        return text
    return _obeyed().sub(lambda sign: sign[0] if sign[0] == "\n" else f"\\u{ord(sign[0]):04x}", text)
