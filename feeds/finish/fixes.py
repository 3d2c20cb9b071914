"""What a person decided for some articles, and which articles those are."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.errors import Problem, ProblemKind
from feeds.finish.cut import split_sentences
from feeds.finish.prose import match_key
from feeds.model import Card, CategoryPath, Fix, FixRule

_FEWEST = 3
"""Letters of a wanted sentence below which it must be all that a text says."""
_NOTHING = Fix()


def is_meant(card: Card, rule: FixRule) -> bool:
    """Tell whether a fix is meant for an article."""
    return (
        (rule.publisher is None or rule.publisher == card.publisher)
        and (rule.id is None or rule.id == card.id)
        and (rule.category is None or is_in(card.chains, rule.category))
    )


def fix_of(card: Card, rules: Iterable[FixRule]) -> Fix:
    """Join all that is meant for an article: texts and selectors of all fixes, and of single values the last."""
    meant = [rule.fix for rule in rules if is_meant(card, rule)]
    if not meant:
        return _NOTHING
    return Fix(
        drop_text=tuple(text for fix in meant for text in fix.drop_text),
        keep_text=tuple(text for fix in meant for text in fix.keep_text),
        drop_selector=tuple(selector for fix in meant for selector in fix.drop_selector),
        summary=next((fix.summary for fix in reversed(meant) if fix.summary is not None), None),
        picture=next((fix.picture for fix in reversed(meant) if fix.picture is not None), None),
    )


def unused_fix(number: int, rule: FixRule) -> Problem:
    """Say of a fix, counted from 1, that it is meant for no article."""
    meant = ((key, getattr(rule, key)) for key in ("publisher", "category", "id"))
    stated = " and ".join(f"{key} {value!r}" for key, value in meant if value is not None)
    return Problem(
        kind=ProblemKind.UNUSED_FIX,
        path="",
        what=f"[[fix]] number {number} of feeds.toml mends nothing",
        cause=f"no article has {stated}",
        cure="`feeds why` prints publisher, categories and id as they are written; take an old table out.",
    )


def holds(text: str, wanted: Iterable[str]) -> bool:
    """Tell whether a sentence holds a sentence of one of the wanted texts, whatever the punctuation.

    A wanted sentence of a word or two must be all that the text says.
    """
    key = match_key(text)
    wanted_keys = (match_key(sentence) for one in wanted for sentence in split_sentences(one))
    return any(one == key if len(one) < _FEWEST else one in key for one in wanted_keys if one)


def is_in(chains: Iterable[CategoryPath], category: str | CategoryPath) -> bool:
    """Tell whether chains of levels hold a level of some name, or begin with a path."""
    if isinstance(category, str):
        return any(category in chain for chain in chains)
    return any(chain[: len(category)] == category for chain in chains)
