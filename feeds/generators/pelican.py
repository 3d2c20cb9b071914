"""Pelican: `pelicanconf.py` with `publishconf.py` over it, read and never run.

Defaults as in Pelican's `pelican/settings.py`, and what feeds hold as in `pelican/writers.py`.
"""

from __future__ import annotations

from pathlib import Path

from feeds.generators.draft import Draft
from feeds.generators.globs import globs_within
from feeds.generators.oldfeeds import OldFeed, take_feed
from feeds.generators.pythonfiles import read_python
from feeds.generators.site import Site
from feeds.generators.source import Computed, Source, peek

NAMES = ("pelicanconf.py", "pelican.conf.py", "pelican_conf.py", "pelicansettings.py", "settings.py")
"""What the configuration is called: the first by Pelican, the others by some who write it."""
ADDRESS_KEYS = {
    "PAGE_URL": "pages/{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "DEFAULT_LANG": "en",
    "DEFAULT_CATEGORY": "misc",
    "USE_FOLDER_AS_CATEGORY": True,
    "AUTHOR": "",
    "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False,
    "SLUGIFY_PRESERVE_CASE": False,
    "SLUG_REGEX_SUBSTITUTIONS": None,
    "CATEGORY_REGEX_SUBSTITUTIONS": None,
    "AUTHOR_REGEX_SUBSTITUTIONS": None,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "",
    "PAGE_PATHS": ["pages"],
}
"""Settings that change addresses, and their defaults."""


def find_pelican(folder: Path) -> Source | None:
    """Read the configuration of a Pelican site; None when there is none.

    Raises:
        ConfigError: A file of it cannot be read.
    """
    place = next((path for name in NAMES if (path := folder / name).is_file() and _is_pelican(path)), None)
    if place is None:
        return None
    source = read_python(place)
    published = folder / "publishconf.py"
    if published.is_file():
        source.lay_over(read_python(published))
    return source


def _is_pelican(place: Path) -> bool:
    """Tell whether a file is Pelican's: by its name, else by what it states."""
    return place.name == NAMES[0] or b"SITENAME" in peek(place)


def read_pelican(source: Source) -> Site:
    """Take over what Pelican is told."""
    draft = Draft("pelican", source)
    draft.text("title", ("SITENAME",))
    draft.text("description", ("SITESUBTITLE",), ("SITEDESCRIPTION",))
    draft.author(("AUTHOR",))
    draft.language(("DEFAULT_LANG",), default="en")
    _take_address(draft)
    url = source.text("ARTICLE_URL")
    if isinstance(source.get("ARTICLE_URL"), Computed):
        draft.computed(source.get("ARTICLE_URL"), source.where("ARTICLE_URL"), "permalink")
    else:
        draft.take("permalink", url or "{slug}.html", source.where("ARTICLE_URL") if url else "Pelican: its default")
    draft.zone(("TIMEZONE",), default="UTC")
    draft.take("categories", "flat", "Pelican gives an article one category")
    archive = draft.folder / (source.text("PATH") or ".")
    output = draft.folder / (source.text("OUTPUT_PATH") or "output")
    _take_places(draft, archive)
    for key in ("PATH", "OUTPUT_PATH"):
        if isinstance(value := source.get(key), Computed):
            draft.computed(value, source.where(key), "archive" if key == "PATH" else "output")
    if source.text("DEFAULT_DATE"):
        draft.note(f"{source.where('DEFAULT_DATE')} dates what states no date, and feeds leave it out: write dates.")
    if source.flag("USE_FOLDER_AS_CATEGORY") is False:
        draft.note(
            f"{source.where('USE_FOLDER_AS_CATEGORY')} is off, and folders are categories here where none is stated: "
            "write a category into such articles."
        )
    metadata = source.table("DEFAULT_METADATA")
    if metadata.get("status") == "draft":
        draft.note(
            f"{source.where('DEFAULT_METADATA')} makes a draft of what states no status, and feeds publish it: write "
            '"Status: draft" into the drafts.'
        )
    feeds, link = take_feed(draft, output, _old_feed(draft))
    static = [archive] if source.get("STATIC_PATHS") != [] else []
    return draft.finish(
        archive=archive, output=output, feeds=feeds, link=link, addresses=_addresses(draft), static=static
    )


def _take_address(draft: Draft) -> None:
    source = draft.source
    if isinstance(value := source.get("SITEURL"), Computed):
        draft.computed(value, source.where("SITEURL"), "base_url, site_url and authority")
        return
    url, domain = source.text("SITEURL"), source.text("FEED_DOMAIN")
    if domain and domain.rstrip("/") == (url or "").rstrip("/"):
        domain = None
    draft.address(url, source.where("SITEURL"), served_at=domain)


def _take_places(draft: Draft, archive: Path) -> None:
    """Take over which files are articles: `ARTICLE_PATHS` less pages and what is excluded."""
    source = draft.source
    paths = [path.strip("/") for path in source.texts("ARTICLE_PATHS") if path.strip("/.")]
    if paths:
        draft.take("include", [f"/{path}/" for path in paths], source.where("ARTICLE_PATHS"))
    pages = source.texts("PAGE_PATHS") if source.has("PAGE_PATHS") else ["pages"]
    hidden = [f"/{path.strip('/')}/" for path in pages if (archive / path).is_dir() and path.strip("/")]
    hidden += [f"/{path.strip('/')}/" for path in source.texts("ARTICLE_EXCLUDES")]
    hidden += globs_within((f"**/{glob}" for glob in source.texts("IGNORE_FILES") if glob != ".*"), "")
    if hidden := list(dict.fromkeys(hidden)):
        stated = [key for key in ("PAGE_PATHS", "ARTICLE_EXCLUDES", "IGNORE_FILES") if source.texts(key)]
        draft.take("exclude", hidden, source.where(stated[0]) if stated else "Pelican: PAGE_PATHS (its default)")


def _addresses(draft: Draft) -> dict[str, object]:
    source, found = draft.source, dict[str, object]()
    for key, default in ADDRESS_KEYS.items():
        value = source.get(key)
        if isinstance(value, Computed):
            draft.note(f"{source.where(key)} is computed ({value.how}), and nothing is run: write it into [addresses].")
        elif key in ("CATEGORY_REGEX_SUBSTITUTIONS", "SLUG_REGEX_SUBSTITUTIONS", "AUTHOR_REGEX_SUBSTITUTIONS"):
            if isinstance(value, list) and all(isinstance(pair, list) and len(pair) >= 2 for pair in value):
                found[key] = [[str(part) for part in pair[:2]] for pair in value]
        elif source.has(key) and value not in (None, default, ""):
            found[key] = value
    return found


def _old_feed(draft: Draft) -> OldFeed:
    """Pelican itself makes Atom of all articles unless told otherwise, with whole texts; RSS with summaries."""
    source, old = draft.source, OldFeed(plugin="Pelican")
    keys = []
    for format_, names in (("atom", ("FEED_ALL_ATOM", "FEED_ATOM")), ("rss", ("FEED_ALL_RSS", "FEED_RSS"))):
        found = [name for name in names if source.text(name)]
        if format_ == "atom" and not source.has("FEED_ALL_ATOM"):
            old.files["atom"] = "feeds/all.atom.xml"
        elif found:
            old.files["rss" if format_ == "rss" else "atom"] = source.text(found[0]) or ""
            keys.append(found[0])
        for other in found[1:] if found and found[0] in keys else found:
            draft.note(f"{source.where(other)}: {source.text(other)} is redirected best: one file holds all articles.")
    if not old.files:
        draft.note("Pelican is told to write no feed of all articles, so ours have their usual names.")
        return old
    old.where = source.where(keys[0]) if keys else "Pelican: FEED_ALL_ATOM (its default)"
    is_short = source.flag("RSS_FEED_SUMMARY_ONLY") is not False
    old.content = "full" if "atom" in old.files or not is_short else "summary"
    old.content_where = (
        "Pelican's Atom holds whole texts" if "atom" in old.files else source.where("RSS_FEED_SUMMARY_ONLY")
    )
    old.limit = 100
    if source.has("FEED_MAX_ITEMS"):
        old.limit, old.limit_where = source.number("FEED_MAX_ITEMS") or 0, source.where("FEED_MAX_ITEMS")
    old.others = ["feeds/*.xml", "feeds/**/*.xml"]
    others = {"CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml", "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml"}
    for key in ("CATEGORY_FEED_RSS", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM"):
        others[key] = ""
    stated = {key: source.text(key) if source.has(key) else default for key, default in others.items()}
    for kind in ("tag", "author"):
        for name in [name for name, path in stated.items() if path and name.startswith(kind.upper())][:1]:
            draft.feeds_of(kind, source.where(name) if source.has(name) else f"Pelican: {name} (its default)")
    if shown := [f"{key} ({path})" for key, path in stated.items() if path]:
        draft.note(
            f"Not kept, because each category, tag and author has a folder here: {', '.join(shown)}: redirect the "
            "addresses that people follow."
        )
    draft.switch_off(f"Set {', '.join(keys or ['FEED_ALL_ATOM'])} to None")
    return old
