"""Which front-matter keys mean what: the habits of real archives as one table, read without regard to case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

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
Stated: TypeAlias = Mapping[str, Sequence[tuple[str, Value]]]
"""By role, the key, as written, and the value of each key that says something, strongest first."""

TABLES = frozenset({"taxonomies", "extra", "params"})
"""Tables that hold further keys: Zola's two, and Hugo's."""
NO_VALUE = frozenset({"", "null", "none", "~", "undefined", "nan"})
"""Scalars that mean nothing: whole archives write every key, mostly empty."""
BOOLEANS = frozenset({"true", "false"})
"""`cover: false` names no picture; only a title may be such a word."""
_PLACES = {
    key: (role, strength, NO_VALUE if role == "title" else NO_VALUE | BOOLEANS)
    for role, keys in ROLES.items()
    for strength, key in enumerate(keys)
}
"""Key to its role, its strength in it, from 0, and the texts that say nothing there."""
_DRAFT_STATES = {
    "draft": frozenset({"true", "yes", "1", "on"}),
    "published": frozenset({"false", "no", "0", "off"}),
    "status": frozenset({"draft", "hidden", "private", "pending"}),
}


def find_roles(front_matter: Mapping[str, Value]) -> Stated:
    """Sort the keys of a front matter by their roles; what has none, or says nothing, is left out.

    A key at the top counts before the same one in a table.
    """
    found: dict[str, dict[int, tuple[str, Value]]] = {}
    for key, value in (*_tabled(front_matter), *front_matter.items()):
        place = _PLACES.get(key.casefold())
        if place is None:
            continue
        role, strength, nothing = place
        if value.strip().casefold() not in nothing if isinstance(value, str) else value:
            found.setdefault(role, {})[strength] = key, value
    return {
        role: [pairs[strength] for strength in sorted(pairs)] if len(pairs) > 1 else list(pairs.values())
        for role, pairs in found.items()
    }


def scalars(value: Value) -> tuple[str, ...]:
    """Return the scalars that a value holds, in order: of a mapping its `name` or address, else its first value."""
    if isinstance(value, str):
        said = value.strip()
        return () if said.casefold() in NO_VALUE else (said,)
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
        states = _DRAFT_STATES.get(key.casefold())
        if states and isinstance(value, str) and value.strip().casefold() in states:
            return True
    return False


def _tabled(front_matter: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return [
        pair
        for key, value in front_matter.items()
        if not isinstance(value, str) and isinstance(value, Mapping) and key.casefold() in TABLES
        for pair in value.items()
    ]
