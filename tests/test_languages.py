from __future__ import annotations

import pytest

from feeds.normalise.languages import language_of_path


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("note.zh.md", "zh", "note.md"),
        ("a/note.zh-cn.md", "zh-CN", "a/note.md"),
        ("a/note.pt_BR.markdown", "pt-BR", "a/note.markdown"),
        ("index.zh-Hant.md", "zh-Hant", "index.md"),
        ("2022-07-31.en.md", "en", "2022-07-31.md"),
        ("note.md", None, "note.md"),
        ("note.min.md", None, "note.min.md"),
        ("socket.io.md", None, "socket.io.md"),
        ("note.xx.md", None, "note.xx.md"),
        ("note.en-nonsense.md", None, "note.en-nonsense.md"),
        ("v1.no.md", None, "v1.no.md"),
        ("1.2.is.md", None, "1.2.is.md"),
        (".zh.md", None, ".zh.md"),
        ("zh.md", None, "zh.md"),
        ("a.zh/note.md", None, "a.zh/note.md"),
        ("en/note.md", None, "en/note.md"),
        ("note.en", None, "note.en"),
    ],
)
def test_a_name_tells_a_known_language_where_none_are_given(path: str, language: str | None, rest: str) -> None:
    assert language_of_path(path, ()) == (language, rest)


@pytest.mark.parametrize(
    ("path", "language", "rest"),
    [
        ("en/note.md", "en", "note.md"),
        ("posts/zh_cn/a/note.md", "zh-CN", "posts/a/note.md"),
        ("en/zh-CN/note.md", "en", "zh-CN/note.md"),
        ("note.ZH-cn.md", "zh-CN", "note.md"),
        ("en/note.zh-cn.md", "zh-CN", "en/note.md"),
        ("zh/note.md", None, "zh/note.md"),
        ("note.fr.md", None, "note.fr.md"),
        ("english/note.md", None, "english/note.md"),
        ("en.md", None, "en.md"),
    ],
)
def test_folders_and_names_tell_the_languages_that_are_given(path: str, language: str | None, rest: str) -> None:
    assert language_of_path(path, ("en", "zh-CN")) == (language, rest)
