"""The state: what a rebuild would find out again, kept so that it need not; losing it costs time alone.

Values are kept by file and fingerprint; whether one may still be used, the caller tells from what stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from feeds.errors import Problem
from feeds.model import Announced, Body, CategoryPath, Entry, PictureFile, Reading, ShownEntry
from feeds.state.store import BrokenStateError, Store, remove, remove_unwritable

__all__ = [
    "BrokenStateError",
    "KeptBody",
    "KeptEntry",
    "KeptOutput",
    "KeptPicture",
    "KeptReading",
    "Run",
    "Stamp",
    "State",
    "discard",
    "remove_unwritable",
]

Stamp = tuple[int, int, int, int]
"""What the file system says of a file: size in bytes, times of change and of status in nanoseconds, inode."""

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """What reading one file gave."""

    stamp: Stamp | None
    """Of the file then; None when it had changed too shortly before to trust it."""
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBody:
    """What reading one body gave."""

    stamp: Stamp | None
    drop: tuple[str, ...]
    """Selectors of what was left out of it."""
    digest: str
    """Fingerprint of the body."""
    body: Body
    problems: tuple[Problem, ...]


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

    stamp: Stamp | None
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
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The last build that came to its end."""

    program: str
    """Which program it was: another one may make other things of the same files."""
    rules: str
    """Fingerprint of the rules by which cards were made."""
    began: datetime
    """The time it was given."""
    inputs: str
    """Fingerprint of all that it depended on, and of the output that it left; "" when that cannot be relied on."""
    next_due: datetime | None
    """When the next article that is dated ahead comes in; None when none does."""
    memory: bytes
    """The memory as it was written."""
    articles: int
    """Files of articles that were there."""
    left_out: dict[str, int]
    feeds: int
    entries: int
    problems: tuple[str, ...]
    """Fingerprints of the problems that were there."""


class State:
    """What is kept, read when it is asked for; without a file nothing is kept."""

    def __init__(self, path: Path | None, *, is_made: bool = True) -> None:
        """Open the state.

        Args:
            path: Of its file; None to keep nothing.
            is_made: Make the file where there is none.

        Raises:
            BrokenStateError: The file cannot be used.
        """
        has_file = path is not None and (is_made or path.is_file())
        self._store = Store(path, is_made=is_made) if path is not None and has_file else None
        try:
            self.run: Run | None = self._all("run", Run).get("")
        except BaseException:
            self.close()
            raise

    def readings(self) -> dict[str, KeptReading]:
        """Answer what was read of every file, by path."""
        return self._all("readings", KeptReading)

    def bodies(self, paths: Iterable[str]) -> dict[str, KeptBody]:
        """Answer those bodies of some files that are kept."""
        return self._some("bodies", paths, KeptBody)

    def entries(self, paths: Iterable[str]) -> dict[str, KeptEntry]:
        """Answer those entries of some files that are kept."""
        return self._some("entries", paths, KeptEntry)

    def pictures(self) -> dict[str, KeptPicture]:
        """Answer the pictures of the archive that were asked for, by path."""
        return self._all("pictures", KeptPicture)

    def outputs(self) -> dict[str, KeptOutput]:
        """Answer what was published, by output-relative path."""
        return self._all("outputs", KeptOutput)

    def announced(self) -> dict[str, Announced]:
        """Answer every entry that a feed has held, by id."""
        return self._all("announced", Announced)

    def windows(self) -> dict[CategoryPath, tuple[ShownEntry, ...]]:
        """Answer what each feed showed last."""
        rows = self._all("windows", tuple[ShownEntry, ...])
        return {tuple(json.loads(key)): entries for key, entries in rows.items()}

    def save(self, changes: Mapping[str, Mapping[Any, object | None]], emptied: Collection[str] = ()) -> None:
        """Keep values by table and key, None to keep one no longer; all or nothing.

        Args:
            changes: What to keep.
            emptied: Tables of which nothing else is kept.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        if self._store is not None:
            self._store.save(
                {
                    table: {_key(key): None if value is None else _encoded(value) for key, value in rows.items()}
                    for table, rows in changes.items()
                },
                emptied,
            )

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()

    def _all(self, table: str, type_: type[_Value]) -> dict[str, _Value]:
        return {key: _decoded(value, type_) for key, value in self._store.rows(table)} if self._store else {}

    def _some(self, table: str, keys: Iterable[str], type_: type[_Value]) -> dict[str, _Value]:
        return {key: _decoded(value, type_) for key, value in self._store.some(table, keys)} if self._store else {}


def discard(path: Path) -> None:
    """Remove a state that cannot be used."""
    remove(path)


def _key(key: str | CategoryPath) -> str:
    return key if isinstance(key, str) else json.dumps(key)


def _encoded(value: object) -> bytes:
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:  # names of files may hold bytes that are no UTF-8
        return json.dumps(msgspec.to_builtins(value)).encode()


def _decoded(data: bytes, type_: type[_Value]) -> _Value:
    """Read a value: MessagePack, which no value of ours begins with a brace or bracket, or JSON."""
    try:
        if data[:1] in (b"{", b"["):
            return msgspec.convert(json.loads(data), type_)
        return _decoder(type_).decode(data)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BrokenStateError(str(error)) from error


_DECODERS: dict[Any, Any] = {}


def _decoder(type_: type[_Value]) -> msgspec.msgpack.Decoder[_Value]:
    if type_ not in _DECODERS:
        _DECODERS[type_] = msgspec.msgpack.Decoder(type_)
    decoder: msgspec.msgpack.Decoder[_Value] = _DECODERS[type_]
    return decoder
