"""The pages for people as jobs: what each is made from, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec.structs import replace

from feeds.addresses import encode_path, path_in_folder
from feeds.choose import Membership
from feeds.config import Config
from feeds.gallery import FOLDER as PICTURES
from feeds.kinds import kind_of
from feeds.model import ArticlePage, CategoryPath, Entry, Feed
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import ARTICLES, Job, path_in
from feeds.pipeline.overrides import Overrides
from feeds.pipeline.theme import read_theme
from feeds.render import Format
from feeds.render.pages import (
    Site,
    make_theme,
    render_article,
    render_catalogue,
    render_category,
    render_shelf,
    render_stylesheet,
)

_HOLDS = {
    Membership.SUBTREE: (True, True),
    Membership.OWN: (False, True),
    Membership.PARTITION: (False, False),
    Membership.WHOLE: (False, True),
}
"""By membership: whether a feed holds what stands below its category, and the whole archive's feed everything."""


class Pages:
    """All pages of one build."""

    def __init__(
        self,
        config: Config,
        formats: Sequence[Format],
        program: str,
        feeds: Sequence[Feed],
        digests: Mapping[str, str],
        silent: Collection[CategoryPath],
    ) -> None:
        """Take what is to be shown.

        Args:
            config: Of the build.
            formats: The wanted rows of the table, under the names that the configuration gives them.
            program: Tells this program from one that may make other bytes.
            feeds: All that are listed, that of the whole archive first.
            digests: Of all that an entry says, by its id.
            silent: Categories that have fallen silent.

        Raises:
            ConfigError: A template or a label cannot be used.
        """
        self._config = config
        self._feeds = feeds
        self._offered = [feed for feed in feeds if not feed.is_over]
        self._digests = digests
        self._silent = silent
        self._known: dict[tuple[CategoryPath, ...], tuple[dict[CategoryPath, Feed], str]] = {}
        files = read_theme(config)
        overrides = Overrides(config)
        holds_below, whole_holds_all = _HOLDS[overrides.membership]
        self._site = Site(
            title=config.shown_title,
            language=config.language,
            zone=config.zone,
            formats=formats,
            opml_url=config.base_url + encode_path(config.paths["opml"]),
            pictures_url=f"{config.base_url}{PICTURES}/",
            holds_below=holds_below,
            whole_holds_all=whole_holds_all,
            own_holds={key: _HOLDS[its_own][not key] for key, its_own in overrides.memberships.items()},
            lists_all=config.opml == "all",
            theme=make_theme(files, labels=None if config.labels is None else str(config.labels)),
        )
        self._basis = fingerprint(
            program,
            config.paths,
            [(row.name, row.file) for row in formats],
            (config.shown_title, config.language, config.zone, config.base_url, config.opml),
            (overrides.membership.value, sorted((key, one.value) for key, one in overrides.memberships.items())),
            sorted(files.items()),
        )

    def catalogue(self) -> Job:
        """Make the job of the page at the output's root."""
        whole = self._feeds[0]
        newest = [self._digests[feed.entries[0].id] if feed.entries else "" for feed in self._offered]
        silent = [feed.category in self._silent for feed in self._offered]
        own = _own_addresses(whole.entries, self._config.base_url)
        return Job(
            path=self._config.paths["index"],
            key=fingerprint(
                self._basis, key_of(whole, self._digests), list(map(heading, self._offered)), newest, silent
            ),
            render=lambda: render_catalogue(self._offered, self._site, silent=self._silent, own_addresses=own),
        )

    def shelves(self) -> Iterator[Job]:
        """Make the jobs of the pages that list all feeds of tags, of authors and of languages."""
        whole = self._offered[0]
        for kind, path in self._shelves.items():
            feeds = [feed for feed in self._offered if kind_of(feed.category) == kind]
            silent = [feed.category in self._silent for feed in feeds]
            yield Job(
                path=path,
                key=fingerprint(self._basis, heading(whole), list(map(heading, feeds)), silent),
                render=partial(render_shelf, encode_path(path), whole, feeds, self._site, silent=self._silent),
            )

    @cached_property
    def _shelves(self) -> dict[str, str]:
        """Answer the path of each such page by its kind; a folder that is a category's has that one's page."""
        taken = {feed.folder for feed in self._feeds}
        folders: dict[str, str] = {}
        for feed in self._offered:
            kind = kind_of(feed.category)
            if kind in ("tag", "author", "language"):
                folders.setdefault(kind, feed.folder.rpartition("/")[0])
        name = self._config.paths["index"]
        return {kind: path_in_folder(folder, name) for kind, folder in folders.items() if folder not in taken}

    def stylesheet(self) -> Job:
        """Make the job of the style that browsers show feeds by."""
        return Job(
            path=self._config.paths["style"],
            key=fingerprint(self._basis, "stylesheet"),
            render=lambda: render_stylesheet(self._site),
        )

    def categories(self, aliases: Sequence[Feed]) -> Iterator[Job]:
        """Make the jobs of the pages beside the feeds.

        Args:
            aliases: Feeds that are served under an old address, too, and not listed.
        """
        children: dict[CategoryPath, list[Feed]] = defaultdict(list)
        for feed in self._offered[1:]:
            children[feed.category[:-1]].append(feed)
        for feed in (*self._feeds[1:], *aliases):
            above = (feed.category[:depth] for depth in range(len(feed.category)))
            parents = [self._by_category[category] for category in above if category in self._by_category]
            below = children[feed.category]
            own = _own_addresses(feed.entries, self._config.base_url)
            places = [(one.title, one.category, one.folder, one.home_url) for one in parents]
            silent = [one.category in self._silent for one in (feed, *below)]
            shelf = self._shelves.get(kind_of(feed.category) or "")
            yield Job(
                path=path_in(feed, self._config.paths["index"]),
                key=fingerprint(
                    self._basis,
                    key_of(feed, self._digests),
                    places,
                    [replace(one, entries=()) for one in below],
                    silent,
                    shelf,
                ),
                render=partial(
                    render_category,
                    feed,
                    parents,
                    below,
                    self._site,
                    silent=self._silent,
                    own_addresses=own,
                    shelf=shelf and encode_path(shelf),
                ),
                category=feed.category,
            )

    def article(self, page: ArticlePage) -> Job:
        """Make the job of an article's page."""
        feeds, _ = self._above(page.entry.categories)
        return Job(
            path=page.path,
            key=self.article_key(page.entry.categories, fingerprint(page)),
            render=partial(render_article, page, feeds, self._site),
        )

    def article_key(self, chains: tuple[CategoryPath, ...], page: str) -> str:
        """Answer the key of an article's page, from its categories and a fingerprint of it."""
        _, places = self._above(chains)
        return fingerprint(places, page)

    def _above(self, chains: tuple[CategoryPath, ...]) -> tuple[dict[CategoryPath, Feed], str]:
        """Answer the feeds that an article's page leads to, and a fingerprint of all that it says of them."""
        if chains not in self._known:
            levels = {chain[:depth] for chain in (*chains, ()) for depth in range(len(chain) + 1)}
            feeds = {level: self._by_category[level] for level in sorted(levels) if level in self._by_category}
            places = [(level, feed.name, feed.folder, feed.home_url) for level, feed in feeds.items()]
            self._known[chains] = feeds, fingerprint(self._basis, places)
        return self._known[chains]

    @cached_property
    def _by_category(self) -> dict[CategoryPath, Feed]:
        return {feed.category: feed for feed in self._offered}


def key_of(feed: Feed, digests: Mapping[str, str]) -> str:
    """Answer a fingerprint of a feed, its entries taken by their digests."""
    entries = [digests[entry.id] for entry in feed.entries]
    return fingerprint(replace(feed, entries=()), entries)


def heading(feed: Feed) -> tuple[object, ...]:
    """Answer all that a list of feeds says of one."""
    return replace(feed, entries=()), len(feed.entries)


def _own_addresses(entries: Sequence[Entry], base_url: str) -> frozenset[str]:
    """Return the pages and pictures of entries that are files of the output."""
    ours = (f"{base_url}{ARTICLES}/", f"{base_url}{PICTURES}/")
    addresses = {entry.permalink for entry in entries}
    addresses |= {entry.picture.address for entry in entries if entry.picture}
    return frozenset(address for address in addresses if address and address.startswith(ours))
