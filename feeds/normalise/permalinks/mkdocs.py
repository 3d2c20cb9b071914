"""Addresses as MkDocs makes them, and its blog, which Material for MkDocs (version 9) brings along."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from posixpath import basename, dirname, normpath, splitext

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import as_written, option, place_of, text_of, text_option, texts_of

_DATE_PART = re.compile("yyyy|yy|y|MM|M|dd|d")


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    is_folder = option(rules, "use_directory_urls", True)
    blog = text_option(rules, "blog_dir", "blog").strip("/")
    posts = normpath(text_option(rules, "post_dir", "{blog}/posts").replace("{blog}", blog)).removeprefix("./")
    pattern = rules.pattern or "{date}/{slug}"
    form = text_option(rules, "post_url_date_format", "yyyy/MM/dd")
    case, separator = text_option(rules, "post_slugify", "lower"), text_option(rules, "post_slugify_separator", "-")

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        name = splitext(basename(place))[0]
        if place.startswith(f"{posts}/"):
            date = _created(page, rules)
            if date is None and "{date" in pattern:
                return None
            categories = texts_of(page.front_matter.get("categories"))[:1]
            values = {
                "categories": "/".join(slugify(category, "-", "lower") for category in categories),
                "date": _formatted(date, form) if date else "",
                "file": "index" if name == "README" else name,
                "slug": text_of(page.front_matter, "slug") or slugify(_title(page), separator, case),
            }
            try:
                path = normpath(pattern.format(**values).strip("/"))
            except (KeyError, IndexError, ValueError):
                return None
            place = f"{blog}/{path}.md" if blog not in ("", ".") else f"{path}.md"
            name = splitext(basename(place))[0]
        folder = dirname(place)
        within = f"{folder}/" if folder else ""
        if name in ("index", "README"):
            return within if is_folder else f"{within}index.html"
        return f"{within}{name}/" if is_folder else f"{within}{name}.html"

    return path_of


def _title(page: Page) -> str:
    return text_of(page.front_matter, "title") or page.title


def _created(page: Page, rules: AddressRules) -> datetime | None:
    value = page.front_matter.get("date")
    if isinstance(value, Mapping):
        value = value.get("created")
    date = as_written(value, rules.zone) if isinstance(value, str) else None
    return date or (page.published.astimezone(rules.zone) if page.published else None)


def _formatted(date: datetime, form: str) -> str:
    parts = {
        "yyyy": f"{date.year:04}", "yy": f"{date.year % 100:02}", "y": str(date.year), "MM": f"{date.month:02}",
        "M": str(date.month), "dd": f"{date.day:02}", "d": str(date.day),
    }  # fmt: skip
    return _DATE_PART.sub(lambda part: parts[part[0]], form)


def slugify(text: str, separator: str, case: str) -> str:
    """Leave out what is no letter, digit, `_` or `-`, and write the separator for each blank."""
    slug = re.sub(r"</?[^>]*>", "", unicodedata.normalize("NFC", text)).strip()
    changed = {"lower": slug.lower, "upper": slug.upper, "fold": slug.casefold}
    slug = changed[case]() if case in changed else slug
    return re.sub(r"[^\w\- ]", "", slug).replace(" ", separator)
