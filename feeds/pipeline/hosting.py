"""The output as a site: what its files are, from the table of formats and the names that the configuration gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from feeds import gallery
from feeds.addresses import last_of
from feeds.config import Config
from feeds.hosting import Site, shown_as
from feeds.hosting.caddy import format_caddy
from feeds.hosting.nginx import format_nginx
from feeds.render import FORMATS, opml

if TYPE_CHECKING:
    from feeds.hosting.answer import Application

RULES: Mapping[str, Callable[[Site], str]] = {"nginx": format_nginx, "caddy": format_caddy}
"""By server, what writes its rules."""


def find_site(config: Config, *, has_feed_types: bool = False) -> Site:
    """Tell how the output of a configuration is to be served.

    Args:
        config: All settings.
        has_feed_types: Feeds have the types of their own, which readers take as well and browsers do not show.
    """
    index = config.paths["index"]
    rows = (row for row in FORMATS if row.name in config.formats)
    return Site(
        root=str(config.output.resolve()),
        base_url=config.base_url,
        types={
            **{last_of(config.paths[row.name]): shown_as(row.media_type, is_specific=has_feed_types) for row in rows},
            config.paths["opml"]: opml.MEDIA_TYPE,
            index: "text/html",
            config.paths["style"]: "text/css",
        },
        indexes=tuple(dict.fromkeys(("index.html", index))),
        pictures=gallery.FOLDER,
        picture_types={suffix: media_type for media_type, suffix in gallery.SUFFIXES.items()},
    )


def open_site(site: Site, prefix: str, clock: Callable[[], float]) -> Application:
    """Make what answers requests for a site below a path of this machine; the clock gives seconds of the epoch."""
    from feeds.hosting.answer import Application  # the rules of other servers need none of it

    return Application(site, prefix, clock)
