"""The zone of times that state none, from those that state one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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


def guess_zone(looks: Sequence[Look], language: str) -> Guess:
    """Guess the zone.

    Args:
        looks: Articles.
        language: Of the archive; "" when it is not known.
    """
    zoneless = sum(look.card.is_zoneless for look in looks)
    usual, ahead = _ZONES.get(language, ("Europe/Berlin", {0}))
    if not zoneless:
        return Guess(name="zone", value=usual, reason="no time of an article needs it", is_sure=False)
    offsets = Counter(minutes for look in looks if (minutes := _minutes(look.date)) is not None)
    times = f"{zoneless:,} {'time states' if zoneless == 1 else 'times state'} no zone"
    if not offsets:
        reason = f"{times}: UTC until you set it"
        return Guess(name="zone", value=usual, reason=reason, is_sure=False)
    named = sum(count for offset, count in offsets.items() if offset in ahead)
    shown = ", ".join(f"{_written(offset)} {count:,}" for offset, count in offsets.most_common(3))
    if named >= offsets.total() * 0.8:
        return Guess(name="zone", value=usual, reason=f"{times}; others: {shown}")
    offset, count = offsets.most_common(1)[0]
    if count >= offsets.total() * 0.8 and offset % 60 == 0:
        hours = offset // 60
        zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts hours westward
        return Guess(name="zone", value=zone, reason=f"{times}; others: {shown}")
    return Guess(name="zone", value=usual, reason=f"{times}; others differ: {shown}", is_sure=False)


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
