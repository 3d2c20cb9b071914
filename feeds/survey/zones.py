"""The zone of times that state none, from those that state one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from feeds.survey.looks import Guess, Look

_OFFSET = re.compile(r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?(?!\d)")
_ZONES = {
    "zh-CN": ("Asia/Shanghai", {480}),
    "zh-TW": ("Asia/Taipei", {480}),
    "ja": ("Asia/Tokyo", {540}),
    "ko": ("Asia/Seoul", {540}),
    "vi": ("Asia/Ho_Chi_Minh", {420}),
    "th": ("Asia/Bangkok", {420}),
    "ru": ("Europe/Moscow", {180}),
    "uk": ("Europe/Kyiv", {120, 180}),
    "el": ("Europe/Athens", {120, 180}),
    "tr": ("Europe/Istanbul", {180}),
    "de": ("Europe/Berlin", {60, 120}),
    "fr": ("Europe/Paris", {60, 120}),
    "it": ("Europe/Rome", {60, 120}),
    "es": ("Europe/Madrid", {60, 120}),
    "nl": ("Europe/Amsterdam", {60, 120}),
    "pl": ("Europe/Warsaw", {60, 120}),
    "cs": ("Europe/Prague", {60, 120}),
    "sv": ("Europe/Stockholm", {60, 120}),
}
"""By language, where most who write it live, and the minutes by which clocks there are ahead of UTC."""


def guess_zone(looks: Sequence[Look], language: str, shown: Mapping[str, datetime]) -> Guess:
    """Guess the zone.

    Args:
        looks: Articles.
        language: Of the archive; "" when it is not known.
        shown: When an old feed says that articles were published, by their titles.
    """
    zoneless = sum(look.card.is_zoneless for look in looks)
    usual, ahead = _ZONES.get(language, ("Europe/Berlin", {0}))
    told = Counter(minutes for look in looks if (minutes := _minutes_between(look, shown)) is not None)
    if told:
        return _told(told, usual, ahead)
    if not zoneless:
        return Guess(name="zone", value=usual, reason="no time of an article needs it", is_sure=False)
    offsets = Counter(minutes for look in looks if (minutes := _minutes(look.date)) is not None)
    times = f"{zoneless:,} {'time states' if zoneless == 1 else 'times state'} no zone"
    if not offsets:
        reason = f"{times}: UTC until you set it"
        return Guess(name="zone", value=usual, reason=reason, is_sure=False)
    named = sum(count for offset, count in offsets.items() if offset in ahead)
    found = ", ".join(f"{_written(offset)} {count:,}" for offset, count in offsets.most_common(3))
    if named >= offsets.total() * 0.8:
        return Guess(name="zone", value=usual, reason=f"{times}; others: {found}")
    offset, count = offsets.most_common(1)[0]
    if count >= offsets.total() * 0.8 and offset % 60 == 0:
        return Guess(name="zone", value=_fixed(offset), reason=f"{times}; others: {found}")
    return Guess(name="zone", value=usual, reason=f"{times}; others differ: {found}", is_sure=False)


def _told(told: Counter[int], usual: str, ahead: set[int]) -> Guess:
    """Guess from the difference between the dates of articles that state no zone, and those in an old feed."""
    found = ", ".join(f"{_written(offset)} {count:,}" for offset, count in told.most_common(3))
    reason = f"by the dates in the old feed: {found}"
    if sum(count for offset, count in told.items() if offset in ahead) >= told.total() * 0.8:
        return Guess(name="zone", value=usual, reason=reason)
    offset, count = told.most_common(1)[0]
    is_sure = count >= told.total() * 0.8 and offset % 60 == 0
    return Guess(name="zone", value=_fixed(offset) if is_sure else usual, reason=reason, is_sure=is_sure)


def _minutes_between(look: Look, shown: Mapping[str, datetime]) -> int | None:
    """Answer how far ahead of UTC the clock was by which an article is dated; None when nothing tells."""
    published, there = look.card.published, shown.get(look.card.title)
    is_day = published is not None and ":" not in look.date and published.time() == time()
    if published is None or there is None or not (look.card.is_zoneless or is_day):
        return None
    minutes, seconds = divmod(round((published - there).total_seconds()), 60)
    return minutes if seconds == 0 and minutes % 15 == 0 and abs(minutes) <= 14 * 60 else None


def _fixed(offset: int) -> str:
    hours = offset // 60
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts hours westward


def _minutes(date: str) -> int | None:
    if date.rstrip().endswith(("Z", "GMT", "UTC")):
        return 0
    found = _OFFSET.search(date)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes


def _written(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
