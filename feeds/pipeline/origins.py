"""What the ids of an output begin with, and where ids are remembered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from feeds.adopt import parse_feed
from feeds.config import Config, Places
from feeds.errors import WriteError
from feeds.memory import parse_memory, read_memory
from feeds.publish import read_manifest

_OURS = re.compile(r"tag:([^,:]+),(\d{4}):[0-9a-f]{24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """What stands before the specific part of tag URIs (RFC 4151)."""

    authority: str
    year: int
    count: int
    """Ids that begin so."""


def own_prefix(config: Config) -> Prefix | None:
    """Read what most ids of the output's whole feed begin with; None when nothing of ours is there."""
    for place in whole_feeds(config.output, config.paths):
        with suppress(OSError, ValueError):
            entries = parse_feed(place.read_bytes())
            found = Counter(match.groups() for entry in entries if (match := _OURS.fullmatch(entry.id)))
            if found:
                (authority, year), count = found.most_common(1)[0]
                return Prefix(authority=authority, year=int(year), count=count)
    return None


def whole_feeds(output: Path, paths: Mapping[str, str]) -> tuple[Path, ...]:
    """Answer the files of the output's whole feed that a build wrote, JSON Feed first.

    Args:
        output: A folder, whether anything is there or not.
        paths: The names that the build gave to files, as `[paths]`.
    """
    try:
        files = read_manifest(output).files
    except WriteError:
        return ()
    return tuple(output / paths[name] for name in ("json", "atom", "rss") if paths[name] in files)


def check_forgotten(places: Places) -> None:
    """See to it that no ids are remembered, which would go before new ones.

    Raises:
        WriteError: Some are; only their owner may throw them away.
    """
    data = read_memory(places.memory)
    articles = parse_memory(data, places.memory)[0].articles if data is not None else {}
    count = sum(one.id is not None for one in articles.values())
    if count:
        raise WriteError(
            f"remembers {count:,} {'id' if count == 1 else 'ids'} that subscribers know, so no new ones can be given",
            path=str(places.memory),
            hint=f"If that is meant, take that file and the folder {places.folder} away, and ask again.",
        )
