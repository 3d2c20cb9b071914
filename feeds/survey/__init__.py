"""What an archive tells of itself: settings guessed from its articles, each with the numbers that support it; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from posixpath import splitext

from feeds.survey.chains import guess_categories
from feeds.survey.hosts import guess_addresses
from feeds.survey.keys import guess_keys
from feeds.survey.languages import guess_language
from feeds.survey.looks import Guess, Look
from feeds.survey.strays import guess_excluded, is_stray_name
from feeds.survey.zones import guess_zone

__all__ = ["Guess", "Look", "Survey", "is_stray_name", "survey_archive"]

DIALECTS = {
    "yaml": "YAML",
    "toml": "TOML",
    "json": "JSON",
    "lines": "lines with a colon",
    "comments": "comments",
    "fields": "reST fields",
    "html": "HTML heads",
    "": "none",
}
"""How kinds of front matter are called, by the names that reading gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What looking at an archive's articles gave."""

    looked_at: int
    """Articles; evenly chosen of all where there are many."""
    dialects: tuple[tuple[str, int], ...]
    """Kinds of front matter, the most frequent first."""
    suffixes: tuple[tuple[str, int], ...]
    undated: int
    uncategorised: int
    """Articles that name no category; their folders stand for it."""
    pictured: int
    """Articles whose front matter names a picture."""
    drafts: int
    guesses: tuple[Guess, ...]
    """No setting twice."""


def survey_archive(looks: Sequence[Look], *, year: int, shown: Mapping[str, datetime] | None = None) -> Survey:
    """Guess settings from articles.

    Args:
        looks: Articles, in the order of their paths.
        year: Of today: a domain that the articles' addresses name is somebody's now.
        shown: When an old feed says that articles were published, by their titles.
    """
    excluded = guess_excluded(looks)
    strays = {look.card.path for look in looks if is_stray_name(look.card.path)}
    articles = [look for look in looks if look.card.path not in strays] or list(looks)
    language = guess_language(articles)
    guesses = (
        *excluded,
        language,
        *guess_addresses(articles, year=year),
        guess_zone(articles, str(language.value) if language.is_sure else "", shown or {}),
        guess_categories(articles),
        guess_keys(articles),
    )
    return Survey(
        looked_at=len(looks),
        dialects=_counted(DIALECTS[look.dialect] for look in looks),
        suffixes=_counted(splitext(look.card.path)[1].lower() for look in looks),
        undated=sum(look.card.published is None for look in looks),
        uncategorised=sum(look.categories is None for look in looks),
        pictured=sum(bool(look.card.pictures) for look in looks),
        drafts=sum(look.card.is_draft for look in looks),
        guesses=tuple(guess for guess in guesses if guess is not None),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))
