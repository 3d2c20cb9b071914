"""Feed plans and entries to feeds: what each feed is called and where it stands, unique over the output; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct, field

from feeds.addresses import encode_path
from feeds.catalogue.titles import make_titles
from feeds.kinds import kind_of
from feeds.model import CategoryPath, Entry, Feed, FeedPlan

NEVER_FILLED = datetime(2000, 1, 1, tzinfo=UTC)
"""`updated` of a feed that never held an entry."""


class Archive(Struct, frozen=True, kw_only=True):
    """What is said of the archive as a whole."""

    title: str
    description: str
    language: str | None
    base_url: str
    """Where the output is served; ends with `/`."""
    index_name: str
    """File name of the page beside each feed."""
    home_url: str | None = None
    """Where all feeds lead when no pages are written; None when each has its own."""
    stylesheet: str | None = None
    """What browsers show feeds by, output-relative; None for nothing."""
    kind_names: Mapping[str, str] = field(default_factory=dict)
    """What kinds of feeds other than those of categories are called, where there are any."""
    titles: Mapping[CategoryPath, str] = field(default_factory=dict)
    """Those of single feeds that somebody decided."""


def make_feeds(
    plans: Sequence[FeedPlan],
    entries: Mapping[str, Entry],
    *,
    archive: Archive,
    folders: Mapping[CategoryPath, str],
    feed_ids: Mapping[CategoryPath, str],
    last_updated: Mapping[CategoryPath, datetime],
) -> tuple[Feed, ...]:
    """Fill the plans in.

    Args:
        plans: One for each feed, parents before children.
        entries: By path of the card.
        archive: The whole.
        folders: Output folder of each category, "" or without a `/` at the end.
        feed_ids: Tag URI of each feed.
        last_updated: What feeds said when they were last published, for those that are empty now.

    Returns:
        The feeds, in the order of the plans.
    """
    keys = [plan.category for plan in plans]
    titles = make_titles(keys, archive.title, kind_names=archive.kind_names, own=archive.titles)
    feeds = []
    for plan in plans:
        folder = folders[plan.category]
        folder_url = archive.base_url + (encode_path(folder) + "/" if folder else "")
        filled = tuple(entries[article.path] for article in plan.articles)
        kind = kind_of(plan.category)
        levels = plan.category if kind is None else (archive.kind_names.get(kind, ""), plan.category[-1])
        path = " / ".join(filter(None, (archive.title, *levels)))
        feeds.append(
            Feed(
                id=feed_ids[plan.category],
                category=plan.category,
                title=titles[plan.category],
                name=archive.titles.get(plan.category, ""),
                description=path if plan.category else archive.description,
                folder=folder,
                folder_url=folder_url,
                home_url=archive.home_url or _page_url(folder_url, archive.index_name),
                updated=max(
                    (entry.updated for entry in filled),
                    default=last_updated.get(plan.category, NEVER_FILLED),
                ),
                language=plan.category[-1] if kind == "language" else archive.language,
                author=archive.title,
                stylesheet=archive.stylesheet,
                entries=filled,
                total=plan.total,
                own_total=plan.own_total,
            )
        )
    return tuple(feeds)


def _page_url(folder_url: str, index_name: str) -> str:
    return folder_url if index_name == "index.html" else folder_url + encode_path(index_name)
