"""The table `[select]`: which articles are published at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from feeds.config.checks import nearest
from feeds.config.feed_tables import MEANT, RULE
from feeds.config.periods import check_since, check_until

if TYPE_CHECKING:
    from feeds.model import Selection

_BOUNDS: Mapping[str, Callable[[object], Any]] = {"since": check_since, "until": check_until}
_KNOWN = {**RULE, **_BOUNDS}


class SelectError(ValueError):
    """A line of the table cannot be used."""

    def __init__(self, key: str, message: str) -> None:
        """Take what stands at the line's left, and what is wrong."""
        super().__init__(f"[select] {message}")
        self.key = key


def check_select(value: object) -> Selection:
    """Check the table.

    Raises:
        SelectError: It holds a key or a value that is none.
        ValueError: No table.
    """
    from feeds.model import FeedRule, Selection

    if not isinstance(value, Mapping):
        raise ValueError('a table is needed: [select], and in it lines such as none_of = ["tag:private"]')
    checked: dict[str, Any] = {}
    for key, stated in value.items():
        if key not in _KNOWN:
            known = MEANT.get(key) or nearest(key, _KNOWN) or f"; what there is: {', '.join(_KNOWN)}"
            raise SelectError(key, f'knows no "{key}"{known}')
        try:
            checked[key] = _KNOWN[key](stated)
        except ValueError as error:
            raise SelectError(key, f"{key}: {error}") from error
    return Selection(
        rule=FeedRule(**{key: checked[key] for key in RULE if key in checked}),
        **{key: checked[key] for key in _BOUNDS if key in checked},
    )
