"""The archive of today and that of the last build, as history asks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from feeds.model import Reading
from feeds.state import Register, Registered, Standing


class Today:
    """The files of today as they were read; what was asked for once is at hand."""

    def __init__(self, register: Register) -> None:
        """Take where they are."""
        self._register = register
        self._found: dict[str, Registered | None] = {}
        self._there: dict[str, bool] = {}

    def get(self, path: str) -> Reading | None:
        """Answer one file; None when there is none."""
        one = self.one(path)
        return one.reading if one else None

    def one(self, path: str) -> Registered | None:
        """Answer one file with all that is remembered of it; None when there is none."""
        if path not in self._found:
            self.find((path,))
        one = self._found[path]
        return one if one is not None and one.standing is not Standing.AWAY else None

    def find(self, paths: Iterable[str]) -> dict[str, Registered]:
        """Answer those of some files that are there."""
        wanted = set(paths)
        unknown = wanted - self._found.keys()
        if unknown:
            self._found |= dict.fromkeys(unknown)
            self._found |= {one.reading.path: one for one in self._register.some(unknown)}
        return {path: one for path in wanted if (one := self.one(path)) is not None}

    def forget(self, paths: Iterable[str]) -> None:
        """Look anew when one of these is asked for again: the register has taken in another one."""
        for path in paths:
            self._found.pop(path, None)
            self._there.pop(path, None)

    def present(self, paths: Iterable[str]) -> Set[str]:
        """Answer those of some paths at which a file is."""
        wanted = set(paths)
        unknown = wanted - self._there.keys()
        if unknown:
            standings = self._register.standings(unknown)
            self._there |= {path: standings.get(path, Standing.AWAY) is not Standing.AWAY for path in unknown}
        return {path for path in wanted if self._there[path]}

    def under(self, folder: str) -> Collection[str]:
        """Answer the paths of files in a folder, which ends with `/`, or in one inside it."""
        return self.present(self._register.under(folder))

    def of_size(self, size: int) -> Collection[str]:
        """Answer the paths of files whose body has so many bytes."""
        return self.present(self._register.of_size(size))

    def claiming(self, ids: Iterable[str]) -> Collection[str]:
        """Answer the paths of files that asked for one of some ids when they were taken in, and by chance of others."""
        return self.present(self._register.claiming(ids))


class Before:
    """The files of the last build."""

    def __init__(self, register: Register, others: Mapping[str, Reading | None]) -> None:
        """Take the files of today, and what was where something else is now: None for nothing."""
        self._register = register
        self._others = others

    def get(self, path: str) -> Reading | None:
        """Answer one file; None when there was none."""
        if path in self._others:
            return self._others[path]
        return next((one.reading for one in self._register.some((path,))), None)

    def present(self, paths: Iterable[str]) -> Set[str]:
        """Answer those of some paths at which a file was."""
        wanted = set(paths)
        others = wanted & self._others.keys()
        same = self._register.standings(wanted - others)
        return same.keys() | {path for path in others if self._others[path] is not None}
