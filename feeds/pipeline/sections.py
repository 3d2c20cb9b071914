"""Which folders Hugo takes for sections of a site: those that hold an `_index` file."""

from __future__ import annotations

import os
from pathlib import Path


def has_sections(generator: str, patterns: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether addresses depend on sections below the first level."""
    return generator == "hugo" and any(":sections" in pattern for _, pattern in patterns)


def find_sections(archive: Path) -> frozenset[str]:
    """Answer folders, archive-relative and in small letters; what cannot be read has none."""
    found = set()
    for folder, _, names in os.walk(archive):
        if any(name.startswith("_index.") for name in names):
            found.add(os.path.relpath(folder, archive).replace(os.sep, "/").lower())
    return frozenset(found)
