"""Rows of bytes in one SQLite file: numbered, in WAL mode, each with a checksum; disposable as a whole."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from feeds.errors import WriteError

SCHEMA = 1
"""Number of the tables' shape; a file of any other is set aside."""
TABLES = ("run", "readings", "bodies", "entries", "pictures", "outputs", "announced", "windows")

_AT_ONCE = 500
"""Keys asked for in one query."""
_REFUSED = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
)


class BrokenStateError(Exception):
    """The file cannot be used: damaged, of another version, or no state at all."""


class Store:
    """One open file; closed by `close`, or by the end of the process, at any moment without harm."""

    def __init__(self, path: Path, *, is_made: bool) -> None:
        """Open a file.

        Args:
            path: Of the file.
            is_made: Make it where there is none.

        Raises:
            BrokenStateError: It cannot be used.
            WriteError: The disk refuses.
        """
        self._path = path
        with self._translated("opened"):
            self._base = sqlite3.connect(f"{path.resolve().as_uri()}?mode={'rwc' if is_made else 'rw'}", uri=True)
        try:
            self._prepare(is_made=is_made)
        except BaseException:
            self._base.close()
            raise

    def _prepare(self, *, is_made: bool) -> None:
        with self._translated("opened"):
            if is_made:
                self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            found = self._base.execute("PRAGMA user_version").fetchone()[0]
            if is_made and found == 0 and not self._base.execute("SELECT 1 FROM sqlite_master").fetchone():
                with self._base:
                    for table in TABLES:
                        self._base.execute(
                            f"CREATE TABLE {table} (key BLOB PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL)"
                        )
                    self._base.execute(f"PRAGMA user_version = {SCHEMA}")
            elif found != SCHEMA:
                raise BrokenStateError(f"its version is {found}, not {SCHEMA}")

    @contextmanager
    def _translated(self, what: str) -> Iterator[None]:
        """Tell a disk that refuses from a file that is damaged."""
        try:
            yield
        except sqlite3.Error as error:
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in _REFUSED:
                raise WriteError(
                    f"the state cannot be {what}: {error}",
                    path=str(self._path),
                    hint="Make room, or let the user who builds write there.",
                ) from error
            raise BrokenStateError(str(error)) from error

    def rows(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Yield all rows of a table.

        Raises:
            BrokenStateError: A row is damaged.
        """
        yield from self._checked(f"SELECT key, value, sum FROM {table}", ())

    def some(self, table: str, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the rows of a table that have one of these keys.

        Raises:
            BrokenStateError: A row is damaged.
        """
        wanted = [_encoded(key) for key in keys]
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            yield from self._checked(f"SELECT key, value, sum FROM {table} WHERE key IN ({marks})", part)

    def _checked(self, query: str, keys: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
        try:
            for key, value, checksum in self._base.execute(query, tuple(keys)):
                if not (isinstance(key, bytes) and isinstance(value, bytes)) or zlib.crc32(key + value) != checksum:
                    raise BrokenStateError("a row is damaged")
                yield key.decode("utf-8", "surrogatepass"), value
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise BrokenStateError(str(error)) from error

    def save(self, changes: Mapping[str, Mapping[str, bytes | None]], emptied: Collection[str] = ()) -> None:
        """Write and delete rows, all or none.

        Args:
            changes: By table and key; None deletes the row.
            emptied: Tables whose other rows are deleted.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        with self._translated("written"), self._base:
            for table in emptied:
                self._base.execute(f"DELETE FROM {table}")
            for table, rows in changes.items():
                gone = [(_encoded(key),) for key, value in rows.items() if value is None]
                self._base.executemany(f"DELETE FROM {table} WHERE key = ?", gone)
                kept = ((_encoded(key), value) for key, value in rows.items() if value is not None)
                self._base.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)",
                    ((key, value, zlib.crc32(key + value)) for key, value in kept),
                )

    def close(self) -> None:
        """Close the file; what was not saved is lost."""
        with suppress(sqlite3.Error), closing(self._base):
            pass


def remove(path: Path) -> None:
    """Remove a file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def remove_unwritable(path: Path) -> bool:
    """Remove SQLite's own files beside a file that can be written, where they cannot be."""
    if not os.access(path, os.W_OK):
        return False
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]
    stuck = [place for place in beside if place.exists() and not os.access(place, os.W_OK)]
    for place in stuck:
        with suppress(OSError):
            place.unlink()
    return bool(stuck)


def _encoded(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
