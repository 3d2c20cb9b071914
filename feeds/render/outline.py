"""The tree that categories form, for the outputs that show it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.model import CategoryPath, Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One category, with or without a feed of its own, and what stands below it."""

    name: str
    """The last level's name; "" for the whole archive."""
    feed: Feed | None
    """None where articles stand only further below, and the category was given no feed."""
    children: tuple[Node, ...]
    """In the order of the feeds; empty for a leaf."""


def grow(feeds: Sequence[Feed]) -> Node:
    """Put feeds into the tree of their categories, and answer its root, the whole archive.

    Args:
        feeds: In tree order; levels between them may lack a feed.
    """
    by_category = {feed.category: feed for feed in feeds}
    below: dict[CategoryPath, dict[CategoryPath, None]] = {}
    for category in by_category:
        for depth in range(len(category)):
            below.setdefault(category[:depth], {})[category[: depth + 1]] = None

    def node(category: CategoryPath) -> Node:
        children = tuple(node(child) for child in below.get(category, ()))
        return Node(name=category[-1] if category else "", feed=by_category.get(category), children=children)

    return node(())
