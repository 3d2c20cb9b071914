"""What is published: entries and feeds before any format, pages, files."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from feeds.model.archive import CategoryPath, Listed


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that stands for an article."""

    address: str
    """Absolute and percent-encoded: the same wherever the picture is named."""
    media_type: str | None
    """Such as `image/jpeg`; None when neither the name nor the bytes tell."""
    length: int | None
    """Bytes; None when unknown."""
    width: int | None = None
    """Pixels; None when unknown."""
    height: int | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One article made fit to publish; the same value in every feed that holds it."""

    id: str
    title: str
    """Plain text, not escaped."""
    permalink: str | None
    """Absolute, percent-encoded; None only when the article has no page anywhere."""
    published: datetime
    updated: datetime
    """Never before `published`."""
    publisher: str
    authors: tuple[str, ...]
    categories: tuple[CategoryPath, ...]
    """Every chain, whole; may be empty."""
    tags: tuple[str, ...]
    summary: str
    """Plain text, not escaped; "" when the article has no text."""
    picture: Picture | None
    content_html: str
    """Sanitised, all addresses absolute; never empty."""
    language: str | None
    author_urls: tuple[tuple[str, str], ...] = ()
    """Authors of whom an address is known, and that: absolute, percent-encoded."""


class FeedPlan(Struct, frozen=True, kw_only=True):
    """Which articles one feed holds, chosen before any body was opened."""

    category: CategoryPath
    articles: tuple[Listed, ...]
    """Newest first, no id twice; may be empty."""
    total: int
    """Articles that belong to the category, in the window or not."""
    own_total: int
    """Those of them that belong to none of its child categories."""


class Feed(Struct, frozen=True, kw_only=True):
    """One category's list, before any format."""

    id: str
    """Tag URI of the feed itself."""
    category: CategoryPath
    title: str
    """Unique over the output."""
    description: str
    """Never empty."""
    folder: str
    """Output-relative, `/`-separated, "" for the whole archive."""
    folder_url: str
    """Absolute, percent-encoded, ends with `/`: where the folder is served."""
    home_url: str
    """The page for people that belongs to this feed, absolute."""
    updated: datetime
    """That of its newest entry; an empty feed keeps its last."""
    language: str | None
    author: str
    """Who stands for the feed as a whole: the archive's title."""
    stylesheet: str | None = None
    """What browsers show the feed by, output-relative; None for nothing."""
    entries: tuple[Entry, ...]
    """Newest first; may be empty."""
    name: str = ""
    """What somebody decided that pages call it; "" for the last level of its key, the whole archive by its title."""
    about: str = ""
    """What somebody wrote of it; "" when nobody did."""
    is_over: bool = False
    """It was published once, and no article of the archive is in it now: nobody needs to be led to it."""
    is_short: bool = False
    """Its entries show their summary, though others show them whole."""
    shrunk: int = 0
    """How many of its oldest entries show their summary, since there is no room for more."""
    total: int
    """Articles that belong to the category, in the window or not."""
    own_total: int
    """Those of them that belong to none of its child categories."""


class ArticlePage(Struct, frozen=True, kw_only=True):
    """The page that we write for an article."""

    path: str
    """Output-relative; made from the entry's id alone, so that it never moves."""
    url: str
    """Absolute, percent-encoded: where it is served."""
    entry: Entry
    """Its `permalink` is the address of this page, or of the one that the article has elsewhere."""
    content_html: str
    """The whole body, sanitised, all addresses absolute; may be ""."""


class OutputFile(Struct, frozen=True, kw_only=True):
    """One file to publish."""

    path: str
    """Output-relative, `/`-separated."""
    data: bytes
