"""An article's body as it is judged: blocks, pictures, what recurs around them, what a person decided."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from feeds.model.archive import CategoryPath


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


class Block(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One run of text of a body that a reader sees as a unit."""

    kind: BlockKind
    text: str
    """Plain, spaces folded; "" only for the markers `BEGIN` and `MORE`."""
    linked: float
    """Share of the text that stands in links, 0 to 1."""
    hints: str
    """Class and id names of the element and its parents, nearest first, lower case, their words parted by `-`."""
    trail: str = ""
    """The nearest block elements around it as a CSS selector: `div.story p.lead`."""
    is_hidden: bool = False
    """There, but not shown."""


class PictureCandidate(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One picture that a body shows, and may stand for the article."""

    address: str
    """As the body means it: lazy attributes resolved; absolute or relative, unencoded."""
    width: int | None
    """Stated width in pixels."""
    height: int | None
    """Stated height in pixels."""
    hints: str
    """Class and id names of the picture and its parents, nearest first, lower case."""
    alternative: str = ""
    """What the element says in place of the picture (`alt`)."""
    place: int = 0
    """Blocks that stand before it."""
    trail: str = ""
    """The nearest block elements around it as a CSS selector."""
    link: str = ""
    """Where a click on it leads, as written; "" when it is no link."""
    is_hidden: bool = False
    """There, but not shown."""


class Body(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One article's body, read once for all feeds and formats."""

    path: str
    """Of its file, archive-relative."""
    blocks: tuple[Block, ...]
    """In reading order; may be empty."""
    pictures: tuple[PictureCandidate, ...]
    """In reading order; may be empty."""
    undropped: str | None = None
    """The text of all blocks before a fix dropped some; None when none did."""
    stand_ins: frozenset[str] = frozenset()
    """Addresses that stand where pictures load late: none of them is a picture."""
    html: str
    """The body as HTML, comments, scripts, styles and hidden parts gone, lazy pictures resolved,
    balanced and at most 100 levels deep; not yet sanitised, addresses as written. "" where nobody asked for it."""


class Profile(Struct, frozen=True, kw_only=True):
    """What recurs within one publisher, and so says nothing about a single article."""

    shared_pictures: frozenset[str] = frozenset()
    """Addresses freed of proxies; relative ones as paths from the archive's root."""
    repeated_texts: frozenset[str] = frozenset()
    """Frames: what stays of a text when the names and numbers in it vary."""


class Fix(Struct, frozen=True, kw_only=True):
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


class FixRule(Struct, frozen=True, kw_only=True):
    """A fix, and the articles it is meant for: all that is stated must hold."""

    publisher: str | None = None
    category: str | CategoryPath | None = None
    """A path from the top with all below it, or a name at any level."""
    id: str | None = None
    fix: Fix
