"""Turns an archive of articles into feeds people subscribe to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.deferred import names_of

__version__ = "0.1.0"

if TYPE_CHECKING:
    from feeds.config import Config
    from feeds.errors import FeedsError
    from feeds.pipeline import Report, build

__all__ = ["Config", "FeedsError", "Report", "__version__", "build"]

__getattr__ = names_of(__name__, {"config": ("Config",), "errors": ("FeedsError",), "pipeline": ("Report", "build")})
"""`feeds --help` need not load parsers."""
