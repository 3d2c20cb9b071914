"""The tables `[[fix]]`: whom each is meant for, and what it decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from feeds.config.checks import check_text, check_texts, nearest

if TYPE_CHECKING:
    from feeds.model import FixRule


class FixError(ValueError):
    """One of the tables cannot be used."""

    def __init__(self, number: int, message: str) -> None:
        """Take which one, from 1, and what is wrong."""
        super().__init__(f"[[fix]] number {number}: {message}")
        self.number = number


def check_fixes(value: object) -> tuple[FixRule, ...]:
    """Check every table `[[fix]]`.

    Raises:
        FixError: A table names nobody it is meant for, decides nothing, or holds a key or value that is none.
    """
    if not isinstance(value, list | tuple):
        raise FixError(1, "write it with two pairs of brackets")
    return tuple(_check(number, table) for number, table in enumerate(value, 1))


def _check(number: int, table: object) -> FixRule:
    from feeds.model import Fix, FixRule

    if not isinstance(table, Mapping):
        raise FixError(number, "a table is needed")
    checked: dict[str, Any] = {}
    for key, value in table.items():
        check = {**_MEANT, **_DECIDES}.get(key)
        if check is None:
            raise FixError(number, f'no such key: "{key}"{nearest(key, {**_MEANT, **_DECIDES})}')
        try:
            checked[key] = check(value)
        except ValueError as error:
            raise FixError(number, f"{key}: {error}") from error
    if not checked.keys() & _MEANT.keys():
        raise FixError(number, f"it names nobody; one of {', '.join(_MEANT)} is needed")
    if not checked.keys() & _DECIDES.keys():
        raise FixError(number, f"it decides nothing; one of {', '.join(_DECIDES)} is needed")
    fix = Fix(**{key: value for key, value in checked.items() if key in _DECIDES})
    return FixRule(**{key: value for key, value in checked.items() if key in _MEANT}, fix=fix)


def _category(value: object) -> str | tuple[str, ...]:
    return check_texts(value) if isinstance(value, list) and value else check_text(value)


def _one_or_more(value: object) -> tuple[str, ...]:
    texts = check_texts([value] if isinstance(value, str) else value)
    if not all(any(map(str.isalnum, text)) for text in texts):
        raise ValueError("a text with at least one letter or digit is needed")
    return texts


def _selectors(value: object) -> tuple[str, ...]:
    import warnings

    import soupsieve

    selectors = check_texts([value] if isinstance(value, str) else value)
    for selector in selectors:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, FutureWarning) as error:
            raise ValueError(f"{selector!r} is no CSS selector: {str(error).splitlines()[0]}") from error
    return selectors


def _text_or_none(value: object) -> str:
    return "" if value == "" else check_text(value)


_MEANT: Mapping[str, Callable[[object], Any]] = {"publisher": check_text, "category": _category, "id": check_text}
_DECIDES: Mapping[str, Callable[[object], Any]] = {
    "drop_text": _one_or_more,
    "keep_text": _one_or_more,
    "drop_selector": _selectors,
    "summary": _text_or_none,
    "picture": _text_or_none,
}
