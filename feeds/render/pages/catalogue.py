"""The page at the output's root: all categories as a tree, and how to subscribe to each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from feeds.kinds import is_category, kind_of
from feeds.model import CategoryPath, Feed
from feeds.render.links import folder_path, output_url, page_path, relative
from feeds.render.outline import Node, code_of, grow, grow_kinds
from feeds.render.pages.labels import labels_of
from feeds.render.pages.site import Place, Site, fill_page, subscriptions_of, teasers_of

FEW = 300
"""Categories and combined feeds up to which each shows its newest headline: a thousand would weigh too much."""


def render_catalogue(
    feeds: Sequence[Feed],
    site: Site,
    *,
    silent: Collection[CategoryPath] = (),
    own_addresses: Collection[str] = frozenset(),
) -> bytes:
    """Render the page at the output's root; where there are no categories, it shows the newest articles instead.

    Args:
        feeds: All feeds, in tree order, that of the whole archive first.
        site: What all pages share.
        silent: Categories that have fallen silent.
        own_addresses: Permalinks and pictures that are files of the output.
    """
    page = page_path(feeds[0])
    tree = grow(feeds)
    shelves: tuple[Node, ...] = ()
    has_kinds = not is_category(feeds[-1].category)
    if has_kinds:
        words = labels_of(site.language, dict(site.theme.labels))
        names = {"tag": words["tags"], "author": words["authors"], "language": words["languages"]}
        beside = grow_kinds(feeds, names)
        shelves = tuple(node for node in beside if node.feed is None)
        tree = replace(tree, children=(*tree.children, *(node for node in beside if node.feed)))
    shown = len(tree.children)
    root = _place(replace(tree, children=(*tree.children, *shelves)), page, site, silent)
    tabled = sum(kind_of(feed.category) in (None, "feed") for feed in feeds)
    served_at = output_url(feeds[0].folder_url, folder_path(feeds[0]))
    is_ours = served_at is not None and site.opml_url.startswith(served_at)
    lists_all = site.lists_all or not has_kinds
    opml_href = relative(site.opml_url.removeprefix(served_at or ""), page) if is_ours else site.opml_url
    return fill_page(
        "catalogue.html",
        site,
        title=feeds[0].name or site.title,
        root=root,
        is_whole=site.holds_all(()),
        opml_href=opml_href if lists_all or any(is_category(feed.category) for feed in feeds[1:]) else None,
        lists_all=lists_all,
        has_headlines=tabled <= FEW,
        has_kinds=has_kinds,
        tree=root.places[:shown],
        shelves=root.places[shown:],
        teasers=[] if shown else teasers_of(feeds[0], own_addresses),
        alternates=(*root.subscriptions, *(place.subscriptions[0] for place in root.places if place.feed)),
    )


def _place(node: Node, page: str, site: Site, silent: Collection[CategoryPath]) -> Place:
    feed = node.feed
    return Place(
        name=node.name,
        href=relative(page_path(feed), page) if feed else None,
        kind=kind_of(feed.category) if feed else None,
        code=code_of(feed) if feed else None,
        feed=feed if feed is None or not feed.category else replace(feed, entries=feed.entries[:1]),
        subscriptions=subscriptions_of(feed, page, site) if feed else (),
        is_silent=feed is not None and feed.category in silent,
        places=tuple(_place(child, page, site, silent) for child in node.children),
    )
