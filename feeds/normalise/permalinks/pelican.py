"""Addresses as Pelican makes them: https://docs.getpelican.com/en/latest/settings.html#url-settings, of version 4."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from posixpath import basename, dirname, splitext
from typing import TypeAlias
from urllib.parse import urljoin

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.transliterate import to_ascii
from feeds.normalise.permalinks.values import (
    as_written,
    encode_whole,
    folded,
    option,
    place_of,
    text_option,
    texts_of,
)

_Pairs: TypeAlias = tuple[tuple[str, str], ...]

_SUBSTITUTIONS: _Pairs = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
_URLS = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
}
_FILENAME = r"(?P<date>\d{4}-\d{2}-\d{2}).*"


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    urls = {key: text_option(rules, key, default) for key, default in _URLS.items()}
    urls["ARTICLE_URL"] = rules.pattern or urls["ARTICLE_URL"]
    slugify = {kind: _slugifier(rules, kind) for kind in ("SLUG", "CATEGORY", "AUTHOR")}
    of_path = _path_reader(rules)
    default_language = text_option(rules, "DEFAULT_LANG", "en").lower()
    default_category = text_option(rules, "DEFAULT_CATEGORY", "misc")
    author = text_option(rules, "AUTHOR")
    page_paths = option(rules, "PAGE_PATHS", ("pages",))
    is_basename = text_option(rules, "SLUGIFY_SOURCE", "title") == "basename"

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        values = {"category": default_category, **of_path(place)}
        stated = folded(page.front_matter)
        values |= {key: value.strip() for key, value in stated.items() if isinstance(value, str) and value.strip()}
        own = stated.get("url")
        url = own.strip() if isinstance(own, str) else None  # which may be empty: the site's first page
        if url is None:
            kind = "PAGE" if _is_page(place, page_paths) else "ARTICLE"
            values["lang"] = values.get("lang") or default_language
            pattern = urls[f"{kind}_URL" if values["lang"] == default_language else f"{kind}_LANG_URL"]
            name = splitext(basename(place))[0]
            slugs = {
                "slug": values.get("slug")
                or slugify["SLUG"](name if is_basename else values.get("title") or page.title),
                "category": slugify["CATEGORY"](next(iter(texts_of(stated.get("category"))), values["category"])),
                "author": slugify["AUTHOR"](
                    values.get("author") or next(iter(texts_of(stated.get("authors"))), author)
                ),
            }
            url = _fill(pattern, page, {**values, "path": place, **slugs}, rules)
        if url is not None and url.startswith("/") and rules.site_url:
            return urljoin(rules.site_url, encode_whole(url))
        return url

    return path_of


def _is_page(place: str, page_paths: object) -> bool:
    return isinstance(page_paths, tuple) and any(place.startswith(f"{str(path).strip('/')}/") for path in page_paths)


def _fill(pattern: str, page: Page, values: Mapping[str, str | None], rules: AddressRules) -> str | None:
    found: dict[str, object] = {key: value for key, value in values.items() if value is not None}
    date = as_written(values.get("date"), rules.zone)
    if date is None and page.published is not None:
        date = page.published.astimezone(rules.zone)
    for key, stated in (("date", date), ("modified", as_written(values.get("modified"), rules.zone))):
        found.pop(key, None)
        if stated is not None:
            found[key] = stated
    try:
        return pattern.format(**found)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        return None


def _path_reader(rules: AddressRules) -> Callable[[str], dict[str, str]]:
    """Make the function that reads what paths say, by the settings FILENAME_METADATA and PATH_METADATA."""
    of_name = re.compile(text_option(rules, "FILENAME_METADATA", _FILENAME))
    of_path = re.compile(text_option(rules, "PATH_METADATA"))
    has_folders = option(rules, "USE_FOLDER_AS_CATEGORY", True)

    def read(place: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for form, text in ((of_name, splitext(basename(place))[0]), (of_path, place)):
            match = form.match(text)
            for key, value in (match.groupdict() if match else {}).items():
                if value is not None:
                    found.setdefault(key.lower(), value.strip())
        if has_folders and (folder := basename(dirname(place))):
            found.setdefault("category", folder)
        return {key: value for key, value in found.items() if value}

    return read


def _slugifier(rules: AddressRules, kind: str) -> Callable[[str], str | None]:
    of_slugs = option(rules, "SLUG_REGEX_SUBSTITUTIONS", _SUBSTITUTIONS)
    pairs = option(rules, f"{kind}_REGEX_SUBSTITUTIONS", of_slugs)
    forms = [
        (re.compile(_composed(pair[0]), re.IGNORECASE), _composed(str(pair[1])))
        for pair in (pairs if isinstance(pairs, tuple) else ())
        if isinstance(pair, tuple)
    ]
    is_unicode = option(rules, "SLUGIFY_USE_UNICODE", False)
    has_case = option(rules, "SLUGIFY_PRESERVE_CASE", False)

    def slugify(text: str) -> str | None:
        slug: str | None = _composed(_without_tags(text))
        if not is_unicode:
            slug = to_ascii(slug or "")
        if slug is None:
            return None
        for form, new in forms:
            slug = form.sub(new, slug)
        return (slug if has_case else slug.lower()).strip()

    return slugify


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _without_tags(text: str) -> str:
    text = re.sub(r"<!--.*?-->|<[^>]*>", "", text, flags=re.DOTALL)
    return html.unescape(" ".join(text.split()))
