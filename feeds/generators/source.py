"""A configuration as it was read: values by their path, and the line that states each; pure but for `read_text`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feeds.errors import ConfigError

MOST_BYTES = 4_000_000
"""More than this is no configuration."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Stands for a value that only the generator itself could work out."""

    how: str
    """What it is made by, for people."""


@dataclass(slots=True)
class Source:
    """What one file says, or several that are laid over each other."""

    path: Path
    """Of the first file."""
    values: dict[str, Any] = field(default_factory=dict)
    """Texts, numbers, flags, None, `Computed`, lists and mappings of them."""
    lines: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    """File and line by the path of a value; not of every value."""
    is_blind_to_case: bool = False
    """Keys are the same in any case, and stand here in small letters."""

    @property
    def folder(self) -> Path:
        """The folder of the site."""
        return self.path.parent

    def get(self, *keys: str) -> Any:
        """Answer a value; None when nothing is stated."""
        value: Any = self.values
        for key in self._keys(keys):
            if not isinstance(value, Mapping):
                return None
            value = value.get(key)
        return value

    def has(self, *keys: str) -> bool:
        """Tell whether a key is there, even if it says nothing."""
        *outer, last = self._keys(keys)
        table = self.get(*outer)
        return isinstance(table, Mapping) and last in table

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Answer a mapping; an empty one when there is none."""
        value = self.get(*keys)
        return value if isinstance(value, Mapping) else {}

    def texts(self, *keys: str) -> list[str]:
        """Answer a list of texts; a single text is a list of one."""
        value = self.get(*keys)
        if isinstance(value, str):
            return [value] if value.strip() else []
        return [str(item) for item in value if isinstance(item, str | int)] if isinstance(value, list) else []

    def text(self, *keys: str) -> str | None:
        """Answer a text without blanks around it; None when there is none."""
        return as_text(self.get(*keys))

    def flag(self, *keys: str) -> bool | None:
        """Answer yes or no; None when neither is said."""
        return as_flag(self.get(*keys))

    def number(self, *keys: str) -> int | None:
        """Answer a whole number; None when there is none."""
        return as_number(self.get(*keys))

    def where(self, *keys: str) -> str:
        """Say where a value is stated: `_config.yml line 12: permalink`."""
        known = self._keys(keys)
        name, line = next(
            (self.lines[known[:count]] for count in range(len(known), 0, -1) if known[:count] in self.lines),
            (self.path.name, 0),
        )
        return f"{name}{f' line {line}' if line else ''}: {'.'.join(keys)}"

    def lay_over(self, other: Source) -> None:
        """Take what another file says, which goes before what is here; tables are merged."""
        self.values = merged(self.values, other.values)
        self.lines |= other.lines

    def _keys(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key.lower() for key in keys) if self.is_blind_to_case else tuple(keys)


def as_text(value: object) -> str | None:
    """Take a text, or a number as one; None for anything else, and for blanks."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def as_flag(value: object) -> bool | None:
    """Take yes or no, written as a text or not."""
    if isinstance(value, str):
        return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def as_number(value: object) -> int | None:
    """Take a whole number, written as a text or not."""
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one mapping over another, tables within them too."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = merged(old, value) if both else value  # type: ignore[arg-type]
    return result


def peek(path: Path) -> bytes:
    """Answer what a file holds, to tell whose it is; nothing when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES)
    except OSError:
        return b""


def read_text(path: Path) -> str:
    """Read a file of a generator's configuration.

    Raises:
        ConfigError: It cannot be read, or is no UTF-8.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=str(path), hint="Let the user who runs this read it."
        ) from error
    if len(data) > MOST_BYTES:
        raise ConfigError(
            f"more than {MOST_BYTES // 1_000_000} MB", path=str(path), hint="It is no generator's configuration."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError("not UTF-8", path=str(path), line=line, hint="Save it as UTF-8.") from error
