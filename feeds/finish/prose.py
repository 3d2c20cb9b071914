"""The words of a body on one line; beside what is true of any text, what is true of prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from feeds.text import fold

HEAD = 12
"""Letters of a key that `match_heads` answers."""
_START = 24
"""Characters of a text in which they are looked for."""
_WIDE = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
_NO_LETTER = re.compile(r"[\W_]+")
_LETTERS_OR_BREAK = re.compile(r"[^\W_]+|\n")
_PLAIN = re.compile("[0-9a-z\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]*")
"""Letters that are their own compatibility form (NFKC)."""
_INERT_LETTERS = (
    "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u012f\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0400-\u0481\u048a-\u052f"
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u4e00-\u9fff\uac00-\ud7a3"
)
_INERT_MARKS = (
    " -/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u0482"
    "\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u25a0-\u26ff\u3001-\u3004\u3008-\u3020\u30a0\u30fb"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Of these characters the same letters stay, and of the marks none, with and without NFKC, whatever stands beside."""
_ODD = re.compile(f"[^{_INERT_LETTERS}{_INERT_MARKS}\n]")
_LETTERS_ODD_OR_BREAK = re.compile(f"[{_INERT_LETTERS}\n\0]+")
_LETTERS = (
    "!-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2460-\u26ff"
    "\u3001-\u3029\u3030-\u3096\u309b-\u9fff\uac00-\ud7a3\uff01-\uffee"
)
FOLDED = re.compile(f"(?! )(?>(?:[{_LETTERS}]++ ?+(?! ))*)(?<! )")
"""Text that folding leaves as it is: most is, and to see that costs a quarter of folding."""
# Editors leave joiners where nothing is joined: they stay before emoji, Arabic, the scripts of India.
_STRAY = re.compile(
    "[\u200c\u200d](?![\u0600-\u0dff\u2190-\u2bff\U0001f000-\U0001faff])|[\u2061-\u2064\u3164\ufff9-\ufffb]"
)


def fold_prose(text: str) -> str:
    r"""Write text on one line: blanks of all kinds folded, marks that nobody sees gone.

    A line break between two wide characters is no blank: Chinese is broken anywhere.

    Example: `"\u3000\u3000港口\n开放\u200b  again"` becomes `港口开放 again`.
    """
    text = text.strip()
    if FOLDED.fullmatch(text):
        return text
    if "\n" in text:
        text = _broken_line().sub("", text)
    return fold(text if text.isascii() else _STRAY.sub("", text))


@cache
def _broken_line() -> re.Pattern[str]:
    """Match a line break that is no blank; compiled where there is one, which few texts have."""
    return re.compile(f"(?<=[{_WIDE}])[ \t\u3000]*\n\\s*(?=[{_WIDE}])")


@lru_cache(maxsize=4096)
def match_key(text: str) -> str:
    """Reduce text to letters and digits, so that punctuation, width and case tell no two texts apart."""
    key = _NO_LETTER.sub("", text.casefold())
    return key if _PLAIN.fullmatch(key) else _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def match_keys(texts: Sequence[str]) -> list[str]:
    """Answer what `match_key` does for each of many texts, in a fraction of the time."""
    lines = "\n".join(texts)
    if lines.count("\n") >= len(texts):  # a text has line breaks itself, or there is none
        return [match_key(text) for text in texts]
    keys = "".join(_LETTERS_OR_BREAK.findall(lines.casefold())).split("\n")
    return [key if _PLAIN.fullmatch(key) else match_key(text) for key, text in zip(keys, texts, strict=True)]


def match_heads(texts: Sequence[str]) -> list[str | None]:
    """Answer the first `HEAD` letters of what `match_key` answers for each of many texts, of their beginnings alone.

    Returns:
        None for a text of whose beginning they cannot be told. Where they can, that beginning holds none but
        characters whose letters are the same whatever stands elsewhere in the text.
    """
    lines = "\n".join([text[:_START] for text in texts])
    if lines.count("\n") >= len(texts):
        return [None] * len(texts)
    letters = "".join(_LETTERS_ODD_OR_BREAK.findall(_ODD.sub("\0", lines).casefold()))
    return [
        head[:HEAD] if "\0" not in head and (len(head) > HEAD or len(text) <= _START) else None
        for head, text in zip(letters.split("\n"), texts, strict=True)
    ]
