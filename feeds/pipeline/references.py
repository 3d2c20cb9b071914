"""Where articles have their pages: what a link from one article to another needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from posixpath import splitext

from feeds.config import Config
from feeds.model import Card, Listed
from feeds.pipeline.chosen import card_as_remembered
from feeds.pipeline.job import page_path_of
from feeds.pipeline.roots import fold
from feeds.scan import ARTICLE_SUFFIXES, Folder, Scan
from feeds.state import Register, Registered, Standing, mark_of

_LANGUAGE = re.compile(r"\.[a-z]{2}(?:-[a-z0-9]{2,8})?$")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ](?=.)")


class Articles:
    """Answers for the articles of one archive; each question once."""

    def __init__(self, config: Config, scan: Scan, register: Register, *, until: int) -> None:
        """Take where articles are.

        Args:
            config: Of the build.
            scan: Every file.
            register: Every article.
            until: What was published later is not due yet; microseconds since the epoch.
        """
        self._config = config
        self._scan = scan
        self._register = register
        self._until = until
        self._found: dict[str, str | None] = {}
        self._folded: dict[str, dict[str, str]] = {}

    def find(self, question: str) -> str | None:
        """Answer the address of an article's page; None when there is no such article, or it has none for ever.

        An article without an address of its own has a page that stays only where each article gets one.

        Args:
            question: Archive-relative path, or `**/` and the end of one, with its suffix or without.
        """
        if question not in self._found:
            self.prefetch((question,))
        return self._found[question]

    def prefetch(self, questions: Iterable[str]) -> None:
        """Look for the articles of many questions at once."""
        paths = {one: self._path(one) for one in questions if one not in self._found}
        wanted = {path for path in paths.values() if path is not None}
        addresses = {one.reading.path: self._address(one) for one in self._register.some(wanted)}
        self._found |= {one: addresses.get(path) if path is not None else None for one, path in paths.items()}

    def _path(self, question: str) -> str | None:
        return self._by_name(question[3:]) if question.startswith("**/") else self._by_path(question)

    @cached_property
    def _folders(self) -> dict[str, Folder]:
        return {folder.path: folder for folder in self._scan.folders}

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Every article's path by each name that may mean it, folded."""
        found: dict[str, list[str]] = {}
        for path in self._scan.paths:
            for name in {*_names(path)}:
                found.setdefault(name, []).append(path)
        return found

    def _by_path(self, path: str) -> str | None:
        start, slash, name = path.rpartition("/")
        folder = self._folders.get(start + slash)
        if folder is None:
            return None
        if folder.file(name):
            return path
        if folder.path not in self._folded:
            self._folded[folder.path] = {fold(one): one for one in reversed(folder.names)}
        found = self._folded[folder.path].get(fold(name))
        return start + slash + found if found else None

    def _by_name(self, end: str) -> str | None:
        """Answer the article whose path ends with a path, or the other way round: that which agrees most."""
        wanted = _parts(end)
        if not wanted:
            return None
        alike = []
        for path in self._named.get(wanted[-1], ()):
            parts = _parts(path)
            shared = min(len(parts), len(wanted)) - 1
            if shared <= 0 or parts[-1 - shared : -1] == wanted[-1 - shared : -1]:
                alike.append((-shared, parts[-1] != wanted[-1], len(parts), path))
        return min(alike)[3] if alike else None

    def _address(self, one: Registered) -> str | None:
        if one.standing is not Standing.ADMITTED or one.published is None or one.published > self._until:
            return None
        return one.reading.card.permalink or self._own_page(card_as_remembered(one))

    def _own_page(self, card: Card) -> str | None:
        """Answer the address of the page that we write; None for an article of which there may be a copy."""
        if not self._config.pages or self._config.article_pages != "all":
            return None
        likeness = mark_of(card.title, card.publisher)
        alike = self._register.like([Listed(published=0, id="", path="", likeness=likeness, digest=0)])
        return self._config.base_url + page_path_of(card.id) if len(alike) == 1 else None


def _parts(path: str) -> list[str]:
    """Part a path into folded names, of which the last is the article's: without suffix, a bundle's its folder's."""
    stem, suffix = splitext(path)
    parts = fold(stem if suffix.lower() in ARTICLE_SUFFIXES else path).split("/")
    return parts[:-1] if len(parts) > 1 and parts[-1].split(".")[0] == "index" else parts


def _names(path: str) -> list[str]:
    """List the names that may mean an article, folded: its file's, without the date, without the language."""
    name = _parts(path)[-1]
    undated = _DATE.sub("", name)
    return [name, undated, _LANGUAGE.sub("", name), _LANGUAGE.sub("", undated)]
