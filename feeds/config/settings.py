"""Every setting: its name, default, meaning and check, once.

The command line makes its options, and the documentation its table, from the fields of `Config`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.config import checks
from feeds.config.checks import PATH_KEYS
from feeds.config.feed_tables import check_feed_tables
from feeds.config.fixes import check_fixes
from feeds.config.generators import (
    check_addresses,
    check_generator,
)
from feeds.config.keys import Keys, check_keys
from feeds.config.patterns import check_patterns_by_part
from feeds.config.periods import check_period
from feeds.config.select import check_select

if TYPE_CHECKING:
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from feeds.model import CategoryPath, FeedTable, FixRule, Selection


def _key(default: Any, check: Callable[[object], Any], meaning: str, metavar: str = "TEXT") -> Any:
    metadata = {"check": check, "meaning": meaning, "metavar": metavar}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of one build, checked. A field's `meaning` is its documentation."""

    archive: Path = _key(Path("archive"), checks.check_path, "folder that holds the articles", "FOLDER")
    output: Path = _key(Path("public"), checks.check_path, "folder to write", "FOLDER")
    title: str | None = _key(None, checks.check_text, "name of the whole (the archive folder's name)")
    description: str | None = _key(None, checks.check_text, "what it is about (the title)")
    author: str | None = _key(
        None,
        checks.check_text,
        "who wrote the articles that name nobody (of a generator's the title, else the category)",
    )
    language: str | None = _key(
        None, checks.check_language, "language of the articles, such as zh-CN (not stated)", "TAG"
    )
    base_url: str = _key("http://localhost:8000/", checks.check_web_address, "where the output is served", "URL")
    site_url: str | None = _key(
        None, checks.check_web_address, "web site of the articles, for relative links (none)", "URL"
    )
    generator: str | None = _key(
        None,
        check_generator,
        "what makes the site, and so the addresses of articles: hexo, jekyll, hugo, pelican, zola, eleventy, astro,"
        " mkdocs, nikola (none)",
        "NAME",
    )
    permalink: str | None = _key(
        None,
        checks.check_text,
        "pattern of article addresses, as the generator has it; without one, Hexo's tokens (the generator's)",
        "PATTERN",
    )
    pictures_base: str | None = _key(
        None, checks.check_web_address, "where the archive's pictures are served (copied to the output)", "URL"
    )
    static: tuple[Path, ...] = _key(
        (), checks.check_folders, "folders whose files the site serves at its root, for pictures", "FOLDER"
    )
    authority: str = _key("localhost", checks.check_authority, "domain or e-mail in entry ids; never change it", "NAME")
    year: int = _key(2000, checks.whole(1990, 9999), "year in which the authority was yours; never change it", "YEAR")
    zone: ZoneInfo | None = _key(None, checks.check_zone, "zone of times that state none (UTC, with a notice)", "ZONE")
    include: tuple[str, ...] = _key((), checks.check_globs, "only files that match, as in .gitignore", "GLOB")
    exclude: tuple[str, ...] = _key((), checks.check_globs, "no files that match, as in .gitignore", "GLOB")
    categories: str = _key(
        "levels", checks.one_of("levels", "flat"), "a list of categories is one chain, or a set", "levels|flat"
    )
    feeds: tuple[str, ...] = _key(
        ("category",), checks.check_kinds, "what has feeds: each category, tag, author, language", "KIND"
    )
    languages: tuple[str, ...] = _key(
        (), checks.check_languages, "languages that folders and file names tell (those of file names alone)", "TAG"
    )
    membership: str = _key(
        "subtree",
        checks.one_of("subtree", "own", "partition"),
        "which feeds of the tree an article is in",
        "subtree|own|partition",
    )
    limit: int = _key(20, checks.whole(1, 10_000), "entries per feed", "N")
    keep_hours: int = _key(48, checks.whole(0, 100_000), "beyond the limit, entries this close to the newest", "HOURS")
    limit_max: int = _key(200, checks.whole(1, 10_000), "entries per feed at the very most", "N")
    max_age: timedelta | None = _key(
        None, check_period, "entries older than that, counted from the feed's newest, drop out (none)", "AGE"
    )
    max_bytes: int = _key(
        512_000, checks.check_bytes, "bytes per feed: the oldest entries shrink, then drop out; 0 for any", "N"
    )
    flood_limit: int | None = _key(
        None, checks.whole(0, 10_000), "old entries that a published feed may announce at once (half of limit)", "N"
    )
    undated: str = _key(
        "first-seen",
        checks.one_of("first-seen", "skip"),
        "articles without a date: dated when first seen, or left out",
        "first-seen|skip",
    )
    formats: tuple[str, ...] = _key(("rss", "atom", "json"), checks.check_formats, "formats of each feed", "NAME")
    opml: str = _key("leaves", checks.one_of("leaves", "all"), "feeds listed in the OPML file", "leaves|all")
    content: str = _key("summary", checks.one_of("summary", "full"), "what an entry's body holds", "summary|full")
    summary_width: int = _key(240, checks.whole(20, 10_000), "columns of a summary; wide characters count two", "N")
    placeholders: tuple[str, ...] = _key(
        (), checks.check_patterns, "more regular expressions of picture addresses that are no pictures", "REGEX"
    )
    image_proxy: str | None = _key(
        None, checks.check_proxy, "stands before every picture address that is not ours (none)", "URL"
    )
    pages: bool = _key(True, checks.check_flag, "write pages for people, beside the feeds")
    article_pages: str = _key(
        "missing",
        checks.one_of("missing", "all", "none"),
        "which articles get a page: entries without an address of their own, every article, or none",
        "missing|all|none",
    )
    templates: Path | None = _key(None, checks.check_path, "your own templates and style of pages (none)", "FOLDER")
    labels: Path | None = _key(None, checks.check_path, "words of pages in another language (none)", "FILE")
    paths: Mapping[str, str] = _key(lambda: dict(PATH_KEYS), checks.check_paths, "names of the files in each folder")
    moved: Mapping[str, CategoryPath] = _key(dict, checks.check_moved, "old names of categories, and today's")
    permalinks: tuple[tuple[str, str], ...] = _key(
        (), check_patterns_by_part, "patterns of article addresses by section, collection or folder"
    )
    addresses: Mapping[str, object] = _key(
        dict, check_addresses, "the generator's own settings that change addresses, by its own names"
    )
    keys: Keys = _key((), check_keys, "front-matter keys of your own, by what they mean")
    select: Selection | None = _key(None, check_select, "which articles are published at all")
    feed: tuple[FeedTable, ...] = _key((), check_feed_tables, "what is other in single feeds, and combined ones")
    fix: tuple[FixRule, ...] = _key((), check_fixes, "what you decided about summaries and pictures of some articles")

    @property
    def shown_title(self) -> str:
        """The configured title, else the archive folder's name."""
        return self.title or self.archive.resolve().name or "archive"


def setting_fields() -> tuple[Field[Any], ...]:
    """Return every field that is a setting of its own option: all but tables."""
    return tuple(setting for setting in fields(Config) if setting.name not in _TABLES)


_TABLES = frozenset({"paths", "moved", "permalinks", "addresses", "keys", "select", "feed", "fix"})


def default_of(setting: Field[Any]) -> Any:
    """Return the value a setting has when nobody sets it."""
    return setting.default if setting.default_factory is MISSING else setting.default_factory()
