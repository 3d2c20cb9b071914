"""Output folders: one for each category, readable, safe on every file system, never outside, never shared."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from feeds.errors import Problem, ProblemKind
from feeds.kinds import FOLDERS, is_category, shown_name
from feeds.model import CategoryPath

MOST_BYTES = 120
"""Of one folder name in UTF-8: file systems take 255, archives and clouds less."""

_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2028\u2029\ufeff]+')
_EDGE = re.compile(r"\A[\s.]+|[\s.]+\Z")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def assign_folders(
    categories: Sequence[CategoryPath], *, published: Mapping[CategoryPath, str], reserved: Collection[str]
) -> tuple[dict[CategoryPath, str], tuple[Problem, ...]]:
    """Give every category its folder, and every feed of another kind one in the folder of its kind.

    Args:
        categories: All of them, `()` included, with every parent.
        published: Folders given earlier: an address once given never moves.
        reserved: Names that we write ourselves, at any level.

    Returns:
        Output-relative folders, "" for the whole archive; and a notice for each name that needed a hash.
    """
    folders: dict[CategoryPath, str] = {(): ""}
    taken = {_key(folder) for folder in published.values()}
    own_names = {_key(name) for name in reserved}
    problems = []
    for category in sorted(categories, key=_claim):
        if not category:
            continue
        plain = _plain_name(category)
        if plain is None:
            folders[category] = folders[category[:-1]]
            continue
        if category in published:
            folders[category] = published[category]
            if _last(published[category]) != plain:
                problems.append(_mark_problem(category, _last(published[category])))
            continue
        parent = folders[category[:-1]]
        names = chain((plain,), (_marked(plain, category, digits) for digits in range(6, 65)))
        name = next(
            name for name in names if name and _key(name) not in own_names and _key(_join(parent, name)) not in taken
        )
        if name != plain:
            problems.append(_mark_problem(category, name))
        folders[category] = _join(parent, name)
        taken.add(_key(folders[category]))
    return folders, tuple(problems)


def safe_name(name: str) -> str:
    """Make a category's name fit for any file system; "" when nothing of it can stand.

    Example: `"C++/.NET #1"` becomes `"C++-.NET #1"`, `".."` becomes `""`.
    """
    safe = _EDGE.sub("", _UNSAFE.sub("-", unicodedata.normalize("NFC", name)))
    if _DEVICE.fullmatch(safe):
        safe += "-"
    return _EDGE.sub("", _cut(safe, MOST_BYTES))


def _last(folder: str) -> str:
    return folder.rpartition("/")[2]


def _plain_name(category: CategoryPath) -> str | None:
    """Return the name that a folder would like to have; None for a level that has none of its own."""
    if is_category(category) or len(category) > 2:
        return safe_name(category[-1])
    return (FOLDERS[category[1]] or None) if len(category) == 2 else None


def _claim(category: CategoryPath) -> tuple[bool, int, bool, CategoryPath]:
    """Order of claims: folders of kinds before all, parents, names that stay as they are before those that do not."""
    is_inner = not is_category(category) and len(category) < 3
    is_changed = bool(category) and safe_name(category[-1]) != category[-1]
    return not is_inner, len(category), is_changed, category


def _marked(name: str, category: CategoryPath, digits: int) -> str:
    mark = hashlib.sha256("/".join(category).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    return f"{name}-{mark}" if name else mark


def _mark_problem(category: CategoryPath, name: str) -> Problem:
    return Problem(
        kind=ProblemKind.ADDRESS,
        path="",
        what=f'{"category" if is_category(category) else "feed"} "{shown_name(category)}"',
        cause="its name is no safe folder name, or taken",
        cure=f'Its feeds are in the folder "{name}".',
    )


def _cut(name: str, most: int) -> str:
    return name.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")


def _join(parent: str, name: str) -> str:
    return f"{parent}/{name}" if parent else name


def _key(name: str) -> str:
    """Two names with one key are one file on some file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())
