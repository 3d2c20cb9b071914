"""Every file of the output as a job: what it is made from, and how, so that nothing is rendered in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from feeds.addresses import encode_path
from feeds.config import Config
from feeds.gallery import FOLDER as PICTURES
from feeds.gallery import Copy
from feeds.model import ArticlePage, CategoryPath, Entry, Feed
from feeds.normalise.identity import hash_id
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.pictures import read_copy
from feeds.render import Format
from feeds.render.html import render_article, render_category, render_index
from feeds.render.opml import render_opml

ARTICLES = "articles"
"""Where article pages stand in the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file of the output, not yet made."""

    path: str
    """Output-relative."""
    key: str
    """Fingerprint of all that it is made from: the same key, the same bytes."""
    render: Callable[[], bytes]
    category: CategoryPath | None = None
    """Of the feed that it shows; None when it is about more than one, or none."""
    is_feed: bool = False
    """What readers subscribe to."""


def page_path_of(entry_id: str) -> str:
    """Return the output path of an article's page: made from its id alone, so that it never moves."""
    digest = hash_id("", entry_id)
    return f"{ARTICLES}/{digest[:2]}/{digest}.html"


class Jobs:
    """All jobs of one build."""

    def __init__(
        self, config: Config, formats: Sequence[Format], program: str, feeds: Sequence[Feed], digests: Mapping[str, str]
    ) -> None:
        """Take what is to be rendered.

        Args:
            config: Of the build.
            formats: The wanted rows of the table, under the names that the configuration gives them.
            program: Tells this program from one that may make other bytes.
            feeds: All that are listed, that of the whole archive first.
            digests: Of all that an entry says, by its id.
        """
        self._config = config
        self._formats = formats
        self._feeds = feeds
        self._digests = digests
        self._basis = fingerprint(program, config.paths, [(row.name, row.file) for row in formats])

    def all(self, aliases: Sequence[Feed], pages: Sequence[ArticlePage], copies: Sequence[Copy]) -> Iterator[Job]:
        """Yield every job in the order of writing: pages that entries lead to, feeds, the lists of feeds.

        Args:
            aliases: Feeds that are served under an old address, too, and not listed.
            pages: Of the articles that have none elsewhere.
            copies: Pictures of the archive.
        """
        for copy in copies:
            key = fingerprint(copy.file.digest)
            yield Job(path=copy.path, key=key, render=partial(read_copy, self._config, copy))
        yield from map(self._article, pages)
        yield from self._categories(aliases)
        renders = [row.for_many() for row in self._formats]
        for feed in (*self._feeds, *aliases):
            for row, render in zip(self._formats, renders, strict=True):
                address = feed.folder_url + encode_path(row.file)
                yield Job(
                    path=_in(feed, row.file),
                    key=fingerprint(self._basis, row.name, address, self._key(feed)),
                    render=partial(render, feed, address),
                    category=feed.category,
                    is_feed=True,
                )
        yield self._outline()
        yield self._index()

    def _key(self, feed: Feed) -> str:
        """Answer a fingerprint of a feed, its entries taken by their digests."""
        entries = [self._digests[entry.id] for entry in feed.entries]
        return fingerprint(replace(feed, entries=()), entries)

    def _article(self, page: ArticlePage) -> Job:
        home_url, title = self._feeds[0].home_url, self._config.shown_title
        return Job(
            path=page.path,
            key=fingerprint(self._basis, home_url, title, page),
            render=partial(render_article, page, home_url=home_url, archive_title=title),
        )

    def _categories(self, aliases: Sequence[Feed]) -> Iterator[Job]:
        by_category = {feed.category: feed for feed in self._feeds}
        children: dict[CategoryPath, list[Feed]] = defaultdict(list)
        for feed in self._feeds[1:]:
            children[feed.category[:-1]].append(feed)
        for feed in (*self._feeds[1:], *aliases):
            above = (feed.category[:depth] for depth in range(len(feed.category)))
            parents = [by_category[category] for category in above if category in by_category]
            below = children[feed.category]
            own = _own_addresses(feed.entries, self._config.base_url)
            places = [(one.title, one.category, one.folder, one.home_url) for one in (*parents, *below)]
            counts = [(one.total, len(one.entries), one.updated) for one in below]
            yield Job(
                path=_in(feed, self._config.paths["index"]),
                key=fingerprint(self._basis, self._key(feed), len(parents), places, counts),
                render=partial(render_category, feed, parents, below, self._formats, own),
                category=feed.category,
            )

    def _outline(self) -> Job:
        config, subscribed = self._config, self._formats[0]
        return Job(
            path=config.paths["opml"],
            key=fingerprint(self._basis, config.shown_title, config.opml, list(map(_heading, self._feeds))),
            render=lambda: render_opml(
                self._feeds,
                title=config.shown_title,
                address_of=lambda feed: feed.folder_url + encode_path(subscribed.file),
                include_all=config.opml == "all",
            ),
        )

    def _index(self) -> Job:
        config = self._config
        opml_url = config.base_url + encode_path(config.paths["opml"])
        return Job(
            path=config.paths["index"],
            key=fingerprint(self._basis, config.shown_title, opml_url, list(map(_heading, self._feeds))),
            render=lambda: render_index(
                self._feeds, title=config.shown_title, formats=self._formats, opml_url=opml_url
            ),
        )


def _heading(feed: Feed) -> tuple[object, ...]:
    """Answer all that a list of feeds says of one."""
    return replace(feed, entries=()), len(feed.entries)


def _own_addresses(entries: Sequence[Entry], base_url: str) -> frozenset[str]:
    """Return the pages and pictures of entries that are files of the output."""
    ours = (f"{base_url}{ARTICLES}/", f"{base_url}{PICTURES}/")
    addresses = {entry.permalink for entry in entries}
    addresses |= {entry.picture.address for entry in entries if entry.picture}
    return frozenset(address for address in addresses if address and address.startswith(ours))


def _in(feed: Feed, name: str) -> str:
    return f"{feed.folder}/{name}" if feed.folder else name
