"""The page beside a feed: what it is, how to subscribe, what stands above and below it, its newest articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from feeds.kinds import kind_of
from feeds.model import CategoryPath, Feed
from feeds.render.links import page_path, relative
from feeds.render.outline import code_of, name_of
from feeds.render.pages.shelf import shelf_name
from feeds.render.pages.site import Place, Site, fill_page, subscriptions_of, teasers_of


def render_category(
    feed: Feed,
    parents: Sequence[Feed],
    children: Sequence[Feed],
    site: Site,
    *,
    silent: Collection[CategoryPath] = (),
    own_addresses: Collection[str] = frozenset(),
    shelf: str | None = None,
) -> bytes:
    """Render the page beside a category's feed.

    Args:
        feed: The category's feed.
        parents: Feeds of the categories above it, from the whole archive down; nothing is shown of what they hold.
        children: Feeds of the categories directly below it; nothing is shown of their entries.
        site: What all pages share.
        silent: Categories that have fallen silent.
        own_addresses: Permalinks and pictures that are files of the output.
        shelf: Path of the page that lists all feeds of its kind, percent-encoded; None where there is none.
    """
    page = page_path(feed)
    subscriptions = subscriptions_of(feed, page, site)

    def place(other: Feed, shown: Feed | None) -> Place:
        return Place(
            name=name_of(other),
            href=relative(page_path(other), page),
            feed=shown,
            kind=kind_of(other.category),
            code=code_of(other),
            subscriptions=(),
            is_silent=shown is not None and other.category in silent,
        )

    above = [place(parent, None) for parent in parents]
    return fill_page(
        "category.html",
        site,
        title=feed.title,
        place=Place(
            name=name_of(feed),
            href=None,
            feed=feed,
            kind=kind_of(feed.category),
            code=code_of(feed),
            subscriptions=subscriptions,
            is_silent=feed.category in silent,
            places=tuple(place(child, replace(child, entries=())) for child in children),
        ),
        parents=above,
        shelf=shelf and Place(name=shelf_name(feed, site), href=relative(shelf, page), feed=None, subscriptions=()),
        holds_below=site.holds_all(feed.category),
        included_in=[place for place, parent in zip(above, parents, strict=True) if site.holds_all(parent.category)],
        is_over=feed.is_over,
        alternates=() if feed.is_over else subscriptions,
        teasers=teasers_of(feed, own_addresses),
    )
