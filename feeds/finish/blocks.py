"""Reads a body, whatever its shape: what a person sees as blocks and pictures, and its HTML without the rest.

One walk over one tree, without recursion: bodies nest thousands of levels deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from feeds.finish.lazy import (
    Attributes,
    attribute,
    is_late,
    largest_of_set,
    picture_address,
    stated_size,
)
from feeds.finish.markup import MORE_ID, to_html
from feeds.finish.text import drop_illegal, fold
from feeds.finish.tidy import BLOCKS, VOID, TidyHtml
from feeds.model import Block, BlockKind, Body, PictureCandidate

_DROPPED = frozenset(
    "applet base button canvas datalist embed frame frameset head input link map meta meter noembed noframes object "
    "optgroup option param progress script select style svg template textarea title".split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_NAMED = frozenset({"aside", "footer", "nav"})  # elements that say of their text what a class name would
_PICTURES = frozenset({"img", "amp-img"})
_CAPTION = re.compile(r"(?<![a-z])(?:captions?|(?:img|image|pic|picture|photo)-?(?:desc|description|credits?|info|title))(?![a-z])")
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEAREST = 6
_LONGEST_HINT = 120


@dataclass(slots=True)
class _Row:
    cells: int = 0


@dataclass(slots=True)
class _Cell:
    row: _Row | None
    is_layout: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a place say of its text; shared by all places that they say the same of."""

    kind: BlockKind = BlockKind.PARAGRAPH
    hints: tuple[str, ...] = ()
    is_linked: bool = False
    is_code: bool = False
    is_raised: bool = False
    row: _Row | None = None
    cell: _Cell | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    kind: BlockKind
    text: str
    linked: float
    hints: tuple[str, ...]
    cell: _Cell | None


@dataclass(frozen=True, slots=True)
class _End:
    """Stands in the walk where an element ends."""

    is_block: bool
    level: int
    context: _Context
    block_context: _Context


def read_body(path: str, text: str, *, is_markdown: bool) -> Body:
    """Read one body, of whatever shape.

    Args:
        path: Of its file, archive-relative.
        text: The body as the file holds it, behind the front matter.
        is_markdown: The file's name promises Markdown; a body that is HTML all the same is read as HTML.
    """
    markup = to_html(drop_illegal(text).replace("\r\n", "\n"), is_markdown=is_markdown)
    if "<" not in markup and "&" not in markup:
        words = fold(markup)
        block = Block(kind=BlockKind.PARAGRAPH, text=words, linked=0.0, hints="")
        return Body(path=path, blocks=(block,) if words else (), pictures=(), html=words)
    reader = _Reader()
    reader.walk(BeautifulSoup("<html><body>" + markup, "lxml", multi_valued_attributes=None))
    return Body(path=path, blocks=reader.blocks(), pictures=tuple(reader.pictures), html=reader.html.finish().strip())


class _Reader:
    """One body while it is walked."""

    def __init__(self) -> None:
        self.html = TidyHtml()
        self.pictures: list[PictureCandidate] = []
        self._drafts: list[_Draft] = []
        self._context = self._block_context = _Context()
        self._parts: list[str] = []
        self._parts_context: _Context | None = None
        self._size = self._linked_size = 0
        self._source = ""  # of the `picture` element around, until its picture comes
        self._late: _Context | None = None  # set while nothing but a picture without an address was read

    def blocks(self) -> tuple[Block, ...]:
        """Answer the blocks read; only now is known which table cells lay out a page."""
        return tuple(
            Block(kind=_settle(draft), text=draft.text, linked=draft.linked, hints=" ".join(draft.hints))
            for draft in self._drafts
        )

    def walk(self, soup: BeautifulSoup) -> None:
        """Read a whole tree."""
        ahead: list[PageElement | _End] = [soup]
        while ahead:
            node = ahead.pop()
            if isinstance(node, _End):
                self._leave(node)
            elif isinstance(node, Tag):
                end = self._enter(node)
                if end:
                    ahead.append(end)
                    ahead.extend(reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._read_text(str(node))
        self._flush()
