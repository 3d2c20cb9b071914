"""Everything that a build decides, before it writes anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from feeds.announce import News, compare, is_flood
from feeds.choose import AHEAD, due_until, moment_of
from feeds.config import Config
from feeds.errors import ArchiveError, Problem, ProblemKind
from feeds.finish.fixes import is_in, unused_fix
from feeds.gallery import Gallery
from feeds.kinds import chains_among, shown_name
from feeds.memory import format_memory
from feeds.model import CategoryPath, Feed, FixRule, Memory
from feeds.pipeline.batches import Batches
from feeds.pipeline.entries import Entries, make_entries
from feeds.pipeline.files import Jobs
from feeds.pipeline.holding import Holding, hold_back
from feeds.pipeline.job import Job
from feeds.pipeline.knowledge import Knowledge
from feeds.pipeline.listing import Listing, list_feeds
from feeds.pipeline.older import Older
from feeds.pipeline.pages import Pages
from feeds.pipeline.pictures import Pictures, open_gallery
from feeds.pipeline.prepare import Prepared, prepare
from feeds.pipeline.references import Articles
from feeds.pipeline.report import Progress
from feeds.pipeline.scanning import Snapshot
from feeds.pipeline.shaping import Shaper, written_rows
from feeds.pipeline.silences import silences_of
from feeds.pipeline.standing import find_standing
from feeds.pipeline.troubles import Troubles, find_troubles
from feeds.pipeline.wishes import Wishes
from feeds.publish import Manifest, PublishedFeed
from feeds.render import Format
from feeds.scan import Scan
from feeds.state import State


class Plan(Struct, frozen=True, kw_only=True):
    """What will be written, and all that it came from."""

    prepared: Prepared
    entries: Entries
    listing: Listing
    jobs: tuple[Job, ...]
    """Of every file of the output, but for those of feeds that stay as they are, and of older articles."""
    standing: frozenset[str] | None
    """Output-relative paths of pages that stay though they are not made anew; None for all of them."""
    older: Older | None
    """Pages of articles that no feed shows; None when there are to be none."""
    gallery: Gallery
    feeds: tuple[PublishedFeed, ...]
    """All that the output offers from now on."""
    memory: bytes
    """As its file will hold it."""
    news: tuple[News, ...]
    """Of every feed."""
    holding: Holding
    pictures: Pictures
    next_due: datetime | None
    """When the next article comes in, or drops out, because time passes."""
    troubles: Troubles

    @property
    def held(self) -> frozenset[CategoryPath]:
        """Answer the feeds that are held back."""
        return self.holding.held

    @property
    def entry_count(self) -> int:
        """Articles that stand in at least one feed."""
        return len({entry.id for feed in self.listing.feeds for entry in feed.entries})


def plan_build(
    config: Config,
    knowledge: Knowledge,
    snapshot: Snapshot,
    *,
    now: datetime,
    formats: Sequence[Format],
    program: str,
    wishes: Wishes,
    batches: Batches,
    progress: Progress,
) -> Plan:
    """Decide everything.

    Raises:
        ArchiveError: Most articles of the last build are gone.
        ConfigError: A template or a label of the pages cannot be used.
    """
    _check_loss(config, knowledge, snapshot.scan, wishes)
    prepared = prepare(
        config,
        knowledge,
        snapshot,
        now=now,
        program=program,
        previous=wishes.previous,
        batches=batches,
        progress=progress,
    )
    gallery, pictures = open_gallery(config, snapshot, knowledge.state)
    articles = Articles(config, snapshot.scan, knowledge.state.register, until=due_until(now))
    entries = make_entries(config, prepared, gallery, articles, knowledge.state, program, progress)
    progress("naming feeds", 0, 0)
    rows = written_rows(config, formats)
    listing = list_feeds(
        config,
        prepared.chosen.plans,
        entries.by_path,
        Shaper(prepared.overrides, rows, entries.weights),
        manifest=knowledge.manifest,
        remembered=knowledge.memory.feeds,
    )
    prepared.past.announced.prefetch(one.entry.id for one in entries.kept.values())
    news = tuple(_news(prepared, entries, listing))
    held = frozenset() if wishes.accept_flood else _held(prepared, news, knowledge.manifest)
    pages = older = standing = None
    until = due_until(now)
    holding = hold_back(held, listing, prepared, knowledge.manifest, knowledge.state.register, until=until)
    listing = holding.listing
    if config.pages:
        silent = {one.category for one in silences_of(prepared, knowledge.state)}
        pages = Pages(config, rows, program, listing.feeds, entries.digests, silent)
        if config.article_pages == "missing":
            standing = find_standing(prepared, entries.by_path.values(), knowledge.state, until=until)
        if config.article_pages == "all":
            older = Older(
                config, prepared, gallery, articles, pages, knowledge.state, batches, program=program, until=until
            )
    jobs = Jobs(config, rows, program, listing.feeds, entries.digests, pages)
    return Plan(
        prepared=prepared,
        entries=entries,
        listing=listing,
        jobs=tuple(
            job
            for job in jobs.all(listing.aliases, entries.pages, gallery.copies)
            if job.category not in holding.still or job.category is None
        ),
        standing=standing,
        older=older,
        gallery=gallery,
        feeds=tuple(_published(listing, holding.still, knowledge.manifest)),
        memory=format_memory(_whole_memory(prepared, listing)),
        news=news,
        holding=holding,
        pictures=pictures,
        next_due=_next_due(prepared, knowledge.state),
        troubles=find_troubles(
            prepared,
            entries,
            (
                *knowledge.problems,
                *snapshot.scan.problems,
                *listing.problems,
                *_flood_problems(config, news, held),
                *_unused_fixes(config, prepared, knowledge.state),
                *prepared.selector.problems(knowledge.state.register),
            ),
            knowledge.state,
        ),
    )


def _check_loss(config: Config, knowledge: Knowledge, scan: Scan, wishes: Wishes) -> None:
    run = knowledge.state.run
    if run is not None and not wishes.accept_loss and scan.count * 2 < run.articles:
        raise ArchiveError(
            f"{scan.count:,} articles are there, of {run.articles:,} at the last build; nothing was written",
            path=str(config.archive),
            hint="If a disk is not mounted, mount it. If the articles are meant to be gone: feeds build --accept-loss",
        )


def _next_due(prepared: Prepared, state: State) -> datetime | None:
    ahead = min((moment_of(ahead) - AHEAD for ahead in prepared.chosen.ahead.values()), default=None)
    dues = (ahead, prepared.selector.next_due(state.register))
    return min((due for due in dues if due is not None), default=None)


def _whole_memory(prepared: Prepared, listing: Listing) -> Memory:
    return replace(prepared.memory, feeds=listing.remembered)


def _unused_fixes(config: Config, prepared: Prepared, state: State) -> Iterator[Problem]:
    for number, rule in enumerate(config.fix, 1):
        if not _is_used(rule, prepared, state):
            yield unused_fix(number, rule)


def _is_used(rule: FixRule, prepared: Prepared, state: State) -> bool:
    """Tell whether a fix is meant for any article."""
    register = state.register
    wanted = rule.category
    names = register.shelf_names() if wanted is not None else ()
    shelves = None if wanted is None else [name for name in names if is_in(chains_among(name), wanted)]
    if rule.id is None:
        return register.has(rule.publisher, shelves)
    found = prepared.readings.today.find({*register.claiming((rule.id,)), *prepared.past.affected}).values()
    return any(
        one.id == rule.id
        and rule.publisher in (None, one.reading.card.publisher)
        and (wanted is None or is_in(one.reading.card.chains, wanted))
        for one in found
    )


def _news(prepared: Prepared, entries: Entries, listing: Listing) -> Iterator[News]:
    for feed in (*listing.feeds, *listing.aliases):
        yield compare(
            feed,
            prepared.past.windows.get(feed.category),
            prepared.past.announced,
            entries.digests_in(feed),
            keep=prepared.overrides.keep(feed.category),
        )


def _held(prepared: Prepared, news: Sequence[News], manifest: Manifest) -> frozenset[CategoryPath]:
    published = {feed.category for feed in manifest.feeds}
    limit = prepared.overrides.flood_limit
    return frozenset(one.category for one in news if one.category in published and is_flood(one, limit(one.category)))


def _flood_problems(config: Config, news: Sequence[News], held: frozenset[CategoryPath]) -> Iterator[Problem]:
    for one in news:
        if one.category in held:
            yield Problem(
                kind=ProblemKind.FLOOD,
                path="",
                what=f'feed "{shown_name(one.category) or config.shown_title}" is held back',
                cause=f"it would announce {len(one.old)} articles that are old already",
                cure="Look at them: feeds build --dry-run. If they are meant: feeds build --accept-flood; "
                "until then the feed shows nothing new.",
            )


def _published(listing: Listing, still: frozenset[CategoryPath], manifest: Manifest) -> Iterator[PublishedFeed]:
    before = {feed.category: feed for feed in manifest.feeds}
    for feed in (*listing.feeds, *listing.aliases):
        yield (
            before[feed.category]
            if feed.category in still
            else PublishedFeed(category=feed.category, folder=feed.folder, updated=feed.updated)
        )


def shown_feeds(plan: Plan) -> tuple[Feed, ...]:
    """Answer the feeds whose files do not just stay as they are."""
    every = (*plan.listing.feeds, *plan.listing.aliases)
    return tuple(feed for feed in every if feed.category not in plan.holding.still)
