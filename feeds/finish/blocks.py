"""Reads a body, whatever its shape: what a person sees as blocks and pictures, and its HTML without the rest.

One walk over one tree, without recursion: bodies nest thousands of levels deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from feeds.finish.lazy import Attributes, attribute, is_stand_in, largest_of_set, picture_address, stated_size
from feeds.finish.markup import MORE_ID, to_html
from feeds.finish.text import drop_illegal, fold
from feeds.finish.tidy import BLOCKS, FORMATTING, VOID, TidyHtml
from feeds.model import Block, BlockKind, Body, PictureCandidate

_DROPPED = frozenset(
    "applet base button canvas datalist embed frame frameset head input link map meta meter noembed noframes object "
    "optgroup option param progress script select style svg template textarea title".split()
)
_UNWRITTEN = frozenset({"[document]", "html", "body", "picture", "form", "fieldset", "label"})
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
_TABLE_PARTS = frozenset({"tbody", "td", "tfoot", "th", "thead", "tr"})
_TELLING = frozenset({"aside", "footer", "nav"})  # they say of their text what a class name would
_PICTURES = ("img", "amp-img")
_CAPTION = re.compile(
    r"(?<![a-z])(?:captions?|(?:img|image|pic|picture|photo)-?(?:desc|description|credits?|info|title))(?![a-z])"
)
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"[a-z][a-z0-9:_-]*")
_NEAREST = 6
_LONGEST_HINT = 120
_LONGEST_VALUE = 2000


@dataclass(slots=True)
class _Row:
    """A table row while it is read."""

    cells: int = 0


@dataclass(slots=True)
class _Cell:
    """A table cell while it is read."""

    row: _Row
    has_blocks: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a place say of its text; one value for all places of which they say the same."""

    kind: BlockKind = BlockKind.PARAGRAPH
    hints: tuple[str, ...] = ()
    is_linked: bool = False
    is_raised: bool = False
    is_mute: bool = False
    row: _Row | None = None
    cell: _Cell | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block whose kind is open until its table has ended."""

    kind: BlockKind
    text: str
    linked: float
    context: _Context


@dataclass(frozen=True, slots=True)
class _End:
    """Stands in the walk where an element ends."""

    is_block: bool
    level: int | None
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
    reader = _Reader()
    reader.walk(BeautifulSoup("<html><body>" + markup, "lxml", multi_valued_attributes=None))
    return Body(
        path=path,
        blocks=reader.blocks(),
        pictures=tuple(reader.pictures),
        html=drop_illegal(reader.html.finish()),
    )


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
        self._source = ""

    def blocks(self) -> tuple[Block, ...]:
        """Answer the blocks read; only now is known which table cells lay out a page."""
        return tuple(
            Block(
                kind=_settle(draft), text=draft.text, linked=draft.linked, hints=" ".join(draft.context.hints)
            )
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

    def _enter(self, tag: Tag) -> _End | None:
        """Begin an element; None when nothing inside it is to be read."""
        name, attributes = tag.name.lower(), tag.attrs
        if name in _DROPPED or attributes and _is_hidden(attributes):
            return None
        if name in _PICTURES:
            self._read_picture(tag)
        elif name == "noscript":
            if not any(_pictures_in(neighbour) for neighbour in _neighbours(tag)):
                for picture in tag.find_all(_PICTURES):
                    if not _is_hidden(picture.attrs):
                        self._read_picture(picture)
        elif name == "br" and self._context.kind is BlockKind.CODE:
            self._read_text("\n")
        elif name == "source" and tag.parent is not None and tag.parent.name == "picture":
            self._source = largest_of_set(attributes) or self._source
        elif name in VOID or name == "iframe":
            self._flush()
            level = self.html.start(name, _kept(name, attributes))
            self.html.end(level)
        elif attribute(attributes, "id").startswith(MORE_ID[:-1]) and _is_more(tag):
            self._flush()
            self._drafts.append(_Draft(BlockKind.MORE, "", 0.0, _Context()))
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
        if name not in _UNWRITTEN and _NAME.fullmatch(name):
            level = self.html.start(name, _kept(name, attributes))
        end = _End(is_block, level, self._context, self._block_context)
        self._context = _derive(self._context, name, attributes)
        if is_block:
            self._block_context = self._context
        if name == "video" and attribute(attributes, "poster"):
            self._add_picture(attribute(attributes, "poster"), attributes)
        return end

    def _leave(self, end: _End) -> None:
        if end.is_block:
            self._flush()
        if end.level is not None:
            self.html.end(end.level)
        self._context, self._block_context = end.context, end.block_context

    def _read_text(self, text: str) -> None:
        self.html.text(text)
        if self._context.is_mute:
            return
        self._parts.append(text)
        size = len(text.strip())
        if size:
            self._size += size
            if self._context.is_linked:
                self._linked_size += size
            if self._parts_context is None:
                self._parts_context = self._context
            elif self._parts_context is not self._context:
                self._parts_context = self._block_context

    def _flush(self) -> None:
        """End a run of text: it is a block, if it holds any."""
        if self._size:
            text = fold("".join(self._parts))
            if text:
                context = self._parts_context or self._block_context
                self._drafts.append(_Draft(context.kind, text, self._linked_size / self._size, context))
        self._parts.clear()
        self._parts_context = None
        self._size = self._linked_size = 0

    def _read_picture(self, tag: Tag) -> None:
        address = picture_address(tag.attrs)
        if is_stand_in(address):
            address = self._source or _late_address(tag) or address
        self._source = ""
        if not address:
            return
        self._add_picture(address, tag.attrs)
        if not address.startswith("data:"):
            kept = [
                (name, value)
                for name, value in _kept("img", tag.attrs)
                if name not in ("src", "srcset", "sizes")
            ]
            self.html.start("img", [("src", address), *kept])

    def _add_picture(self, address: str, attributes: Attributes) -> None:
        width, height = stated_size(attributes)
        hints = (
            attribute(attributes, "alt").lower()[:_LONGEST_HINT],
            _names(attributes),
            *self._context.hints[:3],
        )
        self.pictures.append(
            PictureCandidate(
                address=address[:_LONGEST_VALUE],
                width=width,
                height=height,
                hints=" ".join(filter(None, hints)),
            )
        )


def _settle(draft: _Draft) -> BlockKind:
    """Decide a block's kind: a cell that holds blocks, or fills its row, lays out a page and is no table's."""
    cell = draft.context.cell
    if draft.kind is BlockKind.TABLE_CELL and (cell is None or cell.has_blocks or cell.row.cells == 1):
        return BlockKind.PARAGRAPH
    return draft.kind


def _derive(context: _Context, name: str, attributes: Attributes) -> _Context:
    """Answer what is said of the text inside an element."""
    kind, hints = context.kind, context.hints
    own = _names(attributes) if attributes else ""
    if kind not in (BlockKind.CAPTION, BlockKind.CODE):
        kind = BlockKind.CAPTION if own and _CAPTION.search(own) else _KINDS.get(name, kind)
    if name in _TELLING:
        own = f"{own} {name}".strip()
    if own:
        hints = (own, *hints[: _NEAREST - 1])
    if name in ("td", "th"):
        row = context.row or _Row()
        row.cells += 1
        return replace(context, kind=kind, hints=hints, row=None, cell=_Cell(row))
    if name == "tr":
        return replace(context, kind=kind, hints=hints, row=_Row())
    if name in ("a", "sup", "rt", "rp"):
        is_note = name == "a" and context.is_raised and attribute(attributes, "href").startswith("#")
        return replace(
            context,
            kind=kind,
            hints=hints,
            is_linked=context.is_linked or name == "a",
            is_raised=context.is_raised or name == "sup",
            is_mute=context.is_mute or is_note or name in ("rt", "rp"),
        )
    if kind is context.kind and hints is context.hints:
        return context
    return replace(context, kind=kind, hints=hints)


def _names(attributes: Attributes) -> str:
    """Answer an element's class and id names in lower case, `camelCase` parted by `-`."""
    names = f"{attribute(attributes, 'class')} {attribute(attributes, 'id')}"[:_LONGEST_HINT].strip()
    return " ".join(_CAMEL.sub("-", names).lower().replace("_", "-").split()) if names else ""


def _is_hidden(attributes: Attributes) -> bool:
    return (
        "hidden" in attributes
        or attribute(attributes, "aria-hidden").lower() == "true"
        or _UNSHOWN.search(attribute(attributes, "style")) is not None
    )


def _is_more(tag: Tag) -> bool:
    """Tell whether an empty element marks the end of a summary: `<span id="more-123">`, `<a id="more">`."""
    name = attribute(tag.attrs, "id")
    return not tag.contents and (name == MORE_ID[:-1] or name.startswith(MORE_ID))


def _kept(name: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
    """Yield the attributes worth writing: none of looks and scripts, and of formatting only a link's."""
    if name in FORMATTING and name != "a":
        return
    for key, value in attributes.items():
        if key in ("style", "class") or key.startswith(("on", "data-")) or not isinstance(value, str):
            continue
        if len(value) <= _LONGEST_VALUE and _NAME.fullmatch(key):
            yield key, value


def _late_address(tag: Tag) -> str:
    """Answer the address that a `noscript` element beside a late picture holds; "" without one."""
    for neighbour in _neighbours(tag):
        if neighbour.name == "noscript":
            for picture in _pictures_in(neighbour):
                return picture_address(picture.attrs)
    return ""


def _neighbours(tag: Tag) -> Iterator[Tag]:
    """Yield the elements right before and right behind one, blanks aside."""
    for siblings in (tag.previous_siblings, tag.next_siblings):
        for sibling in siblings:
            if isinstance(sibling, Tag):
                yield sibling
                break
            if str(sibling).strip():
                break


def _pictures_in(tag: Tag) -> list[Tag]:
    """List the picture that an element is, or the first that it holds."""
    return [tag] if tag.name in _PICTURES else tag.find_all(_PICTURES, limit=1)
