"""The state: what a rebuild would find out again, kept so that it need not; losing it costs time alone.

Values are kept by file and fingerprint; whether one may still be used, the caller tells from what stands beside it.
What is kept counts once it is saved, all of it together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.deferred import names_of
from feeds.errors import Problem
from feeds.state.files import remove, remove_unwritable
from feeds.state.run import Run, Status, format_run, parse_run
from feeds.state.store import BrokenStateError, Store, UnfinishedStateError

if TYPE_CHECKING:
    from feeds.model import Announced, Body, CategoryPath, ShownEntry
    from feeds.state.indexes import Indexes
    from feeds.state.kept import KeptEntry, KeptFolder, KeptOutput, KeptPage, KeptPicture, KeptProfile, KeptText
    from feeds.state.names import RegisterNames
    from feeds.state.register import Register, Registered, Row, Standing, mark_of

__all__ = [
    "BrokenStateError",
    "KeptEntry",
    "KeptFolder",
    "KeptOutput",
    "KeptPage",
    "KeptPicture",
    "KeptProfile",
    "KeptText",
    "Register",
    "Registered",
    "Row",
    "Run",
    "Standing",
    "State",
    "Status",
    "UnfinishedStateError",
    "discard",
    "mark_of",
    "remove_unwritable",
]

__getattr__ = names_of(
    __name__,
    {
        "kept": ("KeptEntry", "KeptFolder", "KeptOutput", "KeptPage", "KeptPicture", "KeptProfile", "KeptText"),
        "register": ("Register", "Registered", "Row", "Standing", "mark_of"),
    },
)


class State:
    """What is kept, read when it is asked for."""

    def __init__(self, path: Path | None, *, is_kept: bool = True) -> None:
        """Open the state.

        Args:
            path: Of its file; None to begin with nothing and keep nothing.
            is_kept: What is saved is kept, and the file is made where there is none.

        Raises:
            BrokenStateError: The file cannot be used.
        """
        self._store = Store(path if path is not None and (is_kept or path.is_file()) else None, is_kept=is_kept)
        try:
            self.run = next((parse_run(value) for _, value in self._store.values("run")), None)
            """The last build; None before the first."""
        except BaseException:
            self.close()
            raise

    @cached_property
    def register(self) -> Register:
        """Every article that was read."""
        from feeds.state.register import Register

        return Register(self._store, self._names)

    def index(self) -> None:
        """Make ready what finds articles, once those that are read first have been taken in."""
        self._store.index()

    @cached_property
    def indexes(self) -> Indexes:
        """What indexes of the register tell by themselves."""
        from feeds.state.indexes import Indexes

        return Indexes(self._store, self._names)

    @cached_property
    def _names(self) -> RegisterNames:
        from feeds.state.names import RegisterNames

        return RegisterNames(self._store)

    def folders(self, paths: Iterable[str]) -> dict[str, KeptFolder]:
        """Answer what was read of some folders."""
        return self._values("folders", paths)

    def texts(self, paths: Iterable[str]) -> dict[str, KeptText]:
        """Answer what is kept of the bodies of some files."""
        return self._values("texts", paths)

    def bodies(self, paths: Iterable[str]) -> dict[str, Body]:
        """Answer those bodies of some files that are kept."""
        return self._values("bodies", paths)

    def profiles(self, publishers: Iterable[str]) -> dict[str, KeptProfile]:
        """Answer what was learned of some publishers."""
        return self._values("profiles", publishers)

    def entries(self, paths: Iterable[str]) -> dict[str, KeptEntry]:
        """Answer those entries of some files that are kept."""
        return self._values("entries", paths)

    def problems(self, paths: Iterable[str] | None = None) -> dict[str, tuple[Problem, ...]]:
        """Answer the problems of some files; None for all; those of no file stand under ""."""
        return self._values("problems", paths)

    def pictures(self) -> dict[str, KeptPicture]:
        """Answer the pictures of the archive that were asked for, by path."""
        return self._values("pictures")

    def pages(self, paths: Iterable[str]) -> dict[str, KeptPage]:
        """Answer what is kept of some files that no feed shows."""
        return self._values("pages", paths)

    def outputs(self, paths: Iterable[str] | None = None) -> dict[str, KeptOutput]:
        """Answer what was published, or some of it, by output-relative path."""
        return self._values("outputs", paths)

    def announced(self, ids: Iterable[str]) -> dict[str, Announced]:
        """Answer those of some entries that a feed has held, by id."""
        return self._values("announced", ids)

    def copies(self) -> dict[str, Announced]:
        """Answer every entry that a feed has held, and that was more than one file, by id."""
        return self.announced(self.keys("copies"))

    def windows(self) -> dict[CategoryPath, tuple[ShownEntry, ...]]:
        """Answer what each feed showed last."""
        rows = self._values("windows")
        return {tuple(json.loads(key)): entries for key, entries in rows.items()}

    def keys(self, table: str) -> frozenset[str]:
        """Answer under which keys something is kept."""
        return frozenset(self._store.keys(table))

    def keep(self, changes: Mapping[str, Mapping[Any, object | None]], emptied: Collection[str] = ()) -> None:
        """Keep values by table and key, None to keep one no longer.

        Args:
            changes: What to keep.
            emptied: Tables of which nothing else is kept.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        for table in emptied:
            self._store.empty(table)
        from feeds.state.values import encoded

        for table, rows in changes.items():
            write: Callable[[Any], bytes] = format_run if table == "run" else encoded
            self._store.delete(table, (_key(key) for key, value in rows.items() if value is None))
            self._store.put(table, ((_key(key), write(value)) for key, value in rows.items() if value is not None))

    def save(self) -> None:
        """Let all count that was taken in.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        self._store.save()

    def close(self) -> None:
        """Close the file; what was not saved is lost."""
        self._store.close()

    def _values(self, table: str, keys: Iterable[str] | None = None) -> dict[str, Any]:
        from feeds.state.kept import TYPES  # here and below: a build with nothing to do asks for no values
        from feeds.state.values import decoded

        return {key: decoded(value, TYPES[table]) for key, value in self._store.values(table, keys)}


def discard(path: Path) -> None:
    """Remove a state that cannot be used."""
    remove(path)


def _key(key: str | CategoryPath) -> str:
    return key if isinstance(key, str) else json.dumps(key)
