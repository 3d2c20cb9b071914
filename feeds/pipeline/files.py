"""Every file of the output as a job: what it is made from, and how, so that nothing is rendered in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from feeds.config import Config
from feeds.gallery import Copy
from feeds.kinds import is_category
from feeds.model import ArticlePage, Feed
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import Job, path_in, url_in
from feeds.pipeline.pages import Pages, heading, key_of
from feeds.pipeline.pictures import copy_job
from feeds.pipeline.theme import names_of_kinds
from feeds.render import Format
from feeds.render.opml import render_opml


class Jobs:
    """All jobs of one build."""

    def __init__(
        self,
        config: Config,
        formats: Sequence[Format],
        program: str,
        feeds: Sequence[Feed],
        digests: Mapping[str, str],
        pages: Pages | None,
    ) -> None:
        """Take what is to be rendered.

        Args:
            config: Of the build.
            formats: The wanted rows of the table, under the names that the configuration gives them.
            program: Tells this program from one that may make other bytes.
            feeds: All that are listed, that of the whole archive first.
            digests: Of all that an entry says, by its id.
            pages: For people; None when none are wanted.
        """
        self._config = config
        self._formats = formats
        self._feeds = feeds
        self._digests = digests
        self._pages = pages
        self._offered = [feed for feed in feeds if not feed.is_over]
        self._names = () if is_category(self._offered[-1].category) else (names_of_kinds(config),)
        self._basis = fingerprint(program, config.paths, [(row.name, row.file) for row in formats])

    def all(self, aliases: Sequence[Feed], articles: Sequence[ArticlePage], copies: Sequence[Copy]) -> Iterator[Job]:
        """Yield every job in the order of writing: pages that entries lead to, feeds, the lists of feeds.

        Args:
            aliases: Feeds that are served under an old address, too, and not listed.
            articles: Those of which a page is written.
            copies: Pictures of the archive.
        """
        for copy in copies:
            yield copy_job(self._config, copy)
        if self._pages:
            yield from map(self._pages.article, articles)
            yield from self._pages.categories(aliases)
            yield from self._pages.shelves()
            yield self._pages.stylesheet()
        renders = [row.for_many() for row in self._formats]
        for feed in (*self._feeds, *aliases):
            key = key_of(feed, self._digests)
            for row, render in zip(self._formats, renders, strict=True):
                address = url_in(feed, row.file)
                yield Job(
                    path=path_in(feed, row.file),
                    key=fingerprint(self._basis, row.name, address, key),
                    render=partial(render, feed, address),
                    category=feed.category,
                    is_feed=True,
                )
        yield self._outline()
        if self._pages:
            yield self._pages.catalogue()

    def _outline(self) -> Job:
        config, subscribed = self._config, self._formats[0]
        return Job(
            path=config.paths["opml"],
            key=fingerprint(
                self._basis, config.shown_title, config.opml, list(map(heading, self._offered)), *self._names
            ),
            render=lambda: render_opml(
                self._offered,
                title=config.shown_title,
                address_of=lambda feed: url_in(feed, subscribed.file),
                include_all=config.opml == "all",
                kind_names=self._names[0] if self._names else None,
            ),
        )
