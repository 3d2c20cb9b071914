"""The stages in their order: an archive becomes published feeds.

Reading heads, reading bodies and choosing are functions of a batch whose results are joined in any order, so
any `concurrent.futures.Executor` may run them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from feeds.catalogue import Archive, make_feeds
from feeds.catalogue.folders import assign_folders
from feeds.choose import Membership, Shortlist, Window, admit, find_suspects, make_plans, merge, shortlist, unify
from feeds.config import Config
from feeds.errors import ArchiveError, Problem
from feeds.finish import FinishRules, make_entry
from feeds.finish.blocks import read_body
from feeds.finish.learn import learn_profiles
from feeds.gallery import FOLDER as PICTURES
from feeds.gallery import Gallery
from feeds.model import ArticlePage, Body, Card, CategoryPath, Entry, Feed, FeedPlan, OutputFile, Profile
from feeds.normalise import CardRules, make_card
from feeds.normalise.identity import hash_id, settle_ids, tag_prefix
from feeds.publish import MANIFEST, Manifest, PublishedFeed, PublishReport, publish, read_manifest
from feeds.read import read_article, read_body_text, read_picture
from feeds.render import FORMATS, Format
from feeds.render.html import render_article, render_category, render_index
from feeds.render.opml import render_opml
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive

BATCH = 256
"""Files in one batch of work."""
ARTICLES = "articles"
"""Where article pages stand in the output."""

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, what is done of it and how much there is to do."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


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
    wanted = tuple(
        replace(row, file=config.paths.get(row.name, row.file)) for row in formats if row.name in config.formats
    )
    manifest = read_manifest(config.output)
    scan = scan_archive(
        config.archive, include=config.include, exclude=config.exclude, output=config.output
    )
    if not scan.articles:
        raise ArchiveError(
            "no article in it",
            path=str(config.archive),
            hint=f"Articles are files that end in {' '.join(sorted(ARTICLE_SUFFIXES))}; include and exclude choose among them.",
        )
    work = _Work(config, executor, progress)
    cards, problems = work.read_cards(scan)
    admitted, left_out, ahead = admit(cards, now)
    unreadable = len(scan.articles) - len(cards)
    chosen = work.choose(admitted)
    plans = (*chosen.plans, *_retained(manifest, chosen.plans))
    plans = tuple(sorted(plans, key=lambda plan: plan.category))
    gallery = Gallery(
        scan.pictures,
        partial(read_picture, config.archive),
        base_url=config.base_url,
        pictures_base=config.pictures_base,
    )
    entries, pages = work.finish(chosen, learn_profiles(chosen.cards), gallery)
    folders, marked = assign_folders(
        [category for plan in plans for category in (plan.category, *_parents(plan.category))],
        published={feed.category: feed.folder for feed in manifest.feeds if feed.category},
        reserved=(*config.paths.values(), ARTICLES, PICTURES, MANIFEST),
    )
    prefix = tag_prefix(config.authority, config.year)
    feeds = make_feeds(
        plans,
        entries,
        archive=_archive(config),
        folders=folders,
        feed_ids={plan.category: hash_id(prefix, "feed:" + "\x00".join(plan.category)) for plan in plans},
        last_updated={feed.category: feed.updated for feed in manifest.feeds},
    )
    files = (*_render(feeds, pages, wanted, config), *gallery.copies)
    progress("writing", 0, 0)
    published = publish(
        config.output,
        files,
        [PublishedFeed(category=feed.category, folder=feed.folder, updated=feed.updated) for feed in feeds],
        manifest=manifest,
        keeps=partial(_keeps, config),
    )
    copies = len(admitted) - len(chosen.cards) - len(chosen.gone)
    return Report(
        articles=len(cards),
        left_out=+Counter({**left_out, "unreadable": unreadable, "copy": copies}),
        feeds=feeds,
        published=published,
        problems=tuple(
            sorted(
                (*scan.problems, *problems, *ahead, *chosen.problems, *marked),
                key=lambda problem: (problem.path, problem.line or 0, problem.kind.slug, problem.what),
            )
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What the feeds will show."""

    cards: tuple[Card, ...]
    """All admitted cards, copies made one."""
    plans: tuple[FeedPlan, ...]
    bodies: Mapping[str, Body]
    """By path; of every card in a plan."""
    gone: frozenset[str]
    """Paths of files that vanished before their body was read."""
    problems: tuple[Problem, ...]


class _Work:
    """The stages that run in batches, with the settings each needs."""

    def __init__(self, config: Config, executor: Executor | None, progress: Progress) -> None:
        self._config = config
        self._executor = executor
        self._progress = progress
        self._prefix = tag_prefix(config.authority, config.year)

    def read_cards(self, scan: Scan) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
        """Read the head of every article; a card for each that can be read."""
        rules = CardRules(
            tag_prefix=self._prefix,
            zone=self._config.zone,
            is_flat=self._config.categories == "flat",
            permalink=self._config.permalink,
            site_url=self._config.site_url,
        )
        read = partial(read_cards, self._config.archive, rules)
        results = list(self._map("reading articles", read, [file.path for file in scan.articles]))
        cards, problems = settle_ids((card for batch, _ in results for card in batch), self._prefix)
        return cards, (*(problem for _, batch in results for problem in batch), *problems)

    def choose(self, admitted: tuple[Card, ...]) -> _Chosen:
        """Plan all feeds, reading the bodies of what they show, until no two copies stand side by side."""
        window = Window(
            limit=self._config.limit,
            keep=timedelta(hours=self._config.keep_hours),
            limit_max=self._config.limit_max,
        )
        membership = Membership(self._config.membership)
        by_path = {card.path: card for card in admitted}
        bodies: dict[str, Body] = {}
        gone: set[str] = set()
        problems: list[Problem] = []
        while True:
            plans = make_plans(self._shortlist(tuple(by_path.values()), membership, window), window)
            shown = {card.path for plan in plans for card in plan.cards}
            suspects = list(find_suspects(by_path.values(), shown))
            unread = sorted(shown.union(card.path for group in suspects for card in group) - bodies.keys())
            for batch, batch_problems in self._map(
                "reading bodies", partial(read_bodies, self._config.archive), unread
            ):
                bodies |= batch
                problems += batch_problems
            vanished = {path for path in unread if path not in bodies}
            changed = bool(vanished)
            gone |= vanished
            for path in vanished:
                del by_path[path]
            for group in suspects:
                present = [card for card in group if card.path in by_path]
                united = unify(present, lambda card: bodies[card.path].text)
                if list(united) != present:
                    changed = True
                    for card in present:
                        del by_path[card.path]
                    by_path |= {card.path: card for card in united}
            if not changed:
                return _Chosen(
                    cards=tuple(by_path.values()),
                    plans=plans,
                    bodies=bodies,
                    gone=frozenset(gone),
                    problems=tuple(problems),
                )

    def _shortlist(self, cards: Sequence[Card], membership: Membership, window: Window) -> Shortlist:
        return merge([shortlist(cards, membership, window)], window)

    def finish(
        self, chosen: _Chosen, profiles: Mapping[str, Profile], gallery: Gallery
    ) -> tuple[dict[str, Entry], tuple[ArticlePage, ...]]:
        """Make an entry of every card in a plan, and a page for each that has no address of its own."""
        config = self._config
        rules = FinishRules(
            summary_width=config.summary_width,
            content=config.content,
            placeholders=config.placeholders,
            link_base=config.site_url,
            article_pages=config.article_pages,
        )
        cards = {card.path: card for plan in chosen.plans for card in plan.cards}
        entries: dict[str, Entry] = {}
        pages = []
        for done, (path, card) in enumerate(sorted(cards.items())):
            page_path = page_path_of(card.id)
            entries[path], page = make_entry(
                card,
                chosen.bodies[path],
                profiles.get(card.publisher, Profile(shared_pictures=frozenset())),
                rules,
                local_picture=gallery.find,
                page_path=page_path,
                page_url=config.base_url + page_path,
            )
            if page is not None:
                pages.append(page)
            self._progress("making entries", done + 1, len(cards))
        return entries, tuple(pages)

    def _map(
        self, stage: str, function: Callable[[Sequence[_Item]], _Result], items: Sequence[_Item]
    ) -> Iterator[_Result]:
        batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]
        results = (self._executor.map if self._executor else map)(function, batches)
        done = 0
        for batch, result in zip(batches, results, strict=True):
            done += len(batch)
            self._progress(stage, done, len(items))
            yield result


def read_cards(
    root: Path, rules: CardRules, paths: Sequence[str]
) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """Make the cards of one batch of files; pure but for reading them."""
    cards, problems = [], []
    for path in paths:
        article, found = read_article(root, path)
        problems += found
        if article is not None:
            card, found = make_card(article, rules)
            cards.append(card)
            problems += found
    return tuple(cards), tuple(problems)


def read_bodies(root: Path, paths: Sequence[str]) -> tuple[dict[str, Body], tuple[Problem, ...]]:
    """Read the bodies of one batch of files, by path; files that vanished are not among them."""
    bodies, problems = {}, []
    for path in paths:
        body = read_body_text(root, path)
        if body is not None:
            bodies[path] = read_body(path, body.text, is_markdown=body.is_markdown)
            problems += body.problems
    return bodies, tuple(problems)


def page_path_of(entry_id: str) -> str:
    """Return the output path of an article's page: made from its id alone, so that it never moves."""
    digest = hash_id("", entry_id)
    return f"{ARTICLES}/{digest[:2]}/{digest}.html"


def _retained(manifest: Manifest, plans: Sequence[FeedPlan]) -> Iterator[FeedPlan]:
    """Yield an empty plan for each feed that was published once and has no articles now: it is never removed."""
    planned = {plan.category for plan in plans}
    for feed in manifest.feeds:
        if feed.category not in planned:
            yield FeedPlan(category=feed.category, cards=(), total=0, own_total=0)


def _parents(category: CategoryPath) -> Iterator[CategoryPath]:
    return (category[:depth] for depth in range(len(category)))


def _archive(config: Config) -> Archive:
    return Archive(
        title=config.shown_title,
        description=config.description or config.shown_title,
        language=config.language,
        base_url=config.base_url,
        index_name=config.paths["index"],
    )


def _render(
    feeds: Sequence[Feed], pages: Sequence[ArticlePage], formats: Sequence[Format], config: Config
) -> Iterator[OutputFile]:
    for feed in feeds:
        folder = feed.folder + "/" if feed.folder else ""
        for row in formats:
            yield OutputFile(path=folder + row.file, data=row.render(feed, feed.folder_url + row.file))
