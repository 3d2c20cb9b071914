"""Files of an archive that are no articles: what speaks of the repository, and pages of the site itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from posixpath import basename, splitext

from feeds.survey.looks import Guess, Look

_REPOSITORY = re.compile(
    r"readme(?:[._-].*)?|licen[cs]e|copying|contributing|contributors|code_of_conduct|changelog|security|authors"
    r"|pull_request_template|issue_template|claude|agents",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"index|404|about(?:[-_]?me)?|contact|archives?|search|tags?|categor(?:y|ies)|links?|friends?|privacy|imprint|impressum"
    r"|now|uses|projects?|resume|cv|thanks|offline|sitemap|feed|home|guestbook|faq|start",
    re.IGNORECASE,
)
_MOST_PATTERNS = 20


def is_stray_name(path: str) -> bool:
    """Tell whether a file's name says that it may be no article."""
    return _is_of_repository(path) or _is_page(path)


def _is_of_repository(path: str) -> bool:
    return _REPOSITORY.fullmatch(splitext(basename(path))[0]) is not None


def _is_page(path: str) -> bool:
    """Pages of a site lie at the top: `about.md`, `about/index.md`."""
    parts = splitext(path)[0].split("/")
    if len(parts) == 2 and parts[1].casefold() == "index":
        parts = parts[:1]
    return len(parts) == 1 and _PAGES.fullmatch(parts[0]) is not None


def guess_excluded(looks: Sequence[Look]) -> Iterator[Guess]:
    """Guess what is to be left out: names of repositories, and pages that have no date."""
    names = Counter(
        basename(look.card.path) for look in looks if _is_of_repository(look.card.path) and look.card.published is None
    )
    pages = sorted(
        look.card.path
        for look in looks
        if look.card.published is None and _is_page(look.card.path) and not _is_of_repository(look.card.path)
    )
    patterns = (*map(_literal, sorted(names)), *(f"/{_literal(path)}" for path in pages))[:_MOST_PATTERNS]
    if patterns:
        count = names.total() + len(pages)
        reason = (
            f"{count:,} {'file that is no article' if count == 1 else 'files that are no articles'}, without a date"
        )
        yield Guess(name="exclude", value=list(patterns), reason=reason)


def _literal(path: str) -> str:
    """Write a path so that a pattern of `.gitignore` means it and nothing else."""
    return re.sub(r"([\\*?\[\]!# ])", r"\\\1", path)
