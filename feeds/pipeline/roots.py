"""Where pictures may lie: in the archive, or in the folders that the site serves at its root; and nowhere else.

A path is archive-relative; one that begins with `/N/` lies in the site's folder number N, with `**/` anywhere in the
archive.
A picture that is named from an article lies anywhere in the folder that an Astro site is made of.
No link leads out of the archive and those folders, but for a folder of the archive that is one itself.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from feeds.addresses import parse_static
from feeds.scan import PICTURE_SUFFIXES
from feeds.state import Status


class Roots:
    """The folders of one build, as they are while it runs."""

    def __init__(
        self, archive: Path, pictures: Collection[str], static: Iterable[Path], sources: Path | None = None
    ) -> None:
        """Take the archive, the paths of its pictures, the site's folders, and the one that the site is made of."""
        self._sources = sources
        self._archive = archive
        self._pictures = pictures
        self._static = tuple(static)
        self._listings: dict[tuple[int, str], dict[str, str]] = {}
        self._real: dict[Path, str] = {}
        self._located: dict[str, str | None] = {}

    def locate(self, path: str) -> str | None:
        """Answer the one path of the picture file that a path means, exactly or but for its letters' case and form.

        A file of the archive that lies in one of the site's folders has its path there, unless a folder between is
        hidden from sites (`_posts`).
        """
        if path not in self._located:
            self._located[path] = self._locate(path)
        return self._located[path]

    def place(self, path: str) -> Path:
        """Answer where a picture file that was located is."""
        number, below = parse_static(path)
        return (self._archive if number is None else self._static[number]) / below

    def stat(self, path: str) -> Status | None:
        """Answer size in bytes, times of change and of status, and inode of the file that a path means; None for none.

        Times are in nanoseconds.
        """
        located = self.locate(path)
        if located is None:
            return None
        try:
            status = self.place(located).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino

    def _locate(self, path: str) -> str | None:
        number, below = parse_static(path)
        if number is not None:
            return self._in_static(number, below) if number < len(self._static) else None
        if path.startswith("../"):
            return self._beside_archive(path)
        if path in self._pictures:
            found: str | None = path
        elif path.startswith("**/"):
            found = self._by_name(path[3:])
        else:
            found = next(
                (one for one in self._folded.get(fold(path.rpartition("/")[2]), ()) if fold(one) == fold(path)), None
            )
        return self._as_served(found) if found is not None and self._is_inside(self._archive, found) else None

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        """The archive's pictures by their folded names, each name's by path."""
        found: dict[str, list[str]] = {}
        for path in sorted(self._pictures):
            found.setdefault(fold(path.rpartition("/")[2]), []).append(path)
        return found

    def _by_name(self, path: str) -> str | None:
        """Answer the picture whose path ends with a path, the one that is nearest to the top."""
        wanted = "/" + fold(path)
        named = self._folded.get(wanted.rpartition("/")[2], ())
        return min(
            (one for one in named if ("/" + fold(one)).endswith(wanted)),
            key=lambda one: (one.count("/"), one),
            default=None,
        )

    def _as_served(self, path: str) -> str:
        if any(part.startswith(("_", ".")) for part in path.split("/")):
            return path
        return next((f"/{number}/{prefix}{path}" for number, prefix in self._served), path)

    @cached_property
    def _served(self) -> tuple[tuple[int, str], ...]:
        """The site's folders that hold the archive: number, and the archive's path in it, "" or ending in `/`."""
        archive, found = self._realpath(self._archive), []
        for number, root in enumerate(self._static):
            real = self._realpath(root)
            inside = posixpath.relpath(archive, real)
            if inside == ".":
                found.append((number, ""))
            elif not inside.startswith("..") and not any(part.startswith(("_", ".")) for part in inside.split("/")):
                found.append((number, inside + "/"))
        return tuple(found)

    def _beside_archive(self, path: str) -> str | None:
        """Find a file that an article names by a way out of the archive, and that lies in one of the site's folders."""
        if not self._static and self._sources is None:
            return None
        wanted = posixpath.normpath(posixpath.join(self._realpath(self._archive), path))
        for number, root in enumerate(self._static):
            start = self._realpath(root) + "/"
            if wanted.startswith(start) and (found := self._in_static(number, wanted[len(start) :])):
                return found
        return self._in_sources(wanted)

    def _in_sources(self, place: str) -> str | None:
        """Answer the way from the archive to a picture that the site is made of, and serves nowhere as it is."""
        if self._sources is None or posixpath.splitext(place)[1].lower() not in PICTURE_SUFFIXES:
            return None
        if not self._is_file(Path(place)) or not self._is_below(os.path.realpath(place), [self._sources]):
            return None
        return posixpath.relpath(place, self._realpath(self._archive))

    def _in_static(self, number: int, path: str) -> str | None:
        suffix = posixpath.splitext(path)[1].lower()
        if suffix not in PICTURE_SUFFIXES or any(part in ("", ".", "..") for part in path.split("/")):
            return None
        root = self._static[number]
        if not self._is_file(root / path):
            found = self._unfolded(number, path)
            if found is None or not self._is_file(root / found):
                return None
            path = found
        return f"/{number}/{path}" if self._is_inside(root, path) else None

    def _unfolded(self, number: int, path: str) -> str | None:
        """Find a path but for its letters' case and form, part by part."""
        folder = ""
        for part in path.split("/"):
            name = self._listing(number, folder).get(fold(part))
            if name is None:
                return None
            folder = f"{folder}/{name}" if folder else name
        return folder

    def _listing(self, number: int, folder: str) -> dict[str, str]:
        """Answer the names in a folder by how they are folded."""
        key = number, folder
        if key not in self._listings:
            try:
                names = sorted(os.listdir(self._static[number] / folder), reverse=True)  # noqa: PTH208 -- names alone
            except OSError:
                names = []
            self._listings[key] = {fold(name): name for name in names}
        return self._listings[key]

    def _is_file(self, place: Path) -> bool:
        try:
            return S_ISREG(place.stat().st_mode)
        except (OSError, ValueError):
            return False

    def _is_inside(self, root: Path, path: str) -> bool:
        """Tell whether a file is where it may be, its links followed."""
        place = root / path
        try:
            is_link = S_ISLNK(place.lstat().st_mode)
        except (OSError, ValueError):
            return False
        is_own = root == self._archive
        if is_own and not is_link:
            return True
        allowed = [self._archive, *self._static]
        if not is_own and not self._is_below(self._realpath(place.parent), allowed):
            return False
        return not is_link or self._is_below(os.path.realpath(place), [*allowed, *([place.parent] if is_own else [])])

    def _is_below(self, real: str, roots: Iterable[Path]) -> bool:
        return any(f"{real}/".startswith(self._realpath(root).rstrip("/") + "/") for root in roots)

    def _realpath(self, folder: Path) -> str:
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return self._real[folder]


def fold(name: str) -> str:
    """Write a name so that it is equal however its letters are composed, and whatever their case."""
    if name.isascii():
        return name.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", name).casefold())
