from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.cut import split_sentences
from feeds.finish.frames import (
    frames_of,
    is_loose,
    is_repeated_sentence,
    is_repeated_text,
    repeated_length,
    sentence_frames,
)
from feeds.finish.prose import match_key, match_keys

WRITING = st.lists(
    st.sampled_from(
        [*"港口周星第期三九编辑本文Aa1３ѐé ：:。！（《“'\"·", "星期三", "周一", "第三期",
         "Mar", "may ", "\u0301", "\u3099", "か",
         "㍻", "ﬁ", "가", "\u11a8", "编辑：", "责任"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def share(one: str, other: str) -> bool:
    return not set(frames_of(one)).isdisjoint(frames_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("责任编辑：李墨轩", "责任编辑：刘玄逸 "),
        ("◎记者 陈芳 李雁争", "◎记者 王五"),
        ("文｜张三", "文｜李四"),
        ("张三 摄", "李四 摄"),
        ("By Jane Doe, Staff Writer", "By John Roe, Staff Writer"),
        ("第 231 期", "第 9 期"),
        ("第二十一期", "第三期"),
        ("March 3, 2021 | Ports", "July 14, 2022 | Ports"),
        ("星期一 晚报", "星期六 晚报"),
        ("晚报第星期一刊", "晚报第星期六刊"),
        ("编译台第 231 锅。", "编译台第 14 锅。"),
        ("感谢屿民螺丝刀与海扔来的漂流瓶！", "感谢屿民懒人包扔来的漂流瓶！"),
        ("海量资讯、精准解读，尽在某某APP", "海量资讯，精准解读，尽在某某APP！"),
        ("本条由小岸为您朗读，时长 0 分 39 秒，请戴好耳机。", "本条由小岸为您朗读，时长 12 分 4 秒，请戴好耳机。"),
    ],
)
def test_texts_that_differ_in_names_numbers_and_dates_share_a_frame(one: str, other: str) -> None:
    assert share(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沪指跌0.06%，报3269.97点，创业板指涨0.2%。", "沪指跌1.06%，报3169.97点，创业板指涨1.2%。"),
        (
            "霁城市气象台3月16日08时05分发布大风蓝色预警信号。",
            "澜州市气象台3月15日16时20分发布大风蓝色预警信号。",
        ),
        ("船来了。", "船走了。"),
        ("The quay opens next spring.", "The quay opened last spring."),
        ("2021", "2022"),
        ("港口的早晨", "港口的夜晚"),
        ("", ""),
    ],
)
def test_texts_that_say_something_else_do_not(one: str, other: str) -> None:
    assert not share(one, other)


def test_what_is_equal_is_strict_and_what_is_alike_is_loose() -> None:
    assert [is_loose(key) for key in frames_of("尽在某某客户端")] == [False]
    assert all(is_loose(key) for key in list(frames_of("责任编辑：李墨轩"))[1:])


def test_sentences_count_only_where_there_are_several() -> None:
    assert list(sentence_frames("潮水退了又来。")) == []
    assert len(list(sentence_frames("潮水退了又来。船都靠了岸。"))) == 2


def test_a_repeated_sentence_is_known_whatever_its_punctuation() -> None:
    repeated = frozenset(sentence_frames("欢迎关注我们的号。船都靠了岸。"))
    assert is_repeated_sentence("欢迎关注，我们的号！", repeated)
    assert not is_repeated_sentence("欢迎关注他们的号。", repeated)
    assert not is_repeated_sentence("欢迎关注我们的号。", frozenset())


@given(st.text(max_size=2000))
def test_any_text_has_frames_and_a_bounded_number_of_them(text: str) -> None:
    keys = list(frames_of(text))
    assert len(keys) <= 5
    assert all(len(key) > 1 for key in keys)
    assert keys == list(frames_of(text))


@given(WRITING, st.lists(WRITING, max_size=4))
def test_what_recurs_is_what_has_a_key_that_does(text: str, others: list[str]) -> None:
    repeated = frozenset(key for other in others for key in (*frames_of(other), *sentence_frames(other)))
    assert is_repeated_text(text, repeated) == (not repeated.isdisjoint(frames_of(text)))
    sentences = split_sentences(text)
    if len(sentences) > 1:
        recurs = any(is_repeated_sentence(sentence, repeated) for sentence in sentences)
        assert recurs == (not repeated.isdisjoint(sentence_frames(text)))
        assert repeated_length(sentences, repeated) == sum(
            len(sentence) for sentence in sentences if is_repeated_sentence(sentence, repeated)
        )


@given(WRITING)
def test_a_text_with_one_key_in_common_recurs(text: str) -> None:
    assert all(is_repeated_text(text, frozenset({key})) for key in frames_of(text))


@given(st.lists(WRITING | st.text(), max_size=5))
def test_many_texts_have_the_keys_that_each_has(texts: list[str]) -> None:
    assert match_keys(texts) == [match_key(text) for text in texts]
    assert sorted(frames_of(*texts)) == sorted(key for text in texts for key in frames_of(text))
    assert sorted(sentence_frames(*texts)) == sorted(key for text in texts for key in sentence_frames(text))
