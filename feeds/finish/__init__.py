"""Finishing: a chosen card and its body become an entry fit to publish, and its own page where one is wanted.

Pure: which files the archive holds, and where they are served, the caller answers.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from msgspec import Struct
from msgspec.structs import replace

from feeds.finish.fixes import fix_of
from feeds.finish.local import FilePlace, Surroundings, plain
from feeds.finish.pictures import PictureVerdict, find_picture, judge_pictures
from feeds.finish.places import LocalArticle, LocalPicture, Places
from feeds.finish.summary import Summary, summarise
from feeds.finish.teaser import summary_content
from feeds.finish.verdicts import Judge, Verdict
from feeds.model import ArticlePage, Body, Card, Entry, FixRule, Profile

__all__ = ["FilePlace", "FinishRules", "Judgement", "judge_article", "make_entry", "shows_body"]


class FinishRules(Struct, frozen=True, kw_only=True):
    """What the configuration says about entries."""

    summary_width: int
    """Columns."""
    content: str
    """`summary` (the header picture and the summary) or `full` (the whole body)."""
    placeholders: tuple[str, ...]
    """Regular expressions of further addresses that stand where no picture is; valid ones."""
    link_base: str | None
    """Site address against which relative links resolve when an article has no page of its own."""
    article_pages: str
    """Write a page for each article that has none elsewhere (`missing`), for each (`all`), or for no one (`none`)."""
    image_proxy: str | None = None
    """Stands before every picture address that is not our own."""
    fixes: tuple[FixRule, ...] = ()
    """What a person decided for some articles."""
    static: int = 0
    """How many folders the site serves at its root."""
    beside: str = ""
    """What the site serves with an article, as `Surroundings.beside`."""


class Judgement(Struct, frozen=True, kw_only=True):
    """Why an article's entry is as it is."""

    blocks: tuple[Verdict, ...]
    """Of every block of the body, in order."""
    pictures: tuple[PictureVerdict, ...]
    """Of every candidate, in order."""
    summary: Summary
    picture_is_fixed: bool
    """A person decided about the picture, and no candidate counts."""


def _no_article(_: str) -> str | None:
    return None


def judge_article(
    card: Card,
    body: Body,
    profile: Profile,
    rules: FinishRules,
    *,
    local_picture: LocalPicture,
) -> Judgement:
    """Judge all that `make_entry` looks at until it has found what it wants."""
    judge = Judge(card.title, body, profile, fix_of(card, rules.fixes))
    places = _places_of(card, rules, local_picture, _no_article)
    pictures = judge_pictures(card, judge, placeholders=_placeholders(rules.placeholders))
    return Judgement(
        blocks=tuple(judge.verdicts(body.blocks)),
        pictures=tuple(
            replace(
                verdict,
                address=plain(verdict.address),
                reason=verdict.reason or ("" if places.picture(verdict.address) else "leads nowhere"),
            )
            for verdict in pictures
        ),
        summary=summarise(judge, card.description, width=rules.summary_width),
        picture_is_fixed=judge.fix.picture is not None,
    )


def shows_body(card: Card, rules: FinishRules) -> bool:
    """Tell whether `make_entry` publishes an article's whole body, in its entry or on a page."""
    return rules.content == "full" or _has_page(card, rules)


def _has_page(card: Card, rules: FinishRules) -> bool:
    return rules.article_pages == "all" or (rules.article_pages == "missing" and card.permalink is None)


def make_entry(
    card: Card,
    body: Body,
    profile: Profile,
    rules: FinishRules,
    *,
    local_picture: LocalPicture,
    local_article: LocalArticle = _no_article,
    page_path: str,
    page_url: str,
) -> tuple[Entry, ArticlePage | None]:
    """Make an article fit to publish.

    Args:
        card: The article's, dated.
        body: The article's, with its HTML where `shows_body` says so.
        profile: Its publisher's.
        rules: What the configuration says.
        local_picture: Knows the pictures of the archive and of the site's folders.
        local_article: Knows where other articles of the archive have their pages.
        page_path: Output-relative, for the page that we may write.
        page_url: Absolute, percent-encoded: where that page is served.

    Returns:
        The entry, and its page when `rules.article_pages` wants one.

    Raises:
        ValueError: The card has no date; choosing must leave such an article out.
    """
    if card.published is None:
        raise ValueError(f"{card.path}: an article without a date cannot be finished")
    has_page = _has_page(card, rules)
    permalink = card.permalink or (page_url if has_page else None)
    places = _places_of(card, rules, local_picture, local_article)
    judge = Judge(card.title, body, profile, fix_of(card, rules.fixes))
    placeholders = _placeholders(rules.placeholders)
    picture = find_picture(card, judge, placeholders=placeholders, resolve=places.picture)
    summary = summarise(judge, card.description, width=rules.summary_width).text
    content = summary_content(summary, picture, card.title)
    is_full = rules.content == "full"

    def whole(page: str | None) -> str:
        """Write the whole body as it stands at an address."""
        from feeds.finish.content import clean_html, full_content  # with the sanitiser

        link = partial(places.link, page=page)
        clean = clean_html(body.html, resolve_link=link, resolve_picture=places.picture_address)
        return full_content(clean, picture, content)

    full = whole(permalink) if is_full else content
    entry = Entry(
        id=card.id,
        title=card.title,
        permalink=permalink,
        published=card.published,
        updated=max(card.updated or card.published, card.published),
        publisher=card.publisher,
        authors=card.authors,
        categories=card.chains,
        tags=card.tags,
        summary=summary,
        picture=picture,
        content_html=full,
        language=card.language,
        author_urls=card.author_urls,
    )
    if not has_page:
        return entry, None
    shown = full if is_full and permalink == page_url else whole(page_url)
    return entry, ArticlePage(path=page_path, url=page_url, entry=entry, content_html=shown)


@lru_cache(maxsize=16)
def _placeholders(extra: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in extra)


def _places_of(card: Card, rules: FinishRules, local_picture: LocalPicture, local_article: LocalArticle) -> Places:
    around = Surroundings(
        path=card.path,
        permalink=card.permalink,
        site_url=rules.link_base,
        static=rules.static,
        beside=rules.beside,
    )
    return Places(around, proxy=rules.image_proxy, local_picture=local_picture, local_article=local_article)
