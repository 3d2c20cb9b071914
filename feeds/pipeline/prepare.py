"""What building and explaining have in common: all read, remembered, chosen and learned, nothing finished yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feeds.choose import Membership, Window, admit
from feeds.config import Config
from feeds.errors import Problem
from feeds.finish import FinishRules
from feeds.finish.fixes import fix_of
from feeds.finish.learn import learn_profiles
from feeds.model import Announced, Card, CategoryPath, Memory, Profile, PublishedEntry, ShownEntry
from feeds.normalise import CardRules
from feeds.normalise.identity import settle_ids, tag_prefix
from feeds.pipeline.batches import Batches, BodyWanted
from feeds.pipeline.bodies import Bodies
from feeds.pipeline.chosen import Chosen, choose
from feeds.pipeline.knowledge import Knowledge
from feeds.pipeline.readings import Readings, read_archive
from feeds.pipeline.recollect import keep_united, recollect
from feeds.pipeline.scanning import stamps_of
from feeds.scan import Scan
from feeds.state import Stamp, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An archive as far as its feeds are planned."""

    scan: Scan
    stamps: Mapping[str, Stamp | None]
    """What the file system says of each article's file."""
    readings: Readings
    memory: Memory
    """What is to be remembered from now on, but for feeds."""
    announced: Mapping[str, Announced]
    """Every entry that a feed has held, by id."""
    windows: Mapping[CategoryPath, tuple[ShownEntry, ...]]
    """What each feed showed last."""
    replaced: Mapping[str, str]
    """Files whose headline another one corrects, and which."""
    cards: tuple[Card, ...]
    """Of every file that could be read, by path, ids and dates as remembered."""
    admitted: tuple[Card, ...]
    """Those that may be published."""
    left_out: Counter[str]
    """How many of the others there are, by reason."""
    chosen: Chosen
    bodies: Bodies
    profiles: Mapping[str, Profile]
    """Of every publisher that a chosen card names."""
    problems: tuple[Problem, ...]
    """All that was found so far."""


def prepare(
    config: Config,
    knowledge: Knowledge,
    scan: Scan,
    *,
    now: datetime,
    program: str,
    settled_before: int | None,
    previous: Sequence[PublishedEntry],
    batches: Batches,
) -> Prepared:
    """Read, normalise, remember, choose and learn.

    Args:
        config: All settings.
        knowledge: What earlier builds left.
        scan: The archive's files.
        now: The time of the build, aware.
        program: Tells this program from one that may make other things of the same files.
        settled_before: As for `stamps_of`.
        previous: Entries of the feed that this one goes on from.
        batches: How work is done.
    """
    rules = card_rules(config)
    stamps = stamps_of(scan, settled_before)
    readings = read_archive(
        config,
        scan,
        rules,
        kept=knowledge.state.readings(),
        run=knowledge.state.run,
        program=program,
        stamps=stamps,
        batches=batches,
    )
    past = recollect(config, knowledge, readings, previous, now=now)
    cards, claimed = settle_ids(past.cards, rules.tag_prefix, past.first)
    admitted, left_out, ahead = admit(cards, now)
    bodies = Bodies(
        config.archive,
        knowledge.state if readings.is_comparable else State(None),
        stamps,
        batches,
        lambda card: body_wanted(config, card),
    )
    chosen = choose(
        admitted,
        Membership(config.membership),
        window_of(config),
        read=bodies.read,
        is_known=lambda card: card.id in past.announced or card.path in past.named,
        is_remembered=lambda card: card.path in past.named,
        twins=past.twins,
    )
    shown = {card.path for plan in chosen.plans for card in plan.cards}
    return Prepared(
        scan=scan,
        stamps=stamps,
        readings=readings,
        memory=keep_united(past.memory, chosen, cards, readings),
        announced=past.announced,
        windows=past.windows,
        replaced=past.replaced,
        cards=cards,
        admitted=admitted,
        left_out=left_out + Counter(corrected=len(past.replaced)),
        chosen=chosen,
        bodies=bodies,
        profiles=learn_profiles(chosen.cards, {path: chosen.bodies[path] for path in shown}),
        problems=(*knowledge.problems, *scan.problems, *past.problems, *claimed, *ahead, *bodies.problems),
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


def window_of(config: Config) -> Window:
    """Take from the configuration how much of a category its feed shows."""
    return Window(limit=config.limit, keep=timedelta(hours=config.keep_hours), limit_max=config.limit_max)
