"""What somebody has put in place of our templates, style and words: checked here, used by `template`."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from msgspec import Struct

from feeds.errors import ConfigError, not_utf8
from feeds.render.pages.labels import Labels, parse_labels

TEMPLATES = (
    "article.css",
    "article.html",
    "base.html",
    "card.html",
    "catalogue.html",
    "category.html",
    "colours.css",
    "extra.css",
    "feed.css",
    "lists.css",
    "parts.html",
    "script.js",
    "shelf.html",
    "style.css",
)
"""Every file that a folder of templates may hold; ours stand for those that it lacks."""


class Theme(Struct, frozen=True, kw_only=True):
    """What stands in place of ours."""

    templates: tuple[tuple[str, str, str], ...] = ()
    """Name, path as a person knows it, and text of each."""
    labels: tuple[tuple[str, str], ...] = ()
    """Those that somebody wrote, by key."""


def make_theme(files: Mapping[str, bytes], *, labels: str | None) -> Theme:
    """Check what somebody wrote.

    Args:
        files: By their paths, the templates and the labels.
        labels: Path of the labels among them; None when there are none.

    Raises:
        ConfigError: A file has a name that no template has, is no UTF-8, or holds labels that are none.
    """
    texts = {path: _decode(path, data) for path, data in files.items()}
    words: Labels = {} if labels is None else parse_labels(labels, texts.pop(labels))
    return Theme(
        templates=tuple((_checked(path), path, text) for path, text in sorted(texts.items())),
        labels=tuple(sorted(words.items())),
    )


def _checked(path: str) -> str:
    name = posixpath.basename(path)
    if name not in TEMPLATES:
        raise ConfigError(
            f'"{name}" is no template',
            path=path,
            hint=f"Templates are {', '.join(TEMPLATES)}; keep other files elsewhere.",
        )
    return name


def _decode(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise not_utf8(error, path=path) from error
