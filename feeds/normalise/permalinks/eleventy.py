"""Addresses as Eleventy makes them: https://www.11ty.dev/docs/permalinks/, of version 3.

Templates in permalinks are read as far as Liquid and Nunjucks agree: values and filters, no tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from posixpath import basename, dirname, splitext

from feeds.model import Value
from feeds.normalise.permalinks.latin import slugify_latin
from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import as_written, place_of

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(.*)", re.ASCII | re.DOTALL)
_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_STRING = re.compile(r"""(["'])(.*?)\1""")
_FILTER = re.compile(r"""(\w+)\s*(?::\s*|\(\s*)?((?:"[^"]*"|'[^']*')?)\s*\)?""")
_FORMAT = re.compile(r"%([-_^]?)([A-Za-z%])")


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    patterns = sorted(((part.strip("/"), pattern) for part, pattern in rules.patterns), key=lambda pair: -len(pair[0]))

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        stated = page.front_matter.get("permalink")
        if isinstance(stated, Mapping):
            stated = stated.get("build")
        if isinstance(stated, str) and stated.strip() in ("false", "true"):
            return None
        of_folder = next((pattern for part, pattern in patterns if place.startswith(part + "/")), rules.pattern)
        pattern = stated.strip() if isinstance(stated, str) and stated.strip() else of_folder
        if not pattern:
            return _default(place)
        filled = _fill(pattern, _values(page, place, rules), page.front_matter)
        if filled is None:
            return None
        path = "/" + filled.lstrip("/")
        path = path + "index.html" if path.endswith("/") else path
        path = re.sub("/+", "/", path)
        for end in ("/index.html", "/index"):
            if path.endswith(end):
                return path.removesuffix(end) + "/"
        return path

    return path_of


def _default(place: str) -> str:
    """Answer the path of the file; one that is named as its folder is that folder's page."""
    folder, name = dirname(place), splitext(basename(place))[0]
    return f"/{folder}/" if name in ("index", basename(folder)) else f"/{folder}/{name}/"


def _values(page: Page, place: str, rules: AddressRules) -> dict[str, str | datetime | None]:
    name, folder = _undated(splitext(basename(place))[0]), dirname(place)
    text = page.front_matter.get("date")
    date = as_written(text, UTC) if isinstance(text, str) else None
    return {
        "page.fileSlug": _undated(basename(folder)) if name == "index" else name,
        "page.filePathStem": f"/{folder}/{name}".replace("//", "/"),
        "page.inputPath": f"./{place}",
        "page.date": (date or page.published or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC),
    }


def _undated(name: str) -> str:
    match = _DATED.search(name)
    return match[1] if match else name


def _fill(pattern: str, values: Mapping[str, str | datetime | None], front_matter: Mapping[str, Value]) -> str | None:
    if "{%" in pattern:
        return None
    parts = []
    for number, part in enumerate(_OUTPUT.split(pattern)):
        found: str | None = part
        if number % 2:
            found = _evaluated(part, values, front_matter)
        if found is None:
            return None
        parts.append(found)
    return "".join(parts)


def _evaluated(
    expression: str, values: Mapping[str, str | datetime | None], front_matter: Mapping[str, Value]
) -> str | None:
    subject, *filters = (part.strip() for part in expression.split("|"))
    text = _STRING.fullmatch(subject)
    found: str | datetime | None = text[2] if text else _looked_up(subject, values, front_matter)
    for step in filters:
        match = _FILTER.fullmatch(step)
        if match is None:
            return None
        found = _filtered(found, match[1], match[2].strip("'\""))
    return found if isinstance(found, str) else None


def _looked_up(
    name: str, values: Mapping[str, str | datetime | None], front_matter: Mapping[str, Value]
) -> str | datetime | None:
    if name in values:
        return values[name]
    found: Value | None = front_matter
    for key in name.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        return None
    return "" if found is None else found.strip() if isinstance(found, str) else None


def _filtered(value: str | datetime | None, name: str, argument: str) -> str | datetime | None:
    if isinstance(value, datetime):
        return _formatted(value, argument) if name == "date" else None
    if value is None:
        return None
    if name == "date":
        date = as_written(value, UTC)
        return _formatted(date.astimezone(UTC), argument) if date else None
    if name == "slugify":
        return slugify_latin(value)
    if name in ("slug",) and value.isascii():
        return re.sub(
            r"[\s-]+", "-", re.sub(r"[^\w\s$*_+~.()'\"!\-:@]+", "", value.replace("&", " and ")).strip()
        ).lower()
    if name in ("downcase", "lower"):
        return value.lower()
    if name in ("upcase", "upper"):
        return value.upper()
    if name in ("strip", "trim"):
        return value.strip()
    if name == "default":
        return value or argument
    return value if name in ("url", "safe", "string") else None


def _formatted(date: datetime, form: str) -> str | None:
    """Write a date by strftime's signs, as far as no language has a part in them."""
    numbers = {
        "Y": f"{date.year:04}", "y": f"{date.year % 100:02}", "m": f"{date.month:02}", "d": f"{date.day:02}",
        "e": f"{date.day:2}", "H": f"{date.hour:02}", "M": f"{date.minute:02}", "S": f"{date.second:02}",
        "j": f"{date.timetuple().tm_yday:03}", "s": str(int(date.timestamp())), "F": f"{date:%Y-%m-%d}", "%": "%",
        "b": f"{date:%b}", "B": f"{date:%B}", "a": f"{date:%a}", "A": f"{date:%A}",
    }  # fmt: skip
    if any(sign not in numbers for _, sign in _FORMAT.findall(form)):
        return None

    def part(match: re.Match[str]) -> str:
        text = numbers[match[2]]
        return text.lstrip("0 ") or "0" if match[1] == "-" else text.upper() if match[1] == "^" else text

    return _FORMAT.sub(part, form)
