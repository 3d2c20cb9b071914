"""Text to instant: every way of writing a date that archives are known to use; no clock, no locale.

A dialect answers None to text of another form, and raises ValueError for its own form with impossible
values; the message is the cause, in a few words fit for a report. The first dialect that knows the text
settles it. A new form is one more dialect in `_DIALECTS`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial
from posixpath import basename, dirname

from msgspec import Struct

from feeds.normalise.zones import HOURS_AHEAD, parse_zone
from feeds.text import fold

MOST_CHARACTERS = 200
"""Of a text that may be a date; the longest in use names its zone in words after the time."""


class ParsedDate(Struct, frozen=True, kw_only=True, gc=False):
    """An instant, and what its text left open."""

    instant: datetime
    """Aware, UTC, whole seconds."""
    is_zoneless: bool
    """The text has a time of day without a zone, so the configured zone was assumed."""
    is_day_only: bool
    """The text has no time of day: the instant is the first of that day."""


def parse_date(text: str, zone: tzinfo) -> ParsedDate:
    """Read a date in any known form.

    Args:
        text: As written; blanks and quotes around it, and full-width digits, do no harm.
        zone: For text that names none, and for an abbreviation that means several zones, this one among them.

    Raises:
        ValueError: No date; the message is the cause, such as `hour 25`.
    """
    if (found := _http(text)) is not None:
        return found
    if len(text) > MOST_CHARACTERS:
        raise ValueError("too long for a date")
    if not text.isascii():
        text = fold(text.translate(_ASCII_FORMS))
    text = " ".join(text.strip(_WRAPPING).split())
    for dialect in _DIALECTS:
        found = dialect(text, zone)
        if found is not None:
            return found
    raise ValueError("no known form" if text else "empty")


def date_of_path(path: str, zone: tzinfo) -> ParsedDate | None:
    """Read the date that a path states: at the start of the file's name, else in folders `YYYY/MM/DD`.

    A file `index` has the name of its folder. Only years from 1900 to 2099 count: other numbers of eight
    digits are no dates. Impossible days are none either.
    """
    name, folder = basename(path), dirname(path)
    name = basename(folder) if name.startswith("index.") else name
    for match in filter(None, (_NAME_DAY.match(name), *_FOLDER_DAY.finditer(folder))):
        year, month, day = map(int, match.group("year", "month", "day"))
        try:
            return _place(datetime(year, month, day), zone, is_day_only=True)  # noqa: DTZ001 -- naive
        except ValueError:
            continue
    return None


_NAME_DAY = re.compile(
    r"(?P<year>(19|20)\d\d)(?P<mark>-?)(?P<month>\d\d|(?<=-)\d)(?P=mark)(?P<day>\d\d|(?<=-)\d)(?!\d)", re.A
)
_FOLDER_DAY = re.compile(r"(?<![^/])(?P<year>(19|20)\d\d)/(?P<month>\d\d)/(?P<day>\d\d)(?![^/])", re.A)

_WRAPPING = " \t\r\n\v\f\"'`“”‘’「」"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_ASCII_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | _DASHES
"""Full-width forms; dashes and the minus sign."""
_MISSING = "a placeholder for a missing date"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- naive
_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = {
    key: number
    for number, name in enumerate(_MONTH_NAMES.split(), start=1)
    for key in (name, name[:3], name[:4], f"{number}", f"{number:02}")
}


def _place(
    local: datetime, zone: tzinfo, *, name: str = "", own: tzinfo | None = None, is_day_only: bool = False
) -> ParsedDate:
    """Bring a local time into UTC, and refuse what stands for no date at all.

    Its zone is `own`, else what the abbreviation `name` means, else the configured `zone`; that also decides
    what an abbreviation of its own means (China's CST is not America's).
    """
    if own is None and name:
        if zone.tzname(local) != name and name not in HOURS_AHEAD:
            raise ValueError(f'unknown zone "{name}"')
        own = zone if zone.tzname(local) == name else timezone(timedelta(hours=HOURS_AHEAD[name]))
    try:
        instant = local.replace(tzinfo=own or zone, microsecond=0).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"year {local.year} at its very end") from error
    if local.year == 1 or _EPOCH in (local, instant.replace(tzinfo=None)):
        raise ValueError(_MISSING)
    if instant.year < 1000:
        raise ValueError(f"year {local.year}")
    return ParsedDate(instant=instant, is_zoneless=own is None and not is_day_only, is_day_only=is_day_only)


def _read(form: re.Pattern[str], text: str, zone: tzinfo) -> ParsedDate | None:
    """Make a date of a form's groups: year, month, day, hour, zone, and perhaps minute, second, half."""
    match = form.match(text)
    if match is None:
        return None
    parts, named = match.groupdict(""), parse_zone(match["zone"].strip())
    is_day_only = not parts["hour"]
    if named is None or (is_day_only and named[0] and named[0] not in HOURS_AHEAD):
        return None
    year, month, day = int(parts["year"]), _MONTHS.get(parts["month"].lower(), 0), int(parts["day"])
    if len(parts["year"]) < 4:  # RFC 2822 section 4.3
        year += 2000 if len(parts["year"]) == 2 and year < 50 else 1900
    hour, minute, second = _hour(parts), int(parts["minute"] or 0), int(parts["second"] or 0)
    is_next = (hour, minute, second) == (24, 0, 0)
    try:
        if len(parts["minute"]) > 2 or len(parts["second"]) > 2:
            raise ValueError
        local = datetime(year, month, day, 0 if is_next else hour, minute, second)  # noqa: DTZ001 -- naive
        local += timedelta(days=is_next)
    except (ValueError, OverflowError) as error:
        raise ValueError(_cause(parts, year, month)) from error
    return _place(local, zone, name=named[0], own=named[1], is_day_only=is_day_only)


def _hour(parts: dict[str, str]) -> int:
    """Read an hour of 24, or of 12 with its half of the day; `15:00 PM` is what it seems."""
    hour, half = int(parts["hour"] or 0), parts.get("half", "")[:1].lower()
    if half == "p":
        return hour + 12 if hour < 12 else hour
    return hour if not half or hour < 12 else 0 if hour == 12 else -1


def _cause(parts: dict[str, str], year: int, month: int) -> str:
    """Tell what is impossible."""
    if year == 0:
        return _MISSING
    if month == 0:
        return f"month {parts['month']}"
    days = monthrange(year, month)[1]
    if not 1 <= int(parts["day"]) <= days:
        return f"day {parts['day']} in a month of {days}"
    for name in ("minute", "second"):
        if len(parts[name]) > 2 or int(parts[name] or 0) > 59:
            return f"{name} {parts[name]}"
    return f"hour {parts['hour']} {parts.get('half', '')}".strip()


_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ?)?"  # it may be wrong
_TIME = r"(?P<hour>\d\d?):(?P<minute>\d+)(:(?P<second>\d+)([.,]\d+)?)?( ?(?P<half>[ap]\.?m\b\.?))?"


def _dialect(pattern: str) -> partial[ParsedDate | None]:
    """Make a dialect of a pattern; a zone, or nothing, follows it."""
    return partial(_read, re.compile(pattern + "(?P<zone>.*)", re.A | re.I))


_RFC_1123 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z][a-z]) (19[89]\d|20\d\d) (\d\d:\d\d:\d\d) GMT", re.A
)
_ISO_MONTHS = {name[:3].title(): f"{number:02}" for number, name in enumerate(_MONTH_NAMES.split(), start=1)}


def _http(text: str) -> ParsedDate | None:
    """Read `Fri, 22 Jul 2022 23:38:03 GMT`, as HTTP and whole archives write it: `_day_first` would, at leisure."""
    match = _RFC_1123.fullmatch(text)
    if match is None:
        return None
    day, month, year, time = match.groups()
    try:
        instant = datetime.fromisoformat(f"{year}-{_ISO_MONTHS.get(month, '00')}-{day}T{time}Z")
    except ValueError:  # `_day_first` knows midnight at 24:00, and can say what is impossible
        return None
    return ParsedDate(instant=instant, is_zoneless=False, is_day_only=False)


# ISO 8601, RFC 3339 and their kin: blank or T, slashes or dots, one digit for two.
_iso = _dialect(
    rf"(?P<year>\d\d\d\d)(?P<mark>[-/.]) ?(?P<month>\d\d?)(?P=mark) ?(?P<day>\d\d?)(?!\d)\.?((T|,? ){_TIME})?"
)
# RFC 822, 850, 1123, 2822; `22 July 2022`. Two digits are a year only before a time.
_day_first = _dialect(
    _WEEKDAY + r"(?P<day>\d\d?)(st|nd|rd|th)?[ -](?P<month>[a-z]+)\.?,?[ -]"
    rf"(?P<year>\d\d\d\d|\d\d\d?(?= \d))(?!\d)(,? {_TIME})?"
)
# `July 22, 2022 11:38 PM`; JavaScript's `Fri Jul 22 2022 23:38:03 GMT+0800 (中国标准时间)`.
_month_first = _dialect(
    _WEEKDAY + r"(?P<month>[a-z]+)\.? (?P<day>\d\d?)(st|nd|rd|th)?,? (?P<year>\d{4})(?!\d)"
    rf"(,? (at )?{_TIME})?"
)
# ISO 8601's basic format.
_compact = _dialect(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[T ]?(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)?(?:[.,]\d+)?)?(?!\d)"
)
# `05/05/2014 03:00:00 PM UTC`: with slashes, a year at the end makes it American; with dots, European.
_american = _dialect(rf"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d\d\d\d)(?!\d)(,? {_TIME})?")
_european = _dialect(rf"(?P<day>\d\d?)\. ?(?P<month>\d\d?)\. ?(?P<year>\d\d\d\d)(?!\d)(,? {_TIME})?")


def _unix(text: str, zone: tzinfo) -> ParsedDate | None:
    """Read what `date` and `ctime` print, `Fri Sep  3 11:21:31 CEST 2021`: the year stands last."""
    match = re.fullmatch(r"([A-Za-z, ]+ \d\d?) (\d\d?:\S.*) (\d{4})", text, re.A)
    return _month_first(f"{match[1]} {match[3]} {match[2]}", zone) if match else None


def _east_asian(text: str, zone: tzinfo) -> ParsedDate | None:
    """Read `2022年7月22日（金）下午11:38` and `2022년 7월 22일`: ISO 8601 in other marks."""
    if text.isascii():
        return None
    for pattern, replacement in _EAST_ASIAN_MARKS:
        text = re.sub(pattern, replacement, text)
    text = " ".join(text.split())
    return _iso(text, zone) or _dateless(text, zone)


def _epoch(text: str, zone: tzinfo) -> ParsedDate | None:
    """Read seconds (10 digits) or milliseconds (13) since 1970."""
    match = re.fullmatch(r"(\d{10})(?:\d{3})?(?:\.\d+)?", text, re.A)
    return _place(_EPOCH + timedelta(seconds=int(match[1])), zone, own=UTC) if match else None


def _dateless(text: str, zone: tzinfo) -> ParsedDate | None:
    """Refuse what has no day (a day is never invented), and what programs write where they have no date."""
    if _NO_DATE.fullmatch(text):
        raise ValueError(_MISSING)
    if _NO_DAY.fullmatch(text):
        raise ValueError("no day")
    return None


def _foreign(text: str, zone: tzinfo) -> ParsedDate | None:
    """Let dateutil guess; believe it only where it had nothing to fill in and no order to choose."""
    from dateutil import parser as dateutil_parser  # slow to load; our own dialects read nearly all

    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text, re.A)
    zones: list[tuple[str, tzinfo | None]] = []

    def note_zone(name: str | None, offset: int | None) -> None:
        if offset or (offset == 0 and not re.search(r"UTC|GMT|Z", text, re.I)):
            raise ValueError("perhaps minutes, and of disputed sign")
        zones.append((name or "", None if offset is None else UTC))

    guess = partial(dateutil_parser.parse, text, tzinfos=note_zone)
    try:
        local, other = guess(default=_EPOCH), guess(default=_EPOCH + timedelta(days=502, hours=1))
        swapped = guess(default=_EPOCH, dayfirst=True)
    except Exception:  # whatever trips a foreign parser, it does not know the text
        return None
    if local.date() != other.date() or str(local.year) not in years:
        raise ValueError("no full date with a year of four digits")
    if local != swapped:
        raise ValueError("day and month cannot be told apart")
    return _place(local, zone, name=zones[0][0], own=zones[0][1], is_day_only=local != other)


_EAST_ASIAN_MARKS = (
    (r"\(?(?:(?:星期|礼拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)\)?", " "),
    (r"\([月火水木金土日월화수목금토일]\)", " "),
    (r" ?[年년月월] ?(?=\d)", "-"),
    (r"[时時点點시분分] ?(?=\d)", ":"),
    (r"[时時点點시]", ":00"),
    (r"[年년月월日号號일分분秒초]", " "),
    (r"(?:上午|凌晨|早上|午前|오전) ?([\d:]+)", r"\1 AM"),
    (r"(?:下午|晚上|午後|오후) ?([\d:]+)", r"\1 PM"),
)
_NO_DAY = re.compile(r"\d{4}(?:[-/.]\d\d?)?|\d\d?[-/.]\d{4}|[a-z]+\.?,? \d{4}", re.A | re.I)
_NO_DATE = re.compile(
    r"invalid date|null|nil|none|nan|undefined|n/?a|tb[ad]|unknown|0+(?:\.0+)?|-+|-0001-11-30.*", re.I
)
_DIALECTS: tuple[Callable[[str, tzinfo], ParsedDate | None], ...] = (
    *(_iso, _day_first, _month_first, _unix, _compact, _epoch, _american, _european),
    *(_east_asian, _dateless, _foreign),
)
