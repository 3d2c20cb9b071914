"""Every file of the output but copied pictures: feeds in all formats, the subscription list, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from feeds.addresses import encode_path
from feeds.config import Config
from feeds.gallery import FOLDER as PICTURES
from feeds.model import ArticlePage, CategoryPath, Feed, OutputFile
from feeds.normalise.identity import hash_id
from feeds.render import Format
from feeds.render.html import render_article, render_category, render_index
from feeds.render.opml import render_opml

ARTICLES = "articles"
"""Where article pages stand in the output."""


def page_path_of(entry_id: str) -> str:
    """Return the output path of an article's page: made from its id alone, so that it never moves."""
    digest = hash_id("", entry_id)
    return f"{ARTICLES}/{digest[:2]}/{digest}.html"


def render_files(
    feeds: Sequence[Feed], pages: Sequence[ArticlePage], formats: Sequence[Format], config: Config
) -> Iterator[OutputFile]:
    """Render all that the build will write.

    Args:
        feeds: All of them, that of the whole archive first.
        pages: Of the articles that have none elsewhere.
        formats: The wanted rows of the table, under the names that the configuration gives them.
        config: Of the build.
    """
    for feed in feeds:
        for row in formats:
            data = row.render(feed, feed.folder_url + encode_path(row.file))
            yield OutputFile(path=_in(feed, row.file), data=data)
    yield OutputFile(path=config.paths["opml"], data=_outline(feeds, formats[0], config))
    yield from _pages(feeds, formats, config)
    for article in pages:
        page = render_article(article, home_url=feeds[0].home_url, archive_title=config.shown_title)
        yield OutputFile(path=article.path, data=page)


def _outline(feeds: Sequence[Feed], subscribed: Format, config: Config) -> bytes:
    return render_opml(
        feeds,
        title=config.shown_title,
        address_of=lambda feed: feed.folder_url + encode_path(subscribed.file),
        include_all=config.opml == "all",
    )


def _pages(feeds: Sequence[Feed], formats: Sequence[Format], config: Config) -> Iterator[OutputFile]:
    opml_url = config.base_url + encode_path(config.paths["opml"])
    index = render_index(feeds, title=config.shown_title, formats=formats, opml_url=opml_url)
    yield OutputFile(path=config.paths["index"], data=index)
    by_category = {feed.category: feed for feed in feeds}
    children: dict[CategoryPath, list[Feed]] = defaultdict(list)
    for feed in feeds[1:]:
        children[feed.category[:-1]].append(feed)
    own_addresses = _own_addresses(feeds, config.base_url)
    for feed in feeds[1:]:
        above = (feed.category[:depth] for depth in range(len(feed.category)))
        parents = [by_category[category] for category in above if category in by_category]
        page = render_category(feed, parents, children[feed.category], formats, own_addresses)
        yield OutputFile(path=_in(feed, config.paths["index"]), data=page)


def _own_addresses(feeds: Sequence[Feed], base_url: str) -> frozenset[str]:
    """Return the pages and pictures of entries that are files of the output."""
    ours = (f"{base_url}{ARTICLES}/", f"{base_url}{PICTURES}/")
    shown = {entry.id: entry for feed in feeds for entry in feed.entries}.values()
    addresses = {entry.permalink for entry in shown} | {entry.picture.address for entry in shown if entry.picture}
    return frozenset(address for address in addresses if address and address.startswith(ours))


def _in(feed: Feed, name: str) -> str:
    return f"{feed.folder}/{name}" if feed.folder else name
