"""An article as the archive holds it: the file, its front matter as written, and what choosing needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from feeds.errors import Problem

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value]"
"""A front-matter value as written: every scalar is a string."""


CategoryPath: TypeAlias = tuple[str, ...]
"""Category names from the top level down; `()` is the whole archive."""


class Article(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One file's front matter as read, nothing guessed."""

    path: str
    """Of its file, archive-relative."""
    front_matter: Mapping[str, Value]
    """Keys as written, last one wins; empty when the file has no front matter."""
    lines: Mapping[str, int]
    """Line in the file at which each top-level key stands, from 1."""
    heading: str | None
    """Text of the body's first heading, looked for only when the front matter names no title."""
    body_size: int = 0
    """Bytes that the file holds behind its front matter."""
    is_cut: bool = False
    """It is empty, or its front matter does not end: somebody may be writing it just now."""


class Card(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """All that choosing needs of one article, normalised from the front matter alone; its body is unread."""

    path: str
    """Of its file, archive-relative."""
    id: str
    """Absolute URI, the same for ever (RFC 4287 section 4.2.6)."""
    title: str
    """Plain text on one line, never empty."""
    publisher: str
    """Who published the article; "" when neither an author nor a category says."""
    authors: tuple[str, ...]
    """Display names, in order, without repeats."""
    published: datetime | None
    """None when no date is known: choosing leaves the article out."""
    is_zoneless: bool
    """Its date names a time of day and no zone: a crawler's clock, perhaps."""
    updated: datetime | None
    """Only from the front matter; None means the same as `published`."""
    chains: tuple[CategoryPath, ...]
    """Every chain of category levels the article stands in, in order, without repeats; may be empty."""
    tags: tuple[str, ...]
    """In order, without repeats."""
    pictures: tuple[str, ...]
    """Picture addresses that the front matter names, the likeliest first; absolute or as written."""
    permalink: str | None
    """Absolute address of the article's own page; None when it has none."""
    description: str | None
    """The summary that the front matter states, plain text; None when it states none."""
    language: str | None
    """RFC 5646 tag of the article, where the front matter says."""
    is_draft: bool
    """Marked as not to be published."""
    feeds: tuple[CategoryPath, ...] = ()
    """Keys of the feeds of other kinds than categories that hold it, in order, without repeats."""
    author_urls: tuple[tuple[str, str], ...] = ()
    """Authors of whom the front matter states an address, and that: absolute, percent-encoded."""
    aliases: tuple[str, ...] = ()
    """Absolute addresses that the article's page had before."""


class Reading(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What reading one file of the archive gave; the same as long as the file is the same."""

    card: Card
    """Its date and id are the file's own, nothing remembered."""
    body_size: int
    """Bytes that the file holds behind its front matter."""
    body_hash: str | None
    """Of those bytes, blanks at both ends apart; "" when there are none, None while they are unread."""
    is_cut: bool = False
    """The file is empty, or its front matter does not end: somebody may be writing it just now."""
    problems: tuple[Problem, ...]

    @property
    def path(self) -> str:
        """Of the file, archive-relative."""
        return self.card.path


class Listed(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An article that may be published, as far as its place in feeds goes."""

    published: int
    """Microseconds since the epoch, as remembered."""
    id: str
    path: str
    """Of its file, archive-relative."""
    likeness: int
    """Equal for articles of equal title and publisher, and by chance for others."""
    digest: int
    """Of all that is known of it, its body apart."""


class PictureFile(Struct, frozen=True, kw_only=True):
    """A picture of the archive, known by its bytes."""

    data: bytes | None
    """None when they were read by an earlier build, and the file has not changed since."""
    length: int
    """Bytes."""
    digest: str
    """SHA-256, hexadecimal."""
    media_type: str | None
    """Told from the bytes; None when they are no picture that a reader may show: an SVG with scripts is none."""
    width: int | None = None
    """Pixels, as it is shown; None when the bytes do not say."""
    height: int | None = None
