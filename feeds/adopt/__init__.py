"""What readers already know: the entries of the feeds that ours replace, and the cards that they are.

A feed is fetched or read, parsed whatever its format, and matched with the archive, so that its ids and dates
can be kept. Decides nothing about what is published.
"""

from __future__ import annotations

from feeds.adopt.fetch import fetch_feed
from feeds.adopt.match import Matches, match_entries
from feeds.adopt.parse import parse_feed

__all__ = ["Matches", "fetch_feed", "match_entries", "parse_feed"]
