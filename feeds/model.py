"""The values that pass between the stages; no logic, no input or output.

Each is frozen, so that a stage can only answer with new values. `None` is absent, `""` is present and
empty. All instants are aware and in UTC; all archive paths are relative and `/`-separated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value]"
"""A front-matter value as written: every scalar is a string."""

CategoryPath: TypeAlias = tuple[str, ...]
"""Category names from the top level down; `()` is the whole archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """One file of the archive, unopened."""

    path: str
    """Archive-relative; bytes that are no UTF-8 stand as lone surrogates (PEP 383)."""
    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since the epoch, as the file system says; never used as an article's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One file's front matter as read, nothing guessed."""

    path: str
    """Of its file, archive-relative."""
    front_matter: Mapping[str, Value]
    """Keys as written, last one wins; empty when the file has no front matter."""
    lines: Mapping[str, int]
    """Line in the file at which each top-level key stands, from 1."""
    heading: str | None
    """Text of the body's first heading, looked for only when the front matter names no title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
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


class BlockKind(Enum):
    """What part a block plays in its body."""

    PARAGRAPH = "paragraph"
    BARE = "bare text"
    HEADING = "heading"
    CAPTION = "caption"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_CELL = "table cell"
    BEGIN = "summary begins"
    MORE = "more marker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One run of text of a body that a reader sees as a unit."""

    kind: BlockKind
    text: str
    """Plain, spaces folded; "" only for the markers `BEGIN` and `MORE`."""
    linked: float
    """Share of the text that stands in links, 0 to 1."""
    hints: str
    """Class and id names of the element and its parents, nearest first, lower case, their words parted by `-`."""
    trail: str = ""
    """The nearest block elements around it as a CSS selector: `div.story > p.lead`."""
    is_hidden: bool = False
    """There, but not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCandidate:
    """One picture that a body shows, and may stand for the article."""

    address: str
    """As the body means it: lazy attributes resolved; absolute or relative, unencoded."""
    width: int | None
    """Stated width in pixels."""
    height: int | None
    """Stated height in pixels."""
    hints: str
    """`alt`, class and id names of the picture and its parents, nearest first, lower case."""
    place: int = 0
    """Blocks that stand before it."""
    trail: str = ""
    """The nearest block elements around it as a CSS selector."""
    link: str = ""
    """Where a click on it leads, as written; "" when it is no link."""
    is_hidden: bool = False
    """There, but not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One article's body, read once for all feeds and formats."""

    path: str
    """Of its file, archive-relative."""
    blocks: tuple[Block, ...]
    """In reading order; may be empty."""
    pictures: tuple[PictureCandidate, ...]
    """In reading order; may be empty."""
    html: str
    """The body as HTML, comments, scripts, styles and hidden parts gone, lazy pictures resolved,
    balanced and at most 100 levels deep; not yet sanitised, addresses as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What recurs within one publisher, and so says nothing about a single article."""

    shared_pictures: frozenset[str] = frozenset()
    """Addresses freed of proxies; relative ones as paths from the archive's root."""
    repeated_texts: frozenset[str] = frozenset()
    """Frames: what stays of a text when the names and numbers in it vary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What a person decided for an article: it goes before every rule."""

    drop_text: tuple[str, ...] = ()
    """Sentences that hold one of these are no part of a summary."""
    keep_text: tuple[str, ...] = ()
    """Sentences that hold one of these are the article's own, whatever the rules say."""
    drop_selector: tuple[str, ...] = ()
    """CSS selectors of what is no part of the body at all."""
    summary: str | None = None
    """Stands for the summary; "" for none."""
    picture: str | None = None
    """Address that stands for the picture; "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRule:
    """A fix, and the articles it is meant for: all that is stated must hold."""

    publisher: str | None = None
    category: str | CategoryPath | None = None
    """A path from the top with all below it, or a name at any level."""
    id: str | None = None
    fix: Fix


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture of the archive, known by its bytes."""

    data: bytes
    digest: str
    """SHA-256, hexadecimal."""
    media_type: str | None
    """Told from the bytes; None when they are no picture that a reader may show: an SVG with scripts is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that stands for an article."""

    address: str
    """Absolute and percent-encoded: the same wherever the picture is named."""
    media_type: str | None
    """Such as `image/jpeg`; None when neither the name nor the bytes tell."""
    length: int | None
    """Bytes; None when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlan:
    """Which cards one feed holds, chosen before any body was opened."""

    category: CategoryPath
    cards: tuple[Card, ...]
    """Newest first, no id twice; may be empty."""
    total: int
    """Articles that belong to the category, in the window or not."""
    own_total: int
    """Those of them that belong to none of its child categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
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
    entries: tuple[Entry, ...]
    """Newest first; may be empty."""
    total: int
    """Articles that belong to the category, in the window or not."""
    own_total: int
    """Those of them that belong to none of its child categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """The page that we write for an article that has none of its own."""

    path: str
    """Output-relative; made from the entry's id alone, so that it never moves."""
    entry: Entry
    """Its `permalink` is the address of this page."""
    content_html: str
    """The whole body, sanitised, all addresses absolute; may be ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One file to publish."""

    path: str
    """Output-relative, `/`-separated."""
    data: bytes
