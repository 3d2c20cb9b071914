"""Finishing: a chosen card and its body become an entry fit to publish, and its own page where one is wanted.

Pure: which files the archive holds, and where they are served, the caller answers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from urllib.parse import unquote, urlsplit

from feeds import addresses
from feeds.finish.content import clean_html, full_content, summary_content
from feeds.finish.fixes import fix_of
from feeds.finish.pictures import PictureVerdict, find_picture, judge_pictures
from feeds.finish.summary import Summary, summarise
from feeds.finish.verdicts import Judge, Verdict
from feeds.model import ArticlePage, Body, Card, Entry, FixRule, Picture, Profile

__all__ = ["FinishRules", "Judgement", "judge_article", "make_entry", "shows_body"]

_MEDIA_TYPES = {
    "apng": "image/apng",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "heic": "image/heic",
    "ico": "image/vnd.microsoft.icon",
    "jfif": "image/jpeg",
    "jpe": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
}
_CONTACT = re.compile(r"(?i:mailto|tel):[!#-;=?-\[\]_a-z~]+")
"""Of the characters that RFC 3986 allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRules:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Why an article's entry is as it is."""

    blocks: tuple[Verdict, ...]
    """Of every block of the body, in order."""
    pictures: tuple[PictureVerdict, ...]
    """Of every candidate, in order."""
    summary: Summary
    picture_is_fixed: bool
    """A person decided about the picture, and no candidate counts."""


def judge_article(
    card: Card,
    body: Body,
    profile: Profile,
    rules: FinishRules,
    *,
    local_picture: Callable[[str], Picture | None],
) -> Judgement:
    """Judge all that `make_entry` looks at until it has found what it wants."""
    judge = Judge(card.title, body, profile, fix_of(card, rules.fixes))
    places = _Places(card, rules, local_picture)
    pictures = judge_pictures(card, judge, placeholders=_placeholders(rules.placeholders))
    return Judgement(
        blocks=tuple(judge.verdicts(body.blocks)),
        pictures=tuple(
            verdict if verdict.reason or places.picture(verdict.address) else replace(verdict, reason="leads nowhere")
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
    local_picture: Callable[[str], Picture | None],
    page_path: str,
    page_url: str,
) -> tuple[Entry, ArticlePage | None]:
    """Make an article fit to publish.

    Args:
        card: The article's, dated.
        body: The article's, with its HTML where `shows_body` says so.
        profile: Its publisher's.
        rules: What the configuration says.
        local_picture: Answers the finished picture for an archive-relative path; None when none is there.
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
    places = _Places(card, rules, local_picture)
    judge = Judge(card.title, body, profile, fix_of(card, rules.fixes))
    placeholders = _placeholders(rules.placeholders)
    picture = find_picture(card, judge, placeholders=placeholders, resolve=places.picture)
    summary = summarise(judge, card.description, width=rules.summary_width).text
    content = summary_content(summary, picture, card.title)
    is_full = rules.content == "full"

    def whole(page: str | None) -> str:
        """Write the whole body as it stands at an address."""
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


class _Places:
    """Where the addresses of one article lead; each picture is asked for once."""

    def __init__(
        self,
        card: Card,
        rules: FinishRules,
        local_picture: Callable[[str], Picture | None],
    ) -> None:
        self._folder = posixpath.dirname(card.path)
        self._base = card.permalink or rules.link_base
        self._proxy = rules.image_proxy
        self._local_picture = local_picture
        self._pictures: dict[str, Picture | None] = {}

    def link(self, address: str, page: str | None) -> str | None:
        """Resolve a link; one within the page needs the address of that page."""
        address = address.strip()
        if address.startswith("#"):
            return addresses.absolute(address, page) if len(address) > 1 else None
        if _CONTACT.fullmatch(address):
            return address
        return addresses.absolute(address, self._base)

    def picture(self, address: str) -> Picture | None:
        """Resolve a picture: on the web, else in the archive, else against the article's page or site."""
        address = addresses.unproxy(address.strip())
        if address not in self._pictures:
            self._pictures[address] = self._find_picture(address)
        return self._pictures[address]

    def picture_address(self, address: str) -> str | None:
        """Resolve a picture to its address alone."""
        picture = self.picture(address)
        return picture.address if picture else None

    def _find_picture(self, address: str) -> Picture | None:
        if not address.startswith("//") and not addresses.has_scheme(address):
            path = _archive_path(self._folder, address)
            picture = self._local_picture(path) if path else None
            if picture:
                return picture
        absolute = addresses.absolute(address, self._base)
        if absolute is None:
            return None
        address = addresses.proxy(absolute, self._proxy) if self._proxy else absolute
        return Picture(address=address, media_type=_media_type(absolute), length=None)


def _archive_path(folder: str, address: str) -> str | None:
    """Answer the archive-relative path that a relative address means; None when it lies outside."""
    name = unquote(re.split("[?#]", address, maxsplit=1)[0], errors="surrogateescape")
    path = posixpath.normpath(name.lstrip("/") if name.startswith("/") else posixpath.join(folder, name))
    return None if not name or path in (".", "..") or path.startswith("../") or "\0" in path else path


def _media_type(address: str) -> str | None:
    """Tell a picture's media type from the suffix of its path alone: a query belongs to the picture."""
    return _MEDIA_TYPES.get(urlsplit(address).path.rpartition(".")[2].lower())
