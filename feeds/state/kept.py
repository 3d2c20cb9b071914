"""What is kept of files, publishers, entries, pictures and the output, each beside what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from feeds.errors import Problem
from feeds.model import Announced, Body, Entry, PictureFile, Profile, ShownEntry
from feeds.state.run import Status


class KeptFolder(Struct, frozen=True, kw_only=True, gc=False):
    """A folder of the archive as its articles were read."""

    names: str
    """Of the article files that were read, NUL between them: there may be many thousands."""
    stamps: bytes
    """Of each of them what the file system said, as `Folder` has it; `UNKNOWN` when that cannot be relied on."""


class KeptText(Struct, frozen=True, kw_only=True, gc=False):
    """What is to be known of a body without looking at it."""

    stamp: bytes
    """Of its file; b"" when that had changed too shortly before."""
    drop: tuple[str, ...]
    """Selectors of what was left out of it."""
    has_html: bool
    """Its HTML is kept, too."""
    digest: str
    """Fingerprint of the body."""
    text: str
    """Fingerprint of all that it shows, before anything was left out; "" when that is nothing."""
    problems: tuple[Problem, ...]


class KeptProfile(Struct, frozen=True, kw_only=True, gc=False):
    """What was learned of a publisher."""

    key: str
    """Fingerprint of what it was learned from."""
    digest: str
    """Fingerprint of the profile."""
    profile: Profile


class KeptEntry(Struct, frozen=True, kw_only=True, gc=False):
    """What finishing one article gave."""

    key: str
    """Fingerprint of all that it was made from, but for pictures of the archive."""
    entry: Entry
    digest: str
    """Fingerprint of all that the entry says."""
    page_html: str | None
    """The content of the page that we write for it; None when it gets none."""
    pictures: tuple[tuple[str, str | None], ...]
    """Paths of pictures that were asked for, as `Gallery.find` takes them, each with its digest; None where there was
    none."""
    problems: tuple[Problem, ...]
    weight: int = 0
    """Bytes that the entry takes in a feed's file, at most."""
    served: tuple[tuple[str, str | None], ...] = ()
    """Those that the site serves with the article, each with its digest."""
    links: tuple[tuple[str, str | None], ...] = ()
    """Other articles that were asked for, each with the address of its page; None where it has none."""


class KeptPage(Struct, frozen=True, kw_only=True, gc=False):
    """What became of an article that no feed shows."""

    stamp: bytes
    """Of its file; b"" when that had changed too shortly before."""
    text: str
    """Fingerprint of all that its body shows, before anything was left out; "" when that is nothing."""
    key: str
    """Fingerprint of all that its page was made from, but for body and pictures; "" for a copy, which has none."""
    page: str
    """Fingerprint of the page; "" for a copy."""
    pictures: tuple[tuple[str, str | None], ...]
    """Paths of pictures that were asked for, as `Gallery.find` takes them, each with its digest; None where there was
    none."""
    served: tuple[tuple[str, str | None], ...] = ()
    """Those that the site serves with the article, each with its digest."""
    links: tuple[tuple[str, str | None], ...] = ()
    """Other articles that were asked for, each with the address of its page; None where it has none."""


class KeptPicture(Struct, frozen=True, kw_only=True, gc=False):
    """A picture of the archive that was asked for."""

    stamp: Status | None
    """None when there is no such file."""
    file: PictureFile | None
    """Without its bytes; None when it cannot be shown."""


class KeptOutput(Struct, frozen=True, kw_only=True, gc=False):
    """One file of the output as it was left."""

    key: str
    """Fingerprint of all that it was made from."""
    digest: str
    """SHA-256 of its bytes, hexadecimal."""
    stamp: Status


TYPES: Mapping[str, Any] = {
    "folders": KeptFolder,
    "texts": KeptText,
    "bodies": Body,
    "profiles": KeptProfile,
    "entries": KeptEntry,
    "problems": tuple[Problem, ...],
    "pictures": KeptPicture,
    "outputs": KeptOutput,
    "announced": Announced,
    "windows": tuple[ShownEntry, ...],
    "pages": KeptPage,
}
"""What stands in each table."""
