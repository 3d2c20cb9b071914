"""The address of an article's own page: stated in its front matter, or made as the generator of its site makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import lru_cache
from importlib import import_module
from urllib.parse import urljoin

from msgspec.structs import replace

from feeds.addresses import absolute, encode, has_scheme
from feeds.model import Value
from feeds.normalise.permalinks.rules import AddressRules, Page
from feeds.normalise.permalinks.tokens import make_permalink
from feeds.normalise.permalinks.values import encode_whole
from feeds.normalise.roles import Keys, scalars
from feeds.normalise.titles import plain_title

__all__ = ["AddressRules", "Page", "find_aliases", "find_permalink", "make_address"]


def find_permalink(
    page: Page,
    stated: Sequence[tuple[str, Value]],
    keys: Keys,
    *,
    addresses: AddressRules | None,
    pattern: str | None,
    site_url: str | None,
    zone: tzinfo,
) -> str | None:
    """Answer the address of an article's own page.

    Args:
        page: What the article says.
        stated: Keys of its front matter that state an address, and their values, the strongest first.
        keys: Somebody's own keys. With a generator, only these go before its rules.
        addresses: How the generator of the site makes addresses; None without one.
        pattern: Without a generator, of addresses for articles that state none.
        site_url: Base of relative addresses.
        zone: Of dates in addresses.

    Returns:
        An absolute address, encoded; None when there is none, or it is relative and no site is known.
    """
    if addresses is None:
        address = _stated(stated, site_url)
        if address is None and pattern is not None:
            address = make_permalink(
                pattern,
                path=page.path,
                title=page.title,
                published=page.published,
                zone=zone,
                chains=page.chains,
                front_matter=page.front_matter,
                site_url=site_url,
            )
        return address
    own = frozenset(key.casefold() for role, names in keys if role == "permalink" for key in names)
    return (_stated([pair for pair in stated if pair[0].casefold() in own], site_url) if own else None) or make_address(
        page, addresses
    )


_ALIAS_KEYS = ("aliases", "alias", "redirect_from")


def find_aliases(
    front_matter: Mapping[str, Value], permalink: str | None, site_url: str | None, generator: str | None
) -> tuple[str, ...]:
    """Answer the addresses that a page had before: absolute, encoded, without repeats; none without a site."""
    if front_matter.keys().isdisjoint(_ALIAS_KEYS):
        return ()
    found: dict[str, None] = {}
    for key in _ALIAS_KEYS:
        for text in scalars(front_matter.get(key, ())):
            if has_scheme(text) or site_url is None or generator is None:
                address = absolute(text, site_url)
            elif generator == "hugo" and not text.startswith("/"):
                address = absolute("../" + text, permalink)
            else:
                address = absolute("./" + text.lstrip("/"), site_url)
            if address and address != permalink:
                found[address] = None
    return tuple(found)


def _stated(stated: Sequence[tuple[str, Value]], site_url: str | None) -> str | None:
    for _, value in stated:
        for text in scalars(value):
            if has_scheme(text) or text.startswith("//") or site_url:
                address = absolute(plain_title(text), site_url)
                if address:
                    return address
    return None


GENERATORS = frozenset({"hexo", "jekyll", "hugo", "pelican", "zola", "eleventy", "astro", "mkdocs", "nikola"})
"""Each has a module of its name, whose `maker` answers, for some rules, the function that makes paths of pages."""


_STRICT = frozenset({"mkdocs", "nikola"})
"""Those that percent-encode signs which may stand in a path."""


def make_address(page: Page, rules: AddressRules) -> str | None:
    """Answer the address that the generator of the site gives a page.

    Returns:
        An absolute address, encoded; None when it cannot be known, or no site is.
    """
    make, site_url = _prepared(rules)
    path = make(page)
    if path is None:
        return None
    if has_scheme(path) and "://" in path:
        return encode(path)
    if site_url is None:
        return None
    return urljoin(site_url, "./" + encode_whole(path.lstrip("/"), is_strict=rules.generator in _STRICT))


@lru_cache(maxsize=8)
def _prepared(rules: AddressRules) -> tuple[Callable[[Page], str | None], str | None]:
    """Answer the function that makes paths, and what stands before them: a pattern may say that itself."""
    host = re.match("https?://[^/]+", rules.pattern or "")
    if host and rules.pattern:
        rules = replace(rules, pattern=rules.pattern[host.end() :] or "/", site_url=f"{host[0]}/")
    return import_module(f"feeds.normalise.permalinks.{rules.generator}").maker(rules), rules.site_url
