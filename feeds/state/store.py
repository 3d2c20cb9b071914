"""One SQLite file: numbered, in WAL mode, disposable as a whole; what is written counts when it is saved, or never."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from feeds.errors import WriteError
from feeds.state.files import remove

SCHEMA = 7
"""Number of the tables' shape; a file of any other is set aside."""
TABLES = (
    "run",
    "folders",
    "texts",
    "bodies",
    "profiles",
    "entries",
    "problems",
    "pictures",
    "outputs",
    "announced",
    "copies",
    "windows",
    "pages",
)
"""Tables of one shape: key, value, and a checksum of both."""

_REGISTER = (
    """CREATE TABLE articles (
        number INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, standing INTEGER NOT NULL, published INTEGER,
        id BLOB NOT NULL, digest INTEGER NOT NULL, claim INTEGER, shelf INTEGER, likeness INTEGER, publisher INTEGER,
        size INTEGER, reading BLOB NOT NULL)""",
    "CREATE TABLE shelves (number INTEGER PRIMARY KEY, name BLOB NOT NULL)",
    "CREATE TABLE publishers (number INTEGER PRIMARY KEY, name BLOB NOT NULL)",
)
INDEXES = {
    "newest": "articles (shelf, published) WHERE standing = 0",
    "newest_of_publisher": "articles (publisher, published, digest) WHERE standing = 0",
    "alike": "articles (likeness) WHERE standing = 0",
    "others": "articles (standing) WHERE standing > 0",
    "claims": "articles (claim)",
    "sizes": "articles (size)",
}
"""What finds articles; made last when all of them are new."""
_AT_ONCE = 500
"""Keys asked for in one query."""
_PAGE = 16_384
"""Bytes of a page: four times SQLite's own, since most of what is kept, bodies above all, takes several."""
_CACHE = 16_384
"""KiB of the file that are held in memory."""
_REFUSED = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
)


class BrokenStateError(Exception):
    """The file cannot be used: damaged, of another version, or no state at all."""


class UnfinishedStateError(BrokenStateError):
    """The file was begun by a build that never saved anything: nothing is lost with it."""


class Store:
    """One open file; closed by `close`, or by the end of the process, at any moment without harm."""

    def __init__(self, path: Path | None, *, is_kept: bool = True) -> None:
        """Open a file.

        Args:
            path: Of the file; None for one that is gone once it is closed.
            is_kept: What is saved goes there, and the file is made where there is none; else a copy is opened that
                is gone once it is closed.

        Raises:
            BrokenStateError: It cannot be used.
            WriteError: The disk refuses.
        """
        self._path = path
        self._is_kept = is_kept
        self._is_new = False
        with self._translated("opened"):
            if path is None or is_kept:
                self._base = _connect(path, "rwc")
            else:
                self._base = _connect(None, "rwc")
                with closing(_connect(path, "rw")) as original:
                    original.backup(self._base)
        try:
            self._prepare()
        except BaseException:
            self._base.close()
            raise

    def _prepare(self) -> None:
        with self._translated("opened"):
            self._base.execute(f"PRAGMA cache_size = -{_CACHE}")
            found = self._base.execute("PRAGMA user_version").fetchone()[0]
            if found == 0 and self._is_empty():
                self._begin()
            elif found == 0:
                raise UnfinishedStateError("the build that began it did not come to its end")
            elif found != SCHEMA:
                raise BrokenStateError(f"its version is {found}, not {SCHEMA}")
            else:
                self._guard()

    def _is_empty(self) -> bool:
        """Tell whether there are no tables; where the file has only begun to be written, there are some."""
        try:
            return self._base.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        except sqlite3.DatabaseError:
            return False

    def _begin(self) -> None:
        """Make the tables. What is lost with a file that holds nothing yet is nothing: it is filled without a net."""
        self._base.execute(f"PRAGMA page_size = {_PAGE}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        for table in TABLES:
            self._base.execute(
                f"CREATE TABLE {table} (key BLOB PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL)"
            )
        for statement in _REGISTER:
            self._base.execute(statement)
        self._is_new = True

    def _guard(self) -> None:
        """From now on, what is written counts whole or not at all, whatever ends the process."""
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA journal_mode = WAL")
        self._is_new = False

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
        except UnicodeDecodeError as error:  # of what SQLite says of a damaged schema
            raise BrokenStateError("it is damaged") from error

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Answer the rows that a query finds.

        Raises:
            BrokenStateError: The file is damaged.
        """
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise BrokenStateError(str(error)) from error

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query finds, as they are asked for.

        Raises:
            BrokenStateError: The file is damaged.
        """
        try:
            for row in self._base.execute(query, values):  # noqa: UP028 -- a cursor must not be closed after its base
                yield row
        except sqlite3.Error as error:
            raise BrokenStateError(str(error)) from error

    def rows_of(self, query: str, keys: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a query finds for keys, which stand in it as `(?)`.

        Raises:
            BrokenStateError: The file is damaged.
        """
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            yield from self.read(query.replace("(?)", f"({','.join('?' * len(part))})"), *part)

    def write(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row; it counts when it is saved.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        with self._translated("written"):
            if not self._base.in_transaction:
                self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany(query, rows)

    def index(self) -> None:
        """Make what finds articles, where it is missing: in one go is faster than article by article."""
        for name, columns in INDEXES.items():
            self.write(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}", [()])

    def values(self, table: str, keys: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield keys and values of a table: all of them, or those under some keys.

        Raises:
            BrokenStateError: A row is damaged.
        """
        query = f"SELECT key, value, sum FROM {table}"
        found = (
            self.rows(query)
            if keys is None
            else self.rows_of(f"{query} WHERE key IN (?)", (key_of(key) for key in keys))
        )
        for key, value, checksum in found:
            if not (isinstance(key, bytes) and isinstance(value, bytes)) or crc32(value, crc32(key)) != checksum:
                raise BrokenStateError("a row is damaged")
            yield path_of(key), value

    def keys(self, table: str) -> list[str]:
        """Answer the keys of a table."""
        return [path_of(key) for (key,) in self.rows(f"SELECT key FROM {table}")]

    def put(self, table: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Write values under keys, one at a time as they come; it counts when it is saved."""
        rows = ((key_of(key), value) for key, value in values)
        self.write(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)",
            ((key, bytearray(value), crc32(value, crc32(key))) for key, value in rows),
        )

    def delete(self, table: str, keys: Iterable[str]) -> None:
        """Delete what stands under some keys; it counts when it is saved."""
        self.write(f"DELETE FROM {table} WHERE key = ?", ((key_of(key),) for key in keys))

    def empty(self, table: str) -> None:
        """Delete every row of a table; it counts when it is saved."""
        self.write(f"DELETE FROM {table}", [()])

    def save(self) -> None:
        """Let all count that was written.

        Raises:
            BrokenStateError: The file is damaged.
            WriteError: The disk refuses.
        """
        with self._translated("written"):
            if self._base.in_transaction:
                self._base.execute("COMMIT")
            if self._is_new:  # all else is written: until now it was a file that nobody had finished
                self._base.execute(f"PRAGMA user_version = {SCHEMA}")
                self._guard()

    def close(self) -> None:
        """Close the file; what was not saved is lost, and a file that was never saved goes with it."""
        with suppress(sqlite3.Error), closing(self._base):
            pass
        if self._is_new and self._is_kept and self._path is not None:
            remove(self._path)


def key_of(text: str) -> bytearray:
    """Write a path or a name; bytes that are no UTF-8 stand in it as lone surrogates (PEP 383).

    Rows are written with `bytearray`: of each `bytes`, Python's `sqlite3` asks whether it can adapt itself (PEP 246),
    which takes longer than to copy it.
    """
    return bytearray(text, "utf-8", "surrogatepass")


def path_of(key: bytes) -> str:
    """Read what `key_of` wrote.

    Raises:
        BrokenStateError: It did not.
    """
    try:
        return key.decode("utf-8", "surrogatepass")
    except (UnicodeDecodeError, AttributeError) as error:
        raise BrokenStateError(str(error)) from error


def _connect(path: Path | None, mode: str) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect("", isolation_level=None)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)
