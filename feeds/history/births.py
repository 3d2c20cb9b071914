"""Where each article was born: the path that it had first, by which it is known for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from feeds.history.archive import Paths
from feeds.model import Move

_AGAIN = "//"
"""Stands behind a path whose name an article that moved away has taken along; no path ends so."""


class Births:
    """The first paths of the files that an archive holds now."""

    def __init__(self, moves: Mapping[str, Move], paths: Paths) -> None:
        """Take what is remembered of moves, and the paths of today."""
        self.paths = paths
        """Of the files."""
        self._moves = moves
        there = paths.present(path for path in moves if not path.endswith("/"))
        self._files = {path: moves[path] for path in there}
        self._folders = {path: move.origin for path, move in moves.items() if path.endswith("/")}
        self._went = {self._files[path].origin: path for path in sorted(self._files)}

    def of(self, path: str) -> str:
        """Answer the first path of a file's article."""
        if path in self._files:
            return self._files[path].origin
        if self._folders:
            origin = self._of_folder(path)
            if origin is not None:
                return origin
        return path + _AGAIN if path in self._went else path

    def at(self, birth: str) -> str | None:
        """Answer the file of today whose article was born at a path; None when it is gone."""
        went = self._went.get(birth)
        candidates = [*(() if went is None else (went,)), *self._carried(birth), birth.removesuffix(_AGAIN)]
        there = self.paths.present(candidates)
        return next((path for path in candidates if path in there and self.of(path) == birth), None)

    def is_succeeded(self, path: str) -> bool:
        """Tell whether the article that a path had first has gone elsewhere, and another one stands there."""
        return path in self._went and path not in self._files

    def has_moved(self, path: str) -> bool:
        """Tell whether a file is known by another path than its own."""
        return self.of(path) not in (path, path + _AGAIN)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Files whose headline another one corrects, at once or over others between them that may be gone."""
        hidden: set[str] = set()
        for move in self._files.values():
            while move.replaces is not None and move.replaces not in hidden:
                hidden.add(move.replaces)
                move = self._moves.get(move.replaces, Move(origin=""))
        return frozenset(self.paths.present(hidden))

    def _of_folder(self, path: str) -> str | None:
        end = path.rfind("/") + 1
        while end:
            origin = self._folders.get(path[:end])
            if origin is not None:
                birth = origin + path[end:]
                return None if birth in self._went or self.paths.present((birth,)) else birth
            end = path.rfind("/", 0, end - 1) + 1
        return None

    def _carried(self, birth: str) -> Iterator[str]:
        """Yield where folders that moved would have taken a path."""
        return (folder + birth[len(origin) :] for folder, origin in self._folders.items() if birth.startswith(origin))


def neighbours(moves: Mapping[str, Move], paths: Iterable[str]) -> set[str]:
    """Answer the paths of files whose birth, or whose being hidden, hangs on whether some files are there.

    Args:
        moves: What is remembered of them.
        paths: Of those files; they are not among the answer for their own sake.
    """
    origins: dict[str, set[str]] = {}
    for path, move in moves.items():
        origins.setdefault(move.origin, set()).add(path)
    folders = [(path, move.origin) for path, move in moves.items() if path.endswith("/")]
    found: set[str] = set()
    ahead = [(path, False) for path in paths]
    done: set[tuple[str, bool]] = set()
    while ahead:
        path, is_carried = step = ahead.pop()
        if step in done:
            continue
        done.add(step)
        near = set(origins.get(path, ()))
        if path in moves:
            near |= {moves[path].origin, moves[path].replaces or path}
        ahead += ((one, False) for one in near)
        if not is_carried:  # a folder may have moved into itself, and would carry a path on for ever
            carried = {folder + path[len(origin) :] for folder, origin in folders if path.startswith(origin)}
            ahead += ((one, True) for one in carried)
            near |= carried
        found |= near
    return found
