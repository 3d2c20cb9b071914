"""What an address in an article may mean besides the web's own sense: a file of the archive or site, another article.

Generators' own notations (Pelican's `{static}a.png`, Zola's `@/a.md`) are read as they stand; template tags and wiki
links, once their text is read, are written in the same way (`{asset}a.png`, `{article}name`, `{site}/a.png`). Pure:
whether a file is there, the caller finds out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from feeds import addresses

ARTICLES = (".md", ".markdown", ".mdx", ".rst")
"""How the names of files end that no site serves as they are."""
PAGES = (".html", ".htm", ".txt")
"""How those of articles end that a site may serve as they are."""
_NAMES = "filename|static|attach|index|category|tag|author|article|asset|site|file"
_NOTATION = re.compile(
    rf"(?:(?:\{{|%7B)(?P<braces>{_NAMES})(?:\}}|%7D)|(?:\||%7C)(?P<bars>{_NAMES})(?:\||%7C))", re.IGNORECASE
)
_NOTATION_STARTS = frozenset("@~{%|")
_SITE = re.compile(r"\{\{-?\s*(?:site\.(?:url|baseurl)|SITEURL|config\.(?:url|root))\b[^{}]{0,200}\}\}")
_FILTERED = re.compile(
    r"\{\{-?\s*([\"'])(?P<path>[^\"'{}]{1,1000})\1\s*\|\s*(?:relative_url|absolute_url|prepend)\b[^{}]{0,200}\}\}"
)
_SAFE = "/%:@!$&',;=+~.-_"
"""What stands in an address in Markdown and HTML as it is."""
_HTML = re.compile(r"(?:index)?\.html?$")


class FilePlace(Struct, frozen=True):
    """Where a file may be."""

    path: str
    """Archive-relative, it may begin with `../`; `/N/…` below the site's folder number N; `**/…` anywhere below."""
    served: str | None = None
    """Absolute address at which the site has it if it is there; None where nothing says so."""


class Surroundings(Struct, frozen=True, kw_only=True):
    """What an article's addresses are understood by."""

    path: str
    """Of the article, archive-relative."""
    permalink: str | None
    """Of the article on its site, absolute."""
    site_url: str | None
    static: int
    """How many folders the site serves at its root."""
    beside: str = ""
    """What its site serves with an article: `bundle` (what lies beside `index.md`), `folder` (what lies in the folder
    of the article's name); `sources` where pictures are named from among what the site is made of; "" for nothing that
    is known."""


def written(name: str, rest: str) -> str:
    """Write a notation so that it stands in Markdown and HTML alike; `rest` is plain, a fragment at its end apart."""
    path, mark, fragment = rest.partition("#")
    return f"%7B{name}%7D{quote(path, _SAFE, errors='replace')}{mark}{quote(fragment, '%', errors='replace')}"


def read_notation(address: str) -> tuple[str, str]:
    """Part a generator's notation from what it speaks of; "" for none.

    Example: `{static}/a.png` is `("static", "/a.png")`, `{{ site.baseurl }}/a.png` is `("site", "/a.png")`.
    """
    if address[:1] not in _NOTATION_STARTS and "{{" not in address:
        return "", address
    return _read_notation(address)


@lru_cache(maxsize=256)
def _read_notation(address: str) -> tuple[str, str]:
    if "{{" in address:
        address = _SITE.sub("{site}", _FILTERED.sub(lambda one: "{site}" + one["path"], address))
    if address[:2] in ("@/", "~/"):
        return "root", address[1:]
    name = ""
    while address[:1] in ("{", "%", "|") and (match := _NOTATION.match(address)):
        name, address = (match["braces"] or match["bars"]).lower(), address[match.end() :]
    return name, address


def plain(address: str) -> str:
    """Write an address without a notation, as a page would have it."""
    name, rest = read_notation(address)
    return "/" + rest.lstrip("/") if name in ("site", "root") else rest


def find_files(address: str, around: Surroundings) -> Iterator[FilePlace]:
    """Yield where a local file may be that an address means, the likeliest first."""
    name, rest = read_notation(address)
    on_site, is_on_site = (rest, False) if name else _below_site(rest, around)
    if on_site is None:
        return
    raw = re.split("[?#]", on_site, maxsplit=1)[0]
    decoded = unquote(raw, errors="surrogateescape").replace("\\", "/")
    seen, is_open = set(), around.static or around.beside == "sources"
    for path in dict.fromkeys((decoded, raw)):
        if not path.strip("/.") or "\0" in path:
            continue
        for place in _places(name, path, around, is_on_site=is_on_site):
            if place.path not in seen and (is_open or not f"{place.path}/".startswith("../")):
                seen.add(place.path)
                yield place


def _places(name: str, path: str, around: Surroundings, *, is_on_site: bool) -> Iterator[FilePlace]:
    folder, stem = posixpath.dirname(around.path), posixpath.splitext(posixpath.basename(around.path))[0]
    is_rooted = path.startswith("/") or name == "site"
    if name == "article" or name in ("index", "category", "tag", "author"):
        return
    if name == "file":
        yield FilePlace(_join(folder, path))
        yield FilePlace("**/" + posixpath.normpath(path.lstrip("/")))
        return
    if name == "asset":
        yield FilePlace(_join(posixpath.join(folder, stem), path), _beside(around, path))
        yield FilePlace(_join(folder, path))
        return
    if name in ("static", "filename", "attach"):
        inside = _normal(path) if is_rooted else _join(folder, path)
        on_site = around.site_url + _quoted(inside) if around.site_url else None
        yield FilePlace(inside, _attached(around, path) if name == "attach" else on_site)
        return
    if is_rooted:
        paths = [_normal(path)]
        prefix = _prefix(around)
        if prefix and path.startswith(prefix) and not is_on_site:
            paths.insert(0, _normal(path[len(prefix) :]))
        for one in paths:
            yield from (FilePlace(f"/{number}/{one}") for number in range(around.static))
            if not is_on_site:
                yield FilePlace(one)
        return
    inside, relative, in_folder = _join(folder, path), _normal(path), posixpath.join(folder, stem)
    is_below = not path.startswith("..")
    served = None
    if around.beside == "bundle" and stem == "index" and is_below:  # where a translation's are is not known
        served = _beside(around, relative)
    elif around.beside == "folder" and inside.startswith(in_folder + "/"):
        served = _beside(around, inside[len(in_folder) + 1 :])
    yield FilePlace(inside, served)
    if is_below and not _is_bundle(stem):
        yield FilePlace(_join(in_folder, path), _beside(around, relative) if around.beside == "folder" else None)
    if around.static:
        yield from _by_permalink(path, around)
        yield from (FilePlace(f"/{number}/{relative}") for number in range(around.static))
    yield FilePlace(relative)


def _below_site(address: str, around: Surroundings) -> tuple[str | None, bool]:
    """Answer a path from the site's root for an address on it; None for one elsewhere on the web."""
    if not (address.startswith("//") or addresses.has_scheme(address)):
        return address, False
    if not (around.site_url and around.static):
        return None, False
    site = around.site_url.partition(":")[2]
    there = address if address.startswith("//") else address.partition(":")[2]
    return ("/" + there[len(site) :], True) if there.startswith(site) else (None, False)


def _by_permalink(path: str, around: Surroundings) -> Iterator[FilePlace]:
    """Look where a browser would, from the article's page."""
    if not (around.permalink and around.site_url):
        return
    page = unquote(urlsplit(around.permalink).path, errors="surrogateescape")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    prefix = _prefix(around) or "/"
    if there.startswith(prefix):
        yield from (FilePlace(f"/{number}/{_normal(there[len(prefix) :])}") for number in range(around.static))


def address_of_file(address: str, around: Surroundings) -> str | None:
    """Answer the address on the site that a notation means for a file that is not at hand; None without one."""
    name, rest = read_notation(address)
    folder = posixpath.dirname(around.path)
    if name == "asset":
        return _beside(around, rest, is_encoded=True) or addresses.absolute(rest, around.permalink or around.site_url)
    if name == "attach":
        return _attached(around, unquote(rest, errors="surrogateescape"))
    if not around.site_url:
        return None
    if name == "index":
        return around.site_url
    if name == "site":
        prefix = _prefix(around)
        is_whole = prefix and rest.startswith(prefix)
        return addresses.absolute(rest if is_whole else rest.lstrip("/") or ".", around.site_url)
    if name in ("static", "filename"):
        inside = rest.lstrip("/") if rest.startswith("/") else _join(folder, rest)
        return None if inside.startswith("../") else addresses.absolute(inside, around.site_url)
    return None


def find_article(address: str, around: Surroundings) -> str | None:
    """Answer which article of the archive an address means: its path, or `**/` and the end of one; None for none."""
    name, rest = read_notation(address)
    path = unquote(re.split("[?#]", rest, maxsplit=1)[0], errors="surrogateescape").replace("\\", "/").strip()
    if not path or "\0" in path or (not name and (rest.startswith("//") or addresses.has_scheme(rest))):
        return None
    if name == "article":
        return "**/" + posixpath.normpath(path.strip("/")) if path.strip("/.") else None
    is_article = path.lower().endswith(ARTICLES)
    if name not in ("", "filename", "root", "site") or not (is_article or path.lower().endswith(PAGES)):
        return None
    if name == "site" and not is_article:
        return None
    if name == "root" or (name and path.startswith("/")):
        return "**/" + _normal(path)
    return _normal(path) if path.startswith("/") else _join(posixpath.dirname(around.path), path)


def is_article_alone(address: str) -> bool:
    """Tell whether an address leads nowhere if not to an article of the archive."""
    name, rest = read_notation(address)
    if name in ("article", "root", "category", "tag", "author"):
        return True
    is_here = not addresses.has_scheme(rest) and not rest.startswith("//")
    return is_here and re.split("[?#]", rest, maxsplit=1)[0].lower().endswith(ARTICLES)


def _prefix(around: Surroundings) -> str:
    """Answer the path at which a site begins; "" for the root of its host."""
    path = urlsplit(around.site_url or "").path
    return path if len(path) > 1 else ""


def _beside(around: Surroundings, path: str, *, is_encoded: bool = False) -> str | None:
    """Answer the address of a file that the site serves with the article."""
    if around.permalink is None:
        return None
    base = _HTML.sub("", re.split("[?#]", around.permalink, maxsplit=1)[0])
    base = base if base.endswith("/") else base + "/"
    return addresses.absolute(path if is_encoded else _quoted(path), base)


def _attached(around: Surroundings, path: str) -> str | None:
    """Answer the address of a file that Pelican lays into the folder of the article's page."""
    return addresses.absolute(_quoted(posixpath.basename(path)), around.permalink) if around.permalink else None


def _quoted(path: str) -> str:
    """Percent-encode a path; halves of letters that no file's name can hold (JSON writes them) as question marks."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "replace"))


def _is_bundle(stem: str) -> bool:
    return stem.split(".")[0] == "index"


def _join(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _normal(path: str) -> str:
    """Write a path from a root; what would lead out of it stays inside."""
    return posixpath.normpath("/" + path.lstrip("/")).lstrip("/")
