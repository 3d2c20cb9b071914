"""A port of this machine on which the output is answered for: bound, served from threads of its own, let go."""

from __future__ import annotations

import errno
import os
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from feeds import __version__
from feeds.errors import FeedsError
from feeds.hosting import is_loopback

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_WAITING = 128
"""Connections that may wait until a thread takes them."""
_IDLE = 30
"""Seconds that a client may keep silent."""
_POLL = 0.1
"""Seconds within which the end is noticed."""
_WAYS = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Families of addresses, and one of each that is nobody's (RFC 5737, RFC 3849)."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]")

Told = Callable[[str, str, int, str], None]
"""Hears of each request: its method, its path as it was sent, the status it had, and the client's own name.

All of it is as the client sent it, control characters too; method and path are "" where they could not be read.
"""


class Listener:
    """A bound port; until it is served, those who come wait."""

    def __init__(self, host: str, port: int) -> None:
        """Bind a port, 0 for any that is free.

        Raises:
            FeedsError: It cannot be had.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, *_, address = sorted(found, key=lambda one: one[0] != socket.AF_INET)[0]
            self._socket = socket.create_server(address, family=family, backlog=_WAITING)
        except (OSError, UnicodeError) as error:
            raise _refusal(host, port, error) from error
        self.host: str = self._socket.getsockname()[0]
        """The address that it is bound to."""
        self.port: int = self._socket.getsockname()[1]
        self._server: BaseWSGIServer | None = None

    def serve(self, application: WSGIApplication, tell: Told | None) -> None:
        """Answer from now on, beside whatever else this process does."""

        class Handler(_Handler):
            told = staticmethod(tell) if tell else None

        with self._socket:  # of which the server takes a copy
            fd = self._socket.fileno()
            server = make_server(self.host, self.port, application, threaded=True, request_handler=Handler, fd=fd)
        self._server = server
        Thread(target=server.serve_forever, args=(_POLL,), daemon=True).start()

    def close(self) -> None:
        """Let the port go; who is being answered may be cut short."""
        self._socket.close()
        if self._server is not None:
            self._server.shutdown()


def addresses_of(host: str) -> tuple[str, ...]:
    """Answer by which addresses others reach what listens on all of this machine; none for a single one.

    A socket for datagrams that is connected sends nothing, and has the address that it would send from; the others
    of a machine with many are not told.
    """
    ways = {"0.0.0.0": _WAYS[:1], "::": _WAYS}.get(host, ())
    found = []
    for family, far in ways:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            found.append(str(probe.getsockname()[0]))
    return tuple(address for address in found if not is_loopback(address))


class _Handler(WSGIRequestHandler):
    """Says who serves, and tells of requests only the one who asked for that."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # so that who sends what is no request hears a status, too
    timeout = _IDLE
    told: Told | None = None
    raw_requestline: bytes

    def version_string(self) -> str:
        return f"feeds/{__version__}"

    def parse_request(self) -> bool:
        """Take an address in raw UTF-8, which RFC 9112 does not know and real servers understand, as if encoded."""
        with suppress(UnicodeDecodeError):
            self.raw_requestline.decode("utf-8")
            self.raw_requestline = _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], self.raw_requestline)
        return super().parse_request()

    def run_wsgi(self) -> None:
        try:
            urlsplit(self.path)
        except ValueError:  # of an address such as http://[, which Werkzeug takes for a fault of ours
            self.send_error(400)
        else:
            super().run_wsgi()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if self.told is None or not str(code).isdecimal():
            return
        read = vars(self)  # what is refused before it is read to its end has no path, or no headers
        method, path = (self.command, self.path) if "path" in read else ("", "")
        self.told(method, path, int(code), self.headers.get("User-Agent", "") if "headers" in read else "")

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- Werkzeug's name
        """Leave unsaid what only a broken client could cause."""


def _refusal(host: str, port: int, error: OSError | UnicodeError) -> FeedsError:
    number = error.errno if isinstance(error, OSError) and not isinstance(error, socket.gaierror) else None
    if number == errno.EADDRINUSE:
        free = port + 1 if port < 65535 else 8001
        return FeedsError(f'port {port} of "{host}" is in use', hint=f"Take another: feeds serve --port {free}")
    if number == errno.EACCES:
        return FeedsError(
            f'port {port} of "{host}" is not yours', hint="Take one from 1024 on: feeds serve --port 8000"
        )
    cause = os.strerror(number) if number is not None else getattr(error, "strerror", None) or error
    return FeedsError(
        f'host "{host}" cannot be served: {cause}',
        hint="Name an address of this machine, such as --host 0.0.0.0 for all of them.",
    )
