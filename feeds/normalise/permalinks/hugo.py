"""Addresses as Hugo makes them: https://gohugo.io/configuration/permalinks/ and /content-management/urls/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from posixpath import dirname, normpath
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from feeds.model import Value
from feeds.normalise.permalinks.golang import format_date
from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import as_written, folded, option, place_of, table_option, text_of, text_option

_TOKEN = re.compile(r":\w+(?:\[.+?\])?", re.ASCII)
_SIGNS = frozenset("./\\_#+~-@")
_DATE_KEYS = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DATED_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-\d\d-\d\d-\d\d)?[-_]?(.*)", re.ASCII | re.DOTALL)


class _Source(NamedTuple):
    """What the path of a file says."""

    folder: str
    """That holds the file, or its bundle; "" at the top."""
    name: str
    """Of the file, or its bundle, without suffix and language."""
    language: str


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded."""
    default = text_option(rules, "defaultContentLanguage", "en").lower()
    folders = {name.lower(): str(folder).strip("/") for name, folder in table_option(rules, "languages").items()}
    languages = dict(sorted(folders.items(), key=lambda pair: -len(pair[1])))  # one may lie within another
    sections = _sections(rules, languages)
    is_prefixed = option(rules, "defaultContentLanguageInSubdir", False) and len(languages) > 1
    is_lower = not option(rules, "disablePathToLower", False)
    has_accents = not option(rules, "removePathAccents", False)
    ugly, ugly_sections = option(rules, "uglyURLs", False), table_option(rules, "uglyURLs")
    patterns = sorted(
        ((_normal(part.strip(" /")), pattern) for part, pattern in rules.patterns), key=lambda pair: -len(pair[0])
    )

    def urlize(text: str) -> str:
        text = sanitize(text)
        if not has_accents:
            text = _without_accents(text)
        return text.lower() if is_lower else text

    def path_of(page: Page) -> str | None:
        try:
            return known_path_of(page)
        except LookupError:
            return None

    def known_path_of(page: Page) -> str:
        front_matter = folded(page.front_matter)
        source = _source(place_of(page, rules), languages, default)
        slug, date = (text_of(front_matter, "slug") or "").strip("-"), _date(front_matter, source, rules)
        if not slug and ":filename" in _date_order(rules) and (dated := _DATED_NAME.fullmatch(source.name)):
            slug = dated[2]
        values = _Values(sections, source, urlize, text_of(front_matter, "title") or "", slug, date)
        is_other = source.language != default or is_prefixed
        prefix = f"/{source.language}" if is_other and len(languages) > 1 else ""
        stated = text_of(front_matter, "url")
        if stated is not None:
            return _stated(unquote_plus(values.fill(stated)) if ":" in stated else unquote(stated), prefix)
        place = _normal(f"{source.folder}/{source.name}".strip("/"))
        pattern = next((pattern for part, pattern in patterns if _is_within(place, part)), None)
        if pattern is not None:
            path = normpath("/" + unquote_plus(values.fill(pattern)))
        else:
            folder, name = (source.folder, source.name) if not is_lower else map(_normal, (source.folder, source.name))
            path = f"/{folder}/{slug or name}"
        path = re.sub("/+", "/", "/".join(urlize(part) for part in path.split("/")))
        is_ugly = ugly is True or ugly_sections.get(_normal(source.folder.split("/")[0])) is True
        return prefix + (path.rstrip("/") + ".html" if is_ugly else path.rstrip("/") + "/")

    return path_of


def _normal(path: str) -> str:
    return path.lower().replace(" ", "-")


def _is_within(place: str, part: str) -> bool:
    return place.startswith(part + "/") if part else "/" not in place


def _stated(address: str, prefix: str) -> str:
    """Answer what `url` says: a file when it has a dot and no slash at its end; the language's when it is relative."""
    path = "/" + "/".join(part for part in address.split("/") if part)
    if ".." in path:
        path = normpath(path)
    if not address.startswith("/") and not path.startswith(f"{prefix}/"):
        path = prefix + path
    is_file = "." in address and not address.endswith("/")
    return path if is_file or path == "/" else path + "/"


def _in_language(place: str, languages: Mapping[str, str], default: str) -> tuple[str, str]:
    """Answer the language whose folder holds a path, and the path within that folder."""
    for name, folder in languages.items():
        for within in filter(None, (folder, folder.partition("/")[2])):
            if place.startswith(within + "/"):
                return name, place[len(within) + 1 :]
    return default, place


def _sections(rules: AddressRules, languages: Mapping[str, str]) -> frozenset[str]:
    """Answer the folders that are sections, as paths of pages begin."""
    folder = text_option(rules, "folder").strip("/").lower()
    places = (f"{folder}/{section}".strip("/").removesuffix("/.") for section in rules.sections)
    return frozenset(_in_language(f"{place}/", languages, "")[1].rstrip("/") for place in places)


def _source(place: str, languages: Mapping[str, str], default: str) -> _Source:
    language, place = _in_language(place, languages, default)
    folder, name = dirname(place), place.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    base, _, last = stem.rpartition(".")
    if base and last.lower() in languages:
        language, stem = last.lower(), base
    if stem == "index" and folder:
        return _Source(dirname(folder), folder.rpartition("/")[2], language)
    return _Source(folder, stem, language)


def _date_order(rules: AddressRules) -> tuple[str, ...]:
    found = option(rules, "frontmatter", ())
    return tuple(str(key) for key in found) if isinstance(found, tuple) else ()


def _date(front_matter: Mapping[str, Value], source: _Source, rules: AddressRules) -> datetime:
    """Answer the date in the zone that it names, else in the site's; the first of all days without one."""
    keys: list[str] = []
    for key in _date_order(rules) or (":default",):
        keys += _DATE_KEYS if key == ":default" else [key.lower()]
    for key in keys:
        named = _DATED_NAME.fullmatch(source.name) if key == ":filename" else None
        date = as_written(named[1] if named else text_of(front_matter, key), rules.zone)
        if date is not None:
            return date
    return _NO_DATE


class _Values:
    """What the tokens of a pattern stand for."""

    def __init__(
        self,
        sections: frozenset[str],
        source: _Source,
        urlize: Callable[[str], str],
        title: str,
        slug: str,
        date: datetime,
    ) -> None:
        """Take what an article says."""
        self._known, self._source, self._urlize = sections, source, urlize
        self._title, self._slug, self._date = title, slug, date

    def fill(self, pattern: str) -> str:
        """Put values into a pattern.

        Raises:
            LookupError: What sections are called is in other files.
        """
        filled = _TOKEN.sub(lambda token: self._value(token[0][1:]), pattern.replace("\\:", "\0"))
        return filled.replace("\0", ":")

    def _value(self, token: str) -> str:
        if token.startswith("sectionslug"):
            raise LookupError(token)
        if token.startswith("sections["):
            return "/".join(_slice(self._sections(), token[len("sections") :]))
        if token in ("section", "sections"):
            return "/".join(self._sections()[: 1 if token == "section" else None])
        name = self._source.name
        values: dict[str, str] = {
            "title": self._title,
            "slug": self._slug or self._title,
            "slugorfilename": self._slug or name,
            "slugorcontentbasename": self._slug or name,
            "filename": name,
            "contentbasename": name,
        }
        return self._urlize(values[token]) if token in values else _of_date(self._date, token)

    def _sections(self) -> list[str]:
        """Answer the folders down to the last that is a section."""
        parts = _normal(self._source.folder).split("/") if self._source.folder else []
        folder = self._source.folder.lower()
        while len(parts) > 1 and folder not in self._known:
            parts.pop()
            folder = dirname(folder)
        return parts


def _of_date(date: datetime, token: str) -> str:
    values = {
        "year": str(date.year),
        "month": f"{date.month:02}",
        "monthname": _MONTHS[date.month - 1],
        "day": f"{date.day:02}",
        "weekday": str(date.isoweekday() % 7),
        "weekdayname": _DAYS[date.weekday()],
        "yearday": str(date.timetuple().tm_yday),
    }
    return values.get(token) or format_date(date, token)


def _slice(parts: list[str], cut: str) -> list[str]:
    """Cut a list as `[1]`, `[last]`, `[1:]` and `[:last]` say; out of bounds is nothing."""

    def place(text: str, default: int) -> int:
        return default if not text else len(parts) - 1 if text == "last" else max(int(text), 0) if text.isdigit() else 0

    low, colon, high = cut[1:-1].strip().lower().partition(":")
    first = place(low, 0)
    return parts[first : place(high, len(parts))] if colon else parts[first : first + 1]


def sanitize(text: str) -> str:
    """Leave out what no path may hold, and write `-` for blanks: `C++ (a, b)` becomes `C++-a-b`."""
    found: list[str] = []
    was_hyphen = is_due = False
    for number, letter in enumerate(text):
        if _is_allowed(letter) or (letter == "%" and re.match("[0-9A-Fa-f]{2}", text[number + 1 : number + 3])):
            was_hyphen = letter == "-"
            if is_due and not was_hyphen:
                found.append("-")
            is_due = False
            found.append(letter)
        elif found and not was_hyphen and letter.isspace():
            is_due = True
    return "".join(found)


def _is_allowed(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in _SIGNS
    category = unicodedata.category(letter)
    return category[0] in "LM" or category == "Nd"


def _without_accents(text: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFD", text) if unicodedata.category(part) != "Mn")
    return unicodedata.normalize("NFC", plain)
