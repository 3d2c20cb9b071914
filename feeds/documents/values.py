"""How texts and dates of a feed are read, whatever its format; pure."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5

_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_LITERAL = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
_AMPERSAND = re.compile(rf"{_LITERAL}|{_REFERENCE.pattern}|&", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<(?:br|p|div|li)\b[^<>]*>", re.IGNORECASE)
_BR = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_INLINE_PAIR = re.compile(
    r"<(b|i|em|strong|span|a|font|sup|sub|small|big|mark|u|s|code|p)\b[^<>]*>([^<]{0,1000})</\1\s*>", re.IGNORECASE
)


def resolve_references(document: str) -> str:
    """Rewrite the references of an XML document so that a parser needs no declarations for them.

    Names of HTML become their characters, which RSS 0.91 declares for its titles; an `&` that begins no known
    reference becomes text, for otherwise a parser drops it and what follows. CDATA sections stay.

    Example: `a&nbsp;b&c=&#38;&x;` becomes `a b&amp;c=&amp;&amp;x;` (with a no-break space).
    """
    return _AMPERSAND.sub(_known, document)


def _known(match: re.Match[str]) -> str:
    if match[0][0] == "<":
        return match[0]
    return "&amp;" + match[0][1:] if match[1] is None else html.escape(_character(match))


def _character(reference: re.Match[str]) -> str:
    """Read a whole reference only: an address's `&copy=2` is none (HTML 13.2.5.73 has the same exception)."""
    is_known = reference[1].startswith("#") or f"{reference[1]};" in html5
    return html.unescape(reference[0]) if is_known else reference[0]


def html_text(markup: str) -> str:
    """Free HTML of all markup: `a <b>b</b> &lt;c&gt;` becomes `a b <c>`."""
    text = _TAG.sub("", _BREAK.sub(" ", _COMMENT.sub("", markup)))
    return _REFERENCE.sub(_character, text)


def plain_text(text: str) -> str:
    """Free a text that may be HTML, or not, of markup around words and of references.

    RSS 2.0 leaves open which of them a title is. Example: `The <div> &amp; <b>more</b>` becomes
    `The <div> & more`.
    """
    if "<" in text:
        text = _BR.sub(" ", text)
        for _ in range(3):
            text = _INLINE_PAIR.sub(r"\2", text)
    return _REFERENCE.sub(_character, text)


_MOST_CHARACTERS = 100
"""Of a text that may be a date."""
_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d)")
_YEAR_ONE = re.compile(r"\s0\d\d\d\s+\d\d?:")
"""And its kin, in RFC 822's form: the standard parser takes the year 0001 for 2001."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_instant(text: str) -> datetime | None:
    """Read a date as feeds write it: RFC 822 (RSS), or RFC 3339 and ISO 8601 (the others); without a zone it is UTC.

    Returns:
        Aware, UTC, whole seconds; None for what is no date, or stands for none: Hugo writes the year 1.
    """
    if len(text) > _MOST_CHARACTERS or _YEAR_ONE.search(text):
        return None
    for parse in (parsedate_to_datetime, _parse_iso):
        try:
            instant = parse(text)
            instant = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, LookupError, OverflowError):
            continue
        return None if instant.year < 1000 or instant == _EPOCH else instant.replace(microsecond=0)
    return None


def _parse_iso(text: str) -> datetime:
    """Read ISO 8601, in small letters too, and `2022-07-31 08:00:00 +0800` or `… UTC` as Ruby writes it."""
    return datetime.fromisoformat(_OFFSET.sub("", text.strip().upper()).replace(" UTC", "Z"))
