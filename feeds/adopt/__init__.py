"""What readers already know: the entries of the feeds that ours replace, and the cards that they are.

A feed is fetched or read, parsed whatever its format, and matched with the archive, so that its ids and dates
can be kept. Decides nothing about what is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.adopt.match import Matches, match_entries

if TYPE_CHECKING:
    from feeds.adopt.fetch import fetch_feed
    from feeds.adopt.parse import parse_feed

__all__ = ["Matches", "fetch_feed", "match_entries", "parse_feed"]


def __getattr__(name: str) -> object:
    """Import what fetches or parses when it is first asked for (PEP 562): every build matches, few do more."""
    if name == "fetch_feed":
        from feeds.adopt.fetch import fetch_feed

        return fetch_feed
    if name == "parse_feed":
        from feeds.adopt.parse import parse_feed

        return parse_feed
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
