"""The walk over a body's events: what each is to a reader.

One walk with one set of rules, without recursion: bodies nest thousands of levels deep.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from feeds.finish.context import (
    OUTSIDE,
    Context,
    inside_block,
    inside_inline,
    is_hidden,
    is_name,
    kept_attributes,
    names_of,
)
from feeds.finish.events import END, Attributes, Event
from feeds.finish.lazy import (
    PICTURES,
    attribute,
    find_neighbours,
    frame_address,
    is_pixel,
    is_stand_in,
    largest_of_set,
    picture_address,
    picture_in,
    stated_size,
)
from feeds.finish.markup import marker_of
from feeds.finish.runs import Runs
from feeds.finish.tidy import BLOCKS, VOID, TidyHtml
from feeds.model import Block, BlockKind, PictureCandidate

_DROPPED = frozenset({
    "applet", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "input", "link",
    "map", "meta", "meter", "noembed", "noframes", "object", "optgroup", "option", "param", "progress",
    "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_DROPPED_ALONE = frozenset({"base", "embed", "frame", "input", "link", "meta", "param"})
_UNWRITTEN = frozenset({"html", "body", "picture", "form", "fieldset", "label"})
_UNLIKE_OTHERS = frozenset({*_DROPPED, *PICTURES, *VOID, "iframe", "noscript"})
"""Elements of which more is to be said than what they say of their text."""
_TABLE_PARTS = frozenset({"tbody", "td", "tfoot", "th", "thead", "tr"})
_BLANKS = " \n\t\f\r"
_LONGEST_ADDRESS = 2000
_LONGEST_ALTERNATIVE = 120

_Opened: TypeAlias = tuple[bool, int | None, Context, Context]
"""An element that is read inside: begins a block; its level in the HTML; what is said around it, and of its block."""


class Walk:
    """One body, walked from its first event to its last.

    What hides elements is not heeded in a body that is hidden as a whole.
    """

    def __init__(
        self, events: Sequence[Event], dropped: frozenset[int], html: TidyHtml | None, *, heeds_hiding: bool
    ) -> None:
        """Read all events.

        Args:
            events: As the parser tells them; the last of them is no text.
            dropped: Places of elements that are no part of the body.
            html: Where the body is written; None where nobody wants it written.
            heeds_hiding: What an element says of not being shown is true.
        """
        self.pictures: list[PictureCandidate] = []
        self.stand_ins: set[str] = set()
        self._events = events
        self._dropped = dropped
        self._html = html
        self._heeds_hiding = heeds_hiding
        self._runs = Runs()
        self._opened: list[_Opened | None] = []
        self._context = self._block_context = OUTSIDE
        self._source = ""
        self._neighbours: dict[int, list[int]] = {}
        self._walk()

    def blocks(self) -> tuple[Block, ...]:
        """Answer the blocks read."""
        return self._runs.blocks()

    @property
    def shows_nothing(self) -> bool:
        """Tell whether there is text, and all that there is is hidden."""
        return self._runs.hides and not self._runs.shows and all(picture.is_hidden for picture in self.pictures)

    def _walk(self) -> None:
        events, place, end = self._events, 0, len(self._events)
        runs, is_written = self._runs, self._html is not None
        while place < end:
            event = events[place]
            place += 1
            if isinstance(event, str):
                if not (is_written or runs.size) and event.isspace():
                    continue  # between runs
                if isinstance(events[place], str):
                    first = place - 1
                    while isinstance(events[place], str):
                        place += 1
                    event = "".join(events[first:place])  # type: ignore[arg-type]
                self._read_text(event)
            elif isinstance(event, tuple):
                if not self._enter(place - 1, *event):
                    place = self._end_of(place - 1)
            elif event is END:
                opened = self._opened.pop()
                if opened:
                    self._leave(opened)
        runs.end()

    def _end_of(self, start: int) -> int:
        """Answer the place behind the end of an element."""
        events, place, depth = self._events, start + 1, 1
        while depth and place < len(events):
            event = events[place]
            place += 1
            if event is END:
                depth -= 1
            elif isinstance(event, tuple):
                depth += 1
        return place

    def _enter(self, place: int, name: str, attributes: Attributes) -> bool:
        """Begin an element; tell whether what stands inside it is to be read."""
        if place in self._dropped:
            return False
        if name not in _UNLIKE_OTHERS and "id" not in attributes:
            self._open(name, attributes)
            return True
        if name in _DROPPED:
            return name in _DROPPED_ALONE and self._pass()
        if name in PICTURES:
            self._read_picture(place, attributes)
        elif name == "noscript":
            self._read_unscripted(place)
        elif name == "br" and self._context.kind is BlockKind.CODE:
            self._read_text("\n")
        elif name == "source" and largest_of_set(attributes):
            self._source = largest_of_set(attributes)
            return self._pass()
        elif name == "iframe":
            self._runs.end()
            if self._html and not self._hides(attributes):
                self._html.end(self._html.start(name, [("src", frame_address(attributes))]))
        elif name in VOID:
            if name != "wbr":
                self._runs.end()
            if self._html and not self._hides(attributes):
                self._html.start(name, kept_attributes(name, attributes))
            return self._pass()
        elif "id" in attributes and self._events[place + 1] is END and (marker := marker_of(attributes)):
            self._runs.mark(marker)
        else:
            self._open(name, attributes)
            return True
        return False

    def _pass(self) -> bool:
        """Go on into an element as if it were not there: the parser puts behind some what follows them."""
        self._opened.append(None)
        return True

    def _open(self, name: str, attributes: Attributes) -> None:
        context = self._context
        is_block = name in BLOCKS
        if is_block:
            if self._runs.size:
                self._runs.end()
            if context.cell and name not in _TABLE_PARTS:
                context.cell.has_blocks = True
        hides = self._hides(attributes) if attributes else context.is_hidden
        level = None
        if self._html and not hides and name not in _UNWRITTEN and is_name(name):
            level = self._html.start(name, kept_attributes(name, attributes) if attributes else ())
        self._opened.append((is_block, level, context, self._block_context))
        if is_block:
            self._context = self._block_context = inside_block(context, name, attributes, hides=hides)
            if name == "video" and attribute(attributes, "poster"):
                self._add_picture(attribute(attributes, "poster"), attributes)
        else:
            self._context = inside_inline(context, name, attributes, hides=hides)

    def _hides(self, attributes: Attributes) -> bool:
        """Tell whether an element is not shown, itself or with all around it."""
        return self._context.is_hidden or (self._heeds_hiding and is_hidden(attributes))

    def _leave(self, opened: _Opened) -> None:
        is_block, level, context, block_context = opened
        if is_block and self._runs.size:
            self._runs.end()
        if level is not None and self._html:
            self._html.end(level)
        self._context, self._block_context = context, block_context

    def _read_text(self, text: str) -> None:
        context = self._context
        size = len(text.strip())
        if not size and not context.is_verbatim and not text.strip(_BLANKS):
            text = "\n" if "\n" in text else " "
        if self._html and not context.is_hidden:
            self._html.text(text)
        if context.is_mute or (context.is_hidden and not self._block_context.is_hidden):
            return
        self._runs.add(text, size, context, self._block_context)

    def _read_unscripted(self, place: int) -> None:
        """Read what is shown where no script runs: a picture that another beside it does not show already."""
        if any(picture_in(self._events, beside) is not None for beside in self._beside(place)):
            return
        for inner in range(place, self._end_of(place)):
            event = self._events[inner]
            if isinstance(event, tuple) and event[0] in PICTURES:
                self._read_picture(inner, event[1])

    def _beside(self, place: int) -> list[int]:
        if not self._neighbours:
            self._neighbours = find_neighbours(self._events)
        return self._neighbours[place]

    def _late_address(self, place: int) -> str:
        """Answer the address that a `noscript` element beside a late picture holds; "" without one."""
        for beside in self._beside(place):
            event = self._events[beside]
            if event[0] == "noscript":  # type: ignore[index]
                attributes = picture_in(self._events, beside)
                if attributes is not None:
                    return picture_address(attributes)
        return ""

    def _read_picture(self, place: int, attributes: Attributes) -> None:
        address = picture_address(attributes)
        if is_stand_in(address):
            address = self._source or self._late_address(place) or address
        self._source = ""
        if not address:
            return
        source = attribute(attributes, "src")
        if source and source != address and not source.startswith("data:"):
            self.stand_ins.add(source)
        picture = self._add_picture(address, attributes)
        is_seen = not picture.is_hidden and not is_pixel(picture.width, picture.height)
        if self._html and is_seen and not address.startswith("data:"):
            kept = [pair for pair in kept_attributes("img", attributes) if pair[0] not in ("src", "srcset", "sizes")]
            self._html.start("img", [("src", address), *kept])

    def _add_picture(self, address: str, attributes: Attributes) -> PictureCandidate:
        context = self._context
        width, height = stated_size(attributes)
        picture = PictureCandidate(
            address=address[:_LONGEST_ADDRESS],
            width=width,
            height=height,
            hints=" ".join(filter(None, (names_of(attributes), *context.hints[:3]))),
            alternative=attribute(attributes, "alt")[:_LONGEST_ALTERNATIVE],
            place=self._runs.count,
            trail=context.trail,
            link=context.link,
            is_hidden=self._hides(attributes),
        )
        self.pictures.append(picture)
        return picture
