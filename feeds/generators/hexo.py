"""Hexo: `_config.yml`, and its two feed plug-ins, hexo-generator-feed and hexo-feed.

Defaults as in hexo's `lib/hexo/default_config.ts`, and in `index.js` of each plug-in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from feeds.generators.draft import Draft
from feeds.generators.globs import globs_within
from feeds.generators.oldfeeds import Format, OldFeed, take_feed
from feeds.generators.packages import packages_of
from feeds.generators.site import Site
from feeds.generators.source import Source, as_number, as_text

KEYS = frozenset(
    {
        "source_dir", "public_dir", "tag_dir", "archive_dir", "category_dir", "code_dir", "i18n_dir", "skip_render",
        "new_post_name", "default_layout", "titlecase", "external_link", "filename_case", "render_drafts",
        "post_asset_folder", "relative_link", "highlight", "prismjs", "syntax_highlighter", "default_category",
        "category_map", "tag_map", "date_format", "time_format", "per_page", "pagination_dir", "deploy", "root",
        "permalink_defaults", "pretty_urls", "updated_option", "use_filename_as_post_title", "meta_generator",
        "index_generator",
    }
)  # fmt: skip
"""Of `_config.yml`, that Jekyll does not have."""
PERMALINK = ":year/:month/:day/:title/"
_ADDRESS_KEYS = (
    "default_category",
    "category_map",
    "permalink_defaults",
    "pretty_urls",
    "new_post_name",
    "filename_case",
    "post_asset_folder",
)


def read_hexo(source: Source) -> Site:
    """Take over what Hexo is told."""
    draft = Draft("hexo", source)
    draft.text("title", ("title",))
    draft.text("description", ("description",), ("subtitle",))
    draft.author(("author",))
    draft.language(("language",)) if not isinstance(source.get("language"), list) else _first_language(draft)
    _take_address(draft)
    permalink = source.text("permalink")
    draft.take("permalink", permalink or PERMALINK, source.where("permalink") if permalink else "Hexo: its default")
    draft.zone(("timezone",))
    draft.take("categories", "levels", "Hexo takes a list of categories for one chain")
    content = draft.folder / (source.text("source_dir") or "source")
    output = draft.folder / (source.text("public_dir") or "public")
    hidden = [*source.texts("skip_render"), *source.texts("exclude"), *source.texts("ignore")]
    if exclude := globs_within(hidden, "_posts"):
        draft.take("exclude", exclude, f"{source.path.name}: skip_render, exclude, ignore")
    if source.flag("render_drafts"):
        draft.note(f"{source.where('render_drafts')} publishes _drafts, which feeds never do: move them into _posts.")
    feeds, link = take_feed(draft, output, _old_feed(draft))
    return draft.finish(
        archive=content / "_posts",
        output=output,
        feeds=feeds,
        link=link,
        addresses=dict(_addresses(source)),
        static=[content],
    )


def _first_language(draft: Draft) -> None:
    """Of several languages Hexo takes the first for the site's."""
    languages = draft.source.texts("language")
    if languages:
        draft.source.values["language"] = languages[0]
        draft.language(("language",))


def _take_address(draft: Draft) -> None:
    source = draft.source
    url, root = source.text("url"), source.text("root")
    served_at = None
    if url and root and root.strip("/") and not urlsplit(url).path.strip("/"):
        served_at = f"{url.rstrip('/')}/{root.strip('/')}/"
        draft.note(
            f"{source.where('root')} is {root} and url has no folder, so that Hexo's own links leave it out: write "
            "the folder into url, too, and into site_url."
        )
    draft.address(url, source.where("url"), served_at=served_at)


def _addresses(source: Source) -> Iterator[tuple[str, object]]:
    for key in _ADDRESS_KEYS:
        value = source.get(key)
        if key == "pretty_urls":
            flags = {name: source.flag(key, name) for name in ("trailing_index", "trailing_html")}
            value = {name: flag for name, flag in flags.items() if flag is False}
        elif isinstance(value, dict):
            value = {str(name): text for name, inner in value.items() if (text := as_text(inner)) is not None}
        elif key == "filename_case":
            value = as_number(value)
        elif key == "post_asset_folder":
            value = source.flag(key)
        else:
            value = as_text(value)
        if value and value != ":title.md" and (key, value) != ("default_category", "uncategorized"):
            yield key, value


def _old_feed(draft: Draft) -> OldFeed | None:
    source, packages = draft.source, packages_of(draft.folder)
    is_other = any(isinstance(source.get("feed", key), dict) for key in ("rss", "atom", "jsonFeed"))
    if "hexo-feed" in packages or (is_other and "hexo-generator-feed" not in packages):
        return _hexo_feed(draft)
    is_stated = source.has("feed", "type") or source.has("feed", "path")
    if "hexo-generator-feed" in packages or is_stated or (source.table("feed") and not packages):
        return _generator_feed(draft)
    return None


def _generator_feed(draft: Draft) -> OldFeed:
    """hexo-generator-feed: what `feed` does not state is Atom, 20 entries, whole texts."""
    source, old = draft.source, OldFeed(plugin="hexo-generator-feed")
    if source.flag("feed", "enable") is False:
        draft.note(f"{source.where('feed', 'enable')} is off: Hexo writes no feed, so ours have their usual names.")
        return old
    kinds = [kind for kind in dict.fromkeys(source.texts("feed", "type")) if kind in ("atom", "rss2")] or ["atom"]
    paths = source.texts("feed", "path")
    is_list = isinstance(source.get("feed", "type"), list)
    if is_list != isinstance(source.get("feed", "path"), list):  # the plug-in wants both of one kind
        paths = []
    for number, kind in enumerate(kinds):
        path = paths[number] if number < len(paths) else f"{kind}.xml"
        path = path if "." in path.rpartition("/")[2] else f"{path}.xml"
        old.files["rss" if kind == "rss2" else "atom"] = path
    key = next((key for key in ("path", "type") if source.has("feed", key)), None)
    old.where = source.where("feed", key) if key else ""
    content = source.get("feed", "content")
    is_full = not source.has("feed", "content") or (
        content not in (None, "", "0") and source.flag("feed", "content") is not False
    )
    old.content = "full" if is_full else "summary"
    old.content_where = source.where("feed", "content") if source.has("feed", "content") else ""
    old.limit = _limit(source.get("feed", "limit")) if source.has("feed", "limit") else 20
    old.limit_where = source.where("feed", "limit") if source.has("feed", "limit") else ""
    _note_wishes(draft)
    if source.text("feed", "hub"):
        draft.note(f"{source.where('feed', 'hub')} is told of nothing: readers ask for the feed at their own times.")
    draft.switch_off("Take hexo-generator-feed out of package.json")
    return old


def _hexo_feed(draft: Draft) -> OldFeed:
    """hexo-feed: all entries, whole texts, a file for each format, and for each tag and category."""
    source, old = draft.source, OldFeed(plugin="hexo-feed", content="full")
    formats: tuple[tuple[Format, str, str], ...] = (
        ("rss", "rss", "rss.xml"),
        ("atom", "atom", "atom.xml"),
        ("json", "jsonFeed", "feed.json"),
    )
    for format_, key, name in formats:
        stated = source.has("feed", key)
        if not stated or source.flag("feed", key, "enable"):
            old.files[format_] = source.text("feed", key, "output") or name
    old.where = source.where("feed") if source.has("feed") else ""
    old.limit = _limit(source.get("feed", "limit"))
    old.limit_where = source.where("feed", "limit") if source.has("feed", "limit") else ""
    folders = [
        source.text("feed", key) or default
        for key, default in (("category_dir", "category"), ("tag_dir", "tag"))
        if source.flag("feed", key) is not False
    ]
    old.others = [f"{folder}/**/{path}" for folder in folders for path in old.files.values()]
    if folders:
        places = " and ".join(f"{folder}/NAME/" for folder in folders)
        draft.note(
            f"Feeds of categories and tags were at {places}: ours are at NAME/ and tags/NAME/, so redirect the old "
            "ones."
        )
        if source.flag("feed", "tag_dir") is not False:
            draft.feeds_of("tag", "hexo-feed has feeds of tags")
    _note_wishes(draft)
    draft.switch_off("Take hexo-feed out of package.json")
    return old


def _note_wishes(draft: Draft) -> None:
    source = draft.source
    order = source.text("feed", "order_by")
    if order not in (None, "-date"):
        draft.note(f'{source.where("feed", "order_by")} is "{order}": our feeds show the newest by date first.')
    for place in (("template",), ("rss", "template"), ("atom", "template"), ("jsonFeed", "template")):
        if source.get("feed", *place):
            draft.note(
                f"{source.where('feed', *place)} is not read: compare what your own template adds with our feed."
            )


def _limit(value: object) -> int:
    return max(as_number(value) or 0, 0)


def is_hexo_place(folder: Path) -> bool:
    """Tell from what lies beside a `_config.yml` that it is Hexo's."""
    return (folder / "source" / "_posts").is_dir() or "hexo" in packages_of(folder) or (folder / "scaffolds").is_dir()
