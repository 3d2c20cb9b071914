from __future__ import annotations

from pathlib import Path

import pytest

from feeds.config import Config, load_config
from feeds.errors import ConfigError
from feeds.model import FeedRule, FeedTable


def load(folder: Path, text: str) -> Config:
    (folder / "feeds.toml").write_text(text, "utf-8")
    return load_config(folder / "feeds.toml", {})


def test_kinds_of_feeds_are_a_list_of_words(tmp_path: Path) -> None:
    assert load(tmp_path, "").feeds == ("category",)
    assert load(tmp_path, 'feeds = ["tag", "author", "tag"]').feeds == ("tag", "author")
    assert load(tmp_path, "feeds = []").feeds == ()
    with pytest.raises(
        ConfigError, match='feeds cannot be used: "tags" is none of category, tag, author, language; did you mean "tag"'
    ):
        load(tmp_path, 'feeds = ["tags"]')


def test_languages_are_tags_in_their_usual_case(tmp_path: Path) -> None:
    assert load(tmp_path, 'languages = ["EN", "zh-cn", "zh-hans-cn"]').languages == ("en", "zh-CN", "zh-Hans-CN")
    with pytest.raises(ConfigError, match="a language tag is needed"):
        load(tmp_path, 'languages = ["english"]')


def test_every_key_of_a_feed_is_read(tmp_path: Path) -> None:
    text = """
[[feed]]
category = "金融/国内"
title = "Markets at home"
limit = 50
content = "full"
membership = "own"

[[feed]]
category = ""
limit = 100

[[feed]]
category = ["TCP/IP", "News"]
limit = 5

[[feed]]
tag = "TCP/IP"
limit = 5

[[feed]]
language = "zh-cn"
title = "中文"

[[feed]]
name = "markets"
title = "Markets"
all_of = ["category:金融", "Language: zh_CN"]
any_of = ["tag:stocks", "word:a: b", "path:posts/**/*.md"]
none_of = "author:robot"
"""
    assert load(tmp_path, text).feed == (
        FeedTable(key=("金融", "国内"), title="Markets at home", limit=50, content="full", membership="own"),
        FeedTable(key=(), limit=100),
        FeedTable(key=("TCP/IP", "News"), limit=5),
        FeedTable(key=("", "tag", "TCP/IP"), limit=5),
        FeedTable(key=("", "language", "zh-CN"), title="中文"),
        FeedTable(
            key=("", "feed", "markets"),
            title="Markets",
            rule=FeedRule(
                all_of=(("category", "金融"), ("language", "zh-CN")),
                any_of=(("tag", "stocks"), ("word", "a: b"), ("path", "posts/**/*.md")),
                none_of=(("author", "robot"),),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ("limit = 5", "it names no feed; exactly one of category, tag, author, language, name is needed"),
        ("tag = 'x'\nauthor = 'y'\nlimit = 5", "it names tag and author; exactly one of"),
        ("tag = 'x'", "it says nothing of the feed; one of title, description, limit, keep_hours, limit_max,"),
        ("tag = 'x'\nlimits = 5", 'no such key: "limits"; did you mean "limit"?'),
        ("name = 'x'\nall = ['tag:a']", 'no such key: "all"; did you mean "all_of"?'),
        ("name = 'x'", "a feed with a name needs a rule: all_of, any_of, none_of"),
        ("name = 'x'\nany_of = []", "a feed with a name needs a rule: all_of, any_of, none_of"),
        ("tag = 'x'\nany_of = ['tag:a']", "a rule makes a feed of its own, which needs a name, not a tag"),
        ("name = 'a/b'\nany_of = ['tag:a']", "name: a name that can be a folder is needed, such as markets"),
        ("name = '..'\nany_of = ['tag:a']", "name: a name that can be a folder is needed, such as markets"),
        ("name = 'x'\nany_of = ['stocks']", 'any_of: "stocks" is no condition; one looks like this: tag:stocks'),
        ("name = 'x'\nany_of = ['tags:a']", 'any_of: "tags:a" asks for no "tags"; did you mean "tag"?'),
        ("name = 'x'\nany_of = ['zzz:a']", 'any_of: "zzz:a" asks for no "zzz"; what there is: category, tag,'),
        ("name = 'x'\nany_of = ['language:english']", "any_of: a language tag is needed"),
        ("name = 'x'\nany_of = ['path:!']", "any_of: '!' is no pattern of .gitignore"),
        ("name = 'x'\nany_of = 7", "any_of: a list of conditions is needed"),
        ("category = 'News'\nlimit = 0", "limit: a whole number from 1 to 10000 is needed"),
        ("category = 'News'\ncontent = 'all'", "content: one of summary, full is needed"),
        ("category = 'a/b'\nlimit = 5", "it is about the same feed as number 1; write them as one"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, table: str, cause: str) -> None:
    good = "feeds = ['tag']\n[[feed]]\ncategory = ['a', 'b']\nlimit = 5\n\n"
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"{good}[[feed]]\n{table}\n")
    error = caught.value
    assert error.line == 6
    assert f"[[feed]] number 2: {cause}" in str(error)
    assert str(error).endswith("Correct the table, or take it out.")


@pytest.mark.parametrize("text", ["feed = 1", "[feed]\ntag = 'x'\nlimit = 5", "feed = ['x']"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"\[\[feed\]\] number 1: (write it|a table)"):
        load(tmp_path, text)
