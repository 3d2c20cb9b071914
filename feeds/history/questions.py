"""What the last build knew, and what deciding may have to ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct

from feeds.errors import Problem
from feeds.history.archive import Files
from feeds.model import Announced, Card


class Past(Struct, frozen=True, kw_only=True):
    """What the last build knew."""

    readings: Files
    """Empty when there was none, or its state is lost."""
    is_known: bool
    """There was one, and its state is not lost."""
    announced: Mapping[str, Announced]
    """Every entry that a feed has held, by id; only asked for single ones."""
    copies: Collection[Announced]
    """Those of them that were more than one file."""
    unreachable: frozenset[str] = frozenset()
    """Paths of files that may still be there, though nobody can read them now: they have not vanished."""
    is_comparable: bool
    """Its readings were made by the same rules as those of now: a difference is one of the files."""


class Questions(Struct, frozen=True, kw_only=True):
    """What deciding may have to ask of files, and what it is told by the configuration."""

    hash_of: Callable[[str], str | None]
    """Answers the hash of a file's body."""
    is_telling: Callable[[str], bool]
    """Tells whether the text of a file is its own: neither short nor formulaic."""
    id_of: Callable[[str], str]
    """Makes the id of a path."""
    settle: Callable[[Iterable[Card], Collection[str]], tuple[tuple[Card, ...], tuple[Problem, ...]]]
    """Gives every card an id of its own, and tells of claims that failed; of those that claim one id, the paths given
    go first."""
    dates_undated: bool
    """An article without a date takes the time when it was first seen."""
