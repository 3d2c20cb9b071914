"""Rules of RSS about an item, a channel or the document as a whole; pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from feeds.validate.addresses import address
from feeds.validate.finding import Fault, Source, shown
from feeds.validate.html import plain
from feeds.validate.links import has_self
from feeds.validate.shape import ElementRule
from feeds.validate.tree import Element
from feeds.validate.values import contact

_plain = plain()
_permalink = address(name="InvalidHttpGUID", name_of_permalink=True)


def same(name: str, *pairs: tuple[str, str]) -> ElementRule:
    """Make the rule that an element does not say with an extension what it says already."""

    def check(element: Element, source: Source) -> Iterator[Fault]:
        for core, extension in pairs:
            second = element.get(extension)
            if second is not None and element.get(core) is not None:
                what = f"<{element.name}> holds both <{core}> and <{extension}>"
                yield Fault(name, what, second.line, second.column)

    return check


def check_guid(guid: Element, source: Source) -> Iterator[Fault]:
    """Look at how an item is told from others."""
    value, permalink = guid.text.strip(), guid.attributes.get("isPermaLink", "true")
    if permalink == "true":
        yield from _permalink(value, source)
    elif len(value) < 9 and value.isdigit():
        yield Fault("NotSufficientlyUnique", f"guid {shown(value)} is short, and others may have it too")


def check_item(item: Element, source: Source) -> Iterator[Fault]:
    """Demand what every item must have, in the order in which readers take it."""
    if item.get("title") is None and item.get("description") is None:
        yield Fault("ItemMustContainTitleOrDescription", "an item has neither title nor description")
    names = [child.name for child in item.children]
    if "content:encoded" in names:
        position = names.index("content:encoded")
        if "description" not in names[:position]:
            late = item.children[position]
            yield Fault("NeedDescriptionBeforeContent", "no description before content:encoded", late.line, late.column)


def check_version(element: Element, source: Source) -> Iterator[Fault]:
    """Look at what depends on the version of the document."""
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


def check_guids(channel: Element, source: Source) -> Iterator[Fault]:
    """Demand that no guid stands twice."""
    seen: set[str] = set()
    for guid in (guid for item in channel.all("item") for guid in item.all("guid")):
        value = guid.text.strip()
        if value and value in seen:
            yield Fault("DuplicateValue", f"guid {shown(value)} stands twice", guid.line, guid.column)
        seen.add(value)


def items_last(metadata: Container[str]) -> ElementRule:
    """Make the rule that what a channel says of itself stands before its items."""

    def check(channel: Element, source: Source) -> Iterator[Fault]:
        early: list[Element] = []
        for child in channel.children:
            if child.name == "item":
                early.append(child)
            elif child.name in metadata:
                for item in early:
                    yield Fault("MisplacedItem", f"an item stands before <{child.name}>", item.line, item.column)
                early.clear()

    return check


def different(name: str) -> ElementRule:
    """Make the rule that no two children of a name say the same."""

    def check(element: Element, source: Source) -> Iterator[Fault]:
        seen: set[str] = set()
        for child in element.all(name):
            value = child.text.strip()
            if value in seen:
                yield Fault("DuplicateValue", f"<{name}> {shown(value)} stands twice", child.line, child.column)
            seen.add(value)

    return check


def check_hour(value: str, source: Source) -> Iterator[Fault]:
    """Look at an hour of the day."""
    if value == "24":
        yield Fault("UseZeroForMidnight", "midnight is written 24")
    elif not re.fullmatch(r"[01]?\d|2[0-3]", value):
        yield Fault("InvalidHour", f"{shown(value)} is no hour of the day")


def check_person(value: str, source: Source) -> Iterator[Fault]:
    """Look at a person, who is an e-mail address and no HTML."""
    faults = tuple(contact(value, source))
    yield from faults
    if not any(fault.name in ("EmailFormat", "MissingRealName") for fault in faults):
        yield from _plain(value, source)


def check_slash(channel: Element, source: Source) -> Iterator[Fault]:
    """Demand a date of a channel that counts comments."""
    if channel.get("lastBuildDate") is None:
        for item in channel.all("item"):
            if item.get("slash:comments") is not None:
                yield Fault("SlashDate", "comments are counted, and lastBuildDate is not there", item.line, item.column)


def check_image(image: Element, source: Source) -> Iterator[Fault]:
    """Look at the form of a channel's picture."""
    address_ = image.get("url")
    suffix = address_.text.strip().rpartition(".")[2].lower() if address_ is not None else ""
    if address_ is not None and suffix.isalnum() and suffix not in ("jpg", "jpeg", "gif", "png"):
        what = f"the channel's picture ends in {shown(suffix)}"
        yield Fault("ImageUrlFormat", what, address_.line, address_.column)


def check_image_names(channel: Element, source: Source) -> Iterator[Fault]:
    """Look whether the picture of a channel says of it what the channel says."""
    image = channel.get("image")
    for child, name in (("link", "ImageLinkDoesntMatch"), ("title", "ImageTitleDoesntMatch")):
        own, shown_there = channel.get(child), image.get(child) if image is not None else None
        if own is not None and shown_there is not None and own.text.strip() != shown_there.text.strip():
            what = f"the {child} of the channel's picture, {shown(shown_there.text)}, is not the channel's"
            yield Fault(name, what, shown_there.line, shown_there.column)
