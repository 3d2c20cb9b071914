"""The archive's own pictures that entries show: each copied once, under its content hash, or served where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from feeds.addresses import encode_path, parse_static
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


class Copy(Struct, frozen=True, kw_only=True):
    """A picture to be copied into the output."""

    path: str
    """Output-relative."""
    source: str
    """As `Gallery.find` takes it."""
    file: PictureFile


class Place(Protocol):
    """Where a picture may be."""

    @property
    def path(self) -> str:
        """As `Gallery.find` takes it."""

    @property
    def served(self) -> str | None:
        """Address at which the site has it if it is there."""


class Gallery:
    """Answers for the pictures of the archive and of the site's folders, and remembers which were asked for.

    Paths are archive-relative; one that begins with `/N/` is relative to the site's folder number N.
    """

    def __init__(
        self,
        locate: Callable[[str], str | None],
        read: Callable[[str], PictureFile | None],
        *,
        base_url: str,
        pictures_base: str | None,
        site_url: str | None = None,
    ) -> None:
        """Take what finds the file that a path means, and how to read one.

        Args:
            locate: Answers the path of the picture file that a path means; None when there is none.
            read: Reads one.
            base_url: Where the output is served.
            pictures_base: Where the pictures are served as they are; None when they are not.
            site_url: Where the site serves its folders' files; None when nobody knows.
        """
        self._locate = locate
        self._read = read
        self._base_url = base_url
        self._pictures_base = pictures_base
        self._site_url = site_url
        self._located: dict[str, tuple[str, PictureFile] | None] = {}
        self._copies: dict[str, Copy] = {}
        self._data: dict[str, bytes] = {}
        self._held: list[str] = []

    def find(self, path: str, served: str | None = None) -> Picture | None:
        """Return the picture as it will be served; None when there is no such picture.

        Args:
            path: Which one.
            served: Absolute address at which the site has it, as far as the article knows.
        """
        found = self._look(path)
        if found is None:
            return None
        path, file = found
        return Picture(
            address=self._address(path, file, served),
            media_type=file.media_type,
            length=file.length,
            width=file.width,
            height=file.height,
        )

    def first(self, places: Iterable[Place]) -> Picture | None:
        """Return the first of some pictures that there is."""
        return next(filter(None, (self.find(place.path, place.served) for place in places)), None)

    def digest(self, path: str) -> str | None:
        """Answer the digest of a picture that can be shown; None when there is no such picture."""
        found = self._look(path)
        return found[1].digest if found else None

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
        self._data.clear()

    def _look(self, path: str) -> tuple[str, PictureFile] | None:
        """Answer where a picture really is, and what is known of it."""
        if path not in self._located:
            located = self._locate(path)
            if located is not None and located != path:
                self._located[path] = self._look(located)
            else:
                file = self._read(path) if located is not None else None
                is_picture = file is not None and file.media_type is not None
                self._located[path] = (path, replace(file, data=None)) if file and is_picture else None
                if file and file.data is not None and is_picture and self._served(path, None) is None:
                    self._data[path] = file.data
        return self._located[path]

    def _served(self, path: str, served: str | None) -> str | None:
        number, below = parse_static(path)
        if self._pictures_base is not None:
            return self._pictures_base + encode_path(below)
        if number is not None and self._site_url is not None:
            return self._site_url + encode_path(below)
        return served

    def _address(self, path: str, file: PictureFile, served: str | None) -> str:
        address = self._served(path, served)
        if address is not None:
            return address
        assert file.media_type is not None, "what is no picture is not found"
        copy = f"{FOLDER}/{file.digest[:2]}/{file.digest[:24]}{SUFFIXES[file.media_type]}"
        same = self._copies.get(copy)
        if same is None or path < same.source:
            self._copies[copy] = Copy(path=copy, source=path, file=replace(file, data=self._data.pop(path, None)))
            self._held.append(copy)
        return self._base_url + copy
