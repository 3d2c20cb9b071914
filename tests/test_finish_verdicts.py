"""What tells the article's own text from what stands around it, where no pattern does: place, words, repetition."""

from __future__ import annotations

import pytest

from feeds.finish.blocks import read_body
from feeds.finish.frames import frames_of
from feeds.finish.verdicts import Judge, Verdict
from feeds.model import Profile
from tests.articles import judge_blocks

TITLE = "新码头明年春天开放"
STORY = (
    "<p>港口管理局周五宣布，新码头将于明年春天开放，届时可以停靠十二艘货轮。</p>"
    "<p>新码头的工程历时三年，港口管理局说，货轮的等待时间会缩短一半。</p>"
    "<p>渔民担心，货轮多了，渔船进出港口要绕更远的路。</p>"
    "<p>管理局答应为渔船留一条航道，码头开放前划好。</p>"
)


def verdict_of(html: str, *, title: str = TITLE, profile: Profile | None = None) -> Verdict:
    """Judge the first block of a body."""
    return judge_blocks(title, read_body("a.md", html, is_markdown=False), profile or Profile())[0]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p class=motto>潮水退了才看得清。</p>", "beside the text"),
        ("<div class=top><p>读者来信请寄三号信箱。</p></div>", "beside the text"),
        ("<p>本地新闻</p>", "label"),
        ("<p>一纸电讯，写给赶路的人。</p>", "apart"),
        ("<p class=tip>▲ 新码头的吊车在夜里作业。</p>", "caption"),
        ("<div hidden>港口管理局说，新码头会停靠货轮。</div>", "hidden"),
        ("<ul class=related><li>旧码头今天关闭，渔船改道。</li></ul>", "hint"),
        ("<h2>新码头</h2>", "heading"),
    ],
)
def test_what_stands_around_a_text_is_known_without_a_pattern(html: str, reason: str) -> None:
    verdict = verdict_of(html + STORY)
    assert (verdict.reason, verdict.is_own) == (reason, False)


@pytest.mark.parametrize(
    "html",
    [
        "<p class=lead>新码头要开放了，货轮和渔船怎么分航道？</p>",
        "<h2 class=standfirst>新码头要开放了，货轮和渔船怎么分航道？</h2>",
        "<blockquote>新码头要开放了，货轮和渔船怎么分航道？</blockquote>",
        f"<p class=first>{'港口管理局周五说，新码头明年春天会开放给货轮和渔船。' * 3}</p>",
        "<p>天还没亮，港口管理局门口已经站了二十个渔民。</p>",
        "<p>天亮了。</p>",
    ],
)
def test_an_introduction_and_an_odd_beginning_stay(html: str) -> None:
    assert verdict_of(html + STORY).is_own


def test_a_short_beginning_stays_where_little_stands_behind_it() -> None:
    assert verdict_of("<p>一纸电讯，写给赶路的人。</p><p>船来了。</p>").is_own


def test_a_body_that_is_hidden_as_a_whole_is_read() -> None:
    verdict = verdict_of(f"<div style='visibility: hidden'>{STORY}</div>")
    assert verdict.is_own


@pytest.mark.parametrize(
    "text",
    [
        "“未经许可，禁止转载”，这八个字在码头的墙上挂了九年。",
        "“感谢您的投递！”——上周五夜里，港口管理局的邮箱收到了四千封信。",
        "「無断転載を禁じます」と書いてあるかどうかは、だれも読まない。",
    ],
)
def test_a_habit_that_is_quoted_is_told_of(text: str) -> None:
    assert verdict_of(f"<p>{text}</p>{STORY}").is_own


def test_a_habit_that_the_article_is_about_is_no_habit() -> None:
    about = "<p>版权所有这四个字，印在每本书的背后。</p><p>版权所有四个字最早印在一本算学书的背后。</p>"
    assert verdict_of(f"<p>版权所有，这四个字印在书的背后已经一百年了。</p>{about}", title="版权所有是谁写的").is_own


def test_a_learned_text_recurs_and_so_does_a_block_of_learned_sentences() -> None:
    profile = Profile(repeated_texts=frozenset(frames_of("读者来信请寄三号信箱。")))
    assert verdict_of(f"<p>读者来信请寄三号信箱。</p>{STORY}", profile=profile).reason == "recurs"
    assert verdict_of(f"<p>读者来信请寄三号信箱。谢谢。</p>{STORY}", profile=profile).reason == "recurs"
    part = verdict_of(f"<p>读者来信请寄三号信箱。港口管理局收到了两千封，都问新码头。</p>{STORY}", profile=profile)
    assert part.is_own
    assert part.text == "港口管理局收到了两千封，都问新码头。"


def test_two_frames_before_a_sentence_both_go() -> None:
    verdict = verdict_of("<p>(해원=한빛뉴스) 윤서진 기자 = 해원시가 새 부두를 연다고 밝혔다.</p>", title="부두")
    assert verdict.text == "해원시가 새 부두를 연다고 밝혔다."


def test_a_block_is_judged_once_and_no_further_than_asked() -> None:
    body = read_body("a.md", STORY, is_markdown=False)
    judge = Judge(TITLE, body)
    first = next(judge.verdicts(body.blocks))
    assert next(judge.verdicts(body.blocks)) is first
