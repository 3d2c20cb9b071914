"""Where the keys of a front matter stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

_TOP_KEY = re.compile(r"\n[\"']?([^\s\"'#:=\-\[{][^\n:=]*)[:=](?=\s|\Z|[\"'\[])")


class KeyLines(Mapping[str, int]):
    """The line of each top-level key, told once a problem asks for one: few do."""

    def __init__(self, text: str, first_line: int) -> None:
        """Take text whose first line is that line of its file."""
        self._text = text
        self._first_line = first_line

    def names(self) -> list[str]:
        """List the keys, as often as they stand."""
        return [name.rstrip(" \t\"'") for name in _TOP_KEY.findall("\n" + self._text)]

    @cached_property
    def _lines(self) -> dict[str, int]:
        text = "\n" + self._text
        lines = [self._first_line + text.count("\n", 0, key.start()) for key in _TOP_KEY.finditer(text)]
        return dict(zip(self.names(), lines, strict=True))

    def __getitem__(self, key: str) -> int:
        return self._lines[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
