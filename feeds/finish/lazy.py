"""Which address a picture element means, and how large it says it is.

Pages that load pictures late leave a stand-in under `src` and the address under a name of their own, in
`srcset` (HTML section 4.8.4.3), or in a `noscript` element behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from feeds.finish.events import COMMENT, END, Attributes, Event

PICTURES = ("img", "amp-img")
"""Elements that are pictures."""
_NEAR = 120
"""Events within a neighbour among which its picture is looked for."""

_LATE = (
    "data-src", "data-original", "_src", "data-lazy-src", "data-actualsrc", "data-original-src",
    "data-lazyload", "data-lazy", "data-echo", "data-url", "data-img-src", "data-image-src", "original",
    "file",
)  # fmt: skip
_LATE_NAMES = frozenset(_LATE)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_ADDRESS = re.compile(r"data:|about:|javascript:|#|$", re.IGNORECASE)
_STAND_IN = re.compile(
    r"(?<![a-z])(?:blank|spacer|loading|lazy(?:load)?|placeholder|transparent|grey|gray|pixel|spaceball|1x1|default|loader|load)"
    r"(?![a-z])[^/]*$",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"\.(?:jpe?g|webp|avif)(?![a-z])", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"'{}]*[./][^\s<>\"']*")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wx]$")
_SIZING = frozenset({"width", "height", "style"})
_LENGTH = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", re.IGNORECASE)
_PIXEL = 2
_STYLE_WIDTH = re.compile(r"(?<![-\w])width\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_STYLE_HEIGHT = re.compile(r"(?<![-\w])height\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)


def attribute(attributes: Attributes, name: str) -> str:
    """Answer an attribute's value without blanks around it; "" when it is absent."""
    return attributes.get(name, "").strip()


def picture_address(attributes: Attributes) -> str:
    """Answer the address that a picture element means; "" when it names none.

    A late address counts before `src`, unless `src` is a photograph and no stand-in: then `src` is what the
    page shows. A `srcset` counts when nothing else does.
    """
    source = attribute(attributes, "src")
    stands_in = is_stand_in(source)
    if not _LATE_NAMES.isdisjoint(attributes) and (stands_in or not _PHOTO.search(source)):
        for name in _LATE:
            late = attribute(attributes, name)
            if late and _ADDRESS.fullmatch(late) and not late.startswith("data:"):
                return late
    if source and not stands_in:
        return source
    return largest_of_set(attributes) or ("" if source.startswith(("about:", "javascript:", "#")) else source)


def largest_of_set(attributes: Attributes) -> str:
    """Answer the largest picture of a `srcset`, whatever the attribute's name; "" without one."""
    for name in _SETS:
        if name not in attributes:
            continue
        candidates = [pair for pair in _parse_set(attribute(attributes, name)) if not pair[1].startswith("data:")]
        if candidates:
            return max(candidates, key=lambda pair: pair[0])[1]
    return ""


def _parse_set(text: str) -> Iterator[tuple[float, str]]:
    """Yield the pictures of a `srcset` with their sizes; commas may belong to an address."""
    address = ""
    for token in text.split():
        if address:
            size, _, token = token.partition(",")
            yield _parse_size(size), address
        address = token.strip(",")
        if address and token.endswith(","):
            yield 1.0, address
            address = ""
    if address:
        yield 1.0, address


def _parse_size(text: str) -> float:
    match = _SIZE.match(text)
    return float(match[1]) if match else 1.0


@lru_cache(maxsize=64)
def is_stand_in(address: str) -> bool:
    """Tell whether an address is only a stand-in for a picture that loads late."""
    if _NO_ADDRESS.match(address):
        return True
    return _STAND_IN.search(address, address.rfind("/") + 1) is not None


def stated_size(attributes: Attributes) -> tuple[int | None, int | None]:
    """Answer the width and height that a picture element states, in pixels."""
    if _SIZING.isdisjoint(attributes):
        return None, None
    style = attribute(attributes, "style")
    return _size(attributes, "width", _STYLE_WIDTH, style), _size(attributes, "height", _STYLE_HEIGHT, style)


def is_pixel(width: int | None, height: int | None) -> bool:
    """Tell whether a stated size is that of a tracker or a spacer, which nobody sees."""
    return (width is not None and width <= _PIXEL) or (height is not None and height <= _PIXEL)


def _size(attributes: Attributes, name: str, in_style: re.Pattern[str], style: str) -> int | None:
    stated = _parse_length(attribute(attributes, name))
    return _first_number(in_style, style) if stated is None else stated


def _parse_length(value: str) -> int | None:
    match = _LENGTH.match(value)
    return int(match[1]) if match else None


def _first_number(pattern: re.Pattern[str], style: str) -> int | None:
    match = pattern.search(style)
    return int(match[1]) if match else None


def find_neighbours(events: Sequence[Event]) -> dict[int, list[int]]:
    """Find the elements right before and right behind each element, blanks aside, by the places where they start.

    What stands in a `picture` has the neighbours that the `picture` has.
    """
    found: dict[int, list[int]] = {}
    around: list[tuple[int, str]] = []
    last: list[int | None] = [None]
    for place, event in enumerate(events):
        if isinstance(event, tuple):
            before = last[-1]
            if around and around[-1][1] in ("picture", "source"):
                found[place] = found[around[-1][0]]
            else:
                found[place] = [] if before is None else [before]
                if before is not None:
                    found[before].append(place)
            last[-1] = place
            around.append((place, event[0]))
            last.append(None)
        elif event is END:
            around.pop()
            last.pop()
        elif event is COMMENT or event.strip():
            last[-1] = None
    return found


def picture_in(events: Sequence[Event], place: int) -> Attributes | None:
    """Answer the attributes of the picture that an element is, or the first that it holds."""
    depth = 0
    for event in events[place : place + _NEAR]:
        if isinstance(event, tuple):
            depth += 1
            if event[0] in PICTURES:
                return event[1]
        elif event is END:
            depth -= 1
            if not depth:
                return None
    return None


def frame_address(attributes: Attributes) -> str:
    """Answer the address that a frame shows, late or not."""
    source = attribute(attributes, "src")
    return attribute(attributes, "data-src") if not source or source.startswith("about:") else source
