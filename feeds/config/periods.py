"""Days and lengths of time, as settings state them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_LONGEST = timedelta(days=365_000)
_PERIOD = r"(?i)(\d{1,5})\s*(hour|day|week|month|year)s?"
_DAY = r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"


def check_period(value: object) -> timedelta:
    """A length of time: `90 days`; a month counts 30 days, a year 365."""
    found = re.fullmatch(_PERIOD, value.strip()) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        raise ValueError('a length of time is needed, such as "90 days", "6 months" or "2 years"')
    unit = found[2].lower()
    period = int(found[1]) * (timedelta(hours=1) if unit == "hour" else timedelta(days=_DAYS[unit]))
    if period > _LONGEST:
        raise ValueError("at most 1000 years are possible")
    return period


def check_since(value: object) -> date | timedelta:
    """The first day: a date, the first of a month or a year; or a length of time before the build."""
    return _bound(value, is_end=False)


def check_until(value: object) -> date | timedelta:
    """The last day: a date, the last of a month or a year; or a length of time before the build."""
    return _bound(value, is_end=True)


def _bound(value: object, *, is_end: bool) -> date | timedelta:
    if isinstance(value, datetime):
        raise ValueError("a day is needed, without a time, such as 2024-01-31")
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(_PERIOD, value.strip()):
        return check_period(value)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    found = re.fullmatch(_DAY, text.strip()) if isinstance(text, str) else None
    try:
        if found is not None:
            return _day(int(found[1]), *(int(part) if part else None for part in found.groups()[1:]), is_end=is_end)
    except ValueError:
        pass
    raise ValueError('a day such as "2024-01-31", a year, or a length of time such as "90 days" is needed')


def _day(year: int, month: int | None, day: int | None, *, is_end: bool) -> date:
    if day is not None and month is not None:
        return date(year, month, day)
    if not is_end:
        return date(year, month or 1, 1)
    if month in (None, 12):
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
