"""Any writing in ASCII, as Pelican and Nikola have it: by Unidecode where that is installed, else Latin alone."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from feeds.normalise.permalinks.latin import without_marks

_LATIN = {
    "ß": "ss", "ẞ": "Ss", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"',
    "„": '"', "–": "-", "—": "--", "‐": "-", "‑": "-", "…": "...", "«": "<<", "»": ">>", "‹": "<", "›": ">",
    "\u00a0": " ", "\u200b": "", "•": "*", "·": "*", "¿": "?", "¡": "!", "©": "(c)", "®": "(r)", "°": "deg",
    "×": "x", "€": "EUR", "£": "PS", "²": "2", "³": "3", "´": "'",
}  # fmt: skip


@lru_cache(maxsize=1024)
def to_ascii(text: str) -> str | None:
    """Write a text in ASCII; None when it is written in letters that only Unidecode knows, and that is missing."""
    if text.isascii():
        return text
    try:
        from unidecode import unidecode
    except ImportError:
        return _latin(text)
    return str(unidecode(text.encode("utf-8", "ignore").decode()))  # it warns of what is no character


def _latin(text: str) -> str | None:
    found = [_LATIN.get(letter) or without_marks(letter) for letter in text]
    if any(not part.isascii() and not _is_dropped(part) for part in found):
        return None
    return "".join(part for part in found if part.isascii())


def _is_dropped(letter: str) -> bool:
    """Tell whether Unidecode leaves a sign out: marks by themselves, and pictures."""
    return len(letter) == 1 and (unicodedata.category(letter) in ("Mn", "Me", "Cf") or ord(letter) > 0x1F000)
