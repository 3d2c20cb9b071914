"""The register: every article that was read, found again by what a build asks for.

It lies in the state's file and holds an archive as it was built last, with what has changed since. So neither the
memory that a build needs nor the work of a rebuild grows with the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any, TypeAlias
from zlib import crc32

from msgspec import Struct

from feeds.kinds import chains_among, shelf_of
from feeds.model import CategoryPath, Listed, Reading
from feeds.state.names import RegisterNames
from feeds.state.store import BrokenStateError, Store, key_of, path_of
from feeds.state.values import decoded, encoded

_COLUMNS = "path, standing, published, id, claim, digest, reading"
_LISTED = "published, id, path, likeness, digest"
_Bytes: TypeAlias = bytes | bytearray


class Standing(IntEnum):
    """Whether an article may be published; the numbers stand in the file."""

    ADMITTED = 0
    """As soon as it is due."""
    DRAFT = 1
    UNDATED = 2
    CORRECTED = 3
    """Another file corrects its headline."""
    AWAY = 4
    """It may be there still, though nobody can read it now: as good as gone, and not forgotten."""
    UNSELECTED = 5
    """The configuration leaves it out."""


class Registered(Struct, frozen=True, kw_only=True, gc=False):
    """One article of the register."""

    reading: Reading
    """Of its file."""
    standing: Standing
    published: int | None
    """As remembered: microseconds since the epoch."""
    id: str
    """As published: its own alone."""
    claim: int
    """`mark_of` the id that it asked for."""
    digest: int
    """Of reading, standing, date and id."""


Row: TypeAlias = tuple[Reading, Standing, int | None, str]
"""An article to be taken in: what was read, its standing, its date as remembered (microseconds since the epoch), and
the id that it asks for."""


class Register:
    """The articles of one archive."""

    def __init__(self, store: Store, names: RegisterNames) -> None:
        """Take the file that holds them, and their names."""
        self._store = store
        self._names = names

    def put(self, articles: Iterable[Row]) -> None:
        """Take articles in; what was known under their paths is forgotten."""
        self._store.write(
            f"INSERT INTO articles ({_COLUMNS}, shelf, likeness, publisher, size) VALUES "
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET standing = excluded.standing, "
            "published = excluded.published, id = excluded.id, digest = excluded.digest, reading = excluded.reading, "
            "claim = excluded.claim, shelf = excluded.shelf, likeness = excluded.likeness, "
            "publisher = excluded.publisher, size = excluded.size",
            (self._row(*one) for one in articles),
        )

    def settle(self, ids: Mapping[str, str]) -> None:
        """Give articles, named by path, the ids that are theirs alone."""
        self._change((one, one.standing, ids[one.reading.path]) for one in self.some(ids))

    def restand(self, standings: Mapping[str, Standing]) -> None:
        """Let articles, named by path, have another standing."""
        self._change((one, standings[one.reading.path], one.id) for one in self.some(standings))

    def _change(self, articles: Iterable[tuple[Registered, Standing, str]]) -> None:
        self._store.write(
            "UPDATE articles SET standing = ?, id = ?, digest = ? WHERE path = ?",
            [
                (
                    int(standing),
                    key_of(id_),
                    _digest(key_of(one.reading.path), standing, one.published, key_of(id_), encoded(one.reading)),
                    key_of(one.reading.path),
                )
                for one, standing, id_ in articles
                if (standing, id_) != (one.standing, one.id)
            ],
        )

    def remove(self, paths: Iterable[str]) -> None:
        """Forget articles."""
        self._store.write("DELETE FROM articles WHERE path = ?", ((key_of(path),) for path in paths))

    def is_empty(self) -> bool:
        """Tell whether nothing was ever taken in."""
        return not self._store.read("SELECT 1 FROM articles LIMIT 1")

    def some(self, paths: Iterable[str]) -> Iterator[Registered]:
        """Yield those of some articles that are known, in no order.

        Raises:
            BrokenStateError: A row is damaged.
        """
        query = f"SELECT {_COLUMNS} FROM articles WHERE path IN (?)"
        return map(_registered, self._store.rows_of(query, map(key_of, paths)))

    def standings(self, paths: Iterable[str]) -> dict[str, Standing]:
        """Answer how those of some articles stand that are known."""
        query = "SELECT path, standing FROM articles WHERE path IN (?)"
        return {path_of(path): Standing(standing) for path, standing in self._store.rows_of(query, map(key_of, paths))}

    def all(self) -> Iterator[Registered]:
        """Yield every article, by path in the order of bytes; nothing may be taken in meanwhile.

        Raises:
            BrokenStateError: A row is damaged.
        """
        return map(_registered, self._store.rows(f"SELECT {_COLUMNS} FROM articles ORDER BY path"))

    def under(self, folder: str) -> list[str]:
        """Answer the paths of articles in a folder, which ends with `/`, or in one inside it; of every one for ""."""
        start = key_of(folder)
        end = start[:-1] + b"0" if folder else b"\xff"  # what comes next after a slash
        return self._paths("path >= ? AND path < ?", start, end)

    def of_size(self, size: int) -> list[str]:
        """Answer the paths of articles whose body has so many bytes."""
        return self._paths("size = ?", size)

    def claiming(self, ids: Iterable[str]) -> list[str]:
        """Answer the paths of articles that ask for one of some ids, and by chance of others."""
        query = "SELECT path FROM articles WHERE claim IN (?)"
        return [path_of(path) for (path,) in self._store.rows_of(query, set(map(mark_of, ids)))]

    def standing(self, standing: Standing) -> list[str]:
        """Answer the paths of articles of a standing other than that of being admitted."""
        return self._paths("standing = ? AND standing > 0", int(standing))

    def claimed_twice(self) -> list[str]:
        """Answer the paths of articles that ask for one id, and by chance of others."""
        return self._paths("claim IN (SELECT claim FROM articles GROUP BY claim HAVING COUNT(*) > 1)")

    def _paths(self, condition: str, *values: object) -> list[str]:
        return [path_of(path) for (path,) in self._store.read(f"SELECT path FROM articles WHERE {condition}", *values)]

    def _row(self, reading: Reading, standing: Standing, published: int | None, id_: str) -> tuple[object, ...]:
        card = reading.card
        path, name, data = key_of(reading.path), key_of(id_), encoded(reading)
        return (
            path,
            int(standing),
            published,
            name,
            crc32(name),  # as `mark_of` does
            _digest(path, standing, published, name, data),
            bytearray(data),
            self._names.shelves.number(shelf_of(card)),
            mark_of(card.title, card.publisher),
            self._names.publishers.number(card.publisher),
            reading.body_size,
        )

    def between(self, standing: Standing, start: int, end: int) -> list[str]:
        """Answer the paths of articles of a standing that were published from a moment on, and before another."""
        query = f"SELECT path {_from(standing)} AND published >= ? AND published < ?"
        return [path_of(path) for (path,) in self._store.read(query, start, end)]

    def first_from(self, standing: Standing, start: int) -> int | None:
        """Answer when the first article of a standing was published from a moment on; None where there is none."""
        ((first,),) = self._store.read(f"SELECT MIN(published) {_from(standing)} AND published >= ?", start)
        return None if first is None else int(first)

    # What choosing asks for

    def count(self) -> int:
        """Answer how many articles there are."""
        ((count,),) = self._store.read("SELECT COUNT(*) FROM articles")
        return int(count)

    def counts(self) -> dict[Standing, int]:
        """Answer how many articles of each standing there are, but for those that may be published."""
        query = "SELECT standing, COUNT(*) FROM articles WHERE standing > 0 GROUP BY standing"
        return {Standing(standing): count for standing, count in self._store.read(query)}

    def shelf_names(self) -> Iterable[tuple[CategoryPath, ...]]:
        """Answer, of every article that there is or was, chains and keys of feeds of other kinds."""
        return self._names.shelves.all().keys()

    def has(self, publisher: str | None, shelves: Iterable[tuple[CategoryPath, ...]] | None) -> bool:
        """Tell whether there is an article of a publisher, and on some shelves, given by name; None for any."""
        query = "SELECT 1 FROM articles WHERE standing {} 0"
        if publisher is not None:
            query += f" AND publisher = {self._names.publishers.all().get(publisher, -1)}"
        if shelves is not None:
            query += f" AND shelf IN ({','.join(str(self._names.shelves.all()[one]) for one in shelves)})"
        return any(self._store.read(query.format(standing) + " LIMIT 1") for standing in "=>")

    def shelves(self) -> Iterator[tuple[tuple[CategoryPath, ...], int, Iterator[Listed]]]:
        """Yield the articles that may be published, due or not, shelf by shelf.

        A shelf holds those of equal chains and other feeds: these, how many there are, and the articles, newest first,
        then by id.
        """
        chains = {number: chains for chains, number in self._names.shelves.all().items()}
        query = "SELECT shelf, COUNT(*) FROM articles WHERE standing = 0 GROUP BY shelf"
        for shelf, count in self._store.read(query):
            if shelf not in chains:
                raise BrokenStateError("a shelf without a name")
            yield chains[shelf], count, self._listed("shelf = ?", shelf)

    def due(self, until: int) -> Iterator[tuple[Listed, tuple[CategoryPath, ...], str]]:
        """Yield the articles that may be published and are due, each with its chains and its publisher, in no order."""
        chains = {number: chains_among(name) for name, number in self._names.shelves.all().items()}
        publishers = {number: name for name, number in self._names.publishers.all().items()}
        query = f"SELECT {_LISTED}, shelf, publisher FROM articles WHERE standing = 0 AND published <= ?"
        for *row, shelf, publisher in self._store.rows(query, until):
            yield _listed(tuple(row)), chains[shelf], publishers[publisher]

    def alike(self, until: int) -> Iterator[Listed]:
        """Yield the articles that may be published and are due, and have title and publisher of another.

        Others are among them by chance; those of equal likeness come one after the other.
        """
        several = "SELECT likeness FROM articles WHERE standing = 0 GROUP BY likeness HAVING COUNT(*) > 1"
        condition = f"standing = 0 AND published <= ? AND likeness IN ({several})"
        query = f"SELECT {_LISTED} FROM articles INDEXED BY alike WHERE {condition} ORDER BY likeness, path"
        return map(_listed, self._store.rows(query, until))

    def of_publisher(self, publisher: str) -> Iterator[Listed]:
        """Yield the articles of a publisher that may be published, due or not, newest first, then by id."""
        return self._listed("publisher = ?", self._names.publishers.all().get(publisher, -1))

    def like(self, articles: Iterable[Listed]) -> list[Listed]:
        """Answer the articles that may be published, due or not, and have title and publisher of one of some.

        Others are among them by chance.
        """
        query = f"SELECT {_LISTED} FROM articles INDEXED BY alike WHERE standing = 0 AND likeness IN (?)"
        return [_listed(row) for row in self._store.rows_of(query, {one.likeness for one in articles})]

    def _listed(self, condition: str, value: int) -> Iterator[Listed]:
        query = f"SELECT {_LISTED} FROM articles WHERE standing = 0 AND {condition} ORDER BY published DESC, id"
        return map(_listed, self._store.rows(query, value))


def _from(standing: Standing) -> str:
    if standing is Standing.ADMITTED:
        return "FROM articles INDEXED BY newest WHERE standing = 0"
    return f"FROM articles INDEXED BY others WHERE standing = {int(standing)} AND standing > 0"


def mark_of(*texts: str) -> int:
    """Answer a number that is equal for equal texts, and by chance for others."""
    return crc32("\0".join(texts).encode("utf-8", "surrogatepass"))


def _digest(path: _Bytes, standing: int, published: int | None, id_: _Bytes, reading: bytes) -> int:
    """Answer 63 bits: checksums are a fifth of a hash's cost, and nobody forges a state."""
    rest = crc32(id_ + path, (standing << 29) ^ ((published or 0) & 0xFFFFFFFF))
    return (crc32(reading) & 0x7FFFFFFF) << 32 | rest


def _registered(row: tuple[Any, ...]) -> Registered:
    path, standing, published, id_, claim, digest, reading = row
    try:
        is_whole = digest == _digest(path, standing, published, id_, reading)
    except TypeError:
        is_whole = False
    if not is_whole:
        raise BrokenStateError("a row is damaged")
    return Registered(
        reading=decoded(reading, Reading),
        standing=Standing(standing),
        published=published,
        id=path_of(id_),
        claim=claim,
        digest=digest,
    )


def _listed(row: tuple[Any, ...]) -> Listed:
    published, id_, path, likeness, digest = row
    return Listed(published=published, id=path_of(id_), path=path_of(path), likeness=likeness, digest=digest)
