"""The page beside a feed: what it is, how to subscribe, what stands above and below it, its newest articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from feeds.model import CategoryPath, Entry, Feed
from feeds.render.links import folder_path, output_url, page_path, relative
from feeds.render.pages.site import Place, Site, fill_page, names_of, place_of, subscriptions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """One entry, as a feed's page shows it."""

    entry: Entry
    href: str | None
    picture: str | None
    names: tuple[str, ...]

    def __hash__(self) -> int:
        """Tell apart by what pages may link to differently; the rest of an entry goes with its id."""
        return hash((self.entry.id, self.href, self.picture))


def render_category(
    feed: Feed,
    parents: Sequence[Feed],
    children: Sequence[Feed],
    site: Site,
    *,
    silent: Collection[CategoryPath] = (),
    own_addresses: Collection[str] = frozenset(),
) -> bytes:
    """Render the page beside a category's feed.

    Args:
        feed: The category's feed.
        parents: Feeds of the categories above it, from the whole archive down.
        children: Feeds of the categories directly below it.
        site: What all pages share.
        silent: Categories that have fallen silent.
        own_addresses: Permalinks and pictures that are files of the output.
    """
    page = page_path(feed)
    served_at = output_url(feed.folder_url, folder_path(feed))

    def href(address: str | None) -> str | None:
        if address is None or served_at is None or address not in own_addresses:
            return address
        is_below = address.startswith(served_at)
        return relative(address.removeprefix(served_at), page) if is_below else address

    subscriptions = subscriptions_of(feed, page, site)
    above = [replace(place_of(parent, page), feed=None) for parent in parents]  # what they hold changes all the time
    return fill_page(
        "category.html",
        site,
        title=feed.title,
        place=Place(
            name=feed.category[-1] if feed.category else feed.title,
            href=None,
            feed=feed,
            subscriptions=subscriptions,
            is_silent=feed.category in silent,
            places=tuple(place_of(child, page, is_silent=child.category in silent) for child in children),
        ),
        parents=above,
        holds_below=site.holds_below,
        included_in=[place for place, parent in zip(above, parents, strict=True) if _holds_all(parent, site)],
        alternates=subscriptions,
        teasers=[
            Teaser(
                entry=entry,
                href=href(entry.permalink),
                picture=href(entry.picture.address) if entry.picture else None,
                names=names_of(entry),
            )
            for entry in feed.entries
        ],
    )


def _holds_all(parent: Feed, site: Site) -> bool:
    """Tell whether a feed above this one brings all that this one does."""
    return site.holds_below if parent.category else site.whole_holds_all
