"""Which program this is: told by what is installed, so that another one makes everything anew."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from pathlib import Path

import feeds

_SOURCES = (".py", ".html", ".css")


def program_identity() -> str:
    """Answer a text that differs where this package, Python, or what is installed beside it differs."""
    package = Path(feeds.__file__).parent
    sources = sorted((str(path), *_stamp(path)) for path in package.rglob("*") if path.suffix in _SOURCES)
    installed = [
        (folder, *_stamp(Path(folder))) for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))
    ]
    digest = hashlib.sha256(repr((sys.version, sources, installed)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{feeds.__version__} {digest[:16]}"


def _stamp(path: Path) -> tuple[int, ...]:
    with suppress(OSError):
        status = path.stat()
        return (status.st_mtime_ns, *((status.st_size,) if path.is_file() else ()))
    return ()
