"""The archive's pictures: what an earlier build found out about a file that has not changed is not found out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.gallery import Copy, Gallery
from feeds.model import PictureFile
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import Job
from feeds.pipeline.scanning import Snapshot
from feeds.read import read_picture
from feeds.scan import stat_picture
from feeds.state import KeptPicture, State


class Pictures:
    """Answers for the picture files of one archive, and remembers which were asked for."""

    def __init__(self, root: Path, kept: Mapping[str, KeptPicture], is_settled: Callable[[int], bool]) -> None:
        """Take the archive, what is kept of its pictures, and what tells whether a file is old enough to rely on."""
        self._root = root
        self._kept = kept
        self._is_settled = is_settled
        self.asked: dict[str, KeptPicture] = {}
        """By path."""
        self.are_settled = True
        """None of them changed so shortly before that it may change again unseen."""

    def read(self, path: str) -> PictureFile | None:
        """Answer what is to be known of a picture; None when there is no such file, or it cannot be shown."""
        stamp = stat_picture(self._root, path)
        kept = self._kept.get(path)
        if kept is not None and stamp is not None and kept.stamp == stamp:
            self.asked[path] = kept
            return kept.file
        if stamp is not None and not self._is_settled(max(stamp[1:3])):
            self.are_settled = False
        file = read_picture(self._root, path) if stamp is not None else None
        self.asked[path] = KeptPicture(stamp=stamp, file=replace(file, data=None) if file else None)
        return file


def open_gallery(config: Config, snapshot: Snapshot, state: State) -> tuple[Gallery, Pictures]:
    """Open the pictures that were found in the archive."""
    pictures = Pictures(config.archive, state.pictures(), snapshot.is_settled)
    gallery = Gallery(
        snapshot.scan.pictures, pictures.read, base_url=config.base_url, pictures_base=config.pictures_base
    )
    return gallery, pictures


def read_copy(config: Config, copy: Copy) -> bytes:
    """Answer the bytes of a picture that is to be copied.

    Raises:
        ArchiveError: The file is no longer the one that was looked at.
    """
    if copy.file.data is not None:
        return copy.file.data
    file = read_picture(config.archive, copy.source)
    if file is None or file.data is None or file.digest != copy.file.digest:
        raise ArchiveError("changed while the build ran", path=str(config.archive / copy.source), hint="Build again.")
    return file.data


def copy_job(config: Config, copy: Copy) -> Job:
    """Make the job of a picture that is copied."""
    return Job(path=copy.path, key=fingerprint(copy.file.digest), render=partial(read_copy, config, copy))
