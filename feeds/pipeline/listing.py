"""Plans and entries to feeds: those that were published once stay, and old addresses are served."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from feeds.addresses import encode_path, last_of
from feeds.catalogue import Archive, make_feeds
from feeds.catalogue.folders import assign_folders
from feeds.config import Config
from feeds.errors import ConfigError, Problem, ProblemKind
from feeds.gallery import FOLDER as PICTURES
from feeds.kinds import is_category, kind_of, order_of, shown_name
from feeds.model import CategoryPath, Entry, Feed, FeedPlan, FeedTable, RememberedFeed
from feeds.normalise.identity import hash_id, tag_prefix
from feeds.pipeline.job import ARTICLES
from feeds.pipeline.shaping import Shaper
from feeds.pipeline.theme import names_of_kinds
from feeds.publish import MANIFEST, Manifest


class Listing(Struct, frozen=True, kw_only=True):
    """All feeds of a build."""

    feeds: tuple[Feed, ...]
    """Those that are listed, the whole archive's first, parents before children."""
    aliases: tuple[Feed, ...]
    """Feeds of today under the category and in the folder that they had once; not listed."""
    remembered: Mapping[CategoryPath, RememberedFeed]
    """Of feeds and folders, what the archive does not tell."""
    problems: tuple[Problem, ...]


def list_feeds(
    config: Config,
    plans: Sequence[FeedPlan],
    entries: Mapping[str, Entry],
    shaper: Shaper,
    *,
    manifest: Manifest,
    remembered: Mapping[CategoryPath, RememberedFeed],
) -> Listing:
    """Name the feeds: those with articles, those that were published once and have none now, and all combined ones.

    Args:
        config: Of the build.
        plans: Of the feeds that have articles, and of the whole archive.
        entries: By path of the card.
        shaper: Gives each feed what it has of its own.
        manifest: Of the output.
        remembered: Of feeds, from the memory.

    Raises:
        ConfigError: `[paths]` puts a feed into the folder of a category.
    """
    published = {category: feed for category, feed in remembered.items() if category}
    published |= {
        feed.category: RememberedFeed(folder=feed.folder, updated=feed.updated)
        for feed in manifest.feeds
        if feed.category
    }
    planned = {plan.category for plan in plans}
    renamed, problems = _renamed(config.moved, planned)
    retired = {
        category: feed
        for category, feed in published.items()
        if feed.updated is not None and category not in planned and category not in renamed
    }
    combined = {table.key for table in config.feed if table.rule} - planned
    empty = (FeedPlan(category=key, articles=(), total=0, own_total=0) for key in retired.keys() | combined)
    every = sorted((*plans, *empty), key=lambda plan: order_of(plan.category))
    levels = sorted(
        {level for category in (*(plan.category for plan in every), *renamed) for level in _levels(category)}
    )
    own = (name for path in config.paths.values() for name in {path.partition("/")[0], last_of(path)})
    reserved = (*own, ARTICLES, PICTURES, MANIFEST)
    folders, marked = assign_folders(
        levels, published={category: feed.folder for category, feed in published.items()}, reserved=reserved
    )
    _check_places(config.paths, folders)
    prefix = tag_prefix(config.authority, config.year)
    feed_ids = {
        category: hash_id(prefix, "\x00".join(("feed", *category)))
        for category in (*(plan.category for plan in every), *renamed)
    }
    feeds = make_feeds(
        every,
        entries,
        archive=Archive(
            title=config.shown_title,
            description=config.description or config.shown_title,
            language=config.language,
            base_url=config.base_url,
            index_name=config.paths["index"],
            home_url=None if config.pages else config.site_url or config.base_url,
            stylesheet=config.paths["style"] if config.pages else None,
            kind_names={} if is_category(every[-1].category) else names_of_kinds(config),
            titles={table.key: table.title for table in config.feed if table.title},
        ),
        folders=folders,
        feed_ids=feed_ids,
        last_updated={category: feed.updated for category, feed in retired.items() if feed.updated},
    )
    over = retired.keys() - combined
    feeds = tuple(replace(shaper.shape(feed), is_over=feed.category in over) for feed in feeds)
    by_category = {feed.category: feed for feed in feeds}
    return Listing(
        feeds=feeds,
        aliases=tuple(
            _alias(config, replace(by_category[new], id=feed_ids[old]), old, folders[old])
            for old, new in sorted(renamed.items())
        ),
        remembered=_exceptions(levels, folders, retired, reserved),
        problems=(*problems, *marked, *_unused(config, planned)),
    )


def _check_places(paths: Mapping[str, str], folders: Mapping[CategoryPath, str]) -> None:
    """See to it that no feed of the whole archive would stand in the folder of a category."""
    for key, path in paths.items():
        folder = path.rpartition("/")[0]
        category = next((category for category, place in folders.items() if place == folder), None) if folder else None
        if category is not None:
            raise ConfigError(
                f'[paths] {key} "{path}" cannot be: the feeds of category "{shown_name(category)}" are in that folder',
                hint="Give it another folder.",
            )


def _renamed(
    moved: Mapping[str, CategoryPath], planned: Iterable[CategoryPath]
) -> tuple[dict[CategoryPath, CategoryPath], tuple[Problem, ...]]:
    """Answer the category of today for each old one, those below it included."""
    known = set(planned)
    renamed: dict[CategoryPath, CategoryPath] = {}
    problems = []
    for old, new in moved.items():
        before = tuple(old.split("/"))
        inside = [category for category in known if category[: len(new)] == new]
        pairs = {before + category[len(new) :]: category for category in inside}
        renamed |= {category: today for category, today in pairs.items() if category not in known}
        if not inside or before in known:
            problems.append(_leads_nowhere(old, new, is_alive=before in known))
    return renamed, tuple(problems)


def _unused(config: Config, planned: Collection[CategoryPath]) -> Iterator[Problem]:
    """Tell of tables `[[feed]]` whose feed no article is in."""
    for number, table in enumerate(config.feed, 1):
        if table.key not in planned:
            cause, cure = _why_unused(table, planned)
            yield Problem(
                kind=ProblemKind.UNUSED_FEED,
                path="",
                what=f"[[feed]] number {number} of feeds.toml has no articles",
                cause=cause,
                cure=cure,
            )


def _why_unused(table: FeedTable, planned: Collection[CategoryPath]) -> tuple[str, str]:
    """Answer cause and cure."""
    otherwise = "Write names as `feeds why` prints them; or take the table out."
    if table.rule:
        return "no article fits its rule", otherwise
    name = shown_name(table.key)
    if is_category(table.key) and any(key[: len(table.key)] == table.key for key in planned):
        return (
            f'no article is in "{name}" itself, only in categories below it',
            "Set another membership, or take the table out.",
        )
    keys = {shown_name(key): key for key in planned if kind_of(key) == kind_of(table.key)}
    cause = f'there is no feed "{name}"'
    if name in keys:
        levels = json.dumps(keys[name], ensure_ascii=False)
        return f"{cause} of these levels", f"A name that holds a slash is written in a list: category = {levels}."
    from difflib import get_close_matches  # it loads slowly, and few builds have a name to tell of

    near = get_close_matches(name, sorted(keys), n=1)
    return cause, f'Did you mean "{near[0]}"?' if near else otherwise


def _leads_nowhere(old: str, new: CategoryPath, *, is_alive: bool) -> Problem:
    return Problem(
        kind=ProblemKind.MOVED,
        path="",
        what=f'[moved] "{old}" is not served by "{"/".join(new)}"',
        cause="it has articles of its own" if is_alive else "no article is in the new category",
        cure="Write categories as `feeds build` lists them, or take the line out.",
    )


def _alias(config: Config, feed: Feed, category: CategoryPath, folder: str) -> Feed:
    folder_url = f"{config.base_url}{encode_path(folder)}/"
    return replace(feed, category=category, folder=folder, folder_url=folder_url)


def _levels(category: CategoryPath) -> Iterator[CategoryPath]:
    """Yield a category and all above it."""
    return (category[:depth] for depth in range(len(category) + 1))


def _exceptions(
    levels: Sequence[CategoryPath],
    folders: Mapping[CategoryPath, str],
    retired: Mapping[CategoryPath, RememberedFeed],
    reserved: Sequence[str],
) -> dict[CategoryPath, RememberedFeed]:
    """Answer what must be remembered for a build that starts from nothing to give every feed the same folder."""
    exceptions = dict(retired)
    while True:
        published = {category: feed.folder for category, feed in exceptions.items()}
        found, _ = assign_folders(levels, published=published, reserved=reserved)
        others = {category for category in levels if found[category] != folders[category]}
        if not others:
            return exceptions
        exceptions |= {category: RememberedFeed(folder=folders[category], updated=None) for category in others}
