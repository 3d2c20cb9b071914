from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.cut import count_columns
from feeds.finish.summary import summarise
from feeds.finish.verdicts import Judge

TITLE = "新码头明年春天开放"
FIRST = "港口管理局周五宣布，新码头将于明年春天开放，届时可以同时停靠十二艘远洋货轮。"
SECOND = "工程历时三年，耗资约八亿元，是该市近十年来规模最大的一项水运建设。"
ENGLISH = "The port authority said on Friday that the new quay would open next spring. It has room for twelve ships."


def summary(html: str, *, title: str = TITLE, description: str | None = None, width: int = 200) -> str:
    judge = Judge(title, read_body("港口/码头.md", html, is_markdown=False))
    return summarise(judge, description, width=width).text


def test_the_first_sentences_are_the_summary() -> None:
    assert summary(f"<p>{FIRST}</p><p>{SECOND}</p>") == FIRST + SECOND


def test_an_english_article_keeps_its_blanks() -> None:
    assert summary(f"<p>{ENGLISH}</p><p>It took three years.</p>", title="Quay") == f"{ENGLISH} It took three years."


def test_whole_sentences_fill_the_width() -> None:
    assert summary(f"<p>{FIRST}</p><p>{SECOND}</p>", width=100) == FIRST


def test_a_crawled_body_begins_at_its_first_sentence() -> None:
    html = f"""<div>
    <p>　　◎记者 张三 李四</p>
    <p>　　{FIRST}</p><!-- keyword -->
    <style>.wrap&#123;border:1px&#125;</style>
    <div class="wrapQr"><img src="https://media.example.com/qr.png"><div>海量资讯，尽在某某APP</div></div>
    <p class="article-editor">责任编辑：王五</p>
    </div>"""
    assert summary(html) == FIRST


def test_the_stated_description_wins() -> None:
    assert summary(f"<p>{FIRST}</p>", description="码头的故事。") == "码头的故事。"


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("<p>码头的<b>故事</b>。</p>", "码头的故事。"),
        ("&lt;p&gt;Ships &amp;amp; boats&lt;/p&gt;", "Ships & boats"),
        ("one<br>two", "one two"),
        ("a < b and List<String> > c", "a < b and List<String> > c"),
        ("  码头\n  的故事。 ", "码头的故事。"),
        ("<!-- note -->Ships", "Ships"),
        ('A **bold** word, [a link](https://example.org/a_b "title") and `code`.', "A bold word, a link and code."),
        ("How to *tie* knots ![A knot](https://example.org/knot.png)", "How to tie knots"),
        ("Lists [of notes](/notes) and [of ships](ships.md)", "Lists of notes and of ships"),
        ("f(x)[0](y), 2 * 3 * 4, a**b, **, snake_case_name", "f(x)[0](y), 2 * 3 * 4, a**b, **, snake_case_name"),
    ],
)
def test_a_description_is_freed_of_markup(description: str, expected: str) -> None:
    assert summary("", description=description) == expected


@pytest.mark.parametrize(
    "description", ["", "  ", "null", "undefined", "...", "<p></p>", "[object Object]", TITLE, f"{TITLE}。"]
)
def test_a_description_that_says_nothing_is_passed_over(description: str) -> None:
    assert summary(f"<p>{FIRST}</p>", description=description) == FIRST


def test_a_long_description_is_cut() -> None:
    assert summary("", description=FIRST + SECOND, width=90) == FIRST


def test_what_stands_before_a_more_marker_is_the_summary() -> None:
    assert summary(f"<p>{FIRST}</p><!--more--><p>{SECOND}</p>") == FIRST


def test_before_a_more_marker_the_rules_hold_too() -> None:
    assert summary(f"<p>文/张三</p><p>{FIRST}</p><!--more--><p>{SECOND}</p>") == FIRST


@pytest.mark.parametrize("before", ["", "<img src=a.jpg>", "<p>作者：张三</p>", f"<h1>{TITLE}</h1>"])
def test_a_more_marker_with_no_text_before_it_is_passed_over(before: str) -> None:
    assert summary(f"{before}<!--more--><p>{FIRST}</p>") == FIRST


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<p>◎记者 张三</p>",
        "<p>By Jane Doe</p>",
        "<p>责任编辑：张三</p>",
        "<p>未经许可，禁止转载。</p>",
        "<p>感谢网友小明的线索投递！</p>",
        "<blockquote><p>本文来自微信公众号“某某观察”（ID：example），作者：张三，题图来自：某某图库</p></blockquote>",
        "<p>编者按：本文来自某某网，作者李四，某某经授权发布。</p>",
        "<p>原文链接：<a href='https://example.com'>Example</a>（翻译：王五）</p>",
        "<p>请订阅或登录，以继续阅读全文</p>",
        "<div class=bio><img class=avatar src=a.png>张三是本刊的专栏作者，住在海边。</div>",
        "<div class=article-relation><p><a href=a>旧码头今天关闭</a></p></div>",
        "<ul class=toc><li><a href='#1'>背景</a><li><a href='#2'>现状</a></ul>",
        "<p>一、背景二、现状三、对策四、展望</p>",
        "<h4 class=img-desc>图为建设中的新码头，摄于去年冬天。</h4>",
        "<figure><img src=a.jpg><figcaption>图为建设中的新码头。</figcaption></figure>",
        f"<h1>{TITLE}</h1>",
        f"<p>{TITLE}</p>",
        f"<p>{TITLE}。</p>",
        "<p hidden><a href=x>跳转</a></p>",
        "<pre>x = 1</pre><p>复制代码</p>",
        "<p>2022-07-22 23:38</p>",
        "<a href=a.pdf>Download PDF</a>",
        "<table><tr><td>水深</td><td>8.5</td></tr></table>",
    ],
)
def test_boilerplate_before_the_first_sentence_is_passed_over(boilerplate: str) -> None:
    assert summary(f"<div>{boilerplate}<p>{FIRST}</p>{boilerplate}</div>") == FIRST


def test_an_introduction_in_the_first_quote_is_ready_made() -> None:
    intro = "新码头即将开放。本刊记者走访了它的建设者，听他们讲三年里的潮起潮落。"
    html = f"<p>文/张三</p><blockquote><p>{intro}</p></blockquote><p>{FIRST}</p>"
    assert summary(html) == intro


def test_a_short_first_quote_is_followed_by_the_text() -> None:
    assert summary(f"<blockquote>潮起潮落。</blockquote><p>{FIRST}</p>") == FIRST


def test_a_later_quote_is_not_the_articles_own_voice() -> None:
    assert summary(f"<p>{FIRST}</p><blockquote>有人说不会开放。</blockquote><p>{SECOND}</p>") == FIRST + SECOND


def test_a_labelled_introduction_is_ready_made() -> None:
    intro = "新码头即将开放，本刊记者走访了它的建设者，听他们讲三年里的潮起潮落。"
    assert summary(f"<p>摘要：{intro}</p><p>{FIRST}</p>") == intro


def test_a_body_of_one_quote_is_told() -> None:
    assert summary(f"<blockquote>{FIRST}</blockquote>") == FIRST


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>第一艘船靠岸。</li><li>第二艘船离港。</li></ul>", "第一艘船靠岸。第二艘船离港。"),
        ("<p>今日动态：</p><ul><li>第一艘船靠岸。</li></ul>", "今日动态：第一艘船靠岸。"),
        ("<figcaption>图为建设中的新码头。</figcaption>", "图为建设中的新码头。"),
        ("<h2>背景</h2><h2>现状</h2>", "背景 现状"),
        ("<p><a href=x>港口公告全文</a></p>", "港口公告全文"),
        (f"<div class='has-sidebar'><p>{FIRST}</p></div>", FIRST),
    ],
)
def test_without_own_sentences_the_next_best_is_told(html: str, expected: str) -> None:
    assert summary(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<img src=a.jpg>",
        f"<p>{TITLE}</p>",
        f"<h1>{TITLE}</h1><p>{TITLE}！</p>",
        "<p>责任编辑：张三</p><p>未经许可，禁止转载</p>",
        "<!--more-->",
    ],
)
def test_without_text_of_its_own_an_article_has_no_summary(html: str) -> None:
    assert summary(html) == ""


def test_of_a_one_line_item_the_rest_is_told() -> None:
    title = "港口管理局周五宣布新码头将于明年春天开放"
    assert summary(f"<div>{title}。{SECOND}</div>", title=title) == SECOND


def test_a_title_cut_from_the_text_gives_way_to_the_text() -> None:
    assert summary(f"<div>{FIRST}</div>", title=FIRST[:18] + "…") == FIRST


def test_paragraphs_parted_by_breaks_are_told_in_order() -> None:
    assert summary(f"<div>本报讯（记者 张三）{FIRST}<br><br>　　{SECOND}<br>责任编辑：李四</div>") == FIRST + SECOND


@given(st.text(max_size=80), st.none() | st.text(max_size=80), st.text(max_size=300), st.integers(0, 120))
def test_any_article_has_a_summary_within_its_width(title: str, description: str | None, text: str, width: int) -> None:
    told = summary(text, title=title, description=description, width=width)
    assert count_columns(told) <= width
    assert told == " ".join(told.split())
