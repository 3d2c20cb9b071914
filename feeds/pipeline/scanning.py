"""The archive's files as the file system tells of them; none is opened."""

from __future__ import annotations

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.pipeline.fingerprints import stamp_of
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive
from feeds.state import Stamp


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
    if not scan.articles:
        raise ArchiveError(
            "no article in it",
            path=str(config.archive),
            hint=f"Articles are files that end in {' '.join(sorted(ARTICLE_SUFFIXES))}; "
            "include and exclude choose among them.",
        )
    return scan


def stamps_of(scan: Scan, settled_before: int | None) -> dict[str, Stamp | None]:
    """Answer what the file system says of each file.

    Args:
        scan: The files.
        settled_before: Nanoseconds since the epoch. What changed later may change again within one tick of the
            file system's clock, unseen: it gets None, and is read again next time. None trusts every file.
    """
    return {
        file.path: stamp_of(file)
        if settled_before is None or max(file.mtime_ns, file.ctime_ns) < settled_before
        else None
        for file in scan.articles
    }
