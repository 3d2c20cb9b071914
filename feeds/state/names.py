"""Names that stand in the register by number."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from feeds.model import CategoryPath
from feeds.state.store import Store
from feeds.state.values import decoded, encoded

_Name = TypeVar("_Name", bound=Hashable)


class Names(Generic[_Name]):
    """Names that stand for numbers; none is ever given up."""

    def __init__(self, store: Store, table: str, type_: type[_Name]) -> None:
        """Take where they are, in which table, and what a name is."""
        self._store = store
        self._table = table
        self._type = type_
        self._numbers: dict[_Name, int] | None = None

    def all(self) -> dict[_Name, int]:
        """Answer every name's number."""
        if self._numbers is None:
            rows = self._store.read(f"SELECT name, number FROM {self._table}")
            self._numbers = {decoded(name, self._type): number for name, number in rows}
        return self._numbers

    def number(self, name: _Name) -> int:
        """Answer a name's number, a new one for a new name."""
        numbers = self.all()
        number = numbers.get(name)
        if number is None:
            number = numbers[name] = len(numbers)
            self._store.write(f"INSERT INTO {self._table} VALUES (?, ?)", [(number, encoded(name))])
        return number


class RegisterNames:
    """All that have a number in one register."""

    def __init__(self, store: Store) -> None:
        """Take the file that holds it."""
        self.shelves = Names(store, "shelves", tuple[CategoryPath, ...])
        self.publishers = Names(store, "publishers", str)
