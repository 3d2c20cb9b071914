"""Bodies of articles: kept from an earlier build where their file is the same, else read in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from feeds.finish.blocks import text_of
from feeds.model import Body, Card
from feeds.pipeline.batches import Batches, BodiesRead, BodyWanted, read_bodies
from feeds.pipeline.fingerprints import fingerprint
from feeds.state import KeptText, State


def text_mark(body: Body) -> str:
    """Answer a fingerprint of all that a body shows, fixes apart; "" for nothing."""
    text = text_of(body.blocks) if body.undropped is None else body.undropped
    return fingerprint(text) if text else ""


class Bodies:
    """Answers for the bodies of one archive; what it learns of one without looking at it again comes first."""

    def __init__(
        self,
        root: Path,
        state: State,
        stamp_of: Callable[[str], bytes],
        batches: Batches,
        wanted: Callable[[Card], BodyWanted],
        *,
        is_comparable: bool,
    ) -> None:
        """Take where to read.

        Args:
            root: The archive.
            state: What is kept.
            stamp_of: Answers what the file system says of a file; b"" for one that cannot be relied on yet.
            batches: How to read what is not kept.
            wanted: Says how the body of a card is to be read.
            is_comparable: What is kept was made by this program.
        """
        self._root = root
        self._state = state
        self._stamp_of = stamp_of
        self._batches = batches
        self._wanted = wanted
        self._is_comparable = is_comparable
        self._texts: dict[str, KeptText] = {}
        self.fresh: dict[str, Body] = {}
        """What was read now, to be kept."""

    def read(self, cards: Iterable[Card]) -> frozenset[str]:
        """See to it that the bodies of some cards are known; answer the paths of files that vanished."""
        wanted = {card.path: self._wanted(card) for card in cards if card.path not in self._texts}
        if self._is_comparable:
            self._texts |= {
                path: one
                for path, one in self._state.texts(wanted).items()
                if one.stamp and one.stamp == self._stamp_of(path) and _is_as_wanted(one, wanted[path])
            }
        unread = [one for path, one in wanted.items() if path not in self._texts]
        for batch in self._batches.run(
            "reading bodies", partial(read_bodies, self._root), unread, len(unread), BodiesRead
        ):
            for path, (body, problems) in batch.items():
                self.fresh[path] = body
                self._texts[path] = KeptText(
                    stamp=self._stamp_of(path),
                    drop=wanted[path].drop,
                    has_html=wanted[path].has_html,
                    digest=fingerprint(body),
                    text=text_mark(body),
                    problems=problems,
                )
        return frozenset(wanted.keys() - self._texts.keys())

    def text(self, path: str) -> str:
        """Answer a fingerprint of all that a body shows, fixes apart; "" for nothing."""
        return self._texts[path].text

    def known(self, path: str) -> KeptText | None:
        """Answer what is known of a body; None of one that was not asked for."""
        return self._texts.get(path)

    def bodies(self, paths: Iterable[str]) -> dict[str, Body]:
        """Answer bodies that are known, by path."""
        wanted = set(paths)
        fresh = {path: self.fresh[path] for path in wanted & self.fresh.keys()}
        return fresh | self._state.bodies(wanted - fresh.keys())


def _is_as_wanted(kept: KeptText, wanted: BodyWanted) -> bool:
    return kept.drop == wanted.drop and (kept.has_html or not wanted.has_html)
