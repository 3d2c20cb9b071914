"""The stages in their order: an archive becomes published feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from feeds.catalogue import Archive, make_feeds
from feeds.catalogue.folders import assign_folders
from feeds.config import Config
from feeds.errors import Problem, ProblemKind, format_place
from feeds.finish import make_entry
from feeds.finish.fixes import unused_fixes
from feeds.gallery import FOLDER as PICTURES
from feeds.gallery import Gallery
from feeds.model import ArticlePage, CategoryPath, Entry, Feed, FeedPlan, Picture
from feeds.normalise.identity import hash_id, tag_prefix
from feeds.pipeline.batches import Batches, Progress
from feeds.pipeline.files import ARTICLES, page_path_of, render_files
from feeds.pipeline.prepare import Prepared, finish_rules, make_gallery, prepare
from feeds.publish import MANIFEST, Manifest, PublishedFeed, PublishReport, publish, read_manifest
from feeds.render import FORMATS, Format

__all__ = ["Progress", "Report", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one build did."""

    articles: int
    """Files read."""
    left_out: Mapping[str, int]
    """Articles in no feed, by reason: "draft", "undated", "future", "unreadable", "copy"."""
    feeds: tuple[Feed, ...]
    """The whole archive's first."""
    published: PublishReport
    problems: tuple[Problem, ...]
    """By path and line."""

    @property
    def entries(self) -> int:
        """Articles that stand in at least one feed."""
        return len({entry.id for feed in self.feeds for entry in feed.entries})


def build(
    config: Config,
    *,
    now: datetime,
    formats: Sequence[Format] = FORMATS,
    executor: Executor | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Report:
    """Build every feed of an archive.

    Args:
        config: All settings.
        now: The time of the build, aware; decides only what is not due yet.
        formats: The table of formats, of which `config.formats` names the wanted ones.
        executor: Where batches are worked on; None for here.
        progress: Told how far each stage is.

    Raises:
        FeedsError: The archive cannot be read, or the output cannot be written.
    """
    batches = Batches(executor, progress)
    manifest = read_manifest(config.output)
    prepared = prepare(config, now=now, batches=batches)
    chosen = prepared.chosen
    gallery = make_gallery(config, prepared.scan)
    entries, pages, broken = _finish(config, prepared, gallery, progress)
    feeds, marked = _make_feeds(config, chosen.plans, entries, manifest)
    files = (*render_files(feeds, pages, _wanted(config, formats), config), *gallery.copies)
    progress("writing", 0, 0)
    published = publish(
        config.output,
        files,
        [PublishedFeed(category=feed.category, folder=feed.folder, updated=feed.updated) for feed in feeds],
        manifest=manifest,
        keeps=partial(_keeps, config),
    )
    unreadable = len(prepared.scan.articles) - len(prepared.cards) + len(chosen.gone)
    copies = len(prepared.admitted) - len(chosen.cards) - len(chosen.gone)
    found = (*prepared.problems, *broken, *marked, *unused_fixes(config.fix, prepared.cards))
    return Report(
        articles=len(prepared.cards),
        left_out=+Counter({**prepared.left_out, "unreadable": unreadable, "copy": copies}),
        feeds=feeds,
        published=published,
        problems=_each_once(found),
    )


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by path and line; what head and body of one file both say is said once."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.kind.slug, problem.what))
    once = {(problem.path, problem.kind, problem.what): problem for problem in reversed(ordered)}
    return tuple(reversed(once.values()))


def _wanted(config: Config, formats: Sequence[Format]) -> tuple[Format, ...]:
    """Return the enabled rows of the table, with the file names that the configuration gives them."""
    enabled = (row for row in formats if row.name in config.formats)
    return tuple(replace(row, file=config.paths.get(row.name, row.file)) for row in enabled)


def _finish(
    config: Config, prepared: Prepared, gallery: Gallery, progress: Progress
) -> tuple[dict[str, Entry], tuple[ArticlePage, ...], tuple[Problem, ...]]:
    """Make an entry of every card in a plan, a page for each that has none, a notice for each missing picture."""
    rules = finish_rules(config)
    chosen = prepared.chosen
    cards = {card.path: card for plan in chosen.plans for card in plan.cards}
    entries: dict[str, Entry] = {}
    pages: list[ArticlePage] = []
    broken: list[Problem] = []
    for done, (path, card) in enumerate(sorted(cards.items()), 1):
        page_path = page_path_of(card.id)
        has_base = (card.permalink or config.site_url) is not None
        entries[path], page = make_entry(
            card,
            chosen.bodies[path],
            prepared.profiles[card.publisher],
            rules,
            local_picture=gallery.find if has_base else partial(_find_or_tell, gallery, path, broken),
            page_path=page_path,
            page_url=config.base_url + page_path,
        )
        if page is not None:
            pages.append(page)
        progress("making entries", done, len(cards))
    return entries, tuple(pages), tuple(broken)


def _find_or_tell(gallery: Gallery, article: str, broken: list[Problem], path: str) -> Picture | None:
    """Find a picture that can be nowhere but in the archive."""
    picture = gallery.find(path)
    if picture is None:
        broken.append(
            Problem(
                kind=ProblemKind.BROKEN_PICTURE,
                path=article,
                what=f'picture "{format_place(path, None)}" is not shown',
                cause="the archive has no such picture",
                cure="Add it, or set site_url if a web site has it.",
                setting='site_url = "https://example.org/"',
            )
        )
    return picture


def _make_feeds(
    config: Config, plans: Sequence[FeedPlan], entries: Mapping[str, Entry], manifest: Manifest
) -> tuple[tuple[Feed, ...], tuple[Problem, ...]]:
    """Name the feeds, those that were published once and have no articles now among them."""
    planned = {plan.category for plan in plans}
    emptied = [
        FeedPlan(category=feed.category, cards=(), total=0, own_total=0)
        for feed in manifest.feeds
        if feed.category not in planned
    ]
    every = sorted((*plans, *emptied), key=lambda plan: plan.category)
    folders, problems = assign_folders(
        sorted({level for plan in every for level in _levels(plan.category)}),
        published={feed.category: feed.folder for feed in manifest.feeds if feed.category},
        reserved=(*config.paths.values(), ARTICLES, PICTURES, MANIFEST),
    )
    prefix = tag_prefix(config.authority, config.year)
    feeds = make_feeds(
        every,
        entries,
        archive=Archive(
            title=config.shown_title,
            description=config.description or config.shown_title,
            language=config.language,
            base_url=config.base_url,
            index_name=config.paths["index"],
        ),
        folders=folders,
        feed_ids={plan.category: hash_id(prefix, "\x00".join(("feed", *plan.category))) for plan in every},
        last_updated={feed.category: feed.updated for feed in manifest.feeds},
    )
    return feeds, problems


def _levels(category: CategoryPath) -> Iterator[CategoryPath]:
    """Yield a category and all above it."""
    return (category[:depth] for depth in range(len(category) + 1))


def _keeps(config: Config, path: str) -> bool:
    """Tell whether a published file that this build did not make stays: pages and pictures that entries led to."""
    if path.startswith(ARTICLES + "/"):
        return config.article_pages
    return path.startswith(PICTURES + "/")
