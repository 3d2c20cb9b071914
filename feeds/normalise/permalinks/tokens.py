"""The address of an article's own page, made from a pattern with Hexo's tokens, whatever made its site."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from posixpath import basename, splitext
from urllib.parse import urljoin

from feeds.addresses import encode, encode_path
from feeds.model import CategoryPath, Value

_TOKEN = re.compile(r":([A-Za-z_]+)")
_DATE_PREFIX = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")


def make_permalink(
    pattern: str,
    *,
    path: str,
    title: str,
    published: datetime | None,
    zone: tzinfo,
    chains: tuple[CategoryPath, ...],
    front_matter: Mapping[str, Value],
    site_url: str | None,
) -> str | None:
    """Fill a pattern in.

    Tokens are those of https://hexo.io/docs/permalinks; one that is none of them is a key of the front matter.

    Returns:
        An absolute address; None when the article lacks what a token needs, or the pattern is relative and no
        site is known.
    """
    values = _token_values(path, title, published, zone, chains)
    values |= {key: value for key, value in front_matter.items() if isinstance(value, str) and key not in values}
    tokens = _TOKEN.findall(_after_host(pattern))
    if any(not values.get(token) for token in tokens):
        return None
    host = pattern[: len(pattern) - len(_after_host(pattern))]
    filled = host + _TOKEN.sub(lambda token: encode_path(values[token[1]]), _after_host(pattern))
    return encode(urljoin(site_url, filled.lstrip("/")) if site_url and not host else filled)


def _after_host(pattern: str) -> str:
    match = re.match(r"https?://[^/]+", pattern)
    return pattern[match.end() :] if match else pattern


def _token_values(
    path: str, title: str, published: datetime | None, zone: tzinfo, chains: tuple[CategoryPath, ...]
) -> dict[str, str]:
    stem = splitext(path)[0]
    name = _DATE_PREFIX.sub("", basename(stem))
    slug = stem[: -len(basename(stem))] + name
    values = {
        "title": slug,
        "name": name,
        "post_title": title,
        "category": "/".join(chains[0]) if chains else "uncategorized",
    }
    if published is not None:
        local, second = published.astimezone(zone), int(published.timestamp())
        values |= {
            "year": f"{local:%Y}", "month": f"{local:%m}", "i_month": str(local.month), "day": f"{local:%d}",
            "i_day": str(local.day), "hour": f"{local:%H}", "minute": f"{local:%M}", "second": f"{local:%S}",
            "timestamp": str(second), "hash": _hash(f"{slug}{second}"),
        }  # fmt: skip
    return values


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()[:12]
