"""Which picture stands for an article: the first candidate that shows what the article is about.

A verdict names the rule that dropped a candidate. Pure: what an address leads to, the caller resolves.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from feeds import addresses
from feeds.finish.doubts import DROPPED_FROM, find_doubts, find_flaw, subjects_of
from feeds.finish.local import plain
from feeds.finish.rules import INVITATION
from feeds.finish.verdicts import Judge
from feeds.model import BlockKind, Card, Picture, PictureCandidate

_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#!@].*)?$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"https?:|[/.]")
_LONGEST_APPEAL = 80
_READ = 40
"""Blocks from the beginning that tell what an article is about."""


class PictureVerdict(Struct, frozen=True, kw_only=True):
    """What the rules make of one candidate."""

    candidate: PictureCandidate
    """As the front matter or the body names it."""
    address: str
    """Freed of proxies."""
    is_stated: bool
    """Named by the front matter, not by the body."""
    reason: str
    """Name of the rule that dropped it; "" when it may stand for the article."""


def picture_key(path: str, address: str) -> str:
    """Write a picture's address so that equal texts are one picture in the articles of all folders."""
    address = plain(addresses.unproxy(address.strip()))
    if not address or address.startswith(("/", "#")) or addresses.has_scheme(address):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def find_picture(
    card: Card,
    judge: Judge,
    *,
    placeholders: Sequence[re.Pattern[str]],
    resolve: Callable[[str], Picture | None],
) -> Picture | None:
    """Find the picture that stands for an article.

    What a person decided; else the first candidate of the front matter, then of the body, that no rule drops.

    Args:
        card: The article's.
        judge: Of the article's blocks; knows the publisher's profile and the fix.
        placeholders: Patterns of addresses that stand where no picture is, beside the built-in ones.
        resolve: Answers the finished picture for an address freed of proxies, or None: the next one then.
    """
    if judge.fix.picture is not None:
        return resolve(judge.fix.picture) if judge.fix.picture else None
    for verdict in iter_picture_verdicts(card, judge, placeholders=placeholders):
        picture = None if verdict.reason else resolve(verdict.address)
        if picture:
            return picture
    return None


def judge_pictures(card: Card, judge: Judge, *, placeholders: Sequence[re.Pattern[str]]) -> tuple[PictureVerdict, ...]:
    """Judge every candidate, those of the front matter first, an address once."""
    return tuple(iter_picture_verdicts(card, judge, placeholders=placeholders))


def iter_picture_verdicts(
    card: Card, judge: Judge, *, placeholders: Sequence[re.Pattern[str]]
) -> Iterator[PictureVerdict]:
    """Judge candidates as `judge_pictures` does, no further than somebody asks."""
    shown = {_plain(candidate.address): candidate for candidate in reversed(judge.body.pictures)}
    named = (PictureCandidate(address=address, width=None, height=None, hints="") for address in card.pictures)
    jury = _Jury(card.path, judge, placeholders)
    seen: set[str] = set()
    stated = ((candidate, True) for candidate in named)
    for candidate, is_stated in (*stated, *((candidate, False) for candidate in judge.body.pictures)):
        address = addresses.unproxy(candidate.address.strip())
        if address in seen:
            continue
        seen.add(address)
        # The front matter says nothing of a picture; where the body shows the same one, it does.
        twin = shown.get(_plain(address))
        reason = jury.reason(replace(twin or candidate, address=plain(address)), is_shown=twin is not None)
        yield PictureVerdict(candidate=candidate, address=address, is_stated=is_stated, reason=reason)


def _plain(address: str) -> str:
    """Write an address so that it is equal however it was encoded."""
    return unquote(plain(addresses.unproxy(address.strip())))


class _Jury:
    """Weighs the candidates of one article."""

    def __init__(self, path: str, judge: Judge, placeholders: Sequence[re.Pattern[str]]) -> None:
        self._path = path
        self._judge = judge
        self._blocks = judge.body.blocks
        self._placeholders = placeholders

    def reason(self, candidate: PictureCandidate, *, is_shown: bool) -> str:
        """Name what drops a candidate; "" when it may stand for the article.

        Args:
            candidate: Its address freed of proxies.
            is_shown: The body shows it, so that its place tells.
        """
        reason = self._flaw(candidate)
        if reason:
            return reason
        doubts = self._doubts(candidate)
        if is_shown and _weight(doubts) < DROPPED_FROM:
            doubts += self._doubts_of_place(candidate, _weight(doubts))
        if _weight(doubts) >= DROPPED_FROM:
            return max(doubts, key=lambda doubt: doubt[1])[0]
        return "not in the body" if doubts and not is_shown and self._shows_its_own else ""

    def _flaw(self, candidate: PictureCandidate) -> str:
        if picture_key(self._path, candidate.address) in self._judge.profile.shared_pictures:
            return "shared"
        if candidate.address in self._judge.body.stand_ins:
            return "placeholder"
        return find_flaw(candidate, self._placeholders)

    def _doubts(self, candidate: PictureCandidate) -> list[tuple[str, int]]:
        doubts = list(find_doubts(candidate, ()))
        return list(find_doubts(candidate, self._subjects)) if doubts else []

    @cached_property
    def _subjects(self) -> frozenset[str]:
        main = self._judge.main
        return subjects_of(self._judge.title, (block.text for block in self._blocks[:_READ] if main.holds(block)))

    @cached_property
    def _shows_its_own(self) -> bool:
        """Tell whether the body shows a picture that nothing speaks against."""
        return any(not self._flaw(one) and not self._doubts(one) for one in self._judge.body.pictures)

    def _doubts_of_place(self, candidate: PictureCandidate, weight: int) -> Iterator[tuple[str, int]]:
        place = candidate.place
        if place < len(self._blocks) and self._blocks[place].kind is BlockKind.CAPTION:
            weight -= 1
            yield "captioned", -1
        if self._is_beside_invitation(candidate) and "QR code" not in self._subjects:
            weight += 2
            yield "beside an invitation", 2
        if self._is_under_furniture(candidate):
            weight += 2
            yield "under furniture", 2
        if _ELSEWHERE.match(plain(candidate.link)) and not _leads_to_itself(candidate):
            weight += 1
            yield "linked", 1
        # What stands behind the text is asked last, and only where the answer matters: it judges the whole body.
        if weight == DROPPED_FROM - 1 and self._text_ends <= place:
            yield "behind the text", 1

    def _is_beside_invitation(self, candidate: PictureCandidate) -> bool:
        """Tell whether a short text of no article, right before or behind a picture, asks to scan or follow."""
        place = candidate.place
        inviting = [
            block
            for block in self._blocks[max(0, place - 1) : place + 1]
            if len(block.text) <= _LONGEST_APPEAL
            and INVITATION.search(block.text)
            and _are_together(block.trail, candidate.trail)
        ]
        return any(not verdict.is_own for verdict in self._judge.verdicts(inviting))

    def _is_under_furniture(self, candidate: PictureCandidate) -> bool:
        """Tell whether the heading right before a linked picture announces other articles, or the like."""
        before = self._blocks[max(0, candidate.place - 1) : candidate.place] if candidate.link else ()
        headings = [
            block for block in before if block.kind is BlockKind.HEADING and _are_together(block.trail, candidate.trail)
        ]
        return any(verdict.reason == "furniture" for verdict in self._judge.verdicts(headings))

    @cached_property
    def _text_ends(self) -> float:
        """Count the blocks before which all of the article's own text stands; infinite when it has none."""
        for place in range(len(self._blocks), 0, -1):
            if next(self._judge.verdicts(self._blocks[place - 1 : place])).is_own:
                return place
        return float("inf")


def _are_together(block: str, picture: str) -> bool:
    """Tell by their trails whether a text and a picture stand in one element, or in two side by side."""
    around_block, around_picture = (trail.rpartition(" ")[0] for trail in (block, picture))
    return picture in (block, around_block) or picture.endswith(around_block) or around_block == around_picture


def _weight(doubts: list[tuple[str, int]]) -> int:
    return sum(weight for _, weight in doubts)


def _leads_to_itself(candidate: PictureCandidate) -> bool:
    """Tell whether a click shows the picture larger: a file, or a page with the picture's name."""
    stem = re.split(r"[.-]\d|\.", candidate.address.rpartition("/")[2])[0]
    return _PICTURE_NAME.search(candidate.link) is not None or (len(stem) > 3 and stem in candidate.link)
