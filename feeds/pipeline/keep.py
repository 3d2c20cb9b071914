"""What a build leaves for the next one: rows of the state, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from feeds.history import Births
from feeds.model import Announced, CategoryPath, ShownEntry
from feeds.pipeline.entries import Entries
from feeds.pipeline.job import Job
from feeds.pipeline.older import Older
from feeds.pipeline.outputs import Outputs
from feeds.pipeline.pictures import Pictures
from feeds.pipeline.plan import Plan, shown_feeds
from feeds.pipeline.prepare import Prepared
from feeds.publish import Manifest
from feeds.state import KeptPicture, State

_Row = dict[Any, object | None]
Rows = dict[str, _Row]
"""By table and key; None for what is kept no longer."""


def asked_pictures(entries: Entries, pictures: Pictures, others: Iterable[str]) -> dict[str, KeptPicture]:
    """Answer what is known of every picture of the archive that an entry or another page shows, or would."""
    paths = {path for one in entries.kept.values() for path, _ in (*one.pictures, *one.served)}.union(others)
    known = (pictures.known(path) for path in sorted(paths))
    return {path: one for found in known for path, one in found.items()}


def kept_marks(prepared: Prepared) -> dict[str, str]:
    """Answer the marks of folders, "" for those of which something has to be looked at again."""
    return {**prepared.snapshot.marks, **dict.fromkeys(prepared.readings.unsettled, "")}


def rows_of_archive(prepared: Prepared, state: State, asked: Mapping[str, KeptPicture], entries: Entries) -> Rows:
    """Keep what was read and made of the archive; the register has taken in the articles already."""
    readings, bodies = prepared.readings, prepared.bodies
    gone = dict.fromkeys(readings.changed - readings.today.present(readings.changed))
    return {
        "folders": {**readings.folders},
        "texts": gone | {path: bodies.known(path) for path in bodies.fresh},
        "bodies": gone | bodies.fresh,
        "profiles": {**prepared.profiles.fresh},
        "entries": {**dict.fromkeys(state.keys("entries") - entries.kept.keys()), **entries.fresh},
        "pictures": {**dict.fromkeys(state.keys("pictures")), **asked},
    }


def rows_of_feeds(plan: Plan) -> Rows:
    """Keep what each feed shows from now on, and which entries have stood in which feeds."""
    feeds = shown_feeds(plan)
    windows: _Row = {
        feed.category: tuple(
            ShownEntry(
                id=entry.id,
                title=entry.title,
                published=entry.published,
                digest=plan.entries.digests_in(feed)[entry.id],
            )
            for entry in feed.entries
        )
        for feed in feeds
    }
    shown = plan.prepared.past.windows
    held = {category: window for category, window in shown.items() if category in plan.held}
    before = plan.prepared.past.announced
    stands: dict[str, set[CategoryPath]] = {}
    for feed in feeds:
        for entry in feed.entries:
            stands.setdefault(entry.id, set()).add(feed.category)
    before.prefetch(stands)
    announced: _Row = {**before.news}
    copies: _Row = {}
    for path, entry in plan.entries.by_path.items():
        if entry.id in stands:
            known = before[entry.id].feeds if entry.id in before else frozenset()
            now = Announced(
                id=entry.id,
                published=entry.published,
                paths=(path, *plan.prepared.chosen.copies.get(path, ())),
                feeds=known | stands[entry.id],
            )
            if now != before.get(entry.id) or entry.id in before.news:
                announced[entry.id] = now
                copies[entry.id] = None if len(now.paths) < 2 else True
    return {
        "windows": {
            **dict.fromkeys(shown.keys() - windows.keys()),
            # An empty one may have been so in the output alone, of which the state does not know.
            **{category: window for category, window in windows.items() if not window or window != shown.get(category)},
            **held,
        },
        "announced": announced,
        "copies": copies,
    }


def paths_of_news(plan: Plan, announced: Mapping[str, Any], state: State) -> tuple[str, ...]:
    """Answer the paths of articles of which the next build may have to remember what subscribers were told now.

    Those are none whose file alone says what was told, id and date, and says it alone: most.

    Args:
        plan: What was published.
        announced: What subscribers are told of entries, where they were told something else until now, by id.
        state: What is kept.
    """
    memory, today = plan.prepared.memory, plan.prepared.readings.today
    births = Births(memory.moves, today)
    news = {path: announced[entry.id] for path, entry in plan.entries.by_path.items() if entry.id in announced}
    claiming = today.find(state.register.claiming(told.id for told in news.values()))
    claims = Counter(one.claim for one in claiming.values())

    def says_all(path: str, told: Announced) -> bool:
        one = claiming.get(path)
        if one is None or claims[one.claim] > 1:
            return False
        card, is_remembered = one.reading.card, births.of(path) != path or path in memory.articles
        return (card.id, card.published) == (told.id, told.published) and not is_remembered

    return tuple(path for path, told in news.items() if not says_all(path, told))


def rows_of_output(
    outputs: Outputs, jobs: Iterable[Job], older: Older | None, manifest: Manifest, state: State
) -> Rows:
    """Keep how the files of the output were left."""
    keys = {job.path: job.key for job in jobs}
    rows: _Row = dict.fromkeys(state.keys("outputs") - keys.keys())
    if older is not None:
        for path in older.left | older.made:
            rows.pop(path, None)
    made = {path: (key, manifest.files[path]) for path, key in keys.items() if path not in outputs.stamps}
    return {"outputs": {**rows, **outputs.rows(made)}}
