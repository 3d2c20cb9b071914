"""One habit of publishers that a summary passes over, and the pattern that recognises it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = r"[（(【\[◎●■▲◆◇□△▽>*#|｜·—※＊◇▶\s]*"
COLON = r"\s?[：:丨|｜/／]"
"""What parts a label from what it labels, in East Asian type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One habit, and the pattern that recognises it."""

    name: str
    """Several rows may bear one name."""
    habit: str
    """An example, as it stands in articles."""
    longest: int
    """Characters up to which the rule holds."""
    pattern: re.Pattern[str]
    source: str
    """What the pattern matches behind marks and brackets that open."""


def rule(name: str, habit: str, longest: int, *patterns: str) -> Rule:
    """Write a row: the patterns match at the beginning, behind marks and brackets that open, in any case."""
    source = f"(?:{'|'.join(patterns)})"
    return Rule(name=name, habit=habit, longest=longest, pattern=opened(source), source=source)


def opened(source: str) -> re.Pattern[str]:
    """Compile a pattern that matches at the beginning, behind marks and brackets that open, in any case."""
    return re.compile(_OPEN + source, re.IGNORECASE)
