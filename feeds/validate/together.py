"""What the files of an output say together: where each is served, and that what they lead to is there; pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from feeds.addresses import encode_path
from feeds.validate.addresses import has_host, normal_form
from feeds.validate.finding import Document, Fault, shown

_TAIL = re.compile(r"[?#].*", re.DOTALL)


def base_of(documents: Mapping[str, Document]) -> str | None:
    """Answer at which address an output is served, as most of its feeds say; None when none does.

    Example: `https://example.org/a/rss.xml` in the file `a/rss.xml` tells of `https://example.org/`.
    """
    bases: Counter[str] = Counter()
    for path, document in documents.items():
        if document.own is not None and unquote(document.own.address).endswith("/" + path):
            own = document.own.address
            encoded = encode_path(path)
            bases[own[: -len(encoded)] if own.endswith(encoded) else unquote(own)[: -len(path)]] += 1
    return max(bases, key=lambda base: (bases[base], base)) if bases else None


def check_together(
    documents: Mapping[str, Document], files: Collection[str], base: str | None, missing: Collection[str]
) -> dict[str, list[Fault]]:
    """Look at all documents of an output.

    Args:
        documents: By output-relative path.
        files: Paths of all files of the output.
        base: The address at which the output is served, with a slash at its end; None where it is not known.
        missing: Paths of files that a build has written, and that are not there.

    Returns:
        Faults by path; none for most.
    """
    found: defaultdict[str, list[Fault]] = defaultdict(list)
    owners: dict[str, str] = {}
    place = _Places(files, base, missing)
    for path in missing:
        found[path].append(Fault("MissingFile", "a build wrote this file, and it is not there"))
    for path, document in sorted(documents.items()):
        own = document.own
        if own is not None and has_host(own.address):
            first = owners.setdefault(normal_form(own.address), path)
            if first != path:
                what = f"the feed's own address {shown(own.address)} is that of {shown(first)}, too"
                found[path].append(Fault("DuplicateSelf", what, own.line))
            elif base is not None and normal_form(own.address) != normal_form(base + encode_path(path)):
                served = shown(base + encode_path(path))
                what = f"the feed's own address {shown(own.address)} is not where the file is served, {served}"
                found[path].append(Fault("SelfDoesntMatchLocation", what, own.line))
        for mention in document.listed:
            if place.is_missing(mention.address, is_feed=True):
                what = f"the list names {shown(mention.address)}, and no such file is there"
                found[path].append(Fault("DanglingOutline", what, mention.line))
        for mention in document.links:
            if place.is_missing(mention.address, is_feed=False):
                what = f"{shown(mention.address)} leads to a file that is not there"
                found[path].append(Fault("DanglingLink", what, mention.line))
    return dict(found)


class _Places:
    """Which addresses are those of files that are there."""

    def __init__(self, files: Collection[str], base: str | None, missing: Collection[str]) -> None:
        self._files = frozenset(files)
        self._folders = frozenset(_folders(files))
        self._ours = frozenset(_folders([*filter(_is_led_to, files), *missing]))
        self._base = base

    def is_missing(self, address: str, *, is_feed: bool) -> bool:
        """Tell whether an address should lead to a file of the output, and does not.

        A page may be one of the site that the output is part of, so it is missed only within a folder in which there
        are pages or pictures, or were.
        """
        if self._base is None or not address.startswith(self._base):
            return False
        path = unquote(_TAIL.sub("", address[len(self._base) :]))
        if path in self._files or path.rstrip("/") in self._folders or not path:
            return False
        return is_feed or path.partition("/")[0] in self._ours


def _is_led_to(path: str) -> bool:
    """Tell whether a file is what entries lead to, and not a feed."""
    return path.lower().endswith((".html", ".htm", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"))


def _folders(files: Collection[str]) -> Iterator[str]:
    seen: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]
