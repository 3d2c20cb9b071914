"""Bodies of articles: kept from an earlier build where their file is the same, else read in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from feeds.errors import Problem
from feeds.model import Body, Card
from feeds.pipeline.batches import Batches, BodyWanted, read_bodies
from feeds.pipeline.fingerprints import fingerprint
from feeds.state import KeptBody, Stamp, State


class Bodies:
    """Answers for the bodies of one archive, and remembers which were asked for."""

    def __init__(
        self,
        root: Path,
        state: State,
        stamps: Mapping[str, Stamp | None],
        batches: Batches,
        wanted: Callable[[Card], BodyWanted],
    ) -> None:
        """Take where to read.

        Args:
            root: The archive.
            state: What is kept, if it may be used.
            stamps: Of the files of today, by path; None for one that cannot be relied on yet.
            batches: How to read what is not kept.
            wanted: Says how the body of a card is to be read.
        """
        self._root = root
        self._state = state
        self._stamps = stamps
        self._batches = batches
        self._wanted = wanted
        self.fresh: dict[str, KeptBody] = {}
        """What was read now, to be kept."""
        self.digests: dict[str, str] = {}
        """Of every body that was asked for."""
        self.problems: list[Problem] = []

    def read(self, cards: Iterable[Card]) -> dict[str, Body]:
        """Answer the bodies of some cards by path, but for those of files that vanished."""
        wanted = {card.path: self._wanted(card) for card in cards}
        kept = {
            path: one
            for path, one in self._state.bodies(wanted).items()
            if one.stamp is not None and one.stamp == self._stamps.get(path) and one.drop == wanted[path].drop
        }
        for path, one in kept.items():
            self._note(path, one)
        bodies = {path: one.body for path, one in kept.items()}
        unread = [one for path, one in wanted.items() if path not in kept]
        for batch in self._batches.run("reading bodies", partial(read_bodies, self._root), unread):
            for path, (body, problems) in batch.items():
                self.fresh[path] = KeptBody(
                    stamp=self._stamps.get(path),
                    drop=wanted[path].drop,
                    digest=fingerprint(body.blocks, body.pictures, sorted(body.stand_ins), body.html),
                    body=body,
                    problems=problems,
                )
                self._note(path, self.fresh[path])
                bodies[path] = body
        return bodies

    def _note(self, path: str, one: KeptBody) -> None:
        self.digests[path] = one.digest
        self.problems += one.problems
