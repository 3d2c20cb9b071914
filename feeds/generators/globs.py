"""Patterns of a generator, as `.gitignore` has them and counted from the archive; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

_BRACES = re.compile(r"\{([^{}]*)\}")
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
