"""Sources of the table, as `rules` describes them, applied to what a feed says; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from feeds.readers.document import Element

_SOURCE = re.compile(r"(?:(?P<pick>first|last) )?(?P<names>[^\[@ ]+)(?:\[(?P<conditions>[^\]]+)\])?(?:@(?P<keys>.+))?")
_EMAIL_AND_NAME = re.compile(r"[^ ]+@[^ ]+\s+\((.+)\)")
_PICTURE_FILE = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a source gives."""

    text: str
    """Never empty."""
    source: str
    """The element, as a person would look for it: `media:thumbnail`."""
    element: Element


def find_all(source: str, elements: Sequence[Element], head: Sequence[Element]) -> list[Found]:
    """Answer what a source gives, in the feed's order; what is empty is not there.

    Args:
        source: Of the table, but no `=` one.
        elements: Of an entry.
        head: Of the feed itself.
    """
    parsed = _parse(source)
    pool = head if parsed.is_of_feed else elements
    found = [
        Found(text=text, source=parsed.label(element), element=element)
        for element in pool
        if element.name in parsed.names and all(holds(element) for holds in parsed.conditions)
        for text in _texts(element, parsed.keys)
    ]
    if parsed.pick and found:
        return [found[0 if parsed.pick == "first" else -1]]
    return found


@dataclass(frozen=True, slots=True)
class _Source:
    pick: str | None
    is_of_feed: bool
    names: frozenset[str]
    conditions: tuple[Callable[[Element], bool], ...]
    keys: tuple[str, ...]

    def label(self, element: Element) -> str:
        attached = "[enclosure]" if _is_attached in self.conditions else ""
        return f"{'feed/' if self.is_of_feed else ''}{element.name}{attached}"


@cache
def _parse(source: str) -> _Source:
    match = _SOURCE.fullmatch(source)
    if match is None:
        raise ValueError(f"no source of the table: {source!r}")
    names = match["names"]
    is_of_feed = names.startswith("feed/")
    return _Source(
        match["pick"],
        is_of_feed,
        frozenset(names.removeprefix("feed/").split("|")),
        tuple(_CONDITIONS[name] for name in (match["conditions"] or "").split(",") if name),
        tuple((match["keys"] or "").split("|")) if match["keys"] else (),
    )


def _texts(element: Element, keys: tuple[str, ...]) -> Iterator[str]:
    if not keys:
        texts = iter((element.text,))
    else:
        texts = (_SPECIAL[key](element) if key in _SPECIAL else element.values.get(key, "") for key in keys)
    yield from (text for text in [next((text for text in texts if text), "")] if text)


def _bracketed(element: Element) -> str:
    match = _EMAIL_AND_NAME.fullmatch(element.text)
    return match[1].strip() if match else element.text


def _unbracketed(element: Element) -> str:
    return element.values.get("name") or re.split(r"[(<]", element.text)[0].strip() or element.values.get("email", "")


def _person(element: Element) -> str:
    """Write a person as a by-line: the name, and the e-mail address in angle brackets."""
    name, email = element.values.get("name", ""), element.values.get("email", "")
    email = "" if re.search("no-?reply@", email) else email
    if name or email:
        return f"{name} <{email}>" if name and email else name or f"<{email}>"
    return element.values.get("uri", "") or element.values.get("url", "")


def _as_email(element: Element) -> str:
    """Write a text with an `@` in it as e-mail addresses are shown: in angle brackets, that of a robot not at all."""
    if "@" not in element.text:
        return element.text
    if re.search("no-?reply@", element.text):
        return ""
    return element.text if " " in element.text else f"<{element.text}>"


_SPECIAL: dict[str, Callable[[Element], str]] = {
    "bracketed": _bracketed,
    "unbracketed": _unbracketed,
    "person": _person,
    "as-email": _as_email,
}


def _is_attached(element: Element) -> bool:
    return element.values.get("rel") == "enclosure"


def _is_permalink(element: Element) -> bool:
    return element.values.get("isPermaLink", "true").lower() != "false"


def _is_address(element: Element) -> bool:
    text = element.text
    return _is_permalink(element) and "/" in text and " " not in text and not text.lower().startswith(("tag:", "urn:"))


def _is_picture(element: Element) -> bool:
    kind = element.values.get("type", "") or element.values.get("mime_type", "")
    if element.values.get("medium") == "image" or kind.startswith("image"):
        return True
    address = element.values.get("url", "") or element.values.get("href", "")
    return not kind and _PICTURE_FILE.search(address) is not None


_CONDITIONS: dict[str, Callable[[Element], bool]] = {
    "alternate": lambda element: element.values.get("rel", "alternate") in ("", "alternate"),
    "related": lambda element: element.values.get("rel") == "related",
    "enclosure": _is_attached,
    "permalink": _is_permalink,
    "address": _is_address,
    "image": _is_picture,
}
