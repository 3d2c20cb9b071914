"""The page of an article, kept out of search engines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from feeds.addresses import encode_path
from feeds.model import ArticlePage, CategoryPath, Feed
from feeds.render.links import INDEX, folder_path, output_url, page_path
from feeds.render.outline import name_of
from feeds.render.pages.site import Site, fill_page, names_of

# As the sanitiser writes them; no other `<` stands in what it writes, but within quotes.
_TAG = re.compile(r'<(?:[^">]|"[^"]*")*>')
_PICTURE = re.compile(r'<img((?:\s[\w-]+="[^"]*")*)>')
_HEADING = re.compile(r"<(/?)h([1-6])\b")


def render_article(page: ArticlePage, feeds: Mapping[CategoryPath, Feed], site: Site) -> bytes:
    """Render an article.

    Args:
        page: The article; its `content_html` is trusted to be sanitised.
        feeds: Of the categories that the article stands in, of those above them, and of the whole archive.
        site: What all pages share.
    """
    path = encode_path(page.path)
    entry = page.entry
    served_at = output_url(page.url, path)
    up = "../" * path.count("/")

    def href(category: CategoryPath) -> str | None:
        feed = feeds.get(category)
        if feed is None:
            return None
        is_ours = served_at is not None and feed.folder_url == served_at + folder_path(feed)
        return up + page_path(feed) if is_ours else feed.home_url

    def name(category: CategoryPath) -> str:
        return name_of(feeds[category]) if category in feeds else category[-1]

    here = {} if served_at is None else {site.pictures_url: up + site.pictures_url.removeprefix(served_at)}
    home = (feeds[()].name if () in feeds else "") or site.title, href(()) or up + INDEX
    trails = [
        [home, *((name(chain[:depth]), href(chain[:depth])) for depth in range(1, len(chain) + 1))]
        for chain in entry.categories or ((),)
    ]
    return fill_page(
        "article.html",
        site,
        title=entry.title,
        entry=entry,
        names=names_of(entry),
        original=entry.permalink if entry.permalink != page.url else None,
        content=_fit(_lead_here(page.content_html, page.url, here)),
        trails=trails,
        back=[place for place in trails[0] if place[1]][-1],
        alternates=(),
    )


def _fit(content: str) -> str:
    """Make a body part of a page of ours."""
    return _nest_headings(_scroll_tables(_play_late(_load_late(content))))


# What these three write has no quotes, and so leads out of none: it may stand within a text that looks like a tag.


def _load_late(content: str) -> str:
    """Have pictures loaded when they are about to be seen; those without a text say that they have none."""
    if "<img" not in content:
        return content
    return _PICTURE.sub(
        lambda found: f"<img loading=lazy{found[1]}>" if ' alt="' in found[1] else f"<img loading=lazy alt{found[1]}>",
        content,
    )


def _play_late(content: str) -> str:
    """Have nothing of sound and film fetched before somebody plays it."""
    return content.replace("<video", "<video preload=none").replace("<audio", "<audio preload=none")


def _scroll_tables(content: str) -> str:
    """Let tables be reached by the keyboard: those wider than the page are scrolled."""
    return content.replace("<table", "<table tabindex=0")


def _nest_headings(content: str) -> str:
    """Write headings as those of parts of a page whose title is the first: no level is left out on the way down."""
    levels = sorted({level for _, level in _HEADING.findall(content)})
    if not levels:
        return content
    depth = 1

    def nest(tag: re.Match[str]) -> str:
        nonlocal depth
        if not tag[1]:
            depth = min(2 + levels.index(tag[2]), depth + 1)
        return f"<{tag[1]}h{min(depth, 6)}"

    return _HEADING.sub(nest, content)


def _lead_here(content: str, permalink: str | None, here: Mapping[str, str]) -> str:
    """Have our own copies of pictures, and places within the page, found wherever it is opened, from the disk, too.

    Args:
        content: As the sanitiser left it.
        permalink: Of the page.
        here: What the addresses of our own folders begin with from the page, by what they begin with elsewhere.
    """
    begins = {f' src="{elsewhere}': f' src="{begin}' for elsewhere, begin in here.items()}
    begins |= {f' poster="{elsewhere}': f' poster="{begin}' for elsewhere, begin in here.items()}
    begins[f' href="{permalink}#'] = ' href="#'
    for absolute, relative in begins.items():
        if absolute in content:
            content = _TAG.sub(partial(_replace, absolute, relative), content)
    return content


def _replace(old: str, new: str, tag: re.Match[str]) -> str:
    return tag[0].replace(old, new)
