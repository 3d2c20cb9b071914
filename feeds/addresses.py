"""What an address is: absolute, percent-encoded, freed of proxies; for any stage, pure.

Follows RFC 3986 (syntax, resolution) and RFC 3987 section 3.1 (IRI to URI).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"https?://[^/]", re.IGNORECASE)
_PROXY_KEYS = frozenset({"url", "src", "u", "image", "img", "imgurl"})
# RFC 3986 section 3.3 allows these in a path beside unreserved characters; "%" keeps what is encoded already.
_IN_PATH = "/:@!$&'()*+,;=%~"
_IN_QUERY = _IN_PATH + "?"


def encode(address: str) -> str | None:
    """Percent-encode an absolute web address, keeping what is encoded already.

    Example: `http://例.example/图 1.png` becomes `http://xn--fsq.example/%E5%9B%BE%201.png`.

    Returns:
        The address as ASCII, or None when it is no `http` or `https` address with a host.
    """
    try:
        address.encode("utf-8", "surrogateescape")
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    ascii_host = _encode_host(host)
    if ascii_host is None:
        return None
    user = parts.netloc.rpartition("@")[0]
    netloc = (_quote(user, ":%!$&'()*+,;=") + "@" if user else "") + ascii_host + (f":{port}" if port else "")
    path = _quote(parts.path, _IN_PATH)
    return urlunsplit(
        (
            parts.scheme.lower(),
            netloc,
            path,
            _quote(parts.query, _IN_QUERY),
            _quote(parts.fragment, _IN_QUERY),
        )
    )


def _encode_host(host: str) -> str | None:
    if ":" in host:
        return f"[{host}]" if host.isascii() else None
    try:
        ascii_host = host.encode("ascii" if host.isascii() else "idna").decode("ascii")
    except UnicodeError:
        return None
    return ascii_host if re.fullmatch(r"[A-Za-z0-9._-]+", ascii_host) else None


def _quote(text: str, safe: str) -> str:
    return quote(_PERCENT.sub("%25", text), safe=safe, errors="surrogateescape")


@lru_cache(maxsize=4096)  # folders and files of feeds are named by many a page
def encode_path(path: str) -> str:
    """Percent-encode an output-relative path that is not encoded at all: `金融/a b` to `%E9%87%91…/a%20b`."""
    return quote(path, safe="/", errors="surrogateescape")


def parse_static(path: str) -> tuple[int | None, str]:
    """Part the path of a local file, `/N/img/a.png`, into the number of the site's folder and the path below it.

    Any other path is archive-relative, and its number None.
    """
    if not path.startswith("/"):
        return None, path
    number, _, below = path[1:].partition("/")
    return int(number), below


def path_in_folder(folder: str, file: str) -> str:
    """Answer where a file stands that a folder of the output has, "" being the top.

    Example: `feeds/all.atom.xml` stands there below the top, and as `all.atom.xml` in any other folder.
    """
    return f"{folder}/{last_of(file)}" if folder else file


def name_in_folder(folder: str, file: str) -> str:
    """Answer how what stands in a folder of the output names a file that the folder has, percent-encoded."""
    return encode_path(last_of(file) if folder else file)


def last_of(path: str) -> str:
    """Answer a path's last part: its name."""
    return path.rpartition("/")[2]


def absolute(address: str, base: str | None) -> str | None:
    """Resolve an address against `base` and encode it.

    Returns:
        An absolute web address; None when `address` is relative and there is no base, or names another
        scheme than the web's (`data:`, `javascript:`).
    """
    address = _INVISIBLE.sub(" ", address).strip()
    if not address:
        return None
    if address.startswith("//"):
        address = (urlsplit(base).scheme if base else "https") + ":" + address
    if has_scheme(address):
        return encode(address)
    try:
        return encode(urljoin(base, address)) if base else None
    except ValueError:
        return None


def has_scheme(address: str) -> bool:
    """Tell whether an address names a scheme (RFC 3986 section 3.1), of whatever kind."""
    return _SCHEME.match(address) is not None


def unproxy(address: str) -> str:
    """Free a picture's address of proxies in front of it.

    Two shapes occur: the whole query is the address (`https://cors.example/?http://real.example/a.jpg`), or
    one of its values is (`https://proxy.example/?url=http%3A%2F%2Freal.example%2Fa.jpg&w=400`). An address
    whose query merely belongs to the picture stays.
    """
    return _unproxied(address) if "?" in address else address


@lru_cache(maxsize=1024)
def _unproxied(address: str) -> str:
    for _ in range(3):
        query = address.partition("?")[2]
        inner = _proxied(query) if query else None
        if inner is None:
            break
        address = inner
    return address


def proxy(address: str, prefix: str) -> str:
    """Put a proxy before a picture's address, in either of the shapes that `unproxy` undoes.

    Example: behind `https://images.example/?url=` the address is encoded whole, behind `https://images.example/`
    it stands as it is.
    """
    return prefix + (quote(address, safe="") if prefix.endswith("=") else address)


def _proxied(query: str) -> str | None:
    for whole in (query, unquote(query)):
        if _WEB.match(whole):
            return whole
    for key, value in parse_qsl(query):
        if key.lower() in _PROXY_KEYS and _WEB.match(value):
            return value
    return None
