"""Which feeds of other kinds than categories hold an article: told from its card alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.kinds import key_of
from feeds.languages import usual_case

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from feeds.model import Card, CategoryPath, FeedRule
    from feeds.model.table import Condition


def find_feeds(
    card: Card, kinds: Sequence[str], combined: Sequence[tuple[CategoryPath, FeedRule]], language: str | None
) -> tuple[CategoryPath, ...]:
    """Return the keys of the feeds that hold an article, without repeats.

    Args:
        card: Of the article.
        kinds: Of `tag`, `author`, `language`, those that have feeds.
        combined: Keys of combined feeds, and their rules.
        language: Of articles that state none.
    """
    spoken = card.language or language
    names = {"tag": card.tags, "author": card.authors, "language": (usual_case(spoken),) if spoken else ()}
    keys = [key_of(kind, name) for kind in kinds for name in names[kind]]
    keys += [key for key, rule in combined if is_true(rule, card, language)]
    return tuple(keys)


def is_true(rule: FeedRule, card: Card, language: str | None) -> bool:
    """Tell whether an article is one of those that a rule means."""
    return (
        all(holds(condition, card, language) for condition in rule.all_of)
        and (not rule.any_of or any(holds(condition, card, language) for condition in rule.any_of))
        and not any(holds(condition, card, language) for condition in rule.none_of)
    )


def is_at(pattern: str, path: str) -> bool:
    """Tell whether a path in the archive fits a pattern as in `.gitignore`."""
    return _pattern(pattern).match_file(path)


def holds(condition: Condition, card: Card, language: str | None) -> bool:
    """Tell whether a condition is true of an article.

    A category is meant with all below it, by its path from the top (`金融/国内`) or its name at any level; a language
    with its variants (`zh` is `zh-CN`, too); a path by a pattern as in `.gitignore`; a word stands in the title, or in
    the summary that the front matter states. Case does not matter.

    Args:
        condition: Its kind, and the value looked for.
        card: Of the article.
        language: Of articles that state none.
    """
    kind, value = condition
    wanted = value.casefold()
    match kind:
        case "category":
            return any(
                wanted in (name.casefold(), "/".join(chain[:depth]).casefold())
                for chain in card.chains
                for depth, name in enumerate(chain, 1)
            )
        case "tag":
            return any(tag.casefold() == wanted for tag in card.tags)
        case "author":
            return any(name.casefold() == wanted for name in card.authors or (card.publisher,))
        case "language":
            return f"{card.language or language or ''}-".casefold().startswith(f"{wanted}-")
        case "path":
            return is_at(value, card.path)
        case _:
            text = f"{card.title}\n{card.description or ''}".casefold()
            return wanted in text and _word(wanted).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(glob: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([glob])


@lru_cache(maxsize=256)
def _word(wanted: str) -> re.Pattern[str]:
    """Make a pattern of a word that is no part of another, where it is written in letters that have words apart."""
    before, after = (r"(?<![a-z0-9])" if wanted[0].isascii() else ""), (r"(?![a-z0-9])" if wanted[-1].isascii() else "")
    return re.compile(before + re.escape(wanted) + after)
