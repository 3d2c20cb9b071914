from __future__ import annotations

import pytest

from feeds.finish.blocks import read_body
from feeds.model import PictureCandidate


def pictures(html: str) -> tuple[PictureCandidate, ...]:
    return read_body("a.md", html, is_markdown=False).pictures


def addresses(html: str) -> list[str]:
    return [picture.address for picture in pictures(html)]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="real.jpg">',
        '<img src="data:image/gif;base64,R0lGOD" data-src="real.jpg">',
        '<img src="https://example.com/img/blank.gif" data-original="real.jpg">',
        '<img _src="real.jpg">',
        '<img src="loading.gif" data-lazy-src="real.jpg">',
        '<img src="" data-actualsrc="real.jpg">',
        '<img srcset="small.jpg 320w, real.jpg 1024w, mid.jpg 640w">',
        '<img srcset="small.jpg, real.jpg 2x">',
        '<img src="data:," data-srcset="real.jpg 2x,small.jpg 1x">',
        '<picture><source srcset="real.jpg 2x"><img src="data:,"></picture>',
        '<img src="data:image/gif;base64,AA"><noscript><img src="real.jpg"></noscript>',
        '<noscript><img src="real.jpg"></noscript><img src="data:image/gif;base64,AA">',
        '<img class=lazy data-src="real.jpg"><noscript><img src="other.jpg"></noscript>',
        '<p>text</p><noscript><img src="real.jpg"></noscript><p>text</p>',
        '<amp-img src="real.jpg"></amp-img>',
        '<video poster="real.jpg"></video>',
        '<img src="real.jpg" data-src="">',
        '<img src="real.jpg" data-src="true">',
    ],
)
def test_the_address_that_a_picture_means_is_found(html: str) -> None:
    assert addresses(f"<div>{html}</div>") == ["real.jpg"]


def test_a_photograph_that_is_shown_wins_over_what_loads_late() -> None:
    assert addresses('<img src="shown.jpg" data-original="large.jpg">') == ["shown.jpg"]


def test_a_link_logo_is_no_picture() -> None:
    assert addresses('<a href="x" data-logo="https://example.com/logo.png" data-src="a.jpg">x</a>') == []


def test_an_address_keeps_its_commas_and_its_query() -> None:
    address = "https://example.com/w_100,h_50/a:b//c.jpg?x=1,2&y=3"
    assert addresses(f'<img src="{address}">') == [address]
    assert addresses(f'<img srcset="{address} 2x, b.jpg 1x">') == [address]


def test_entities_in_an_address_are_unescaped() -> None:
    assert addresses('<img src="a.jpg?x=1&amp;y=&#123;2&#125;">') == ["a.jpg?x=1&y={2}"]


def test_a_hidden_picture_is_none() -> None:
    html = '<img src=a.jpg hidden><div style="display:none"><img src=b.jpg></div><p>A</p>'
    html += '<noscript><img src=c.gif style="display:none"></noscript>'
    body = read_body("a.md", html, is_markdown=False)
    assert [(picture.address, picture.is_hidden) for picture in body.pictures] == [
        ("a.jpg", True),
        ("b.jpg", True),
        ("c.gif", True),
    ]
    assert "img" not in body.html


def test_the_html_shows_the_picture_that_is_meant_and_shows_it_once() -> None:
    late = '<img src="data:," data-src="real.jpg" class=lazy srcset="x 1x" alt="港">'
    html = f"<p>{late}<noscript><img src=real.jpg></noscript></p>"
    assert read_body("a.md", html, is_markdown=False).html == '<p><img src="real.jpg" alt="港"></p>'


def test_a_picture_inside_its_own_address_is_a_candidate_but_not_in_the_html() -> None:
    body = read_body("a.md", '<img src="data:image/png;base64,AAAA">', is_markdown=False)
    assert [picture.address[:5] for picture in body.pictures] == ["data:"]
    assert body.html == ""


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="600" height="400"', (600, 400)),
        ('width="600px"', (600, None)),
        ('width="100%" height="auto"', (None, None)),
        ('style="max-width:9px;width: 1px; height:1.0px"', (1, 1)),
        ("", (None, None)),
    ],
)
def test_the_stated_size_is_in_pixels(attributes: str, size: tuple[int | None, int | None]) -> None:
    (picture,) = pictures(f"<img src=a.jpg {attributes}>")
    assert (picture.width, picture.height) == size


def test_hints_are_what_is_said_of_the_picture_and_around_it() -> None:
    (picture,) = pictures('<div class="qrBox"><img src=a.jpg alt="Scan Me" class="code"></div>')
    assert picture.hints == "code qr-box"
    assert picture.alternative == "Scan Me"
