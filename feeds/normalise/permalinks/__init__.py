"""The address of an article's own page: stated in its front matter, or made as the generator of its site makes it."""

from __future__ import annotations

from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.tokens import make_permalink, stated_permalink

__all__ = ["AddressRules", "Page", "make_permalink", "stated_permalink"]
