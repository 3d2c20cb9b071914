"""Why an article's entry is as it is: the build's own steps, looked at instead of published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from feeds import __version__
from feeds.addresses import encode
from feeds.choose import AHEAD, due_until, moment_of
from feeds.config import Config, Places
from feeds.errors import ArchiveError
from feeds.finish import Judgement, judge_article, make_entry
from feeds.finish.fixes import is_meant
from feeds.kinds import order_of
from feeds.model import Article, Card, CategoryPath, Entry, Feed, FeedPlan
from feeds.normalise import make_card
from feeds.normalise.origins import Origin, find_origins
from feeds.pipeline.batches import Batches, read_bodies
from feeds.pipeline.chosen import card_of
from feeds.pipeline.foreseen import foresee_feeds
from feeds.pipeline.job import page_path_of
from feeds.pipeline.knowledge import Knowledge, with_knowledge
from feeds.pipeline.leftout import IS_DRAFT
from feeds.pipeline.overrides import Overrides
from feeds.pipeline.pictures import open_gallery
from feeds.pipeline.prepare import Prepared, body_wanted, card_rules, finish_rules, prepare
from feeds.pipeline.recollect import replaced_by
from feeds.pipeline.references import Articles
from feeds.pipeline.report import Progress, here
from feeds.pipeline.scanning import Snapshot, scan_folder
from feeds.read import read_article
from feeds.state import Standing, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One feed in which an article might stand."""

    category: CategoryPath
    position: int | None
    """From 1, the newest first; None when the feed does not hold it."""
    reason: str
    """Why the feed does not hold it; "" when it does."""
    is_shrunk: bool = False
    """It shows its summary alone, since the feed's file has no room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one article's entry is as it is."""

    card: Card
    """As it is published, the chains of its copies joined."""
    origins: Mapping[str, Origin]
    """Of the fields of the card that say something."""
    left_out: str
    """Why no feed holds it; "" when it may stand in feeds."""
    entry: Entry | None
    """None when it has no date."""
    judgement: Judgement
    fixes: tuple[int, ...]
    """Numbers of the `[[fix]]` tables that are meant for it, from 1."""
    places: tuple[Place, ...]
    """Every feed that might hold it, the whole archive's first; empty when it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found for a question."""

    matches: tuple[Card, ...]
    """Every article that the question may mean, by path."""
    explanation: Explanation | None
    """Of the only match; None when there is none or more than one."""


def explain(
    config: Config,
    question: str,
    *,
    now: datetime,
    progress: Progress = lambda stage, done, total: None,
    places: Places | None = None,
    program: str = __version__,
) -> Answer:
    """Explain the article that a question means.

    Args:
        config: As for the build.
        question: A file (from here, or in the archive), an id, the address of its page, or words of its title.
        now: The time of the build, aware.
        progress: Told how far each stage is.
        places: As for the build.
        program: As for the build.

    Raises:
        FeedsError: The archive cannot be read.
    """
    snapshot = Snapshot(scan_folder(config), None)

    def answer(knowledge: Knowledge) -> Answer:
        prepared = prepare(
            config,
            knowledge,
            snapshot,
            now=now,
            program=program,
            previous=(),
            batches=Batches(here, progress),
            progress=progress,
        )
        cards = tuple(_cards(knowledge.state, prepared))
        matches = find_cards(config, question, cards)
        if not matches:  # an older headline is hidden: the corrected one stands for it
            older = _path_in_archive(config.archive, question) or question
            matches = find_cards(config, replaced_by(prepared.memory, prepared.readings.today, older), cards)
        if sum(_is_published(prepared, card) for card in matches) == 1:
            matches = tuple(card for card in matches if _is_published(prepared, card))
        articles = Articles(config, snapshot.scan, knowledge.state.register, until=due_until(now))
        if len(matches) != 1:
            return Answer(matches=matches, explanation=None)
        explanation = _explain(config, prepared, articles, cards, matches[0], now)
        if explanation.left_out:
            return Answer(matches=matches, explanation=explanation)
        plans = _plans(prepared, explanation.card)
        found = foresee_feeds(config, prepared, knowledge, articles, plans.values(), program=program, progress=progress)
        held = tuple(_places(config, prepared, explanation.card, plans, found))
        return Answer(matches=matches, explanation=replace(explanation, places=held))

    return with_knowledge(config, places, answer)


def _cards(state: State, prepared: Prepared) -> Iterator[Card]:
    """Yield every article's card, ids and dates as remembered, by path."""
    for one in state.register.all():
        if one.standing not in (Standing.AWAY, Standing.CORRECTED):
            card = card_of(prepared.readings.today, one.reading.path)
            if card is not None:
                yield card


def _is_published(prepared: Prepared, card: Card) -> bool:
    """Tell whether an article is no copy, and its file has not vanished."""
    return prepared.chosen.instead.get(card.path, True) is not None


def find_cards(config: Config, question: str, cards: Sequence[Card]) -> tuple[Card, ...]:
    """Find the articles that a question may mean: the first way of understanding it that finds any counts."""
    path = _path_in_archive(config.archive, question)
    address = _plain(encode(question) or question)
    words = question.casefold().split()
    ways = (
        lambda card: card.path == question,
        lambda card: card.path == path,
        lambda card: card.id == question,
        lambda card: address == _plain(card.permalink or "") or address.endswith(page_path_of(card.id)),
        lambda card: card.title == question,
        lambda card: question.casefold() in card.title.casefold(),
        lambda card: bool(words) and all(word in card.title.casefold() for word in words),
    )
    return next(filter(None, (tuple(filter(way, cards)) for way in ways)), ())


def _plain(address: str) -> str:
    """Reduce an address to what leads to the page: readers add fragments, and `http` became `https`."""
    return address.partition("#")[0].removeprefix("https:").removeprefix("http:")


def _path_in_archive(archive: Path, question: str) -> str | None:
    """Answer the archive-relative path of a file named from here; None when it lies elsewhere."""
    try:
        return Path(question).resolve().relative_to(archive.resolve()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return None


def _explain(
    config: Config, prepared: Prepared, articles: Articles, cards: Sequence[Card], card: Card, now: datetime
) -> Explanation:
    left_out = _why_left_out(prepared, cards, card, now)
    united = prepared.chosen.instead.get(card.path)
    card = united[1] if united else card
    rules = finish_rules(config)
    bodies = read_bodies(config.archive, [body_wanted(card, rules)])
    if card.path not in bodies:
        raise ArchiveError("vanished while it was read", path=card.path, hint="Ask again.")
    body, _ = bodies[card.path]
    profile = prepared.profiles.of(card.publisher)
    gallery, _ = open_gallery(config, prepared.snapshot, State(None))
    entry = None
    if card.published is not None:
        page_path = page_path_of(card.id)
        page_url = config.base_url + page_path
        entry, _ = make_entry(
            card,
            body,
            profile,
            rules,
            local_picture=gallery.first,
            local_article=articles.find,
            page_path=page_path,
            page_url=page_url,
        )
    article, _ = read_article(config.archive, card.path)
    return Explanation(
        card=card,
        origins=_origins(config, article, card) if article else {},
        left_out=left_out,
        entry=entry,
        judgement=judge_article(card, body, profile, rules, local_picture=gallery.first),
        fixes=tuple(number for number, rule in enumerate(config.fix, 1) if is_meant(card, rule)),
        places=(),
    )


def _origins(config: Config, article: Article, card: Card) -> Mapping[str, Origin]:
    """Answer where the values of a card came from, what is remembered included."""
    rules = card_rules(config)
    stated, _ = make_card(article, rules)
    memory = Origin(source="the memory", line=None)
    remembered = {name: memory for name in ("id", "published") if getattr(card, name) != getattr(stated, name)}
    return {**find_origins(article, rules), **remembered}


def _why_left_out(prepared: Prepared, cards: Sequence[Card], card: Card, now: datetime) -> str:
    if card.is_draft:
        return IS_DRAFT
    if reason := prepared.selector.reason(card):
        return f"[select] leaves it out: {reason}"
    if card.published is None:
        return "it has no date that can be understood"
    if card.published > now + AHEAD:
        return "it is dated ahead, and appears when it is due"
    if _is_published(prepared, card):
        return ""
    alike = (one for one in cards if (one.title, one.publisher) == (card.title, card.publisher))
    twin = next((one for one in alike if _is_published(prepared, one)), None)
    return f"it is a copy: {twin.path} stands for it" if twin else "its file vanished while it was read"


def _plans(prepared: Prepared, card: Card) -> Mapping[CategoryPath, FeedPlan]:
    """Answer the plans of the feeds that an article is in, by key."""
    mine = prepared.overrides.feeds_of(card)
    return {plan.category: plan for plan in prepared.chosen.plans if plan.category in mine}


def _places(
    config: Config,
    prepared: Prepared,
    card: Card,
    plans: Mapping[CategoryPath, FeedPlan],
    feeds: Mapping[CategoryPath, Feed],
) -> Iterator[Place]:
    mine = prepared.overrides.feeds_of(card)
    above = {chain[:depth] for chain in card.chains for depth in range(len(chain) + 1)} | {()}
    for category in sorted(mine | above, key=order_of):
        if category not in mine:
            yield Place(category=category, position=None, reason=_elsewhere(config, category))
        elif category in plans:
            most = prepared.overrides.max_bytes(category)
            yield _place(plans[category], feeds[category], card, most)


def _elsewhere(config: Config, key: CategoryPath) -> str:
    """Name the setting by which an article is not in the feed of a category that it stands in."""
    own = Overrides(config).memberships.get(key)
    if own is None and "category" not in config.feeds:
        kinds = ", ".join(f'"{kind}"' for kind in config.feeds)
        return f"feeds = [{kinds}] gives no category a feed"
    return f'membership = "{config.membership if own is None else own.value}" puts it elsewhere'


def _place(plan: FeedPlan, feed: Feed, card: Card, most: int) -> Place:
    key, shown = plan.category, len(feed.entries)
    position = next((number for number, one in enumerate(plan.articles, 1) if one.path == card.path), None)
    if position is None:
        oldest = moment_of(plan.articles[-1].published)
        held = f"the feed shows {len(plan.articles)} of {plan.total}, none older than {oldest:%Y-%m-%d %H:%M} GMT"
        return Place(category=key, position=None, reason=f"too old: {held}")
    if position > shown:
        return Place(category=key, position=None, reason=f"no room: {most:,} bytes hold {shown} entries (max_bytes)")
    return Place(category=key, position=position, reason="", is_shrunk=position > shown - feed.shrunk)
