"""The page in the folder that holds all feeds of tags, of authors or of languages: a list of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from feeds.kinds import kind_of
from feeds.model import CategoryPath, Feed
from feeds.render.links import page_path, relative
from feeds.render.outline import code_of, name_of
from feeds.render.pages.labels import labels_of
from feeds.render.pages.site import Place, Site, fill_page

_LABELS = {"tag": "tags", "author": "authors", "language": "languages"}


def render_shelf(
    page: str, whole: Feed, feeds: Sequence[Feed], site: Site, *, silent: Collection[CategoryPath] = ()
) -> bytes:
    """Render the list of all feeds of one kind.

    Args:
        page: Its path, percent-encoded.
        whole: The whole archive's feed.
        feeds: Those of the kind; at least one.
        site: What all pages share.
        silent: Those that have fallen silent.
    """
    places = tuple(
        Place(
            name=name_of(feed),
            href=relative(page_path(feed), page),
            feed=feed,
            subscriptions=(),
            is_silent=feed.category in silent,
            kind=kind_of(feed.category),
            code=code_of(feed),
        )
        for feed in feeds
    )
    name = shelf_name(feeds[0], site)
    return fill_page(
        "shelf.html",
        site,
        title=f"{name} – {whole.name or site.title}",
        shelf=Place(name=name, href=None, feed=None, subscriptions=(), places=places),
        home=Place(name=whole.name or site.title, href=relative(page_path(whole), page), feed=None, subscriptions=()),
        alternates=(),
    )


def shelf_name(feed: Feed, site: Site) -> str:
    """Answer what all feeds of the kind of one are called together."""
    return labels_of(site.language, dict(site.theme.labels))[_LABELS[kind_of(feed.category) or ""]]
