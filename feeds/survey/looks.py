"""One article as a survey looks at it, and a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feeds.model import Card, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One article, made into a card by the usual settings, and what the card no longer tells."""

    card: Card
    dialect: str
    """Kind of its front matter, "" for none."""
    is_titled: bool
    """A key states its title."""
    categories: Value | None
    """As written, of the key that counts; None when none says anything."""
    date: str
    """As written; "" when no key says anything."""
    unknown: Mapping[str, Value]
    """Keys, as written, that mean nothing."""
    text: str
    """Where its body begins, as written; "" where nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a setting may be."""

    name: str
    """Of the setting."""
    value: object
    """As the configuration holds it; an example where nothing tells."""
    reason: str
    """Short, with the numbers that support it."""
    is_sure: bool = True
    """It is to hold; False for what somebody has to think about."""
