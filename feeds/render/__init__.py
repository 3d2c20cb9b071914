"""Feed -> bytes: one module per format, one row per format in a table; pure, no clock.

Everything that depends on the formats (files, buttons, autodiscovery, server types) derives from its row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from msgspec import Struct

from feeds.model import Feed
from feeds.render import atom, jsonfeed, rss


class Format(Struct, frozen=True, kw_only=True):
    """One way of writing a feed."""

    name: str
    """What the configuration calls it."""
    file: str
    """Its file in each feed's folder, unless the configuration says otherwise."""
    media_type: str
    """What a server must say it is."""
    title: str
    """What people call it."""
    render: Callable[[Feed, str], bytes]
    """Writes a feed, given the absolute address at which the bytes will be served."""
    is_first_choice: bool = False
    """Pages offer it before all others, where it is enabled."""
    piece: Callable[..., Any] | None = None
    """What `render` writes an entry with, by its argument of this name; pure. None where it has no such argument."""
    measure: Callable[[Any], int] = len
    """Counts the bytes that a piece takes in the file."""

    def for_many(self) -> Callable[[Feed, str], bytes]:
        """Answer what writes feeds as `render` does, and an entry that stands in several of them once."""
        if self.piece is None:
            return self.render
        render: Callable[..., bytes] = self.render
        return partial(render, piece=lru_cache(maxsize=_PIECES)(self.piece))


_PIECES = 2048
"""Entries kept written; feeds come with those above and below them, which show much the same."""

FORMATS: tuple[Format, ...] = (
    Format(
        name="rss",
        file="rss.xml",
        media_type=rss.MEDIA_TYPE,
        title="RSS 2.0",
        render=rss.render_rss,
        piece=rss.render_item,
    ),
    Format(
        name="atom",
        file="atom.xml",
        media_type=atom.MEDIA_TYPE,
        title="Atom 1.0",
        render=atom.render_atom,
        is_first_choice=True,
        piece=atom.render_entry,
    ),
    Format(
        name="json",
        file="feed.json",
        media_type=jsonfeed.MEDIA_TYPE,
        title="JSON Feed 1.1",
        render=jsonfeed.render_json,
        piece=jsonfeed.render_item,
        measure=jsonfeed.measure_item,
    ),
)
"""All formats; the first that is enabled is the one that the subscription list names."""


def by_preference(formats: Sequence[Format]) -> list[Format]:
    """Put the format that pages offer first before the others, which stay in their order."""
    return sorted(formats, key=lambda format_: not format_.is_first_choice)
