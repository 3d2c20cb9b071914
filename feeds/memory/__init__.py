"""The memory: what no rebuild can know, kept as sorted lines of JSON that are made to be committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.deferred import names_of

if TYPE_CHECKING:
    from feeds.memory.file import read_memory, write_memory
    from feeds.memory.lines import VERSION, format_memory, parse_memory

__all__ = ["VERSION", "format_memory", "parse_memory", "read_memory", "write_memory"]

__getattr__ = names_of(
    __name__, {"file": ("read_memory", "write_memory"), "lines": ("VERSION", "format_memory", "parse_memory")}
)
