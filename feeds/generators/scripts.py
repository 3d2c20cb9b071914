"""Scripts with what they import from files beside them: constants, and data; none of them is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from feeds.errors import FeedsError
from feeds.generators.javascript import Script
from feeds.generators.source import read_text

_IMPORT = re.compile(
    r"""^[ \t]*(?:import|export)\s+(?!type\b)(?P<names>[\w$\s,{}*]+?)\s+from\s*["'](?P<path>[^"'\n]+)["']"""
    r"""|^[ \t]*(?:const|let|var)\s+(?P<wanted>[\w$\s,{}:]+?)\s*=\s*require\(\s*["'](?P<file>[^"'\n]+)["']\s*\)""",
    re.MULTILINE,
)
_SUFFIXES = ("", ".ts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js")
_DEPTH = 2


def read_script(path: Path, *, roots: Sequence[Path] = (), depth: int = _DEPTH) -> Script:
    """Read a script, and of what it imports those constants that are literals.

    Args:
        path: The file.
        roots: Folders from which names such as `@/consts` count.
        depth: How far imports are followed; what is behind them, and of packages, is not known.

    Raises:
        ConfigError: The file itself cannot be read.
    """
    text = read_text(path)
    known: dict[str, Any] = {}
    if depth:
        for place, names in _imports(path, text, roots):
            known |= _constants_of(place, names, roots, depth - 1)
    return Script(path, text, known)


def default_of(script: Script) -> dict[str, Any] | None:
    """Answer the object that a module gives as a whole; None when it is no literal."""
    for match in script.find(r"(?:module\.exports\s*=|export\s+default\b|\breturn\b)\s*(?:\(\s*)?(?=[{\w])"):
        if (found := script.source(match.end())) is not None:
            return found.values
    return None


def _imports(path: Path, text: str, roots: Sequence[Path]) -> Iterator[tuple[Path, list[tuple[str, str]]]]:
    """Yield the files that are imported, and of each the names: theirs (`default` for the whole) and ours."""
    for match in _IMPORT.finditer(text):
        place = _find(path, match["path"] or match["file"], roots)
        if place is not None:
            yield place, list(_names(match["names"] or match["wanted"]))


def _names(words: str) -> Iterator[tuple[str, str]]:
    whole, _, inner = words.partition("{")
    for name in re.findall(r"[\w$]+", re.sub(r"\*\s*as\b", "", whole)):
        yield "default", name
    for part in inner.rpartition("}")[0].split(","):
        if pair := re.fullmatch(r"\s*([\w$]+)(?:\s*(?:\bas\b|:)\s*([\w$]+))?\s*", part):
            yield pair[1], pair[2] or pair[1]


def _find(path: Path, name: str, roots: Sequence[Path]) -> Path | None:
    if name.startswith("."):
        bases = [path.parent / name]
    elif match := re.match(r"[@~]/?(?=\w)|src/", name):
        bases = [root / name[match.end() :] for root in roots]
    else:
        return None
    found = (
        base.with_name(base.name + suffix) if not suffix.startswith("/") else base / suffix[1:]
        for base in bases
        for suffix in _SUFFIXES
    )
    return next((place for place in found if place.is_file()), None)


def _constants_of(place: Path, names: Sequence[tuple[str, str]], roots: Sequence[Path], depth: int) -> dict[str, Any]:
    try:
        if place.suffix == ".json":
            data = json.loads(read_text(place))
            return {ours: data if theirs == "default" else data.get(theirs) for theirs, ours in names}
        script = read_script(place, roots=roots, depth=depth)
    except (FeedsError, ValueError, RecursionError, AttributeError):
        return {}
    found: dict[str, Any] = {}
    for theirs, ours in names:
        value = script.constants.get(theirs) if theirs != "default" else _default(script)
        if value is not None:
            found[ours] = value
    return found


def _default(script: Script) -> Any:
    named = next(
        (script.constants.get(match[1]) for match in script.find(r"export\s+default\s+([\w$]+)\s*;?\s*$")), None
    )
    return named if named is not None else default_of(script)
