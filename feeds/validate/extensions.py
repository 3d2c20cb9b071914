"""Media RSS, Dublin Core and the syndication module, which RSS and Atom share; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.validate.addresses import address
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import plain, safe_text
from feeds.validate.shape import ANYTHING, Shape
from feeds.validate.tree import Element
from feeds.validate.values import language, media_type, not_blank, one_of, w3c_date, whole_number

_address = (address(),)
_size = (whole_number("InvalidPositiveInteger", 1),)
_truth = (one_of("InvalidTrueFalse", ("true", "false"), fold=str.lower),)
_media_type = (media_type("InvalidMIMEAttribute"),)


def _number(value: str, source: Source) -> Iterator[Fault]:
    if value and not re.match(r"\d+\.?\d*", value):
        yield Fault("InvalidFloat", f"{shown(value)} is no number")


def _time(value: str, source: Source) -> Iterator[Fault]:
    if not re.fullmatch(r"now|\d+(?:\.\d+)?|\d+:\d\d:\d\d(?:\.\d+)?", value):
        yield Fault("InvalidNPTTime", f"{shown(value)} is no time within a recording")


def _check_media_text(element: Element, source: Source) -> Iterator[Fault]:
    rule = safe_text if element.attributes.get("type") == "html" else plain("ContainsUndeclaredHTML")
    yield from (fault._replace(line=None) for fault in rule(element.text.strip(), source))


def _check_group(group: Element, source: Source) -> Iterator[Fault]:
    if len(group.all("media:content")) < 2:
        yield Fault("MediaGroupWithoutAlternatives", "a media:group holds fewer than two media:content")


_MEDIA_TEXT = Shape(
    attributes={"type": (one_of("InvalidMediaTextType", ("plain", "html")),)},
    text=(),
    rules=(_check_media_text,),
    repeated="DuplicateElement",
)
MEDIA_ABOUT = {
    "media:title": _MEDIA_TEXT,
    "media:description": _MEDIA_TEXT,
    "media:thumbnail": Shape(
        attributes={"url": _address, "height": _size, "width": _size, "time": (_time,)}, required=("url",)
    ),
    "media:adult": Shape(text=_truth, repeated="DuplicateElement", used="DeprecatedMediaAdult"),
    "media:category": Shape(attributes={"label": (plain(),), "scheme": _address}, text=()),
    "media:copyright": Shape(attributes={"url": _address}, text=(), repeated="DuplicateElement"),
    "media:credit": Shape(attributes={"role": (), "scheme": ()}, text=()),
    "media:hash": Shape(attributes={"algo": (one_of("InvalidMediaHash", ("md5", "sha-1")),)}, text=()),
    "media:keywords": Shape(text=()),
    "media:player": Shape(attributes={"url": _address, "height": _size, "width": _size}, required=("url",)),
    "media:rating": Shape(attributes={"scheme": ()}, text=()),
    "media:restriction": ANYTHING,
    "media:text": ANYTHING,
}
"""What may stand in a channel or a feed, too."""
_MEDIA_CONTENT = Shape(
    attributes={
        "url": _address,
        "type": _media_type,
        "medium": (one_of("InvalidMediaMedium", ("audio", "document", "executable", "image", "video")),),
        "height": _size,
        "width": _size,
        "isDefault": _truth,
        "lang": (language,),
        "bitrate": (_number,),
        "framerate": (_number,),
        "samplingrate": (_number,),
        "expression": (one_of("InvalidMediaExpression", ("full", "nonstop", "sample")),),
        "channels": (whole_number("InvalidNonNegativeInteger", 0),),
        "duration": (_number,),
        "fileSize": (),
    },
    children=MEDIA_ABOUT,
)
MEDIA = {
    **MEDIA_ABOUT,
    "media:content": _MEDIA_CONTENT,
    "media:group": Shape(children={**MEDIA_ABOUT, "media:content": _MEDIA_CONTENT}, rules=(_check_group,)),
}
"""What may stand in an item or an entry."""

_ONCE = Shape(text=(), repeated="DuplicateElement")
_OFTEN = Shape(text=())
DUBLIN_CORE = {
    **dict.fromkeys(("dc:title", "dc:description", "dc:type", "dc:format", "dc:source"), _ONCE),
    **dict.fromkeys(("dc:creator", "dc:contributor", "dc:publisher", "dc:subject", "dc:identifier"), _OFTEN),
    **dict.fromkeys(("dc:relation", "dc:coverage"), _OFTEN),
    "dc:date": Shape(text=(w3c_date,)),
    "dc:language": Shape(text=(language,), repeated="DuplicateElement"),
    "dc:rights": Shape(text=(plain(),), repeated="DuplicateElement"),
}
"""What may stand in a channel, a feed, an item or an entry."""

SYNDICATION = {
    "sy:updatePeriod": Shape(
        text=(one_of("InvalidUpdatePeriod", ("hourly", "daily", "weekly", "monthly", "yearly")),),
        repeated="DuplicateElement",
    ),
    "sy:updateFrequency": Shape(text=(*_size, not_blank), repeated="DuplicateElement"),
    "sy:updateBase": Shape(text=(w3c_date,), repeated="DuplicateElement"),
}
"""What may stand in a channel or a feed."""
