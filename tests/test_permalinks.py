from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest

from feeds.model import Value
from feeds.normalise import CardRules, make_card
from tests.articles import make_article

SITE = "https://example.com/blog/"


def permalink(
    front_matter: Mapping[str, Value] | None = None,
    *,
    pattern: str | None = None,
    site: str | None = None,
    path: str = "News/2022-07-31-low tide.md",
    zone: str = "UTC",
) -> str | None:
    rules = CardRules(tag_prefix="tag:x,2000:", zone=ZoneInfo(zone), is_flat=False, permalink=pattern, site_url=site)
    stated: dict[str, Value] = {"title": "Low & high", "date": "2022-07-31T20:05:09Z", **(front_matter or {})}
    return make_card(make_article(stated, path=path), rules)[0].permalink


@pytest.mark.parametrize(
    ("front_matter", "site", "expected"),
    [
        ({"link": "https://example.org/潮?a=1&amp;b=2"}, None, "https://example.org/%E6%BD%AE?a=1&b=2"),
        ({"url": "//example.org/a"}, None, "https://example.org/a"),
        ({"permalink": "/a/b/"}, SITE, "https://example.com/a/b/"),
        ({"permalink": "a/b/"}, SITE, "https://example.com/blog/a/b/"),
        ({"permalink": "/a/b/"}, None, None),
        ({"permalink": "false"}, SITE, None),
        ({"link": "mailto:me@example.com", "url": "https://example.org/a"}, None, "https://example.org/a"),
        ({"link": "javascript:alert(1)"}, SITE, None),
        ({"link": "/x", "source_url": "https://example.org/a"}, None, "https://example.org/a"),
        ({"link": ("https://example.org/a", "https://example.org/b")}, None, "https://example.org/a"),
        ({}, SITE, None),
    ],
)
def test_a_stated_address_is_made_absolute(
    front_matter: Mapping[str, Value], site: str | None, expected: str | None
) -> None:
    assert permalink(front_matter, site=site) == expected


def test_a_stated_address_goes_before_the_pattern() -> None:
    stated = permalink({"link": "https://example.org/a"}, pattern="https://example.com/:title/")
    assert stated == "https://example.org/a"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (":year/:month/:day/:title/", "2022/07/31/News/low%20tide/"),
        (":name.html", "low%20tide.html"),
        ("p/:i_month-:i_day", "p/7-31"),
        (":hour:minute:second/", "200509/"),
        (":timestamp/", "1659297909/"),
        (":post_title/", "Low%20%26%20high/"),
        (":category/:abbrlink/", "News/a%3Fb%23c/"),
        (":hash/", "300581a000be/"),
        (":nosuchkey/", None),
    ],
)
def test_the_tokens_of_a_pattern(pattern: str, expected: str | None) -> None:
    made = permalink({"abbrlink": "a?b#c"}, pattern=f"https://example.com:8443/{pattern}")
    assert made == (None if expected is None else f"https://example.com:8443/{expected}")


@pytest.mark.parametrize(
    ("pattern", "site", "expected"),
    [
        ("/:year/:name/", SITE, "https://example.com/blog/2022/low%20tide/"),
        (":year/:name/", SITE, "https://example.com/blog/2022/low%20tide/"),
        (":year/:name/", None, None),
        ("https://example.org/:name", SITE, "https://example.org/low%20tide"),
    ],
)
def test_a_relative_pattern_needs_a_site(pattern: str, site: str | None, expected: str | None) -> None:
    assert permalink(pattern=pattern, site=site) == expected


def test_a_pattern_counts_days_in_the_configured_zone() -> None:
    assert permalink(pattern="https://example.com/:day/", zone="Asia/Shanghai") == "https://example.com/01/"


def test_a_pattern_with_a_date_gives_an_undated_article_no_address() -> None:
    assert permalink({"date": ""}, pattern="https://example.com/:year/", path="tide.md") is None
    assert permalink({"date": ""}, pattern="https://example.com/:title/", path="tide.md") is not None


def test_an_article_without_category_is_uncategorised() -> None:
    made = permalink(pattern="https://example.com/:category/", path="tide.md")
    assert made == "https://example.com/uncategorized/"
