"""The texts that every format writes alike: legal characters, instants, names, category terms; pure.

Follows XML 1.0 section 2.2 (characters), RFC 3339 and RFC 822 (instants).
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TypeVar, cast

from feeds.model import Entry
from feeds.text import strip_forbidden

T = TypeVar("T")

_LINE_END = re.compile("\r\n?|\x85")


def legal(value: T) -> T:
    r"""Free a text, or every text inside a value of the model, of characters that no format may carry.

    Line ends become `\n`, tabs stay. Example: `"a\x0bb\r\n"` becomes `"ab\n"`.
    """
    if isinstance(value, str):
        return cast(T, _LINE_END.sub("\n", strip_forbidden(value)))
    if isinstance(value, tuple):
        return cast(T, tuple(legal(item) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: legal(getattr(value, field.name)) for field in fields(value)})
    return value


def filled(text: str) -> str:
    """Give a dash for a text of which nothing is left, where a format demands one."""
    return text if text.strip() else "–"


def format_instant(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC, whole seconds: `2022-07-31T08:00:00Z`."""
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def format_rfc822(instant: datetime) -> str:
    """Write an instant as RFC 822 with a four-digit year in GMT, in English whatever the locale."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def author_names(entry: Entry) -> tuple[str, ...]:
    """Name who wrote an entry, else who published it; empty when neither is known."""
    names = tuple(name for name in entry.authors if name.strip())
    return names or ((entry.publisher,) if entry.publisher.strip() else ())


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
    return re.sub(", ?", "，", text)
