"""Publishers' habits: learned anew only where something that they were learned from has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from feeds.finish.learn import NEWEST, learn_profiles
from feeds.model import Card, Listed, Profile
from feeds.pipeline.articles import Today
from feeds.pipeline.bodies import Bodies
from feeds.pipeline.chosen import Chosen, card_of
from feeds.pipeline.fingerprints import fingerprint
from feeds.state import KeptProfile, State


class Profiles:
    """Answers for the publishers of one archive, and remembers which were asked for."""

    def __init__(self, state: State, today: Today, chosen: Chosen, bodies: Bodies, *, program: str, until: int) -> None:
        """Take where to learn.

        Args:
            state: What is kept, and every article.
            today: Every article, at hand.
            chosen: What feeds show: their bodies tell of habits, too.
            bodies: Of those.
            program: Tells this program from one that may learn otherwise.
            until: What was published later is not due yet; microseconds since the epoch.
        """
        self._state = state
        self._today = today
        self._chosen = chosen
        self._bodies = bodies
        self._program = program
        self._until = until
        self._known: dict[str, KeptProfile] = {}
        self.fresh: dict[str, KeptProfile] = {}
        """What was learned now, to be kept."""

    def of(self, publisher: str) -> Profile:
        """Answer a publisher's profile."""
        return self._find(publisher).profile

    def digest(self, publisher: str) -> str:
        """Answer a fingerprint of a publisher's profile."""
        return self._find(publisher).digest

    def _find(self, publisher: str) -> KeptProfile:
        if publisher not in self._known:
            key = self._key(publisher)
            kept = self._state.profiles((publisher,)).get(publisher)
            if kept is None or kept.key != key:
                profile = self._learn(publisher)
                kept = KeptProfile(key=key, digest=fingerprint(profile), profile=profile)
                self.fresh[publisher] = kept
            self._known[publisher] = kept
        return self._known[publisher]

    def _key(self, publisher: str) -> str:
        """Answer a fingerprint of all that a publisher's profile is learned from."""
        instead = self._instead[publisher]
        return fingerprint(
            self._program,
            self._state.indexes.digests(publisher, until=self._until, count=NEWEST + len(instead)),
            sorted((path, other and other[0]) for path, other in instead.items()),
            [(path, known.digest) for path in self._shown[publisher] if (known := self._bodies.known(path))],
        )

    @cached_property
    def _instead(self) -> defaultdict[str, dict[str, tuple[Listed, Card] | None]]:
        """By publisher, what stands for articles that are not what the register says, by path."""
        found: defaultdict[str, dict[str, tuple[Listed, Card] | None]] = defaultdict(dict)
        for path, other in self._chosen.instead.items():
            card = other[1] if other else card_of(self._today, path)
            if card is not None:
                found[card.publisher][path] = other
        return found

    @cached_property
    def _shown(self) -> defaultdict[str, list[str]]:
        """By publisher, the paths of what feeds show."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path, card in sorted(self._chosen.cards.items()):
            found[card.publisher].append(path)
        return found

    def _newest(self, publisher: str) -> Iterator[Listed]:
        """Yield the articles of a publisher that are published, copies made one, newest first, then by id."""
        instead = self._instead[publisher]
        others = sorted((other[0] for other in instead.values() if other), key=lambda one: (-one.published, one.id))
        for article in self._state.register.of_publisher(publisher):
            if article.path in instead or article.published > self._until:
                continue
            while others and (-others[0].published, others[0].id) < (-article.published, article.id):
                yield others.pop(0)
            yield article
        yield from others

    def _learn(self, publisher: str) -> Profile:
        newest = tuple(islice(self._newest(publisher), NEWEST))
        self._today.find(one.path for one in newest)
        cards = [card for one in newest if (card := self._card(one.path)) is not None]
        shown = (card.path for card in cards if card.path in self._chosen.cards)
        return learn_profiles(cards, self._bodies.bodies(shown)).get(publisher, Profile())

    def _card(self, path: str) -> Card | None:
        other = self._chosen.instead.get(path)
        return other[1] if other else card_of(self._today, path)
