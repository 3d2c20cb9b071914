"""The tables `[[feed]]`: which feed each is about, the rule of a combined one, and what is other there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from feeds.config.checks import check_bytes, check_globs, check_language, check_text, nearest, one_of, whole
from feeds.config.periods import check_period
from feeds.kinds import key_of

if TYPE_CHECKING:
    from feeds.model import CategoryPath, FeedRule, FeedTable
    from feeds.model.table import Condition

CONDITIONS = ("category", "tag", "author", "language", "path", "word")
"""Kinds of conditions that a rule is made of."""


class FeedTableError(ValueError):
    """One of the tables cannot be used."""

    def __init__(self, number: int, message: str) -> None:
        """Take which one, from 1, and what is wrong."""
        super().__init__(f"[[feed]] number {number}: {message}")
        self.number = number


def check_feed_tables(value: object) -> tuple[FeedTable, ...]:
    """Check every table `[[feed]]`.

    Raises:
        FeedTableError: A table names no feed, or one that another names, says nothing of it, or holds a key or value
            that is none.
    """
    if not isinstance(value, list | tuple):
        raise FeedTableError(1, "write it with two pairs of brackets")
    tables = tuple(_check(number, table) for number, table in enumerate(value, 1))
    first: dict[CategoryPath, int] = {}
    for number, table in enumerate(tables, 1):
        other = first.setdefault(table.key, number)
        if other != number:
            raise FeedTableError(number, f"it is about the same feed as number {other}; write them as one")
    return tables


def _check(number: int, table: object) -> FeedTable:
    from feeds.model import FeedTable

    if not isinstance(table, Mapping):
        raise FeedTableError(number, "a table is needed")
    checked: dict[str, Any] = {}
    known = {**_NAMES, **RULE, **_OTHER}
    for key, value in table.items():
        if key not in known:
            raise FeedTableError(number, f'no such key: "{key}"{MEANT.get(key) or nearest(key, known)}')
        try:
            checked[key] = known[key](value)
        except ValueError as error:
            raise FeedTableError(number, f"{key}: {error}") from error
    names = [name for name in _NAMES if name in checked]
    if len(names) != 1:
        named = f"it names {' and '.join(names)}" if names else "it names no feed"
        raise FeedTableError(number, f"{named}; exactly one of {', '.join(_NAMES)} is needed")
    rule = _rule(number, names[0], checked)
    other = {name: checked[name] for name in _OTHER if name in checked}
    if rule is None and not other:
        raise FeedTableError(number, f"it says nothing of the feed; one of {', '.join(_OTHER)} is needed")
    if "membership" in other and names != ["category"]:
        raise FeedTableError(number, f"membership is about the tree of categories; a {names[0]} is not in it")
    return FeedTable(key=_key(names[0], checked[names[0]]), rule=rule, **other)


def _rule(number: int, name: str, checked: Mapping[str, Any]) -> FeedRule | None:
    from feeds.model import FeedRule

    stated = {key: checked[key] for key in RULE if checked.get(key)}
    if name != "name":
        if stated:
            raise FeedTableError(number, f"a rule makes a feed of its own, which needs a name, not a {name}")
        return None
    if not stated:
        raise FeedTableError(number, f"a feed with a name needs a rule: {', '.join(RULE)}")
    return FeedRule(**stated)


def _key(name: str, value: Any) -> CategoryPath:
    if name == "category":
        return value  # type: ignore[no-any-return]
    return key_of("feed" if name == "name" else name, value)


def _category(value: object) -> CategoryPath:
    if value in ("", []):
        return ()
    if isinstance(value, list | tuple):
        return tuple(check_text(level) for level in value)
    return tuple(check_text(level) for level in check_text(value).split("/"))


def check_tag(value: object) -> str:
    """A language tag, each part in its usual case (RFC 5646 section 2.1.1)."""
    from feeds.languages import usual_case

    return usual_case(check_language(value))


def _name(value: object) -> str:
    name = check_text(value)
    if any(character in "/\\" or ord(character) < 32 for character in name) or not name.strip(". "):
        raise ValueError("a name that can be a folder is needed, such as markets")
    return name


def _conditions(value: object) -> tuple[Condition, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        raise ValueError('a list of conditions is needed, such as ["category:金融", "tag:stocks"]')
    return tuple(map(check_condition, value))


def check_condition(value: object) -> Condition:
    """A kind and a value, joined by a colon: `tag:stocks`."""
    kind, colon, looked_for = check_text(value).partition(":")
    kind, looked_for = kind.strip().lower(), looked_for.strip()
    if not colon or not looked_for:
        raise ValueError(f'"{value}" is no condition; one looks like this: tag:stocks')
    if kind not in CONDITIONS:
        near = nearest(kind, dict.fromkeys(CONDITIONS)) or f"; what there is: {', '.join(CONDITIONS)}"
        raise ValueError(f'"{value}" asks for no "{kind}"{near}')
    if kind == "language":
        looked_for = check_language(looked_for.replace("_", "-"))
    if kind == "path":
        check_globs([looked_for])
    return kind, looked_for


_NAMES: Mapping[str, Callable[[object], Any]] = {
    "category": _category,
    "tag": check_text,
    "author": check_text,
    "language": check_tag,
    "name": _name,
}
RULE: Mapping[str, Callable[[object], Any]] = {"all_of": _conditions, "any_of": _conditions, "none_of": _conditions}
"""What a rule is made of."""
_OTHER: Mapping[str, Callable[[object], Any]] = {
    "title": check_text,
    "description": check_text,
    "limit": whole(1, 10_000),
    "keep_hours": whole(0, 100_000),
    "limit_max": whole(1, 10_000),
    "max_age": check_period,
    "max_bytes": check_bytes,
    "content": one_of("summary", "full"),
    "membership": one_of("subtree", "own", "partition"),
}
MEANT: Mapping[str, str] = {short: f'; did you mean "{short}_of"?' for short in ("all", "any", "none")}
"""What keys of a rule that are none are meant for."""
