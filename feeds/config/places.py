"""Where a build keeps what it knows beside its output: state, memory, lock, the last run's account, the log."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

FOLDER = ".feeds"
"""The folder that holds them, beside the configuration or in the working folder."""


class Places(NamedTuple):
    """The files that one build keeps for the next; none of them need exist."""

    folder: Path
    """Holds all but, under a configuration, the memory."""
    memory: Path
    """What no rebuild can know: to be kept, and committed."""
    former: Path | None = None
    """The folder that builds without a configuration used, to be taken over."""

    @property
    def state(self) -> Path:
        """What a rebuild would find out again."""
        return self.folder / "state.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the build that runs."""
        return self.folder / "lock"

    @property
    def last_run(self) -> Path:
        """The account of the last run, as JSON."""
        return self.folder / "last-run.json"

    @property
    def log(self) -> Path:
        """Where scheduled builds write what they say."""
        return self.folder / "log"


def find_places(source: Path | None, archive: Path, output: Path, *, is_own: bool) -> Places:
    """Tell where a build keeps its files.

    Args:
        source: The configuration; None when there is none.
        archive: Folder that is read.
        output: Folder that is written.
        is_own: Archive and output are those that the configuration names, not others given beside it.
    """
    home = source.parent if source else Path()
    apart = home / FOLDER / _name_of(archive, output)
    if source is None or not is_own:
        return Places(folder=apart, memory=apart / "feeds-memory.jsonl")
    is_usual = source.name == "feeds.toml"
    folder = home / FOLDER if is_usual else home / FOLDER / source.stem
    memory = home / f"{source.stem}-memory.jsonl"
    return Places(folder=folder, memory=memory, former=apart if is_usual else None)


def _name_of(archive: Path, output: Path) -> str:
    """Name a pair of folders, so that builds of other pairs keep out of its way."""
    pair = f"{archive.resolve()}\0{output.resolve()}".encode("utf-8", "surrogateescape")
    name = "".join(character if character.isalnum() else "-" for character in archive.resolve().name)
    return f"{name[:40]}-{hashlib.sha256(pair).hexdigest()[:8]}"
