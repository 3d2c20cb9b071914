"""An output looked at as it stands: its feeds read again, and what is wrong with them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feeds.config import PATH_KEYS
from feeds.errors import FeedsError
from feeds.publish.manifest import read_manifest
from feeds.validate import HEAD, Document, Finding, Level, base_of, kind_by_name, kind_of, look_at, tell


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
        wanted = files & published.keys() if published else filter(_is_shown, files)
        documents = _look_at_all(output, sorted(wanted), now)
        missing = sorted(published.keys() - files)
    else:
        files = frozenset()
        data = _read(output)
        kind = kind_of(data) or kind_by_name(output.name)
        documents = {output.name: look_at(data, kind, now)} if kind else {}
        missing = []
    if not documents and not missing:
        raise FeedsError("no feed is there", path=str(output), hint="Name the folder that a build wrote.")
    base = base_url or (base_of(documents) if files else None)
    return Verdict(
        kinds=Counter(document.kind for document in documents.values()),
        base=base,
        findings=tuple(tell(documents, files, base, missing=missing)),
    )


def _look_at_all(output: Path, paths: Sequence[str], now: datetime) -> dict[str, Document]:
    """Look at the feeds among some files.

    What does not begin as a feed is one all the same where others of its name are.
    """
    documents, doubtful = {}, []
    for path in paths:
        data = _read(output / path, is_feed=kind_of)
        kind = kind_of(data)
        if kind:
            documents[path] = look_at(data, kind, now)
        elif kind_by_name(path):
            doubtful.append(path)
    names = {_name(path) for path in documents} | set(PATH_KEYS.values())
    for path in doubtful:
        kind = kind_by_name(path)
        if kind and _name(path) in names:
            documents[path] = look_at(_read(output / path), kind, now)
    return documents


def _is_shown(path: str) -> bool:
    """Tell whether no part of a path begins with a dot."""
    return not path.startswith(".") and "/." not in path


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _walk(folder: Path | str, prefix: str) -> Iterator[str]:
    """Yield the paths of all files in a folder and below it; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _walk(entry.path, f"{prefix}{entry.name}/")
                elif _is_file(entry):
                    yield prefix + entry.name
    except OSError as error:
        raise _unreadable(Path(folder), error) from error


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry of a folder is or leads to a file; a link that leads to itself does not."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _read(place: Path, is_feed: Callable[[bytes], object] = bool) -> bytes:
    """Read a file; of one whose beginning is no feed, the beginning."""
    try:
        with open(place, "rb", opener=_open) as file:
            head = file.read(HEAD)
            return head + file.read() if is_feed(head) else head
    except OSError as error:
        raise _unreadable(place, error) from error


def _open(path: str, flags: int) -> int:
    """Open a file without waiting for somebody to write to it, which of a named pipe may be for ever."""
    file = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(file, True)
    return file


def _unreadable(place: Path, error: OSError) -> FeedsError:
    return FeedsError(
        f"cannot be read: {error.strerror or error}",
        path=str(place),
        hint="Name a folder that you can read, such as the one that a build wrote.",
    )
