"""MkDocs: `mkdocs.yml`, the blog plug-in of its Material theme, and mkdocs-rss-plugin.

Defaults as in mkdocs-rss-plugin's `mkdocs_rss_plugin/config.py`, and in Material's `plugins/blog/config.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feeds.errors import ConfigError
from feeds.generators.draft import Draft
from feeds.generators.oldfeeds import OldFeed, take_feed
from feeds.generators.site import Site
from feeds.generators.source import Computed, Source
from feeds.generators.yamlfiles import read_yaml

_MOST_PARENTS = 10
_BLOG_KEYS = ("blog_dir", "post_dir", "post_url_date_format", "post_slugify_separator")


def find_mkdocs(folder: Path) -> Source | None:
    """Read the configuration of a MkDocs site, and those that it inherits from; None when there is none.

    Raises:
        ConfigError: A file of it cannot be read.
    """
    place = next((path for name in ("mkdocs.yml", "mkdocs.yaml") if (path := folder / name).is_file()), None)
    return _inherited(place, _MOST_PARENTS) if place else None


def _inherited(place: Path, depth: int) -> Source:
    source = read_yaml(place)
    parent = source.text("INHERIT")
    if parent is None:
        return source
    if depth == 0:
        raise ConfigError(
            "INHERIT goes in a circle", path=str(place), line=source.lines[("INHERIT",)][1], hint="Take one out."
        )
    if not (place.parent / parent).is_file():
        raise ConfigError(
            f'INHERIT "{parent}" is no file', path=str(place), line=source.lines[("INHERIT",)][1], hint="Correct it."
        )
    below = _inherited(place.parent / parent, depth - 1)
    below.lay_over(source)
    below.path = place
    return below


def read_mkdocs(source: Source) -> Site:
    """Take over what MkDocs is told."""
    draft = Draft("mkdocs", source)
    plugins = _plugins(source)
    rss, blog = plugins.get("rss"), plugins.get("blog", plugins.get("material/blog"))
    for name, option, key in (
        ("title", "feed_title", "site_name"),
        ("description", "feed_description", "site_description"),
    ):
        stated = rss.get(option) if rss else None
        if isinstance(stated, str) and stated.strip():
            draft.take(name, " ".join(stated.split()), f"{source.where('plugins')}: rss: {option}")
        else:
            draft.text(name, (key,))
    draft.author(("site_author",))
    draft.language(("theme", "language"), ("theme", "locale"), default="en")
    if isinstance(url := source.get("site_url"), Computed):
        draft.computed(url, source.where("site_url"), "base_url, site_url and authority")
    else:
        draft.address(source.text("site_url"), source.where("site_url"))
    draft.take("categories", "flat", "the blog plug-in takes categories for a set")
    docs = source.folder / (source.text("docs_dir") or "docs")
    output = source.folder / (source.text("site_dir") or "site")
    archive = docs
    addresses: dict[str, object] = {}
    if source.flag("use_directory_urls") is False:
        addresses["use_directory_urls"] = False
    if blog is not None:
        archive = docs / _post_folder(blog)
        addresses["folder"] = _post_folder(blog)
        _take_blog(draft, blog, addresses)
    _take_zone(draft, rss)
    feeds, link = take_feed(draft, output, _old_feed(draft, rss, archive, docs))
    return draft.finish(archive=archive, output=output, feeds=feeds, link=link, addresses=addresses, static=[docs])


def _plugins(source: Source) -> dict[str, Mapping[str, Any]]:
    """Answer the options of each plug-in, by name; of several of one name, the first."""
    stated = source.get("plugins")
    items = list(stated.items()) if isinstance(stated, dict) else []
    for one in stated if isinstance(stated, list) else ():
        items += [(one, None)] if isinstance(one, str) else list(one.items()) if isinstance(one, dict) else []
    found: dict[str, Mapping[str, Any]] = {}
    for name, options in items:
        found.setdefault(str(name), options if isinstance(options, dict) else {})
    return found


def _post_folder(blog: Mapping[str, Any]) -> str:
    blog_dir = str(blog.get("blog_dir") or "blog").strip("/")
    return str(blog.get("post_dir") or "{blog}/posts").replace("{blog}", blog_dir).removeprefix("./")


def _take_blog(draft: Draft, blog: Mapping[str, Any], addresses: dict[str, object]) -> None:
    where = draft.source.where("plugins") + ": blog"
    pattern = blog.get("post_url_format")
    stated = isinstance(pattern, str) and bool(pattern.strip())
    draft.take(
        "permalink",
        pattern if stated else "{date}/{slug}",
        f"{where}: post_url_format{'' if stated else ' (its default)'}",
    )
    for key in _BLOG_KEYS:
        if isinstance(value := blog.get(key), str):
            addresses[key] = value
    if isinstance(value := blog.get("post_slugify"), Computed):
        draft.note(
            f"{where}: post_slugify is computed ({value.how}): write lower, upper, none or fold into [addresses] if "
            "addresses differ."
        )


def _take_zone(draft: Draft, rss: Mapping[str, Any] | None) -> None:
    dates = rss.get("date_from_meta") if rss else None
    zone = dates.get("default_timezone") if isinstance(dates, dict) else None
    if isinstance(zone, str):
        draft.source.values["feeds zone"] = zone
        draft.source.lines[("feeds zone",)] = draft.source.lines.get(("plugins",), (draft.source.path.name, 0))
        draft.zone(("feeds zone",))
    else:
        draft.take("zone", "UTC", "MkDocs takes times that state no zone for UTC")
    created = dates.get("as_creation") if isinstance(dates, dict) else None
    if rss is not None and created in (None, "git"):
        draft.note("mkdocs-rss-plugin takes dates from git where a page states none: write a date into such pages.")


def _old_feed(draft: Draft, rss: Mapping[str, Any] | None, archive: Path, docs: Path) -> OldFeed | None:
    """mkdocs-rss-plugin: RSS and JSON of the newest by creation, and again by change, 20 entries, 160 letters each."""
    if rss is None or rss.get("enabled") in ("false", "False"):
        return None
    where = draft.source.where("plugins") + ": rss"
    old = OldFeed(plugin="mkdocs-rss-plugin")
    names = rss.get("feeds_filenames")
    names = names if isinstance(names, dict) else {}
    if rss.get("rss_feed_enabled") not in ("false", "False"):
        old.files["rss"] = str(names.get("rss_created") or "feed_rss_created.xml")
    if rss.get("json_feed_enabled") not in ("false", "False"):
        old.files["json"] = str(names.get("json_created") or "feed_json_created.json")
    old.where = f"{where}: feeds_filenames" if names else ""
    old.limit = int(length) if (length := str(rss.get("length") or "20")).isdigit() else 20
    old.limit_where = f"{where}: length" if rss.get("length") else ""
    count = str(rss.get("abstract_chars_count") or "160")
    old.content = "full" if count == "-1" else "summary"
    old.content_where = f"{where}: abstract_chars_count {count}" if rss.get("abstract_chars_count") else ""
    updated = [str(names.get(key) or default) for key, default in (
        ("rss_updated", "feed_rss_updated.xml"), ("json_updated", "feed_json_updated.json"),
    )]  # fmt: skip
    old.others = updated
    draft.note(f"{' and '.join(updated)}, by the last change, have none that takes their place: redirect them to ours.")
    match = rss.get("match_path")
    if isinstance(match, str) and match not in (".*", ""):
        folder = re.fullmatch(r"\^?((?:[\w-]+/)+)(?:\.\*)?\$?", match)
        inside = archive.relative_to(docs).as_posix() + "/" if archive != docs else ""
        if folder and not folder[1].startswith(inside or "\0") and archive == docs:
            draft.take("include", [f"/{folder[1]}"], f"{where}: match_path")
        elif folder is None or not inside.startswith(folder[1]):
            draft.note(f'{where}: match_path "{match}" is a regular expression: write include into feeds.toml.')
    draft.switch_off("Take the plug-in rss out of mkdocs.yml")
    return old
