"""The archive's files as the file system tells of them; none is opened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.model import ArticleFile
from feeds.pipeline.roots import Roots
from feeds.scan import ARTICLE_SUFFIXES, META_SUFFIX, PICTURE_SUFFIXES, Folder, Scan, has_changed_since, scan_archive

_LATEST = 120_000_000_000
"""Nanoseconds after what can be relied on, beyond which a file's time lies in the future."""


def scan_folder(config: Config) -> Scan:
    """List the archive's files.

    Raises:
        ArchiveError: It cannot be listed, is the output, or holds no article; or a folder of the site is none.
    """
    for folder in config.static:
        if not folder.is_dir():
            raise ArchiveError(
                "not a folder" if folder.exists() else "no such folder",
                path=str(folder),
                hint="The setting static names folders whose files the site serves: correct it, or take it out.",
            )
    if config.archive.resolve() == config.output.resolve():
        raise ArchiveError(
            "archive and output are the same folder",
            path=str(config.archive),
            hint="Write elsewhere: feeds build ARCHIVE -o OUTPUT",
        )
    scan = scan_archive(config.archive, include=config.include, exclude=config.exclude, output=config.output)
    if not scan.count:
        raise ArchiveError(
            "no article in it",
            path=str(config.archive),
            hint=f"Articles are files that end in {' '.join(sorted(ARTICLE_SUFFIXES))}; "
            "include and exclude choose among them.",
        )
    return scan


def is_content(name: str) -> bool:
    """Tell whether a file ends as articles, their front matter and pictures do."""
    return name.lower().endswith((*ARTICLE_SUFFIXES, *PICTURE_SUFFIXES, META_SUFFIX))


class Snapshot:
    """What the file system says of the archive at the beginning of a build."""

    def __init__(self, scan: Scan, settled_before: int | None) -> None:
        """Take the archive's files.

        Args:
            scan: The files.
            settled_before: Nanoseconds since the epoch. What changed later may change again within one tick of the
                file system's clock, unseen, and is not relied on. None trusts every file.
        """
        self.scan = scan
        self._settled_before = settled_before
        self._roots: Roots | None = None

    def is_settled(self, written: int, renamed: int) -> bool:
        """Tell whether a file can be relied on that was written, and renamed, at some moments."""
        settled = self._settled_before
        return settled is None or not has_changed_since(settled, written, renamed, latest=settled + _LATEST)

    def roots(self, config: Config) -> Roots:
        """Answer the folders in which pictures may be, opened once for each look at the archive."""
        if self._roots is None:
            self._roots = Roots(config.archive, self.scan.pictures, config.static, sources_of(config))
        return self._roots

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """By folder, a fingerprint of what is said of its articles; "" for one that cannot be relied on yet."""
        return {
            folder.path: blake2b(
                "\0".join(folder.names).encode("utf-8", "surrogatepass") + folder.stamps, digest_size=16
            ).hexdigest()
            if not self.unsettled(folder)
            else ""
            for folder in self.scan.folders
        }

    def unsettled(self, folder: Folder) -> list[str]:
        """Answer the names of those files of a folder that cannot be relied on yet."""
        settled = self._settled_before
        if settled is None or folder.changed() < settled:
            return []
        return folder.changed_since(settled, latest=settled + _LATEST)

    def stamp(self, file: ArticleFile) -> bytes:
        """Answer what is said of a file; b"" for one that cannot be relied on yet."""
        return file.stamp if self.is_settled(*file.changes) else b""

    def is_fresh(self, path: str) -> bool:
        """Tell whether somebody may be writing the file at a path; one from the future nobody is."""
        folder, name = split_path(path)
        found = self._folders.get(folder)
        file = found.file(name) if found else None
        settled = self._settled_before
        return file is not None and settled is not None and settled <= max(file.changes) < settled + _LATEST

    def stamp_of(self, path: str) -> bytes:
        """Answer what is said of the file at a path; b"" for one that cannot be relied on yet, or is not there."""
        folder, name = split_path(path)
        found = self._folders.get(folder)
        file = found.file(name) if found else None
        return self.stamp(file) if file else b""

    @cached_property
    def _folders(self) -> dict[str, Folder]:
        return {folder.path: folder for folder in self.scan.folders}


def split_path(path: str) -> tuple[str, str]:
    """Answer the folder of a file, as `Folder` names it, and the file's own name."""
    folder, slash, name = path.rpartition("/")
    return folder + slash, name


def sources_of(config: Config) -> Path | None:
    """Answer the folder `src` around the archive of an Astro site, whose pictures articles name; None elsewhere."""
    if config.generator != "astro":
        return None
    return next((folder for folder in config.archive.absolute().parents if folder.name == "src"), None)
