"""Which folders Hugo takes for sections of a site: those that hold an `_index` file."""

from __future__ import annotations

import os

from feeds.config import Config


def find_sections(config: Config) -> frozenset[str]:
    """Answer folders, archive-relative and in small letters, if addresses depend on them; else none.

    They do where a pattern of Hugo names the sections below the first level, too. What cannot be read has none.
    """
    if config.generator != "hugo" or not any(":sections" in pattern for _, pattern in config.permalinks):
        return frozenset()
    return frozenset(
        os.path.relpath(folder, config.archive).replace(os.sep, "/").lower()
        for folder, _, names in os.walk(config.archive)
        if any(name.startswith("_index.") for name in names)
    )
