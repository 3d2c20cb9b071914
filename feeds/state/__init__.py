"""The state: what a rebuild would find out again, kept so that it need not; losing it costs time alone.

Values are kept by file and fingerprint; whether one may still be used, the caller tells from what stands beside it.
What is kept counts once it is saved, all of it together.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from feeds.errors import Problem
from feeds.model import Announced, Body, CategoryPath, Entry, PictureFile, Profile, ShownEntry
from feeds.state.register import Register, Registered, Standing, mark_of
from feeds.state.store import BrokenStateError, Store, UnfinishedStateError, remove, remove_unwritable
from feeds.state.values import decoded, encoded

__all__ = [
    "BrokenStateError",
    "KeptEntry",
    "KeptFolder",
    "KeptOutput",
    "KeptPicture",
    "KeptProfile",
    "KeptText",
    "Register",
    "Registered",
    "Run",
    "Standing",
    "State",
    "Status",
    "UnfinishedStateError",
    "discard",
    "mark_of",
    "remove_unwritable",
]

Status = tuple[int, int, int, int]
"""What the file system says of a file: size in bytes, times of change and of status in nanoseconds, inode."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFolder:
    """A folder of the archive as its articles were read."""

    names: tuple[str, ...]
    """Of the article files that were read."""
    stamps: tuple[bytes, ...]
    """Of each of them what the file system said; b"" when it had changed too shortly before to rely on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """What is to be known of a body without looking at it."""

    stamp: bytes
    """Of its file; b"" when that had changed too shortly before."""
    drop: tuple[str, ...]
    """Selectors of what was left out of it."""
    digest: str
    """Fingerprint of the body."""
    text: str
    """Fingerprint of all that it shows, before anything was left out; "" when that is nothing."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProfile:
    """What was learned of a publisher."""

    key: str
    """Fingerprint of what it was learned from."""
    digest: str
    """Fingerprint of the profile."""
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """What finishing one article gave."""

    key: str
    """Fingerprint of all that it was made from, but for pictures of the archive."""
    entry: Entry
    page_html: str | None
    """The content of its own page; None when it has none."""
    pictures: tuple[tuple[str, str | None], ...]
    """Paths of the archive's pictures that were asked for, each with its digest; None where there was none."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture of the archive that was asked for."""

    stamp: Status | None
    """None when there is no such file."""
    file: PictureFile | None
    """Without its bytes; None when it cannot be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOutput:
    """One file of the output as it was left."""

    key: str
    """Fingerprint of all that it was made from."""
    digest: str
    """SHA-256 of its bytes, hexadecimal."""
    stamp: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The last build that came to its end."""

    program: str
    """Which program it was: another one may make other things of the same files."""
    rules: str
    """Fingerprint of the rules by which cards were made."""
    undated: str
    """What was done with articles without a date."""
    began: datetime
    """The time it was given."""
    inputs: str
    """Fingerprint of all that it depended on, and of the output that it left; "" when that cannot be relied on."""
    next_due: datetime | None
    """When the next article that is dated ahead comes in; None when none does."""
    ahead: tuple[str, ...]
    """Paths of articles that are dated ahead."""
    memory: bytes
    """The memory as it was written."""
    articles: int
    """Files of articles that were there."""
    left_out: dict[str, int]
    feeds: int
    entries: int
    problems: int
    """How many there were."""
    news: tuple[str, ...]
    """Paths of articles that subscribers were told something new of."""
    marks: dict[str, str]
    """Fingerprint of each folder as its articles were read; "" where that cannot be relied on."""


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
        self.register = Register(self._store)
        """Every article that was read."""
        try:
            self.run: Run | None = self._values("run", Run).get("")
        except BaseException:
            self.close()
            raise

    def index(self) -> None:
        """Make ready what finds articles, once those that are read first have been taken in."""
        self._store.index()

    def folders(self, paths: Iterable[str]) -> dict[str, KeptFolder]:
        """Answer what was read of some folders."""
        return self._values("folders", KeptFolder, paths)

    def texts(self, paths: Iterable[str]) -> dict[str, KeptText]:
        """Answer what is kept of the bodies of some files."""
        return self._values("texts", KeptText, paths)

    def bodies(self, paths: Iterable[str]) -> dict[str, Body]:
        """Answer those bodies of some files that are kept."""
        return self._values("bodies", Body, paths)

    def profiles(self, publishers: Iterable[str]) -> dict[str, KeptProfile]:
        """Answer what was learned of some publishers."""
        return self._values("profiles", KeptProfile, publishers)

    def entries(self, paths: Iterable[str]) -> dict[str, KeptEntry]:
        """Answer those entries of some files that are kept."""
        return self._values("entries", KeptEntry, paths)

    def problems(self, paths: Iterable[str] | None = None) -> dict[str, tuple[Problem, ...]]:
        """Answer the problems of some files; None for all; those of no file stand under ""."""
        return self._values("problems", tuple[Problem, ...], paths)

    def pictures(self) -> dict[str, KeptPicture]:
        """Answer the pictures of the archive that were asked for, by path."""
        return self._values("pictures", KeptPicture)

    def outputs(self) -> dict[str, KeptOutput]:
        """Answer what was published, by output-relative path."""
        return self._values("outputs", KeptOutput)

    def announced(self, ids: Iterable[str]) -> dict[str, Announced]:
        """Answer those of some entries that a feed has held, by id."""
        return self._values("announced", Announced, ids)

    def copies(self) -> dict[str, Announced]:
        """Answer every entry that a feed has held, and that was more than one file, by id."""
        return self.announced(self.keys("copies"))

    def windows(self) -> dict[CategoryPath, tuple[ShownEntry, ...]]:
        """Answer what each feed showed last."""
        rows = self._values("windows", tuple[ShownEntry, ...])
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
        for table, rows in changes.items():
            self._store.change(
                table, {_key(key): None if value is None else encoded(value) for key, value in rows.items()}
            )

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

    def _values(self, table: str, type_: type[_Value], keys: Iterable[str] | None = None) -> dict[str, _Value]:
        return {key: decoded(value, type_) for key, value in self._store.values(table, keys)}


def discard(path: Path) -> None:
    """Remove a state that cannot be used."""
    remove(path)


def _key(key: str | CategoryPath) -> str:
    return key if isinstance(key, str) else json.dumps(key)
