"""Which articles the configuration selects: the register learns of it, and everything else goes by the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo

from feeds.choose import microseconds, moment_of
from feeds.config import Config
from feeds.errors import Problem, ProblemKind
from feeds.kinds import chains_among
from feeds.model import Card, Selection
from feeds.model.selection import Bound
from feeds.normalise.places import holds, is_at
from feeds.pipeline.chosen import card_as_remembered
from feeds.pipeline.fingerprints import fingerprint
from feeds.state import Register, Registered, Run, Standing

_SELECTABLE = (Standing.ADMITTED, Standing.UNDATED, Standing.UNSELECTED)
_ALWAYS, _NEVER = -(2**62), 2**62
"""Before and after all that is ever published, in microseconds since the epoch."""


class Selector:
    """Tells of articles whether a build publishes them."""

    def __init__(self, config: Config, now: datetime) -> None:
        """Take what is to be selected, and the time of the build."""
        self._selection = config.select or Selection()
        self._language = config.language
        self._zone = config.zone or UTC
        self.start, self.end = self._bounds(now)

    @property
    def fingerprint(self) -> str:
        """Of all that it goes by, but for the time; "" where everything is selected."""
        nothing = self._selection == Selection()
        return "" if nothing else fingerprint(self._selection, self._language, str(self._zone))

    def reason(self, card: Card) -> str:
        """Answer why an article is left out; "" where it is not."""
        rule = self._selection.rule
        for condition in rule.all_of:
            if not holds(condition, card, self._language):
                return f'all_of asks for "{":".join(condition)}"'
        if rule.any_of and not any(holds(condition, card, self._language) for condition in rule.any_of):
            return f"any_of asks for one of {', '.join(':'.join(condition) for condition in rule.any_of)}"
        for condition in rule.none_of:
            if holds(condition, card, self._language):
                return f'none_of refuses "{":".join(condition)}"'
        return self._reason_of_date(card)

    def settle(self, register: Register, run: Run | None, touched: Collection[str], now: datetime) -> frozenset[str]:
        """Let the register say of each article whether it is selected, and answer the paths of which it said otherwise.

        Args:
            register: Every article.
            run: The last build.
            touched: Paths of articles that may be others than they were.
            now: The time of the build.
        """
        before = run.selection if run is not None else ""
        if not before and not self.fingerprint:
            return frozenset()
        if run is None or before != self.fingerprint or now < run.began:
            found: Iterable[Registered] = register.all()
        else:
            found = register.some({*touched, *self._passed(register, run.began)})
        changes = {one.reading.path: standing for one in found if (standing := self._standing(one)) is not None}
        register.restand(changes)
        return frozenset(changes)

    def next_due(self, register: Register) -> datetime | None:
        """Answer when the next article comes in, or drops out, because time passes; None for never."""
        dues = []
        if isinstance(since := self._selection.since, timedelta):
            first = register.first_from(Standing.ADMITTED, self.start)
            dues += [] if first is None else [_later(first + 1, since)]
        if isinstance(until := self._selection.until, timedelta):
            first = register.first_from(Standing.UNSELECTED, self.end)
            dues += [] if first is None else [_later(first, until)]
        return min(dues, default=None)

    def problems(self, register: Register) -> Iterator[Problem]:
        """Yield what there is to tell of conditions that mean no article."""
        if self.start >= self.end:
            yield Problem(
                kind=ProblemKind.UNUSED_CONDITION,
                path="",
                what="[select] since and until leave out every article",
                cause="since is later than until",
                cure="Correct one of them, or take it out.",
            )
        rule = self._selection.rule
        for name, conditions in (("all_of", rule.all_of), ("any_of", rule.any_of), ("none_of", rule.none_of)):
            wanted = [value for kind, value in conditions if kind == "category"]
            names = _names_of(register) if wanted else frozenset()
            known = {one.casefold() for one in names}
            yield from (_unused(name, value, names) for value in wanted if value.casefold() not in known)
            for value in (value for kind, value in conditions if kind == "path"):
                if not any(is_at(value, one.reading.path) for one in register.all()):
                    yield Problem(
                        kind=ProblemKind.UNUSED_CONDITION,
                        path="",
                        what=f'[select] {name}: "path:{value}" means no article',
                        cause="no article's file fits the pattern",
                        cure="Write paths as they are from the folder of the archive.",
                    )

    def _standing(self, one: Registered) -> Standing | None:
        """Answer how an article is to stand; None where it stands so."""
        if one.standing not in _SELECTABLE:
            return None
        card = card_as_remembered(one)
        standing = Standing.ADMITTED if card.published is not None else Standing.UNDATED
        standing = Standing.UNSELECTED if self.reason(card) else standing
        return None if standing is one.standing else standing

    def _reason_of_date(self, card: Card) -> str:
        if card.published is None:
            return ""
        published = microseconds(card.published)
        for name, bound, is_outside in (
            ("since", self._selection.since, published < self.start),
            ("until", self._selection.until, published >= self.end),
        ):
            if is_outside:
                return f"{name} = {_written(bound) if isinstance(bound, timedelta) else bound}"
        return ""

    def _bounds(self, now: datetime) -> tuple[int, int]:
        """Answer from when on, and before when, an article must be published; microseconds since the epoch."""
        start = _moment(self._selection.since, now, self._zone)
        end = _moment(self._selection.until, now, self._zone, days=1)
        is_age = isinstance(self._selection.until, timedelta)
        return (
            _ALWAYS if start is None else microseconds(start),
            _NEVER if end is None else microseconds(end) + is_age,
        )

    def _passed(self, register: Register, began: datetime) -> list[str]:
        """Answer the paths of articles of which time alone may have changed the standing since the last build."""
        start, end = self._bounds(began)
        gone = register.between(Standing.ADMITTED, start, self.start) if start < self.start else []
        return gone + (register.between(Standing.UNSELECTED, end, self.end) if end < self.end else [])


def _moment(bound: Bound | None, now: datetime, zone: tzinfo, *, days: int = 0) -> datetime | None:
    if bound is None:
        return None
    if isinstance(bound, timedelta):
        return now - bound
    try:
        return datetime.combine(bound + timedelta(days=days), time(), zone).astimezone(UTC)
    except OverflowError:  # the first day of all, or the last: everything lies within
        return None


def _later(published: int, period: timedelta) -> datetime:
    """Answer the moment so long after the publication of an article."""
    try:
        return moment_of(published) + period
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _written(period: timedelta) -> str:
    hours = period // timedelta(hours=1)
    return f"{hours // 24:,} days" if hours % 24 == 0 else f"{hours:,} hours"


def _names_of(register: Register) -> frozenset[str]:
    """Answer every way of naming a category: its own name, and its path from the top."""
    chains = {chain for shelf in register.shelf_names() for chain in chains_among(shelf)}
    return frozenset(
        name
        for chain in chains
        for depth in range(1, len(chain) + 1)
        for name in (chain[depth - 1], "/".join(chain[:depth]))
    )


def _unused(name: str, value: str, known: Iterable[str]) -> Problem:
    from difflib import get_close_matches  # it loads slowly, and few builds have a condition to tell of

    near = get_close_matches(value, sorted(known), n=1)
    return Problem(
        kind=ProblemKind.UNUSED_CONDITION,
        path="",
        what=f'[select] {name}: "category:{value}" means no article',
        cause="no article is in such a category",
        cure=f'Did you mean "{near[0]}"?' if near else "Write categories as `feeds build` lists them.",
    )
