"""RSS 2.0, with the RSS Advisory Board's profile: what its elements may hold; pure."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.validate.addresses import address, web_address
from feeds.validate.extensions import DUBLIN_CORE, MEDIA, SYNDICATION
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import plain, safe_html
from feeds.validate.links import LINK, check_self, has_self
from feeds.validate.shape import ANYTHING, ElementRule, Shape
from feeds.validate.tree import Element
from feeds.validate.values import (
    contact,
    language,
    media_type,
    not_blank,
    one_of,
    rfc822_date,
    whole_number,
)

_ONCE = "DuplicateElement"
_DATE = Shape(text=(rfc822_date,), repeated=_ONCE)
_PERSON = Shape(text=(contact,), repeated=_ONCE)
_ADDRESS = Shape(text=(address(),), repeated=_ONCE)
_PLAIN = Shape(text=(plain(),), repeated=_ONCE)
_TITLE = Shape(text=(plain(), not_blank), repeated=_ONCE)
_HTML = Shape(text=(safe_html,), repeated=_ONCE)
_COUNT = (whole_number("InvalidPositiveInteger", 1), not_blank)
_permalink = address(is_absolute=False, name="InvalidHttpGUID", name_of_permalink=True)


def _missing(name: str, child: str) -> ElementRule:
    def check(element: Element, source: Source) -> Iterator[Fault]:
        if element.get(child) is None:
            yield Fault(name, f"<{element.name}> has no <{child}>")

    return check


def _same(name: str, *pairs: tuple[str, str]) -> ElementRule:
    """Make the rule that an element does not say with an extension what it says already."""

    def check(element: Element, source: Source) -> Iterator[Fault]:
        for core, extension in pairs:
            second = element.get(extension)
            if second is not None and element.get(core) is not None:
                what = f"<{element.name}> holds both <{core}> and <{extension}>"
                yield Fault(name, what, second.line, second.column)

    return check


def _check_guid(guid: Element, source: Source) -> Iterator[Fault]:
    value, permalink = guid.text.strip(), guid.attributes.get("isPermaLink", "true")
    if permalink == "true":
        yield from _permalink(value, source)
    elif len(value) < 9 and value.isdigit():
        yield Fault("NotSufficientlyUnique", f"guid {shown(value)} is short, and others may have it too")


def _check_item(item: Element, source: Source) -> Iterator[Fault]:
    if item.get("title") is None and item.get("description") is None:
        yield Fault("ItemMustContainTitleOrDescription", "an item has neither title nor description")
    names = [child.name for child in item.children]
    if "content:encoded" in names:
        position = names.index("content:encoded")
        if "description" not in names[:position]:
            late = item.children[position]
            yield Fault("NeedDescriptionBeforeContent", "no description before content:encoded", late.line, late.column)


def _check_version(element: Element, source: Source) -> Iterator[Fault]:
    version = element.attributes.get("version")
    if version is not None and version not in ("0.91", "0.92", "2.0"):
        yield Fault("InvalidRSSVersion", f"version {shown(version)} of RSS is none that readers know")
    modern = version is None or version.startswith("2.")
    channels = element.all("channel") if modern else []
    for channel in channels:
        if version in (None, "2.0") and not has_self(channel):
            what = "the channel does not say where it is served"
            yield Fault("MissingAtomSelfLink", what, channel.line, channel.column)
        for item in channel.all("item"):
            if item.get("guid") is None:
                title = item.get("title")
                name = f"item {shown(title.text)}" if title is not None else "an item"
                yield Fault("MissingGuid", f"{name} has no guid", item.line, item.column)


def _check_guids(channel: Element, source: Source) -> Iterator[Fault]:
    seen: set[str] = set()
    for guid in (guid for item in channel.all("item") for guid in item.all("guid")):
        value = guid.text.strip()
        if value and value in seen:
            yield Fault("DuplicateValue", f"guid {shown(value)} stands twice", guid.line, guid.column)
        seen.add(value)


def _check_order(channel: Element, source: Source) -> Iterator[Fault]:
    early: list[Element] = []
    for child in channel.children:
        if child.name == "item":
            early.append(child)
        elif child.name in _METADATA:
            for item in early:
                yield Fault("MisplacedItem", f"an item stands before <{child.name}>", item.line, item.column)
            early.clear()


def _check_slash(channel: Element, source: Source) -> Iterator[Fault]:
    if channel.get("lastBuildDate") is None:
        for item in channel.all("item"):
            if item.get("slash:comments") is not None:
                yield Fault("SlashDate", "comments are counted, and lastBuildDate is not there", item.line, item.column)


def _check_image(image: Element, source: Source) -> Iterator[Fault]:
    address_ = image.get("url")
    suffix = address_.text.strip().rpartition(".")[2].lower() if address_ is not None else ""
    if suffix.isalnum() and suffix not in ("jpg", "jpeg", "gif", "png"):
        yield Fault("ImageUrlFormat", f"the channel's picture ends in {shown(suffix)}")


def _check_image_names(channel: Element, source: Source) -> Iterator[Fault]:
    """Look whether the picture of a channel says of it what the channel says."""
    image = channel.get("image")
    for child, name in (("link", "ImageLinkDoesntMatch"), ("title", "ImageTitleDoesntMatch")):
        own, shown_there = channel.get(child), image.get(child) if image is not None else None
        if own is not None and shown_there is not None and own.text.strip() != shown_there.text.strip():
            what = f"the {child} of the channel's picture, {shown(shown_there.text)}, is not the channel's"
            yield Fault(name, what, shown_there.line, shown_there.column)


_IMAGE = Shape(
    children={
        "title": _TITLE,
        "link": _ADDRESS,
        "url": _ADDRESS,
        "description": _PLAIN,
        "width": Shape(text=(one_of("InvalidWidth", [str(size) for size in range(1, 145)]),), repeated=_ONCE),
        "height": Shape(text=(one_of("InvalidHeight", [str(size) for size in range(1, 401)]),), repeated=_ONCE),
    },
    rules=(
        _missing("MissingTitle", "title"),
        _missing("MissingElement", "url"),
        _missing("MissingLink", "link"),
        _check_image,
    ),
    repeated=_ONCE,
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR_NAMES = [name for hour in range(24) for name in (f"{hour}", f"{hour:02}")]
_ITEM = Shape(
    children={
        **DUBLIN_CORE,
        **MEDIA,
        **dict.fromkeys(("atom:author", "atom:contributor", "atom:content", "atom:id", "atom:published"), ANYTHING),
        **dict.fromkeys(("atom:summary", "atom:title", "atom:updated"), ANYTHING),
        "title": _TITLE,
        "link": _ADDRESS,
        "description": _HTML,
        "content:encoded": _HTML,
        "author": _PERSON,
        "category": Shape(attributes={"domain": ()}, text=(plain(), not_blank)),
        "comments": _ADDRESS,
        "enclosure": Shape(
            attributes={
                "url": (web_address,),
                "length": (whole_number("InvalidNonNegativeInteger", 0, unknown="UseZeroForUnknown"),),
                "type": (media_type("InvalidMIMEAttribute"),),
            },
            required=("url", "length", "type"),
            repeated="DuplicateEnclosure",
        ),
        "guid": Shape(
            attributes={"isPermaLink": (one_of("InvalidBooleanAttribute", ("true", "false")),)},
            text=(not_blank,),
            rules=(_check_guid,),
            repeated=_ONCE,
        ),
        "pubDate": _DATE,
        "source": Shape(attributes={"url": (address(),)}, required=("url",), text=(plain(),), repeated=_ONCE),
        "atom:link": LINK,
    },
    rules=(
        _check_item,
        _same(
            "DuplicateItemSemantics",
            ("author", "dc:creator"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("pubDate", "atom:published"),
            ("guid", "atom:id"),
            ("source", "dc:source"),
        ),
    ),
)
_METADATA = {
    "title": _TITLE,
    "link": _ADDRESS,
    "description": _PLAIN,
    "language": Shape(text=(language,), repeated=_ONCE),
    "copyright": _PLAIN,
    "managingEditor": _PERSON,
    "webMaster": _PERSON,
    "pubDate": _DATE,
    "lastBuildDate": _DATE,
    "category": Shape(attributes={"domain": ()}, text=(plain(),)),
    "generator": Shape(text=(), repeated=_ONCE),
    "docs": _ADDRESS,
    "cloud": Shape(
        attributes={
            **dict.fromkeys(("domain", "path", "registerProcedure", "protocol"), ()),
            "port": (whole_number("InvalidIntegerAttribute", 1),),
        },
        required=("domain", "path", "registerProcedure", "protocol", "port"),
        repeated=_ONCE,
    ),
    "ttl": Shape(text=_COUNT, repeated=_ONCE),
    "image": _IMAGE,
    "textInput": Shape(is_open=True, used="AvoidTextInput", repeated=_ONCE),
    "skipHours": Shape(
        children={"hour": Shape(text=(one_of("InvalidHour", _HOUR_NAMES),))},
        rules=(_missing("MissingElement", "hour"),),
        repeated=_ONCE,
    ),
    "skipDays": Shape(
        children={"day": Shape(text=(one_of("InvalidDay", _DAY_NAMES),))},
        rules=(_missing("MissingElement", "day"),),
        repeated=_ONCE,
    ),
    "atom:link": LINK,
}
"""What a channel says of itself, before its items."""
_CHANNEL = Shape(
    children={
        **DUBLIN_CORE,
        **MEDIA,
        **SYNDICATION,
        **_METADATA,
        **dict.fromkeys(("atom:author", "atom:category", "atom:contributor", "atom:generator", "atom:icon"), ANYTHING),
        **dict.fromkeys(("atom:id", "atom:logo", "atom:rights", "atom:subtitle", "atom:title"), ANYTHING),
        **dict.fromkeys(("atom:updated", "fh:archive", "fh:complete", "rating"), ANYTHING),
        "item": _ITEM,
    },
    rules=(
        _missing("MissingDescription", "description"),
        _missing("MissingLink", "link"),
        _missing("MissingTitle", "title"),
        _same(
            "DuplicateSemantics",
            ("managingEditor", "dc:creator"),
            ("webMaster", "dc:publisher"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("language", "dc:language"),
            ("copyright", "dc:rights"),
        ),
        _check_order,
        _check_guids,
        _check_slash,
        _check_image_names,
        check_self,
    ),
    repeated=_ONCE,
)
RSS = Shape(
    children={"channel": _CHANNEL},
    attributes={"version": ()},
    required=("version",),
    rules=(_missing("MissingElement", "channel"), _check_version),
)
"""The whole document."""
