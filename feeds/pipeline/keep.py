"""What a build leaves for the next one: rows of the state, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from feeds.model import Announced, CategoryPath, ShownEntry
from feeds.pipeline.entries import Entries
from feeds.pipeline.files import Job
from feeds.pipeline.pictures import Pictures
from feeds.pipeline.plan import Plan, shown_feeds
from feeds.pipeline.prepare import Prepared
from feeds.publish import Manifest, look_at
from feeds.state import KeptOutput, KeptPicture, KeptReading, State

_Row = dict[Any, object | None]
Rows = dict[str, _Row]
"""By table and key; None for what is kept no longer."""


def asked_pictures(entries: Entries, pictures: Pictures) -> dict[str, KeptPicture]:
    """Answer what is known of every picture of the archive that an entry shows, or would."""
    missing = KeptPicture(stamp=None, file=None)
    paths = {path for one in entries.kept.values() for path, _ in one.pictures}
    return {path: pictures.asked.get(path, missing) for path in sorted(paths)}


def rows_of_archive(prepared: Prepared, state: State, asked: Mapping[str, KeptPicture], entries: Entries) -> Rows:
    """Keep what was read and made of the archive."""
    gone = prepared.readings.before.keys() - prepared.readings.now.keys() - prepared.readings.unreachable
    readings: _Row = dict.fromkeys(gone)
    readings |= {
        path: KeptReading(stamp=None, reading=prepared.readings.before[path])
        for path in prepared.readings.unreachable & prepared.readings.before.keys()
    }
    readings |= {
        path: KeptReading(stamp=prepared.stamps.get(path), reading=reading)
        for path, reading in prepared.readings.fresh.items()
    }
    return {
        "readings": readings,
        "bodies": {**dict.fromkeys(gone), **prepared.bodies.fresh},
        "entries": {**dict.fromkeys(prepared.readings.before.keys() - entries.kept.keys()), **entries.fresh},
        "pictures": {**dict.fromkeys(state.pictures()), **asked},
    }


def rows_of_feeds(plan: Plan, *, is_anew: bool) -> Rows:
    """Keep what each feed shows from now on, and which entries have stood in which feeds.

    Args:
        plan: As it was carried out.
        is_anew: The state knows nothing yet: what is known from elsewhere is kept, too.
    """
    feeds = shown_feeds(plan)
    windows: _Row = {
        feed.category: tuple(
            ShownEntry(
                id=entry.id,
                title=entry.title,
                published=entry.published,
                digest=plan.entries.digests[entry.id],
            )
            for entry in feed.entries
        )
        for feed in feeds
    }
    held = {category: window for category, window in plan.prepared.windows.items() if category in plan.held}
    before = plan.prepared.announced
    stands: dict[str, set[CategoryPath]] = {}
    for feed in feeds:
        for entry in feed.entries:
            stands.setdefault(entry.id, set()).add(feed.category)
    announced: _Row = {**before} if is_anew else {}
    for path, entry in plan.entries.by_path.items():
        if entry.id in stands:
            known = before[entry.id].feeds if entry.id in before else frozenset()
            now = Announced(
                id=entry.id,
                published=entry.published,
                paths=(path, *plan.prepared.chosen.copies.get(path, ())),
                feeds=known | stands[entry.id],
            )
            if now != before.get(entry.id):
                announced[entry.id] = now
    return {"windows": {**dict.fromkeys(plan.prepared.windows), **windows, **held}, "announced": announced}


def rows_of_output(output: Path, jobs: Iterable[Job], manifest: Manifest, state: State) -> Rows:
    """Keep how the files of the output were left."""
    made = {job.path: job.key for job in jobs}
    stamps = look_at(output, made)
    before = state.outputs()
    rows: _Row = dict.fromkeys(before.keys() - made.keys())
    for path, stamp in stamps.items():
        now = KeptOutput(key=made[path], digest=manifest.files[path], stamp=stamp)
        if now != before.get(path):
            rows[path] = now
    return {"outputs": rows}
