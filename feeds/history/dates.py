"""Which date an article keeps: what subscribers were told holds, a crawler's clock does not."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from feeds.model import Card, Reading, Remembered


def date_of(card: Card, known: Remembered, since: datetime | None) -> datetime | None:
    """Answer an article's date, from its file and from what is remembered; None when neither tells.

    Args:
        card: Of the file alone.
        known: What is remembered.
        since: When the first build ran. What had no date then gets none from a clock that runs on since.
    """
    stated = card.published
    if known.is_older and card.is_zoneless and stated is not None and since is not None and stated >= since:
        stated = None
    if known.announced is not None:
        is_settled = stated is None or stated >= known.announced or known.seen is not None
        return known.announced if is_settled else stated
    if known.first is not None and (stated is None or (card.is_zoneless and stated >= known.first)):
        return known.first
    return stated if stated is not None else known.seen


def learn_announced(card: Card, known: Remembered, told: datetime, since: datetime | None) -> Remembered:
    """Hold on to the date that subscribers were told: never a later one, nor any once it was first seen."""
    dated = date_of(card, known, since)
    if dated is None or dated > told or (known.seen is not None and card.published is not None):
        return replace(known, announced=told)
    return known


def learn_unannounced(
    reading: Reading, card: Card, known: Remembered, before: Reading, since: datetime | None
) -> Remembered:
    """Hold on to the first date of an article that no feed has held.

    Args:
        reading: Of its file now.
        card: Of that reading.
        known: What is remembered.
        before: Of its file at the last build, under the same rules.
        since: When the first build ran.
    """
    earlier = date_of(before.card, known, since)
    if earlier is None:
        return known
    is_lost = card.published is None and before.card.published is not None
    is_same_text = bool(reading.body_hash) and reading.body_hash == before.body_hash
    is_crawled = card.published is not None and card.is_zoneless and card.published > earlier and is_same_text
    return replace(known, first=earlier) if is_lost or is_crawled else known


def learn_undated(reading: Reading, card: Card, known: Remembered, *, at: datetime | None) -> Remembered:
    """Note when an article without any date was first seen, or that it was there before.

    Args:
        reading: Of its file.
        card: Of that reading.
        known: What is remembered.
        at: The time of this build; None when what is found counts as having been there before.
    """
    if not is_undated(card, known):
        return known
    if at is None:
        return replace(known, is_older=True)
    return replace(known, seen=at) if reading.body_hash else known


def is_undated(card: Card, known: Remembered) -> bool:
    """Tell whether neither an article's file nor memory says anything of its date, not even that there is none."""
    return not card.is_draft and not known.is_older and date_of(card, known, None) is None
