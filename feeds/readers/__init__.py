"""How readers take a feed: its elements, a table of what each reader goes by, an entry taken by a row of it.

A feed becomes a `Document`, which says what stands in it and chooses nothing; `READERS` is the table; `take_all`
applies a row; `find_doubts` says what a reader does badly, `find_agreements` where readers differ. Decides nothing
about what is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.deferred import names_of

if TYPE_CHECKING:
    from feeds.readers.compare import Agreement, find_agreements
    from feeds.readers.document import Document, Kind
    from feeds.readers.doubts import Doubt, find_doubts
    from feeds.readers.read import read_document
    from feeds.readers.rules import Attached, Reader, Rules
    from feeds.readers.table import READERS, reader_of
    from feeds.readers.take import Taken, Taking, Value, take_all

__all__ = [
    "READERS",
    "Agreement",
    "Attached",
    "Document",
    "Doubt",
    "Kind",
    "Reader",
    "Rules",
    "Taken",
    "Taking",
    "Value",
    "find_agreements",
    "find_doubts",
    "read_document",
    "reader_of",
    "take_all",
]

__getattr__ = names_of(
    __name__,
    {
        "compare": ("Agreement", "find_agreements"),
        "document": ("Document", "Kind"),
        "doubts": ("Doubt", "find_doubts"),
        "read": ("read_document",),
        "rules": ("Attached", "Reader", "Rules"),
        "table": ("READERS", "reader_of"),
        "take": ("Taken", "Taking", "Value", "take_all"),
    },
)
