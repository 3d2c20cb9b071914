"""OPML 2.0: the list of all feeds, to be imported into a reader at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from feeds.model import Feed
from feeds.render.outline import Node, grow, grow_kinds
from feeds.render.text import filled, format_rfc822, legal
from feeds.render.tree import serialise

MEDIA_TYPE = "text/x-opml"
"""What a server must say that the list is."""


def render_opml(
    feeds: Sequence[Feed],
    *,
    title: str,
    address_of: Callable[[Feed], str],
    include_all: bool,
    kind_names: Mapping[str, str] | None = None,
) -> bytes:
    """Render the subscription list: inner categories are folders, leaves are feeds.

    An inner category's own feed is listed, first in its folder, when articles stand in it and in no child:
    then importing the list shows every article once.

    Args:
        feeds: All feeds, in tree order.
        title: Of the list.
        address_of: Gives the one address under which a feed is subscribed to.
        include_all: List every feed, though articles then appear twice; those of other kinds than categories stand in a
            folder each.
        kind_names: What those kinds are called, where there are any.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _name(title)
    if feeds:
        modified = max(feed.updated for feed in feeds)
        etree.SubElement(head, "dateModified").text = format_rfc822(modified)
    body = etree.SubElement(root, "body")
    _list_node(body, grow(feeds), address_of, include_all=include_all)
    if include_all and kind_names:
        for node in grow_kinds(feeds, kind_names):
            _list_below(body, node, address_of, include_all=True)
    return serialise(root)


def _list_node(folder: etree._Element, node: Node, address_of: Callable[[Feed], str], *, include_all: bool) -> None:
    """List a node's own feed, where it is to be listed, and all below it."""
    if node.feed is not None and (include_all or not node.children or node.feed.own_total > 0):
        name = _name(node.feed.title)
        etree.SubElement(
            folder,
            "outline",
            text=name,
            title=name,
            type="rss",
            xmlUrl=legal(address_of(node.feed)),
            htmlUrl=legal(node.feed.home_url),
        )
    for child in node.children:
        _list_below(folder, child, address_of, include_all=include_all)


def _list_below(folder: etree._Element, node: Node, address_of: Callable[[Feed], str], *, include_all: bool) -> None:
    """List a node in a folder of its own, where anything stands below it."""
    if node.children:
        # A folder with a title and no type is no valid outline.
        folder = etree.SubElement(folder, "outline", text=_name(node.name))
    _list_node(folder, node, address_of, include_all=include_all)


def _name(text: str) -> str:
    """Write a name that reads the same as plain text and as HTML: readers differ in what they take it for.

    Example: `R&D` becomes `R＆D`; `this & that` stays.
    """
    return re.sub(r"[&<](?=\S)", lambda sign: "＆" if sign[0] == "&" else "＜", filled(legal(text)))
