"""What a front matter says, as generators take it; and dates as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import quote

from feeds.model import Value
from feeds.normalise.permalinks.rules import AddressRules, Option, Page

_STAMP = re.compile(
    r"""["']?(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T\s_]+(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d*)?)?"""
    r"""\s*(?:(Z|UTC|GMT)|([+-])(\d\d?):?(\d\d)?)?\b""",
    re.ASCII | re.IGNORECASE,
)


_IN_PATH = "/:@!$&'()*+,;=~"
"""What stands in the path of an address as it is (RFC 3986 section 3.3)."""


def encode_whole(path: str, *, is_strict: bool = False) -> str:
    """Percent-encode a path that is not encoded at all, but for what may stand in it; strictly, all signs."""
    return quote(path, safe="/" if is_strict else _IN_PATH, errors="surrogateescape")


def text_of(front_matter: Mapping[str, Value], key: str) -> str | None:
    """Answer a text that says something, blanks at its ends apart; None for anything else."""
    value = front_matter.get(key)
    return value.strip() or None if isinstance(value, str) else None


def texts_of(value: Value | None) -> tuple[str, ...]:
    """Answer the texts of a list, or the one text; those that say nothing are left out."""
    items = value if isinstance(value, tuple) else (value,)
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def folded(front_matter: Mapping[str, Value]) -> dict[str, Value]:
    """Answer a front matter with its keys in small letters, of those that become one the last."""
    return {key.lower(): value for key, value in front_matter.items()}


def option(rules: AddressRules, key: str, default: Option) -> Option:
    """Answer one of the generator's settings, else its default."""
    return dict(rules.options).get(key, default)


def text_option(rules: AddressRules, key: str, default: str = "") -> str:
    """Answer one of the generator's settings that is a text."""
    return str(option(rules, key, default))


def table_option(rules: AddressRules, key: str) -> dict[str, str | bool]:
    """Answer one of the generator's settings that is a table."""
    found = option(rules, key, ())
    return {pair[0]: pair[1] for pair in found if isinstance(pair, tuple)} if isinstance(found, tuple) else {}


def as_written(text: str | None, zone: tzinfo) -> datetime | None:
    """Read a date in the zone that it names, else in `zone`; None for what names no day in figures."""
    match = _STAMP.match(text or "")
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    own: tzinfo | None = UTC if match[7] else None
    if match[8]:
        own = timezone(timedelta(hours=int(match[9]), minutes=int(match[10] or 0)) * (-1 if match[8] == "-" else 1))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=own or zone)
    except ValueError:
        return None


def has_zone(text: str) -> bool:
    """Tell whether a date names its zone."""
    match = _STAMP.match(text)
    return match is not None and bool(match[7] or match[8])


def place_of(page: Page, rules: AddressRules, default: str = "") -> str:
    """Answer the path of a page within the generator's folder of content, which the archive may be a part of."""
    folder = text_option(rules, "folder", default).strip("/")
    return f"{folder}/{page.path}" if folder and folder != "." else page.path
