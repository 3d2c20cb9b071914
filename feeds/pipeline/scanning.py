"""The archive's files as the file system tells of them; none is opened."""

from __future__ import annotations

from hashlib import blake2b

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive


def scan_folder(config: Config) -> Scan:
    """List the archive's files.

    Raises:
        ArchiveError: It cannot be listed, is the output, or holds no article.
    """
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


def marks_of(scan: Scan, settled_before: int | None) -> dict[str, str]:
    """Answer by folder a fingerprint of what the file system says of its articles.

    Args:
        scan: The files.
        settled_before: Nanoseconds since the epoch. What changed later may change again within one tick of the
            file system's clock, unseen: its folder gets "". None trusts every file.
    """
    return {
        folder.path: blake2b(
            "\0".join(folder.names).encode("utf-8", "surrogatepass") + folder.stamps, digest_size=16
        ).hexdigest()
        if settled_before is None or folder.changed() < settled_before
        else ""
        for folder in scan.folders
    }


class Stamps:
    """What the file system says of single files."""

    def __init__(self, scan: Scan, settled_before: int | None) -> None:
        """Take the files, and as for `marks_of` since when they are too young to rely on."""
        self._folders = {folder.path: folder for folder in scan.folders}
        self._settled_before = settled_before

    def of(self, path: str) -> bytes:
        """Answer a file's stamp; b"" for one that cannot be relied on."""
        folder, slash, name = path.rpartition("/")
        found = self._folders.get(folder + slash)
        file = found.file(name) if found else None
        if file is None or (self._settled_before is not None and file.changed >= self._settled_before):
            return b""
        return file.stamp
