"""The output over HTTP (RFC 9110), from this process: for one person and the readers that are tried on it.

A file is read whole before anything of it is told, so length, tag and bytes belong together however often a build
replaces it; its tag is that of its bytes. Werkzeug knows the rules of conditions and of negotiation. Whatever is
asked for, nothing outside the output is read.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from feeds.hosting import PICTURE_POLICY, WORTH_COMPRESSING, Site, is_compressible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

_METHODS = ("GET", "HEAD")
_UNCACHED = "no-cache"
"""Which is: ask each time whether it is still the same."""


class Application:
    """Answers requests for the files of an output (PEP 3333)."""

    def __init__(self, site: Site, prefix: str, clock: Callable[[], float]) -> None:
        """Take what is served, the path below which it is (decoded, with `/` at both ends), and what tells the time."""
        self._clock = clock
        self.show(site, prefix)

    def show(self, site: Site, prefix: str) -> None:
        """Serve another site from now on."""
        self._shown = (site, prefix)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            response = self._answer(request)
        except HTTPException as error:
            response = _plain(error, request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.method not in _METHODS:
            raise MethodNotAllowed(valid_methods=_METHODS)
        site, prefix = self._shown
        path = request.path
        if path != prefix and path in ("/", prefix.rstrip("/")):
            return _lead_to(prefix, request)
        if not path.startswith(prefix):
            raise NotFound
        inner = path.removeprefix(prefix)
        place, is_folder = _find(site.root, inner)
        if is_folder and inner and not inner.endswith("/"):
            return _lead_to(f"{path}/", request)
        if is_folder != (not inner or inner.endswith("/")):
            raise NotFound
        for name in site.indexes if is_folder else ("",):
            try:
                place, is_inner = _find(site.root, inner + name)
            except NotFound:
                continue
            if not is_inner:
                return _file(site, place, inner + name, request, self._clock)
        raise NotFound


def _find(root: str, path: str) -> tuple[str, bool]:
    """Answer the real place of a path below a folder, and whether it is a folder itself.

    Raises:
        NotFound: Nothing that could be shown is there, or it is outside.
        Forbidden: It may not be looked at.
    """
    parts = path.removesuffix("/").split("/") if path else []
    if "\0" in path or not {"", ".", ".."}.isdisjoint(parts):
        raise NotFound
    try:
        root = os.path.realpath(root)
        place = os.path.realpath(Path(root, *parts))
        mode = os.stat(place).st_mode  # noqa: PTH116 -- paths here are text that came from outside
    except PermissionError as error:
        raise Forbidden from error
    except (OSError, ValueError) as error:  # of names that no disk can hold
        raise NotFound from error
    if place != root and not place.startswith(root.rstrip(os.sep) + os.sep):
        raise NotFound
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise NotFound
    return place, stat.S_ISDIR(mode)


def _file(site: Site, place: str, path: str, request: Request, clock: Callable[[], float]) -> Response:
    now = int(clock())  # before it is read: what changes later in that second has the same time
    data, changed = _read(place)
    content_type = site.content_type(path.rpartition("/")[2])
    varies = is_compressible(content_type.partition(";")[0])
    is_small = varies and len(data) >= WORTH_COMPRESSING and request.accept_encodings.quality("gzip") > 0
    tag = hashlib.sha256(data).hexdigest()[:32]
    response = Response(content_type=content_type)
    response.set_etag(f"{tag}-gzip" if is_small else tag)
    if int(changed) < now:  # RFC 9110 section 8.8.2.1: until then the second may bring another version
        response.last_modified = datetime.fromtimestamp(int(changed), UTC)
    response.headers["Cache-Control"] = _UNCACHED
    if varies:
        response.headers["Vary"] = "Accept-Encoding"
    if path.startswith(f"{site.pictures}/"):
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.make_conditional(request.environ)
    del response.headers["Date"]  # servers state it themselves
    if response.status_code == 200:
        if is_small:
            response.headers["Content-Encoding"] = "gzip"
        response.data = gzip.compress(data, 6, mtime=0) if is_small else data
    return response


def _read(place: str) -> tuple[bytes, float]:
    """Read a file whole, and when it was changed, of one and the same version.

    Raises:
        NotFound: It is gone by now.
        Forbidden: It may not be read.
    """
    try:
        with open(place, "rb") as file:  # noqa: PTH123 -- as above
            return file.read(), os.fstat(file.fileno()).st_mtime
    except PermissionError as error:
        raise Forbidden from error
    except OSError as error:
        raise NotFound from error


def _lead_to(path: str, request: Request) -> Response:
    query = request.query_string.decode("latin-1")
    response = redirect(quote(path) + (f"?{query}" if query else ""), 301)
    response.headers["Cache-Control"] = _UNCACHED  # for browsers keep it, and another site may be here tomorrow
    return response


def _plain(error: HTTPException, request: Request) -> Response:
    """Say in one line why there is nothing to see."""
    headers = {"Cache-Control": _UNCACHED}
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(_METHODS)
    text = f"{error.code} {error.name}: {request.path}\n"
    return Response(text.encode("utf-8", "replace"), error.code, headers, content_type="text/plain; charset=utf-8")
