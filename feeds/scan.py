"""Archive folder to article files, in one fixed order; opens nothing, follows no loop."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from stat import S_ISREG
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from feeds.errors import ArchiveError, Problem, ProblemKind
from feeds.model import ArticleFile

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ARTICLE_SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".html", ".htm", ".rst", ".txt"})
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})
GENERATOR_FOLDERS = frozenset({"node_modules", "themes", "_layouts", "_includes", "_site", "public"})
"""What site generators keep beside articles; entered only where an include pattern names them."""
NO_ARTICLES = ("_index.", "._", ".#")
"""How the names of files begin that only look like articles: Hugo's section pages, macOS's and Emacs's traces."""

META_SUFFIX = ".meta"
"""Of a file that holds the front matter of the article beside it (Nikola's "two-file" posts)."""

_STAMP = Struct("=3qQ")
_STAMPS = Struct(f"{_STAMP.size}s")
UNKNOWN = bytes(_STAMP.size)
"""Stands for the stamp of a file of which nothing is known: no file has it."""


class Folder(NamedTuple):
    """One folder of the archive as the file system tells of it; compact, since there may be millions of files."""

    path: str
    """Archive-relative, "" or ending in `/`."""
    names: tuple[str, ...]
    """Of its own article files, in code point order; bytes that are no UTF-8 stand as lone surrogates (PEP 383)."""
    stamps: bytes
    """Of each of them size, time of the last change, of the last renaming or other rights, and inode; packed."""

    def every_stamp(self) -> dict[str, bytes]:
        """Answer the stamp of each file by its name."""
        return {name: stamp for name, (stamp,) in zip(self.names, _STAMPS.iter_unpack(self.stamps), strict=True)}

    def file(self, name: str) -> ArticleFile | None:
        """Answer one of its files; None when there is none of that name."""
        place = bisect_left(self.names, name)
        if place == len(self.names) or self.names[place] != name:
            return None
        stamp = self.stamps[place * _STAMP.size : (place + 1) * _STAMP.size]
        _, written, renamed, _ = _STAMP.unpack(stamp)
        return ArticleFile(path=self.path + name, stamp=stamp, changes=(written, renamed))

    def changed(self) -> int:
        """Answer the latest of what `ArticleFile.changes` says of its files."""
        return max(map(max, self._changes()))

    def changed_since(self, moment: int, *, latest: int) -> list[str]:
        """Answer the names of those of its files that `has_changed_since`."""
        changes = zip(self.names, *self._changes(), strict=True)
        return [name for name, *one in changes if has_changed_since(moment, *one, latest=latest)]

    def _changes(self) -> tuple[memoryview[int], memoryview[int]]:
        """Answer of each file when it was changed, and when it was renamed or given other rights."""
        numbers = memoryview(self.stamps).cast("q")
        return numbers[1::4], numbers[2::4]


def has_changed_since(moment: int, written: int, renamed: int, *, latest: int) -> bool:
    """Tell whether a file changed at a moment or later, by what `ArticleFile.changes` says of it.

    That it was written at `latest` or later says nothing if it was not renamed since: somebody has set that time.
    """
    return renamed >= moment or moment <= written < latest


@cache
def _no_text() -> re.Pattern[str]:
    """Match names of texts that speak to machines, or of the site itself; compiled when the first text is found."""
    return re.compile(
        r"(?:robots|humans|(?:app-)?ads|security|llms.*|requirements.*|constraints.*|licen[cs]e.*|copying|notice|readme.*"
        r"|authors|contributors|thanks|changelog|changes|todo|manifest|cmakelists|version)\.txt",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What an archive folder holds."""

    folders: tuple[Folder, ...]
    """Those with articles, by path."""
    pictures: frozenset[str]
    """Archive-relative paths of picture files."""
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How many articles there are."""
        return sum(len(folder.names) for folder in self.folders)

    @property
    def paths(self) -> Iterator[str]:
        """Of every article, folder by folder."""
        return (folder.path + name for folder in self.folders for name in folder.names)


def scan_archive(root: Path, *, include: Sequence[str], exclude: Sequence[str], output: Path) -> Scan:
    """List the article and picture files below a folder.

    Args:
        root: The archive.
        include: Patterns as in `.gitignore`; when given, only articles that match one.
        exclude: Patterns as in `.gitignore`; what matches is neither read nor entered.
        output: Never entered, wherever it lies.

    Raises:
        ArchiveError: `root` is no folder, or cannot be listed.
    """
    walk = _Walk(include, exclude, forbidden=_identity_of(output))
    try:
        os.scandir(root).close()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveError(
            "not a folder" if root.exists() else "no such folder",
            path=str(root),
            hint="Name the folder that holds the articles: feeds build ARCHIVE",
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"cannot be listed: {error.strerror}", path=str(root), hint="Let the user who builds read it."
        ) from error
    folders = walk.folders(str(root))
    return Scan(
        folders=tuple(sorted(folders, key=lambda folder: folder.path)),
        pictures=frozenset(walk.pictures),
        problems=tuple(walk.problems),
    )


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec  # takes long to load, and few archives have patterns

    return GitIgnoreSpec.from_lines(patterns)


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _with_meta(stamp: bytes, meta: os.DirEntry[str] | None) -> bytes:
    """Let what the file system says of an article tell of the file beside it, too."""
    try:
        status = meta.stat() if meta else None
    except OSError:
        status = None
    if status is None:
        return stamp
    size, changed, renamed, inode = _STAMP.unpack(stamp)
    return _STAMP.pack(
        size + status.st_size,
        max(changed, status.st_mtime_ns),
        max(renamed, status.st_ctime_ns),
        inode ^ status.st_ino,
    )


class _Walk:
    """One pass over an archive.

    Folders behind links come last, and only if the pass has not met them yet: so each folder is read once, under
    its real path, and loops end.
    """

    def __init__(self, include: Sequence[str], exclude: Sequence[str], forbidden: tuple[int, int] | None) -> None:
        self.pictures: list[str] = []
        self.problems: list[Problem] = []
        self._include = _spec(include)
        self._exclude = _spec(exclude)
        self._has_patterns = bool(include or exclude)
        self._named = {part for pattern in include for part in pattern.split("/")}
        self._met: set[tuple[int, int]] = {forbidden} if forbidden else set()

    def folders(self, root: str) -> list[Folder]:
        """List every folder that holds articles."""
        found = []
        pending = [(root, "")]
        linked: list[tuple[str, str]] = []
        while pending or linked:
            place, path = pending.pop() if pending else linked.pop(0)
            articles: list[tuple[str, bytes]] = []
            metas: dict[str, os.DirEntry[str]] = {}
            inner: list[os.DirEntry[str]] = []
            with self._entries(place, path) as entries:
                for entry in entries:
                    stamp = self._take(path, entry)
                    if stamp is not None:
                        articles.append((entry.name, stamp))
                    elif self._is_folder(entry):
                        inner.append(entry)
                    elif entry.name.endswith(META_SUFFIX):
                        metas[entry.name.removesuffix(META_SUFFIX)] = entry
                if metas:
                    articles = [
                        (name, _with_meta(stamp, metas.get(name.rpartition(".")[0]))) for name, stamp in articles
                    ]
            for entry in sorted(inner, key=lambda entry: entry.name):
                if self._enters(entry.name, f"{path}{entry.name}/"):
                    found_in = linked if entry.is_symlink() else pending
                    found_in.append((f"{place}/{entry.name}", f"{path}{entry.name}/"))
            if articles:
                articles.sort()
                names, stamps = zip(*articles, strict=True)
                found.append(Folder(path=path, names=names, stamps=b"".join(stamps)))
        return found

    @contextmanager
    def _entries(self, place: str, path: str) -> Iterator[list[os.DirEntry[str]]]:
        """List a folder, and hold it open: else the system finds its way there again for each file it tells of."""
        entries: list[os.DirEntry[str]] = []
        with ExitStack() as opened:
            try:
                status = os.stat(place)  # noqa: PTH116 -- one call a folder, on names that may be no UTF-8
                if (status.st_dev, status.st_ino) not in self._met:
                    self._met.add((status.st_dev, status.st_ino))
                    folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
                    opened.callback(os.close, folder)
                    with os.scandir(folder) as listing:
                        entries = list(listing)
            except FileNotFoundError:
                pass
            except OSError as error:
                self._report(path.rstrip("/"), "folder cannot be read", error)
            yield entries

    def _take(self, folder: str, entry: os.DirEntry[str]) -> bytes | None:
        """Note a file if it is a picture; answer what the file system says of it if it is an article."""
        name = entry.name
        stem, dot, suffix = name.rpartition(".")
        suffix = dot + suffix.lower() if stem.lstrip(".") else ""
        if suffix not in ARTICLE_SUFFIXES:
            if suffix in PICTURE_SUFFIXES and entry.is_file() and not self._is_excluded(folder + name):
                self.pictures.append(folder + name)
            return None
        if suffix == ".txt" and _no_text().fullmatch(name):
            return None
        if name.startswith(NO_ARTICLES) or (self._has_patterns and self._is_left_out(folder + name)):
            return None
        try:
            status = entry.stat()
            if not S_ISREG(status.st_mode):
                return None
        except FileNotFoundError:
            return None
        except OSError as error:
            self._report(folder + name, "file cannot be read", error)
            return None
        return _STAMP.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:
            return False

    def _enters(self, name: str, path: str) -> bool:
        if name not in self._named and (name.startswith(".") or name in GENERATOR_FOLDERS):
            return False
        return not self._is_excluded(path)

    def _is_left_out(self, path: str) -> bool:
        return self._is_excluded(path) or (self._include is not None and not self._include.match_file(path))

    def _is_excluded(self, path: str) -> bool:
        return self._exclude is not None and self._exclude.match_file(path)

    def _report(self, path: str, what: str, error: OSError) -> None:
        self.problems.append(
            Problem(
                kind=ProblemKind.UNREADABLE,
                path=path,
                what=what,
                cause=error.strerror or type(error).__name__,
                cure="Let the user who builds read it; until then what it holds is left out.",
            )
        )
