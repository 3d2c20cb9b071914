"""The values that pass between the stages; no logic, no input or output.

Each is frozen, so that a stage can only answer with new values. `None` is absent, `""` is present and
empty. All instants are aware and in UTC; all archive paths are relative and `/`-separated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.deferred import names_of

if TYPE_CHECKING:
    from feeds.model.archive import Article, Card, CategoryPath, Listed, PictureFile, Reading, Value
    from feeds.model.body import Block, BlockKind, Body, Fix, FixRule, PictureCandidate, Profile
    from feeds.model.feed import ArticlePage, Entry, Feed, FeedPlan, OutputFile, Picture
    from feeds.model.file import ArticleFile
    from feeds.model.memory import Memory, Move, Remembered, RememberedFeed
    from feeds.model.past import Announced, PublishedEntry, ShownEntry
    from feeds.model.selection import Selection
    from feeds.model.table import FeedRule, FeedTable

__all__ = [
    "Announced",
    "Article",
    "ArticleFile",
    "ArticlePage",
    "Block",
    "BlockKind",
    "Body",
    "Card",
    "CategoryPath",
    "Entry",
    "Feed",
    "FeedPlan",
    "FeedRule",
    "FeedTable",
    "Fix",
    "FixRule",
    "Listed",
    "Memory",
    "Move",
    "OutputFile",
    "Picture",
    "PictureCandidate",
    "PictureFile",
    "Profile",
    "PublishedEntry",
    "Reading",
    "Remembered",
    "RememberedFeed",
    "Selection",
    "ShownEntry",
    "Value",
]

__getattr__ = names_of(
    __name__,
    {
        "archive": ("Article", "Card", "CategoryPath", "Listed", "PictureFile", "Reading", "Value"),
        "body": ("Block", "BlockKind", "Body", "Fix", "FixRule", "PictureCandidate", "Profile"),
        "feed": ("ArticlePage", "Entry", "Feed", "FeedPlan", "OutputFile", "Picture"),
        "file": ("ArticleFile",),
        "memory": ("Memory", "Move", "Remembered", "RememberedFeed"),
        "past": ("Announced", "PublishedEntry", "ShownEntry"),
        "selection": ("Selection",),
        "table": ("FeedRule", "FeedTable"),
    },
)
