"""Which front-matter keys mean what: the habits of real archives as one table, read without regard to case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from feeds.model import Value

ROLES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "published", "created", "pubdate", "publishdate", "date_published"),
    "updated": ("updated", "update", "lastmod", "modified", "date_modified"),
    "categories": ("categories", "category", "section", "type"),
    "tags": ("tags", "tag"),
    "authors": ("author", "authors"),
    "pictures": (
        "headimg", "thumbnail", "cover", "image", "thumb", "hero", "banner_img", "index_img", "preview_image",
        "og_image", "feature_image", "featured_image", "featureimage", "featuredimage", "featured", "images", "header",
        "resources",
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
Keys: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Somebody's own keys: role, or `ignored`, to keys, which go before those of `ROLES` and have no other role."""
KINDS = frozenset({"text", "post", "posts", "page", "pages", "article", "articles", "blog"})
"""What `type` says of an article to a generator; it is no category."""
NO_VALUE = frozenset({"", "null", "none", "~", "undefined", "nan"})
"""Scalars that mean nothing: whole archives write every key, mostly empty."""
BOOLEANS = frozenset({"true", "false"})
"""`cover: false` names no picture; only a title may be such a word."""
_LONGEST = max(map(len, NO_VALUE | BOOLEANS | KINDS))
"""Characters of the longest text that says nothing; folding case never makes a text shorter."""
_DRAFT_STATES = {
    "draft": frozenset({"true", "yes", "1", "on"}),
    "published": frozenset({"false", "no", "0", "off"}),
    "status": frozenset({"draft", "hidden", "private", "pending"}),
}
_NAMES = ("name", "slug", "id")
"""Keys of a mapping under which its name stands, the best first."""
_DRAFT = "draft"
"""Role of the keys of `_DRAFT_STATES`."""


class _Layout(NamedTuple):
    """What the keys of a front matter, in their order, are to it; keys are named by their places."""

    roles: tuple[tuple[str, frozenset[str], tuple[int, ...]], ...]
    """By role, the strongest first: the role, texts that say nothing there, and keys that are one but for their case,
    of which the last counts; it stands first."""
    drafts: tuple[int, ...]
    tables: tuple[int, ...]


def keys_of(role: str, own: Keys = ()) -> tuple[str, ...]:
    """List the keys of a role, the strongest first, folded: somebody's own, then ours that have no role there."""
    theirs = {key.casefold(): stated for stated, keys in own for key in keys}
    before = tuple(key for key, stated in theirs.items() if stated == role)
    return before + tuple(key for key in ROLES.get(role, ()) if key not in theirs)


def find_roles(front_matter: Mapping[str, Value], own: Keys = ()) -> Stated:
    """Sort the keys of a front matter by their roles; what has none, or says nothing, is left out.

    A key at the top counts before the same one in a table. Only at the top does a key tell of drafts.
    """
    pairs = [*front_matter.items()]
    layout = _layout(tuple(front_matter), own)
    stated = {_DRAFT: [pairs[place] for place in layout.drafts]} if layout.drafts else {}
    if layout.tables:
        tables = [table for place in layout.tables if isinstance(table := pairs[place][1], Mapping)]
        pairs = [pair for table in tables for pair in table.items()] + pairs
        layout = _layout(tuple(key for key, _ in pairs), own)
    for role, nothing, places in layout.roles:
        for place in places:
            pair = pairs[place]
            value = pair[1]
            if isinstance(value, str):
                said = value.strip()
                if len(said) <= _LONGEST and said.casefold() in nothing:
                    continue
            elif not value:
                continue
            if role in stated:
                stated[role].append(pair)
            else:
                stated[role] = [pair]
            break
    return stated


@lru_cache(maxsize=1024)
def _layout(keys: tuple[str, ...], own: Keys) -> _Layout:
    """Look keys up, which thousands of articles have in common."""
    folded = [key.casefold() for key in keys]
    places: dict[str, list[int]] = {}
    for place, key in enumerate(folded):
        places.setdefault(key, []).insert(0, place)
    own_drafts = keys_of(_DRAFT, own)
    other = {key.casefold() for role, names in own for key in names if role != _DRAFT}
    return _Layout(
        roles=tuple(
            (role, _nothing(role, key), tuple(places[key]))
            for role in ROLES
            for key in keys_of(role, own)
            if key in places
        ),
        drafts=tuple(
            place
            for place, key in enumerate(folded)
            if key in own_drafts or (key in _DRAFT_STATES and (key not in other or key == "published"))
        ),
        tables=tuple(place for place, key in enumerate(folded) if key in TABLES),
    )


def _nothing(role: str, key: str) -> frozenset[str]:
    """Answer which texts of a key say nothing."""
    if role == "title":
        return NO_VALUE
    return NO_VALUE | BOOLEANS | KINDS if key == "type" and role == "categories" else NO_VALUE | BOOLEANS


def names_of(value: Value) -> tuple[str, ...]:
    """Return the names that a value holds, in order; a mapping that has none is about something else."""
    if isinstance(value, tuple):
        return tuple(name for inner in value for name in names_of(inner))
    if isinstance(value, Mapping):
        return next((scalars(value[key]) for key in _NAMES if key in value), ())
    return scalars(value)


def text_of(value: Value) -> str:
    """Return the scalars that a value holds as one text, "" for none."""
    if isinstance(value, str):
        said = value.strip()
        return "" if len(said) <= _LONGEST and said.casefold() in NO_VALUE else said
    return " ".join(scalars(value))


def scalars(value: Value) -> tuple[str, ...]:
    """Return the scalars that a value holds, in order: of a mapping its `name` or address, else its first value."""
    if isinstance(value, str):
        return (said,) if (said := text_of(value)) else ()
    if isinstance(value, tuple):
        return tuple(scalar for inner in value for scalar in scalars(inner))
    for key in ("name", "src", "url", "image", "path", *value):
        if key in value:
            return scalars(value[key])
    return ()


def is_draft(path: str, stated: Stated) -> bool:
    """Tell whether the front matter, or a `_drafts` folder, says that the article is not to be published."""
    if "_drafts/" in path and "_drafts" in path.split("/")[:-1]:
        return True
    return _DRAFT in stated and any(
        isinstance(value, str) and value.strip().casefold() in _DRAFT_STATES.get(key.casefold(), _DRAFT_STATES[_DRAFT])
        for key, value in stated[_DRAFT]
    )
