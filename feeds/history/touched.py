"""For which files two memories tell something else."""

from __future__ import annotations

from feeds.history.archive import Articles
from feeds.history.births import Births, neighbours
from feeds.model import Memory


def find_touched(before: Memory, after: Memory, paths: Articles) -> set[str]:
    """Answer the paths of files, there or not, whose card may be another by one memory than by the other.

    Args:
        before: One memory.
        after: The other one.
        paths: Of the files.
    """
    if before == after:
        return set()
    lines = {
        birth
        for birth in before.articles.keys() | after.articles.keys()
        if before.since != after.since or before.articles.get(birth) != after.articles.get(birth)
    }
    moved = {
        path for path in before.moves.keys() | after.moves.keys() if before.moves.get(path) != after.moves.get(path)
    }
    touched: set[str] = set()
    for memory in (before, after):
        births = Births(memory.moves, paths)
        touched.update(path for birth in lines if (path := births.at(birth)) is not None)
        for path in moved & memory.moves.keys():
            if path.endswith("/"):
                touched.update(paths.under(path), paths.under(memory.moves[path].origin))
            else:
                touched |= {path, memory.moves[path].origin}
        touched |= neighbours(memory.moves, moved | touched)
    return touched
