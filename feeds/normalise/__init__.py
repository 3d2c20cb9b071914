"""Article to `Card`: each field by its own small rule; pure, so that a batch gives the same cards anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from posixpath import basename, dirname, splitext

from msgspec import Struct
from msgspec.structs import replace

from feeds.addresses import absolute
from feeds.errors import Problem, ProblemKind
from feeds.model import Article, Card, CategoryPath, FeedRule
from feeds.normalise.categories import chains_of_folder, parse_chains
from feeds.normalise.dates import ParsedDate, date_of_path, parse_date
from feeds.normalise.identity import make_id
from feeds.normalise.languages import language_of_path, parse_language
from feeds.normalise.names import parse_authors, parse_names, part_words
from feeds.normalise.permalinks import AddressRules, Page, find_aliases, find_permalink
from feeds.normalise.pictures import find_pictures
from feeds.normalise.places import find_feeds
from feeds.normalise.roles import Keys, Stated, find_roles, is_draft, scalars, text_of
from feeds.normalise.titles import plain_title
from feeds.normalise.zones import is_utc_to_yaml

_DATE_OF_NAME = re.compile(r"^(?:19|20)\d\d(-?)\d\d\1\d\d[-_ ]+(?=.)")
LEFT_OUT = "until then the article is left out."
"""How the cure of a problem ends that costs an article its date."""
_ADDRESS_KEYS = ("path", "permalink", "url", "slug")


class CardRules(Struct, frozen=True, kw_only=True):
    """The settings that making cards needs."""

    tag_prefix: str
    """What stands before the specific part of a tag URI."""
    zone: tzinfo | None
    """For times that state none."""
    is_flat: bool
    """A list of categories is a set, not one chain."""
    permalink: str | None
    """Pattern of addresses for articles that state none."""
    site_url: str | None
    """Base of relative addresses."""
    addresses: AddressRules | None = None
    """How the generator of the site makes addresses; None without one."""
    keys: Keys = ()
    """The archive's own keys, by role."""
    languages: tuple[str, ...] = ()
    """Those that folders and names of files tell; empty for any that names of files tell."""
    language: str | None = None
    """Of articles that state none, where feeds depend on it."""
    feeds: tuple[str, ...] = ()
    """Of `tag`, `author`, `language`, those that have feeds."""
    combined: tuple[tuple[CategoryPath, FeedRule], ...] = ()
    """Keys of combined feeds, and their rules."""
    authors: tuple[str, ...] = ()
    """Of articles that name nobody."""
    publisher: str | None = None
    """Of articles without an author; None for their category."""

    @property
    def generator(self) -> str | None:
        """The name of the generator of the site; None without one."""
        return self.addresses.generator if self.addresses else None


def make_card(article: Article, rules: CardRules) -> tuple[Card, tuple[Problem, ...]]:
    """Normalise one article's front matter.

    Returns:
        The card, whatever the front matter holds, and what was mended, guessed or lost.
    """
    problems: list[Problem] = []
    stated = find_roles(article.front_matter, rules.keys)
    if rules.generator == "jekyll":
        stated = part_words(stated)
    language, path = language_of_path(article.path, rules.languages)
    title = _title(article, path, stated, problems)
    dated = _published(article, stated, rules, problems)
    published = dated.instant if dated else None
    chains = _chains(path, stated, rules.is_flat)
    authors, author_urls = _authors(stated, rules.site_url)
    authors = authors or rules.authors
    permalink = _permalink(article, stated, rules, title, published, chains)
    card = Card(
        path=article.path,
        id=make_id(_first(stated, "id"), article.path, rules.tag_prefix),
        title=title,
        publisher=authors[0] if authors else rules.publisher or _publisher_of(chains),
        authors=authors,
        published=published,
        is_zoneless=dated is not None and dated.is_zoneless,
        updated=_updated(article, stated, rules, problems),
        chains=chains,
        tags=_names(stated, "tags"),
        pictures=find_pictures(stated),
        permalink=permalink,
        description=_description(stated),
        language=_language(stated) or language,
        is_draft=is_draft(article.path, stated),
        author_urls=author_urls,
        aliases=find_aliases(article.front_matter, permalink, rules.site_url, rules.generator),
    )
    if rules.feeds or rules.combined:
        card = replace(card, feeds=find_feeds(card, rules.feeds, rules.combined, rules.language))
    return card, tuple(problems)


def _title(article: Article, path: str, stated: Stated, problems: list[Problem]) -> str:
    for _, value in stated.get("title", ()):
        title = plain_title(text_of(value))
        if title:
            return title
    heading = plain_title(article.heading or "")
    path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    stem = splitext(basename(path))[0]
    name = basename(dirname(path)) if stem.split(".")[0] == "index" and "/" in path else stem
    name = plain_title(_DATE_OF_NAME.sub("", name))
    if article.front_matter:  # without any, a heading or a name is what its author calls it
        problems.append(
            Problem(
                kind=ProblemKind.UNTITLED,
                path=article.path,
                what="no title in the front matter",
                cause="no key title, or an empty one",
                cure=f"The {'first heading' if heading else 'file name'} stands for it; write title: to say it better.",
            )
        )
    return heading or name or "…"


def _published(article: Article, stated: Stated, rules: CardRules, problems: list[Problem]) -> ParsedDate | None:
    found, refused = _date(stated, "date", rules)
    if found is None:
        of_path = date_of_path(article.path, rules.zone or UTC) or _date_of_address(article, rules.zone or UTC)
        if refused:
            fate = "the date in its path stands for it" if of_path else "the article is left out"
            problems.append(_date_problem(article, refused, fate))
        elif of_path is None:
            problems.append(
                Problem(
                    kind=ProblemKind.UNDATED,
                    path=article.path,
                    what="no date",
                    cause="no key date, and none in the file's name or folders",
                    cure=f"Write date: 2022-07-31T08:00:00Z; {LEFT_OUT}",
                )
            )
        return of_path
    key, text, date = found
    if date.is_zoneless and rules.zone is None:
        problems.append(_zoneless_problem(article, key, text))
    return date


def _date_of_address(article: Article, zone: tzinfo) -> ParsedDate | None:
    """Read the date that the page's own address states: Zola's `path = "2015/01/09/name"`, a permalink."""
    stated = {key.casefold(): value for key, value in article.front_matter.items()}
    addresses = (stated.get(key) for key in _ADDRESS_KEYS)
    dates = (date_of_path(text.strip().rstrip("/"), zone) for text in addresses if isinstance(text, str))
    return next(filter(None, dates), None)


def _updated(article: Article, stated: Stated, rules: CardRules, problems: list[Problem]) -> datetime | None:
    if "updated" not in stated:
        return None
    found, refused = _date(stated, "updated", rules)
    if found is None and refused:
        problems.append(_date_problem(article, refused, "its publication date stands for it"))
    return found[2].instant if found else None


def _date(
    stated: Stated, role: str, rules: CardRules
) -> tuple[tuple[str, str, ParsedDate] | None, tuple[str, str, str] | None]:
    """Take the first key of a role that holds a date.

    Returns:
        The key, its text and the date; and the strongest key that holds none, with its text and the cause.
    """
    refused = None
    for key, value in stated.get(role, ()):
        text = text_of(value)
        if text.casefold() in ("true", "false", "yes", "no"):
            continue  # Jekyll's `published: false` is no date
        try:
            date = parse_date(text, rules.zone or UTC)
            if date.is_zoneless and rules.generator == "jekyll" and is_utc_to_yaml(text):
                date = parse_date(f"{text.strip()}Z", UTC)
            return (key, text, date), refused
        except ValueError as error:
            refused = refused or (key, text, str(error))
    return None, refused


def _date_problem(article: Article, refused: tuple[str, str, str], fate: str) -> Problem:
    key, text, cause = refused
    return Problem(
        kind=ProblemKind.BAD_DATE,
        path=article.path,
        line=article.lines.get(key),
        what=f'{key} "{text[:60]}" not understood',
        cause=cause,
        cure=f"Write it as 2022-07-31T08:00:00Z; until then {fate}.",
    )


def _zoneless_problem(article: Article, key: str, text: str) -> Problem:
    return Problem(
        kind=ProblemKind.ZONELESS,
        path=article.path,
        line=article.lines.get(key),
        what=f'{key} "{text[:60]}" names no zone',
        cause="UTC is assumed",
        cure="Name the zone the archive means.",
        setting='zone = "Asia/Shanghai"',
    )


def _chains(path: str, stated: Stated, is_flat: bool) -> tuple[CategoryPath, ...]:
    for _, value in stated.get("categories", ()):
        chains = parse_chains(value, is_flat=is_flat)
        if chains:
            return chains
    return chains_of_folder(path)


def _publisher_of(chains: tuple[CategoryPath, ...]) -> str:
    if not chains:
        return ""
    return chains[0][1] if len(chains[0]) > 1 else chains[0][0]


def _names(stated: Stated, role: str) -> tuple[str, ...]:
    for _, value in stated.get(role, ()):
        names = parse_names(value, role == "tags")
        if names:
            return names
    return ()


def _authors(stated: Stated, site_url: str | None) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Take the names of who wrote an article, and the addresses of those that state one, absolute."""
    for key, value in stated.get("authors", ()):
        names, urls = parse_authors(value, key.casefold() == "authors")
        if names:
            return names, tuple((name, url) for name, one in urls if (url := absolute(one, site_url))) if urls else ()
    return (), ()


def _permalink(
    article: Article,
    stated: Stated,
    rules: CardRules,
    title: str,
    published: datetime | None,
    chains: tuple[CategoryPath, ...],
) -> str | None:
    if not (rules.addresses or rules.permalink or "permalink" in stated):
        return None
    return find_permalink(
        Page(article.path, article.front_matter, title, published, chains),
        stated.get("permalink", ()),
        rules.keys,
        addresses=rules.addresses,
        pattern=rules.permalink,
        site_url=rules.site_url,
        zone=rules.zone or UTC,
    )


def _first(stated: Stated, role: str) -> str | None:
    for _, value in stated.get(role, ()):
        found = scalars(value)
        if found:
            return found[0]
    return None


def _description(stated: Stated) -> str | None:
    """Take the first stated summary that is a text, or a list of texts: a table is none."""
    for _, value in stated.get("summary", ()):
        text = "" if isinstance(value, Mapping) else text_of(value)
        if text:
            return text
    return None


def _language(stated: Stated) -> str | None:
    named = _first(stated, "language")
    return None if named is None else parse_language(named)
