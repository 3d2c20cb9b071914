"""Addresses as Hexo makes them: https://hexo.io/docs/permalinks, and what its version 8 does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from posixpath import basename, splitext

from feeds.model import Value
from feeds.normalise.permalinks.latin import without_marks
from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.values import (
    as_written,
    has_zone,
    option,
    place_of,
    table_option,
    text_of,
    text_option,
    texts_of,
)

_DEFAULT = ":year/:month/:day/:title/"
_TOKEN = re.compile(r":(\w*[^\W_])", re.ASCII)
_SPECIAL = re.compile(r"""[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:"'<>,.?/]+""")
_PARTS = {"year": r"(\d{4})", "month": r"(\d{2})", "day": r"(\d{2})", "i_month": r"(\d{1,2})", "i_day": r"(\d{1,2})",
          "hash": r"([0-9a-f]{12})"}  # fmt: skip
_OF_NAMES = frozenset({"title", "year", "month", "day", "i_month", "i_day", "hash"})
"""What a file's name says of an article that is no key of it."""
_OF_DATES = frozenset({"year", "month", "day", "hour", "minute", "second", "i_month", "i_day", "timestamp", "hash"})
_SLASHES = re.compile("//+")
_UNKNOWN = frozenset({"id", "abbrlink"})
"""What Hexo, or a plug-in, makes up when it is not stated."""


def maker(rules: AddressRules) -> Callable[[Page], str | None]:
    """Make the function that answers a page's path on the site, not encoded; None when it cannot be known."""
    pattern = rules.pattern or _DEFAULT
    tokens = _TOKEN.findall(pattern)
    read_name = _name_reader(text_option(rules, "new_post_name", ":title.md"))
    default, category_map = text_option(rules, "default_category", "uncategorized"), table_option(rules, "category_map")
    defaults, pretty = table_option(rules, "permalink_defaults"), table_option(rules, "pretty_urls")
    case = option(rules, "filename_case", "0")
    has_folders = option(rules, "post_asset_folder", False)
    is_whole = "folder" in dict(rules.options)

    def path_of(page: Page) -> str | None:
        place = place_of(page, rules)
        if not place.startswith(("_posts/", "_drafts/")) and is_whole:
            return splitext(place)[0] + ".html"
        place = place.removeprefix("_posts/").removeprefix("_drafts/")
        stated = text_of(page.front_matter, "permalink")
        if stated is not None:
            return _as_folder(stated) if has_folders else stated
        parts = read_name(splitext(place)[0])
        values = _values(page, parts, rules, has_hash="hash" in tokens)
        front_matter = {**page.front_matter, **{key: text for key, text in parts.items() if key not in _OF_NAMES}}
        values["category"] = _category(front_matter, category_map, case) or default
        for token in tokens:
            if token not in values:
                if token in _OF_DATES:
                    return None
                value = front_matter.get(token) if token not in ("date", "updated") else None
                found = value.strip() if isinstance(value, str) else str(defaults.get(token, ""))
                if not found and token in _UNKNOWN:
                    return None
                values[token] = found or "undefined"
        made = _SLASHES.sub("/", _TOKEN.sub(lambda token: values[token[1]], pattern))
        return _as_folder(made) if has_folders else made

    def pretty_path_of(page: Page) -> str | None:
        path = path_of(page)
        if path is None:
            return None
        if pretty.get("trailing_index") is False and path.endswith("index.html"):
            path = path.removesuffix("index.html")
        if pretty.get("trailing_html") is False and not path.endswith("index.html"):
            path = path.removesuffix(".html")
        return path

    return pretty_path_of


def _as_folder(path: str) -> str:
    return path if path.endswith(("/", ".html")) else path + "/"


def _name_reader(pattern: str) -> Callable[[str], dict[str, str]]:
    """Make the function that reads what the name of a file says, by the setting `new_post_name`."""
    stem = splitext(pattern)[0]
    names = _TOKEN.findall(stem)
    parts = [
        re.escape(part) if number % 2 == 0 else _PARTS.get(part, "(.+?)")
        for number, part in enumerate(_TOKEN.split(stem))
    ]
    form = re.compile("".join(parts) + r"\Z", re.ASCII | re.DOTALL)

    def read(path: str) -> dict[str, str]:
        match = form.match(path)
        found = dict(zip(names, match.groups(), strict=True)) if match else {}
        return {"title": slugize(path), **found}

    return read


def _values(page: Page, parts: dict[str, str], rules: AddressRules, *, has_hash: bool) -> dict[str, str]:
    title = parts["title"]
    values = {
        "title": title,
        "name": basename(title),
        "post_title": slugize(text_of(page.front_matter, "title") or "").lower(),
    }
    local = _date(page, parts, rules)
    if local is not None:
        second = str(int(local.timestamp()))
        values |= {
            "year": f"{local.year:04}", "month": f"{local.month:02}", "day": f"{local.day:02}",
            "hour": f"{local.hour:02}", "minute": f"{local.minute:02}", "second": f"{local.second:02}",
            "i_month": str(local.month), "i_day": str(local.day), "timestamp": second,
        }  # fmt: skip
        if has_hash:
            data = f"{title}{second}".encode("utf-8", "surrogateescape")
            values["hash"] = hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]
    return values


def _date(page: Page, parts: dict[str, str], rules: AddressRules) -> datetime | None:
    """Answer the date in the site's zone, which Hexo takes YAML's dates to be in even if they name another."""
    text = text_of(page.front_matter, "date")
    if text and has_zone(text):
        stated = as_written(text, UTC)
        if stated is not None:
            return stated.astimezone(UTC).replace(tzinfo=rules.zone)
    if not text and parts.get("year"):
        day = f"{parts['year']}-{parts.get('month') or parts.get('i_month')}-{parts.get('day') or parts.get('i_day')}"
        if (named := as_written(day, rules.zone)) is not None:
            return named
    return page.published.astimezone(rules.zone) if page.published else None


def _category(front_matter: dict[str, Value], names: dict[str, str | bool], case: object) -> str:
    """Answer the last category with those above it: a list is one chain, lists within a list are one each."""
    value = front_matter.get("categories") or front_matter.get("category") or ()
    if isinstance(value, tuple) and any(isinstance(item, tuple) for item in value):
        value = value[-1]
    slugs = [slugize(str(names.get(name) or name)) for name in texts_of(value)]
    chain = "/".join(slugs)
    return chain.lower() if case == "1" else chain.upper() if case == "2" else chain


def slugize(text: str) -> str:
    """Write a text with `-` for all signs: `C++ 入门` becomes `C-入门`."""
    text = re.sub(r"[\x00-\x1f]", "", without_marks(text))
    return _SPECIAL.sub("-", text).strip("-")
