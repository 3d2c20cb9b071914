"""Addresses as Zola makes them: https://www.getzola.org/documentation/content/page/, read in its source (0.22)."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import basename, dirname, splitext

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.transliterate import to_ascii
from feeds.normalise.permalinks.values import place_of, table_option, text_of, text_option

_DATED = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?\s?[_-](?P<slug>.+)",
    re.ASCII,
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    default = text_option(rules, "default_language", "en")
    languages = table_option(rules, "languages").keys() - {default}
    slugs = table_option(rules, "slugify")
    strategy, keeps_dates = slugs.get("paths", "on"), slugs.get("paths_keep_dates") is True

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        folder, name = dirname(place), splitext(basename(place))[0]
        first, _, last = name.partition(".")
        language = last if last in languages else default
        name = first if last in languages else name
        if name == "index":
            folder, name = dirname(folder), basename(folder)
        dated = None if keeps_dates else _DATED.fullmatch(name)
        stated = text_of(page.front_matter, "path")
        if stated is not None:
            path = stated
        else:
            slug = slugify(text_of(page.front_matter, "slug") or (dated["slug"] if dated else name), strategy)
            if slug is None:
                return None
            path = "/".join(part for part in ("" if language == default else language, folder, slug) if part)
        return f"/{path.strip('/')}/" if path.strip("/") else "/"

    return path_of


def slugify(text: str, strategy: object) -> str | None:
    """Write a name as the setting `slugify.paths` says; None when it cannot be known."""
    if strategy == "off":
        return text
    if strategy == "safe":
        return _UNSAFE.sub("", text.rstrip(" ."))
    plain = None if any(ord(letter) > 0x1F000 for letter in text) else to_ascii(text)
    return None if plain is None else re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")
