"""Turns an archive of articles into feeds people subscribe to."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.errors import FeedsError
    from feeds.pipeline import Report, build

__all__ = ["Config", "FeedsError", "Report", "__version__", "build"]

_HOMES = {
    "Config": "feeds.config",
    "FeedsError": "feeds.errors",
    "Report": "feeds.pipeline",
    "build": "feeds.pipeline",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: `feeds --help` need not load parsers (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
