"""Which packages a site is made with, as `package.json`, `Gemfile` and the like say."""

from __future__ import annotations

import json
import re
from pathlib import Path


def packages_of(folder: Path) -> frozenset[str]:
    """Answer the names of npm packages that a site wants; none when there is no list that can be read."""
    try:
        stated = json.loads((folder / "package.json").read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    tables = (stated.get(key) for key in ("dependencies", "devDependencies")) if isinstance(stated, dict) else ()
    return frozenset(str(name) for table in tables if isinstance(table, dict) for name in table)


def gems_of(folder: Path) -> frozenset[str]:
    """Answer the names of gems that a site wants; none when there is no list that can be read."""
    try:
        text = (folder / "Gemfile").read_text("utf-8-sig")
    except (OSError, ValueError):
        return frozenset()
    return frozenset(re.findall(r"""^\s*gem\s*\(?\s*["']([\w-]+)["']""", text, re.MULTILINE))
