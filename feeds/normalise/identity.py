"""The id of an article: absolute, permanent, independent of host, title, date and body (RFC 4287 4.2.6, RFC 4151)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from posixpath import splitext
from urllib.parse import quote

from msgspec.structs import replace

from feeds.errors import Problem, ProblemKind, format_place
from feeds.model import Card

HASH_DIGITS = 24
"""Hexadecimal digits of a hash in an id: 96 bits, so that among 10^9 articles no two meet."""

_ABSOLUTE_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def tag_prefix(authority: str, year: int) -> str:
    """Return what stands before the specific part of our tag URIs (RFC 4151 section 2.1)."""
    return f"tag:{authority},{year}:"


def hash_id(prefix: str, name: str) -> str:
    """Make a tag URI of any name: an archive path, a category path."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogateescape")).hexdigest()
    return prefix + digest[:HASH_DIGITS]


def without_suffix(path: str) -> str:
    """Answer a path without the suffix of its file, as `splitext` does, and at once for names that are plain."""
    stem, _, suffix = path.rpartition(".")
    return stem if "/" not in suffix and stem[-1:] not in ("", ".", "/") else splitext(path)[0]


def make_id(stated: str | None, path: str, prefix: str) -> str:
    """Make the id of an article.

    Args:
        stated: What the front matter names as the id; None for nothing.
        path: Archive-relative, with suffix; the suffix does not enter.
        prefix: From `tag_prefix`.
    """
    if stated is None:
        return hash_id(prefix, without_suffix(path))
    return stated if _ABSOLUTE_URI.fullmatch(stated) else prefix + quote(stated, safe="-._~")


def settle_ids(
    cards: Iterable[Card], prefix: str, first: Collection[str] = ()
) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """Give every card an id of its own: of several files that claim one, the first path keeps it.

    The paths in `first` go before all others: subscribers know their articles already.

    An id that is made from a path, and that subscribers know by another file now, is no fault of the archive.
    The others take an id from their whole path, suffix included, marked if that is taken too. The answer does
    not depend on the order of the cards.

    Returns:
        The cards by path, and a problem for each claim that failed.
    """
    taken: dict[str, str] = {}
    settled, problems = [], []
    for card in sorted(cards, key=lambda card: (card.path not in first, card.path)):
        holder = taken.setdefault(card.id, card.path)
        if holder != card.path:
            is_made = card.path in first or card.id == hash_id(prefix, splitext(card.path)[0])
            is_ours = holder in first and is_made
            problems += (
                []
                if is_ours
                else [
                    Problem(
                        kind=ProblemKind.DUPLICATE_ID,
                        path=card.path,
                        what=f'id "{card.id}" is taken',
                        cause=f"{format_place(holder, None)} has it already",
                        cure="Give each article an id of its own; until then this one has an id made from its path.",
                    )
                ]
            )
            name = card.path
            while (own := hash_id(prefix, name)) in taken:
                name += "/"
            card = replace(card, id=own)
            taken[own] = card.path
        settled.append(card)
    return tuple(sorted(settled, key=lambda card: card.path)), tuple(problems)
