"""The pages for people: what stands on them, where it leads, and what they may do."""

import base64
import gzip
import hashlib
import itertools
import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.addresses import encode_path
from feeds.finish.content import clean_html
from feeds.model import ArticlePage, Entry, Feed
from feeds.render import FORMATS
from feeds.render.links import output_url, relative
from feeds.render.pages import Site, render_article, render_catalogue, render_category
from feeds.render.pages.theme import Theme
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, MARKUP, PICTURE, make_feed

SITE = "https://feeds.example.org/"
ARCHIVE = replace(make_feed(), entries=(ENTRY,))
TREE = (ARCHIVE, FEED, make_feed("a"), make_feed("a", "x y"), make_feed("b", "m", "z"))
ARTICLE = ArticlePage(
    path="articles/k7.html",
    url=SITE + "articles/k7.html",
    entry=replace(ENTRY, permalink=SITE + "articles/k7.html", language="zh-CN"),
    content_html='<p>正文 <a href="https://e.example/">link</a></p>',
)


PAGE_SITE = Site(
    title="R&D <档案>",
    language="zh-CN",
    zone=None,
    formats=FORMATS,
    opml_url=SITE + "feeds.opml",
    pictures_url=SITE + "pictures/",
    holds_below=True,
    whole_holds_all=True,
)
ENGLISH = replace(PAGE_SITE, language=None)


def index(tree: Sequence[Feed] = TREE, site: Site = ENGLISH) -> bytes:
    return render_catalogue(tree, site)


def category(feed: Feed = FEED, site: Site = ENGLISH) -> bytes:
    return render_category(feed, [ARCHIVE], [make_feed("金融", "x")], site)


def article(home_url: str = SITE, site: Site = ENGLISH) -> bytes:
    folder_url = home_url.removesuffix("index.html")
    feeds = {(): replace(ARCHIVE, home_url=home_url, folder_url=folder_url), ("金融",): FEED}
    return render_article(ARTICLE, feeds, site)


def select(page: bytes, path: str) -> list[Any]:
    found = lxml.html.fromstring(page.decode()).xpath(path)
    assert isinstance(found, list)
    return found


def hrefs(page: bytes, path: str = "//body//a") -> list[str]:
    return [element.get("href", "") for element in select(page, path)]


def words(page: bytes, path: str) -> list[str]:
    return [element.text_content() for element in select(page, path)]


def alternates(page: bytes) -> Sequence[tuple[str | None, str | None]]:
    links = select(page, "//head/link[@rel='alternate']")
    return [(link.get("type"), link.get("href")) for link in links]


def test_links_between_pages_are_relative() -> None:
    assert relative("a/x/index.html", "b/index.html") == "../a/x/index.html"
    assert relative("index.html", "a/x/index.html") == "../../index.html"
    assert relative("rss.xml", "index.html") == "rss.xml"
    assert output_url(SITE + "a/x/", "a/x/") == SITE
    assert output_url(SITE, "a/") is None


def test_the_catalogue_offers_every_feed_in_every_format() -> None:
    links = hrefs(index())
    for folder in ("", "%E9%87%91%E8%9E%8D/", "a/", "a/x%20y/", "b/m/z/"):
        for format_ in FORMATS:
            assert folder + format_.file in links
    assert "a/x%20y/index.html" in links
    assert "feeds.opml" in links


def test_no_link_of_a_page_from_disk_ends_in_a_folder() -> None:
    for page in (index(), category(), article()):
        assert not [href for href in hrefs(page) if not href.startswith("http") and href.endswith("/")]


def test_the_catalogue_nests_categories_even_where_a_level_has_no_feed() -> None:
    name = "div[@class='row']/span[@class='name'][normalize-space()='{}']"
    path = f"//nav//li[{name.format('b')}]//li[{name.format('m')}]//li//a[.='z']"
    assert hrefs(index(), path) == ["b/m/z/index.html"]


def test_the_archives_own_feed_is_discovered_first_and_in_the_format_that_is_offered_first() -> None:
    assert alternates(index())[:4] == [
        ("application/atom+xml", SITE + "atom.xml"),
        ("application/rss+xml", SITE + "rss.xml"),
        ("application/feed+json", SITE + "feed.json"),
        ("application/atom+xml", FEED.folder_url + "atom.xml"),
    ]
    assert [href for _, href in alternates(index())][3:] == [FEED.folder_url + "atom.xml", SITE + "a/atom.xml"]


def test_each_feed_has_one_button_and_the_others_are_behind_it() -> None:
    page = index()
    buttons = hrefs(page, "//nav//a[contains(@class, 'button')]")
    assert buttons == ["%E9%87%91%E8%9E%8D/atom.xml", "a/atom.xml", "a/x%20y/atom.xml", "b/m/z/atom.xml"]
    assert [label.get("aria-label") for label in select(page, "//nav//a[contains(@class, 'button')]")][1] == (
        "Subscribe to a"
    )
    assert hrefs(page, "(//nav//details)[2]//a") == ["a/atom.xml", "a/rss.xml", "a/feed.json"]
    assert words(page, "(//nav//details)[2]//code") == [
        SITE + "a/" + name for name in ("atom.xml", "rss.xml", "feed.json")
    ]


def test_the_first_format_is_offered_where_the_preferred_one_is_not_written() -> None:
    site = replace(ENGLISH, formats=FORMATS[2:] + FORMATS[:1])
    assert hrefs(category(site=site), "//a[@class='button']") == ["feed.json"]
    assert words(category(site=site), "//code") == [FEED.folder_url + "feed.json", FEED.folder_url + "rss.xml"]
    only = replace(ENGLISH, formats=FORMATS[:1])
    assert "Other formats" not in category(site=only).decode()


def test_the_catalogue_shows_of_each_category_how_much_it_holds_and_what_is_new() -> None:
    full = replace(FEED, own_total=7)
    (row,) = select(index([ARCHIVE, full]), "//nav//div[@class='row']")
    assert row.xpath("span[@class='facts']")[0].text_content() == "7 articles · 2026-07-01"
    assert row.xpath("span[@class='newest']")[0].text_content() == ENTRY.title
    assert words(index([ARCHIVE, replace(full, total=1)]), "//nav//span[@class='facts']")[0].startswith("1 article ·")


def test_categories_that_have_fallen_silent_are_marked() -> None:
    tree = [ARCHIVE, FEED, make_feed("a")]
    page = render_catalogue(tree, PAGE_SITE, silent={("金融",)})
    assert words(page, "//span[@class='silent']") == ["停更"]
    assert words(page, "//span[@class='silent']/preceding-sibling::a") == ["金融"]
    page = render_category(FEED, [ARCHIVE], [make_feed("金融", "x")], ENGLISH, silent={("金融",), ("金融", "x")})
    assert words(page, "//p[@class='notice']")[0].startswith("Silent: nothing new since 2026-07-01")
    assert words(page, "//ul//span[@class='silent']") == ["silent"]
    assert "silent" not in select(category(), "//main")[0].text_content()


def test_a_list_that_is_served_elsewhere_is_linked_absolutely() -> None:
    assert "https://else.example/feeds.opml" in hrefs(
        index(site=replace(ENGLISH, opml_url="https://else.example/feeds.opml"))
    )


def test_pages_may_have_another_name() -> None:
    root = replace(TREE[0], home_url=SITE + "feeds.html")
    child = replace(FEED, home_url=FEED.folder_url + "feeds.html")
    assert "%E9%87%91%E8%9E%8D/feeds.html" in hrefs(index([root, child]))
    assert hrefs(render_category(child, [root], [], ENGLISH))[0] == "../feeds.html"
    page = render_article(ARTICLE, {(): root}, ENGLISH)
    assert hrefs(page, "//nav//a")[0] == "../feeds.html"


def test_a_category_is_discovered_by_its_own_feeds_alone() -> None:
    assert [href for _, href in alternates(category())] == [
        FEED.folder_url + name for name in ("atom.xml", "rss.xml", "feed.json")
    ]


def test_a_category_leads_up_to_its_feeds_and_down() -> None:
    links = hrefs(category())
    assert links[:5] == ["../index.html", "atom.xml", "rss.xml", "feed.json", "x/index.html"]
    assert words(category(), "//code")[0] == FEED.folder_url + "atom.xml"


@pytest.mark.parametrize(
    ("holds_below", "whole_holds_all", "about", "heads"),
    [
        (True, True, "Every new article in 金融, and", ["Already includes", "All of this comes with these feeds, too"]),
        (False, True, "New articles that stand in", ["With feeds of their own", "All of this comes with these"]),
        (False, False, "New articles that stand in", ["With feeds of their own, not included here"]),
    ],
)
def test_a_category_says_what_else_brings_the_same(
    holds_below: bool, whole_holds_all: bool, about: str, heads: list[str]
) -> None:
    site = replace(ENGLISH, holds_below=holds_below, whole_holds_all=whole_holds_all)
    page = category(site=site)
    assert words(page, "//main/p")[0].startswith(about)
    shown = words(page, "//section[@class='near']/h2")
    assert len(shown) == len(heads)
    assert all(text.startswith(head) for text, head in zip(shown, heads, strict=True))


def test_a_category_shows_its_entries() -> None:
    page = category()
    assert words(page, "//article//h3") == [ENTRY.title, BARE.title, MARKUP.title]
    assert hrefs(page, "//article//h3/a") == [ENTRY.permalink, MARKUP.permalink]
    assert words(page, "//article//time")[0] == "2026-07-01 08:05 UTC"
    assert select(page, "//article//time")[0].get("datetime") == "2026-07-01T08:05:09Z"
    assert ENTRY.summary in words(page, "//article//p")
    image = select(page, "//article//img")[0]
    assert dict(image.attrib) == {
        "src": PICTURE.address,
        "alt": "",
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
    }


def test_times_are_shown_in_the_configured_zone_and_say_which() -> None:
    page = category(site=replace(PAGE_SITE, zone=ZoneInfo("Asia/Shanghai")))
    assert words(page, "//article//time")[0] == "2026年7月1日 16:05 UTC+8"
    assert words(page, "//header//time") == ["2026-07-01"]
    page = category(site=replace(ENGLISH, zone=ZoneInfo("America/St_Johns")))
    assert words(page, "//article//time")[0] == "2026-07-01 05:35 UTC−2:30"


def test_a_category_without_others_below_it_is_all_of_itself() -> None:
    page = render_category(FEED, [ARCHIVE], [], replace(PAGE_SITE, holds_below=False))
    assert words(page, "//main/p")[0] == "金融的全部新文章。"


def test_an_archive_without_categories_shows_its_newest_articles() -> None:
    page = index([ARCHIVE])
    assert words(page, "//article//h3") == [ENTRY.title]
    assert not select(page, "//nav")
    assert not select(index(), "//article")


def test_an_entry_in_another_language_says_so() -> None:
    assert [card.get("lang") for card in select(category(site=PAGE_SITE), "//article")] == [None, "en", None]


def test_an_empty_category_says_so() -> None:
    page = render_category(EMPTY, [ARCHIVE], [], ENGLISH)
    assert words(page, "//main/p[@class='facts']") == ["No articles yet."]


def test_what_we_write_ourselves_is_linked_relatively() -> None:
    picture = replace(PICTURE, address=SITE + "pictures/p.jpg")
    feed = replace(FEED, entries=(replace(ARTICLE.entry, picture=picture), MARKUP))
    own = {ARTICLE.entry.permalink or "", picture.address}
    page = render_category(feed, [ARCHIVE], [], ENGLISH, own_addresses=own)
    assert hrefs(page, "//article//h3/a") == ["../articles/k7.html", MARKUP.permalink]
    assert select(page, "//article//img/@src")[0] == "../pictures/p.jpg"


def test_what_is_ours_but_served_elsewhere_keeps_its_address() -> None:
    own = {ENTRY.permalink or "", PICTURE.address}
    page = render_category(FEED, [ARCHIVE], [], ENGLISH, own_addresses=own)
    assert hrefs(page, "//article//h3/a")[0] == ENTRY.permalink


def test_an_article_is_shown_whole_and_kept_from_search_engines() -> None:
    page = article()
    assert b'<meta name="robots" content="noindex">' in page
    assert ARTICLE.content_html.encode() in page
    assert words(page, "//h1") == [ENTRY.title]
    assert words(page, "//article/header/p") == [
        "辰汐财经 · 张三 · Wang & Co · 2026-07-01 08:05 UTC · changed 2026-07-02 09:00 UTC"
    ]
    assert [words(nav, "ol/li") for nav in map(lxml.html.tostring, select(page, "//header/nav"))] == [
        ["R&D <档案>", "金融", "辰汐财经", "國內"],
        ["R&D <档案>", "专题", "利率, 汇率"],
    ]


def test_an_article_leads_home_and_to_its_categories_by_relative_links_where_they_are_ours() -> None:
    category = "../%E9%87%91%E8%9E%8D/index.html"
    for ours in (SITE, SITE + "index.html"):
        assert hrefs(article(ours)) == ["../index.html", category, "../index.html", "https://e.example/", category]
    assert hrefs(article("https://home.example/"), "//nav//a")[0] == "https://home.example/"


def test_an_article_without_categories_leads_home() -> None:
    page = render_article(replace(ARTICLE, entry=replace(ARTICLE.entry, categories=())), {(): ARCHIVE}, ENGLISH)
    assert hrefs(page, "//nav//a | //footer/a") == ["../index.html"] * 2


def test_an_articles_own_pictures_are_found_from_the_disk_too() -> None:
    content = f'<p>"{SITE}pictures/a.png"</p><img alt="x" src="{SITE}pictures/a.png"><img src="https://e.example/p">'
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    assert select(page, "//article//img/@src") == ["../pictures/a.png", "https://e.example/p"]
    assert words(page, "//div[@class='content']/p") == [f'"{SITE}pictures/a.png"']


def test_sound_and_film_of_an_article_are_fetched_when_they_are_played() -> None:
    written = (
        f'<video poster="{SITE}pictures/p.jpg" src="https://e.example/v.mp4" title="<audio"></video>'
        '<audio src="https://e.example/a.mp3"></audio>'
    )
    content = clean_html(written, resolve_link=lambda address: address, resolve_picture=lambda address: address)
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    assert select(page, "//article//video/@preload | //article//audio/@preload") == ["none", "none"]
    assert select(page, "//article//video/@poster") == ["../pictures/p.jpg"]


def test_places_within_an_article_are_found_from_the_disk_too() -> None:
    here = SITE + "articles/k7.html"
    content = f'<p id="a"><a href="{here}#a">here</a> <a href="{here}">all</a> <a href="https://e.example/#a">x</a></p>'
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    assert hrefs(page, "//article//a") == ["#a", here, "https://e.example/#a"]


def test_an_article_without_a_body_shows_its_summary() -> None:
    page = render_article(replace(ARTICLE, content_html=""), {(): ARCHIVE}, ENGLISH)
    assert words(page, "//div[@class='content']/p") == [ENTRY.summary]


def test_a_pictures_own_text_stays() -> None:
    content = '<img alt="A > B" referrerpolicy="no-referrer" src="https://e.example/a">'
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    assert select(page, "//article//img/@alt") == ["A > B"]


def test_pictures_of_an_article_load_late_and_nothing_else_is_touched() -> None:
    content = '<p title="<img src=x onerror=alert(1) ">&lt;img &gt;</p><img referrerpolicy="no-referrer" src="https://e.example/a">'
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    (image,) = select(page, "//article//img")
    assert dict(image.attrib) == {
        "loading": "lazy",
        "alt": "",
        "referrerpolicy": "no-referrer",
        "src": "https://e.example/a",
    }
    (paragraph,) = select(page, "//div[@class='content']/p")
    assert dict(paragraph.attrib) == {"title": "<img src=x onerror=alert(1) "}


# Pieces of what an attacker would write so that a page's own additions lead out of quotes.
pieces = st.sampled_from(
    ["<img", "<img>", "<img ", "<table", "<h3>", "</h3>", ">", "=", " onerror=", " alt=", "x", "'", SITE + "pictures/"]
)
values = st.lists(pieces, max_size=5).map("".join)


@given(
    values=st.lists(values, min_size=4, max_size=4),
    kind=st.sampled_from(["p", "h3", "td"]),
    picture=st.sampled_from(["https://e.example/a", SITE + "pictures/a"]),
)
def test_no_text_becomes_a_tag_or_an_attribute_by_what_a_page_adds(values: list[str], kind: str, picture: str) -> None:
    title, language, alt, text = (escape(value) for value in values)
    written = (
        f'<table><tr><td><{kind} title="{title}" lang="{language}" dir="{title}">{text}</{kind}>'
        f'<img alt="{alt}" src="{picture}" title="{language}"></td></tr></table>'
    )
    content = clean_html(written, resolve_link=lambda address: address, resolve_picture=lambda address: address)
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    (after,) = select(page, "//div[@class='content']")
    (before,) = select(f"<body><div>{content}</div></body>".encode(), "//body/div")
    assert after.text_content().strip() == before.text_content().strip()
    for one, other in zip(before.iterdescendants(), after.iterdescendants(), strict=True):
        added = {"img": {"loading": "lazy"}, "table": {"tabindex": "0"}}.get(one.tag, {})
        found = {name: value for name, value in other.items() if name != "src"}
        assert found == {name: value for name, value in one.items() if name != "src"} | added


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("h3 h4 h3", "h2 h3 h2"),
        ("h1 h2", "h2 h3"),
        ("h4 h2 h4 h3", "h2 h2 h3 h3"),
        ("h6", "h2"),
        ("h1 h2 h3 h4 h5 h6", "h2 h3 h4 h5 h6 h6"),
    ],
)
def test_headings_of_an_article_stand_below_its_title(written: str, shown: str) -> None:
    content = "".join(f"<{tag} id='x'>T</{tag}>" for tag in written.split())
    page = render_article(replace(ARTICLE, content_html=content), {(): ARCHIVE}, ENGLISH)
    found = select(page, "//div[@class='content']/*")
    assert " ".join(heading.tag for heading in found) == shown
    assert [heading.text_content() for heading in found] == ["T"] * len(found)


def test_pages_say_their_language() -> None:
    assert b'<html lang="zh-CN">' in category(site=PAGE_SITE)
    assert b'<html lang="en">' in category()
    assert b'<html lang="zh-CN">' in article(site=PAGE_SITE)


def languages(page: bytes) -> set[str]:
    """Answer which languages are stated within a page."""
    return {element.get("lang") for element in select(page, "//body//*[@lang]")}


def test_what_the_archive_says_is_marked_where_pages_speak_another_language() -> None:
    unstated = replace(ARTICLE, entry=replace(ARTICLE.entry, language=None))
    for site, language in ((ENGLISH, ""), (replace(PAGE_SITE, language="de"), "de")):
        own_page = render_article(unstated, {(): ARCHIVE, ("金融",): FEED}, site)
        for page in (index(site=site), category(site=site), own_page):
            assert b'<html lang="en">' in page
            assert [heading.get("lang") for heading in select(page, "//h1")] == [language]
            assert languages(page) <= {language, "en"}  # of one entry that is English
        assert select(index(site=site), f"//span[@class='name']/*[not(@lang='{language}')]") == []
        assert select(category(site=site), f"//nav/ol[not(@lang='{language}')]") == []
    (content,) = select(article(site=ENGLISH), "//div[@class='content']")
    assert content.get("lang") == "zh-CN"


def test_nothing_is_marked_where_pages_speak_the_language_of_the_archive() -> None:
    own = Theme(labels=(("subscribe", "Abonnieren"),))
    for site in (
        replace(PAGE_SITE, language="de", theme=own),
        replace(PAGE_SITE, language="en-GB"),
        replace(PAGE_SITE, language="zh-TW"),
    ):
        assert f'<html lang="{site.language}">'.encode() in index(site=site)
        assert languages(index(site=site)) <= {"en", "zh-CN"}
        assert select(category(site=site), "//h1[@lang]") == []


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("zh-CN", "订阅"), ("zh", "订阅"), ("zh-Hans-HK", "订阅"), ("ZH-sg", "订阅"),
        ("zh-TW", "訂閱"), ("zh-Hant", "訂閱"), ("zh-HK", "訂閱"), ("zh-Hant-TW", "訂閱"),
        ("en-GB", "Subscribe"), ("de", "Subscribe"), (None, "Subscribe"), ("zha", "Subscribe"),
    ],
)  # fmt: skip
def test_pages_speak_chinese_and_english(language: str | None, word: str) -> None:
    page = category(site=replace(ENGLISH, language=language))
    assert words(page, "//a[@class='button']") == [word]


def test_every_kind_of_page_has_one_main_part_and_one_first_heading() -> None:
    for page in (index(), category(), article()):
        assert len(select(page, "//main")) == len(select(page, "//h1")) == 1
        levels = [int(heading.tag[1]) for heading in select(page, "//h1 | //h2 | //h3")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_pages_fetch_nothing_but_pictures() -> None:
    for page in (index(), category(), article()):
        assert not select(page, "//script[@src] | //iframe | //link[@rel='stylesheet'] | //*[@style]")
        assert not [src for src in select(page, "//@src") if not src.startswith(("https://img.", "https://e."))]
        assert "default-src 'none'" in policy(page)


def policy(page: bytes) -> str:
    (content,) = select(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(content)


def test_the_policy_admits_our_style_and_script_and_no_other() -> None:
    for page in (index(), category(), article()):
        for tag in ("style", "script"):
            found = re.search(f"<{tag}>(.*)</{tag}>", page.decode(), re.DOTALL)
            if tag == "script" and page == article():
                assert found is None
                assert "script-src" not in policy(page)
            else:
                assert found
                digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
                assert f"{tag}-src 'sha256-{digest}';" in policy(page)


def test_texts_are_escaped() -> None:
    hostile = replace(ENTRY, title="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>')
    feed = replace(FEED, category=("<b>",), title="</title><b>", entries=(hostile,))
    for page in (render_category(feed, [feed], [feed], ENGLISH), index([replace(feed, category=()), feed])):
        assert not select(page, "//script[contains(., 'alert')] | //b | //*[@onerror]")
    assert words(category(feed), "//h3") == ["<script>alert(1)</script>"]


def test_pages_are_the_same_each_time() -> None:
    assert (index(), category(), article()) == (index(), category(), article())


def test_a_catalogue_of_a_thousand_categories_is_below_100_kilobytes_compressed() -> None:
    chance = random.Random(1)
    signs = "".join(map(chr, range(0x4E00, 0x5600)))

    def text(length: int) -> str:
        return "".join(chance.choices(signs, k=length))

    def feed(*category: str) -> Feed:
        folder = "/".join(category)
        newest: Entry = replace(
            ENTRY,
            title=text(22),
            published=datetime(2026, 7, 1, tzinfo=UTC) - timedelta(seconds=chance.randrange(10**7)),
        )
        return replace(
            make_feed(),
            category=category,
            title=" – ".join((*reversed(category), "档案")),
            folder=folder,
            folder_url=SITE + encode_path(folder) + "/" * bool(folder),
            home_url=SITE + encode_path(folder) + "/" * bool(folder),
            entries=(newest,),
            total=chance.randrange(10_000),
        )

    tree = [feed()]
    for top in (text(2) for _ in range(10)):
        tree.append(feed(top))
        for house in (text(4) for _ in range(30)):
            tree.append(feed(top, house))
            tree += [feed(top, house, f"{house}－{text(2)}") for _ in range(3 if len(tree) < 700 else 2)]
    tree = tree[:1001]
    assert len(tree) == 1001
    assert len(gzip.compress(index(tree, PAGE_SITE))) < 95_000
    assert words(index(tree[:300], PAGE_SITE), "//span[@class='newest']")


def test_the_page_of_an_article_that_has_another_elsewhere_leads_there() -> None:
    page = replace(ARTICLE, entry=replace(ENTRY, permalink="https://example.com/a?b=1&c=2"))
    shown = render_article(page, {(): ARCHIVE}, ENGLISH).decode()
    assert '<a href="https://example.com/a?b=1&amp;c=2">Original</a>' in shown
    assert ">Original<" not in article().decode()
