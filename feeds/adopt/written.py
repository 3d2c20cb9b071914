"""What a feed says of one entry, as written; for any format, pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry:
    """One entry as its format has it; of every text, "" when it is absent."""

    id: str
    """Not resolved against anything."""
    address: str
    """Of its page; perhaps relative."""
    base: str | None
    """What the address is relative to, absolute; None when the feed does not say where it is."""
    title: str
    """Plain text, not yet on one line."""
    dates: tuple[str, ...]
    """Of its publication, the likeliest first."""
    is_address: bool
    """The id is the address of its page, if it looks like one."""
