"""The texts that every format writes alike: legal characters, instants, names, category terms; pure.

Follows XML 1.0 section 2.2 (characters), RFC 3339 and RFC 822 (instants).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from feeds.model import Entry
from feeds.text import strip_forbidden

T = TypeVar("T")

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE_END = re.compile("\r\n?|\x85")


def legal(value: T) -> T:
    r"""Free a text, or every text inside a value of the model, of characters that no format may carry.

    Line ends become `\n`, tabs stay. Example: `"a\x0bb\r\n"` becomes `"ab\n"`.
    """
    if isinstance(value, str):
        if value.isprintable():  # so it has neither, and most texts are; the rest takes several times as long
            return value
        freed = strip_forbidden(value)
        return cast(T, _LINE_END.sub("\n", freed) if "\r" in freed or "\x85" in freed else freed)
    if isinstance(value, tuple):
        items = tuple(map(legal, value))
        return value if items == value else cast(T, items)
    changed = {}
    for name in getattr(value, "__struct_fields__", ()):
        found = getattr(value, name)
        freed = legal(found)
        if freed is not found:
            changed[name] = freed
    return replace(cast(Any, value), **changed) if changed else value


@lru_cache(maxsize=2048)
def legal_entry(entry: Entry) -> Entry:
    """Answer what `legal` does for an entry, which each format asks for."""
    return legal(entry)


def filled(text: str) -> str:
    """Give a dash for a text of which nothing is left, where a format demands one."""
    return text if text.strip() else "–"


def format_instant(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, whole seconds: `2022-07-31T08:00:00Z`."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def format_rfc822(instant: datetime) -> str:
    """Write an instant as RFC 822 with a four-digit year in GMT, in English whatever the locale."""
    utc = instant.astimezone(UTC)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} GMT"


def author_names(entry: Entry) -> tuple[str, ...]:
    """Name who wrote an entry, else who published it; empty when neither is known."""
    names = tuple(name for name in entry.authors if name.strip())
    return names or ((entry.publisher,) if entry.publisher.strip() else ())


def says_language(entry: Entry, feed_language: str | None) -> str | None:
    """Answer an entry's language where it is another one than the feed's; case does not matter (RFC 5646)."""
    language = entry.language
    return language if language and language.lower() != (feed_language or "").lower() else None


def category_terms(entry: Entry) -> dict[str, str]:
    """Map each category path (joined by `/`) and each tag to the label to show for it, without repeats.

    Commas become full-width ones: FreshRSS takes a category apart at a comma.
    """
    labels: dict[str, str] = {}
    for path in entry.categories:
        if path:
            labels.setdefault(_uncomma("/".join(path)), _uncomma(path[-1]))
    for tag in entry.tags:
        labels.setdefault(_uncomma(tag), _uncomma(tag))
    return {term: label for term, label in labels.items() if term.strip()}


def _uncomma(text: str) -> str:
    return text.replace(", ", "，").replace(",", "，")
