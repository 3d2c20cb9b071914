"""What all pages of one output share, and how a page links to the feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from feeds.addresses import encode_path
from feeds.model import Entry, Feed
from feeds.render import Format, by_preference
from feeds.render.links import file_path, page_path, relative
from feeds.render.pages.theme import Theme
from feeds.render.text import author_names, legal


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of one output share."""

    title: str
    """Of the archive."""
    language: str | None
    """Of the archive; pages speak it, or English."""
    zone: tzinfo | None
    """Of the times that pages show; None for UTC."""
    formats: Sequence[Format]
    """Those that are written, in the configuration's order."""
    opml_url: str
    """Absolute address of the subscription list."""
    pictures_url: str
    """Absolute address of the folder that holds our copies of the archive's pictures."""
    holds_below: bool
    """A category's feed holds what stands below it, too."""
    whole_holds_all: bool
    """The whole archive's feed holds every article, not only those without a category."""
    theme: Theme = field(default_factory=Theme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One format of one feed, as a page links to it."""

    feed_title: str
    format_title: str
    media_type: str
    address: str
    """Absolute, for readers and for copying."""
    href: str
    """Relative, for the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One category, as a page links to it."""

    name: str
    href: str | None
    """None for a category without a feed, and so without a page."""
    feed: Feed | None
    """None where the page says nothing of what it holds."""
    subscriptions: tuple[Subscription, ...]
    """The one to offer first; empty where none is offered."""
    is_silent: bool = False
    places: tuple[Place, ...] = ()
    """Below it, where the page shows them."""


def subscriptions_of(feed: Feed, page: str, site: Site) -> tuple[Subscription, ...]:
    """Answer every format of a feed, the one to offer first."""
    return tuple(
        Subscription(
            feed_title=feed.title,
            format_title=format_.title,
            media_type=format_.media_type,
            address=feed.folder_url + encode_path(format_.file),
            href=relative(file_path(feed, format_.file), page),
        )
        for format_ in by_preference(site.formats)
    )


def place_of(feed: Feed, page: str, *, is_silent: bool = False) -> Place:
    """Answer a category as a page merely leads to it."""
    name = feed.category[-1] if feed.category else feed.title
    return Place(name=name, href=relative(page_path(feed), page), feed=feed, subscriptions=(), is_silent=is_silent)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Name the publisher, then the authors who are somebody else."""
    names = (entry.publisher, *author_names(entry))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def fill_page(template: str, site: Site, language: str | None = None, **values: object) -> bytes:
    """Fill the template of a whole page in.

    Args:
        template: Its name.
        site: What all pages share.
        language: Of this page, where it has one of its own.
        values: What else the template shows.
    """
    from feeds.render.pages.template import environment_of  # Jinja2 takes long to load, and many builds need no page

    environment = environment_of(site.theme, site.language, site.zone)
    page = environment.fill(
        template, {"language": language or site.language or "en", "site_title": site.title, **values}
    )
    return legal(page).encode()
