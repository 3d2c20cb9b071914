"""Feeds that are held back: they announce nothing, and of what they showed, what was withdrawn goes nevertheless."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from feeds.model import CategoryPath, Feed
from feeds.pipeline.job import page_path_of
from feeds.pipeline.listing import Listing
from feeds.pipeline.prepare import Prepared
from feeds.publish import Manifest
from feeds.state import Register, Standing

_WITHDRAWN = (Standing.DRAFT, Standing.UNDATED, Standing.UNSELECTED)
_NEVER = (1 << 63) - 1


class Holding(Struct, frozen=True, kw_only=True):
    """What is held back, and how it is published."""

    held: frozenset[CategoryPath]
    still: frozenset[CategoryPath]
    """Those of the feeds held back whose files stay as they are: nothing that they show was withdrawn."""
    listing: Listing
    """The other ones with the entries alone that they showed before and may show today."""
    withdrawn: frozenset[str]
    """Output-relative paths of pages whose articles may not be published, though files of them are there."""


def hold_back(
    held: frozenset[CategoryPath],
    listing: Listing,
    prepared: Prepared,
    manifest: Manifest,
    register: Register,
    *,
    until: int,
) -> Holding:
    """Decide what becomes of feeds that would announce too much that is old.

    Args:
        held: Their keys.
        listing: All feeds as they were planned.
        prepared: The archive of today.
        manifest: Of the output.
        register: Every article.
        until: What was published later is not due yet; microseconds since the epoch.
    """
    if not held:
        return Holding(held=held, still=held, listing=listing, withdrawn=frozenset())
    windows = prepared.past.windows
    gone = _withdrawn(register, until)
    shown = {category: {entry.id for entry in windows.get(category) or ()} for category in held}
    thinned = {category: ids for category, ids in shown.items() if not ids.isdisjoint(gone)}
    before = {feed.category: feed for feed in manifest.feeds}

    def thin(feed: Feed) -> Feed:
        if feed.category not in thinned:
            return feed
        return _only(feed, thinned[feed.category], before[feed.category].updated or feed.updated)

    return Holding(
        held=held,
        still=held - thinned.keys(),
        listing=replace(listing, feeds=tuple(map(thin, listing.feeds)), aliases=tuple(map(thin, listing.aliases))),
        withdrawn=frozenset(map(page_path_of, gone)),
    )


def _only(feed: Feed, ids: Collection[str], updated: datetime) -> Feed:
    whole = len(feed.entries) - feed.shrunk
    stay = [number for number, entry in enumerate(feed.entries) if entry.id in ids]
    entries = tuple(feed.entries[number] for number in stay)
    return replace(
        feed,
        entries=entries,
        shrunk=sum(number >= whole for number in stay),
        updated=max((entry.updated for entry in entries), default=updated),
    )


def _withdrawn(register: Register, until: int) -> frozenset[str]:
    """Answer the ids of articles that may not be published, unless another file has them, too."""
    paths = [path for standing in _WITHDRAWN for path in register.standing(standing)]
    paths += register.between(Standing.ADMITTED, until + 1, _NEVER)
    ids = {one.id for one in register.some(paths)}
    others = register.some(set(register.claiming(ids)).difference(paths))
    return frozenset(ids.difference(one.id for one in others))
