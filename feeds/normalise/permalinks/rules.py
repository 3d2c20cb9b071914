"""What addresses are made by, and of: the settings of the site's generator, and what an article says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from feeds.model import CategoryPath, Value

Option: TypeAlias = "bool | str | tuple[str | tuple[str, str | bool], ...]"
"""A value of the generator's own settings: of a table, and of a list of lists, its pairs."""


class AddressRules(Struct, frozen=True, kw_only=True):
    """How the generator of the site makes the addresses of articles."""

    generator: str
    """Its name."""
    pattern: str | None = None
    """Its own pattern for all articles; None for its default."""
    patterns: tuple[tuple[str, str], ...] = ()
    """Patterns by section, collection or folder."""
    options: tuple[tuple[str, Option], ...] = ()
    """Those of its settings that change addresses, by its own names."""
    site_url: str | None = None
    """Where the site is."""
    zone: tzinfo = UTC
    """Of its dates."""
    sections: frozenset[str] = frozenset()
    """Folders below the first level that Hugo takes for sections, in small letters."""


class Page(NamedTuple):
    """What an article says that its address may be made of."""

    path: str
    """Of its file, from the generator's folder of content."""
    front_matter: Mapping[str, Value]
    """As written."""
    title: str
    """Plain text."""
    published: datetime | None
    """Aware."""
    chains: tuple[CategoryPath, ...]
    """Of categories."""
