"""What building and explaining have in common: all read, remembered, chosen and learned, nothing finished yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, partial

from msgspec import Struct
from msgspec.structs import replace

from feeds.choose import due_until
from feeds.config import Config
from feeds.config.generators import options_of
from feeds.finish import FinishRules, shows_body
from feeds.finish.fixes import fix_of
from feeds.model import Card, Memory, PublishedEntry
from feeds.normalise import CardRules
from feeds.normalise.identity import tag_prefix
from feeds.normalise.permalinks import AddressRules
from feeds.pipeline.batches import Batches, BodyWanted
from feeds.pipeline.bodies import Bodies
from feeds.pipeline.chosen import Chosen, choose
from feeds.pipeline.knowledge import Knowledge
from feeds.pipeline.overrides import Overrides
from feeds.pipeline.profiles import Profiles
from feeds.pipeline.readings import Readings, read_archive
from feeds.pipeline.recollect import Recollected, Recollection
from feeds.pipeline.report import Progress
from feeds.pipeline.scanning import Snapshot
from feeds.pipeline.sections import find_sections
from feeds.pipeline.selection import Selector
from feeds.scan import Scan
from feeds.state import Standing, State

_BESIDE = {"hugo": "bundle", "zola": "bundle", "hexo": "folder", "astro": "sources"}
"""What generators serve with an article, as `FinishRules.beside`."""


class Prepared(Struct, frozen=True, kw_only=True):
    """An archive as far as its feeds are planned."""

    snapshot: Snapshot
    readings: Readings
    memory: Memory
    """What is to be remembered from now on, but for feeds."""
    past: Recollected
    selector: Selector
    overrides: Overrides
    chosen: Chosen
    bodies: Bodies
    profiles: Profiles
    left_out: Counter[str]
    """How many articles stand in no feed, by reason."""


def prepare(
    config: Config,
    knowledge: Knowledge,
    snapshot: Snapshot,
    *,
    now: datetime,
    program: str,
    previous: Sequence[PublishedEntry],
    batches: Batches,
    progress: Progress,
) -> Prepared:
    """Read, normalise, remember, choose and learn.

    Args:
        config: All settings.
        knowledge: What earlier builds left.
        snapshot: The archive's files.
        now: The time of the build, aware.
        program: Tells this program from one that may make other things of the same files.
        previous: Entries of the feed that this one goes on from.
        batches: How work is done.
        progress: Told how far each stage is.
    """
    state, until = knowledge.state, due_until(now)
    readings = read_archive(
        config,
        snapshot,
        card_rules(config),
        state,
        program=program,
        batches=batches,
    )
    progress("remembering", 0, 0)
    recollection = Recollection(config, state, readings)
    past = recollection.recollect(knowledge, previous, now=now)
    selector = Selector(config, now)
    reselected = selector.settle(state.register, state.run, readings.changed | past.affected, now)
    if reselected:
        readings.today.forget(reselected)
        readings.changed.update(reselected)
        past = replace(past, affected=past.affected | reselected)
    overrides = Overrides(config)
    rules_of = cache(partial(finish_rules, config))
    bodies = Bodies(
        config.archive,
        state,
        snapshot.stamp_of,
        batches,
        lambda card: body_wanted(card, rules_of(overrides.content_of(card))),
        is_comparable=readings.is_comparable,
    )
    chosen = choose(
        state,
        readings.today,
        bodies,
        overrides,
        recollection.acquaintance(past),
        until=until,
        progress=progress,
    )
    return Prepared(
        snapshot=snapshot,
        readings=readings,
        memory=recollection.keep_united(past.memory, chosen),
        past=past,
        selector=selector,
        overrides=overrides,
        chosen=chosen,
        bodies=bodies,
        profiles=Profiles(state, readings.today, chosen, bodies, program=program, until=until),
        left_out=_left_out(state, snapshot.scan, chosen),
    )


def _left_out(state: State, scan: Scan, chosen: Chosen) -> Counter[str]:
    counts = state.register.counts()
    read = state.register.count() - counts.get(Standing.AWAY, 0)
    return +Counter(
        draft=counts.get(Standing.DRAFT, 0),
        undated=counts.get(Standing.UNDATED, 0),
        corrected=counts.get(Standing.CORRECTED, 0),
        unselected=counts.get(Standing.UNSELECTED, 0),
        future=len(chosen.ahead),
        copy=sum(map(len, chosen.copies.values())),
        unreadable=scan.count - read + len(chosen.gone),
    )


def body_wanted(card: Card, rules: FinishRules) -> BodyWanted:
    """Say how the body of an article is to be read."""
    return BodyWanted(path=card.path, drop=fix_of(card, rules.fixes).drop_selector, has_html=shows_body(card, rules))


def card_rules(config: Config) -> CardRules:
    """Take from the configuration what making cards needs."""
    combined = tuple((table.key, table.rule) for table in config.feed if table.rule)
    return CardRules(
        tag_prefix=tag_prefix(config.authority, config.year),
        zone=config.zone,
        is_flat=config.categories == "flat",
        permalink=config.permalink,
        site_url=config.site_url,
        addresses=address_rules(config),
        keys=config.keys,
        languages=config.languages,
        language=config.language if combined or "language" in config.feeds else None,
        feeds=tuple(kind for kind in config.feeds if kind != "category"),
        combined=combined,
        authors=(config.author,) if config.author else (),
        publisher=config.shown_title if config.generator else None,
    )


def address_rules(config: Config) -> AddressRules | None:
    """Take from the configuration how the generator of the site makes addresses; None without a generator."""
    if config.generator is None:
        return None
    return AddressRules(
        generator=config.generator,
        pattern=config.permalink,
        patterns=config.permalinks,
        options=options_of(config),
        site_url=config.site_url,
        zone=config.zone or UTC,
        sections=find_sections(config),
    )


def finish_rules(config: Config, content: str | None = None) -> FinishRules:
    """Take from the configuration what making entries needs; `content` stands for what it says of all feeds."""
    return FinishRules(
        summary_width=config.summary_width,
        content=content or config.content,
        placeholders=config.placeholders,
        link_base=config.site_url,
        article_pages=config.article_pages if config.pages else "none",
        image_proxy=config.image_proxy,
        fixes=config.fix,
        static=len(config.static),
        beside=_BESIDE.get(config.generator or "", ""),
    )
