"""Text to zone: abbreviations, offsets, and what mail, Go and Java write around them; pure."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

HOURS_AHEAD = {
    name: float(hours)
    for name, hours in re.findall(
        r"(\w+)([+-][\d.]+)",
        "Z+0 UT+0 UTC+0 GMT+0 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7 "  # RFC 822 section 5.1
        "WET+0 WEST+1 BST+1 CET+1 CEST+2 MEZ+1 MESZ+2 EET+2 EEST+3 MSK+3 WAT+1 CAT+2 SAST+2 EAT+3 GST+4 "
        "PKT+5 IST+5.5 NPT+5.75 WIB+7 ICT+7 HKT+8 SGT+8 AWST+8 JST+9 KST+9 ACST+9.5 ACDT+10.5 AEST+10 "
        "AEDT+11 NZST+12 NZDT+13 BRT-3 ART-3 NST-3.5 NDT-2.5 AST-4 ADT-3 AKST-9 AKDT-8 HST-10",
    )
}
_ZONE = re.compile(
    r"((UTC?|GMT)? ?(?P<sign>[+-])(?P<hours>\d\d?)(:?(?P<minutes>\d\d))?( ?[A-Z]{3,5}| [+-]\d{2,4})?"
    r"|(?P<name>[A-Z]*))( ?[(\[].*)?",
    re.A | re.I,
)
"""`+0800`, `+08:00`, `GMT+8`, `CEST`, and what mail, Go and Java add: ` (CST)`, ` CST`, `[Asia/Tokyo]`."""

_YAML_TIME = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?", re.A)


def is_utc_to_yaml(text: str) -> bool:
    """Tell whether a text is a time without a zone to YAML, which is one of UTC; of a day, or less, it says nothing."""
    return _YAML_TIME.fullmatch(text.strip()) is not None


@lru_cache(maxsize=512)
def parse_zone(text: str) -> tuple[str, tzinfo | None] | None:
    """Split a zone into abbreviation and offset; `-0000` is UTC too (RFC 2822 3.3, RFC 3339 4.3)."""
    match = _ZONE.fullmatch(text)
    if match is None:
        return None
    if match["sign"] is None:
        return match["name"].upper(), UTC if match["name"].upper() in ("Z", "UTC", "GMT") else None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f'zone "{text}"')
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if match["sign"] == "-" else 1)
    return "", timezone(offset) if offset else UTC
