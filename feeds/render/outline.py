"""The tree that categories form, for the outputs that show it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from feeds.kinds import FOLDERS, is_category, kind_of
from feeds.languages import own_name
from feeds.model import CategoryPath, Feed


class Node(Struct, frozen=True, kw_only=True):
    """One category, with or without a feed of its own, and what stands below it."""

    name: str
    """The last level's name; "" for the whole archive."""
    feed: Feed | None
    """None where articles stand only further below, and the category was given no feed."""
    children: tuple[Node, ...]
    """In the order of the feeds; empty for a leaf."""


def name_of(feed: Feed) -> str:
    """Answer what a feed is called where its place tells the rest."""
    if feed.name or not feed.category:
        return feed.name or feed.title
    name = feed.category[-1]
    return (own_name(name) if kind_of(feed.category) == "language" else None) or name


def code_of(feed: Feed) -> str | None:
    """Answer the tag of a language whose feed is called otherwise; None for all other feeds."""
    is_language = kind_of(feed.category) == "language"
    return feed.category[-1] if is_language and name_of(feed) != feed.category[-1] else None


def grow(feeds: Sequence[Feed]) -> Node:
    """Put feeds into the tree of their categories, and answer its root, the whole archive.

    Args:
        feeds: In tree order; levels between them may lack a feed. Those of other kinds are passed over.
    """
    by_category = {feed.category: feed for feed in feeds if is_category(feed.category)}
    below: dict[CategoryPath, dict[CategoryPath, None]] = {}
    for category in by_category:
        for depth in range(len(category)):
            below.setdefault(category[:depth], {})[category[: depth + 1]] = None

    def node(category: CategoryPath) -> Node:
        children = tuple(node(child) for child in below.get(category, ()))
        feed = by_category.get(category)
        name = (name_of(feed) if feed else category[-1]) if category else ""
        return Node(name=name, feed=feed, children=children)

    return node(())


def grow_kinds(feeds: Sequence[Feed], names: Mapping[str, str]) -> tuple[Node, ...]:
    """Put feeds of other kinds than categories beside the tree: combined ones, then a node for each other kind.

    Args:
        feeds: In their order; those of categories are passed over.
        names: What each kind is called.
    """
    by_kind: dict[str, list[Node]] = {kind: [] for kind in FOLDERS}
    for feed in feeds:
        kind = kind_of(feed.category)
        if kind is not None:
            by_kind[kind].append(Node(name=name_of(feed), feed=feed, children=()))
    combined = by_kind.pop("feed")
    return (
        *combined,
        *(Node(name=names[kind], feed=None, children=tuple(nodes)) for kind, nodes in by_kind.items() if nodes),
    )
