"""Some feeds as a build would publish them, without all the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from feeds.config import Config
from feeds.model import CategoryPath, Feed, FeedPlan
from feeds.pipeline.entries import make_entries
from feeds.pipeline.knowledge import Knowledge
from feeds.pipeline.listing import list_feeds
from feeds.pipeline.pictures import open_gallery
from feeds.pipeline.prepare import Prepared
from feeds.pipeline.references import Articles
from feeds.pipeline.report import Progress
from feeds.pipeline.shaping import Shaper, written_rows
from feeds.render import FORMATS


def foresee_feeds(
    config: Config,
    prepared: Prepared,
    knowledge: Knowledge,
    articles: Articles,
    plans: Iterable[FeedPlan],
    *,
    program: str,
    progress: Progress,
) -> Mapping[CategoryPath, Feed]:
    """Answer some feeds, filled, by key.

    Args:
        config: Of the build.
        prepared: The archive.
        knowledge: What earlier builds left.
        articles: Of which entries may ask.
        plans: Those of the feeds.
        program: As for the build.
        progress: Told how far each stage is.
    """
    wanted = tuple(plans)
    cards = {one.path: prepared.chosen.cards[one.path] for plan in wanted for one in plan.articles}
    part = replace(prepared, chosen=replace(prepared.chosen, plans=wanted, cards=cards))
    gallery, _ = open_gallery(config, prepared.snapshot, knowledge.state)
    entries = make_entries(config, part, gallery, articles, knowledge.state, program, progress)
    listing = list_feeds(
        config,
        wanted,
        entries.by_path,
        Shaper(prepared.overrides, written_rows(config, FORMATS), entries.weights),
        manifest=knowledge.manifest,
        remembered=knowledge.memory.feeds,
    )
    return {feed.category: feed for feed in listing.feeds}
