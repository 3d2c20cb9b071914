"""Names in front matter: of authors, of tags; and what thousands of articles say in the same words, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from feeds.model import Value
from feeds.normalise.roles import scalars
from feeds.normalise.titles import plain_name

_Read = TypeVar("_Read")


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
