"""Rules of single values: dates, languages, media types, numbers, e-mail addresses; pure.

Follows RFC 822 as amended by RFC 2822, RFC 3339, BCP 47, RFC 2045, and the profile of the RSS Advisory Board.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import unquote

from feeds.languages import CODES
from feeds.validate.finding import Fault, Source, ValueRule, shown

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"UT": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8} | {
    "PDT": -7
}
"""Hours ahead of UTC."""
_RFC2822 = re.compile(
    rf"(?:({'|'.join(_DAYS)}), )?(\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d)(?::(\d\d))? "
    rf"([+-]\d\d[03]0|{'|'.join(_ZONES)})"
)
_RFC822 = re.compile(
    rf"(?:(?:{'|'.join(_DAYS)})\s*,\s*)?\d\d?\s+(?:{'|'.join(_MONTHS)})\s+\d\d(?:\d\d)?\s+\d\d:\d\d(?::\d\d)?\s+"
    rf"(?:[+-]\d{{4}}|{'|'.join(_ZONES)}|[A-IK-Z])",
    re.IGNORECASE,
)
_RFC3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d*)?(?:Z|([+-])(\d\d):(\d\d))")
_W3CDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d*)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
_LONGEST = 200
"""Characters of a date with comments."""
_OLDEST = 1990
"""No feed has older dates, by the W3C validator's reckoning."""
_TOKEN = r'[^\s()<>,;:\\"/\[\]?=]+'
MEDIA_TYPE = re.compile(rf'{_TOKEN}/{_TOKEN}(?:\s*;\s*{_TOKEN}=(?:"[^"]*"|{_TOKEN}))*')
_LANGUAGES = CODES | {"x"}
"""Those of two letters, and the mark of private ones; three letters are not looked up."""
_E_MAIL = re.compile(
    r"[a-z0-9_+.'!#$%&*/=?^`{|}~-]+@(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-z0-9-]+\.)+)[a-z0-9][-a-z0-9]*",
    re.IGNORECASE,
)
_LOCAL_E_MAIL = re.compile(r"[\w.%+-]+@[A-Za-z][\w.-]+")


def rfc822_date(value: str, source: Source) -> Iterator[Fault]:
    """Look at a date of RSS or OPML: RFC 822 with a year of four digits."""
    match = _RFC2822.fullmatch(value)
    if match is None:
        is_old = len(value) < _LONGEST and _RFC822.fullmatch(_without_comments(value))
        name = "ProblematicalRFC822Date" if is_old else "InvalidRFC2822Date"
        yield Fault(name, f"date {shown(value)} is not written as RFC 822 has it with four digits for the year")
        return
    weekday, day, month, year, hour, minute, second, zone = match.groups()
    try:
        on = date(int(year), _MONTHS.index(month) + 1, int(day))
        moment = datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    except ValueError as error:
        yield Fault("InvalidRFC2822Date", f"date {shown(value)} does not exist: {error}")
        return
    if weekday and weekday != _DAYS[on.weekday()]:
        yield Fault("IncorrectDOW", f"date {shown(value)} was a {_DAYS[on.weekday()]}")
    elif on.year < _OLDEST or moment > source.now + timedelta(minutes=10):
        yield Fault("ImplausibleDate", f"date {shown(value)} is before {_OLDEST} or ahead")


def _without_comments(value: str) -> str:
    """Take out what stands in brackets, at any depth, as RFC 822 has comments."""
    value, before = re.sub(r"\\(.)", "", value), ""
    while value != before:
        value, before = re.sub(r"\([^()]*\)", " ", value), value
    return value.strip()


def _zone(name: str) -> timezone:
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    offset = timedelta(hours=int(name[1:3]), minutes=int(name[3:]))
    return timezone(-offset if name[0] == "-" else offset)


def rfc3339_date(value: str, source: Source) -> Iterator[Fault]:
    """Look at an instant of Atom or JSON Feed."""
    match = _RFC3339.fullmatch(value)
    if match is None:
        yield Fault("InvalidRFC3339Date", f"date {shown(value)} is not written as RFC 3339 has it")
        return
    *numbers, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = map(int, numbers)
    try:
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-offset if sign == "-" else offset)
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        if second > 60:
            raise ValueError("second must be in 0..60")
    except ValueError as error:
        yield Fault("InvalidRFC3339Date", f"date {shown(value)} does not exist: {error}")
        return
    if year < _OLDEST or moment > source.now + timedelta(days=1):
        yield Fault("ImplausibleDate", f"date {shown(value)} is before {_OLDEST} or ahead")


def w3c_date(value: str, source: Source) -> Iterator[Fault]:
    """Look at a date of Dublin Core: the W3C's profile of ISO 8601."""
    parts = [int(number) for number in re.findall(r"\d+", value.partition("T")[0])]
    try:
        if not _W3CDTF.fullmatch(value):
            raise ValueError("no such form")
        day = date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):
        yield Fault("InvalidW3CDTFDate", f"date {shown(value)} is not written as the W3C has it")
        return
    if day.year < _OLDEST or day > (source.now.astimezone(UTC) + timedelta(days=1)).date():
        yield Fault("ImplausibleDate", f"date {shown(value)} is before {_OLDEST} or ahead")


def language(value: str, source: Source) -> Iterator[Fault]:
    """Look at the tag of a language: its first part is a code of ISO 639."""
    primary = value.partition("-")[0].lower()
    if primary not in _LANGUAGES and not (len(primary) == 3 and primary.isascii() and primary.isalpha()):
        yield Fault("InvalidLanguage", f"language {shown(value)} begins with no code of ISO 639")


def media_type(name: str) -> ValueRule:
    """Make the rule of a media type, with the name that its message has there."""

    def check(value: str, source: Source) -> Iterator[Fault]:
        if not MEDIA_TYPE.fullmatch(value):
            yield Fault(name, f"{shown(value)} is no media type")

    return check


def whole_number(name: str, least: int, *, no_number: str | None = None, unknown: str | None = None) -> ValueRule:
    """Make the rule of a whole number.

    Args:
        name: Of the message.
        least: The smallest that is allowed.
        no_number: Of the message for what is no number at all, where it is another.
        unknown: Of the message for -1, which is often written where a number is not known.
    """

    def check(value: str, source: Source) -> Iterator[Fault]:
        if not re.fullmatch(r"\s*[+-]?\d+\s*", value):
            yield Fault(no_number or name, f"{shown(value)} is no whole number")
        elif int(value) < least:
            yield Fault(unknown if unknown and int(value) == -1 else name, f"{shown(value)} is less than {least}")

    return check


def one_of(name: str, values: Collection[str], *, fold: Callable[[str], str] = str) -> ValueRule:
    """Make the rule of a value that is one of a few, as `fold` makes it."""

    def check(value: str, source: Source) -> Iterator[Fault]:
        if fold(value) not in values:
            yield Fault(name, f"{shown(value)} is none of {', '.join(sorted(values))}")

    return check


def not_blank(value: str, source: Source) -> Iterator[Fault]:
    """Demand that something is there."""
    if not value:
        yield Fault("NotBlank", "it is empty")


def without_margin(value: str, source: Source) -> Iterator[Fault]:
    """Demand that no blank stands before or after a value that is compared character by character."""
    if value != value.strip():
        yield Fault("UnexpectedWhitespace", f"{value!r} has blanks around it")


def e_mail(value: str, source: Source) -> Iterator[Fault]:
    """Look at an e-mail address that stands alone, as Atom has it."""
    if not _E_MAIL.fullmatch(value) and not _LOCAL_E_MAIL.fullmatch(value):
        yield Fault("InvalidAddrSpec", f"{shown(value)} is no e-mail address")


def contact(value: str, source: Source) -> Iterator[Fault]:
    """Look at a person of RSS: an e-mail address, and the name in brackets."""
    if value.startswith("mailto:"):
        value = unquote(value.removeprefix("mailto:"))
    if value.find("@") > 0 and not value.endswith(")"):
        form = "EmailFormat" if " " in value else "MissingRealName"
        yield Fault(form, f"{shown(value)} is not written as an address with the name in brackets")
    elif not _E_MAIL.fullmatch(re.sub(r"\s*\([^()]*\)\s*", "", value)):
        yield Fault("InvalidContact", f"{shown(value)} holds no e-mail address")


def mail_box(value: str, source: Source) -> Iterator[Fault]:
    """Look at an e-mail address that a name may stand beside, in any way."""
    if not _E_MAIL.search(value) and not _LOCAL_E_MAIL.search(value):
        yield Fault("InvalidContact", f"{shown(value)} holds no e-mail address")


def no_e_mail(value: str, source: Source) -> Iterator[Fault]:
    """Demand of a name that it holds no address, which would be harvested."""
    if re.search(f"<{_E_MAIL.pattern}>", value, re.IGNORECASE):
        yield Fault("ContainsEmail", f"{shown(value)} holds an e-mail address")
