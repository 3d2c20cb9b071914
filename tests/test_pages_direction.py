"""Pages of archives that are written from right to left: each name, title and text runs its own way."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from msgspec.structs import replace

from feeds.errors import ConfigError
from feeds.languages import is_right_to_left
from feeds.render.pages import Site, render_article, render_catalogue, render_category, render_stylesheet
from feeds.render.pages.labels import parse_labels
from feeds.render.pages.theme import TEMPLATES, Theme
from tests.feed_samples import ENTRY, FEED, make_feed
from tests.test_pages import ARCHIVE, ARTICLE, PAGE_SITE, select, words

ARABIC = replace(
    PAGE_SITE,
    title="أخبار",
    language="ar",
    theme=Theme(labels=(("articles", "{count} مقالات"), ("subscribe", "اشترك"))),
)
TITLE = replace(ENTRY, title="عنوان", publisher="كاتب", authors=("محمد",), summary="ملخص.", language="ar")
LOCAL = replace(FEED, category=("محلي",), entries=(TITLE,))
CSS = [name for name in TEMPLATES if name.endswith(".css")]


def pages(site: Site) -> list[bytes]:
    article = replace(ARTICLE, entry=replace(TITLE, categories=(("محلي",),)), content_html="<p>نص</p>")
    return [
        render_catalogue([ARCHIVE, LOCAL], site),
        render_category(LOCAL, [ARCHIVE], [make_feed("محلي", "b")], site),
        render_article(article, {(): ARCHIVE, ("محلي",): LOCAL}, site),
    ]


def test_a_page_runs_as_its_words_do() -> None:
    for page in pages(ARABIC):
        assert b'<html lang="ar" dir="rtl">' in page
    for site in (PAGE_SITE, replace(ARABIC, theme=Theme())):  # our own words are English there
        assert all(not select(page, "/html/@dir") for page in pages(site))
    stated = replace(ARABIC, language=None, theme=Theme(labels=(("direction", "rtl"), ("subscribe", "اشترك"))))
    assert all(select(page, "/html/@dir") == ["rtl"] for page in pages(stated))
    stated = replace(ARABIC, theme=Theme(labels=(("direction", "ltr"), ("subscribe", "Subscribe"))))
    assert all(not select(page, "/html/@dir") for page in pages(stated))


def test_titles_and_texts_run_their_own_way() -> None:
    catalogue, category, article = pages(PAGE_SITE)
    for page in (catalogue, category, article):
        assert select(page, "//h1/@dir") == ["auto"]
    assert select(catalogue, "//*[@class='newest']/@dir") == ["auto"]
    assert select(category, "//article/@dir | //article/p[not(@class)]/@dir") == ["auto"] * 2
    assert select(article, "//div[@class='content']/@dir") == ["auto"]


def test_names_among_other_words_are_kept_apart() -> None:
    catalogue, category, article = pages(PAGE_SITE)
    assert words(category, "//article/p[@class='facts']/bdi") == ["كاتب", "محمد"]
    assert words(category, "//section[@class='near']//a/bdi") == ["b", ARCHIVE.title]
    assert words(category, "//nav//a/bdi | //footer//bdi | //main/p/bdi") == [ARCHIVE.title, "محلي", ARCHIVE.title]
    assert words(article, "//article/header/p/bdi") == ["كاتب", "محمد"]
    assert words(article, "//nav//bdi") == [PAGE_SITE.title, "محلي"]
    assert words(catalogue, "//span[@class='name']//bdi | //main/p/bdi") == [PAGE_SITE.title, "محلي"]


@pytest.mark.parametrize("name", CSS)
def test_no_style_knows_left_from_right(name: str) -> None:
    text = (files("feeds.render.pages") / "templates" / name).read_text("utf-8")
    assert not re.findall(r"[{;\s](?:[\w-]+-)?(?:left|right)\s*:|:\s*(?:left|right)\s*;", text)


def test_each_part_of_a_feed_in_the_browser_runs_its_own_way() -> None:
    assert b":root * { display: none; unicode-bidi: plaintext; }" in render_stylesheet(PAGE_SITE)


def test_a_direction_that_is_none_is_told() -> None:
    assert parse_labels("l.toml", 'direction = "rtl"') == {"direction": "rtl"}
    with pytest.raises(ConfigError, match='label "direction" cannot be "up": it is "ltr" or "rtl"'):
        parse_labels("l.toml", 'direction = "up"')


@pytest.mark.parametrize("tag", ["ar", "ar-EG", "fa", "he", "ur-PK", "pa-Arab", "yi", "AR"])
def test_what_is_written_from_right_to_left(tag: str) -> None:
    assert is_right_to_left(tag)


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "ar-Latn", "ks-Deva", "arn", "hy"])
def test_what_is_not(tag: str) -> None:
    assert not is_right_to_left(tag)
