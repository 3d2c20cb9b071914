"""What recurs within one publisher and so says nothing about a single article: its texts and its pictures.

Counting is done per batch and merged in any order and any grouping, with the same answer: only the newest
articles of each publisher are kept, and which those are depends on nothing but the articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from math import ceil
from typing import NamedTuple, TypeAlias, TypeVar

from feeds.finish.cut import split_sentences
from feeds.finish.frames import LONGEST_TEXT, WHOLE, is_loose
from feeds.finish.pictures import picture_key
from feeds.finish.recurring import Shown, recurring_descriptions, recurring_frames, show
from feeds.model import Body, Card, Profile

_Part = TypeVar("_Part")

NEWEST = 200
"""Articles of a publisher that are looked at."""
_FEWEST = 3
"""Titles below which nothing recurs: a publisher of two articles has no habits yet."""
_PAIR, _LONG = 2, 20
"""Of two articles, what both say in so many letters is no coincidence: shorter equal texts may be."""
_SHARE, _LOOSE_SHARE = 0.1, 0.3
"""Of the articles read, the share in which a text recurs: of equal texts, and of texts alike but for names."""
_FIRST_BLOCKS, _LAST_BLOCKS = 30, 20
"""Blocks at both ends of a body that are looked at."""
_FIRST_SENTENCES, _LAST_SENTENCES = 8, 4
"""Blocks at both ends whose sentences are: a summary is made of no others."""


class Showing(NamedTuple):
    """What one article shows, in the order in which articles count; a tuple, for thousands are compared."""

    rank: tuple[int, float]
    """(0, seconds before the epoch) of a dated article, (1, 0) of an undated one."""
    id: str
    title: str
    pictures: tuple[str, ...]
    """As `picture_key` writes them; sorted, without repeats."""
    description: str
    """As the front matter states it; "" for none."""
    texts: tuple[str, ...]
    """Those at both ends of its body, in reading order."""
    is_read: bool
    """Its body is known, not only its front matter."""


Showings: TypeAlias = Mapping[str, tuple[Showing, ...]]
"""The newest articles of each publisher: in order, without repeats, at most `NEWEST`."""


def learn_profiles(cards: Iterable[Card], bodies: Mapping[str, Body]) -> dict[str, Profile]:
    """Learn the profile of every publisher that the cards name.

    Args:
        cards: The more the better: those whose body is unread tell of pictures and descriptions.
        bodies: By path, of some of the cards.
    """
    return make_profiles(count_showings(cards, bodies))


def count_showings(cards: Iterable[Card], bodies: Mapping[str, Body]) -> Showings:
    """Note what one batch of articles shows."""
    newest: defaultdict[str, list[tuple[tuple[int, float], str, Card]]] = defaultdict(list)
    for card in cards:
        rank = (1, 0.0) if card.published is None else (0, -card.published.timestamp())
        newest[card.publisher].append((rank, card.id, card))
    return {
        publisher: _newest(_showing(rank, card, bodies.get(card.path)) for rank, _, card in _first(ranked))
        for publisher, ranked in newest.items()
    }


def merge_counts(one: Showings, other: Showings) -> Showings:
    """Merge two batches: commutative, associative, and blind to what stands in both."""
    merged = dict(one)
    for publisher, showings in other.items():
        merged[publisher] = _newest((*merged.get(publisher, ()), *showings))
    return merged


def make_profiles(counts: Showings) -> dict[str, Profile]:
    """Answer the profile of each publisher."""
    return {publisher: _profile(showings) for publisher, showings in sorted(counts.items())}


def _first(ranked: list[tuple[tuple[int, float], str, Card]]) -> list[tuple[tuple[int, float], str, Card]]:
    """Answer the newest, and all that are as old as the last of them, so that a merge can choose among them."""
    ranked.sort(key=lambda item: item[:2])
    if len(ranked) <= NEWEST:
        return ranked
    last = ranked[NEWEST - 1][:2]
    return [item for item in ranked if item[:2] <= last]


def _newest(showings: Iterable[Showing]) -> tuple[Showing, ...]:
    return tuple(sorted(set(showings))[:NEWEST])


def _showing(rank: tuple[int, float], card: Card, body: Body | None) -> Showing:
    pictures = {picture_key(card.path, address) for address in card.pictures}
    texts: tuple[str, ...] = ()
    if body is not None:
        pictures.update(picture_key(card.path, candidate.address) for candidate in body.pictures)
        texts = tuple([block.text[:LONGEST_TEXT] for block in _ends(body.blocks, _FIRST_BLOCKS, _LAST_BLOCKS)])
    return Showing(rank, card.id, card.title, tuple(sorted(pictures)), card.description or "", texts, body is not None)


def _ends(parts: tuple[_Part, ...], first: int, last: int) -> tuple[_Part, ...]:
    return parts if len(parts) <= first + last else (*parts[:first], *parts[-last:])


def _profile(showings: Sequence[Showing]) -> Profile:
    """Take what recurs under different titles: copies of one article prove nothing."""
    read = {showing.title for showing in showings if showing.is_read}
    enough, enough_loose = (max(_FEWEST, ceil(share * len(read))) for share in (_SHARE, _LOOSE_SHARE))
    fewest = _PAIR if len(read) == _PAIR else enough
    frames = (
        *recurring_frames(*_texts(showings), enough=fewest, enough_loose=enough_loose).items(),
        *recurring_descriptions(_descriptions(showings), enough=fewest).items(),
    )
    return Profile(
        shared_pictures=frozenset(picture for picture, titles in _pictures(showings).items() if len(titles) >= _FEWEST),
        repeated_texts=frozenset(
            text
            for text, titles in frames
            if len(titles) >= (enough_loose if is_loose(text) else enough)
            or (len(titles) == len(read) == _PAIR and text[0] == WHOLE and len(text) > _LONG)
        ),
    )


def _pictures(showings: Iterable[Showing]) -> Shown:
    pictures: dict[str, Set[str]] = {}
    for showing in showings:
        show(pictures, showing.pictures, {showing.title})
    return pictures


def _descriptions(showings: Iterable[Showing]) -> Shown:
    descriptions: dict[str, Set[str]] = {}
    for showing in showings:
        if showing.description:
            show(descriptions, (showing.description,), {showing.title})
    return descriptions


def _texts(showings: Iterable[Showing]) -> tuple[Shown, Shown]:
    """Answer the texts of several articles, and the sentences of those that hold several."""
    texts: dict[str, Set[str]] = {}
    outer: dict[str, Set[str]] = {}
    sentences: dict[str, Set[str]] = {}
    for showing in showings:
        title = {showing.title}
        show(texts, showing.texts, title)
        show(outer, _ends(showing.texts, _FIRST_SENTENCES, _LAST_SENTENCES), title)
    for text, titles in outer.items():
        parts = split_sentences(text)
        if len(parts) > 1:
            show(sentences, parts, titles)
    return texts, sentences
