"""Feeds as they are published: what single ones have of their own, and no more bytes than they may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from feeds.addresses import encode_path
from feeds.budget import Size, fit
from feeds.config import Config
from feeds.model import Entry, Feed
from feeds.pipeline.overrides import Overrides
from feeds.render import Format

_HEAD = 20_000
"""Bytes of all that a file says of the feed itself; a feed that says more is measured."""
_PIECES = 4096
"""Entries of each format that are kept while others are measured."""


def shortened(entry: Entry) -> Entry:
    """Answer an entry that shows its summary alone."""
    from feeds.finish.teaser import summary_content  # few builds shorten any

    return replace(entry, content_html=summary_content(entry.summary, entry.picture, entry.title))


def written_rows(config: Config, formats: Iterable[Format]) -> tuple[Format, ...]:
    """Answer the wanted rows of a table of formats, under the names that the configuration gives them."""
    wanted = (row for row in formats if row.name in config.formats)
    return tuple(replace(row, file=config.paths.get(row.name, row.file)) for row in wanted)


class Shaper:
    """Shapes the feeds of one build."""

    def __init__(self, overrides: Overrides, formats: Sequence[Format], weights: Mapping[str, int]) -> None:
        """Take what feeds have of their own, the formats that are written, and what entries weigh at most, by id."""
        self._overrides = overrides
        self._formats = formats
        self._weights = weights
        self._heaviest = max(weights.values(), default=0)
        self._measures: dict[str, _Measure] = {}

    def shape(self, feed: Feed) -> Feed:
        """Answer a feed as it is published."""
        own = self._overrides.of(feed.category)
        if own.description is not None:
            feed = replace(feed, description=own.description, about=own.description)
        if self._overrides.shows_whole and self._overrides.content(feed.category) == "summary":
            feed = replace(feed, entries=tuple(map(shortened, feed.entries)), is_short=True)
        most = self._overrides.max_bytes(feed.category)
        return feed if not most or self._is_light(feed, most) else self._cut(feed, most)

    def _is_light(self, feed: Feed, most: int) -> bool:
        """Tell cheaply that a feed has no more bytes than it may have; else it has to be measured."""
        room = most - _HEAD - 9 * (len(feed.description) + len(feed.author) * len(feed.entries))
        if self._heaviest * len(feed.entries) <= room:
            return True
        return sum(self._weights[entry.id] for entry in feed.entries) <= room

    def _cut(self, feed: Feed, most: int) -> Feed:
        short = replace(feed, entries=tuple(map(shortened, feed.entries)))
        whole, stay = len(feed.entries), len(feed.entries)
        for row in self._formats:
            measure = self._measures.setdefault(row.name, _Measure(row))
            total, wholes = measure.of(feed)
            if total <= most:
                continue
            _, shorts = measure.of(short)
            head = total - sum(wholes)
            sizes = [Size(whole=one, short=other) for one, other in zip(wholes, shorts, strict=True)]
            fits = fit(sizes, most - head)
            whole, stay = min(whole, fits[0]), min(stay, fits[1])
        if stay == whole == len(feed.entries):
            return feed
        entries = (*feed.entries[:whole], *short.entries[whole:stay])
        return replace(feed, entries=entries, shrunk=stay - whole, updated=max(entry.updated for entry in entries))


class _Measure:
    """Measures what one format makes of feeds; an entry that stands in several of them once."""

    def __init__(self, row: Format) -> None:
        self._row = row
        self._piece = None if row.piece is None else lru_cache(maxsize=_PIECES)(row.piece)

    def of(self, feed: Feed) -> tuple[int, list[int]]:
        """Answer the bytes of a feed's file, and those of each entry in it."""
        address = feed.folder_url + encode_path(self._row.file)
        if self._piece is None:
            head = len(self._row.render(replace(feed, entries=()), address))
            sizes = [len(self._row.render(replace(feed, entries=(entry,)), address)) - head for entry in feed.entries]
            return head + sum(sizes), sizes
        sizes = []

        def piece(*arguments: Any) -> Any:
            assert self._piece is not None
            written = self._piece(*arguments)
            sizes.append(self._row.measure(written))
            return written

        render: Any = self._row.render
        return len(render(feed, address, piece=piece)), sizes
