"""What building and explaining have in common: everything read, chosen and learned, nothing finished yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from feeds.choose import Membership, Window, admit
from feeds.config import Config
from feeds.errors import ArchiveError, Problem
from feeds.finish import FinishRules
from feeds.finish.fixes import fix_of
from feeds.finish.learn import learn_profiles
from feeds.gallery import Gallery
from feeds.model import Card, Profile
from feeds.normalise import CardRules
from feeds.normalise.identity import settle_ids, tag_prefix
from feeds.pipeline.batches import Batches, BodyWanted, read_cards
from feeds.pipeline.chosen import Chosen, choose
from feeds.read import read_picture
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An archive as far as its feeds are planned."""

    scan: Scan
    cards: tuple[Card, ...]
    """Of every file that could be read, by path."""
    admitted: tuple[Card, ...]
    """Those that may be published."""
    left_out: Counter[str]
    """How many of the others there are, by reason."""
    chosen: Chosen
    profiles: Mapping[str, Profile]
    """Of every publisher that a chosen card names."""
    problems: tuple[Problem, ...]
    """All that was found so far."""


def prepare(config: Config, *, now: datetime, batches: Batches) -> Prepared:
    """Scan, read, normalise, choose and learn.

    Raises:
        FeedsError: The archive cannot be read.
    """
    scan = _scan(config)
    cards, problems = _read_cards(config, scan, batches)
    admitted, left_out, ahead = admit(cards, now)
    wanted = partial(body_wanted, config)
    chosen = choose(admitted, config.archive, Membership(config.membership), window_of(config), batches, wanted)
    shown = {card.path for plan in chosen.plans for card in plan.cards}
    return Prepared(
        scan=scan,
        cards=cards,
        admitted=admitted,
        left_out=left_out,
        chosen=chosen,
        profiles=learn_profiles(chosen.cards, {path: chosen.bodies[path] for path in shown}),
        problems=(*scan.problems, *problems, *ahead, *chosen.problems),
    )


def body_wanted(config: Config, card: Card) -> BodyWanted:
    """Say how the body of an article is to be read."""
    return BodyWanted(path=card.path, drop=fix_of(card, config.fix).drop_selector)


def card_rules(config: Config) -> CardRules:
    """Take from the configuration what making cards needs."""
    return CardRules(
        tag_prefix=tag_prefix(config.authority, config.year),
        zone=config.zone,
        is_flat=config.categories == "flat",
        permalink=config.permalink,
        site_url=config.site_url,
    )


def finish_rules(config: Config) -> FinishRules:
    """Take from the configuration what making entries needs."""
    return FinishRules(
        summary_width=config.summary_width,
        content=config.content,
        placeholders=config.placeholders,
        link_base=config.site_url,
        article_pages=config.article_pages,
        image_proxy=config.image_proxy,
        fixes=config.fix,
    )


def make_gallery(config: Config, scan: Scan) -> Gallery:
    """Open the pictures that were found in the archive."""
    return Gallery(
        scan.pictures,
        partial(read_picture, config.archive),
        base_url=config.base_url,
        pictures_base=config.pictures_base,
    )


def window_of(config: Config) -> Window:
    """Take from the configuration how much of a category its feed shows."""
    return Window(limit=config.limit, keep=timedelta(hours=config.keep_hours), limit_max=config.limit_max)


def _scan(config: Config) -> Scan:
    if config.archive.resolve() == config.output.resolve():
        raise ArchiveError(
            "archive and output are the same folder",
            path=str(config.archive),
            hint="Write elsewhere: feeds build ARCHIVE -o OUTPUT",
        )
    scan = scan_archive(config.archive, include=config.include, exclude=config.exclude, output=config.output)
    if not scan.articles:
        raise ArchiveError(
            "no article in it",
            path=str(config.archive),
            hint=f"Articles are files that end in {' '.join(sorted(ARTICLE_SUFFIXES))}; "
            "include and exclude choose among them.",
        )
    return scan


def _read_cards(config: Config, scan: Scan, batches: Batches) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    rules = card_rules(config)
    paths = [file.path for file in scan.articles]
    results = list(batches.run("reading articles", partial(read_cards, config.archive, rules), paths))
    cards, problems = settle_ids((card for batch, _ in results for card in batch), rules.tag_prefix)
    return cards, (*(problem for _, batch in results for problem in batch), *problems)
