"""Picture addresses that a front matter names, however its generator or theme wants them written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.model import Value
from feeds.normalise.roles import Stated, scalars
from feeds.normalise.titles import plain_title

_LOOSE = frozenset({"featured", "header", "resources"})
"""Keys that say other things, too: of them only what looks like a file is a picture's address."""
_IN_TABLES = ("image", "src", "url", "path", "overlay_image", "teaser", "feature", "thumbnail", "name")
"""Keys of a table that is a picture (PaperMod's `cover`, Minimal Mistakes' `header`, Hugo's `resources`)."""
_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp")
_TELLING = ("cover", "feature", "thumb", "header", "hero", "banner")


def find_pictures(stated: Stated) -> tuple[str, ...]:
    """List picture addresses, the likeliest first, each once; a name of Hugo's resources stands for its file."""
    found = stated.get("pictures")
    if not found:
        return ()
    named: dict[str, None] = {}
    files: dict[str, str] = {}
    for key, value in found:
        if isinstance(value, str):
            texts: tuple[str, ...] = (value,)
        elif key.casefold() == "resources":
            files, texts = _resources(value)
        else:
            texts = tuple(_texts(value))
        for text in texts:
            if "." in text or "/" in text or key.casefold() not in _LOOSE:
                named[text] = None
    addresses = dict.fromkeys(map(plain_title, named))  # mostly one, under several keys
    addresses.pop("", None)
    return tuple(dict.fromkeys(files.get(address, address) for address in addresses) if files else addresses)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        keys = [key for key in _IN_TABLES if scalars(value.get(key, ""))]
        yield from _texts(value[keys[0]]) if keys else scalars(value)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    else:
        yield from scalars(value)


def _resources(value: Value) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read Hugo's list of page resources: files by name, and pictures, those first that stand for the article."""
    names: dict[str, str] = {}
    found = []
    for one in value if isinstance(value, tuple) else ():
        if isinstance(one, Mapping):
            source, name = " ".join(scalars(one.get("src", ""))), " ".join(scalars(one.get("name", "")))
            if source and "*" not in source:
                names.setdefault(name or source, source)
                if source.lower().endswith(_SUFFIXES):
                    found.append((not name.lower().startswith(_TELLING), source))
    return names, tuple(source for _, source in sorted(found, key=lambda one: one[0]))
