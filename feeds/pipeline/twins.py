"""Copies among articles that no feed shows: they are one, as in feeds, by what archive and memory say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from feeds.choose import unify
from feeds.config import Config
from feeds.model import Card
from feeds.pipeline.batches import Batches, BodiesRead, read_bodies
from feeds.pipeline.bodies import text_mark
from feeds.pipeline.chosen import card_as_remembered
from feeds.pipeline.prepare import Prepared, body_wanted, finish_rules
from feeds.pipeline.recollect import remembered_copies
from feeds.state import KeptPage, Register, State

_AT_ONCE = 2_000
"""Articles that may be copies, compared at once."""


class Twins:
    """The copies of one archive, those in feeds apart."""

    def __init__(self, config: Config, prepared: Prepared, state: State, batches: Batches, *, until: int) -> None:
        """Take where articles are; `until` tells which are due, in microseconds since the epoch."""
        self._config = config
        self._prepared = prepared
        self._state = state
        self._batches = batches
        self._until = until
        self.united = {
            path: other[1]
            for path, other in prepared.chosen.instead.items()
            if other is not None and path not in prepared.chosen.cards
        }
        """By path, the cards of articles of which there are copies."""
        self.copies: set[str] = set()
        """Paths of those copies."""

    def settle(self) -> None:
        """Find them."""
        articles = self._state.register.alike(self._until)
        group: list[str] = []
        for _, same in groupby(articles, key=lambda article: article.likeness):
            group += (article.path for article in same)
            if len(group) >= _AT_ONCE:
                self._unite(group)
                group = []
        self._unite(group)

    def _unite(self, paths: Sequence[str]) -> None:
        chosen = self._prepared.chosen
        found: defaultdict[tuple[str, str], list[Card]] = defaultdict(list)
        for card in cards_of(self._state.register, paths):
            found[card.title, card.publisher].append(card)
        groups = [
            sorted(cards, key=lambda card: card.path)
            for cards in found.values()
            if len(cards) > 1 and not any(card.path in chosen.cards or card.path in chosen.instead for card in cards)
        ]
        texts = self._texts([card for cards in groups for card in cards])
        memory = remembered_copies(self._prepared.memory, self._prepared.readings.today)
        for cards in groups:
            there = [card for card in cards if card.path in texts]
            by_path = {card.path: card for card in there}
            twins = memory.twins_of(there)
            marks = {path: texts[twins.get(path, path)] for path in by_path}

            def text_that_counts(card: Card, marks: dict[str, str] = marks) -> str:
                return marks[card.path]

            for one in unify(there, text_that_counts, memory.is_known, memory.is_remembered):
                if len(one.paths) > 1:
                    self.united[one.paths[0]] = one.card
                    self.copies.update(one.paths[1:])
        self._state.keep({"pages": {path: self._row(path, texts[path]) for path in self.copies & texts.keys()}})

    def _row(self, path: str, text: str) -> KeptPage:
        return KeptPage(stamp=self._prepared.snapshot.stamp_of(path), text=text, key="", page="", pictures=())

    def _texts(self, cards: Sequence[Card]) -> dict[str, str]:
        """Answer fingerprints of what articles show, by path; files that vanished are not among them."""
        paths = [card.path for card in cards]
        kept = self._state.pages(paths) if self._prepared.readings.is_comparable else {}
        stamp_of = self._prepared.snapshot.stamp_of
        texts = {path: one.text for path, one in kept.items() if one.stamp and one.stamp == stamp_of(path)}
        rules = finish_rules(self._config)
        unread = [body_wanted(card, rules) for card in cards if card.path not in texts]
        read = partial(read_bodies, self._config.archive)
        for batch in self._batches.run("comparing copies", read, unread, len(unread), BodiesRead):
            texts |= {path: text_mark(body) for path, (body, _) in batch.items()}
        return texts


def cards_of(register: Register, paths: Iterable[str]) -> Iterator[Card]:
    """Answer the cards of some articles as they are remembered, each id its own alone."""
    return map(card_as_remembered, register.some(paths))
