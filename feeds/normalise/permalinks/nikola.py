"""Addresses as Nikola makes them: https://getnikola.com/handbook.html, of version 8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from posixpath import basename, dirname, splitext

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.transliterate import to_ascii
from feeds.normalise.permalinks.values import folded, option, place_of, table_option, text_of, text_option

_UNSAFE = "/\\?#\"'\r\n\t*:<>|"


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    places = {key.strip("/"): str(value).strip("/") for key, value in table_option(rules, "POSTS").items()}
    places = places or {"posts": "posts", "pages": "pages"}
    default = text_option(rules, "DEFAULT_LANG", "en")
    languages = {name: str(path).removeprefix("./") for name, path in table_option(rules, "TRANSLATIONS").items()}
    is_pretty, is_stripped = option(rules, "PRETTY_URLS", True), option(rules, "STRIP_INDEXES", True)
    index, has_slugs = text_option(rules, "INDEX_FILE", "index.html"), option(rules, "USE_SLUGIFY", True)

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        source = next((key for key in places if place.startswith(f"{key}/")), None)
        within = place[len(source) + 1 :] if source else place
        target = places[source] if source else next(iter(places.values()))
        stem, language = splitext(basename(within))[0], default
        base, _, last = stem.rpartition(".")
        if base and last in languages and last != default:
            stem, language = base, last
        slug = text_of(folded(page.front_matter), "slug") or (slugify(stem) if has_slugs else _safe(stem))
        if slug is None:
            return None
        end = f"{slug}/{index}" if is_pretty and slug != "index" else f"{slug}.html"
        parts = (languages.get(language, ""), target, dirname(within), end)
        path = "/" + "/".join(part for part in parts if part)
        path = path.removesuffix(index) if is_stripped and path.endswith(f"/{index}") else path
        return unicodedata.normalize("NFC", path)

    return path_of


def slugify(text: str) -> str | None:
    """Write a name in ASCII: small letters, digits, `_`, and `-` for blanks; None when it cannot be known."""
    plain = to_ascii(text)
    if plain is None:
        return None
    return re.sub(r"[-\s]+", "-", re.sub(r"[^+\w\s-]", "", plain).strip().lower())


def _safe(text: str) -> str:
    return "".join("-" if letter in _UNSAFE else letter for letter in text)
