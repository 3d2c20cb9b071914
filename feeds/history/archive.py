"""What history asks of an archive: single articles, never all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from typing import Protocol

from feeds.model import Reading


class Paths(Protocol):
    """The paths of an archive's files."""

    def present(self, paths: Iterable[str]) -> Set[str]:
        """Answer those of some paths at which a file is."""


class Files(Paths, Protocol):
    """An archive's files as they were read."""

    def get(self, path: str) -> Reading | None:
        """Answer one file; None when there is none."""


class Articles(Files, Protocol):
    """An archive's files, found by what they are."""

    def under(self, folder: str) -> Collection[str]:
        """Answer the paths of files in a folder, which ends with `/`, or in one inside it."""

    def of_size(self, size: int) -> Collection[str]:
        """Answer the paths of files whose body has so many bytes."""

    def claiming(self, ids: Iterable[str]) -> Collection[str]:
        """Answer the paths of files that ask for one of some ids, and by chance of others.

        It goes by what was remembered when the files were read.
        """
