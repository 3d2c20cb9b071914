"""Hugo: `hugo.toml` and its like, and the folder `config`; keys are the same in any case.

Defaults as in Hugo's `config`, `output/outputFormat.go` and `tpl/tplimpl/embedded/templates/rss.xml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from feeds.generators.draft import Draft
from feeds.generators.oldfeeds import Format, OldFeed, take_feed
from feeds.generators.site import Site
from feeds.generators.source import Source, peek
from feeds.generators.tomlfiles import read_json, read_toml
from feeds.generators.yamlfiles import read_yaml

NAMES = ("hugo", "config")
SUFFIXES = (".toml", ".yaml", ".yml", ".json")
_ENVIRONMENTS = ("_default", "production")
"""Folders in `config` that a build for the public reads, the later ones over the others."""
_RSS_TEMPLATES = (
    "layouts/index.rss.xml", "layouts/home.rss.xml", "layouts/list.rss.xml", "layouts/rss.xml",
    "layouts/_default/rss.xml", "layouts/_default/index.rss.xml", "layouts/_default/home.rss.xml",
    "layouts/_default/list.rss.xml",
)  # fmt: skip
_FORMATS: Mapping[str, Format] = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_SUFFIX_OF = {"application/rss+xml": "xml", "application/atom+xml": "xml", "application/feed+json": "json"}


def find_hugo(folder: Path) -> Source | None:
    """Read the configuration of a Hugo site; None when there is none.

    Raises:
        ConfigError: A file of it cannot be read.
    """
    found = [_read(path) for path in _files(folder)]
    if not found:
        return None
    whole = Source(found[0].path, is_blind_to_case=True)
    for source in found:
        whole.lay_over(source)
    return whole


def _files(folder: Path) -> Iterator[Path]:
    for name in NAMES:
        place = next((path for suffix in SUFFIXES if (path := folder / (name + suffix)).is_file()), None)
        if place is not None and (name == "hugo" or _is_plausible(place)):
            yield place
            break
    for environment in _ENVIRONMENTS:
        inside = folder / "config" / environment
        yield from sorted(path for path in inside.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())


def _is_plausible(place: Path) -> bool:
    """Tell whether a `config.*`, which many programs have, may be Hugo's."""
    if any((place.parent / name).is_dir() for name in ("content", "archetypes", "layouts", "themes")):
        return True
    return b"baseurl" in peek(place).lower()


def _read(path: Path) -> Source:
    """Read one file; in `config`, what is called otherwise than `hugo` says what its name is."""
    readers = {".toml": read_toml, ".json": read_json}
    source = readers.get(path.suffix.lower(), read_yaml)(path, is_blind_to_case=True)
    name, _, language = path.stem.lower().partition(".")
    if name in NAMES:
        return source
    inner: Any = source.values[name] if set(source.values) == {name} else source.values
    place: tuple[str, ...] = (name,)
    if language:
        place = ("languages", language, name) if name in ("params", "menu", "menus") else ("languages", language)
    for key in reversed(place):
        inner = {key: inner}
    unwrapped = 1 if set(source.values) == {name} else 0
    source.values = inner
    source.lines = {(*place, *keys[unwrapped:]): line for keys, line in source.lines.items() if keys[unwrapped:]}
    return source


def read_hugo(source: Source, folder: Path) -> Site:
    """Take over what Hugo is told."""
    draft = Draft("hugo", source)
    draft.folder = folder
    main = source.text("defaultContentLanguage") or "en"
    draft.text("title", ("title",), ("languages", main, "title"))
    if source.text("languages", main, "title"):
        draft.text("title", ("languages", main, "title"))
    draft.text("description", ("languages", main, "params", "description"), ("params", "description"))
    draft.author(("languages", main, "params", "author"), ("params", "author"), ("author",))
    stated = [("languages", main, key) for key in ("locale", "languageCode")] + [("locale",), ("languageCode",)]
    draft.language(*stated, ("defaultContentLanguage",), default="en")
    base = source.text("baseURL")
    if base in ("/", "./"):
        base = None
    draft.address(base, source.where("baseURL"))
    draft.zone(("timeZone",), default="UTC")
    draft.take("categories", "flat", "Hugo takes a list of categories for a set")
    if patterns := _permalinks(source):
        draft.take("permalinks", patterns, source.where("permalinks"))
    languages = [name for name, one in source.table("languages").items() if not _is_disabled(one)]
    archive = folder / (source.text("contentDir") or _content_of(source, main, languages) or "content")
    output = folder / (source.text("publishDir") or "public")
    _note_drafts(draft)
    draft.languages(languages, source.where("languages"))
    feeds, link = take_feed(draft, output, _old_feed(draft, folder, main, languages))
    return draft.finish(
        archive=archive,
        output=output,
        feeds=feeds,
        link=link,
        addresses=_addresses(source, languages),
        static=[folder / name for name in _static(source)],
    )


def _is_disabled(language: object) -> bool:
    return isinstance(language, dict) and str(language.get("disabled", "")).lower() == "true"


def _content_of(source: Source, main: str, languages: list[str]) -> str | None:
    """Answer the folder of content where each language has its own: the one that holds them all, or the only one."""
    folders = [text for name in languages if (text := source.text("languages", name, "contentDir"))]
    if len(folders) < 2:
        return source.text("languages", main, "contentDir")
    parts = [Path(folder).parts for folder in folders]
    shared = [group[0] for group in zip(*parts, strict=False) if len(set(group)) == 1]
    return "/".join(shared[: min(map(len, parts)) - 1]) or None


def _static(source: Source) -> list[str]:
    keys = ("staticDir", *(f"staticDir{number}" for number in range(11)))
    return [folder for key in keys for folder in source.texts(key)] or ["static"]


def _permalinks(source: Source) -> dict[str, object]:
    """Take the patterns by section; of tables by kind, that of pages."""
    found: dict[str, object] = {}
    for part, pattern in source.table("permalinks").items():
        if isinstance(pattern, str):
            found[part] = pattern
        elif part == "page" and isinstance(pattern, dict):
            found |= {section: text for section, text in pattern.items() if isinstance(text, str)}
    return found


def _addresses(source: Source, languages: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    ugly = source.get("uglyURLs")
    if isinstance(ugly, dict):
        found["uglyURLs"] = {name: bool(source.flag("uglyURLs", name)) for name in ugly}
    elif source.flag("uglyURLs"):
        found["uglyURLs"] = True
    for key in ("disablePathToLower", "removePathAccents", "defaultContentLanguageInSubdir"):
        if source.flag(key):
            found[key] = True
    if dates := source.texts("frontmatter", "date"):
        found["frontmatter"] = {"date": dates}
    if source.text("defaultContentLanguage") and languages:
        found["defaultContentLanguage"] = source.text("defaultContentLanguage")
    if len(languages) > 1:
        folders = {name: source.text("languages", name, "contentDir") or "" for name in languages}
        found["languages"] = folders if any(folders.values()) else languages
    return found


def _note_drafts(draft: Draft) -> None:
    for key in ("buildDrafts", "buildFuture", "buildExpired"):
        if draft.source.flag(key):
            what = {"buildDrafts": "drafts", "buildFuture": "articles dated ahead", "buildExpired": "expired articles"}
            draft.note(f"{draft.source.where(key)} publishes {what[key]}, which feeds do not.")
    if draft.source.texts("ignoreFiles"):
        draft.note(f"{draft.source.where('ignoreFiles')} holds regular expressions: write exclude into feeds.toml.")


def _old_feed(draft: Draft, folder: Path, main: str, languages: Sequence[str]) -> OldFeed:
    """Hugo itself makes RSS of the home page, of each section and taxonomy: summaries of all pages."""
    source, old = draft.source, OldFeed(plugin="Hugo")
    disabled = {kind.lower() for kind in source.texts("disableKinds")}
    names = [name.lower() for name in source.texts("outputs", "home")]
    if not source.has("outputs", "home"):
        names = ["html", "rss"]
    if "rss" in disabled or "home" in disabled:
        names = [name for name in names if name != "rss"]
    is_below = source.flag("defaultContentLanguageInSubdir")
    prefix = f"{main}/" if is_below and len(languages) == 1 else ""
    for name in names:
        if (found := _output_format(source, name)) is not None:
            old.files.setdefault(found[0], prefix + found[1])
    if not old.files:
        draft.note(f"{source.path.name} has no feed for the home page, so ours have their usual names.")
        return old
    key = next((key for key in (("outputs", "home"), ("outputFormats",)) if source.has(*key)), None)
    old.where = source.where(*key) if key else "Hugo: its default"
    place = next((key for key in (("services", "rss", "limit"), ("rssLimit",)) if source.number(*key)), None)
    old.limit = max(source.number(*place) or 0, 0) if place else 0
    old.limit_where = source.where(*place) if place else "Hugo: its default"
    template = _template(folder, source)
    old.content, old.content_where = "summary", "Hugo's own template shows summaries"
    if template is not None:
        is_full = re.search(r"\.Content\b", template[1]) is not None
        old.content = "full" if is_full else "summary"
        old.content_where = f"{template[0]} shows {'.Content' if is_full else 'no .Content'}"
    name = next(iter(old.files.values())).rpartition("/")[2]
    old.others = [f"**/{name}"]
    if len(languages) > 1:  # a feed of all languages does not take the place of one
        places = [f"{one}/{name}" if is_below or one != main else name for one in languages]
        draft.note(
            f"Each language had a feed of its own, at {', '.join(places)}: ours of languages are in the folder "
            f"languages, and {name} holds all of them, so redirect each."
        )
    draft.note(
        f"Feeds of categories were at categories/NAME/{name} and are at NAME/{name} now; those of sections and tags "
        "stay where a name is written as its address: redirect what differs."
    )
    if _has_tags(source, disabled):
        draft.feeds_of("tag", "Hugo has feeds of tags")
    draft.switch_off('Set disableKinds = ["RSS"] for Hugo')
    return old


def _has_tags(source: Source, disabled: Set[str]) -> bool:
    """Tell whether each tag has a feed."""
    if disabled & {"rss", "taxonomy", "term", "taxonomyterm"}:
        return False
    if source.has("taxonomies") and "tags" not in source.table("taxonomies").values():
        return False
    outputs = [name.lower() for name in source.texts("outputs", "term")]
    return not source.has("outputs", "term") or "rss" in outputs


def _output_format(source: Source, name: str) -> tuple[Format, str] | None:
    """Answer the format and file of an output format, if it is a feed's."""
    stated = source.table("outputFormats", name)
    media_type = str(stated.get("mediatype") or ("application/rss+xml" if name == "rss" else "")).lower()
    kind = _FORMATS.get(media_type) or {"atom": "atom", "jsonfeed": "json"}.get(name)
    if kind is None:
        return None
    base = str(stated.get("basename") or "index")
    suffixes = source.texts("mediaTypes", media_type, "suffixes") or source.texts("mediaTypes", media_type, "suffix")
    suffix = suffixes[0] if suffixes else _SUFFIX_OF.get(media_type, "xml")
    path = str(stated.get("path") or "").strip("/")
    return kind, f"{path}/{base}.{suffix}".lstrip("/")  # type: ignore[return-value]


def _template(folder: Path, source: Source) -> tuple[str, str] | None:
    """Find the template of the home page's RSS: the site's own, or its theme's."""
    themes = [f"themes/{name}/" for name in source.texts("theme")]
    for place in (*_RSS_TEMPLATES, *(theme + name for theme in themes for name in _RSS_TEMPLATES)):
        try:
            text = (folder / place).read_text("utf-8", "replace")
        except OSError:
            continue
        return place, re.sub(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", "", text, flags=re.DOTALL)
    return None
