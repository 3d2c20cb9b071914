"""What was published before: entries as subscribers know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feeds.model.archive import CategoryPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An entry that some feed has held."""

    id: str
    published: datetime
    """As subscribers were told it last."""
    paths: tuple[str, ...]
    """Files of its article, archive-relative: the one that gave the id, then its copies; empty when unknown."""
    feeds: frozenset[CategoryPath]
    """Every feed that has held it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry as a feed showed it last."""

    id: str
    title: str
    published: datetime
    digest: str
    """Of all that the entry said; "" when unknown."""
