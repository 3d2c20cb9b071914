"""Names and values that make addresses differ from what one expects."""

from __future__ import annotations

import json

NAMES = (
    "hello", "Hello World", "低潮 観測", "Ünïcödé Straße", "C++ 入门", "Intro to .NET", "a#b", "version 1.10.2",
    "【重要】通知（二）", "emoji 🌊 wave", "it's a test", 'the "quoted" one', "snake_case_name", "UPPER-lower",
    "a+b=c & d", "100% sure", "really？", "tilde~and,comma;semi", "double--dash -- space", "trailing dot.", "a.b.c",
    "ångström", "naïve café", "привет мир", "한국어 글", "name@at!bang$", "(parens) [brackets] {braces}",
    "back`tick^caret", "a|b", "a:b", "ﬁ ligature", "long—dash “quotes”", "ＦＵＬＬ　ＷＩＤＴＨ", "e\u0301 decomposed",
    "日本語・タイトル、です。", "Ελληνικά", "2 + 2", "x" * 40, "-leading dash", "ǅ ŉ ǰ", "Œuvre Æon Øl Łódź Đ ð þ",
)  # fmt: skip
"""Of files, without what follows the last dot."""
QUESTION = "what?"
"""A name that some systems of files, and Hexo's and Astro's servers, do not like; generators differ most here."""
CATEGORIES = (
    "categories: [Tech]", "categories: [Tech, C++ 入门]", "categories: Tech News", "category: One/Two",
    "categories: [Ünïcödé, .NET]", "categories: [a#b, 'x, y']", "categories: [【重要】]",
)  # fmt: skip
"""Lines of front matter."""


def article(title: str, date: str | None = "2024-03-09 08:05:07", *lines: str) -> str:
    """Write an article with YAML."""
    stated = [f"title: {json.dumps(title, ensure_ascii=False)}"]
    stated += [f"date: {date}"] if date else []
    return "\n".join(("---", *stated, *lines, "---", "", "Text.", ""))
