"""What all pages of one output share, and how a page links to the feeds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct, field

from feeds.addresses import name_in_folder
from feeds.model import CategoryPath, Entry, Feed
from feeds.render import Format, by_preference
from feeds.render.links import folder_path, output_url, page_path, relative
from feeds.render.pages.theme import Theme
from feeds.render.text import author_names, legal


class Site(Struct, frozen=True, kw_only=True):
    """What all pages of one output share."""

    title: str
    """Of the archive."""
    language: str | None
    """Of the archive; pages speak it, or English, and then mark what is the archive's."""
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
    own_holds: Mapping[CategoryPath, bool] = field(default_factory=dict)
    """The same of feeds that have their own way: what stands below them, and of the whole archive's, everything."""
    lists_all: bool = True
    """The subscription list has feeds of every kind, not those of categories alone."""
    theme: Theme = field(default_factory=Theme)

    def holds_all(self, category: CategoryPath) -> bool:
        """Tell whether a feed holds all that stands below it."""
        return self.own_holds.get(category, self.holds_below if category else self.whole_holds_all)


class Subscription(Struct, frozen=True, kw_only=True):
    """One format of one feed, as a page links to it."""

    feed_title: str
    format_title: str
    media_type: str
    address: str
    """Absolute, for readers and for copying."""
    href: str
    """Relative, for the page."""


class Place(Struct, frozen=True, kw_only=True):
    """One category, as a page links to it."""

    name: str
    href: str | None
    """None for a category without a feed, and so without a page."""
    feed: Feed | None
    """With those of its entries that the page is about; None where the page says nothing of what it holds."""
    subscriptions: tuple[Subscription, ...]
    """The one to offer first; empty where none is offered."""
    is_silent: bool = False
    kind: str | None = None
    """Of a feed that is not of a category: `tag`, `author`, `language`, or `feed` for a combined one."""
    code: str | None = None
    """Tag of the language whose name it has."""
    places: tuple[Place, ...] = ()
    """Below it, where the page shows them."""


class Teaser(Struct, frozen=True, kw_only=True):
    """One entry, as a feed's page shows it."""

    entry: Entry
    href: str | None
    picture: str | None
    names: tuple[str, ...]

    def __hash__(self) -> int:
        """Tell apart by what pages may link to differently; the rest of an entry goes with its id."""
        return hash((self.entry.id, self.href, self.picture))


def subscriptions_of(feed: Feed, page: str, site: Site) -> tuple[Subscription, ...]:
    """Answer every format of a feed, the one to offer first."""
    there = relative(folder_path(feed), page)
    return tuple(
        Subscription(
            feed_title=feed.title,
            format_title=format_.title,
            media_type=format_.media_type,
            address=feed.folder_url + name_in_folder(feed.folder, format_.file),
            href=there + name_in_folder(feed.folder, format_.file),
        )
        for format_ in by_preference(site.formats)
    )


def teasers_of(feed: Feed, own_addresses: Collection[str]) -> list[Teaser]:
    """Answer the entries of a feed as its page shows them.

    Args:
        feed: Whose page it is.
        own_addresses: Permalinks and pictures that are files of the output.
    """
    page = page_path(feed)
    served_at = output_url(feed.folder_url, folder_path(feed))

    def href(address: str | None) -> str | None:
        if address is None or served_at is None or address not in own_addresses:
            return address
        is_below = address.startswith(served_at)
        return relative(address.removeprefix(served_at), page) if is_below else address

    return [
        Teaser(
            entry=entry,
            href=href(entry.permalink),
            picture=href(entry.picture.address) if entry.picture else None,
            names=names_of(entry),
        )
        for entry in feed.entries
    ]


def names_of(entry: Entry) -> tuple[str, ...]:
    """Name the publisher, then the authors who are somebody else."""
    names = (entry.publisher, *author_names(entry))
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def fill_page(template: str, site: Site, **values: object) -> bytes:
    """Fill the template of a whole page in.

    Args:
        template: Its name.
        site: What all pages share.
        values: What else the template shows.
    """
    from feeds.render.pages.template import environment_of  # Jinja2 takes long to load, and many builds need no page

    environment = environment_of(site.theme, site.language, site.zone)
    shared = {"language": environment.language, "direction": environment.direction, "site_title": site.title}
    page = environment.fill(template, {**shared, **values})
    return legal(page).encode()
