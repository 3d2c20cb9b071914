"""The server block that nginx needs to serve an output as it is meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from feeds.hosting import (
    FOREVER,
    FRESH,
    PICTURE_POLICY,
    WORTH_COMPRESSING,
    Site,
    check_told,
    has_charset,
    is_compressible,
    patterns_by_type,
)

_USUAL = (
    *("text/html", "text/plain", "text/css", "text/xml", "text/javascript"),
    *("application/javascript", "application/json", "image/svg+xml"),
)
"""Types that nginx knows by itself, of files that somebody may put beside ours."""


def format_nginx(site: Site) -> str:
    """Write the block, to be put inside `http { include mime.types; … }`.

    nginx makes its tags of time and size, weak ones for what it compresses; our files stay as they are as long as
    their bytes do.

    Raises:
        ConfigError: A path of the site cannot be written there.
    """
    check_told(site, "nginx", "$", "$")
    types = sorted({*_USUAL, *site.types.values()} - {"text/html"})  # which nginx adds to both lists by itself
    prefix = site.prefix
    is_top = prefix == "/"
    lines = [
        f"# Serves {site.root} as {site.base_url}",
        "# Put it inside http { include mime.types; ... }: on Debian that is a file in /etc/nginx/sites-enabled/.",
        "server {",
        *_listen(site),
        "",
        "    charset utf-8;",
        f"    charset_types {' '.join(filter(has_charset, types))};",
        "    gzip on;",
        "    gzip_vary on;",
        "    gzip_proxied any;",
        f"    gzip_min_length {WORTH_COMPRESSING};",
        f"    gzip_types {' '.join(filter(is_compressible, types))};",
        "    etag on;",
        "",
        f'    add_header Cache-Control "public, max-age={FRESH}";',
        "    add_header X-Content-Type-Options nosniff;",
        "",
        f"    index {' '.join(map(_quote, site.indexes))};",
    ]
    if is_top:
        lines += [f"    root {_quote(site.root)};", *_locations(site, "    ")]
    else:
        lines += [
            f"    location = {_quote(prefix.rstrip('/'))} {{ return 301 {_quote(site.path)}; }}",
            f"    location ^~ {_quote(prefix)} {{",
            f"        alias {_quote(site.root.rstrip('/') + '/')};",
            *_locations(site, "        "),
            "    }",
            "    location / { return 404; }",  # else nginx shows the folder that it was built with
        ]
    return "\n".join((*lines, "}", ""))


def _listen(site: Site) -> Iterator[str]:
    """Say where it listens: plainly, for what gets the certificate changes that."""
    host = f"[{site.host}]" if ":" in site.host else site.host
    if site.is_local:
        yield f"    listen {'127.0.0.1' if host.endswith('localhost') else host}:{site.port};"
    else:
        is_secure = site.base_url.startswith("https:")
        port = 80 if is_secure else site.port
        yield f"    listen {port};{'  # for https: certbot --nginx' if is_secure else ''}"
        yield f"    # listen [::]:{port};  # where there is IPv6"
    yield f"    server_name {host};"


def _locations(site: Site, indent: str) -> Iterator[str]:
    for media_type, pattern in patterns_by_type(site).items():
        yield f"{indent}location ~ {_quote(pattern)} {{ types {{ }} default_type {media_type}; }}"
    yield f"{indent}location ^~ {_quote(site.prefix + site.pictures + '/')} {{"
    suffixes = defaultdict(list)
    for suffix, media_type in site.picture_types.items():
        suffixes[media_type].append(suffix.removeprefix("."))
    kinds = " ".join(f"{media_type} {' '.join(endings)};" for media_type, endings in suffixes.items())
    yield f"{indent}    types {{ {kinds} }}"
    yield f'{indent}    add_header Cache-Control "public, max-age={FOREVER}, immutable";'
    yield f"{indent}    add_header X-Content-Type-Options nosniff;"
    yield f'{indent}    add_header Content-Security-Policy "{PICTURE_POLICY}";'
    yield f"{indent}}}"


def _quote(word: str) -> str:
    r"""Write a word as nginx reads it between quotes, where `\"`, `\\`, `\t` and the like are one character each."""
    if re.fullmatch(r"[A-Za-z0-9._/-]+", word):
        return word
    doubled = re.sub(r"""\\(?=[\\"'trn]|$)""", r"\\\\", word)
    return '"' + doubled.replace('"', '\\"') + '"'
