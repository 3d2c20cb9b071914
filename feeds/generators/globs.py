"""Patterns of a generator, as `.gitignore` has them and counted from the archive; pages that are no articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

_BRACES = re.compile(r"\{([^{}]*)\}")
_DATED = re.compile(
    rb"""^\s*(?:\.\.\s+|:)?["']?(?:date|publishdate|published|pubdate|created|lastmod|updated)["']?\s*[:=]""",
    re.IGNORECASE | re.MULTILINE,
)
_DATED_NAME = re.compile(r"\d{4}-?\d\d-?\d\d")
_TEXTS = frozenset({".md", ".markdown", ".mdx", ".html", ".htm", ".rst"})
_MOST = 100


def globs_within(globs: Iterable[str], folder: str) -> list[str]:
    """Take the patterns that mean files in a folder of the site, as they count from that folder.

    Example: of `_posts/old/*`, `about.md` and `**/*.tmp.md` within `_posts` come `/old/*` and `**/*.tmp.md`.
    """
    found = []
    prefix = folder.strip("/") + "/" if folder.strip("/.") else ""
    for glob in (one for whole in globs for one in expanded(whole.strip())):
        pattern = glob.removeprefix("./").lstrip("/")
        if pattern.startswith("**/"):
            rest = pattern.removeprefix("**/")
            found.append("/" + rest.removeprefix(prefix) if prefix and rest.startswith(prefix) else pattern)
        elif prefix and pattern.startswith(prefix) and pattern != prefix:
            found.append("/" + pattern.removeprefix(prefix))
        elif not prefix and pattern:
            found.append("/" + pattern)
    return list(dict.fromkeys(found))


def expanded(glob: str, most: int = _MOST) -> Iterator[str]:
    """Yield what braces stand for: of `*.{a,b}` come `*.a` and `*.b`."""
    match = _BRACES.search(glob)
    if match is None:
        yield glob
        return
    for part in islice(match[1].split(","), most):
        yield from islice(expanded(glob[: match.start()] + part + glob[match.end() :], most), most)


def undated_pages(folder: Path) -> list[str]:
    """Answer patterns of the pages at the top of a folder that state no date, where folders beside them hold articles.

    So are `about.md` and `search.md` left alone. None where all stands at the top, or nothing there has a date.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    if not any(entry.is_dir() and not entry.name.startswith((".", "_")) for entry in entries):
        return []
    pages = [
        entry
        for entry in entries
        if entry.suffix.lower() in _TEXTS and not entry.name.startswith(("_", ".")) and entry.is_file()
    ]
    undated = [page for page in islice(pages, 1000) if not _DATED_NAME.match(page.name) and not _has_date(page)]
    return ["/" + escaped(page.name) for page in undated[:_MOST]]


def escaped(name: str) -> str:
    """Write a file's name as a pattern that means it alone."""
    return re.sub(r"([\\*?\[\]!#])", r"\\\1", name)


def _has_date(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            return _DATED.search(stream.read(4000)) is not None
    except OSError:
        return True
