"""Feed -> bytes: one module per format, one row per format in a table; pure, no clock.

Everything that depends on the formats (files, buttons, autodiscovery, server types) derives from its row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feeds.model import Feed
from feeds.render import atom, jsonfeed, rss


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
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


FORMATS: tuple[Format, ...] = (
    Format(name="rss", file="rss.xml", media_type=rss.MEDIA_TYPE, title="RSS 2.0", render=rss.render_rss),
    Format(name="atom", file="atom.xml", media_type=atom.MEDIA_TYPE, title="Atom 1.0", render=atom.render_atom),
    Format(
        name="json",
        file="feed.json",
        media_type=jsonfeed.MEDIA_TYPE,
        title="JSON Feed 1.1",
        render=jsonfeed.render_json,
    ),
)
"""All formats; the first that is enabled is the one that the subscription list names."""
