"""Kinds of feeds beside those of categories: of tags, authors, languages, and combined by a rule; for any stage, pure.

A feed is known by its key everywhere. That of a category is its path; that of another kind is three texts, of which the
first is "", as no category is called: `("", "tag", "stocks")`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.model import Card, CategoryPath

FOLDERS = {"tag": "tags", "author": "authors", "language": "languages", "feed": ""}
"""Kind to the folder that holds its feeds; combined ones stand at the top."""


def key_of(kind: str, name: str) -> CategoryPath:
    """Return the key of a feed of another kind than categories."""
    return "", kind, name


def as_table(key: CategoryPath) -> dict[str, str | list[str]]:
    """Name a feed to a program, in the words of a table `[[feed]]`: `{"tag": "stocks"}`, `{"category": ["金融"]}`."""
    kind = kind_of(key)
    return {"category": [*key]} if kind is None else {"name" if kind == "feed" else kind: key[-1]}


def kind_of(key: CategoryPath) -> str | None:
    """Tell the kind of a feed, or of the level that holds all of one kind; None for a category."""
    return key[1] if len(key) > 1 and not key[0] else None


def is_category(key: CategoryPath) -> bool:
    """Tell whether a key is that of a category, or of the whole archive."""
    return not key or key[0] != ""


def chains_among(keys: Iterable[CategoryPath]) -> tuple[CategoryPath, ...]:
    """Take the chains of categories out of all the keys by which articles are put on shelves."""
    return tuple(key for key in keys if is_category(key))


def shelf_of(card: Card) -> tuple[CategoryPath, ...]:
    """Return all that tells in which feeds an article is."""
    return (*card.chains, *card.feeds)


def order_of(key: CategoryPath) -> tuple[bool, CategoryPath]:
    """Sort key of lists of feeds: the whole archive, categories, parents before children, then the other kinds."""
    return not is_category(key), key


def shown_name(key: CategoryPath, joint: str = "/") -> str:
    """Name a feed to a person: `金融/国内`, `tag stocks`, `feed markets`; "" for the whole archive."""
    return joint.join(key) if is_category(key) else " ".join(key[1:])
