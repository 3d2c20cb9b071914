"""Reads a body, whatever its shape: what a person sees as blocks and pictures, and its HTML without the rest.

One walk over one tree, without recursion: bodies nest thousands of levels deep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from feeds.finish.context import PARAGRAPHS, Context, derive_context, is_hidden, is_name, kept_attributes, names_of
from feeds.finish.lazy import (
    PICTURES,
    Attributes,
    attribute,
    frame_address,
    is_pixel,
    is_stand_in,
    largest_of_set,
    late_address,
    neighbours,
    picture_address,
    pictures_in,
    stated_size,
)
from feeds.finish.markup import marker_of, to_html
from feeds.finish.prose import fold_prose
from feeds.finish.tidy import BLOCKS, VOID, TidyHtml
from feeds.model import Block, BlockKind, Body, PictureCandidate
from feeds.text import strip_forbidden

_DROPPED = frozenset({
    "applet", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "input", "link",
    "map", "meta", "meter", "noembed", "noframes", "object", "optgroup", "option", "param", "progress",
    "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_DROPPED_ALONE = frozenset({"base", "embed", "frame", "input", "link", "meta", "param"})
_UNWRITTEN = frozenset({"[document]", "html", "body", "picture", "form", "fieldset", "label"})
_TABLE_PARTS = frozenset({"tbody", "td", "tfoot", "th", "thead", "tr"})
_LONGEST_ADDRESS = 2000
_LONGEST_ALTERNATIVE = 120


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block whose kind is open until its table has ended."""

    text: str
    linked: float
    context: Context

    def settle(self) -> Block:
        kind, cell = self.context.kind, self.context.cell
        if kind is BlockKind.TABLE_CELL and (cell is None or cell.is_layout):
            own = self.context.trail.rpartition(" ")[2].partition(".")[0]
            kind = BlockKind.PARAGRAPH if own in PARAGRAPHS else BlockKind.BARE
        return Block(
            kind=kind,
            text=self.text,
            linked=self.linked,
            hints=" ".join(self.context.hints),
            trail=self.context.trail,
            is_hidden=self.context.is_hidden,
        )


@dataclass(frozen=True, slots=True)
class _End:
    """Stands in the walk where an element ends."""

    is_block: bool
    level: int | None
    context: Context
    block_context: Context


def read_body(path: str, text: str, *, is_markdown: bool, drop: Iterable[str] = ()) -> Body:
    """Read one body, of whatever shape.

    A body that is hidden as a whole is shown: the script that would show it was lost on the way.

    Args:
        path: Of its file, archive-relative.
        text: The body as the file holds it, behind the front matter.
        is_markdown: The file's name promises Markdown; a body that is HTML all the same is read as HTML.
        drop: CSS selectors of elements that are no part of it; valid ones.
    """
    markup = to_html(strip_forbidden(text).replace("\r\n", "\n"), is_markdown=is_markdown)
    soup = BeautifulSoup("<html><body>" + markup, "lxml", multi_valued_attributes=None)
    dropped = frozenset(id(tag) for selector in drop for tag in soup.select(selector))
    reader = _walk(soup, dropped)
    undropped = text_of(_walk(soup, frozenset()).blocks()) if dropped else None
    html = strip_forbidden(reader.html.finish())
    stand_ins = frozenset(reader.stand_ins.difference(picture.address for picture in reader.pictures))
    return Body(
        path=path,
        blocks=reader.blocks(),
        pictures=tuple(reader.pictures),
        undropped=undropped,
        stand_ins=stand_ins,
        html=html,
    )


def text_of(blocks: Iterable[Block]) -> str:
    """Answer all the text that a body shows: what tells copies of an article."""
    return "\n".join(block.text for block in blocks if not block.is_hidden)


def _walk(soup: BeautifulSoup, dropped: frozenset[int]) -> _Reader:
    reader = _Reader(dropped, heeds_hiding=True)
    reader.walk(soup)
    if reader.shows_nothing:
        reader = _Reader(dropped, heeds_hiding=False)
        reader.walk(soup)
    return reader


class _Reader:
    """One body while it is walked."""

    def __init__(self, dropped: frozenset[int], *, heeds_hiding: bool) -> None:
        self._dropped = dropped
        self._heeds_hiding = heeds_hiding
        self.html = TidyHtml()
        self.pictures: list[PictureCandidate] = []
        self.stand_ins: set[str] = set()
        self._drafts: list[_Draft] = []
        self._context = self._block_context = Context()
        self._parts: list[str] = []
        self._parts_context: Context | None = None
        self._size = self._linked_size = 0
        self._source = ""

    def blocks(self) -> tuple[Block, ...]:
        """Answer the blocks read; only now is known which table cells lay out a page."""
        return tuple(draft.settle() for draft in self._drafts)

    @property
    def shows_nothing(self) -> bool:
        """Tell whether there is text, and all that there is is hidden."""
        shown = [draft.context.is_hidden for draft in self._drafts if draft.text]
        return bool(shown) and all(shown) and all(picture.is_hidden for picture in self.pictures)

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

    def _enter(self, tag: Tag) -> _End | None:
        """Begin an element; None when nothing inside it is to be read."""
        name, attributes = tag.name.lower(), tag.attrs
        if id(tag) in self._dropped:
            return None
        if name in _DROPPED:
            return self._pass() if name in _DROPPED_ALONE else None
        if name in PICTURES:
            self._read_picture(tag)
        elif name == "noscript":
            if not any(pictures_in(neighbour) for neighbour in neighbours(tag)):
                for picture in tag.find_all(PICTURES):
                    self._read_picture(picture)
        elif name == "br" and self._context.kind is BlockKind.CODE:
            self._read_text("\n")
        elif name == "source" and largest_of_set(attributes):
            self._source = largest_of_set(attributes)
            return self._pass()
        elif name == "iframe":
            self._flush()
            if not self._hides(attributes):
                self.html.end(self.html.start(name, [("src", frame_address(attributes))]))
        elif name in VOID:
            if name != "wbr":
                self._flush()
            if not self._hides(attributes):
                self.html.start(name, kept_attributes(name, attributes))
            return self._pass()
        elif marker := marker_of(tag):
            self._flush()
            self._drafts.append(_Draft("", 0.0, Context(kind=marker)))
        else:
            return self._open(name, attributes)
        return None

    def _open(self, name: str, attributes: Attributes) -> _End:
        is_block = name in BLOCKS
        if is_block:
            self._flush()
            if self._context.cell and name not in _TABLE_PARTS:
                self._context.cell.has_blocks = True
        level = None
        hides = self._hides(attributes)
        if not hides and name not in _UNWRITTEN and is_name(name):
            level = self.html.start(name, kept_attributes(name, attributes))
        end = _End(is_block, level, self._context, self._block_context)
        self._context = derive_context(self._context, name, attributes, hides=hides)
        if is_block:
            self._block_context = self._context
        if name == "video" and attribute(attributes, "poster"):
            self._add_picture(attribute(attributes, "poster"), attributes)
        return end

    def _hides(self, attributes: Attributes) -> bool:
        """Tell whether an element is not shown, itself or with all around it."""
        return self._context.is_hidden or bool(self._heeds_hiding and attributes and is_hidden(attributes))

    def _pass(self) -> _End:
        """Go on into an element as if it were not there: the parser puts behind some what follows them."""
        return _End(False, None, self._context, self._block_context)

    def _leave(self, end: _End) -> None:
        if end.is_block:
            self._flush()
        if end.level is not None:
            self.html.end(end.level)
        self._context, self._block_context = end.context, end.block_context

    def _read_text(self, text: str) -> None:
        if not self._context.is_hidden:
            self.html.text(text)
        if self._context.is_mute or (self._context.is_hidden and not self._block_context.is_hidden):
            return
        self._parts.append(text)
        size = len(text.strip())
        if size:
            self._size += size
            if self._context.link:
                self._linked_size += size
            if self._parts_context is None:
                self._parts_context = self._context
            elif self._parts_context is not self._context:
                self._parts_context = self._block_context

    def _flush(self) -> None:
        """End a run of text: it is a block, if it holds any."""
        if self._size:
            text = fold_prose("".join(self._parts))
            if text:
                context = self._parts_context or self._block_context
                self._drafts.append(_Draft(text, self._linked_size / self._size, context))
        self._parts.clear()
        self._parts_context = None
        self._size = self._linked_size = 0

    def _read_picture(self, tag: Tag) -> None:
        address = picture_address(tag.attrs)
        if is_stand_in(address):
            address = self._source or late_address(tag) or address
        self._source = ""
        if not address:
            return
        source = attribute(tag.attrs, "src")
        if source and source != address and not source.startswith("data:"):
            self.stand_ins.add(source)
        self._add_picture(address, tag.attrs)
        is_shown = not self._hides(tag.attrs) and not is_pixel(*stated_size(tag.attrs))
        if is_shown and not address.startswith("data:"):
            kept = [
                (name, value)
                for name, value in kept_attributes("img", tag.attrs)
                if name not in ("src", "srcset", "sizes")
            ]
            self.html.start("img", [("src", address), *kept])

    def _add_picture(self, address: str, attributes: Attributes) -> None:
        width, height = stated_size(attributes)
        hints = " ".join(filter(None, (names_of(attributes), *self._context.hints[:3])))
        self.pictures.append(
            PictureCandidate(
                address=address[:_LONGEST_ADDRESS],
                width=width,
                height=height,
                hints=hints,
                alternative=attribute(attributes, "alt")[:_LONGEST_ALTERNATIVE],
                place=len(self._drafts) + bool(self._size),
                trail=self._context.trail,
                link=self._context.link,
                is_hidden=self._hides(attributes),
            )
        )
