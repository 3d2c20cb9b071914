"""How many bytes a feed may have: its oldest entries shrink to their summary, then drop out; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from feeds.model import Entry


class Size(Struct, frozen=True, kw_only=True):
    """What one entry adds to a file, in bytes."""

    whole: int
    """As it is."""
    short: int
    """With its summary for a body."""


def fit(sizes: Sequence[Size], room: int) -> tuple[int, int]:
    """Answer how many entries a file has room for.

    While it has not, the oldest entry that is still whole shrinks; once all have shrunk, the oldest one drops out. The
    newest always stays. So an older entry never says more than a newer one.

    Args:
        sizes: Of the entries, newest first.
        room: Bytes that they may have together.

    Returns:
        How many of the newest stay whole, and how many stay at all; the others of these are shrunk.

    Example: sizes 100 (30 shrunk) three times, and room for 170: one stays whole, three stay.
    """
    count = len(sizes)
    whole = [0, *accumulate(size.whole for size in sizes)]
    short = [0, *accumulate(min(size.whole, size.short) for size in sizes)]
    for kept in range(count, -1, -1):
        if whole[kept] + short[count] - short[kept] <= room:
            return kept, count
    stay = next((stay for stay in range(count, 1, -1) if short[stay] <= room), min(count, 1))
    return 0, stay


_REST = 1_500
"""Bytes of markup around an entry's texts, at most, in any format."""
_EACH = 150
"""The same of each category, tag and author."""


def weigh(entry: Entry) -> int:
    """Answer how many bytes an entry takes in a file of any format, at most; cheap, and seldom twice what it takes."""
    names = (*entry.tags, *entry.authors, entry.publisher, *("/".join(chain) for chain in entry.categories))
    texts = (entry.title, entry.summary, entry.id, entry.permalink or "", entry.language or "")
    total = _REST + _EACH * len(names) + _weight(entry.content_html)
    total += 2 * _weight("".join(texts)) + 3 * _weight("".join(names))
    picture = entry.picture
    return total + (4 * _weight(picture.address + (picture.media_type or "")) if picture else 0)


def _weight(text: str) -> int:
    """Answer how many bytes a text takes, escaped twice."""
    marks = sum(map(text.count, '<>&"'))
    return len(text.encode("utf-8", "replace")) + 8 * marks + sum(map(text.count, "\n\t\\")) + 5 * text.count("\r")
