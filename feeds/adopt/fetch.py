"""A feed's bytes, from a file or over HTTP; the only module that opens a connection."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

import feeds
from feeds.addresses import encode
from feeds.errors import FeedsError

MOST_BYTES = 64 * 2**20
"""Of a feed, unpacked."""
TIMEOUT_SECONDS = 30.0
"""How long a server may be silent."""

_GONE = (404, 410)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
"""Two letters at least: `C:` is a drive."""


def fetch_feed(place: str) -> bytes | None:
    """Read a feed whole.

    Args:
        place: A local path, or an `http` or `https` address; redirections are followed.

    Returns:
        Its bytes; None when the server says that nothing is there (404 or 410): nothing was published yet.

    Raises:
        FeedsError: No such file, or it cannot be read; no answer, or another one; more than 64 MB.
    """
    scheme = _SCHEME.match(place)
    if scheme is None:
        return _read(place)
    if scheme[1].lower() not in ("http", "https"):
        raise FeedsError(
            f'"{scheme[1]}:" is no kind of address that feeds are read from',
            path=place,
            hint="Give an http or https address, or a path; ./ before a path that has a colon",
        )
    return _download(place)


def _read(place: str) -> bytes:
    try:
        with Path(place).open("rb") as stream:
            return _bounded(stream, place)
    except FileNotFoundError as error:
        raise FeedsError("there is no such file", path=place, hint="Give the path or the address of a feed") from error
    except (OSError, ValueError) as error:
        cause = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise FeedsError(
            f"cannot be read: {cause}", path=place, hint="Give the path of a feed that you may read"
        ) from error


def _download(place: str) -> bytes | None:
    address = encode(place)
    if address is None:
        raise FeedsError("no web address", path=place, hint="Write it as https://example.com/feed.xml")
    request = Request(address, headers={"User-Agent": f"feeds/{feeds.__version__}", "Accept-Encoding": "gzip"})
    try:
        with _opener().open(request, timeout=TIMEOUT_SECONDS) as response:
            if response.status != 200:
                raise _refused(place, response.status, response.reason)
            data = _bounded(response, place)
            # Python 3.11 does not tell when a connection ends before its time.
            if response.length:
                raise _failed(place, "the connection ended before the feed did")
            packed = response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
        return _bounded(gzip.GzipFile(fileobj=io.BytesIO(data)), place) if packed else data
    except HTTPError as error:
        with error:
            if error.code in _GONE:
                return None
            raise _refused(place, error.code, error.reason) from error
    except URLError as error:
        raise _failed(place, _cause(error.reason)) from error
    except (OSError, HTTPException, EOFError, zlib.error, ValueError) as error:
        raise _failed(place, _cause(error)) from error


def _opener() -> OpenerDirector:
    """Make a client of the web alone; the standard one follows redirections to FTP and opens local files."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        UnknownHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPDefaultErrorHandler,
        HTTPRedirectHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


class _Stream(Protocol):
    """What is read in one go: a file, an answer, what was packed."""

    def read(self, size: int, /) -> bytes:
        """Return at most this many bytes."""


def _bounded(stream: _Stream, place: str) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FeedsError(
            f"larger than {MOST_BYTES // 2**20} MB", path=place, hint="Give the address of a feed; no feed is as large"
        )
    return data


def _cause(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS:g} seconds"
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return " ".join(text.split()) or type(error).__name__


def _failed(place: str, cause: str) -> FeedsError:
    return FeedsError(
        f"the feed cannot be fetched: {cause}", path=place, hint="Check the address and the connection, then try again"
    )


def _refused(place: str, status: int, reason: str) -> FeedsError:
    return FeedsError(
        " ".join(f"the server answers {status} {reason}".split()),
        path=place,
        hint="Check the address, or try again later" if status >= 500 else "Check that anyone may read the address",
    )
