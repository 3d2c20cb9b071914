"""Feed titles: leaf first, because the sidebars of readers cut a title at about 25 characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from feeds.kinds import kind_of, order_of
from feeds.model import CategoryPath

SEPARATOR = " – "
_JOINTS = "－-–—_:： ·|/"


def make_titles(
    categories: Sequence[CategoryPath],
    archive_title: str,
    *,
    kind_names: Mapping[str, str] | None = None,
    own: Mapping[CategoryPath, str] | None = None,
) -> dict[CategoryPath, str]:
    """Name each feed, no two alike.

    A name that begins with its parent's name says it once: `辰汐财经－國内` below `辰汐财经` is `國内`.

    Example: `("金融", "辰汐财经", "辰汐财经－國内")` becomes `"國内 – 辰汐财经 – 金融 – News"`, and the tag
    `("", "tag", "stocks")` becomes `"stocks – Tags – News"`.

    Args:
        categories: Keys of all feeds.
        archive_title: Of the whole.
        kind_names: What kinds of feeds other than those of categories are called, where there are any.
        own: Titles that somebody decided.
    """
    stated = own or {}
    # What stands for a key: its levels, from the top.
    paths = {key: key if kind_of(key) is None else _levels(key, kind_names or {}) for key in categories}
    titles = {key: stated.get(key) or _title(path, archive_title, is_short=True) for key, path in paths.items()}
    counts = Counter(titles.values())
    for category, title in titles.items():
        if counts[title] > 1 and category not in stated:
            titles[category] = _title(paths[category], archive_title, is_short=False)
    seen: set[str] = set()
    for category in sorted(titles, key=order_of):
        while titles[category] in seen:
            titles[category] += f" ({len(category)})"
        seen.add(titles[category])
    return titles


def _levels(key: CategoryPath, kind_names: Mapping[str, str]) -> CategoryPath:
    kind = kind_names.get(key[1])
    return (kind, key[2]) if kind else (key[2],)


def _title(category: CategoryPath, archive_title: str, *, is_short: bool) -> str:
    names = [*category]
    if is_short:
        names = [_without(name, parent) for name, parent in zip(category, ("", *category), strict=False)]
    return SEPARATOR.join((*reversed(names), archive_title))


def _without(name: str, parent: str) -> str:
    rest = name.removeprefix(parent) if parent else name
    if rest == name or rest[:1] not in _JOINTS:
        return name
    return rest.strip(_JOINTS) or name
