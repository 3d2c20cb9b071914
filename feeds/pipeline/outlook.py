"""What will come of a drafted configuration: counts, examples, and what subscribers will see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds import __version__
from feeds.choose import moment_of
from feeds.config.written import Line
from feeds.model import CategoryPath, Entry, PublishedEntry
from feeds.pipeline import Progress, foresee
from feeds.pipeline.adopting import adopt_feeds
from feeds.pipeline.draft import Draft, with_line
from feeds.pipeline.plan import Plan
from feeds.pipeline.wishes import Wishes
from feeds.state import State
from feeds.text import fold

_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a first build would make."""

    articles: int
    """Files that are articles by their names."""
    left_out: Mapping[str, int]
    """Articles in no feed, by reason, as `Report.left_out`."""
    first: datetime | None
    """When the oldest article was published; None when there is none."""
    last: datetime | None
    feeds: int
    categories: tuple[tuple[CategoryPath, int], ...]
    """Of the top level, with their articles, the fullest first."""
    examples: tuple[Entry, ...]
    """Newest first; at most three."""
    problems: int
    zoneless: int
    is_first: bool
    """Nobody can have subscribed yet."""
    kept: int
    """Entries that subscribers know, and see no more of."""
    repeated: tuple[Entry, ...]
    """Entries that subscribers know, and will see once more."""
    new: tuple[Entry, ...]
    """Entries that subscribers see for the first time."""
    is_held: bool
    """The build will hold a feed back, since it would announce too much that is old."""


def look_ahead(
    draft: Draft,
    *,
    now: datetime,
    program: str = __version__,
    progress: Progress = lambda stage, done, total: None,
) -> tuple[Draft, Outlook]:
    """Foresee what a build by a drafted configuration would make; nothing is written.

    Returns:
        The draft, with one more setting where the feed would be longer than the one that it replaces; and what comes
        of it.

    Raises:
        FeedsError: The archive cannot be read.
    """
    outlook = _foresee(draft, now, program, progress)
    if draft.old and (outlook.new or outlook.repeated) and len(_known(draft)) < outlook.kept + len(outlook.new):
        line = Line(name="keep_hours", value=0, comment="the old feed shows so many entries and no more")
        tighter = with_line(draft, line)
        if tighter is not draft:
            better = _foresee(tighter, now, program, progress)
            if len(better.new) < len(outlook.new):
                return tighter, better
    return draft, outlook


def _known(draft: Draft) -> Sequence[PublishedEntry]:
    return draft.old[0].entries if draft.old else ()


def take_over_old(
    draft: Draft,
    *,
    now: datetime,
    program: str = __version__,
    progress: Progress = lambda stage, done, total: None,
) -> int:
    """Remember the ids and dates of the old feeds, and answer how many articles have them.

    Raises:
        LockedError: A build is running.
        FeedsError: The memory cannot be written.
    """
    if not draft.old:
        return 0
    feeds = [feed.entries for feed in draft.old]
    adoption = adopt_feeds(draft.config, feeds, now=now, places=draft.places, program=program, progress=progress)
    return len({card.path for _, card in adoption.matched})


def _foresee(draft: Draft, now: datetime, program: str, progress: Progress) -> Outlook:
    previous = tuple(entry for feed in draft.old for entry in feed.entries)

    def use(plan: Plan, state: State) -> Outlook:
        return _outlook(draft, plan, state)

    return foresee(
        draft.config,
        use,
        now=now,
        places=draft.places,
        program=program,
        progress=progress,
        wishes=Wishes(previous=previous),
    )


def _outlook(draft: Draft, plan: Plan, state: State) -> Outlook:
    prepared = plan.prepared
    whole = plan.listing.feeds[0]
    seen = [one for one in plan.news if not one.is_first]
    if draft.old:
        kept, repeated, new = _compare(whole.entries, draft.old[0].entries)
    else:
        renamed = {entry.id: entry for one in seen for _, entry in one.renamed}
        fresh = {entry.id: entry for one in seen for entry in (*one.new, *one.returning)}
        shown = {one.category for one in seen}
        every = {entry.id for feed in plan.listing.feeds if feed.category in shown for entry in feed.entries}
        kept, repeated = len(every - fresh.keys()), tuple(renamed.values())
        new = tuple(entry for id_, entry in fresh.items() if id_ not in renamed)
    published = [one.published for _, _, articles in state.register.shelves() for one in articles]
    tops = sorted(
        ((feed.category, feed.total) for feed in plan.listing.feeds if len(feed.category) == 1),
        key=lambda pair: (-pair[1], pair[0]),
    )
    troubles = plan.troubles.every(state)
    return Outlook(
        articles=prepared.snapshot.scan.count,
        left_out=prepared.left_out,
        first=moment_of(min(published)) if published else None,
        last=moment_of(max(published)) if published else None,
        feeds=len(plan.listing.feeds),
        categories=tuple(tops),
        examples=_examples(whole.entries),
        problems=len(troubles),
        zoneless=sum(problem.kind.slug == "zoneless" for problem in troubles),
        is_first=not seen and not draft.old,
        kept=kept,
        repeated=repeated,
        new=new if seen or draft.old else whole.entries,
        is_held=bool(plan.held),
    )


def _examples(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Choose the newest, the oldest, and one between."""
    if len(entries) <= _EXAMPLES:
        return tuple(entries)
    return entries[0], entries[len(entries) // 2], entries[-1]


def _compare(
    entries: Sequence[Entry], old: Sequence[PublishedEntry]
) -> tuple[int, tuple[Entry, ...], tuple[Entry, ...]]:
    """Tell entries that subscribers know by their ids from those that they know otherwise, and from new ones."""
    ids = {entry.id for entry in old}
    links = {entry.link for entry in old if entry.link}
    titles = {fold(entry.title).casefold() for entry in old if entry.title}
    other = [entry for entry in entries if entry.id not in ids]
    repeated = [entry for entry in other if entry.permalink in links or fold(entry.title).casefold() in titles]
    known = {entry.id for entry in repeated}
    new = tuple(entry for entry in other if entry.id not in known)
    return len(entries) - len(other), tuple(repeated), new
