"""Jekyll: `_config.yml`, and its feed plug-in, jekyll-feed.

Defaults as in Jekyll's `lib/jekyll/configuration.rb` and jekyll-feed's `lib/jekyll-feed/generator.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from feeds.generators.draft import Draft
from feeds.generators.globs import globs_within
from feeds.generators.oldfeeds import Format, OldFeed, kind_of, take_feed
from feeds.generators.packages import gems_of
from feeds.generators.site import Site
from feeds.generators.source import Source, as_text

KEYS = frozenset(
    {
        "baseurl", "markdown", "kramdown", "plugins", "gems", "collections", "collections_dir", "defaults", "source",
        "destination", "sass", "remote_theme", "paginate", "paginate_path", "highlighter", "excerpt_separator", "lsi",
        "incremental", "github_username", "show_drafts", "limit_posts", "unpublished", "whitelist", "liquid",
        "markdown_ext", "keep_files", "repository", "twitter_username", "minima", "redcarpet", "safe", "layouts_dir",
        "includes_dir", "plugins_dir", "data_dir", "encoding", "compress_html", "permalink_style", "jekyll-archives",
        "minimal_mistakes_skin", "locale", "show_excerpts",
    }
)  # fmt: skip
"""Of `_config.yml`, that Hexo does not have."""
_TEMPLATES = ("feed.xml", "atom.xml", "rss.xml", "index.xml", "feed.json", "feed/index.xml", "feed.atom", "atom.md")
_LOOKED_INTO = 3
"""Levels of folders in which `_posts` is looked for."""


def read_jekyll(source: Source) -> Site:
    """Take over what Jekyll is told."""
    draft = Draft("jekyll", source)
    draft.text("title", ("title",), ("name",))
    draft.text("description", ("description",), ("subtitle",), ("tagline",))
    _take_author(draft)
    draft.language(("lang",), ("locale",), ("language",))
    _take_address(draft)
    permalink = _permalink(source)
    draft.take("permalink", permalink[0], permalink[1])
    draft.zone(("timezone",))
    draft.take("categories", "flat", "Jekyll takes a list of categories for a set")
    root = _root(draft)
    content = root / (source.text("collections_dir") or ".")
    output = draft.folder / (source.text("destination") or "_site")
    archive = _archive(draft, root, content)
    hidden = globs_within(source.texts("exclude"), "" if archive == root else "_posts")
    if hidden := [glob for glob in hidden if archive != root or glob.rstrip("/") not in _NO_ARTICLES]:
        draft.take("exclude", hidden, source.where("exclude"))
    _note_collections(draft)
    feeds, link = take_feed(draft, output, _old_feed(draft, root))
    addresses = {"collections_dir": source.text("collections_dir")} if source.text("collections_dir") else {}
    return draft.finish(archive=archive, output=output, feeds=feeds, link=link, addresses=addresses, static=[root])


_NO_ARTICLES = frozenset(
    {"/vendor", "/node_modules", "/Gemfile", "/Gemfile.lock", "/.sass-cache", "/.jekyll-cache", "/gemfiles"}
)
"""What configurations exclude and no archive holds."""


def _take_address(draft: Draft) -> None:
    source = draft.source
    url, where = source.text("url"), source.where("url")
    baseurl = (source.text("baseurl") or "").strip("/")
    if not url and (repository := re.fullmatch(r"([\w-]+)/([\w.-]+)", source.text("repository") or "")):
        owner, name = repository.groups()
        url, where = f"https://{owner.lower()}.github.io", source.where("repository") + ", on GitHub Pages"
        if not baseurl and name.lower() != f"{owner.lower()}.github.io" and not (draft.folder / "CNAME").is_file():
            baseurl = name
    if url and not re.match(r"https?://", url):
        url = f"https://{url.lstrip('/')}"
    draft.address(f"{url.rstrip('/')}/{baseurl}" if url else None, where if not baseurl else f"{where} and baseurl")


def _permalink(source: Source) -> tuple[str, str]:
    """Answer the pattern of posts: of their collection, of their defaults, of the site, or Jekyll's own."""
    defaults = source.get("defaults")
    for number, one in enumerate(defaults if isinstance(defaults, list) else ()):
        if not isinstance(one, dict) or not isinstance(one.get("values"), dict):
            continue
        scope, pattern = one.get("scope") or {}, one["values"].get("permalink")
        is_meant = isinstance(scope, dict) and scope.get("type", "posts") == "posts" and not scope.get("path")
        if is_meant and isinstance(pattern, str):
            return pattern, source.where("defaults", str(number))
    for place in (("collections", "posts", "permalink"), ("permalink",)):
        if pattern := source.text(*place):
            return pattern, source.where(*place)
    return "date", "Jekyll: its default"


def _root(draft: Draft) -> Path:
    """Answer the folder that Jekyll reads; of one that another tool has yet to make, what it is made of."""
    root = draft.folder / (stated := draft.source.text("source") or ".")
    if root.is_dir():
        return root
    made_of = {place.parent for place in _folders(draft.folder) if place.name == "_posts"}
    if len(made_of) != 1:
        return root
    found = made_of.pop()
    name = found.relative_to(draft.folder).as_posix()
    draft.note(
        f"{draft.source.where('source')} names {stated}, which is not there: {name} is read, where the posts lie."
    )
    return found


def _take_author(draft: Draft) -> None:
    """Take over who writes: of the defaults of all posts, else of the site."""
    defaults = draft.source.get("defaults")
    for number, one in enumerate(defaults if isinstance(defaults, list) else ()):
        values, scope = (one.get("values"), one.get("scope") or {}) if isinstance(one, dict) else (None, {})
        author = values.get("author") if isinstance(values, dict) and isinstance(scope, dict) else None
        if author and scope.get("type", "posts") == "posts" and not scope.get("path"):
            name = as_text(author.get("name") if isinstance(author, dict) else author)
            if name:
                draft.take("author", name, draft.source.where("defaults", str(number)))
                return
    draft.author(("author",))


def _archive(draft: Draft, root: Path, content: Path) -> Path:
    """Answer the folder of posts: `_posts`, or all of the site where there are several of that name."""
    inner = [place for place in _folders(root) if place.name == "_posts" and place != content / "_posts"]
    if not inner:
        return content / "_posts"
    names = ", ".join(place.relative_to(root).as_posix() for place in sorted(inner)[:3])
    draft.take(
        "include",
        ["_posts/"],
        f"posts lie in {names}, too" if (content / "_posts").is_dir() else f"posts lie in {names}",
    )
    return root


def _folders(root: Path) -> Iterator[Path]:
    for depth in range(2, _LOOKED_INTO + 2):
        pattern = "/".join(["*"] * (depth - 1) + ["_posts"])
        for place in islice(root.glob(pattern), 100):
            inside = place.relative_to(root).parts[:-1]
            if place.is_dir() and not any(part.startswith((".", "_site", "node_modules", "vendor")) for part in inside):
                yield place


def _note_collections(draft: Draft) -> None:
    source = draft.source
    collections = source.get("collections")
    names = collections if isinstance(collections, list) else list(source.table("collections"))
    others = [str(name) for name in names if name != "posts"]
    if others:
        shown = ", ".join(others)
        draft.note(
            f"{source.where('collections')}: {shown}: only posts are articles; to have others, set archive to the "
            'folder above and include = ["_posts/", "_NAME/"].'
        )
    if source.flag("show_drafts"):
        draft.note(f"{source.where('show_drafts')} publishes _drafts, which feeds never do: move them into _posts.")


def _old_feed(draft: Draft, root: Path) -> OldFeed | None:
    source = draft.source
    plugins = {*source.texts("plugins"), *source.texts("gems"), *source.texts("whitelist"), *gems_of(draft.folder)}
    template = _template(root)
    if "jekyll-feed" in plugins or (source.table("feed") and template is None):
        return _jekyll_feed(draft)
    if template is None:
        return None
    path, kind, text = template
    content: Literal["full", "summary"] = "full" if re.search(r"post\.content|\bcontent\b\s*\|", text) else "summary"
    old = OldFeed(plugin=path, files={kind: path}, where=f"{path} of the site", content=content)
    old.content_where = f"{path} shows {'the text' if content == 'full' else 'no more'}"
    if limit := re.search(r"limit:\s*(\d+)", text):
        old.limit, old.limit_where = int(limit[1]), f"{path}: limit:{limit[1]}"
    draft.switch_off(f"Take {path} out of the site")
    return old


def _template(root: Path) -> tuple[str, Format, str] | None:
    """Find a feed that the site makes by a page of its own."""
    for name in _TEMPLATES:
        place = root / name
        try:
            data = place.read_bytes()[:20_000]
        except OSError:
            continue
        if (kind := kind_of(data)) and data.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
            text = data.decode("utf-8", "replace")
            stated = re.search(r"^permalink:\s*[\"']?/?([^\s\"']+\.\w+)[\"']?\s*$", text, re.MULTILINE)
            return stated[1] if stated else name, kind, text
    return None


def _jekyll_feed(draft: Draft) -> OldFeed:
    """jekyll-feed: Atom at `feed.xml`, 10 entries, whole texts; `posts_limit` and the rest as its README says."""
    source, old = draft.source, OldFeed(plugin="jekyll-feed")
    place = next(
        (place for place in (("feed", "collections", "posts", "path"), ("feed", "path")) if source.text(*place)), None
    )
    old.files["atom"] = (source.text(*place) or "" if place else "feed.xml").lstrip("/")
    old.where = source.where(*place) if place else ""
    old.limit = source.number("feed", "posts_limit") or 10
    old.limit_where = source.where("feed", "posts_limit") if source.number("feed", "posts_limit") else ""
    is_short = source.flag("feed", "excerpt_only")
    old.content = "summary" if is_short else "full"
    old.content_where = source.where("feed", "excerpt_only") if is_short is not None else ""
    collections = source.get("feed", "collections")
    names = collections if isinstance(collections, list) else list(source.table("feed", "collections"))
    others = [str(name) for name in names if name != "posts"]
    if others:
        draft.note(
            f"{source.where('feed', 'collections')}: {', '.join(others)}: collections have no feeds of their own here; "
            "redirect theirs."
        )
    categories = source.texts("feed", "categories") or source.texts("feed", "collections", "posts", "categories")
    if categories:
        draft.note(
            f"{source.where('feed', 'categories')}: the feeds at feed/NAME.xml are at NAME/"
            f"{old.files['atom'].rpartition('/')[2]} now, so redirect the old addresses."
        )
    if source.get("feed", "tags"):
        folder = (source.text("feed", "tags", "path") or "/feed/by_tag/").strip("/")
        draft.note(
            f"{source.where('feed', 'tags')}: the feeds at {folder}/TAG.xml are at tags/TAG/"
            f"{old.files['atom'].rpartition('/')[2]} now, so redirect the old addresses."
        )
        draft.feeds_of("tag", source.where("feed", "tags"))
        old.others = ["feed/*.xml", f"{folder}/*.xml"]
    else:
        old.others = ["feed/*.xml"]
    draft.switch_off("Take jekyll-feed out of _config.yml and the Gemfile")
    return old


def is_jekyll_place(folder: Path) -> bool:
    """Tell from what lies beside a `_config.yml` that it is Jekyll's."""
    return any((folder / name).exists() for name in ("_posts", "_layouts", "_includes", "Gemfile"))
