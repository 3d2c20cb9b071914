"""Articles that stand in no feed though nothing is wrong with them, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.pipeline.prepare import Prepared
from feeds.state import Standing, State

IS_DRAFT = "it is a draft"
_STANDINGS = {
    Standing.DRAFT: IS_DRAFT,
    Standing.CORRECTED: "another article corrects its headline",
    Standing.UNSELECTED: "[select] leaves it out",
}


def left_out(prepared: Prepared, state: State) -> dict[str, str]:
    """Answer why articles stand in no feed, by path; those that a problem tells of are not among them."""
    return dict(sorted(_reasons(prepared, state)))


def _reasons(prepared: Prepared, state: State) -> Iterator[tuple[str, str]]:
    for standing, reason in _STANDINGS.items():
        for path in state.register.standing(standing):
            yield path, reason
    for first, others in prepared.chosen.copies.items():
        for path in others:
            yield path, f"it is a copy: {first} stands for it"
    read = state.register.count() - len(state.register.standing(Standing.AWAY))
    if prepared.snapshot.scan.count > read:
        paths = list(prepared.snapshot.scan.paths)
        known = state.register.standings(paths)
        for path in paths:
            if known.get(path, Standing.AWAY) is Standing.AWAY:
                yield path, "it is empty or cut short: somebody may be writing it just now"
