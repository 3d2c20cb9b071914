"""Links between our own pages: relative, so that they also hold when the output is opened from disk; pure.

All paths are output-relative and percent-encoded.
"""

from __future__ import annotations

import posixpath

from feeds.addresses import encode_path
from feeds.model import Feed

INDEX = "index.html"
"""What a folder's page is called; from disk no server adds it."""


def page_path(feed: Feed) -> str:
    """Give the path of a feed's own page."""
    return folder_path(feed) + page_name(feed.home_url)


def page_name(home_url: str) -> str:
    """Give the file name of a page, percent-encoded, from the address it is served at."""
    return posixpath.basename(home_url) or INDEX


def folder_path(feed: Feed) -> str:
    """Give the path of a feed's folder, ending with `/`; "" for the whole archive."""
    return encode_path(f"{feed.folder}/") if feed.folder else ""


def stylesheet_link(feed: Feed, self_url: str) -> str | None:
    """Lead from a feed to what browsers show it by: `../feed.css`; None when nothing is written for them."""
    inside = self_url.removeprefix(feed.folder_url) if self_url.startswith(feed.folder_url) else ""
    return feed.stylesheet and relative(encode_path(feed.stylesheet), folder_path(feed) + inside)


def output_url(served_at: str, path: str) -> str | None:
    """Tell where the output's root is served, from where one of its paths is; None when they do not fit."""
    return served_at.removesuffix(path) if served_at.endswith(path) else None


def relative(path: str, page: str) -> str:
    """Lead from one page to a path: from `a/b/index.html` to `c/rss.xml` by `../../c/rss.xml`."""
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    for ours, theirs in zip(here, there[:-1], strict=False):
        if ours != theirs:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])
