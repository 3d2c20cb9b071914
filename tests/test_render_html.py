import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import lxml.html

from feeds.model import ArticlePage
from feeds.render import FORMATS
from feeds.render.html import render_article, render_category, render_index
from feeds.render.links import output_url, relative
from tests.feed_samples import BARE, EMPTY, ENTRY, FEED, MARKUP, PICTURE, make_feed

SITE = "https://feeds.example.org/"
ARCHIVE = replace(make_feed(), entries=(ENTRY,))
TREE = (ARCHIVE, FEED, make_feed("a"), make_feed("a", "x y"), make_feed("b", "m", "z"))
ARTICLE = ArticlePage(
    path="articles/k7.html",
    entry=replace(ENTRY, permalink=SITE + "articles/k7.html", language="zh-CN"),
    content_html='<p>正文 <a href="https://e.example/">link</a></p>',
)


def index() -> bytes:
    return render_index(TREE, title="R&D <档案>", formats=FORMATS, opml_url=SITE + "feeds.opml")


def category() -> bytes:
    return render_category(FEED, [ARCHIVE], [make_feed("金融", "x")], FORMATS)


def article(home_url: str = SITE) -> bytes:
    return render_article(ARTICLE, home_url=home_url, archive_title="R&D <档案>")


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


def test_the_index_offers_every_feed_in_every_format() -> None:
    links = hrefs(index())
    for folder in ("", "%E9%87%91%E8%9E%8D/", "a/", "a/x%20y/", "b/m/z/"):
        for format_ in FORMATS:
            assert folder + format_.file in links
    assert "a/x%20y/index.html" in links
    assert "feeds.opml" in links


def test_no_link_of_a_page_from_disk_ends_in_a_folder() -> None:
    for page in (index(), category(), article()):
        assert not [href for href in hrefs(page) if not href.startswith("http") and href.endswith("/")]


def test_the_index_nests_categories_even_where_a_level_has_no_feed() -> None:
    path = "//nav//li[div/span[normalize-space()='b']]//li[div/span[normalize-space()='m']]//li//a[text()='z']"
    assert hrefs(index(), path) == ["b/m/z/index.html"]


def test_the_archives_own_feed_is_discovered_first() -> None:
    assert alternates(index())[:4] == [
        ("application/rss+xml", SITE + "rss.xml"),
        ("application/atom+xml", SITE + "atom.xml"),
        ("application/feed+json", SITE + "feed.json"),
        ("application/rss+xml", FEED.folder_url + "rss.xml"),
    ]
    assert len(alternates(index())) == 7


def test_a_list_that_is_served_elsewhere_is_linked_absolutely() -> None:
    page = render_index(TREE, title="T", formats=FORMATS[:1], opml_url="https://else.example/feeds.opml")
    assert "https://else.example/feeds.opml" in hrefs(page)


def test_pages_may_have_another_name() -> None:
    root = replace(TREE[0], home_url=SITE + "feeds.html")
    child = replace(FEED, home_url=FEED.folder_url + "feeds.html")
    page = render_index([root, child], title="T", formats=FORMATS[:1], opml_url=SITE + "feeds.opml")
    assert "%E9%87%91%E8%9E%8D/feeds.html" in hrefs(page)
    assert hrefs(render_category(child, [root], [], FORMATS[:1]))[0] == "../feeds.html"
    assert hrefs(article(SITE + "feeds.html"), "//nav/a") == ["../feeds.html"]


def test_a_category_is_discovered_by_its_own_feeds_alone() -> None:
    assert [href for _, href in alternates(category())] == [FEED.folder_url + format_.file for format_ in FORMATS]


def test_a_category_leads_up_down_and_to_its_feeds() -> None:
    links = hrefs(category())
    assert links[:5] == ["../index.html", "rss.xml", "atom.xml", "feed.json", "x/index.html"]
    assert words(category(), "//code") == [FEED.folder_url + "rss.xml"]


def test_a_category_shows_its_entries() -> None:
    page = category()
    assert words(page, "//article//h2") == [ENTRY.title, BARE.title, MARKUP.title]
    assert hrefs(page, "//article//h2/a") == [ENTRY.permalink, MARKUP.permalink]
    assert words(page, "//article//time")[0] == "2026-07-01 08:05 UTC"
    assert ENTRY.summary in words(page, "//article//p")
    image = select(page, "//article//img")[0]
    assert dict(image.attrib) == {
        "src": PICTURE.address,
        "alt": "",
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
    }


def test_an_empty_category_says_so() -> None:
    assert words(render_category(EMPTY, [ARCHIVE], [], FORMATS), "//main/p") == ["No articles yet."]


def test_what_we_write_ourselves_is_linked_relatively() -> None:
    picture = replace(PICTURE, address=SITE + "pictures/p.jpg")
    feed = replace(FEED, entries=(replace(ARTICLE.entry, picture=picture), MARKUP))
    own = {ARTICLE.entry.permalink or "", picture.address}
    page = render_category(feed, [ARCHIVE], [], FORMATS, own_addresses=own)
    assert hrefs(page, "//article//h2/a") == ["../articles/k7.html", MARKUP.permalink]
    assert select(page, "//article//img/@src")[0] == "../pictures/p.jpg"


def test_what_is_ours_but_served_elsewhere_keeps_its_address() -> None:
    own = {ENTRY.permalink or "", PICTURE.address}
    page = render_category(FEED, [ARCHIVE], [], FORMATS, own_addresses=own)
    assert hrefs(page, "//article//h2/a")[0] == ENTRY.permalink


def test_an_article_is_shown_whole_and_kept_from_search_engines() -> None:
    page = article()
    assert b'<meta name="robots" content="noindex">' in page
    assert ARTICLE.content_html.encode() in page
    assert words(page, "//h1") == [ENTRY.title]
    assert words(page, "//header/p") == [
        "辰汐财经 · 张三 · Wang & Co · 2026-07-01 08:05 UTC",
        "金融 › 辰汐财经 › 國內",
        "专题 › 利率, 汇率",
    ]


def test_an_article_leads_home_by_a_relative_link_where_home_is_ours() -> None:
    for ours in (SITE, SITE + "index.html"):
        assert hrefs(article(ours), "//nav/a | //footer/a") == ["../index.html"] * 2
    assert hrefs(article("https://home.example/"), "//nav/a") == ["https://home.example/"]


def test_an_article_without_a_body_shows_its_summary() -> None:
    page = render_article(replace(ARTICLE, content_html=""), home_url=SITE, archive_title="T")
    assert words(page, "//div[@class='content']/p") == [ENTRY.summary]


def test_pages_say_their_language_where_it_is_known() -> None:
    assert b'<html lang="zh-CN">' in category()
    assert b"<html>" in render_category(EMPTY, [], [], FORMATS)


def test_pages_run_no_script_and_fetch_nothing_but_pictures() -> None:
    for page in (index(), category(), article()):
        assert not select(page, "//script | //iframe | //link[@rel='stylesheet'] | //*[@style]")
        assert "script-src" not in page.decode()
        assert "default-src 'none'" in select(page, "//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_the_policy_admits_our_style_and_no_other() -> None:
    page = index().decode()
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page


def test_texts_are_escaped() -> None:
    hostile = replace(ENTRY, title="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>')
    page = render_category(replace(FEED, title="</title><b>", entries=(hostile,)), [], [], FORMATS)
    assert words(page, "//h2") == ["<script>alert(1)</script>"]
    assert not select(page, "//script | //b | //*[@onerror]")


def test_pages_are_the_same_each_time() -> None:
    assert (index(), category(), article()) == (index(), category(), article())
