"""The templates and words of pages that somebody has put in place of ours, as they are found on the disk."""

from __future__ import annotations

import re
from pathlib import Path

from feeds.config import Config
from feeds.errors import ConfigError

_LEAVINGS = re.compile(r"\..*|.*~|.*\.(?:bak|orig|swp)|#.*#")
"""Names of what editors and merges leave beside the file that was worked on, and of what is hidden."""


def read_theme(config: Config) -> dict[str, bytes]:
    """Read every file of the folder of templates, what editors leave apart, and that of the labels.

    Returns:
        The files by their paths, as the configuration leads there; empty when no pages are wanted.

    Raises:
        ConfigError: A folder or file that the configuration names cannot be read, or a folder is among the templates.
    """
    if not config.pages:
        return {}
    places = [] if config.labels is None else [config.labels]
    if config.templates is not None:
        places += _list(config.templates)
    return {str(place): _read(place) for place in places}


def names_of_kinds(config: Config) -> dict[str, str]:
    """Answer what kinds of feeds other than those of categories are called, in the language of the pages."""
    from feeds.render.pages.labels import labels_of  # few archives have such feeds
    from feeds.render.pages.theme import make_theme

    own = str(config.labels) if config.labels is not None and config.pages else None
    words = labels_of(config.language, dict(make_theme(read_theme(config), labels=own).labels))
    return {"tag": words["tags"], "author": words["authors"], "language": words["languages"]}


def _list(folder: Path) -> list[Path]:
    try:
        places = sorted(place for place in folder.iterdir() if not _LEAVINGS.fullmatch(place.name))
    except OSError as error:
        raise ConfigError(
            f"templates cannot be listed: {error.strerror}",
            path=str(folder),
            hint="Name a folder that the user who builds can read.",
        ) from error
    for place in places:
        if place.is_dir():
            raise ConfigError(
                "a folder among the templates",
                path=str(place),
                hint="Put what it holds into the folder of templates itself, or keep it elsewhere.",
            )
    return places


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=str(place), hint="Name a file that the user who builds can read."
        ) from error
