"""Chosen cards to entries: kept from an earlier build where nothing that they were made from has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from feeds.budget import weigh
from feeds.config import Config
from feeds.errors import Problem, ProblemKind, format_place
from feeds.finish import FilePlace, FinishRules, make_entry
from feeds.gallery import Gallery
from feeds.model import ArticlePage, Body, Card, Entry, Feed, Picture
from feeds.pipeline.bodies import Bodies
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.job import page_path_of
from feeds.pipeline.prepare import Prepared, finish_rules
from feeds.pipeline.references import Articles
from feeds.pipeline.report import Progress
from feeds.pipeline.shaping import shortened
from feeds.state import KeptEntry, KeptPage, State

_AT_ONCE = 100
"""Bodies that are held in memory."""


class Entries(Struct, frozen=True, kw_only=True, dict=True):
    """What finishing gave."""

    by_path: Mapping[str, Entry]
    """By the path of the card."""
    digests: Mapping[str, str]
    """Of all that an entry says, by its id."""
    pages: tuple[ArticlePage, ...]
    """Of the articles that get one."""
    kept: Mapping[str, KeptEntry]
    """By the path of the card."""
    fresh: Mapping[str, KeptEntry]
    """Those of them that were made now."""

    @cached_property
    def short_digests(self) -> Mapping[str, str]:
        """Of all that an entry says where it shows its summary alone, by its id."""
        return {entry.id: fingerprint(shortened(entry)) for entry in self.by_path.values()}

    @cached_property
    def weights(self) -> Mapping[str, int]:
        """Bytes that an entry takes in a feed's file, at most, by its id."""
        return {one.entry.id: one.weight for one in self.kept.values()}

    def digests_in(self, feed: Feed) -> Mapping[str, str]:
        """Answer the digests of entries as a feed shows them, were there room for all they say."""
        return self.short_digests if feed.is_short else self.digests


def make_entries(
    config: Config,
    prepared: Prepared,
    gallery: Gallery,
    articles: Articles,
    state: State,
    program: str,
    progress: Progress,
) -> Entries:
    """Make an entry of every card in a plan, and a page for each that gets one."""
    cards, profiles, bodies = prepared.chosen.cards, prepared.profiles, prepared.bodies
    progress("learning", 0, 0)
    found = state.entries(cards)
    contents = {path: prepared.overrides.content_of(card) for path, card in cards.items()}
    rules = {content: finish_rules(config, content) for content in set(contents.values())}
    basis = {content: basis_of(config, program, content) for content in rules}
    keys = {
        path: fingerprint(basis[contents[path]], card, _digest(bodies, path), profiles.digest(card.publisher))
        for path, card in cards.items()
    }
    kept = {path: one for path, one in found.items() if one.key == keys[path] and is_as_it_was(one, gallery, articles)}
    fresh: dict[str, KeptEntry] = {}
    wanted = sorted(cards.keys() - kept.keys())
    progress("making entries", 0, len(wanted))
    for start in range(0, len(wanted), _AT_ONCE):
        part = bodies.bodies(wanted[start : start + _AT_ONCE])
        for path, body in sorted(part.items()):
            fresh[path] = make_kept(
                config, rules[contents[path]], prepared, gallery, articles, cards[path], body, keys[path]
            )
            progress("making entries", len(fresh), len(wanted))
    kept = {path: fresh[path] if path in fresh else kept[path] for path in sorted(cards)}
    return Entries(
        by_path={path: one.entry for path, one in kept.items()},
        digests={one.entry.id: one.digest for one in kept.values()},
        pages=tuple(page for one in kept.values() if (page := page_of(config, one)) is not None),
        kept=kept,
        fresh=fresh,
    )


def is_as_it_was(one: KeptEntry | KeptPage, gallery: Gallery, articles: Articles) -> bool:
    """Tell whether all that an entry was made from beside its article is as it was; see to its pictures if it is."""
    if any(gallery.digest(name) != digest for name, digest in (*one.pictures, *one.served)):
        return False
    if any(articles.find(question) != address for question, address in one.links):
        return False
    for name, digest in one.pictures:
        if digest is not None:
            gallery.find(name)
    return True


def basis_of(config: Config, program: str, content: str | None = None) -> str:
    """Answer a fingerprint of all that entries are made from, but for articles, habits and pictures.

    `content` stands for what the configuration says of all feeds.
    """
    return fingerprint(program, finish_rules(config, content), config.base_url)


def page_of(config: Config, one: KeptEntry) -> ArticlePage | None:
    """Answer the page of an article; None when it gets none."""
    if one.page_html is None:
        return None
    path = page_path_of(one.entry.id)
    return ArticlePage(path=path, url=config.base_url + path, entry=one.entry, content_html=one.page_html)


def _digest(bodies: Bodies, path: str) -> str:
    known = bodies.known(path)
    assert known is not None, "what is shown was read"
    return known.digest


def make_kept(
    config: Config,
    rules: FinishRules,
    prepared: Prepared,
    gallery: Gallery,
    articles: Articles,
    card: Card,
    body: Body,
    key: str,
) -> KeptEntry:
    """Make an entry of one card, and its page if it gets one."""
    page_path = page_path_of(card.id)
    is_elsewhere = (card.permalink or config.site_url) is not None
    asked = _Asked(gallery, articles, card.path, tells_of_broken=not is_elsewhere)
    entry, page = make_entry(
        card,
        body,
        prepared.profiles.of(card.publisher),
        rules,
        local_picture=asked.picture,
        local_article=asked.article,
        page_path=page_path,
        page_url=config.base_url + page_path,
    )
    return KeptEntry(
        key=key,
        entry=entry,
        digest=fingerprint(entry),
        page_html=page.content_html if page else None,
        pictures=tuple(sorted(asked.pictures.items())),
        served=tuple(sorted(asked.served.items())),
        links=tuple(sorted(asked.links.items())),
        problems=tuple(asked.broken),
        weight=weigh(entry),
    )


class _Asked:
    """What one article asks of the archive beside its own file, and what was answered."""

    def __init__(self, gallery: Gallery, articles: Articles, path: str, *, tells_of_broken: bool) -> None:
        """Take who knows, and the article; whether to tell of pictures that can be nowhere but in the archive."""
        self._gallery = gallery
        self._articles = articles
        self._path = path
        self._tells_of_broken = tells_of_broken
        self.pictures: dict[str, str | None] = {}
        self.served: dict[str, str | None] = {}
        self.links: dict[str, str | None] = {}
        self.broken: list[Problem] = []

    def picture(self, places: Sequence[FilePlace]) -> Picture | None:
        """Find the first of some places that holds a picture."""
        for place in places:
            picture = self._gallery.find(place.path, place.served)
            is_served = picture is not None and picture.address == place.served
            (self.served if is_served else self.pictures)[place.path] = self._gallery.digest(place.path)
            if picture is not None:
                return picture
        if self._tells_of_broken:
            named = next((place.path for place in places if not place.path.startswith("/")), places[0].path)
            self.broken.append(
                Problem(
                    kind=ProblemKind.BROKEN_PICTURE,
                    path=self._path,
                    what=f'picture "{format_place(named, None)}" is not shown',
                    cause="the archive has no such picture",
                    cure="Add it, or set site_url if a web site has it.",
                    setting='site_url = "https://example.org/"',
                )
            )
        return None

    def article(self, question: str) -> str | None:
        """Find the page of another article."""
        if question not in self.links:
            self.links[question] = self._articles.find(question)
        return self.links[question]
