"""The page of an article that has none elsewhere, kept out of search engines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from feeds.addresses import encode_path
from feeds.model import ArticlePage, CategoryPath, Feed
from feeds.render.links import INDEX, folder_path, output_url, page_path
from feeds.render.pages.site import Site, fill_page, names_of

_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')
"""As the sanitiser writes them; no other `<` stands in what it writes, but within quotes."""
_LATE = '<img loading="lazy"'
_WITHIN_QUOTES = re.compile('="[^"]*<img ')


def render_article(page: ArticlePage, feeds: Mapping[CategoryPath, Feed], site: Site) -> bytes:
    """Render an article.

    Args:
        page: The article; its `content_html` is trusted to be sanitised.
        feeds: Of the categories that the article stands in, of those above them, and of the whole archive.
        site: What all pages share.
    """
    path = encode_path(page.path)
    entry = page.entry
    served_at = output_url(entry.permalink or "", path)
    up = "../" * path.count("/")

    def href(category: CategoryPath) -> str | None:
        feed = feeds.get(category)
        if feed is None:
            return None
        is_ours = served_at is not None and feed.folder_url == served_at + folder_path(feed)
        return up + page_path(feed) if is_ours else feed.home_url

    home = site.title, href(()) or up + INDEX
    trails = [
        [home, *((name, href(chain[:depth])) for depth, name in enumerate(chain, 1))]
        for chain in entry.categories or ((),)
    ]
    return fill_page(
        "article.html",
        site,
        language=entry.language,
        title=entry.title,
        entry=entry,
        names=names_of(entry),
        content=_load_late(_lead_here(page.content_html, site.pictures_url, served_at, up)),
        trails=trails,
        back=[place for place in trails[0] if place[1]][-1],
        alternates=(),
    )


def _load_late(content: str) -> str:
    """Have pictures loaded when they are about to be seen."""
    if not _WITHIN_QUOTES.search(content):  # as hardly ever; the rest takes several times as long
        return content.replace("<img ", f"{_LATE} ")
    return _TAG.sub(lambda tag: _LATE + tag[0][4:] if tag[0].startswith("<img ") else tag[0], content)


def _lead_here(content: str, pictures_url: str, served_at: str | None, up: str) -> str:
    """Have our own copies of pictures found wherever the page is opened, from the disk, too."""
    if served_at is None or pictures_url not in content:
        return content
    absolute, ours = f'"{pictures_url}', f'"{up}{pictures_url.removeprefix(served_at)}'
    return _TAG.sub(lambda tag: tag[0].replace(absolute, ours), content)
