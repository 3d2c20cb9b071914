"""The words of a body on one line; beside what is true of any text, what is true of prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from feeds.text import fold

_WIDE = "\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
_NO_LETTER = re.compile(r"[\W_]+")
_LETTERS_OR_BREAK = re.compile(r"[^\W_]+|\n")
_PLAIN = re.compile("[0-9a-z\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3]*")
"""Letters that are their own compatibility form (NFKC)."""
_LETTERS = (
    "!-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2460-\u26ff"
    "\u3001-\u3029\u3030-\u3096\u309b-\u9fff\uac00-\ud7a3\uff01-\uffee"
)
FOLDED = re.compile(f"[{_LETTERS}]++(?: [{_LETTERS}]++)*+")
"""Text that folding leaves as it is: most is, and to see that costs a quarter of folding."""
_BROKEN_LINE = re.compile(f"(?<=[{_WIDE}])[ \t\u3000]*\n\\s*(?=[{_WIDE}])")
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
        text = _BROKEN_LINE.sub("", text)
    return fold(text if text.isascii() else _STRAY.sub("", text))


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
