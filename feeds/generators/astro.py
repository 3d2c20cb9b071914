"""Astro: `astro.config.*`, read and never run; feeds as @astrojs/rss makes them in `src/pages/rss.xml.js`."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Literal

from feeds.errors import FeedsError
from feeds.generators.draft import Draft
from feeds.generators.javascript import Script, read_script
from feeds.generators.oldfeeds import OldFeed, take_feed
from feeds.generators.site import Site
from feeds.generators.source import Computed, Source

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
_CONSTANTS = (
    "consts",
    "config",
    "constants",
    "site.config",
    "siteConfig",
    "data/site",
    "site",
    "data/config",
    "lib/consts",
)


def read_astro(path: Path) -> Site:
    """Take over what Astro is told.

    Raises:
        ConfigError: The file cannot be read.
    """
    script = read_script(path)
    source = _settings(script)
    draft = Draft("astro", source)
    folder = path.parent
    sources = folder / (source.text("srcDir") or "src")
    output = folder / (source.text("outDir") or "dist")
    endpoint = _endpoint(sources, draft)
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
    draft.take("categories", "flat", "Astro's collections mean a set")
    archive, collection = _archive(sources, draft)
    addresses: dict[str, object] = {}
    if trailing := source.text("trailingSlash"):
        addresses["trailingSlash"] = trailing
    if build := source.text("build", "format"):
        addresses["build"] = {"format": build}
    if route := _route(sources / "pages", collection):
        draft.take("permalink", route, f"src/pages{route.rstrip('/')}.astro")
    elif collection:
        draft.note(
            f"No page of src/pages shows the collection {collection}: write permalink into feeds.toml, such as "
            "/blog/[...slug]/."
        )
    feeds, link = take_feed(draft, output, _old_feed(draft, endpoint, folder))
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
    stated = re.search(
        r"<language>\s*([\w-]+)\s*</language>", data.how if isinstance(data, Computed) else str(data or "")
    )
    if stated:
        draft.take("language", stated[1], options.where("customData"))
    elif draft.source.text("i18n", "defaultLocale"):
        draft.language(("i18n", "defaultLocale"))


def _archive(sources: Path, draft: Draft) -> tuple[Path, str]:
    """Answer the folder of articles, and the name of their collection; "" for none."""
    content = sources / "content"
    folders = sorted(place for place in content.glob("*") if place.is_dir()) if content.is_dir() else []
    known = [place for name in _COLLECTIONS for place in folders if place.name == name]
    with_texts = [place for place in [*known, *folders] if next(islice(place.rglob("*.md*"), 1), None)]
    if with_texts:
        others = sorted({place.name for place in with_texts[1:]} - {with_texts[0].name})
        if others:
            draft.note(
                f"src/content has {', '.join(others)}, too: only {with_texts[0].name} is the archive; to have others, "
                "set archive to src/content."
            )
        return with_texts[0], with_texts[0].name
    for name in _COLLECTIONS:
        if (place := draft.folder / "content" / name).is_dir():
            return place, name
        if (place := sources / "pages" / name).is_dir() and next(islice(place.rglob("*.md*"), 1), None):
            return place, ""
    return (content if content.is_dir() else sources / "pages"), ""


def _route(pages: Path, collection: str) -> str | None:
    """Find the page that shows a collection: `/blog/[...slug]/`."""
    if not collection or not pages.is_dir():
        return None
    routes = [place for place in sorted(pages.rglob("*.astro")) if re.fullmatch(r"\[(\.\.\.)?\w+\]|index", place.stem)]
    wanted = re.compile(rf"""getCollection\(\s*["']{re.escape(collection)}["']""")
    for place in routes:
        route = place.relative_to(pages).with_suffix("").as_posix().removesuffix("/index")
        if not re.search(r"\[(\.\.\.)?(slug|id|post|page|path|entry)\]$", route) or "[...page]" in route:
            continue
        try:
            text = place.read_text("utf-8", "replace")
        except OSError:
            continue
        if wanted.search(text) or route.startswith(f"{collection}/"):
            return f"/{route}/"
    return None


def _endpoint(sources: Path, draft: Draft) -> Path | None:
    for name in _ENDPOINTS:
        for suffix in (".js", ".ts", ".mjs"):
            if (place := sources / "pages" / (name + suffix)).is_file():
                return place
    del draft
    return None


def _rss_options(endpoint: Path, sources: Path) -> Source:
    """Read what the endpoint hands to `rss(…)`; constants may come from the files in which sites keep them."""
    try:
        script = read_script(endpoint)
    except FeedsError:
        return Source(endpoint)
    for name in _CONSTANTS:
        for suffix in (".ts", ".js", ".mjs"):
            if (place := sources / (name + suffix)).is_file():
                try:
                    found = read_script(place).constants
                except FeedsError:
                    continue
                for key, value in found.items():
                    script.constants.setdefault(key, value)
    for match in script.find(r"\brss\s*\(\s*(?=\{)"):
        if (options := script.source(match.end())) is not None:
            return options
    return Source(endpoint)


def _old_feed(draft: Draft, endpoint: Path | None, folder: Path) -> OldFeed | None:
    """@astrojs/rss: RSS of what the endpoint picks, with texts only if it hands over `content`."""
    if endpoint is None:
        return None
    try:
        text = endpoint.read_text("utf-8", "replace")
    except OSError:
        return None
    name = endpoint.relative_to(folder).as_posix()
    pages = endpoint.as_posix().rpartition("/pages/")[2]
    is_full = re.search(r"\bcontent\s*:|customData\s*:\s*`?<content:encoded", text) is not None
    content: Literal["full", "summary"] = "full" if is_full else "summary"
    old = OldFeed(plugin="@astrojs/rss", files={"rss": pages.rpartition(".")[0]}, where=name, content=content)
    old.content_where = f"{name} hands over {'content' if is_full else 'no content'}"
    limit = re.search(r"\.slice\(\s*0\s*,\s*(\d+)\s*\)", text)
    old.limit = int(limit[1]) if limit else 0
    old.limit_where = f"{name}: slice(0, {limit[1]})" if limit else f"{name}: no slice"
    draft.switch_off(f"Take {name} out of the site")
    return old
