"""Bodies without measure: thousands of levels, megabytes, and tricks that make readers count. Times are generous."""

from __future__ import annotations

import time

import pytest

from feeds.finish.blocks import read_body
from feeds.finish.content import clean_html
from feeds.finish.pictures import judge_pictures
from feeds.finish.summary import summarise
from feeds.finish.verdicts import Judge
from tests.articles import judge_blocks, make_card

pytestmark = pytest.mark.long

LEVELS = 10_000
SECONDS = 20


def finish(text: str, *, is_markdown: bool = False) -> tuple[str, str, str]:
    """Put a body through all of the stage; return its text, its summary and its HTML, in bounded time."""
    start = time.perf_counter()
    body = read_body("a.md", text, is_markdown=is_markdown)
    judge_blocks("Title", body)
    summary = summarise(Judge("Title", body), None, width=200).text
    html = clean_html(body.html, resolve_link=lambda address: None, resolve_picture=lambda address: None)
    assert time.perf_counter() - start < SECONDS
    return " ".join(block.text for block in body.blocks), summary, html


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<div>", "</div>"),
        ("<div class='a b'>x", "</div>"),
        ("<div>", ""),
        ("<b>", "</b>"),
        ("<span>x", ""),
        ("<a href=x>", "</a>"),
        ("<blockquote>", "</blockquote>"),
        ("<ul><li>", "</ul>"),
        ("<table><tr><td>", "</table>"),
        ("<p>", ""),
        ("<picture><source srcset=a>", ""),
        ("<noscript>", "</noscript>"),
        ("<wbr>", ""),
    ],
)
def test_thousands_of_levels_are_read(opening: str, closing: str) -> None:
    text, _, html = finish(opening * LEVELS + "the last word" + closing * LEVELS)
    if opening != "<noscript>":
        assert "the last word" in text
        assert "the last word" in html
    assert max_depth(html) <= 140  # the sanitiser adds table bodies


def max_depth(html: str) -> int:
    deepest = depth = 0
    for part in html.split("<")[1:]:
        if part.startswith("/"):
            depth -= 1
        elif not part.startswith(("br", "wbr", "img")):
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def test_formatting_left_open_does_not_multiply() -> None:
    bold = "".join(f"<b id='{number}'>" for number in range(3000))
    for opening in ("<p>", "<li>", "<dd>", "<p><a href='x'>"):
        text = f"{opening}{bold}" + "<div>x</div><p>y<li>z" * 5000
        _, _, html = finish(text)
        assert len(html) < 30 * len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "<p>港口管理局宣布，新码头明年开放。</p>",
        "港口管理局宣布，新码头明年开放。",
        "word ",
        "a",
        "某",
        "<br>",
        "<!-- x -->",
        "<!--",
        "<script>",
        "<style>x</style>",
        "<",
        "&amp;",
        '<img src="a.jpg">',
        '<noscript><img src="a.jpg"></noscript>',
        'He said ."',
        "1. ",
        "<iframe src='",
        "</p>",
        "\u3000\n",
    ],
)
def test_megabytes_are_read_in_bounded_time(piece: str) -> None:
    finish(piece * (300_000 // len(piece)))


@pytest.mark.parametrize(
    "piece",
    [
        "*a ", "[", "[[x", "`", "> ", "{% ", "```\n", "{:", "){.a", "$a", "\\(", "a:", "http://a.b/:", "::: x\n",
        "!!! x\n",
        "Some *text* and [a link](https://example.com).\n\n",
    ],
)  # fmt: skip
def test_long_markdown_is_read_in_bounded_time(piece: str) -> None:
    finish(piece * (100_000 // len(piece)), is_markdown=True)


@pytest.mark.parametrize(
    "piece",
    [
        "<Box ",
        "<Box a={",
        "<Box>",
        "{",
        "{/*",
        "import a from 'b'\n",
        "export const a = {\n",
        "<div a={b}>\n",
        "`",
        "$a",
    ],
)
def test_long_pages_of_components_are_read_in_bounded_time(piece: str) -> None:
    start = time.perf_counter()
    read_body("a.mdx", piece * (100_000 // len(piece)), is_markdown=True)
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("name", ["srcset", "style", "class", "alt", "id", "src", "data-src", "width"])
@pytest.mark.parametrize("piece", [",", " ", "a ", "width:", ";", "1"])
def test_a_long_attribute_is_read_in_bounded_time(name: str, piece: str) -> None:
    finish(f'<img {name}="{piece * 100_000}">')


def test_five_megabytes_of_paragraphs_are_read_in_bounded_time() -> None:
    finish("<p>港口管理局宣布，新码头明年开放，届时可以停靠更大的船只，也更安全。</p>" * 45_000)


@pytest.mark.parametrize(
    "text",
    [
        "<p>第" + "\u3000" * 400_000 + "。\n</p>",
        "<script>" + "</script " * 100_000,
        "<script></script" + " " * 400_000,
        "<div><noscript></noscript>" * 20_000,
        "<p>扫码</p>" + "".join(f"<a href=http://x/><img src=http://a/{n}-thumb.jpg></a>" for n in range(10_000)),
        "".join(f"<img src=https://x.example/qr/{n}.png>" for n in range(25_000)),
        "<picture>" + "<img src='data:,'>" * 25_000,
        "<picture><img src='data:,'>" * 10_000,
        "<noscript>" * 10_000 + "<img src=a.jpg>" + "</noscript><p>x" * 10_000,
    ],
    ids=[
        "wide blanks",
        "ends of scripts",
        "an end without end",
        "noscript",
        "thumbnails",
        "pictures",
        "one picture element",
        "picture elements within each other",
        "noscript within each other",
    ],
)
def test_no_shape_of_a_body_costs_more_than_its_length(text: str) -> None:
    started = time.process_time()
    body = read_body("a.md", text, is_markdown=False)
    judge = Judge("Title", body)
    tuple(judge.verdicts(body.blocks))
    judge_pictures(make_card(), judge, placeholders=())
    summarise(judge, None, width=200)
    assert time.process_time() - started < SECONDS


def test_a_description_of_markup_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    summarise(Judge("Title", read_body("a.md", "", is_markdown=False)), "x" + "<!--" * 100_000 + "y", width=200)
    assert time.process_time() - started < SECONDS
