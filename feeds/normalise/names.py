"""Names in front matter: of authors, of tags; and what thousands of articles say in the same words, read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, wraps
from typing import TypeVar

from feeds.model import Value
from feeds.normalise.roles import Stated, scalars
from feeds.normalise.titles import plain_name

_Read = TypeVar("_Read")
_MAIL = re.compile(r"\s*[<(]?\s*[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+\s*[>)]?\s*")
_NAMED_BY_MAIL = re.compile(r"\s*[^\s<>()@]+@[^\s<>()@]+\s*\(([^()]+)\)\s*")
_NAMES = ("name", "display_name", "full_name", "nickname")
"""Keys under which a table of an author states what to call that author."""
_URLS = ("url", "uri", "link", "website", "homepage")
"""Keys under which a table of an author states an address."""


def read_once(read: Callable[[Value, bool], _Read]) -> Callable[[Value, bool], _Read]:
    """Keep what a pure function of a front-matter value, and of a yes or no, answers."""
    kept = lru_cache(maxsize=4096)(read)

    @wraps(read)
    def answer(value: Value, said: bool) -> _Read:
        try:
            return kept(value, said)
        except TypeError:  # a mapping in it, which no cache can hold
            return read(value, said)

    return answer


@read_once
def parse_names(value: Value, has_commas: bool) -> tuple[str, ...]:
    """Read the names that a value holds, without repeats; with `has_commas`, commas in a text part them."""
    texts = value.split(",") if isinstance(value, str) and has_commas else scalars(value)
    return tuple(dict.fromkeys(name for text in texts if (name := plain_name(text))))


def part_words(stated: Stated) -> Stated:
    """Part the categories and tags that stand in one text by blanks, as Jekyll does under keys in the plural."""
    roles = [role for role in ("categories", "tags") if role in stated]
    return {**stated, **{role: [(key, _words(key, value)) for key, value in stated[role]] for role in roles}}


def _words(key: str, value: Value) -> Value:
    if not isinstance(value, str) or "," in value or key.casefold() not in ("categories", "tags"):
        return value
    return tuple(value.split())


@read_once
def parse_authors(value: Value, has_commas: bool) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Read who wrote an article: a text, a list, a table with `name` and `url`, or a list of tables.

    An e-mail address beside a name is left out; one without a name stands for it up to its `@`.

    Args:
        value: As the front matter has it.
        has_commas: Commas in a text part names; where it has semicolons, those do (Pelican).

    Returns:
        The names in order, without repeats; and those that state an address, with it.
    """
    authors: dict[str, str] = {}
    for name, url in _authors_of(value, has_commas):
        plain = plain_name(_without_mail(name)) if "@" in name else plain_name(name)
        if plain and not authors.get(plain):
            authors[plain] = url
    return tuple(authors), tuple((name, url) for name, url in authors.items() if url)


def _authors_of(value: Value, has_commas: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        text = plain_name(value) if "&" in value else value  # a reference ends in a semicolon
        joint = ";" if ";" in text else ","
        yield from ((name, "") for part in (text.split(joint) if has_commas else (text,)) for name in scalars(part))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _authors_of(inner, has_commas=False)
    elif value and all(isinstance(inner, Mapping) for inner in value.values()):  # each author under a key of its own
        for inner in value.values():
            yield from _authors_of(inner, has_commas=False)
    else:
        names = next((found for key in _NAMES if key in value and (found := scalars(value[key]))), scalars(value))
        urls = (found for key in _URLS if key in value and (found := scalars(value[key])))
        if names:
            yield names[0], next(urls, ("",))[0]


def _without_mail(name: str) -> str:
    named = _NAMED_BY_MAIL.fullmatch(name)
    if named:
        return named[1]
    alone = _MAIL.sub(" ", name).strip()
    return alone or name.strip(" <>()").partition("@")[0]
