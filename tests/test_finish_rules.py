from __future__ import annotations

import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.finish.rules import (
    RULES,
    Rule,
    chinese,
    end_of_dateline,
    english,
    european,
    find_rule,
    japanese,
    korean,
    lower,
    simplified,
)
from feeds.model import Block, BlockKind, Body
from tests.articles import judge_blocks


def paragraph(text: str, *, hints: str = "", linked: float = 0.0, kind: BlockKind = BlockKind.PARAGRAPH) -> Body:
    block = Block(kind=kind, text=text, linked=linked, hints=hints)
    return Body(path="港口/潮.md", blocks=(block,), pictures=(), html="")


def reason(body: Body, title: str = "港口重开") -> str:
    (verdict,) = judge_blocks(title, body)
    return verdict.reason


def told(body: Body, title: str = "港口重开") -> str:
    (verdict,) = judge_blocks(title, body)
    return verdict.text


HABITS = [
    ("by-line", "◎记者 陈某某 李某某"),
    ("by-line", "本报记者 张三"),
    ("by-line", "某某社记者 李四 王五"),
    ("by-line", "作者：张三"),
    ("by-line", "文/张三"),
    ("by-line", "张三/文"),
    ("by-line", "文｜张三 编辑｜李四"),
    ("by-line", "By Jane Doe"),
    ("by-line", "By JANE DOE and John Roe, Associated Example"),
    ("by-line", "Written by Jane Doe"),
    ("by-line", "Photo by Jane Doe"),
    ("editor", "责任编辑：李某某"),
    ("editor", "（责任编辑：李某某 ）"),
    ("editor", "责编：王某"),
    ("editor", "编辑 张某"),
    ("editor", "Editing by Jane Doe; Reporting by John Roe"),
    ("rights", "未经许可，禁止转载"),
    ("rights", "未经授权，不得转载或使用。"),
    ("rights", "本文为某某网原创稿件，未经授权不得转载。"),
    ("rights", "转载请注明出处。"),
    ("rights", "版权归作者所有，侵权请联系删除。"),
    ("rights", "免责声明：本文不构成投资建议。"),
    ("rights", "本文仅代表作者个人观点，不代表本站立场。"),
    ("rights", "以上内容不构成任何投资建议，据此操作，风险自担。"),
    ("rights", "© 2022 Example Media. All rights reserved."),
    ("rights", "Copyright 2022 Example"),
    ("rights", "All rights reserved."),
    ("rights", "This article may not be reproduced without permission."),
    ("rights", "This work is licensed under a Creative Commons licence."),
    ("thanks", "感谢某某网友的线索投递！"),
    ("thanks", "感谢网友小明的投递"),
    ("thanks", "Thanks to Jane for the tip!"),
    ("thanks", "Via: Example"),
    ("provenance", "ID: example"),
    ("provenance", "编者按：本文来自微信公众号“某某观察”（ID：example），作者：张三，某某经授权发布。"),
    ("provenance", "本文来自微信公众号“某某观察”，作者：张三，题图来自：某某图库"),
    ("provenance", "本文首发于某某公众号"),
    ("provenance", "本文转载自某某网"),
    ("provenance", "文章来源：某某日报"),
    ("provenance", "来源：某某网"),
    ("provenance", "原文链接：https://example.com/a"),
    ("provenance", "原文链接：Example（翻译：小明）"),
    ("provenance", "原标题：某某公司发布新品"),
    ("provenance", "题图来自某某图库，基于某协议"),
    ("provenance", "题图来源：视觉某某"),
    ("provenance", "图源：网络"),
    ("provenance", "Originally published at example.com."),
    ("provenance", "This article was originally published in Example Weekly."),
    ("provenance", "This post first appeared on Example."),
    ("provenance", "Image credit: Jane Doe"),
    ("provenance", "Source: Example"),
    ("appeal", "请订阅或登录，以继续阅读全文"),
    ("appeal", "请登录后查看全文"),
    ("appeal", "海量资讯、精准解读，尽在某某APP"),
    ("appeal", "更多精彩内容，请关注微信公众号"),
    ("appeal", "扫码下载某某客户端"),
    ("appeal", "长按识别二维码关注我们"),
    ("appeal", "点击阅读原文"),
    ("appeal", "打开某某APP，查看更多"),
    ("appeal", "给作者打赏"),
    ("appeal", "阅读全文"),
    ("appeal", "展开全文"),
    ("appeal", "Subscribe to continue reading."),
    ("appeal", "Sign in to read the full story"),
    ("appeal", "Already a subscriber? Log in"),
    ("appeal", "Read more"),
    ("appeal", "Continue reading…"),
    ("appeal", "Follow us on Example"),
    ("furniture", "复制代码"),
    ("furniture", "目录"),
    ("furniture", "相关阅读"),
    ("furniture", "Download PDF"),
    ("furniture", "Table of contents"),
    ("furniture", "Advertisement"),
    ("furniture", "Related articles"),
    ("furniture", "Share"),
    ("furniture", "上一篇：某某"),
    ("furniture", "标签：科技 手机"),
    ("furniture", "Tags: a, b"),
    ("furniture", "Posted in News"),
    ("furniture", "12 comments"),
    ("furniture", "1.2万 阅读"),
    ("furniture", "5 min read"),
    ("furniture", "发布时间：2022-07-22"),
    ("furniture", "（完）"),
    ("date", "2022-07-22 23:38"),
    ("date", "2022年7月22日 10:00"),
    ("date", "* * *"),
    ("date", "July 22, 2022"),
    ("date", "Friday, 22 July 2022"),
]


@pytest.mark.parametrize(("name", "text"), HABITS, ids=lambda value: value[:24])
def test_a_habit_of_publishers_is_known_by_its_name(name: str, text: str) -> None:
    assert reason(paragraph(text)) == name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.habit[:24])
def test_every_rule_answers_its_own_example(rule: object) -> None:
    ((found, habit),) = [(row.name, row.habit) for row in RULES if row is rule]
    assert reason(paragraph(habit)) == found


@pytest.mark.parametrize(
    "text",
    [
        "某公司未经用户许可收集数据，被罚款五百万元。",
        "记者从某局获悉，今年以来该市新增就业三十万人。",
        "某平台将免费开放下载，用户可以自行选择。",
        "该报告由某某大学发布，指出气候变暖正在加速。",
        "文章开头提到的问题，至今没有答案。",
        "作者认为，这一变化将持续多年。",
        "编辑器的新版本改进了性能。",
        "本文介绍如何安装这个工具。",
        "来源不明的资金流入市场。",
        "可以说，这是今年最值得关注的发布会。",
        "请不要忘记，这一切只发生在三个月之内。",
        "欢迎仪式在广场举行，两国领导人出席。",
        "点击率下降了百分之三。",
        "关注度最高的是新能源汽车的下载速度问题，业内人士表示仍需观察。",
        "下载速度提升了两倍，体验更好。",
        "打开车门时，系统会自动唤醒。",
        "转载货物的船只昨日抵达。",
        "版权局公布了新的管理办法。",
        "By design, the system keeps two copies of every file.",
        "By Tuesday, the river had risen two metres.",
        "Police entered without permission on Monday, the court heard.",
        "The library is licensed under the MIT licence and free to use.",
        "Register allocation is the topic of this chapter.",
        "Users must register to vote before October.",
        "Sign in the window said closed.",
        "Reporting by the agency showed that prices rose.",
        "Photos show the bridge before its collapse.",
        "Sources say the deal is close.",
        "Read on Monday's agenda: nothing.",
        "This story begins in 1987, in a small town.",
        "Sharing is hard.",
        "Tags help readers to find articles.",
        "Contents of the box were never revealed.",
        "图片显示，大桥已经部分坍塌。",
        "感谢信寄到了学校，校长在会上宣读。",
        "数据来源广泛，包括问卷和访谈。",
        "打印机市场今年萎缩。",
        "完成这项工作需要三年。",
        "2022年7月22日，某公司发布了新手机。",
        "相关部门表示，将继续加强监管。",
        "评论员认为，这是一个信号。",
        "分享会上，他谈到了创业经历。",
        "更多企业开始关注数据安全。",
        "Subscribe buttons are everywhere now, but few people use them.",
        "Thanks to the support of 300 volunteers, the tower reopened on Sunday.",
        "The baker on Harbour Street will need cookies for the fair on Sunday.",
        "Register for the marathon by Friday, the city told runners on Monday.",
        "Subscribe to a newspaper and the state pays half: that is the plan.",
        "Copyright 1998 law is to be replaced, the minister said.",
        "This story was updated in the telling by four generations of keepers.",
        "Read more books, said the keeper, and look out of the window less.",
        "感谢三百名志愿者的支持，灯塔在周日重新开放。",
        "关注灯塔的人越来越多，岛上的客户端也上线了。",
        "请登岛的游客关注天气。",
    ],
)
def test_a_sentence_that_only_sounds_like_a_habit_is_the_articles_own(text: str) -> None:
    assert reason(paragraph(text)) == ""
    assert told(paragraph(text)) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("某某网 3 月 15 日消息，某公司今天发布了新船。", "某公司今天发布了新船。"),
        ("某某社北京7月22日电（记者 张三）新码头今天开放。", "新码头今天开放。"),
        ("（某某社北京7月22日电）新码头今天开放。", "新码头今天开放。"),
        ("本报讯（记者 李四）新码头今天开放。", "新码头今天开放。"),
        ("某某网讯 新码头今天开放。", "新码头今天开放。"),
        ("据某某报3月15日报道，新码头今天开放。", "新码头今天开放。"),
        ("【某某快讯】新码头今天开放。", "新码头今天开放。"),
        ("LONDON, March 3 (Agency) - The quay opened on Thursday.", "The quay opened on Thursday."),
        ("NEW YORK (Agency) — The quay opened on Thursday.", "The quay opened on Thursday."),
        ("PORT TOWN, Ex., Jan. 5, 2022 /Agency/ -- The quay opened.", "The quay opened."),
        ("HARBOUR — The quay opened on Thursday.", "The quay opened on Thursday."),
        ("某某社贝罗港7月18日电 综合驻外记者报道：新码头今天开放。", "新码头今天开放。"),
        ("某某在线综合消息 新码头今天开放。", "新码头今天开放。"),
        ("【潮見＝佐伯涼】新しい埠頭が開いた。", "新しい埠頭が開いた。"),
        ("【潮見共同】新しい埠頭が開いた。", "新しい埠頭が開いた。"),
        ("[서울=한빛뉴스] 홍길동 기자 = 새 부두가 열렸다.", "새 부두가 열렸다."),
        ("[한빛뉴스 홍길동 기자] 새 부두가 열렸다.", "새 부두가 열렸다."),
        ("Weilingen (ndk) - Der Kai ist offen.", "Der Kai ist offen."),
        ("PUERTO ALBOR, 6 Mar. (DDE) - El muelle está abierto.", "El muelle está abierto."),
        ("МОСКВА, 3 мая — Новый причал открыт.", "Новый причал открыт."),
    ],
)
def test_a_dateline_goes_and_its_sentence_stays(text: str, sentence: str) -> None:
    assert told(paragraph(text)) == sentence
    assert reason(paragraph(text)) == "dateline"


@pytest.mark.parametrize(
    "text",
    [
        "公司表示将于 3 月 15 日召开电视发布会。",
        "7月22日，多部门消息称，码头将开放。",
        "财报显示腾某讯，同比增长。",
        "HTML – a language for pages.",
        "PORT (the old one) was closed.",
        "QUAY - a short word.",
    ],
)
def test_what_looks_like_a_dateline_from_afar_is_none(text: str) -> None:
    assert end_of_dateline(text) == 0


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("感谢某网友的线索投递！新码头今天开放。", "新码头今天开放。"),
        ("新码头今天开放。责任编辑：张三", "新码头今天开放。"),
        ("新码头今天开放。（记者 张三）船来了。", "新码头今天开放。船来了。"),
        ("新码头今天开放（图/某某社），船来了。", "新码头今天开放，船来了。"),
        ("本文来自微信公众号“某某观察”（ID：example），作者：张三。新码头今天开放。", "新码头今天开放。"),
        ("【港口重开】新码头今天开放。", "新码头今天开放。"),
        ("港口重开！新码头今天开放。", "新码头今天开放。"),
        ("摘要：新码头今天开放。", "新码头今天开放。"),
        ("【导读】新码头今天开放。", "新码头今天开放。"),
        ("TL;DR: The quay opened.", "The quay opened."),
        ("The quay opened.[^1]", "The quay opened."),
    ],
)
def test_of_a_mixed_block_the_articles_own_sentences_stay(text: str, rest: str) -> None:
    assert told(paragraph(text)) == rest


def test_brackets_that_are_no_credit_stay() -> None:
    text = "新系统（编程语言部分）与旧系统（图形界面）并用，数组写作 a[0]。"
    assert told(paragraph(text)) == text


@pytest.mark.parametrize("text", ["港口重开", "「港口 重开」。", "港口重开！"])
def test_a_block_that_equals_the_title_says_nothing(text: str) -> None:
    assert (reason(paragraph(text)), told(paragraph(text))) == ("title", "")


def test_a_block_that_is_the_beginning_of_the_title_says_nothing() -> None:
    assert reason(paragraph("新码头今天上午开放"), "新码头今天上午开放，首批三艘船靠岸") == "title"


def test_a_block_that_goes_on_where_the_title_was_cut_says_something() -> None:
    assert told(paragraph("新码头今天上午开放，首批三艘船靠岸"), "新码头今天上午开放…") != ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (BlockKind.HEADING, "heading"),
        (BlockKind.CAPTION, "caption"),
        (BlockKind.LIST_ITEM, "list item"),
        (BlockKind.CODE, "code"),
        (BlockKind.TABLE_CELL, "table cell"),
        (BlockKind.MORE, "more marker"),
    ],
)
def test_only_paragraphs_and_quotes_speak_for_an_article(kind: BlockKind, name: str) -> None:
    text = "" if kind is BlockKind.MORE else "新码头今天开放。"
    (verdict,) = judge_blocks("港口", paragraph(text, kind=kind))
    assert (verdict.reason, verdict.is_own) == (name, False)


@pytest.mark.parametrize(
    "hints",
    ["article-relation", "related", "author-card", "toc", "article-editor", "append-qr-normal", "post-copyright"],
)
def test_names_of_furniture_keep_a_block_out(hints: str) -> None:
    assert reason(paragraph("新码头今天开放。", hints=hints)) == "hint"


@pytest.mark.parametrize("hints", ["correlated", "biology", "aqrst", "stock", "qrs", "shareholder"])
def test_names_are_read_word_by_word(hints: str) -> None:
    assert reason(paragraph("新码头今天开放。", hints=hints)) == ""


def test_a_short_block_of_links_is_no_text() -> None:
    assert reason(paragraph("新码头明年开放 旧码头今天关闭", linked=0.9)) == "links"
    assert reason(paragraph("新码头明年开放，详见公告", linked=0.3)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "一、背景二、现状三、对策四、展望",
        "1 Introduction 2 Methods 3 Results 4 Discussion",
        "1. 简介 1.1 安装 1.2 使用 2. 进阶 2.1 配置",
        "第一章 港口 第二章 潮水 第三章 船只 第四章 归途",
    ],
)
def test_a_table_of_contents_run_together_is_no_text(text: str) -> None:
    assert reason(paragraph(text)) == "contents"


def test_a_sentence_with_numbers_is_no_table_of_contents() -> None:
    assert reason(paragraph("3 月 5 日，12 艘船载着 300 名乘客和 20 吨货物驶入港口，停留 4 天。")) == ""


def test_a_labelled_introduction_is_known() -> None:
    (verdict,) = judge_blocks("港口", paragraph("编者按：新码头今天开放，本报记者走访了它的建设者。"))
    assert verdict.is_introduction
    assert verdict.text == "新码头今天开放，本报记者走访了它的建设者。"


def test_a_block_without_end_is_judged_by_its_beginning() -> None:
    assert len(told(paragraph("新码头今天开放。" * 100_000))) <= 4000


@pytest.mark.long
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.habit[:24])
@settings(max_examples=20)
@given(data=st.data())
def test_a_text_is_the_first_habit_that_matches_it(rule: Rule, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rule.pattern).map(lambda text: text[: rule.longest]))
    if not any(mark in text for mark in "”」』»—"):
        names = (row.name for row in RULES if len(text) <= row.longest and row.pattern.match(text))
        assert find_rule(text) == next(names, None) or simplified(text) != text


def needs_a_word(items: Any, words: re.Pattern[str]) -> bool:
    """Tell of a parsed pattern whether a word is in all that it matches."""
    run = ""
    for code, value in items:
        run = run + lower(chr(value)) if code is codes.LITERAL else ""
        if (
            (run and words.search(run))
            or (code is codes.SUBPATTERN and needs_a_word(value[-1], words))
            or (code is codes.BRANCH and all(needs_a_word(branch, words) for branch in value[1]))
            or (code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] and needs_a_word(value[2], words))
            or (code is codes.IN and all(one is codes.LITERAL and words.search(lower(chr(c))) for one, c in value))
        ):
            return True
    return False


@pytest.mark.parametrize("language", [chinese, english, japanese, korean, european])
def test_a_language_knows_the_words_without_which_none_of_its_rules_holds(language: Any) -> None:
    words = re.compile(language.WORDS)
    assert [rule.habit for rule in language.RULES if not needs_a_word(parser.parse(rule.source), words)] == []


@given(st.characters(exclude_categories=["Cs"]), st.sampled_from("aiskzвдостъ"))
def test_lower_case_is_equal_where_case_is_ignored(letter: str, other: str) -> None:
    assert (re.fullmatch(other, letter, re.IGNORECASE) is not None) is (lower(letter) == other)
