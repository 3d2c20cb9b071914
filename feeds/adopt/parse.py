"""Bytes of a feed to the entries that readers know by it, whatever wrote them; pure."""

from __future__ import annotations

from feeds.addresses import absolute, has_scheme
from feeds.adopt.jsonfeed import json_entries
from feeds.adopt.written import WrittenEntry
from feeds.adopt.xmlfeed import xml_entries
from feeds.documents import decode, parse_instant
from feeds.model import PublishedEntry
from feeds.text import fold, strip_forbidden


def parse_feed(data: bytes) -> tuple[PublishedEntry, ...]:
    """Read the entries of a feed: RSS, Atom or JSON Feed of any version.

    Args:
        data: The whole document; XML in whatever encoding it declares.

    Returns:
        In the feed's order; no id twice, the first counts. Entries with neither id nor link are left out.

    Raises:
        ValueError: No feed; the message is the cause, such as `an HTML page`.
    """
    text = decode(data)
    if not text:
        raise ValueError("empty")
    known: dict[str, PublishedEntry] = {}
    for written in json_entries(text) if text[0] in "{[" else xml_entries(text):
        entry = _resolve(written)
        if entry:
            known.setdefault(entry.id, entry)
    return tuple(known.values())


def _resolve(written: WrittenEntry) -> PublishedEntry | None:
    """Make an entry of what is written; None when nothing identifies it."""
    entry_id, address = strip_forbidden(written.id).strip(), strip_forbidden(written.address).strip()
    link = absolute(address, written.base)
    # Readers resolve an address before they take it for an id, but leave a whole one as it is.
    entry_id = entry_id or (address if has_scheme(address) else link or address)
    if not entry_id:
        return None
    if not address and written.is_address:
        link = absolute(entry_id, None)
    instants = (parse_instant(date) for date in written.dates)
    return PublishedEntry(
        id=entry_id,
        link=link,
        title=fold(written.title),
        published=next((instant for instant in instants if instant), None),
    )
