"""The archive's pictures: what an earlier build found out about a file that has not changed is not found out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from feeds.addresses import parse_static
from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.gallery import Copy, Gallery
from feeds.model import PictureFile
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import Job
from feeds.pipeline.roots import Roots
from feeds.pipeline.scanning import Snapshot
from feeds.state import KeptPicture, State


class Pictures:
    """Answers for the picture files of one archive, and remembers which were asked for."""

    def __init__(self, roots: Roots, kept: Mapping[str, KeptPicture], is_settled: Callable[[int, int], bool]) -> None:
        """Take where pictures are, what is kept of them, and what tells whether a file is old enough to rely on."""
        self._roots = roots
        self._kept = kept
        self._is_settled = is_settled
        self.asked: dict[str, KeptPicture] = {}
        """By path."""
        self.are_settled = True
        """None of them changed so shortly before that it may change again unseen."""

    def read(self, path: str) -> PictureFile | None:
        """Answer what is to be known of a picture that was located; None when it is gone, or cannot be read."""
        stamp = self._roots.stat(path)
        kept = self._kept.get(path)
        if kept is not None and stamp is not None and kept.stamp == stamp:
            self.asked[path] = kept
            return kept.file
        if stamp is not None and not self._is_settled(*stamp[1:3]):
            self.are_settled = False
        file = _read(self._roots.place(path)) if stamp is not None else None
        self.asked[path] = KeptPicture(stamp=stamp, file=replace(file, data=None) if file else None)
        return file

    def known(self, path: str) -> dict[str, KeptPicture]:
        """Answer what is known of a picture that was asked for, under the path that was asked and the one it has."""
        missing = KeptPicture(stamp=None, file=None)
        located = self._roots.locate(path)
        return {one: self.asked.get(one, missing) for one in (path, located) if one is not None}


def open_gallery(config: Config, snapshot: Snapshot, state: State) -> tuple[Gallery, Pictures]:
    """Open the pictures that were found in the archive."""
    roots = snapshot.roots(config)
    pictures = Pictures(roots, state.pictures(), snapshot.is_settled)
    gallery = Gallery(
        roots.locate,
        pictures.read,
        base_url=config.base_url,
        pictures_base=config.pictures_base,
        site_url=config.site_url,
    )
    return gallery, pictures


def read_copy(config: Config, copy: Copy) -> bytes:
    """Answer the bytes of a picture that is to be copied.

    Raises:
        ArchiveError: The file is no longer the one that was looked at.
    """
    if copy.file.data is not None:
        return copy.file.data
    number, below = parse_static(copy.source)
    place = (config.archive if number is None else config.static[number]) / below
    file = _read(place)
    if file is None or file.data is None or file.digest != copy.file.digest:
        raise ArchiveError("changed while the build ran", path=str(place), hint="Build again.")
    return file.data


def _read(place: Path) -> PictureFile | None:
    from feeds.read.picture import read_picture  # many an archive holds no picture

    return read_picture(place)


def copy_job(config: Config, copy: Copy) -> Job:
    """Make the job of a picture that is copied."""
    return Job(path=copy.path, key=fingerprint(copy.file.digest), render=partial(read_copy, config, copy))
