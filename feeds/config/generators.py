"""What a configuration says of the generator of the site: its name, its patterns, and its settings that make addresses.

`[permalinks]` and `[addresses]` hold what stands in the generator's own configuration, by the generator's own names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from feeds.config.checks import check_flag, check_permalink, check_text, check_texts, nearest, whole
from feeds.config.patterns import unknown_token

if TYPE_CHECKING:
    from feeds.config import Config

Option: TypeAlias = "bool | str | tuple[str | tuple[str, str | bool], ...]"
"""A value of `[addresses]`: of a table, and of a list of lists, its pairs."""
_Check: TypeAlias = Callable[[object], Option]


class GeneratorError(ValueError):
    """Settings of the generator that cannot be used, or not with each other."""

    def __init__(self, setting: str, key: str | None, message: str) -> None:
        """Take the setting, the key within its table, and what is wrong."""
        super().__init__(message)
        self.setting = setting
        self.key = key


def check_addresses(value: object) -> Mapping[str, object]:
    """Check that `[addresses]` is a table; what its keys mean depends on the generator."""
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed: [addresses]")
    return dict(value)


def _one_of(*words: str) -> _Check:
    def check(value: object) -> str:
        if value not in words:
            raise ValueError(f"one of {', '.join(words)} is needed")
        return str(value)

    return check


def _number(least: int, most: int) -> _Check:
    return lambda value: str(whole(least, most)(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes is needed")
    return value


def _table(value: object) -> Option:
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed")
    return tuple((str(key), _text(inner)) for key, inner in value.items())


def _table_of_flags(value: object) -> Option:
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed, true or false by name")
    return tuple((str(key), check_flag(inner)) for key, inner in value.items())


def _flag_or_table(value: object) -> Option:
    return _table_of_flags(value) if isinstance(value, Mapping) else check_flag(value)


def _substitutions(value: object) -> Option:
    """Pairs of a regular expression and what stands for it."""
    if isinstance(value, Sequence) and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value):
        pairs = tuple((_text(pattern), _text(new)) for pattern, new in value)
        for pattern, new in pairs:
            try:
                re.compile(pattern).sub(new, "")
            except (re.error, IndexError) as error:
                raise ValueError(f"{pattern!r} and {new!r} are no substitution: {error}") from error
        return pairs
    raise ValueError("a list of pairs is needed, such as [['[^\\w\\s-]', ''], ['[-\\s]+', '-']]")


def _regex(value: object) -> str:
    try:
        re.compile(_text(value))
    except re.error as error:
        raise ValueError(f"{value!r} is no regular expression: {error}") from error
    return _text(value)


def _languages(value: object) -> Option:
    """Languages: a list; or a table of the folder of each, or of tables that name it as `contentDir`."""
    if isinstance(value, list | tuple):
        return tuple((name, "") for name in check_texts(value))
    if not isinstance(value, Mapping):
        raise ValueError('a list such as ["en", "zh"] is needed, or a table of folders such as { zh = "chinese" }')
    folders = {
        name: inner.get("contentDir", "") if isinstance(inner, Mapping) else inner for name, inner in value.items()
    }
    return tuple((name, _text(folder)) for name, folder in folders.items())


def _slugify(value: object) -> Option:
    """Zola's table: `paths`, and `paths_keep_dates`."""
    if not isinstance(value, Mapping):
        raise ValueError('a table is needed, such as { paths = "safe" }')
    pairs: list[tuple[str, str | bool]] = []
    for key, inner in value.items():
        if key == "paths":
            pairs.append((key, str(_one_of("on", "safe", "off")(inner))))
        elif key == "paths_keep_dates":
            pairs.append((key, check_flag(inner)))
    return tuple(pairs)


def _date_keys(value: object) -> Option:
    """Hugo's table of keys of dates: that of the date itself."""
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed, such as { date = [':filename', ':default'] }")
    return check_texts(value.get("date", ()))


_EVERYWHERE: Mapping[str, _Check] = {"folder": _text}
"""`folder`: where the archive stands within the generator's folder of content."""
GENERATORS: Mapping[str, Mapping[str, _Check]] = {
    "hexo": {
        "default_category": check_text,
        "category_map": _table,
        "permalink_defaults": _table,
        "pretty_urls": _table_of_flags,
        "new_post_name": check_text,
        "filename_case": _number(0, 2),
        "post_asset_folder": check_flag,
    },
    "jekyll": {"collections_dir": _text},
    "hugo": {
        "uglyURLs": _flag_or_table,
        "disablePathToLower": check_flag,
        "removePathAccents": check_flag,
        "defaultContentLanguage": check_text,
        "defaultContentLanguageInSubdir": check_flag,
        "languages": _languages,
        "frontmatter": _date_keys,
    },
    "pelican": {
        "PAGE_URL": check_text,
        "ARTICLE_LANG_URL": check_text,
        "PAGE_LANG_URL": check_text,
        "DEFAULT_LANG": check_text,
        "DEFAULT_CATEGORY": check_text,
        "USE_FOLDER_AS_CATEGORY": check_flag,
        "AUTHOR": check_text,
        "SLUGIFY_SOURCE": _one_of("title", "basename"),
        "SLUGIFY_USE_UNICODE": check_flag,
        "SLUGIFY_PRESERVE_CASE": check_flag,
        "SLUG_REGEX_SUBSTITUTIONS": _substitutions,
        "CATEGORY_REGEX_SUBSTITUTIONS": _substitutions,
        "AUTHOR_REGEX_SUBSTITUTIONS": _substitutions,
        "FILENAME_METADATA": _regex,
        "PATH_METADATA": _regex,
        "PAGE_PATHS": check_texts,
    },
    "zola": {
        "slugify": _slugify,
        "default_language": check_text,
        "languages": _languages,
    },
    "eleventy": {},
    "astro": {"trailingSlash": _one_of("ignore", "always", "never"), "build": _table},
    "mkdocs": {
        "use_directory_urls": check_flag,
        "blog_dir": _text,
        "post_dir": check_text,
        "post_url_date_format": check_text,
        "post_slugify": _one_of("lower", "upper", "none", "fold"),
        "post_slugify_separator": _text,
    },
    "nikola": {
        "PRETTY_URLS": check_flag,
        "STRIP_INDEXES": check_flag,
        "INDEX_FILE": check_text,
        "USE_SLUGIFY": check_flag,
        "DEFAULT_LANG": check_text,
        "TRANSLATIONS": _table,
        "POSTS": _table,
    },
}
"""Generator to those of its settings that change addresses, by its own names, and what each must be."""
_BY_PART = ("hugo", "jekyll", "eleventy", "astro")
"""Generators that have patterns by section, collection or folder."""


def check_generator(value: object) -> str:
    """Check the name of a generator."""
    if not isinstance(value, str) or value not in GENERATORS:
        raise ValueError(f"one of {', '.join(GENERATORS)} is needed")
    return value


def options_of(config: Config) -> tuple[tuple[str, Option], ...]:
    """Check and answer `[addresses]`, and that all settings of the generator agree; in the order of keys.

    Raises:
        GeneratorError: A setting is not one of the generator's, or cannot be used.
    """
    if config.generator is None:
        if config.permalink is not None:
            try:
                check_permalink(config.permalink)
            except ValueError as error:
                raise GeneratorError(
                    "permalink", None, f'permalink "{config.permalink}" cannot be used: {error}'
                ) from error
        for table in ("permalinks", "addresses"):
            if getattr(config, table):
                raise GeneratorError(table, None, f"[{table}] says how a generator makes addresses, and none is named")
        return ()
    if config.permalinks and config.generator not in _BY_PART:
        raise GeneratorError(
            "permalinks", None, f"[permalinks] is of no use: {config.generator} has one pattern for all"
        )
    stated = [("permalink", None, config.permalink)] if config.permalink is not None else []
    for setting, key, pattern in [*stated, *(("permalinks", part, pattern) for part, pattern in config.permalinks)]:
        if (unknown := unknown_token(config.generator, pattern)) is not None:
            named = f"[{setting}] {key}" if key else setting
            raise GeneratorError(setting, key, f'{named} "{pattern}" cannot be used: {unknown}')
    known = {**GENERATORS[config.generator], **_EVERYWHERE}
    checked = {}
    for key, value in config.addresses.items():
        if key not in known:
            there = nearest(key, known) or f"; what there is: {', '.join(known)}"
            raise GeneratorError("addresses", key, f'[addresses] has no "{key}" for {config.generator}{there}')
        try:
            checked[key] = known[key](value)
        except ValueError as error:
            raise GeneratorError("addresses", key, f"[addresses] {key} cannot be used: {error}") from error
    return tuple(sorted(checked.items()))
