"""What the elements around a place say of its text and pictures: kind, names, whether it is seen."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from feeds.finish.events import Attributes
from feeds.finish.lazy import attribute
from feeds.finish.tidy import BLOCKS, FORMATTING
from feeds.model import BlockKind

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dd", "dt"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
}
PARAGRAPHS = frozenset({"p", "summary", "address"})
"""Elements whose text is a paragraph."""
_CELLS = frozenset({"tr", "td", "th"})
_TELLING = frozenset({"aside", "footer", "nav"})  # they say of their text what a class name would
_TELLING_INLINE = frozenset({"a", "sup", "rt", "rp"})
_CAPTION = re.compile(
    r"(?<![a-z])(?:captions?|(?<!drop-)cap|(?:img|image|pic|picture|photo|shot|fig|figure|media)-?(?:te?xt|cap|desc|description|credits?"
    r"|info|title|note|legend))(?![a-z])"
)
_HIDING = frozenset({"hidden", "aria-hidden", "style"})
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"[a-z][a-z0-9:_-]*")
_NEAREST = 6
_TRAIL = 3
_SELECTABLE = re.compile(r"-?[A-Za-z_][\w-]*")
_LONGEST_NAMES = 120
_LONGEST_VALUE = 2000
_LONGEST_KEY = 100


class Row(Struct):
    """A table row while it is read."""

    cells: int = 0


class Cell(Struct):
    """A table cell while it is read."""

    row: Row
    has_blocks: bool = False

    @property
    def is_layout(self) -> bool:
        """Lays out a page: it holds blocks, or fills its row; true or not only once its table has ended."""
        return self.has_blocks or self.row.cells == 1


class Context(Struct, frozen=True, eq=False):
    """What is said of a place; one value for all places of which the same is said, told from others by identity."""

    kind: BlockKind = BlockKind.BARE
    hints: tuple[str, ...] = ()
    """Names of the elements around, the nearest first."""
    link: str = ""
    """Where the link around leads; "#" for nowhere; "" outside of links."""
    is_hidden: bool = False
    is_raised: bool = False
    is_mute: bool = False
    """Shown, but no part of the text: marks of notes, readings of characters."""
    is_verbatim: bool = False
    """Blanks are shown as they are."""
    trail: str = ""
    """The block elements around as a CSS selector, the outermost first, at most `_TRAIL` of them."""
    row: Row | None = None
    cell: Cell | None = None


OUTSIDE = Context()


def inside_inline(context: Context, name: str, attributes: Attributes, *, hides: bool) -> Context:
    """Answer what is said of a place inside an element that begins no block, from what is said around it."""
    if name not in _TELLING_INLINE and hides is context.is_hidden and not names_of(attributes):
        return context
    return _inside(context, name, attributes, hides)


def inside_block(context: Context, name: str, attributes: Attributes, *, hides: bool) -> Context:
    """Answer what is said of a place inside a block element.

    Of elements alike within one element the same is said, in this body and the next: a publisher's bodies are built
    alike.
    """
    if name in _CELLS or context.cell or context.link:
        return _inside(context, name, attributes, hides)
    classes, identifier = attributes.get("class", ""), attributes.get("id", "")
    return _inside_alike(context, name, classes[:_LONGEST_VALUE], identifier[:_LONGEST_VALUE], hides)


@lru_cache(maxsize=1024)
def _inside_alike(context: Context, name: str, classes: str, identifier: str, hides: bool) -> Context:
    return _inside(context, name, {"class": classes, "id": identifier}, hides)


def _inside(context: Context, name: str, attributes: Attributes, hides: bool) -> Context:
    own = names_of(attributes)
    is_link = name == "a"
    kind, hints = context.kind, context.hints
    if kind not in (BlockKind.CAPTION, BlockKind.CODE):
        kind = BlockKind.CAPTION if own and _CAPTION.search(own) else _KINDS.get(name, kind)
    if kind is BlockKind.BARE and name in PARAGRAPHS:
        kind = BlockKind.PARAGRAPH
    if name in _TELLING:
        own = f"{own} {name}".strip()
    if own:
        hints = (own, *hints[: _NEAREST - 1])
    row, cell = context.row, context.cell
    if name in ("td", "th"):
        own_row = row or Row()
        own_row.cells += 1
        row, cell = None, Cell(own_row)
    elif name == "tr":
        row = Row()
    is_note = (
        is_link and attribute(attributes, "href").startswith("#") and (context.is_raised or "footnote-back" in own)
    )
    return Context(
        kind=kind,
        hints=hints,
        link=(attribute(attributes, "href") or "#") if is_link else context.link,
        is_hidden=hides,
        is_raised=context.is_raised or name == "sup",
        is_mute=context.is_mute or is_note or name in ("rt", "rp"),
        is_verbatim=context.is_verbatim or name == "pre",
        trail=_lengthened(context.trail, name, attributes.get("class", "")[:_LONGEST_VALUE])
        if name in BLOCKS
        else context.trail,
        row=row,
        cell=cell,
    )


@lru_cache(maxsize=1024)
def _lengthened(trail: str, name: str, classes: str) -> str:
    """Add an element to a trail, by its name and its first two classes."""
    steps = trail.split(" ")[1 - _TRAIL :] if trail else []
    selectable = [one for one in classes.split() if _SELECTABLE.fullmatch(one)]
    return " ".join((*steps, ".".join((name, *selectable[:2]))))


def names_of(attributes: Attributes) -> str:
    """Answer an element's class and id names in lower case, `camelCase` and `snake_case` parted by `-`."""
    if "class" not in attributes and "id" not in attributes:
        return ""
    return _part_words(f"{attribute(attributes, 'class')} {attribute(attributes, 'id')}"[:_LONGEST_NAMES])


@lru_cache(maxsize=1024)
def _part_words(names: str) -> str:
    return " ".join(_CAMEL.sub("-", names).lower().replace("_", "-").split())


def is_hidden(attributes: Attributes) -> bool:
    """Tell whether an element is there but not shown, or not meant for readers."""
    return not _HIDING.isdisjoint(attributes) and (
        "hidden" in attributes
        or attribute(attributes, "aria-hidden").lower() == "true"
        or _UNSHOWN.search(attributes.get("style", "")) is not None
    )


def kept_attributes(name: str, attributes: Attributes) -> list[tuple[str, str]]:
    """List the attributes worth writing: none of looks and scripts, and of formatting only a link's."""
    if name in FORMATTING and name != "a":
        return []
    return [
        (key, value)
        for key, value in attributes.items()
        if len(value) <= _LONGEST_VALUE and len(key) <= _LONGEST_KEY and _is_kept(key)
    ]


@lru_cache(maxsize=1024)
def _is_kept(key: str) -> bool:
    is_unwanted = key in ("style", "class") or key.startswith(("on", "data-"))
    return not is_unwanted and _NAME.fullmatch(key) is not None


def is_name(name: str) -> bool:
    """Tell whether an element's name is one that HTML can write, and no other vocabulary's (`o:p`)."""
    return name in BLOCKS or (":" not in name and _NAME.fullmatch(name) is not None)
