"""The category chains of an article: Hexo's levels, a set, or the folders it lies in."""

from __future__ import annotations

import re
from posixpath import basename, dirname

from feeds.model import CategoryPath, Value
from feeds.normalise.names import read_once
from feeds.normalise.roles import names_of
from feeds.normalise.titles import plain_name

_DATE_FOLDERS = re.compile(r"(?:^|/)(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?)?(?=/|$)")
_GENERATOR_FOLDERS = frozenset({"_posts", "_drafts"})


def parse_chains(value: Value, *, is_flat: bool) -> tuple[CategoryPath, ...]:
    """Turn a front-matter value into chains.

    Hexo's rule: a list is one chain of levels, a list that holds lists is one chain for each of its items; a
    text with commas is a list. With `is_flat` every name is a chain of its own, as Jekyll and Hugo mean it.

    Returns:
        The chains in order, without repeats; empty when the value names nothing.
    """
    return _parse_chains(value, is_flat)


@read_once
def _parse_chains(value: Value, is_flat: bool) -> tuple[CategoryPath, ...]:
    if isinstance(value, str):
        value = tuple(value.split(","))
    if isinstance(value, tuple) and any(isinstance(item, tuple) for item in value):
        chains = [_names(item) for item in value]
    else:
        chains = [_names(value)]
    if is_flat:
        chains = [(name,) for chain in chains for name in chain]
    return tuple(dict.fromkeys(chain for chain in chains if chain))


def chains_of_folder(path: str) -> tuple[CategoryPath, ...]:
    """Take the folders of an archive path as one chain; date folders and `_posts` say nothing of a topic.

    A file `index` has the name of its folder, which so is no category (Hugo's page bundles).
    """
    folder = dirname(path)
    if basename(path).startswith("index."):
        folder = dirname(folder)
    folder = _DATE_FOLDERS.sub("", folder)
    shown = folder.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    chain = tuple(name for part in shown.split("/") if part not in _GENERATOR_FOLDERS and (name := plain_name(part)))
    return (chain,) if chain else ()


def _names(value: Value) -> CategoryPath:
    return tuple(name for scalar in names_of(value) if (name := plain_name(scalar)))
