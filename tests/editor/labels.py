"""The labelled articles: `NAME.md` as an archive holds it, `NAME.json` what a careful editor would pick.

A label's keys:

- `kind`: what sort of article it is.
- `begins`: beginnings of a right summary; `""` where none is right.
- `forbidden`: what must stand nowhere in a summary.
- `pictures`: right pictures, as the article writes them; `null` where none is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

FOLDER = Path(__file__).parent
SETS = ("develop", "final")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is right for one article."""

    path: str
    """Of the article, relative to its set."""
    kind: str
    begins: tuple[str, ...]
    forbidden: tuple[str, ...]
    pictures: tuple[str | None, ...]

    def is_right_beginning(self, summary: str) -> bool:
        """Tell whether a summary begins as an editor would begin it."""
        plain = _plain(summary)
        return any(plain.startswith(_plain(begin)) if begin else not plain for begin in self.begins)

    def found_forbidden(self, summary: str) -> list[str]:
        """List what an editor would not have let stand."""
        plain = _plain(summary)
        return [text for text in self.forbidden if _plain(text) in plain]

    def is_right_picture(self, address: str | None) -> bool:
        """Tell whether a picture is one that an editor would pick."""
        if address is None:
            return None in self.pictures
        return any(right is not None and _is_same(address, right) for right in self.pictures)


def load_labels(name: str) -> Iterator[Label]:
    """Yield the labels of one set, by path."""
    root = FOLDER / name
    for path in sorted(root.rglob("*.json")):
        label = json.loads(path.read_bytes())
        yield Label(
            path=path.with_suffix(".md").relative_to(root).as_posix(),
            kind=label["kind"],
            begins=tuple(label["begins"]),
            forbidden=tuple(label["forbidden"]),
            pictures=tuple(label["pictures"]),
        )


def _plain(text: str) -> str:
    return _BLANKS.sub("", text).casefold()


def _is_same(address: str, right: str) -> bool:
    """Compare an absolute address with one as written, which may be relative or unencoded."""
    path = unquote(right.partition("://")[2] or right.lstrip("./"))
    return unquote(address).endswith(path)
