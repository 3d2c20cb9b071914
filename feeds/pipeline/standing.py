"""Pages that entries led to stay, in a feed or not, as long as their articles may be published: which those are."""

from __future__ import annotations

from collections.abc import Collection

from feeds.model import Entry
from feeds.pipeline.job import page_path_of
from feeds.pipeline.prepare import Prepared
from feeds.state import Standing, State


def find_standing(prepared: Prepared, entries: Collection[Entry], state: State, *, until: int) -> frozenset[str] | None:
    """Answer the output-relative paths of pages that stay though this build makes no such pages.

    Args:
        prepared: The archive of today.
        entries: All that feeds show.
        state: What the last build left.
        until: What was published later is not due yet; microseconds since the epoch.

    Returns:
        The paths; None for all of them, where no article was withdrawn since the last build.
    """
    had_all = bool(state.keys("pages"))
    if state.run is not None and not had_all and not _has_withdrawn(prepared):
        return None
    register = state.register
    away = [one.id for one in register.some(register.standing(Standing.AWAY))]
    ids = {*(article.id for article, *_ in register.due(until)), *away}
    if had_all:  # of their pages only those are known to anybody that entries led to
        ids = {*state.announced(ids)} - {entry.id for entry in entries if entry.permalink}
    return frozenset(map(page_path_of, ids))


def _has_withdrawn(prepared: Prepared) -> bool:
    """Tell whether an article that was read anew, or is gone, may not be published now."""
    changed = prepared.readings.changed
    found = prepared.readings.today.find(changed)
    return any(path not in found or found[path].standing is not Standing.ADMITTED for path in changed)
