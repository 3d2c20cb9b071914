from __future__ import annotations

import time

import pytest

from feeds.finish.markdown import render


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![Pier](a.png =300x200)", '<img src="a.png" alt="Pier" width="300" height="200">'),
        ("![](a.png =300x)", '<img src="a.png" alt="" width="300">'),
        ('![](a.png =x200 "Low")', '<img src="a.png" alt="" title="Low" height="200">'),
        ("![Pier|300](a.png)", '<img src="a.png" alt="Pier" width="300">'),
        ("![Pier | 300x200](a.png)", '<img src="a.png" alt="Pier" width="300" height="200">'),
        ("![](low tide.png)", '<img src="low%20tide.png" alt="">'),
        ("![](img/low tide (1).png 'At low')", '<img src="img/low%20tide%20(1).png" alt="" title="At low">'),
        ("[the ice](on ice.md#part)", '<a href="on%20ice.md#part">the ice</a>'),
        ("![Pier](a.png)", '<img src="a.png" alt="Pier">'),
        ('![Pier](<a b.png> "Low tide")', '<img src="a%20b.png" alt="Pier" title="Low tide">'),
        ("[the ice](on ice)", "[the ice](on ice)"),
        ("![not one](see below)", "![not one](see below)"),
        ("`![](a.png =1x2)`", "<code>![](a.png =1x2)</code>"),
        ("[![](a.png =30x20)](b.html)", '<a href="b.html"><img src="a.png" alt="" width="30" height="20"></a>'),
    ],
)
def test_sizes_and_blanks_cost_no_picture(text: str, expected: str) -> None:
    assert render(text).replace(" />", ">") == f"<p>{expected}</p>\n"


@pytest.mark.parametrize("text", ["![](", "![](a (", "[a](b c ", "![a](b (c) ", "![|1](a (b) ", "![](a" + 390 * " "])
def test_whatever_the_text_is_reading_it_takes_no_longer_than_its_length(text: str) -> None:
    began = time.perf_counter()
    render(text * (40_000 // len(text)))
    assert time.perf_counter() - began < 5
