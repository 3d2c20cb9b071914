"""The web site that articles belong to, from the addresses that they state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from feeds.survey.looks import Guess, Look

_FEWEST = 3
_MOST = 0.8
"""Share of the stated addresses that have to be on one host."""


def guess_addresses(looks: Sequence[Look], *, year: int) -> Iterator[Guess]:
    """Guess the site, and who names the entries, where most articles state addresses on one host."""
    counts = Counter(
        (parts.scheme, parts.netloc.lower())
        for look in looks
        if look.card.permalink and "@" not in (parts := urlsplit(look.card.permalink)).netloc
    )
    stated = counts.total()
    if not counts:
        return
    (scheme, host), most = counts.most_common(1)[0]
    if most < _FEWEST or most < stated * _MOST or stated * 2 < len(looks):
        return
    reason = f"{most:,} of {stated:,} addresses that articles state are there"
    yield Guess(name="site_url", value=f"{scheme}://{host}/", reason=reason)
    if ":" not in host:
        yield Guess(name="authority", value=host.removeprefix("www."), reason="the articles' own site")
        yield Guess(name="year", value=year, reason="this year")
