"""Feed titles: leaf first, because the sidebars of readers cut a title at about 25 characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feeds.model import CategoryPath

SEPARATOR = " – "
_JOINTS = "－-–—_:： ·|/"


def make_titles(categories: Sequence[CategoryPath], archive_title: str) -> dict[CategoryPath, str]:
    """Name each feed, no two alike.

    A name that begins with its parent's name says it once: `辰汐财经－國内` below `辰汐财经` is `國内`.

    Example: `("金融", "辰汐财经", "辰汐财经－國内")` becomes `"國内 – 辰汐财经 – 金融 – News"`.
    """
    titles = {category: _title(category, archive_title, is_short=True) for category in categories}
    counts = Counter(titles.values())
    for category, title in titles.items():
        if counts[title] > 1:
            titles[category] = _title(category, archive_title, is_short=False)
    seen: set[str] = set()
    for category in sorted(titles):
        while titles[category] in seen:
            titles[category] += f" ({len(category)})"
        seen.add(titles[category])
    return titles


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
