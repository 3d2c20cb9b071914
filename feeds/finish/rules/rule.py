"""One habit of publishers that a summary passes over, and the pattern that recognises it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from msgspec import Struct

_OPENS = r"[（(【\[◎●■▲◆◇□△▽>*#|｜·—※＊◇▶\s]"
_OPEN = _OPENS + "*"
COLON = r"\s?[：:丨|｜/／]"
"""What parts a label from what it labels, in East Asian type."""
_DOTTED = str.maketrans("ſıİᲀᲁᲂᲃᲄᲅᲆ", "siiвдосттъ")
"""Letters that are equal to others when case is ignored, but whose lower case is not."""
_IS_DOTTED = re.compile(f"[{''.join(map(chr, _DOTTED))}]")
_SHORT = 60
"""Characters above which most rules do not hold."""


def lower(text: str) -> str:
    """Write text in lower case, so that letters are equal which are so when case is ignored."""
    return (text.translate(_DOTTED) if _IS_DOTTED.search(text) else text).lower()


class Rule(Struct, frozen=True, kw_only=True):
    """One habit, and the pattern that recognises it."""

    name: str
    """Several rows may bear one name."""
    habit: str
    """An example, as it stands in articles."""
    longest: int
    """Characters up to which the rule holds."""
    source: str
    """What the pattern matches behind marks and brackets that open."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches what the rule is about, whatever its length."""
        return opened(self.source)


class Script:
    """Rules for texts of one script; most of them one look at a text tells not to hold."""

    def __init__(self, words: str, rules: Iterable[Rule]) -> None:
        """Take the rules, and a pattern found in lower case in every text for which one of them holds."""
        self._words = re.compile(words)
        self._rules = tuple(rules)
        self._long_rules = tuple(rule for rule in self._rules if rule.longest > _SHORT)

    def find(self, text: str, in_lower: str) -> Rule | None:
        """Answer the first rule that holds for a text, given in lower case too."""
        if self._words.search(in_lower) is None:
            return None
        is_short = len(text) <= _SHORT
        rules = self._rules if is_short else self._long_rules
        found = (self._some_rule if is_short else self._some_long_rule).match(text)
        if found is None:
            return None
        first = rules[(found.lastindex or 1) - 1]
        if len(text) <= first.longest and not _opens().match(text):
            return first
        return next((rule for rule in rules if len(text) <= rule.longest and rule.pattern.match(text)), None)

    @cached_property
    def _some_rule(self) -> re.Pattern[str]:
        """Matches what some rule matches, whatever the length; the group of the first that does tells which."""
        return _any_of(self._rules)

    @cached_property
    def _some_long_rule(self) -> re.Pattern[str]:
        """The same of the rules for longer texts alone."""
        return _any_of(self._long_rules)


def _any_of(rules: Iterable[Rule]) -> re.Pattern[str]:
    return opened(f"(?:{'|'.join(f'({rule.source})' for rule in rules) or '(?!)'})")


@cache
def _opens() -> re.Pattern[str]:
    """Match a mark or bracket that opens: behind it a rule may hold in more than one way, and which is first is asked."""
    return re.compile(_OPENS)


def rule(name: str, habit: str, longest: int, *patterns: str) -> Rule:
    """Write a row: the patterns match at the beginning, behind marks and brackets that open, in any case."""
    source = f"(?:{'|'.join(patterns)})"
    return Rule(name=name, habit=habit, longest=longest, source=source)


def behind(most: int, *sources: str) -> str:
    """Write a pattern for words behind at most so many characters; each begins with a letter as it stands.

    First letters are looked for before words, as most texts hold none of these.
    """
    firsts = "".join(dict.fromkeys(source[0] for source in sources))
    return f".{{0,{most}}}(?=[{firsts}])(?:{'|'.join(sources)})"


@lru_cache(maxsize=256)
def opened(source: str) -> re.Pattern[str]:
    """Compile a pattern that matches at the beginning, behind marks and brackets that open, in any case.

    Not before it is wanted: compiling all of them takes longer than finishing many an archive.
    """
    return re.compile(_OPEN + source, re.IGNORECASE)
