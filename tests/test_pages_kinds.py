"""The pages of an archive that has feeds of tags, authors, languages and rules, and of feeds that are over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from feeds.languages import own_name
from feeds.model import FeedRule, FeedTable
from tests.test_build_kinds import EVERY, Site

SEA = FeedRule(all_of=(("tag", "tide"),))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.put("News/a.md", 20, tags=["tide", "boats"], authors=["Mara", "Tom"])
    site.put("News/b.md", 19, tags=["tide"], author="Mara", lang="zh-CN")
    site.put("c.md", 18, author="Tom")
    return site


def page(site: Site, path: str = "") -> Any:
    return lxml.html.fromstring((site.public / path / "index.html").read_text("utf-8"))


def words(element: Any, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in element.xpath(path)]


def hrefs(element: Any, path: str = "//body//a") -> list[str]:
    return [one.get("href") for one in element.xpath(path)]


def folders_in(site: Site, path: str = "") -> set[str]:
    """Answer the folders of all feeds that a page leads to or lets be discovered, and those of the list."""
    shown = page(site, path)
    found = hrefs(shown) + hrefs(shown, "//head/link[@rel='alternate']")
    if not path:
        found += [one.get("xmlUrl", "") for one in etree.parse(site.public / "feeds.opml").iter("outline")]
    return {re.sub(r"^.*?8000/|(\.\./)+|[^/]*$", "", href).rstrip("/") for href in found}


@pytest.mark.parametrize("opml", ["leaves", "all"])
def test_feeds_that_nobody_asks_for_any_more_are_offered_nowhere(site: Site, opml: str) -> None:
    site.build(opml=opml)
    assert "tags/boats" in folders_in(site)
    site.build(opml=opml, feeds=("category",))
    assert folders_in(site) == {"", "News"}
    assert page(site, "tags/boats").xpath("//head/link[@rel='alternate']") == []


def test_a_category_without_articles_is_offered_nowhere_and_says_that_it_is_over(site: Site) -> None:
    site.put("Old/below/d.md", 17)
    site.build(feeds=("category",))
    assert words(page(site, "Old"), "//main//a[@class='button']") == ["Subscribe"]
    (site.archive / "Old/below/d.md").unlink()
    site.put("News/d.md", 17)
    site.build(feeds=("category",))
    assert folders_in(site) == {"", "News"}
    for path in ("Old", "Old/below"):
        over = page(site, path)
        assert words(over, "//main/*") == [
            "Nothing more comes here: no article is in this feed any more. Who follows it still may leave it."
        ]
        assert hrefs(over, "//nav//a") == ["../" * len(path.split("/")) + "index.html"]
    site.put("Old/e.md", 16)
    site.build(feeds=("category",))
    assert "Old" in folders_in(site)
    assert "Old/below" not in folders_in(site, "Old")


def test_a_rule_that_fits_no_article_yet_is_no_feed_that_is_over(site: Site) -> None:
    table = FeedTable(key=("", "feed", "land"), rule=FeedRule(all_of=(("tag", "trains"),)))
    site.build(feed=(table,))
    site.build(feed=(table,))
    assert "land" in folders_in(site)
    assert words(page(site, "land"), "//main//a[@class='button']") == ["Subscribe"]


def test_what_a_table_says_of_a_feed_is_on_the_pages(site: Site) -> None:
    site.put("News/below/d.md", 17)
    tables = (
        FeedTable(key=("News",), title="What is new", description="Of today."),
        FeedTable(key=("", "tag", "tide"), title="Tides"),
        FeedTable(key=("", "feed", "sea"), rule=SEA),
    )
    site.build(feed=tables)
    names = words(page(site), "//nav//bdi")
    assert {"What is new", "Tides", "sea"} <= {*names}
    assert not {"News", "tide", "sea – Site"} & {*names}
    news = page(site, "News")
    assert words(news, "//h1") == ["What is new"]
    assert words(news, "//header/p[@class='lead']") == ["Of today."]
    assert words(page(site, "News/below"), "//nav//a") == ["Site", "What is new"]
    assert words(page(site, "sea"), "//h1 | //p[@class='lead']") == ["Selection sea"]
    article = next(file for file in site.public.glob("articles/*/*.html") if ">d</h1>" in file.read_text())
    assert words(lxml.html.fromstring(article.read_text()), "//nav//li") == ["Site", "What is new", "below"]
    site.build(feed=(FeedTable(key=("News",), title="Newer"), FeedTable(key=(), title="The whole")))
    assert words(lxml.html.fromstring(article.read_text()), "//nav//li") == ["The whole", "Newer", "below"]
    assert words(page(site), "//h1") == ["The whole"]


def test_a_page_says_of_what_its_feed_is(site: Site) -> None:
    site.put("tide/e.md", 15)
    site.build(feed=(FeedTable(key=("", "feed", "sea"), rule=SEA),))

    def said(path: str) -> tuple[list[str], str]:
        return words(page(site, path), "//h1"), words(page(site, path), "//main/p")[0]

    assert said("tide") == (["tide"], "Every new article of tide.")
    assert said("tags/tide") == (["Tag tide"], "Every new article with the tag tide.")
    assert said("authors/Mara") == (["Author Mara"], "Every new article by Mara.")
    assert said("languages/zh-CN") == (["Language 中文 zh-CN"], "Every new article in this language: 中文.")
    assert said("sea") == (["Selection sea"], "Every new article of the selection sea.")
    assert "中文 zh-CN" in page(site).xpath("string(//nav)")


def test_languages_are_called_as_those_do_who_speak_them() -> None:
    assert [own_name(tag) for tag in ("ar", "en-GB", "zh-Hant-TW", "zh-CN", "tlh")] == [
        "العربية", "English", "繁體中文", "中文", None,
    ]  # fmt: skip


def test_the_catalogue_folds_all_but_categories_and_selections_away(site: Site) -> None:
    for number in range(310):
        site.put(f"News/t{number}.md", 10, tags=[f"tag {number}"])
    site.build(feed=(FeedTable(key=("", "feed", "sea"), rule=SEA),))
    shown = page(site)
    assert words(shown, "//ul[@class='tree']/li/div/span[@class='name']") == ["News", "sea"]
    assert words(shown, "//ul[@class='tree']/li//span[@class='newest']") == ["a", "a"]
    assert words(shown, "//details[@class='shelf']/summary") == [
        "Tags 312 feeds",
        "Authors 2 feeds",
        "Languages 2 feeds",
    ]
    assert shown.xpath("//details[@class='shelf']/@open") == []
    assert words(shown, "//details[@class='shelf'][2]//li") == ["Mara 2", "Tom 2"]
    assert hrefs(shown, "//details[@class='shelf'][2]//li/span/a")[0] == "authors/Mara/index.html"
    assert not shown.xpath("//details[@class='shelf']//*[contains(@class, 'button')]")


def test_the_search_speaks_of_what_there_is_to_find(site: Site) -> None:
    site.build()
    (body,) = page(site).xpath("//body")
    assert (body.get("data-search"), body.get("data-found")) == ("Find a feed", "{count} feeds")
    assert (body.get("data-found-one"), body.get("data-found-none")) == ("{count} feed", "No feed has that name.")
    site.build(feeds=("category",), feed=())
    (body,) = page(site).xpath("//body")
    assert (body.get("data-search"), body.get("data-found")) == ("Find a category", "{count} categories")


def test_an_archive_with_tags_alone_shows_its_newest_articles_too(site: Site) -> None:
    site.build(feeds=("tag",))
    assert words(page(site), "//article/h3") == ["a", "b", "c"]
    assert words(page(site), "//details[@class='shelf']//h3") == ["Tags"]


@pytest.mark.parametrize(
    ("feeds", "opml", "word"),
    [
        (("category",), "leaves", "All feeds (OPML)"),
        (EVERY, "leaves", "All categories (OPML)"),
        (EVERY, "all", "All feeds (OPML)"),
        (("tag",), "leaves", None),
        (("tag",), "all", "All feeds (OPML)"),
    ],
)
def test_what_is_said_of_the_list_of_feeds_is_true(
    site: Site, feeds: tuple[str, ...], opml: str, word: str | None
) -> None:
    site.build(feeds=feeds, opml=opml)
    assert words(page(site), "//a[contains(@class, 'quiet')]") == ([word] if word else [])
    told = words(page(site), "//section[@class='offer']//details[last()]/p")
    assert [text.split(" at once")[0] for text in told] == (
        [f"Or import {word[0].lower()}{word[1:-7]}"] if word else []
    )


def test_each_kind_has_a_page_that_lists_its_feeds_and_that_they_lead_to(site: Site) -> None:
    site.build()
    tags = page(site, "tags")
    assert words(tags, "//h1 | //main//li") == ["Tags", "boats 1", "tide 2"]
    assert hrefs(tags) == ["../index.html", "boats/index.html", "tide/index.html", "../index.html"]
    assert words(page(site, "languages"), "//main//li") == ["English en 2", "中文 zh-CN 1"]
    assert words(page(site, "tags/tide"), "//nav//li") == ["Site", "Tags"]
    assert hrefs(page(site, "tags/tide"), "//nav//a") == ["../../index.html", "../index.html"]
    site.build(feeds=("category",))
    assert not (site.public / "tags/index.html").exists()


def test_a_category_that_was_called_tags_keeps_its_page(site: Site) -> None:
    site.put("tags/d.md", 17, tags=["tide"])
    site.build(feeds=("category",))
    site.build()
    assert words(page(site, "tags"), "//h1") == ["tags"]
    (folder,) = site.public.glob("tags-*")
    assert words(page(site, folder.name), "//h1") == ["Tags"]
