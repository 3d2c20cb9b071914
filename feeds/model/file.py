"""A file of the archive before anybody opens it."""

from __future__ import annotations

from typing import NamedTuple


class ArticleFile(NamedTuple):
    """One file of the archive, unopened."""

    path: str
    """Archive-relative; bytes that are no UTF-8 stand as lone surrogates (PEP 383)."""
    stamp: bytes
    """What the file system says of it: another one, another file."""
    changes: tuple[int, int]
    """When it was last written, and when it was written, renamed or given other rights, in nanoseconds since the epoch;
    never an article's date."""
