"""The archive's own pictures that entries show: each copied once, under its content hash, or served where it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from feeds.addresses import encode_path
from feeds.model import Picture, PictureFile

FOLDER = "pictures"
"""Where copies stand in the output."""

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/svg+xml": ".svg",
}
"""How a copy's name ends, by its media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A picture to be copied into the output."""

    path: str
    """Output-relative."""
    source: str
    """Archive-relative."""
    file: PictureFile


class Gallery:
    """Answers for archive-relative picture paths, and remembers which were asked for."""

    def __init__(
        self,
        known: Collection[str],
        read: Callable[[str], PictureFile | None],
        *,
        base_url: str,
        pictures_base: str | None,
    ) -> None:
        """Take the paths of all picture files, and how to read one."""
        self._known = known
        self._read = read
        self._base_url = base_url
        self._pictures_base = pictures_base
        self._found: dict[str, Picture | None] = {}
        self._digests: dict[str, str] = {}
        self._copies: dict[str, Copy] = {}
        self._held: list[str] = []

    def find(self, path: str) -> Picture | None:
        """Return the picture as it will be served; None when the archive holds no such picture."""
        if path not in self._found:
            self._found[path] = self._open(path) if path in self._known else None
        return self._found[path]

    def digest(self, path: str) -> str | None:
        """Answer the digest of a picture that can be shown; None when the archive holds no such picture."""
        self.find(path)
        return self._digests.get(path)

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Every picture to be copied, by output path."""
        return tuple(self._copies[path] for path in sorted(self._copies))

    def release(self) -> None:
        """Hold the bytes of pictures no longer: whoever copies one reads it again."""
        for path in self._held:
            copy = self._copies[path]
            self._copies[path] = replace(copy, file=replace(copy.file, data=None))
        self._held.clear()

    def _open(self, path: str) -> Picture | None:
        file = self._read(path)
        if file is None or file.media_type is None:
            return None
        self._digests[path] = file.digest
        if self._pictures_base is not None:
            address = self._pictures_base + encode_path(path)
        else:
            copy = f"{FOLDER}/{file.digest[:2]}/{file.digest[:24]}{SUFFIXES[file.media_type]}"
            same = self._copies.get(copy)
            if same is None or path < same.source:
                self._copies[copy] = Copy(path=copy, source=path, file=file)
                self._held.append(copy)
            address = self._base_url + copy
        return Picture(address=address, media_type=file.media_type, length=file.length)
