"""Feeds that ours replaces: read, matched with the archive, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds import __version__
from feeds.adopt import fetch_feed, parse_feed
from feeds.config import Config, Places
from feeds.errors import FeedsError
from feeds.memory import format_memory, read_memory, write_memory
from feeds.model import Card, PublishedEntry
from feeds.pipeline.batches import Batches
from feeds.pipeline.knowledge import Knowledge, with_knowledge
from feeds.pipeline.prepare import card_rules
from feeds.pipeline.readings import read_archive
from feeds.pipeline.recollect import Recollection
from feeds.pipeline.report import Progress, here
from feeds.pipeline.scanning import Snapshot, scan_folder
from feeds.pipeline.traces import take_over
from feeds.state.lock import hold_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What was taken from feeds that ours replaces."""

    matched: tuple[tuple[PublishedEntry, Card], ...]
    """Entries, and the articles that they are, with the ids that these had before."""
    unmatched: tuple[PublishedEntry, ...]
    """Entries of which the archive knows nothing."""
    memory: bytes
    """What the memory's file holds from now on."""


def read_previous(place: str) -> tuple[PublishedEntry, ...] | None:
    """Read a feed from a file or an address; None when nothing is published there.

    Raises:
        FeedsError: It cannot be read, or is no feed.
    """
    data = fetch_feed(place)
    if data is None:
        return None
    try:
        return parse_feed(data)
    except ValueError as error:
        raise FeedsError(f"no feed: {error}", path=place, hint="Name an RSS, Atom or JSON feed.") from error


def adopt_feeds(
    config: Config,
    feeds: Sequence[Sequence[PublishedEntry]],
    *,
    now: datetime,
    places: Places,
    program: str = __version__,
    is_dry: bool = False,
    progress: Progress = lambda stage, done, total: None,
) -> Adoption:
    """Remember the ids and dates that other feeds gave to articles of the archive.

    Args:
        config: As for the build.
        feeds: The entries of each; of two that give one article an id the first counts.
        now: The time, aware.
        places: Where the memory is.
        program: As for the build.
        is_dry: Write nothing.
        progress: Told how far each stage is.

    Raises:
        LockedError: A build is running.
        FeedsError: The archive cannot be read, or the memory cannot be written.
    """
    if is_dry:
        return _adopt(config, feeds, places, program, progress)
    with hold_lock(places.lock, now):
        take_over(places)
        adoption = _adopt(config, feeds, places, program, progress)
        if adoption.memory != read_memory(places.memory):
            write_memory(places.memory, adoption.memory)
    return adoption


def _adopt(
    config: Config, feeds: Sequence[Sequence[PublishedEntry]], places: Places, program: str, progress: Progress
) -> Adoption:
    def adopt(knowledge: Knowledge) -> Adoption:
        readings = read_archive(
            config,
            Snapshot(scan_folder(config), None),
            card_rules(config),
            knowledge.state,
            program=program,
            batches=Batches(here, progress),
        )
        recollection = Recollection(config, knowledge.state, readings)
        memory = knowledge.memory
        matched: list[tuple[PublishedEntry, Card]] = []
        unmatched: list[PublishedEntry] = []
        for entries in feeds:
            memory, matches = recollection.adopt(memory, entries)
            matched += matches.pairs
            unmatched += matches.unmatched
        return Adoption(matched=tuple(matched), unmatched=tuple(unmatched), memory=format_memory(memory))

    return with_knowledge(config, places, adopt)
