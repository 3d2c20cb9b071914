"""The Caddyfile that Caddy needs to serve an output as it is meant to be; it gets its certificates by itself."""

from __future__ import annotations

import re

from feeds.errors import ConfigError
from feeds.hosting import (
    FOREVER,
    FRESH,
    PICTURE_POLICY,
    WORTH_COMPRESSING,
    Site,
    check_told,
    has_charset,
    patterns_by_type,
)

_KNOWN = frozenset({".avif", ".gif", ".jpg", ".png", ".svg", ".webp"})
"""Suffixes whose types Caddy knows on every machine."""
_FAULTS = (
    "\thandle_errors {",
    *(f"\t\theader -{name}" for name in ("Cache-Control", "Content-Security-Policy", "Content-Type")),
    "\t}",
)
"""A file that is not there has no type, and may be there after the next build."""


def format_caddy(site: Site) -> str:
    """Write the site's block: a Caddyfile of its own, or a part of one.

    Caddy makes its tags of time and size; our files stay as they are as long as their bytes do.

    Raises:
        ConfigError: A path of the site cannot be written there.
    """
    check_told(site, "Caddy", "{}", "{ or }")
    origin = re.match("[a-z]+://[^/]+", site.base_url)
    lines = [
        f"# Serves {site.root} as {site.base_url}",
        f"{origin[0] if origin else site.base_url} {{",
        *(["\tbind 127.0.0.1" if ":" not in site.host else "\tbind ::1"] if site.is_local else []),
    ]
    prefix = site.prefix
    if prefix == "/":
        lines += [f"\t{line}" for line in _handlers(site)]
    else:
        lines += [
            f"\t@bare path_regexp {_quote('^' + re.escape(prefix.rstrip('/')) + '$')}",  # plain paths know * and %
            f"\tredir @bare {_quote(site.path)}",
            f"\t@here path_regexp {_quote('^' + re.escape(prefix))}",  # handle_path knows ASCII only
            "\thandle @here {",
            f"\t\turi strip_prefix {_quote(site.path.rstrip('/'))}",
            *(f"\t\t{line}" for line in _handlers(site)),
            "\t}",
            "\trespond 404",
        ]
    return "\n".join((*lines, *_FAULTS, "}", ""))


def _handlers(site: Site) -> list[str]:
    pictures = f"^{re.escape(site.prefix + site.pictures)}/"
    matches = [(pattern, media_type) for media_type, pattern in patterns_by_type(site).items()]
    matches += [
        (f"{pictures}.*{re.escape(suffix)}$", media_type)
        for suffix, media_type in site.picture_types.items()
        if suffix not in _KNOWN
    ]
    if not all(name.endswith(".html") for name in site.indexes):
        matches.append(("/$", "text/html"))  # as a folder its index keeps the folder's path, which has no suffix
    lines = [f"root * {_quote(site.root)}"]
    lines += [
        "encode zstd gzip {",
        f"\tminimum_length {WORTH_COMPRESSING}",
        "\tmatch {",
        *(f"\t\theader Content-Type {pattern}" for pattern in ("text/*", "*xml*", "*json*", "*javascript*")),
        "\t}",
        "}",
        "header X-Content-Type-Options nosniff",
        f"@pictures path_regexp {_quote(pictures)}",
        "header @pictures {",
        f'\tCache-Control "public, max-age={FOREVER}, immutable"',
        f'\tContent-Security-Policy "{PICTURE_POLICY}"',
        "}",
        f"@others not path_regexp {_quote(pictures)}",
        f'header @others Cache-Control "public, max-age={FRESH}"',
    ]
    for number, (pattern, media_type) in enumerate(matches, 1):
        content_type = f"{media_type}; charset=utf-8" if has_charset(media_type) else media_type
        lines += [
            f"@type{number} path_regexp {_quote(pattern)}",
            f'header @type{number} Content-Type "{content_type}"',
        ]
    return [*lines, "file_server {", f"\tindex {' '.join(map(_quote, site.indexes))}", "}"]


def _quote(word: str) -> str:
    r"""Write a word as a Caddyfile has it between quotes, where `\"` is a quote and any other `\` is itself.

    So a `\` before a quote, or at the end, can stand only between backquotes, where everything but them is itself.
    """
    if re.fullmatch(r"[A-Za-z0-9._/*-]+", word):
        return word
    if not re.search(r'\\("|$)', word):
        return '"' + word.replace('"', '\\"') + '"'
    if "`" in word:
        raise ConfigError(
            'Caddy cannot be told of a path that holds ` and \\" or a last \\', path=word, hint="Name another."
        )
    return f"`{word}`"
