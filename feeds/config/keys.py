"""The table `[keys]`: front-matter keys of an archive's own, by what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from feeds.config.checks import check_text, check_texts, nearest

Keys: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Role to keys, in the order in which they count."""

ROLE_NAMES = (
    "title", "date", "updated", "categories", "tags", "authors", "pictures", "summary", "permalink", "id", "language",
    "draft", "ignored",
)  # fmt: skip
"""What a key may mean; an `ignored` one means nothing."""
_SINGULAR = {"category": "categories", "tag": "tags", "author": "authors", "picture": "pictures"}


class KeysError(ValueError):
    """A line of the table cannot be used."""

    def __init__(self, role: str, message: str) -> None:
        """Take what stands at the line's left, and what is wrong."""
        super().__init__(f"[keys] {message}")
        self.role = role


def check_keys(value: object) -> Keys:
    """Check the table: each role's keys are a text or a list of texts, and a key has one role.

    Raises:
        KeysError: No such role, no keys, or a key with two roles.
        ValueError: No table.
    """
    if not isinstance(value, Mapping):
        raise ValueError('a table is needed: [keys], and in it lines such as date = ["gepostet"]')
    roles: dict[str, str] = {}
    checked = []
    for role, keys in value.items():
        if role not in ROLE_NAMES:
            known = f'; did you mean "{_SINGULAR[role]}"?' if role in _SINGULAR else nearest(role, _NAMES)
            raise KeysError(role, f'names no "{role}"{known or "; what there is: " + ", ".join(ROLE_NAMES)}')
        try:
            names = check_texts([keys] if isinstance(keys, str) else keys)
        except ValueError as error:
            raise KeysError(role, f"{role}: {error}") from error
        if not names:
            raise KeysError(role, f"{role}: at least one key is needed")
        for name in names:
            other = roles.setdefault(check_text(name).casefold(), role)
            if other != role:
                raise KeysError(role, f'{role}: "{name}" stands under {other} already; a key means one thing')
        checked.append((role, names))
    return tuple(checked)


_NAMES = dict.fromkeys(ROLE_NAMES)
