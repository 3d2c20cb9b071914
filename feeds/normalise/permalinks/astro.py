"""Addresses as Astro makes them of pages, and of collections whose routes are known: version 5.

https://docs.astro.build/en/guides/routing/ and /guides/content-collections/; a route is code, so it has to be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from posixpath import splitext

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import as_written, place_of, table_option, text_of, text_option

_PARAMETER = re.compile(r"\[(?:\.\.\.)?([\w-]+)\]")


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    routes = dict(rules.patterns)
    is_file = table_option(rules, "build").get("format") == "file"
    has_slash = text_option(rules, "trailingSlash", "ignore") != "never"

    def path_of(page: Page) -> str | None:
        place = splitext(place_of(page, rules))[0].removeprefix("src/")
        if place.startswith("pages/"):
            path: str | None = re.sub(r"(^|/)index\Z", "", place.removeprefix("pages/"))
        else:
            place = place.removeprefix("content/")
            collection, _, within = place.partition("/")
            route = routes.get(collection)
            if route is None:
                route, within = rules.pattern or "/[...slug]/", place
            path = _filled(route, text_of(page.front_matter, "slug") or _id_of(within), page)
        if path is None:
            return None
        path = unicodedata.normalize("NFC", path.strip("/"))
        return f"{path}.html" if is_file and path else f"{path}/" if has_slash and path else path

    return path_of


def _filled(route: str, name: str, page: Page) -> str | None:
    text = page.front_matter.get("date") or page.front_matter.get("pubDate")
    date = as_written(text, UTC) if isinstance(text, str) else page.published
    if date is None and re.search(r"\[(year|month|day)\]", route):
        return None
    values = _of_date(date.astimezone(UTC)) if date else {}
    return _PARAMETER.sub(lambda parameter: values.get(parameter[1], name), route)


def _of_date(date: datetime) -> dict[str, str]:
    return {"year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}"}


def _id_of(path: str) -> str:
    """Answer the name of an entry of a collection: each part of its path as a slug, without `index` at the end."""
    return "/".join(slug(part) for part in path.split("/")).removesuffix("/index")


def slug(text: str) -> str:
    """Leave out what is no letter, digit, `_` or `-`, and write `-` for each blank, as `github-slugger` does."""
    kept = "".join(letter for letter in text.lower() if letter in " -" or _is_word(letter))
    return kept.replace(" ", "-")


def _is_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc") or "\u24b6" <= letter <= "\u24e9"
