"""An output looked at as it stands: its feeds read again, and what is wrong with them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.errors import FeedsError
from feeds.publish.manifest import MANIFEST, read_manifest
from feeds.validate import Document, Finding, Level, base_of, kind_of, look_at, tell

_HEAD = 4096
"""Bytes by which a feed is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be said of an output."""

    kinds: Counter[str]
    """How many files of each kind were looked at."""
    base: str | None
    """The address at which the output says that it is served; None where it does not."""
    findings: tuple[Finding, ...]
    """By path and line."""

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.level is Level.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors


def validate(output: Path, *, now: datetime, base_url: str | None = None) -> Verdict:
    """Look at every feed of an output, and at what they say together.

    Args:
        output: A folder that a build wrote, or any other that holds feeds; or one file.
        now: The time, aware: what is dated ahead of it is not plausible.
        base_url: Where the folder is served; None for where most of its feeds say.

    Raises:
        FeedsError: There is no feed, or it cannot be read.
    """
    if output.is_dir():
        files = frozenset(_walk(output, ""))
        published = read_manifest(output).files
        wanted = sorted(published) if published else sorted(files)
        documents = {
            path: document
            for path in wanted
            if path in files and (document := _read(output / path, path, now, is_ours=bool(published)))
        }
        missing = [path for path in wanted if path not in files]
    else:
        files = frozenset()
        document = _read(output, output.name, now, is_ours=True, must_be_there=True)
        documents = {output.name: document} if document else {}
        missing = []
    if not documents and not missing:
        raise FeedsError("no feed is there", path=str(output), hint="Name the folder that a build wrote.")
    base = base_url or (base_of(documents) if files else None)
    return Verdict(
        kinds=Counter(document.kind for document in documents.values()),
        base=base,
        findings=tuple(tell(documents, files, base, missing=missing)),
    )


def _walk(folder: Path | str, prefix: str) -> Iterator[str]:
    """Yield the paths of all files in a folder and below it, but for those that begin with a dot."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name == MANIFEST:
                    continue
                if entry.is_dir():
                    yield from _walk(entry.path, f"{prefix}{entry.name}/")
                elif entry.is_file():
                    yield prefix + entry.name
    except OSError as error:
        raise _unreadable(Path(folder), error) from error


def _read(place: Path, path: str, now: datetime, *, is_ours: bool, must_be_there: bool = False) -> Document | None:
    """Look at a file, of which only the beginning is read unless it is a feed; it may have gone meanwhile."""
    try:
        with place.open("rb") as file:
            head = file.read(_HEAD)
            kind = kind_of(head, path, is_ours=is_ours)
            return look_at(head + file.read(), kind, now) if kind else None
    except FileNotFoundError as error:
        if must_be_there:
            raise _unreadable(place, error) from error
        return None
    except OSError as error:
        raise _unreadable(place, error) from error


def _unreadable(place: Path, error: OSError) -> FeedsError:
    return FeedsError(
        f"cannot be read: {error.strerror or error}",
        path=str(place),
        hint="Name a folder that you can read, such as the one that a build wrote.",
    )
