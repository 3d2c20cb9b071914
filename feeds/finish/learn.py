"""What recurs within one publisher and so says nothing about a single article: its texts and its pictures.

Counting is done per batch and merged in any order and any grouping, with the same answer: only the newest
articles of each publisher are kept, and which those are depends on nothing but the articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import TypeAlias

from feeds.finish.frames import STATED, WHOLE, frames_of, is_loose, sentence_frames
from feeds.finish.pictures import picture_key
from feeds.finish.prose import match_key
from feeds.model import Body, Card, Profile

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


@dataclass(frozen=True, slots=True, order=True)
class Showing:
    """What one article shows, in the order in which articles count."""

    rank: tuple[int, float]
    """(0, seconds before the epoch) of a dated article, (1, 0) of an undated one."""
    id: str
    title: str
    pictures: tuple[str, ...]
    """As `picture_key` writes them; sorted, without repeats."""
    texts: tuple[str, ...]
    """Frames; without repeats."""
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
    texts = [STATED + match_key(card.description)] if card.description else []
    if body is not None:
        pictures.update(picture_key(card.path, candidate.address) for candidate in body.pictures)
        texts += _frames(body)
    return Showing(rank, card.id, card.title, tuple(sorted(pictures)), tuple(dict.fromkeys(texts)), body is not None)


def _frames(body: Body) -> Iterator[str]:
    blocks = body.blocks
    if len(blocks) > _FIRST_BLOCKS + _LAST_BLOCKS:
        blocks = (*blocks[:_FIRST_BLOCKS], *blocks[-_LAST_BLOCKS:])
    texts = [block.text for block in blocks]
    yield from frames_of(*texts)
    if len(texts) > _FIRST_SENTENCES + _LAST_SENTENCES:
        texts = [*texts[:_FIRST_SENTENCES], *texts[-_LAST_SENTENCES:]]
    yield from sentence_frames(*texts)


def _profile(showings: Sequence[Showing]) -> Profile:
    """Take what recurs under different titles: copies of one article prove nothing."""
    read = {showing.title for showing in showings if showing.is_read}
    enough, enough_loose = (max(_FEWEST, ceil(share * len(read))) for share in (_SHARE, _LOOSE_SHARE))
    return Profile(
        shared_pictures=frozenset(
            picture for picture, titles in _recurring(showings, lambda one: one.pictures) if titles >= _FEWEST
        ),
        repeated_texts=frozenset(
            text
            for text, titles in _recurring(showings, lambda one: one.texts)
            if titles >= (enough_loose if is_loose(text) else enough)
            or (titles == len(read) == _PAIR and text[0] == WHOLE and len(text) > _LONG)
        ),
    )


def _recurring(
    showings: Sequence[Showing], shown_by: Callable[[Showing], tuple[str, ...]]
) -> Iterator[tuple[str, int]]:
    """Yield what several articles show, and under how many titles."""
    counts = Counter(chain.from_iterable(map(shown_by, showings)))
    titles: dict[str, set[str]] = {shown: set() for shown, articles in counts.items() if articles >= _PAIR}
    for showing in showings:
        for shown in titles.keys() & shown_by(showing):
            titles[shown].add(showing.title)
    return ((shown, len(under)) for shown, under in titles.items())
