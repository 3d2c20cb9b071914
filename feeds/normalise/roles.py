"""Which front-matter keys mean what: the habits of real archives as one table, read without regard to case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.model import Article, Value

ROLES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "published": ("date", "published", "created", "pubdate", "publishdate", "date_published"),
    "updated": ("updated", "update", "lastmod", "modified", "date_modified"),
    "categories": ("categories", "category", "section", "type"),
    "tags": ("tags", "tag"),
    "authors": ("author", "authors"),
    "pictures": (
        "headimg", "thumbnail", "cover", "image", "thumb", "hero", "banner_img", "index_img", "preview_image",
        "og_image", "feature_image", "featured_image", "images",
    ),
    "summary": ("description", "excerpt", "summary", "subtitle", "subhead"),
    "permalink": ("link", "url", "permalink", "source_url", "path"),
    "id": ("id", "guid", "uuid"),
    "language": ("lang", "language"),
}  # fmt: skip
"""Role to keys, the strongest first."""
_NAMES = {role: frozenset(keys) for role, keys in ROLES.items()}

TABLES = frozenset({"taxonomies", "extra", "params"})
"""Tables that hold further keys: Zola's two, and Hugo's."""
NO_VALUE = frozenset({"", "null", "none", "~", "undefined", "nan"})
"""Scalars that mean nothing: whole archives write every key, mostly empty."""
BOOLEANS = frozenset({"true", "false"})
"""`cover: false` names no picture; only a title may be such a word."""
DRAFT_STATES = frozenset({"draft", "hidden", "private", "pending"})


def values_of(article: Article, role: str) -> Iterator[tuple[str, Value]]:
    """Yield the key, as written, and the value of each key of a role that says something; strongest first.

    A key at the top counts before the same one in a table.
    """
    names = _NAMES[role]
    stated = {
        name: (key, value)
        for key, value in (*_tabled(article.front_matter), *article.front_matter.items())
        if (name := key.casefold()) in names and not _is_missing(value) and (role == "title" or not _is_boolean(value))
    }
    return (stated[name] for name in ROLES[role] if name in stated)


def scalars(value: Value) -> tuple[str, ...]:
    """Return the scalars that a value holds, in order: of a mapping its `name` or address, else its first value."""
    if isinstance(value, str):
        return () if _is_missing(value) else (value.strip(),)
    if isinstance(value, tuple):
        return tuple(scalar for inner in value for scalar in scalars(inner))
    for key in ("name", "src", "url", "image", "path", *value):
        if key in value:
            return scalars(value[key])
    return ()


def is_draft(article: Article) -> bool:
    """Tell whether the front matter, or a `_drafts` folder, says that the article is not to be published."""
    if "_drafts" in article.path.split("/")[:-1]:
        return True
    for key, value in article.front_matter.items():
        if not isinstance(value, str):
            continue
        name, state = key.casefold(), value.strip().casefold()
        if name == "draft" and state in ("true", "yes", "1", "on"):
            return True
        if name == "published" and state in ("false", "no", "0", "off"):
            return True
        if name == "status" and state in DRAFT_STATES:
            return True
    return False


def _tabled(front_matter: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    for key, value in front_matter.items():
        if isinstance(value, Mapping) and key.casefold() in TABLES:
            yield from value.items()


def _is_boolean(value: Value) -> bool:
    return isinstance(value, str) and value.strip().casefold() in BOOLEANS


def _is_missing(value: Value) -> bool:
    return value.strip().casefold() in NO_VALUE if isinstance(value, str) else not value
