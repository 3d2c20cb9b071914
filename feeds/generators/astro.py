"""Astro: `astro.config.*`, read and never run; feeds as @astrojs/rss makes them in `src/pages/rss.xml.js`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from feeds.errors import FeedsError
from feeds.generators.draft import Draft
from feeds.generators.javascript import Script
from feeds.generators.oldfeeds import OldFeed, take_feed
from feeds.generators.scripts import read_script
from feeds.generators.site import Site
from feeds.generators.source import Computed, Source, peek

NAMES = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "js", "ts", "mts", "cjs", "cts"))
_COLLECTIONS = ("blog", "posts", "post", "articles", "writing", "notes", "news")
_ENDPOINTS = (
    "rss.xml",
    "feed.xml",
    "index.xml",
    "atom.xml",
    "feed/index.xml",
    "blog/rss.xml",
    "blog/feed.xml",
    "posts/rss.xml",
)
_SUFFIXES = (".js", ".ts", ".mjs")


def read_astro(path: Path) -> Site:
    """Take over what Astro is told.

    Raises:
        ConfigError: The file cannot be read.
    """
    folder = path.parent
    source = _settings(read_script(path, roots=[folder / "src"]))
    draft = Draft("astro", source)
    sources = folder / (source.text("srcDir") or "src")
    output = folder / (source.text("outDir") or "dist")
    endpoint = _endpoint(sources)
    options = _rss_options(endpoint, sources) if endpoint else Source(path)
    for name in ("title", "description"):
        value = options.get(name)
        if isinstance(value, str) and value.strip():
            draft.take(name, " ".join(value.split()), options.where(name))
        elif isinstance(value, Computed):
            draft.computed(value, options.where(name), name)
    _take_language(draft, options)
    _take_address(draft)
    draft.take("zone", "UTC", "JavaScript takes a day for its first moment in UTC")
    draft.take("categories", "flat", "Astro's lists of categories are sets")
    archive, collection, is_named = _archive(draft, sources)
    addresses: dict[str, object] = {}
    if trailing := source.text("trailingSlash"):
        addresses["trailingSlash"] = trailing
    if build := source.text("build", "format"):
        addresses["build"] = {"format": build}
    route = _route(sources / "pages", collection)
    if route and is_named:
        draft.note(
            f"generateId makes the addresses of the collection {collection}, and nothing is run: write permalink into "
            "feeds.toml."
        )
    elif route:
        draft.take("permalink", route, f"{route.strip('/')}.astro in src/pages")
    elif collection:
        draft.note(
            f"No page of src/pages is known to show the collection {collection}: write permalink into feeds.toml, such "
            "as /blog/[...slug]/."
        )
    elif archive.is_relative_to(sources / "pages"):
        addresses["folder"] = archive.relative_to(sources).as_posix()
    feeds, link = take_feed(draft, output, _old_feed(draft, endpoint))
    static = folder / (source.text("publicDir") or "public")
    return draft.finish(archive=archive, output=output, feeds=feeds, link=link, addresses=addresses, static=[static])


def _settings(script: Script) -> Source:
    for match in script.find(r"(?:\bdefineConfig\s*\(|export\s+default\s+|module\.exports\s*=\s*)(?=\s*[{\w])"):
        if (found := script.source(match.end())) is not None:
            return found
    return Source(script.path)


def _take_address(draft: Draft) -> None:
    source = draft.source
    site = source.get("site")
    if isinstance(site, Computed):
        draft.computed(site, source.where("site"), "base_url, site_url and authority")
        return
    base = (source.text("base") or "").strip("/")
    url = source.text("site")
    draft.address(f"{url.rstrip('/')}/{base}" if url else None, source.where("site") + (" and base" if base else ""))


def _take_language(draft: Draft, options: Source) -> None:
    data = options.get("customData")
    words = data.how if isinstance(data, Computed) else str(data or "")
    if stated := re.search(r"<language>\s*([\w-]+)\s*</language>", words):
        draft.take("language", stated[1], options.where("customData"))
    elif draft.source.text("i18n", "defaultLocale"):
        draft.language(("i18n", "defaultLocale"))


def _archive(draft: Draft, sources: Path) -> tuple[Path, str, bool]:
    """Answer the folder of articles, the name of their collection, "" for none, and whether it names its entries."""
    defined = list(_collections(draft, sources))
    found = {name: place for name, place, _ in defined}
    content = sources / "content"
    for place in sorted(content.iterdir()) if content.is_dir() else ():
        if place.is_dir() and place not in found.values():
            found.setdefault(place.name, place)
    with_texts = {name: place for name, place in found.items() if next(islice(place.rglob("*.md*"), 1), None)}
    if with_texts:
        name = next((name for name in _COLLECTIONS if name in with_texts), next(iter(with_texts)))
        others = sorted(set(with_texts) - {name})
        if others:
            draft.note(f"There are {', '.join(others)}, too: only the collection {name} is the archive.")
        return with_texts[name], name, any(is_named for other, _, is_named in defined if other == name)
    for name in _COLLECTIONS:
        for place, collection in ((sources / "pages" / name, ""), (sources / name, name)):
            if next(islice(place.rglob("*.md*"), 1), None):
                return place, collection, False
    return (content if content.is_dir() else sources / "pages"), "", False


def _collections(draft: Draft, sources: Path) -> Iterator[tuple[str, Path, bool]]:
    """Yield the collections that are defined by a folder of their own, and whether a function names their entries."""
    places = [sources / f"content{name}config{suffix}" for name in (".", "/") for suffix in _SUFFIXES]
    place = next((place for place in places if place.is_file()), None)
    if place is None:
        return
    try:
        script = read_script(place, roots=[sources])
    except FeedsError as error:
        draft.note(f"{error}")
        return
    for match in script.find(r"\b(\w+)\s*=\s*defineCollection\s*\(\s*\{[^{}]*?\bloader\s*:\s*glob\s*\(\s*(?=\{)"):
        options = script.source(match.end())
        base = options.text("base") if options else None
        if options and base:
            yield match[1], draft.folder / base, options.get("generateId") is not None


def _route(pages: Path, collection: str) -> str | None:
    """Find the page that shows a collection: `/blog/[...slug]/`."""
    if not collection or not pages.is_dir():
        return None
    wanted = re.compile(rf"""getCollection\(\s*["']{re.escape(collection)}["']""")
    found = []
    for place in sorted(pages.rglob("*.astro")):
        route = place.relative_to(pages).with_suffix("").as_posix().removesuffix("/index")
        if not re.search(r"\[(\.\.\.)?(slug|id|post|path|entry)\]$", route):
            continue
        try:
            text = place.read_text("utf-8", "replace")
        except OSError:
            continue
        is_shown = wanted.search(text) is not None
        if is_shown or route.startswith((f"{collection}/", f"{collection}s/")):
            found.append((not is_shown, route.count("/"), route))
    return f"/{min(found)[2]}/" if found else None


def _endpoint(sources: Path) -> Path | None:
    places = (sources / "pages" / (name + suffix) for name in _ENDPOINTS for suffix in _SUFFIXES)
    return next((place for place in places if place.is_file()), None)


def _rss_options(endpoint: Path, sources: Path) -> Source:
    """Read what the endpoint hands to `rss(…)`."""
    try:
        script = read_script(endpoint, roots=[sources])
    except FeedsError:
        return Source(endpoint)
    for match in script.find(r"\b(?:rss|getRssString)\s*\(\s*(?=\{)"):
        if (options := script.source(match.end())) is not None:
            return options
    return Source(endpoint)


def _old_feed(draft: Draft, endpoint: Path | None) -> OldFeed | None:
    """@astrojs/rss: RSS of what the endpoint picks, with texts only if it hands over `content`."""
    if endpoint is None:
        return None
    text = peek(endpoint).decode("utf-8", "replace")
    name = endpoint.relative_to(draft.folder).as_posix()
    pages = endpoint.as_posix().rpartition("/pages/")[2]
    is_full = re.search(r"\bcontent\s*:", text) is not None
    content: Literal["full", "summary"] = "full" if is_full else "summary"
    old = OldFeed(plugin="@astrojs/rss", files={"rss": pages.rpartition(".")[0]}, where=name, content=content)
    old.content_where = f"{name} hands over {'content' if is_full else 'no content'}"
    limit = re.search(r"\.slice\(\s*0\s*,\s*(\d+)\s*\)", text)
    old.limit = int(limit[1]) if limit else 0
    old.limit_where = f"{name}: slice(0, {limit[1]})" if limit else f"{name}: no slice"
    draft.switch_off(f"Take {name} out of the site")
    return old
