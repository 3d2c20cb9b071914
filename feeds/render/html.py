"""Pages for people: the index, a page per category, and articles that have no page elsewhere.

No script, nothing fetched from elsewhere but pictures. Links between our own files are relative, links to
subscribe to are absolute.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from feeds.addresses import encode_path
from feeds.model import ArticlePage, Entry, Feed
from feeds.render import Format
from feeds.render.links import file_path, folder_path, output_url, page_name, page_path, relative
from feeds.render.outline import Node, grow
from feeds.render.text import author_names, legal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subscription:
    """One format of one feed, as a page links to it."""

    feed_title: str
    format_title: str
    media_type: str
    address: str
    """Absolute, for readers and for copying."""
    href: str
    """Relative, for the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One category, as a page links to it."""

    name: str
    href: str | None
    """None for a category without a feed, and so without a page."""
    feed: Feed | None
    subscriptions: tuple[_Subscription, ...]
    places: tuple[_Place, ...]
    """Below it, where the page shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teaser:
    """One entry, as a category's page shows it."""

    entry: Entry
    href: str | None
    picture: str | None
    names: tuple[str, ...]


def render_index(feeds: Sequence[Feed], *, title: str, formats: Sequence[Format], opml_url: str) -> bytes:
    """Render the page at the output's root: all categories, and how to subscribe to each.

    Args:
        feeds: All feeds, in tree order, that of the whole archive first.
        title: Of the archive.
        formats: Those that are written, in order of preference.
        opml_url: Absolute address of the subscription list.
    """
    page = page_path(feeds[0])
    root = _place(grow(feeds), page, formats)
    served_at = output_url(feeds[0].folder_url, folder_path(feeds[0]))
    is_ours = served_at is not None and opml_url.startswith(served_at)
    below = (place.subscriptions[:1] for place in _descend(root))
    return _render(
        "index.html",
        title=title,
        language=root.feed.language if root.feed else None,
        root=root,
        opml_href=relative(opml_url.removeprefix(served_at or ""), page) if is_ours else opml_url,
        alternates=(*root.subscriptions, *chain.from_iterable(below)),
    )


def render_category(
    feed: Feed,
    parents: Sequence[Feed],
    children: Sequence[Feed],
    formats: Sequence[Format],
    own_addresses: Collection[str] = frozenset(),
) -> bytes:
    """Render a category's page: how to subscribe, what is below it, its newest articles.

    Args:
        feed: The category's feed.
        parents: Feeds of the categories above it, from the whole archive down.
        children: Feeds of the categories directly below it.
        formats: Those that are written, in order of preference.
        own_addresses: Permalinks and pictures that are files of the output.
    """
    page = page_path(feed)
    served_at = output_url(feed.folder_url, folder_path(feed))

    def href(address: str | None) -> str | None:
        if address is None or served_at is None or address not in own_addresses:
            return address
        is_below = address.startswith(served_at)
        return relative(address.removeprefix(served_at), page) if is_below else address

    return _render(
        "category.html",
        title=feed.title,
        language=feed.language,
        place=_leaf(feed, page, formats),
        parents=[_leaf(parent, page, ()) for parent in parents],
        children=[_leaf(child, page, ()) for child in children],
        alternates=_subscriptions(feed, page, formats),
        teasers=[
            _Teaser(
                entry=entry,
                href=href(entry.permalink),
                picture=href(entry.picture.address) if entry.picture else None,
                names=_names(entry),
            )
            for entry in feed.entries
        ],
    )


def render_article(page: ArticlePage, *, home_url: str, archive_title: str) -> bytes:
    """Render an article that has no page elsewhere, plain and kept out of search engines.

    Args:
        page: The article; its `content_html` is trusted to be sanitised.
        home_url: Absolute address to lead back to.
        archive_title: What stands there.
    """
    path = encode_path(page.path)
    served_at = output_url(page.entry.permalink or "", path)
    name = page_name(home_url)
    is_ours = served_at is not None and home_url in (served_at, served_at + name)
    return _render(
        "article.html",
        title=page.entry.title,
        language=page.entry.language,
        entry=page.entry,
        names=_names(page.entry),
        content=page.content_html,
        home_href=relative(name, path) if is_ours else home_url,
        archive_title=archive_title,
        alternates=(),
    )


def _place(node: Node, page: str, formats: Sequence[Format]) -> _Place:
    return _Place(
        name=node.name,
        href=relative(page_path(node.feed), page) if node.feed else None,
        feed=node.feed,
        subscriptions=_subscriptions(node.feed, page, formats) if node.feed else (),
        places=tuple(_place(child, page, formats) for child in node.children),
    )


def _leaf(feed: Feed, page: str, formats: Sequence[Format]) -> _Place:
    name = feed.category[-1] if feed.category else feed.title
    return _place(Node(name=name, feed=feed, children=()), page, formats)


def _subscriptions(feed: Feed, page: str, formats: Sequence[Format]) -> tuple[_Subscription, ...]:
    return tuple(
        _Subscription(
            feed_title=feed.title,
            format_title=format_.title,
            media_type=format_.media_type,
            address=feed.folder_url + encode_path(format_.file),
            href=relative(file_path(feed, format_.file), page),
        )
        for format_ in formats
    )


def _descend(place: _Place) -> Iterator[_Place]:
    """Walk all places below one, in tree order."""
    for child in place.places:
        yield child
        yield from _descend(child)


def _names(entry: Entry) -> tuple[str, ...]:
    """Name the publisher, then the authors who are somebody else."""
    names = (entry.publisher, *author_names(entry))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def _render(template: str, **values: object) -> bytes:
    from feeds.render.page import fill  # Jinja2 takes long to load, and many builds show no page anew

    return legal(fill(template, values)).encode()
