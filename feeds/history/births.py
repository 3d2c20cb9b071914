"""Where each article was born: the path that it had first, by which it is known for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from functools import cached_property

from feeds.model import Move

_AGAIN = "//"
"""Stands behind a path whose name an article that moved away has taken along; no path ends so."""


class Births:
    """The first paths of the files that an archive holds now."""

    def __init__(self, moves: Mapping[str, Move], paths: Collection[str]) -> None:
        """Take what is remembered of moves, and the paths of today."""
        self.paths = paths if isinstance(paths, Set) else frozenset(paths)
        """Of the files."""
        self._moves = moves
        self._files = {path: move for path, move in moves.items() if path in paths}
        self._folders = {path: move.origin for path, move in moves.items() if path.endswith("/")}
        self._taken = {move.origin for move in self._files.values()}

    def of(self, path: str) -> str:
        """Answer the first path of a file's article."""
        if path in self._files:
            return self._files[path].origin
        if self._folders:
            origin = self._of_folder(path)
            if origin is not None:
                return origin
        return path + _AGAIN if path in self._taken else path

    def is_succeeded(self, path: str) -> bool:
        """Tell whether the article that a path had first has gone elsewhere, and another one stands there."""
        return path in self._taken and path not in self._files

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
        return frozenset(hidden & self.paths)

    def _of_folder(self, path: str) -> str | None:
        end = path.rfind("/") + 1
        while end:
            origin = self._folders.get(path[:end])
            if origin is not None:
                birth = origin + path[end:]
                return None if birth in self.paths or birth in self._taken else birth
            end = path.rfind("/", 0, end - 1) + 1
        return None
