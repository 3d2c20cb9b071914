"""Addresses as Jekyll makes them: https://jekyllrb.com/docs/permalinks/, and what its version 4 does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from posixpath import basename, dirname, splitext
from urllib.parse import unquote

from feeds.model import Value
from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import as_written, place_of, text_of, text_option
from feeds.normalise.zones import is_utc_to_yaml

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TOKEN = re.compile(":([a-z_]+)")
_DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-(.*)", re.ASCII | re.DOTALL)
_PRETTY = "._~!$&'()+,;=@"
_DATES = {
    "year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "i_day": "", "i_month": "",
    "short_month": "", "long_month": "", "short_year": "%y", "w_year": "", "week": "", "w_day": "", "short_day": "",
    "long_day": "", "y_day": "%j",
}  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OUTPUT = ".html"
_OF_CATEGORIES = frozenset({"categories", "slugified_categories"})
_PLAIN_SIGNS = re.compile("[^A-Za-z0-9]+")
_PRETTY_SIGNS = re.compile(f"[^A-Za-z0-9{re.escape(_PRETTY)}]+")
"""What becomes `-` in a text that is ASCII."""


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    style = rules.pattern or "date"
    of_posts = STYLES.get(style.strip(":"), style)
    patterns = {"posts": of_posts, **dict(rules.patterns)}
    suffix = _suffix(style.strip(":"))
    folder = text_option(rules, "collections_dir").strip("/")

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        place = place.removeprefix(folder + "/") if folder else place
        collection = _collection(place)
        stated = text_of(page.front_matter, "permalink")
        if collection is None:
            pattern = stated or ("/:path/" if _stem(place) == "index" else "/:path/:basename" + suffix)
            values: dict[str, str] | None = {"path": dirname(place), "basename": _stem(place), "output_ext": _OUTPUT}
        else:
            pattern = stated or patterns.get(collection, "/:collection/:path" + suffix)
            values = _values(page, collection, place, pattern, rules)
        if values is None:
            return None
        return unicodedata.normalize("NFKC", unquote(_sanitised(_filled(pattern, values)), errors="surrogateescape"))

    return path_of


def _suffix(style: str) -> str:
    """Answer how pages and articles of collections end, by the style of posts."""
    if style in STYLES:
        return {"pretty": "/", "weekdate": ""}.get(style, ":output_ext")
    return "/" if style.endswith("/") else ":output_ext" if style.endswith(":output_ext") else ""


def _collection(place: str) -> str | None:
    """Answer the collection that a path is in, None for a page."""
    *folders, name = place.split("/")
    if "_posts" in folders or "_drafts" in folders:
        return "posts"
    if folders and folders[0].startswith("_"):
        return folders[0][1:]
    return "posts" if _DATED.match(name) else None


def _stem(path: str) -> str:
    return splitext(basename(path))[0].rstrip(".")


def _filled(pattern: str, values: dict[str, str]) -> str:
    def value(token: re.Match[str]) -> str:
        name = token[1]
        if name not in values and name.endswith("_") and name[:-1] in values:
            return _escaped(values[name[:-1]]) + "_"
        return _escaped(values[name]) if name in values else token[0]

    return _TOKEN.sub(value, pattern)


def _escaped(text: str) -> str:
    return text.replace("%", "%25")


def _sanitised(path: str) -> str:
    return re.sub("/+", "/", f"/{path}".replace("..", "/").replace("./", ""))


def _values(page: Page, collection: str, place: str, pattern: str, rules: AddressRules) -> dict[str, str] | None:
    stem = splitext(basename(place))[0]
    dated = _DATED.match(stem)
    slug = text_of(page.front_matter, "slug") or (dated[2] if dated else stem).rstrip(".")
    categories = _categories(page, place, collection)
    tokens = {token.rstrip("_") for token in _TOKEN.findall(pattern)}
    categories = _categories(page, place, collection) if tokens & _OF_CATEGORIES else []
    values = {
        "collection": collection,
        "path": splitext(place)[0].replace(f"_{collection}/", "", 1).rstrip("."),
        "name": slugify(stem).lower(),
        "title": slugify(slug, _PRETTY),
        "slug": slugify(slug).lower(),
        "categories": "/".join(dict.fromkeys(name.lower() for name in categories)),
        "slugified_categories": "/".join(dict.fromkeys(slugify(name).lower() for name in categories)),
        "output_ext": _OUTPUT,
    }
    if not tokens.isdisjoint(_DATES):
        local = _date(page, dated[1] if dated else None, rules)
        if local is None:
            return None
        values |= _of_date(local)
    return values


def _of_date(local: datetime) -> dict[str, str]:
    year, week, day = local.isocalendar()
    month, name = _MONTHS[local.month - 1], _DAYS[day - 1]
    own = {
        "year": f"{local.year:04}", "i_day": str(local.day), "i_month": str(local.month), "short_month": month[:3],
        "long_month": month, "w_year": f"{year:04}", "week": f"{week:02}", "w_day": str(day), "short_day": name[:3],
        "long_day": name,
    }  # fmt: skip
    return {**{token: local.strftime(form) for token, form in _DATES.items() if token not in own}, **own}


def _date(page: Page, named: str | None, rules: AddressRules) -> datetime | None:
    """Answer the date in the site's zone; a time to the second without a zone is UTC to YAML."""
    text = text_of(page.front_matter, "date")
    if text:
        stated = as_written(text, UTC if is_utc_to_yaml(text) else rules.zone)
        if stated is not None:
            return stated.astimezone(rules.zone)
    elif named:
        year, rest = named.split("-", 1)
        day = as_written(f"{'20' if len(year) == 2 else ''}{year}-{rest}", rules.zone)
        if day is not None:
            return day
    return page.published.astimezone(rules.zone) if page.published else None


def _categories(page: Page, place: str, collection: str) -> list[str]:
    """Answer those of the folders above `_posts`, then those that are stated, `category` last."""
    above = place.partition(f"_{collection}/")[0] if f"/_{collection}/" in place else ""
    names = [part for part in above.split("/") if part]
    value = page.front_matter.get("categories")
    stated = value.split() if isinstance(value, str) else [_written(item) for item in value or ()]
    single = text_of(page.front_matter, "category")
    more = [single] if single else list(_flat(value)) if isinstance(value, tuple) else []
    return [name for name in (*names, *stated, *more) if name]


def _written(value: Value) -> str:
    """Write a list within a list as Ruby does."""
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' if isinstance(item, str) else _written(item) for item in value) + "]"
    return value if isinstance(value, str) else ""


def _flat(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [text for item in value for text in _flat(item)]
    return [value] if isinstance(value, str) else []


def slugify(text: str, kept: str = "") -> str:
    """Write `-` for all that is no letter, mark, digit or one of `kept`, and none at either end."""
    if text.isascii():
        slug = (_PRETTY_SIGNS if kept else _PLAIN_SIGNS).sub("-", text)
        return slug.removeprefix("-").removesuffix("-")
    signs = "".join(letter if letter in kept or _is_word(letter) else "\0" for letter in text)
    slug = re.sub("\0+", "-", signs)
    return slug.removeprefix("-").removesuffix("-")


def _is_word(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum()
    category = unicodedata.category(letter)
    return category[0] in "LM" or category == "Nd"
