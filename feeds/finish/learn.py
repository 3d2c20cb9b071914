"""What recurs within one publisher, learned from cards alone, as a merge.

Counting is done per batch and merged in any order and any grouping, with the same answer: only the newest
cards of each publisher are kept, and which those are depends on nothing but the cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from feeds.finish.pictures import picture_key
from feeds.model import Card, Profile

NEWEST = 200
"""Cards of a publisher that are looked at."""
_SHARED_BY = 3
"""Titles from which a picture says nothing about a single article."""


@dataclass(frozen=True, slots=True, order=True)
class Showing:
    """The pictures of one card, in the order in which cards count."""

    rank: tuple[int, float]
    """(0, seconds before the epoch) of a dated card, (1, 0) of an undated one."""
    id: str
    title: str
    pictures: tuple[str, ...]
    """As `picture_key` writes them."""


Showings: TypeAlias = Mapping[str, tuple[Showing, ...]]
"""The newest cards of each publisher: in order, without repeats, at most `NEWEST`."""


def learn_profiles(cards: Iterable[Card]) -> dict[str, Profile]:
    """Learn the profile of every publisher that the cards name."""
    return make_profiles(count_pictures(cards))


def count_pictures(cards: Iterable[Card]) -> Showings:
    """Note what one batch of cards shows."""
    found: defaultdict[str, set[Showing]] = defaultdict(set)
    for card in cards:
        rank = (1, 0.0) if card.published is None else (0, -card.published.timestamp())
        pictures = tuple(picture_key(card.path, address) for address in card.pictures)
        found[card.publisher].add(Showing(rank, card.id, card.title, pictures))
    return {publisher: tuple(sorted(showings)[:NEWEST]) for publisher, showings in found.items()}


def merge_counts(one: Showings, other: Showings) -> Showings:
    """Merge two batches: commutative, associative, and blind to what stands in both."""
    merged = dict(one)
    for publisher, showings in other.items():
        merged[publisher] = tuple(sorted({*merged.get(publisher, ()), *showings})[:NEWEST])
    return merged


def make_profiles(counts: Showings) -> dict[str, Profile]:
    """Answer the profile of each publisher: pictures shared by cards of at least three titles are shared."""
    profiles = {}
    for publisher, showings in sorted(counts.items()):
        titles: defaultdict[str, set[str]] = defaultdict(set)
        for showing in showings:
            for picture in showing.pictures:
                titles[picture].add(showing.title)
        shared = frozenset(picture for picture, under in titles.items() if len(under) >= _SHARED_BY)
        profiles[publisher] = Profile(shared_pictures=shared)
    return profiles
