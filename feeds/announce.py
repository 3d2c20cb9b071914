"""What subscribers of a feed would see: its entries of now beside those that it showed and has shown; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from feeds.model import Announced, CategoryPath, Entry, Feed, ShownEntry


class News(Struct, frozen=True, kw_only=True):
    """What one feed would tell its subscribers."""

    category: CategoryPath
    is_first: bool
    """Nobody can have subscribed yet."""
    new: tuple[Entry, ...]
    """Entries that this feed has never held."""
    old: tuple[Entry, ...]
    """Those of them that are too old to be news: dated well before the newest that was published."""
    edited: tuple[Entry, ...]
    """Entries that say something else than before."""
    returning: tuple[Entry, ...]
    """Entries that it held once, and then no more."""
    renamed: tuple[tuple[ShownEntry, Entry], ...]
    """Entries that stood there under another id; they are among the new ones."""
    rolled_off: tuple[ShownEntry, ...]
    """Entries that it no longer shows."""

    @property
    def is_any(self) -> bool:
        """Tell whether subscribers would see anything."""
        return bool(self.new or self.edited or self.returning or self.rolled_off)


def compare(
    feed: Feed,
    before: Sequence[ShownEntry] | None,
    announced: Mapping[str, Announced],
    digests: Mapping[str, str],
    *,
    keep: timedelta,
) -> News:
    """Compare a feed with what it showed before.

    Args:
        feed: As it would be published.
        before: What it showed; None when it was never published.
        announced: Every entry that a feed has held, by id.
        digests: Of the entries, by id.
        keep: How far behind the newest published entry a new one is still news.
    """
    shown = {entry.id: entry for entry in before or ()}
    other = [entry for entry in feed.entries if entry.id not in shown]
    returning = tuple(entry for entry in other if entry.id in announced and feed.category in announced[entry.id].feeds)
    held = {entry.id for entry in returning}
    new = tuple(entry for entry in other if entry.id not in held)
    now = {entry.id for entry in feed.entries}
    gone = tuple(entry for entry in before or () if entry.id not in now)
    newest = max((entry.published for entry in shown.values()), default=None)
    return News(
        category=feed.category,
        is_first=before is None,
        new=new,
        old=tuple(entry for entry in new if newest is not None and entry.published < newest - keep),
        edited=tuple(
            entry for entry in feed.entries if entry.id in shown and _is_edited(entry, shown[entry.id], digests)
        ),
        returning=returning,
        renamed=tuple(_renamed(gone, new)),
        rolled_off=gone,
    )


def is_flood(news: News, limit: int) -> bool:
    """Tell whether a published feed would announce more old entries at once than it may."""
    return not news.is_first and len(news.old) > limit


def _is_edited(entry: Entry, before: ShownEntry, digests: Mapping[str, str]) -> bool:
    if before.digest:
        return before.digest != digests[entry.id]
    return (before.title, before.published) != (entry.title, entry.published)


def _renamed(gone: Sequence[ShownEntry], new: Sequence[Entry]) -> list[tuple[ShownEntry, Entry]]:
    by_headline = {(entry.title, entry.published): entry for entry in gone}
    pairs = ((by_headline.get((entry.title, entry.published)), entry) for entry in new)
    return [(before, entry) for before, entry in pairs if before is not None]
