"""Archive folder to article files, in one fixed order; opens nothing, follows no loop."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from feeds.errors import ArchiveError, Problem, ProblemKind
from feeds.model import ArticleFile

ARTICLE_SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".html", ".htm"})
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})
GENERATOR_FOLDERS = frozenset({"node_modules", "themes", "_layouts", "_includes", "_site", "public"})
"""What site generators keep beside articles; entered only where an include pattern names them."""
NO_ARTICLES = ("_index.", "._", ".#")
"""How the names of files begin that only look like articles: Hugo's section pages, macOS's and Emacs's traces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What an archive folder holds."""

    articles: tuple[ArticleFile, ...]
    """By path, in code point order."""
    pictures: frozenset[str]
    """Archive-relative paths of picture files."""
    problems: tuple[Problem, ...]


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
    for folder, entry in walk.files(str(root)):
        walk.take(folder, entry)
    return Scan(
        articles=tuple(sorted(walk.articles, key=lambda article: article.path)),
        pictures=frozenset(walk.pictures),
        problems=tuple(walk.problems),
    )


def stat_picture(root: Path, path: str) -> tuple[int, int, int, int] | None:
    """Answer size in bytes, times of change and of status in nanoseconds, and inode of a file; None for no file."""
    try:
        status = (root / path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class _Walk:
    """One pass over an archive.

    Folders behind links come last, and only if the pass has not met them yet: so each folder is read once, under
    its real path, and loops end.
    """

    def __init__(self, include: Sequence[str], exclude: Sequence[str], forbidden: tuple[int, int] | None) -> None:
        self.articles: list[ArticleFile] = []
        self.pictures: list[str] = []
        self.problems: list[Problem] = []
        self._include = GitIgnoreSpec.from_lines(include) if include else None
        self._exclude = GitIgnoreSpec.from_lines(exclude) if exclude else None
        self._named = {part for pattern in include for part in pattern.split("/")}
        self._met: set[tuple[int, int]] = {forbidden} if forbidden else set()

    def files(self, root: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Yield each file with the archive-relative folder it is in ("" or ending in `/`)."""
        pending = [(root, "")]
        linked: list[tuple[str, str]] = []
        while pending or linked:
            place, folder = pending.pop() if pending else linked.pop(0)
            try:
                status = os.stat(place)  # noqa: PTH116 -- one call a folder, on names that may be no UTF-8
                if (status.st_dev, status.st_ino) in self._met:
                    continue
                self._met.add((status.st_dev, status.st_ino))
                with os.scandir(place) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._report(folder.rstrip("/"), "folder cannot be read", error)
                continue
            for entry in entries:
                if self._is_folder(entry):
                    inner = f"{folder}{entry.name}/"
                    if self._enters(entry.name, inner):
                        (linked if entry.is_symlink() else pending).append((entry.path, inner))
                else:
                    yield folder, entry

    def take(self, folder: str, entry: os.DirEntry[str]) -> None:
        """Note one file if it is an article or a picture."""
        suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 -- a Path per file costs more than the stat
        path = folder + entry.name
        if suffix in PICTURE_SUFFIXES:
            if entry.is_file() and not self._is_excluded(path):
                self.pictures.append(path)
            return
        if suffix not in ARTICLE_SUFFIXES or entry.name.startswith(NO_ARTICLES) or self._is_excluded(path):
            return
        if self._include is not None and not self._include.match_file(path):
            return
        try:
            if not entry.is_file():
                return
            status = entry.stat()
        except FileNotFoundError:
            return
        except OSError as error:
            self._report(path, "file cannot be read", error)
            return
        self.articles.append(
            ArticleFile(
                path=path,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
                ctime_ns=status.st_ctime_ns,
                inode=status.st_ino,
            )
        )

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir()
        except OSError:
            return False

    def _enters(self, name: str, path: str) -> bool:
        if name not in self._named and (name.startswith(".") or name in GENERATOR_FOLDERS):
            return False
        return not self._is_excluded(path)

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
