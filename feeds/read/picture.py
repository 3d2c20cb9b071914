"""A picture of the archive, or of the site's own folders: its media type and size, told from its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from struct import error, unpack_from

from feeds.model import PictureFile

LARGEST = 50_000_000
"""Bytes; a larger file is nothing that a reader would load."""

_LONGEST_SIDE = 100_000
_HEAD = 65_536
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*>\s*)*<svg\b", re.DOTALL)
_SVG_TAG = re.compile(rb"<svg\b([^>]*)>")
_SVG_SIDE = r'(?<![\w-]){}\s*=\s*["\']\s*(\d{{1,6}}(?:\.\d{{1,6}})?)(?:px)?\s*["\']'
_SVG_WIDTH, _SVG_HEIGHT = (re.compile(_SVG_SIDE.format(name).encode()) for name in ("width", "height"))
_SVG_BOX = re.compile(
    rb'viewBox\s*=\s*["\']\s*[\d.+-]+[\s,]+[\d.+-]+[\s,]+(\d{1,6})[\d.]*[\s,]+(\d{1,6})[\d.]*\s*["\']'
)
_ACTIVE_SVG = re.compile(rb"<script|<foreignobject|<!entity|javascript:|\son\w+\s*=", re.IGNORECASE)
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG's frame (ITU T.81 table B.1)."""


def read_picture(place: Path) -> PictureFile | None:
    """Read one picture; None when it is not there, cannot be read, or is too large to be one."""
    try:
        with place.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError:
        return None
    if len(data) > LARGEST:
        return None
    media_type = media_type_of(data)
    width, height = size_of(data, media_type)
    return PictureFile(
        data=data,
        length=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        width=width,
        height=height,
    )


def media_type_of(data: bytes) -> str | None:
    """Tell a picture's media type from its first bytes (the formats' own signatures)."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if data.startswith(b"BM"):
        return "image/bmp"
    if _SVG.match(data[:4096]) and not _ACTIVE_SVG.search(data):
        return "image/svg+xml"
    return None


def size_of(data: bytes, media_type: str | None) -> tuple[int | None, int | None]:
    """Tell a picture's width and height in pixels, as it is shown, from its head; None where that does not say."""
    reader = _SIZES.get(media_type or "")
    try:
        size = reader(data) if reader else None
    except error:  # cut short
        size = None
    if size is None or not all(0 < side <= _LONGEST_SIDE for side in size):
        return None, None
    return size


def _png(data: bytes) -> tuple[int, int] | None:
    return _pair(data, ">II", 16) if data[12:16] == b"IHDR" else None


def _gif(data: bytes) -> tuple[int, int]:
    return _pair(data, "<HH", 6)


def _bmp(data: bytes) -> tuple[int, int]:
    if _pair(data, "<IH", 14)[0] == 12:  # OS/2's
        return _pair(data, "<HH", 18)
    width, height = _pair(data, "<ii", 18)
    return width, abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and data[20:21] == b"\x2f" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = _pair(data, "<HH", 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _avif(data: bytes) -> tuple[int, int] | None:
    """Take the largest of the sizes that items state (ISO/IEC 23008-12 section 6.5.3): others are parts and thumbs."""
    head, place = data[:_HEAD], 0
    sizes = []
    while (place := head.find(b"ispe", place)) >= 0:
        sizes.append(_pair(head, ">II", place + 8))
        place += 16
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place, is_turned = 2, False
    while place < len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1] if place + 1 < len(data) else 0xD9
        if marker == 0xFF:  # fill
            place += 1
            continue
        if marker in _FRAMES:
            height, width = _pair(data, ">HH", place + 5)
            return (height, width) if is_turned else (width, height)
        if marker == 0xE1 and data[place + 4 : place + 10] == b"Exif\0\0":
            is_turned = _is_turned(data[place + 10 : place + 10 + _HEAD])
        length = _pair(data, ">HB", place + 2)[0]
        if length < 2:
            return None
        place += 2 + length
    return None


def _is_turned(exif: bytes) -> bool:
    """Tell whether a photograph is shown turned by a quarter (Exif 2.32 section 4.6.4, tag 274)."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return False
    place = unpack_from(order + "I", exif, 4)[0]
    if place + 2 > len(exif):
        return False
    for number in range(min(unpack_from(order + "H", exif, place)[0], 200)):
        field = place + 2 + 12 * number
        if field + 12 > len(exif):
            return False
        if unpack_from(order + "H", exif, field)[0] == 274:
            turn: int = unpack_from(order + "H", exif, field + 8)[0]
            return 5 <= turn <= 8
    return False


def _svg(data: bytes) -> tuple[int, int] | None:
    tag = _SVG_TAG.search(data[:_HEAD])
    if tag is None:
        return None
    width, height = _SVG_WIDTH.search(tag[1]), _SVG_HEIGHT.search(tag[1])
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = _SVG_BOX.search(tag[1])
    return (int(box[1]), int(box[2])) if box else None


def _pair(data: bytes, form: str, place: int) -> tuple[int, int]:
    first, second = unpack_from(form, data, place)
    return first, second


_SIZES: Mapping[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/gif": _gif,
    "image/webp": _webp,
    "image/avif": _avif,
    "image/bmp": _bmp,
    "image/svg+xml": _svg,
}
