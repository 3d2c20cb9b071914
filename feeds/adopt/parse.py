"""Bytes of a feed to the entries that readers know by it, whatever wrote them; pure."""

from __future__ import annotations

import json
import re

from feeds.addresses import absolute, has_scheme
from feeds.adopt.jsonfeed import json_entries
from feeds.adopt.values import WrittenEntry, parse_instant
from feeds.adopt.xmlfeed import xml_entries
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
    text = _decode(data)
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


_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._-]+)")
# Python has codecs that are no encodings; and what spells its name in ASCII is no UTF-16, whatever it declares.
_ENCODING = re.compile(r"utf-?8|(iso|windows|cp|koi8|gb|big5|euc|shift|x-sjis|sjis|mac|tis)[a-z0-9_-]*")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252"}
"""What is meant by a name more often than what it says (WHATWG Encoding section 4.2)."""


def _decode(data: bytes) -> str:
    """Read bytes as text that XML may hold, less the blanks before it; what is no text becomes U+FFFD."""
    encoding: str = json.detect_encoding(data)
    declared = _DECLARED.search(data[:4096]) if encoding == "utf-8" else None
    if declared:
        name = declared[1].decode().lower()
        encoding = _SUPERSETS.get(name, name) if _ENCODING.fullmatch(name) else encoding
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return strip_forbidden(text).lstrip(" \t\r\n\ufeff")
