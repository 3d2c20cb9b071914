"""Written feeds, looked at as subscribers' readers and the W3C validator look at them: bytes to findings; pure.

One module for each format says in tables what its elements may hold; the rules of values are shared; what several
files say together has a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from feeds.validate.atom import ENTRY, FEED
from feeds.validate.finding import Document, Fault, Finding, Level, Source
from feeds.validate.jsonfeed import look_at_json
from feeds.validate.mentions import feeds_of_list, links_of, own_address
from feeds.validate.messages import MESSAGES
from feeds.validate.opml import OPML
from feeds.validate.rss import RSS
from feeds.validate.shape import Shape, check_tree
from feeds.validate.together import base_of, check_together
from feeds.validate.tree import read_tree

__all__ = ["HEAD", "Document", "Finding", "Level", "base_of", "kind_by_name", "kind_of", "look_at", "tell"]

_ROOTS: Mapping[str, Shape] = {"rss": RSS, "atom:feed": FEED, "atom:entry": ENTRY, "opml": OPML}
"""What the outermost element may be."""
_KINDS = {"rss": "rss", "atom:feed": "atom", "atom:entry": "atom", "opml": "opml", "rdf:RDF": "rdf"}
"""Of documents, by their outermost element."""
_MARKS = (
    ("rss", re.compile(rb"<(?:\w+:)?rss[\s>]")),
    ("atom", re.compile(rb"<(?:\w+:)?(?:feed|entry)[\s>]")),
    ("opml", re.compile(rb"<opml[\s>]")),
    ("rdf", re.compile(rb"<(?:\w+:)?RDF\s[^>]*(?:purl\.org/rss/1\.0/|my\.netscape\.com/rdf/simple/0\.9/)")),
)
"""What the beginning of a feed in XML holds, by kind."""
_JSON = re.compile(rb'\s*\{.*"https?:(?:\\?/){2}jsonfeed\.org', re.DOTALL)
_NO_XML = re.compile(rb"\s*(?:<!doctype html|<html|[^<\s])", re.IGNORECASE)
_SUFFIXES = {".xml": "xml", ".rss": "rss", ".atom": "atom", ".opml": "opml", ".json": "json", ".rdf": "xml"}
HEAD = 4096
"""Bytes within which a feed says what it is."""


def kind_of(data: bytes) -> str | None:
    """Tell by the beginning of a file of which kind it is; None when it does not say that it is a feed."""
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if _JSON.match(head):
        return "json"
    if _NO_XML.match(head):
        return None
    return next((kind for kind, mark in _MARKS if mark.search(head)), None)


def kind_by_name(path: str) -> str | None:
    """Tell by its name what a file was to be of which nothing can be read; None when that is no feed."""
    return _SUFFIXES.get("." + path.rpartition("/")[2].rpartition(".")[2].lower())


def look_at(data: bytes, kind: str, now: datetime) -> Document:
    """Look at a file by itself.

    Args:
        data: The whole of it.
        kind: As `kind_of` or `kind_by_name` tells.
        now: Aware; dates ahead of it are not plausible.
    """
    if kind == "json":
        return look_at_json(data, now)
    tree = read_tree(data)
    root = tree.root
    kind = kind if root is None else _KINDS.get(root.name, kind)
    faults = tuple(check_tree(tree, _ROOTS, Source(kind=kind, now=now)))
    if kind == "rdf" and root is not None:  # else it would pass for one that has no faults
        what = "this is RDF (RSS 1.0), and only RSS 2.0, Atom 1.0, OPML and JSON Feed are looked at"
        faults = (*faults, Fault("NotLookedAt", what, root.line))
    if root is None or root.name not in _ROOTS:
        return Document(kind=kind, faults=faults)
    return Document(
        kind=kind,
        faults=faults,
        own=own_address(root),
        links=tuple(links_of(root)),
        listed=tuple(feeds_of_list(root)),
    )


def tell(
    documents: Mapping[str, Document], files: Collection[str], base: str | None, *, missing: Collection[str] = ()
) -> Iterator[Finding]:
    """Tell what is wrong with the files of an output, each by itself and all together; by path and line.

    Args:
        documents: What was looked at, by output-relative path.
        files: Paths of all files of the output.
        base: The address at which the output is served, with a slash at its end; None where it is not known.
        missing: Paths of files that a build has written, and that are not there.
    """
    together = check_together(documents, files, base, missing)
    for path in sorted({*documents, *together}):
        alone = documents[path].faults if path in documents else ()
        faults = sorted({*alone, *together.get(path, ())}, key=_place)
        yield from (_finding(path, fault) for fault in faults)


def _place(fault: Fault) -> tuple[int, int, str, str]:
    return fault.line or 0, fault.column or 0, fault.name, fault.what


def _finding(path: str, fault: Fault) -> Finding:
    message = MESSAGES[fault.name]
    return Finding(
        path=path,
        line=fault.line,
        column=fault.column,
        name=fault.name,
        level=message.level,
        what=fault.what,
        cure=message.cure,
    )
