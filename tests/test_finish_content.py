from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds import addresses
from feeds.finish.blocks import read_body
from feeds.finish.content import clean_html, full_content
from feeds.finish.teaser import summary_content
from feeds.model import Picture

BASE = "https://example.com/news/quay.html"
PHOTO = Picture(address="https://media.example.com/a.jpg?w=1&h=2", media_type="image/jpeg", length=None)


def link(address: str) -> str | None:
    return address if address.startswith("mailto:") else addresses.absolute(address, BASE)


def picture(address: str) -> str | None:
    return None if "missing" in address else addresses.absolute(address, BASE)


def clean(html: str) -> str:
    return clean_html(html, resolve_link=link, resolve_picture=picture)


def published(text: str) -> str:
    """What becomes of a body as a file holds it."""
    return clean(read_body("a.md", text, is_markdown=False).html)


VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'>",
    "<img src=javascript:alert(1)>",
    '<img src="jav&#x09;ascript:alert(1);">',
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    '<img """><script>alert(1)</script>">',
    "<img src=`javascript:alert(1)`>",
    "<img src=a.jpg/onerror=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='java&#1;script:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='https://example.com' onclick=alert(1)>x</a>",
    "<a href=x style='background:url(javascript:alert(1))'>x</a>",
    "<a href=//evil.example target=_blank>x</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='https://evil.example/embed' onload=alert(1)></iframe>",
    "<object data=x.swf><param name=movie value=x></object><embed src=x.swf>",
    "<form action=https://evil.example><input name=a><button onclick=alert(1)>x</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<video src=x onerror=alert(1) poster=javascript:alert(1)></video>",
    "<audio src=http://plain.example/a.mp3 autoplay onplay=alert(1)></audio>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style=\"background-image:url('javascript:alert(1)')\">x</div>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><script>alert(1)</script></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<p title='</p><script>alert(1)</script>'>x</p>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<table background=javascript:alert(1)><td>x</td></table>",
    "<body onload=alert(1)>x</body>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex action=javascript:alert(1)>",
    "<x onclick=alert(1)>x</x>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div id=getElementById>x</div><a id=cookie></a>",
]
UNSAFE = re.compile(
    r"<(?:script|style|iframe|object|embed|form|input|svg|math|meta|base|link|template|button)\b"
    r"|<[^>]*\s(?:on\w+|style|srcdoc|target|autoplay|formaction)="
    r"|(?:href|src|poster)=\"(?!https?://|mailto:)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("vector", VECTORS)
def test_active_content_is_never_published(vector: str) -> None:
    for html in (clean(vector), published(vector), published(f"<div><p>a{vector}b</p></div>")):
        assert not UNSAFE.search(html)
        etree.HTML(f"<div>{html}</div>")


@given(st.lists(st.sampled_from(VECTORS) | st.text(max_size=8), max_size=6).map("".join))
def test_no_mixture_of_vectors_is_published(text: str) -> None:
    assert not UNSAFE.search(published(text))
    assert not UNSAFE.search(clean(text))


@given(st.text(st.characters()))
def test_published_html_holds_only_what_xml_can_carry(text: str) -> None:
    for html in (published(f"<p title='{text}'>{text}</p>"), clean(text), clean("<p>&#1;&#xFFFE;&#x85;</p>")):
        root = etree.Element("content")
        root.text = html
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="tide.html">x</a>', '<a href="https://example.com/news/tide.html" rel="noopener noreferrer">x</a>'),
        ('<a href="/tide">x</a>', '<a href="https://example.com/tide" rel="noopener noreferrer">x</a>'),
        ('<a href="mailto:a@example.com">x</a>', '<a href="mailto:a@example.com" rel="noopener noreferrer">x</a>'),
        ('<a href="http://例.example/图">x</a>', None),
        ('<img src="a.jpg">', '<img src="https://example.com/news/a.jpg" referrerpolicy="no-referrer">'),
        ('<img src="//media.example.com/a.jpg" alt="x">', None),
    ],
)
def test_addresses_become_absolute(html: str, expected: str | None) -> None:
    result = clean(html)
    assert result == expected if expected else re.search(r'(?:href|src)="https?://[\x21-\x7e]+"', result)


def test_a_link_that_leads_nowhere_keeps_its_text() -> None:
    assert clean('<p>a <a href="ftp://x" title="t">b <b>c</b></a> <a>d</a></p>') == "<p>a b <b>c</b> d</p>"


def test_a_picture_that_cannot_be_resolved_goes() -> None:
    assert clean('<p>a<img src="missing.jpg" alt="b > c"><img alt="x">d</p>') == "<p>ad</p>"


def test_every_picture_asks_for_no_referrer() -> None:
    assert clean('<img src="a.jpg" referrerpolicy="unsafe-url">').count('referrerpolicy="no-referrer"') == 1


def test_what_articles_are_made_of_stays() -> None:
    html = (
        "<h2>a</h2><ul><li>b</li></ul><pre><code>c\n  d</code></pre><blockquote>e</blockquote>"
        '<table><thead><tr><th scope="col">f</th></tr></thead><tbody><tr><td colspan="2">g</td></tr></tbody></table>'
        "<figure><figcaption>h</figcaption></figure><details><summary>i</summary>j</details><p>k<br>l<sup>m</sup></p>"
    )
    assert clean(html) == html


def test_sound_and_film_stay_with_safe_sources_and_controls() -> None:
    html = '<audio src="https://media.example.com/a.mp3"></audio>'
    assert clean(html) == '<audio src="https://media.example.com/a.mp3" controls=""></audio>'
    html = '<video><source src="https://media.example.com/a.mp4" type="video/mp4"></video>'
    assert 'src="https://media.example.com/a.mp4"' in clean(html)


def test_sound_and_film_without_a_safe_source_go() -> None:
    assert (
        clean(
            '<p>a</p><audio src="http://media.example.com/a.mp3"></audio><video><source src="http://x.example/"></video>'
        )
        == "<p>a</p>"
    )


def test_the_frame_of_a_player_becomes_a_link_to_it() -> None:
    address = "https://player.example.com/embed/7?a=1&amp;b=2"
    expected = f'<p><a href="{address}" rel="noopener noreferrer">{address}</a></p>'
    assert published(f'<p><iframe src="{address}" allowfullscreen>no frames</iframe></p>') == expected
    assert published(f'<p><iframe src="about:blank" data-src="{address}"></iframe></p>') == expected


def test_the_frame_of_something_else_goes() -> None:
    assert published('<p>a</p><iframe src="https://ads.example.com/7"></iframe>') == "<p>a</p>"


def test_an_anchor_stays_only_where_a_link_leads_to_it() -> None:
    html = clean('<p id="a">x</p><p id="b">y <a href="#a">z</a></p>')
    assert 'id="a"' in html
    assert 'id="b"' not in html


def test_a_failure_of_the_caller_is_not_swallowed() -> None:
    def fail(address: str) -> str | None:
        raise OSError(address)

    with pytest.raises(OSError, match="x"):
        clean_html('<a href="x">y</a>', resolve_link=fail, resolve_picture=fail)


def test_a_summary_is_one_paragraph_under_its_picture() -> None:
    assert summary_content("Ships & boats", PHOTO, "Quay") == (
        '<p><img src="https://media.example.com/a.jpg?w=1&amp;h=2" alt="" referrerpolicy="no-referrer"></p>'
        "<p>Ships &amp; boats</p>"
    )


def test_a_picture_alone_needs_no_words() -> None:
    assert summary_content("", PHOTO, "Quay").count("<p>") == 1


def test_the_title_stands_in_for_everything() -> None:
    assert summary_content("", None, "a < b") == "<p>a &lt; b</p>"


def test_the_header_picture_stands_before_a_body_without_it() -> None:
    assert full_content("<p>a</p>", PHOTO, "") == summary_content("", PHOTO, "") + "<p>a</p>"


def test_the_header_picture_stands_there_once() -> None:
    html = clean(f'<p>a</p><img src="{PHOTO.address.replace("&", "&amp;")}">')
    assert full_content(html, PHOTO, "") == html


@pytest.mark.parametrize(
    "address",
    ["https://example.com/it's.jpg", "https://example.com/a.jpg?q=%22%3C%3E", "https://example.com/(1).jpg?a&b"],
)
def test_a_picture_is_recognised_whatever_its_address_holds(address: str) -> None:
    html = clean(read_body("a.md", f'<img src="{address}">', is_markdown=False).html)
    assert full_content(html, Picture(address=address, media_type=None, length=None), "") == html


@pytest.mark.parametrize("empty", ["", "<p></p>", "<div>&nbsp;<br></div>"])
def test_a_body_that_shows_nothing_gives_way(empty: str) -> None:
    assert full_content(empty, PHOTO, "<p>fallback</p>") == "<p>fallback</p>"
