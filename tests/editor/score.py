"""How often a summary and a picture are what an editor would have chosen: ours, and what a user would do otherwise.

Run it: `python -m tests.editor.score` (a set's name for that one alone, `-v` for each miss, `--ours` without the
comparators, which `pip install '.[benchmark]'` brings).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from feeds import Config, build
from feeds.normalise.identity import make_id, tag_prefix
from tests.editor.labels import FOLDER, SETS, Label, load_labels

Told: TypeAlias = "tuple[str, str | None]"
"""The summary and the picture's address of one article."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_AUTHOR = re.compile(rb"^author:.*$", re.MULTILINE)
_DATE = re.compile(rb"^date:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one way of choosing fared on one set."""

    articles: int
    beginnings: int
    """Summaries that begin rightly."""
    forbidden: int
    """Summaries in which something stands that must not."""
    pictures: int
    """Right pictures, none included where none is right."""
    misses: tuple[str, ...]
    """One line each."""


def together(root: Path) -> dict[str, Told]:
    """Choose as in the archive that the set is."""
    return _choose(root, lambda article, _: article)


def alone(root: Path) -> dict[str, Told]:
    """Choose as in an archive in which every article has a publisher of its own."""
    return _choose(root, lambda article, number: _AUTHOR.sub(b"author: Publisher %d" % number, article, count=1))


def _choose(root: Path, change: Callable[[bytes, int], bytes]) -> dict[str, Told]:
    """Build a set's feeds as a user would, each article dated, and take every entry by its article's path."""
    prefix = tag_prefix("localhost", 2000)
    names = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.md"))]
    with tempfile.TemporaryDirectory() as folder:
        archive, output = Path(folder) / "archive", Path(folder) / "public"
        for number, name in enumerate(names):
            (archive / name).parent.mkdir(parents=True, exist_ok=True)
            date = f"date: {NOW - timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}".encode()
            article = _DATE.sub(date, (root / name).read_bytes(), count=1)
            (archive / name).write_bytes(change(article, number))
        report = build(Config(archive=archive, output=output, limit=10_000, limit_max=10_000), now=NOW)
    entries = {entry.id: entry for entry in report.feeds[0].entries}
    found = {name: entries[make_id(None, name, prefix)] for name in names}
    return {name: (entry.summary, entry.picture.address if entry.picture else None) for name, entry in found.items()}


def score(labels: list[Label], told: Mapping[str, Told]) -> Score:
    """Hold what was chosen against the labels."""
    misses: list[str] = []
    beginnings = forbidden = pictures = 0
    for label in labels:
        summary, picture = told[label.path]
        if label.is_right_beginning(summary):
            beginnings += 1
        else:
            misses.append(f"{label.path}: begins {summary[:70]!r}, should {' | '.join(map(repr, label.begins))}")
        found = label.found_forbidden(summary)
        if found:
            forbidden += 1
            misses.append(f"{label.path}: holds {found!r}")
        if label.is_right_picture(picture):
            pictures += 1
        else:
            misses.append(f"{label.path}: shows {picture}, should {' | '.join(map(str, label.pictures))}")
    return Score(
        articles=len(labels),
        beginnings=beginnings,
        forbidden=forbidden,
        pictures=pictures,
        misses=tuple(misses),
    )


def ways() -> Iterator[tuple[str, Callable[[Path], dict[str, Told]]]]:
    """Yield every way of choosing under its name."""
    yield "feeds", together
    yield "feeds, each alone", alone
    if "--ours" not in sys.argv:
        from tests.editor.compare import COMPARATORS

        yield from COMPARATORS.items()


def main() -> None:
    """Print the table."""
    wanted = [name for name in SETS if name in sys.argv] or list(SETS)
    print(f"{'set':<9} {'way':<19} {'articles':>8} {'beginnings':>11} {'forbidden':>10} {'pictures':>9}")
    for name in wanted:
        labels = list(load_labels(name))
        for way, choose in ways():
            result = score(labels, choose(FOLDER / name))
            print(
                f"{name:<9} {way:<19} {result.articles:>8} {result.beginnings / result.articles:>11.1%} "
                f"{result.forbidden:>10} {result.pictures / result.articles:>9.1%}"
            )
            if "-v" in sys.argv and way.startswith("feeds"):
                print("\n".join(f"    {miss}" for miss in result.misses))


if __name__ == "__main__":
    main()
