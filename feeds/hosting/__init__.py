"""The output on the web: what a server must say each file is, and who says it: ours, nginx or Caddy.

A `Site` tells all of them the same. `answer` serves it from here, `nginx` and `caddy` write their configuration.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from feeds.errors import ConfigError
from feeds.text import printable

FRESH = 900
"""Seconds for which a reader may go without asking again: feeds are built that often (`feeds schedule`)."""
FOREVER = 365 * 24 * 3600
"""Seconds for which a picture holds: its name is its content."""
WORTH_COMPRESSING = 500
"""Bytes from which compression pays."""
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Content-Security-Policy of pictures: an SVG file that is opened by itself must not run what it holds."""

_XML = "application/xml"
"""Under this type browsers apply a feed's style sheet; under the feeds' own they show its source, or save it."""
_EXPECTED = {"text/html": ".html", "text/css": ".css"}
"""Types that any server gives to files by their suffix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An output, and how it is to be served."""

    root: str
    """The output's folder, absolute."""
    base_url: str
    """Where it is, or will be, served: absolute, encoded, `/` at its end."""
    types: Mapping[str, str]
    """Media types by file name, of the files that stand in every feed's folder; without charset."""
    indexes: tuple[str, ...]
    """Names of the file that a folder shows, in order of preference."""
    pictures: str
    """The folder of pictures, below the root."""
    picture_types: Mapping[str, str]
    """Media types by suffix with its dot, of what stands there."""

    @property
    def path(self) -> str:
        """Where on its host the root is served, encoded: it begins and ends with `/`."""
        return urlsplit(self.base_url).path

    @property
    def prefix(self) -> str:
        """The same path, decoded."""
        return unquote(self.path)

    @property
    def host(self) -> str:
        """The host's name or address, an IPv6 address without its brackets."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def port(self) -> int:
        """The port that the address names, or that its scheme means."""
        parts = urlsplit(self.base_url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def is_local(self) -> bool:
        """Tell whether the address is one of this machine only."""
        return is_loopback(self.host)

    def content_type(self, name: str) -> str:
        """Tell what a server must say that a file is, by its name.

        Example: `rss.xml` is `application/xml; charset=utf-8`.
        """
        suffix = name[name.rfind(".") :].lower() if "." in name else ""
        known = self.types.get(name) or self.picture_types.get(suffix) or mimetypes.guess_type(name)[0]
        media_type = known or "application/octet-stream"
        return f"{media_type}; charset=utf-8" if has_charset(media_type) else media_type


def patterns_by_type(site: Site) -> dict[str, str]:
    """Write, by media type, the regular expression of the paths that have it and do not end as any server expects."""
    names: dict[str, list[str]] = {}
    for name, media_type in site.types.items():
        if not name.endswith(_EXPECTED.get(media_type, "/")):
            names.setdefault(media_type, []).append(re.escape(name))
    return {
        media_type: f"/{same[0]}$" if len(same) == 1 else f"/(?:{'|'.join(same)})$"
        for media_type, same in names.items()
    }


def check_told(site: Site, server: str, breaking: str, named: str) -> None:
    """See to it that the rules of a server can hold the output's path, that of its address, and the index's name.

    Args:
        site: All of these.
        server: Its name.
        breaking: Characters that mean something else to it wherever they stand, as a class of a regular expression
            has them; what is not printable no rules can hold.
        named: How a person calls the former.

    Raises:
        ConfigError: They cannot.
    """
    cures = {
        site.root: "Name another output.",
        site.prefix: "Take another path in base_url.",
        **dict.fromkeys(site.indexes, "Give index another name in [paths]."),
    }
    for word, cure in cures.items():
        if word != printable(word) or re.search(f"[{breaking}]", word):
            raise ConfigError(
                f"{server} cannot be told of a path that holds {named} or a control character", path=word, hint=cure
            )


def shown_as(media_type: str, *, is_specific: bool) -> str:
    """Tell the type under which a feed is served: of XML the one that browsers style, unless its own is wanted."""
    return _XML if media_type.endswith("+xml") and not is_specific else media_type


def has_charset(media_type: str) -> bool:
    """Tell whether `charset` is to be stated of a type: of text and XML that we write (RFC 7303).

    JSON has no such parameter (RFC 8259), and a picture, which may be an SVG file from anywhere, says it itself.
    """
    is_xml = media_type == _XML or (media_type.startswith("application/") and media_type.endswith("+xml"))
    return is_xml or media_type.startswith("text/") or media_type == "application/javascript"


def is_compressible(media_type: str) -> bool:
    """Tell whether files of a type become smaller by compression."""
    return has_charset(media_type) or media_type.endswith(("/json", "+json", "+xml"))


def is_loopback(host: str) -> bool:
    """Tell whether a host's name or address means this machine to itself only."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
