"""Patterns of addresses by section, collection or folder, and which tokens generators refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from feeds.config.checks import nearest

_TOKEN = re.compile(r":([A-Za-z_]\w*)", re.ASCII)
_BRACKETS = re.compile(r"\[[^\]]*\]|\\:")


def check_patterns_by_part(value: object) -> tuple[tuple[str, str], ...]:
    """Check the table `[permalinks]`: patterns by section, collection or folder.

    Of Hugo's other forms, tables by kind and a list of tables with targets, what they say of pages is taken.
    """
    if isinstance(value, list | tuple) and value and all(isinstance(entry, Mapping) for entry in value):
        return tuple(pair for entry in value if (pair := _target(entry)))
    if not isinstance(value, Mapping):
        raise ValueError('a table is needed: [permalinks], and in it lines such as posts = "/:year/:slug/"')
    patterns: dict[str, str] = {}
    for part, pattern in value.items():
        if isinstance(pattern, Mapping) and part in _HUGO_KINDS:
            of_pages = pattern if part == "page" else {}
            patterns |= {inner: _pattern(f"{part}.{inner}", text) for inner, text in of_pages.items()}
        else:
            patterns.setdefault(part, _pattern(part, pattern))
    return tuple(patterns.items())


_HUGO_KINDS = ("page", "section", "taxonomy", "term", "home")


def _target(entry: Mapping[str, object]) -> tuple[str, str] | None:
    """Read Hugo's `pattern` with `target`, whose path is such as `/posts/**` or `{/posts,/posts/**}`."""
    target = entry.get("target", {})
    if not isinstance(target, Mapping) or target.get("kind", "page") != "page":
        return None
    path = str(target.get("path", "")).strip("{}").split(",")[0]
    return path.removesuffix("**").strip("/*"), _pattern(path or "target", entry.get("pattern"))


def _pattern(part: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{part}: a pattern in quotes is needed")
    return value.strip()


_JEKYLL = frozenset(
    [
        "categories",
        "slugified_categories",
        "year",
        "short_year",
        "month",
        "i_month",
        "short_month",
        "long_month",
        "day",
        "i_day",
        "y_day",
        "w_year",
        "week",
        "w_day",
        "short_day",
        "long_day",
        "hour",
        "minute",
        "second",
        "title",
        "slug",
        "output_ext",
        "path",
        "name",
        "collection",
        "basename",
    ]
)
_HUGO = frozenset(
    [
        "year",
        "month",
        "monthname",
        "day",
        "weekday",
        "weekdayname",
        "yearday",
        "section",
        "sections",
        "sectionslug",
        "sectionslugs",
        "title",
        "slug",
        "slugorfilename",
        "filename",
        "contentbasename",
        "slugorcontentbasename",
    ]
)


def unknown_token(generator: str, pattern: str) -> str | None:
    """Tell of a token that the generator refuses, too; None when all are known."""
    if generator == "jekyll":
        tokens = {token: token.rstrip("_") in _JEKYLL or token in _JEKYLL for token in _TOKEN.findall(pattern)}
    elif generator == "hugo":
        tokens = {token: token in _HUGO or not token.islower() for token in _TOKEN.findall(_BRACKETS.sub("", pattern))}
    elif generator == "pelican":
        try:
            list(Formatter().parse(pattern))
        except ValueError as error:
            return f"{error}; write {{slug}}, {{date:%Y}} and the like"
        return None
    else:
        return None
    known = dict.fromkeys(_JEKYLL if generator == "jekyll" else _HUGO)
    unknown = [token for token, is_known in tokens.items() if not is_known]
    return f"{generator} has no :{unknown[0]}{nearest(unknown[0], known)}" if unknown else None
