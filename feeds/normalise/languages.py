"""In which language an article is: what its front matter says, else the end of its name, else the folder it lies in."""

from __future__ import annotations

import re
from collections.abc import Collection
from posixpath import basename, dirname

from feeds.languages import CODES, usual_case

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ENDING = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_VARIANT = re.compile(r"(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_NUMBER = re.compile(r"(?:v(?:er(?:sion)?)?\.?|no\.?)?\d+(?:[._]\d+)*", re.IGNORECASE)
_OTHERS = frozenset({"io", "sh", "so", "ts"})
"""Codes that in a name such as `socket.io.md` or `deploy.sh.md` seldom mean the language."""


def parse_language(text: str) -> str | None:
    """Read a language tag (RFC 5646), `_` for `-` allowed; None when it is none, or of two letters that are no code."""
    tag = usual_case(text)
    is_known = _TAG.fullmatch(tag) and (tag.partition("-")[0] in CODES or len(tag.partition("-")[0]) == 3)
    return tag if is_known else None


def language_of_path(path: str, languages: Collection[str]) -> tuple[str | None, str]:
    """Tell the language that a path names, and the path as it is without.

    Only one of `languages` is told by a folder, the outermost that does. The end of a file's name tells one of them,
    too, or any known one where none are given; but behind a number, as in `v1.no.md`, it tells nothing.

    Example: `en/posts/note.md` and `posts/note.en.md` become `en` and `posts/note.md`.
    """
    stem, _, suffix = path.rpartition(".")
    name, _, ending = stem.rpartition(".")
    if name and "/" not in ending and _ENDING.fullmatch(ending):
        own, tag = basename(name), usual_case(ending)
        if own and not _NUMBER.fullmatch(own) and _is_meant(tag, languages):
            return tag, f"{name}.{suffix}"
    if languages and "/" in path:
        folders = dirname(path).split("/")
        for place, name in enumerate(folders):
            if usual_case(name) in languages:
                return usual_case(name), "/".join([*folders[:place], *folders[place + 1 :], basename(path)])
    return None, path


def _is_meant(tag: str, languages: Collection[str]) -> bool:
    return tag in languages if languages else tag[:2] in CODES - _OTHERS and _VARIANT.fullmatch(tag[2:]) is not None
