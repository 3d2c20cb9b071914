"""A file of the output that is not made yet, and where files stand there."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from feeds.addresses import name_in_folder, path_in_folder
from feeds.model import CategoryPath, Feed
from feeds.normalise.identity import hash_id

ARTICLES = "articles"
"""Where article pages stand in the output."""


class Job(Struct, frozen=True, kw_only=True):
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


def path_in(feed: Feed, name: str) -> str:
    """Return the output path of a file of a feed."""
    return path_in_folder(feed.folder, name)


def url_in(feed: Feed, name: str) -> str:
    """Return the address of a file of a feed."""
    return feed.folder_url + name_in_folder(feed.folder, name)
