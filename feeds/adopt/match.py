"""Published entries to the cards they are, by ever weaker evidence; pure.

A rule pairs an entry and a card only when neither could be another's by the same rule: an article announced once
more does less harm than one that takes the place of another in every reader.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from msgspec import Struct

from feeds.addresses import encode
from feeds.model import Card, PublishedEntry
from feeds.text import fold


class Matches(Struct, frozen=True, kw_only=True):
    """What became of published entries."""

    pairs: tuple[tuple[PublishedEntry, Card], ...]
    """In the entries' order; no card twice."""
    unmatched: tuple[PublishedEntry, ...]
    """In the entries' order."""


_Entries: TypeAlias = Mapping[int, PublishedEntry]
_Cards: TypeAlias = Mapping[int, Card]
_Pairs: TypeAlias = dict[int, int]
"""Entry to card, by their places."""
_Rule: TypeAlias = Callable[[_Entries, _Cards], _Pairs]


def match_entries(entries: Sequence[PublishedEntry], cards: Sequence[Card]) -> Matches:
    """Find the card that each entry is.

    By equal id, else by the address of the page, else by one that it had before, else by title and date. The order
    of the cards does not matter.

    Args:
        entries: Of one feed or several; an id that occurs twice counts once, the first.
        cards: Of the whole archive.
    """
    first: dict[str, PublishedEntry] = {}
    for entry in entries:
        first.setdefault(entry.id, entry)
    known = tuple(first.values())
    found = _apply((_by_id, _by_link, _by_alias, _by_title), dict(enumerate(known)), dict(enumerate(cards)))
    return Matches(
        pairs=tuple((entry, cards[found[place]]) for place, entry in enumerate(known) if place in found),
        unmatched=tuple(entry for place, entry in enumerate(known) if place not in found),
    )


def _apply(rules: Iterable[_Rule], entries: dict[int, PublishedEntry], cards: dict[int, Card]) -> _Pairs:
    """Apply rules one after the other, each to what those before it left over."""
    found: _Pairs = {}
    for rule in rules:
        if not entries:
            break
        pairs = rule(entries, cards)
        found |= pairs
        for entry, card in pairs.items():
            del entries[entry], cards[card]
    return found


def _by_key(
    entry_keys: Iterable[tuple[int, Hashable | None]], card_keys: Iterable[tuple[int, Hashable | None]]
) -> _Pairs:
    """Pair the entry and the card that are alone in having a key; None is no key."""
    entries, cards = _sole(entry_keys), _sole(card_keys)
    return {place: cards[key] for key, place in entries.items() if key in cards}


def _sole(keys: Iterable[tuple[int, Hashable | None]]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    repeated = set()
    for place, key in keys:
        if key is not None and found.setdefault(key, place) != place:
            repeated.add(key)
    return {key: place for key, place in found.items() if key not in repeated}


def _by_id(entries: _Entries, cards: _Cards) -> _Pairs:
    """Our own earlier feed: the ids are equal."""
    return _by_key(
        ((place, entry.id) for place, entry in entries.items()), ((place, card.id) for place, card in cards.items())
    )


def _by_link(entries: _Entries, cards: _Cards) -> _Pairs:
    """The same page."""
    return _by_key(
        ((place, _reduce(entry.link)) for place, entry in entries.items()),
        ((place, _reduce(card.permalink)) for place, card in cards.items()),
    )


def _by_alias(entries: _Entries, cards: _Cards) -> _Pairs:
    """A page that has moved: one entry has one of the addresses that it had before."""
    aliases = ((place, _reduce(alias)) for place, card in cards.items() for alias in card.aliases)
    found = _by_key(((place, _reduce(entry.link)) for place, entry in entries.items()), aliases)
    counts = Counter(found.values())
    return {entry: card for entry, card in found.items() if counts[card] == 1}


_PLAIN = re.compile(
    r"https?://([a-z0-9.-]+)((?:/(?>(?:[A-Za-z0-9._~/-]|%[89A-F][0-9A-F])*))?)(\?(?!.*utm_)[a-z0-9_]+=[A-Za-z0-9._~-]+)?",
    re.ASCII,
)
"""An address whose letters are all in their one form; for the sake of time, since nearly all are."""


def _reduce(address: str | None) -> str | None:
    """Reduce an address to what tells pages apart: no scheme, fragment, campaign, `index.html` or last `/`.

    Example: `HTTP://Example.com/%7ea/index.html?utm_source=rss#top` becomes `example.com/~a`.
    """
    plain = _PLAIN.fullmatch(address or "")
    if plain:
        return plain[1] + _reduce_path(plain[2]) + (plain[3] or "")
    address = encode(address or "")
    if address is None:
        return None
    parts = urlsplit(address)
    host = re.sub(":(80|443)$", "", parts.netloc.lower())
    path = "/".join(_recode(unquote(segment, errors="surrogateescape")) for segment in parts.path.split("/"))
    fields = [field for field in parts.query.split("&") if field and not unquote(field).lower().startswith("utm_")]
    query = "&".join(_recode(unquote_plus(field, errors="surrogateescape")) for field in fields)
    return host + _reduce_path(path) + (f"?{query}" if query else "")


def _recode(text: str) -> str:
    return quote(text, safe="=", errors="surrogateescape")


def _reduce_path(path: str) -> str:
    return (path.removesuffix("index.html") if path.endswith("/index.html") else path).rstrip("/")


# WordPress and Jekyll set titles with curly quotes and dashes; the archive has what was typed.
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_DASHES = re.compile("--+")


def _by_title(entries: _Entries, cards: _Cards) -> _Pairs:
    """The same title, and dates that agree."""
    groups: dict[str, tuple[dict[int, PublishedEntry], dict[int, Card]]] = {}
    for place, entry in entries.items():
        groups.setdefault(_title_key(entry.title), ({}, {}))[0][place] = entry
    groups.pop("", None)
    for place, card in cards.items():
        group = groups.get(_title_key(card.title))
        if group:
            group[1][place] = card
    found: _Pairs = {}
    for group in groups.values():
        found |= _apply((_by_instant, _by_day, _alone), *group)
    return found


def _title_key(title: str) -> str:
    return _DASHES.sub("-", fold(unicodedata.normalize("NFKC", title).casefold()).translate(_TYPED))


def _by_instant(entries: _Entries, cards: _Cards) -> _Pairs:
    return _by_key(
        ((place, entry.published) for place, entry in entries.items()),
        ((place, card.published) for place, card in cards.items()),
    )


def _by_day(entries: _Entries, cards: _Cards) -> _Pairs:
    """Each is the other's nearest within a day: a date whose zone was lost is that far off at most."""
    dated_entries, dated_cards = _by_date(entries), _by_date(cards)
    found = {}
    for published, place in dated_entries:
        card = _nearest(published, dated_cards)
        if card is not None and _nearest(card[0], dated_entries) == (published, place):
            found[place] = card[1]
    return found


def _by_date(values: _Entries | _Cards) -> list[tuple[datetime, int]]:
    return sorted((value.published, place) for place, value in values.items() if value.published is not None)


def _nearest(instant: datetime, others: Sequence[tuple[datetime, int]]) -> tuple[datetime, int] | None:
    """Find the nearest of sorted instants within a day; None when there is none, or two are equally near."""
    place = bisect_left(others, (instant, -1))
    near = sorted((abs(other[0] - instant), other) for other in others[max(place - 2, 0) : place + 2])
    if not near or near[0][0] > timedelta(days=1) or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def _alone(entries: _Entries, cards: _Cards) -> _Pairs:
    """The last entry and the last card of a title, when one of them has no date that could speak against it."""
    if len(entries) != 1 or len(cards) != 1:
        return {}
    [(place, entry)], [(other, card)] = entries.items(), cards.items()
    return {place: other} if entry.published is None or card.published is None else {}
