from __future__ import annotations

import sys
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.addresses import encode
from feeds.config import generators
from feeds.model import Card, Value
from feeds.normalise import CardRules, make_card
from feeds.normalise.origins import find_origins
from feeds.normalise.permalinks import GENERATORS, AddressRules, Page, make_address
from feeds.normalise.permalinks.rules import Option
from feeds.normalise.permalinks.transliterate import to_ascii
from feeds.normalise.roles import Keys
from tests.articles import make_article

SITE = "https://example.com/blog/"


def permalink(
    front_matter: Mapping[str, Value] | None = None,
    *,
    pattern: str | None = None,
    site: str | None = None,
    path: str = "News/2022-07-31-low tide.md",
    zone: str = "UTC",
) -> str | None:
    rules = CardRules(tag_prefix="tag:x,2000:", zone=ZoneInfo(zone), is_flat=False, permalink=pattern, site_url=site)
    stated: dict[str, Value] = {"title": "Low & high", "date": "2022-07-31T20:05:09Z", **(front_matter or {})}
    return make_card(make_article(stated, path=path), rules)[0].permalink


@pytest.mark.parametrize(
    ("front_matter", "site", "expected"),
    [
        ({"link": "https://example.org/潮?a=1&amp;b=2"}, None, "https://example.org/%E6%BD%AE?a=1&b=2"),
        ({"url": "//example.org/a"}, None, "https://example.org/a"),
        ({"permalink": "/a/b/"}, SITE, "https://example.com/a/b/"),
        ({"permalink": "a/b/"}, SITE, "https://example.com/blog/a/b/"),
        ({"permalink": "/a/b/"}, None, None),
        ({"permalink": "false"}, SITE, None),
        ({"link": "mailto:me@example.com", "url": "https://example.org/a"}, None, "https://example.org/a"),
        ({"link": "javascript:alert(1)"}, SITE, None),
        ({"link": "/x", "source_url": "https://example.org/a"}, None, "https://example.org/a"),
        ({"link": ("https://example.org/a", "https://example.org/b")}, None, "https://example.org/a"),
        ({}, SITE, None),
    ],
)
def test_a_stated_address_is_made_absolute(
    front_matter: Mapping[str, Value], site: str | None, expected: str | None
) -> None:
    assert permalink(front_matter, site=site) == expected


def test_a_stated_address_goes_before_the_pattern() -> None:
    stated = permalink({"link": "https://example.org/a"}, pattern="https://example.com/:title/")
    assert stated == "https://example.org/a"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (":year/:month/:day/:title/", "2022/07/31/News/low%20tide/"),
        (":name.html", "low%20tide.html"),
        ("p/:i_month-:i_day", "p/7-31"),
        (":hour:minute:second/", "200509/"),
        (":timestamp/", "1659297909/"),
        (":post_title/", "Low%20%26%20high/"),
        (":category/:abbrlink/", "News/a%3Fb%23c/"),
        (":hash/", "300581a000be/"),
        (":nosuchkey/", None),
    ],
)
def test_the_tokens_of_a_pattern(pattern: str, expected: str | None) -> None:
    made = permalink({"abbrlink": "a?b#c"}, pattern=f"https://example.com:8443/{pattern}")
    assert made == (None if expected is None else f"https://example.com:8443/{expected}")


@pytest.mark.parametrize(
    ("pattern", "site", "expected"),
    [
        ("/:year/:name/", SITE, "https://example.com/blog/2022/low%20tide/"),
        (":year/:name/", SITE, "https://example.com/blog/2022/low%20tide/"),
        (":year/:name/", None, None),
        ("https://example.org/:name", SITE, "https://example.org/low%20tide"),
    ],
)
def test_a_relative_pattern_needs_a_site(pattern: str, site: str | None, expected: str | None) -> None:
    assert permalink(pattern=pattern, site=site) == expected


def test_a_pattern_counts_days_in_the_configured_zone() -> None:
    assert permalink(pattern="https://example.com/:day/", zone="Asia/Shanghai") == "https://example.com/01/"


def test_a_pattern_with_a_date_gives_an_undated_article_no_address() -> None:
    assert permalink({"date": ""}, pattern="https://example.com/:year/", path="tide.md") is None
    assert permalink({"date": ""}, pattern="https://example.com/:title/", path="tide.md") is not None


def test_an_article_without_category_is_uncategorised() -> None:
    made = permalink(pattern="https://example.com/:category/", path="tide.md")
    assert made == "https://example.com/uncategorized/"


def of_generator(
    generator: str,
    front_matter: Mapping[str, Value] | None = None,
    *,
    path: str = "posts/2022-07-31-low tide.md",
    site: str | None = SITE,
    keys: Keys = (),
    pattern: str | None = None,
    patterns: tuple[tuple[str, str], ...] = (),
    **options: Option,
) -> Card:
    rules = rules_of(generator, site=site, keys=keys, pattern=pattern, patterns=patterns, **options)
    stated: dict[str, Value] = {"title": "Low & high", "date": "2022-07-31T20:05:09Z", **(front_matter or {})}
    return make_card(make_article(stated, path=path), rules)[0]


def rules_of(
    generator: str,
    *,
    site: str | None = SITE,
    keys: Keys = (),
    pattern: str | None = None,
    patterns: tuple[tuple[str, str], ...] = (),
    **options: Option,
) -> CardRules:
    return CardRules(
        tag_prefix="tag:x,2000:",
        zone=None,
        is_flat=False,
        permalink=pattern,
        site_url=site,
        keys=keys,
        addresses=AddressRules(
            generator=generator,
            pattern=pattern,
            patterns=patterns,
            options=tuple(options.items()),
            site_url=site,
        ),
    )


def test_each_generator_has_its_rules() -> None:
    made = {name: of_generator(name).permalink for name in GENERATORS}
    assert made == {
        "hexo": "https://example.com/blog/2022/07/31/posts/2022-07-31-low%20tide/",
        "jekyll": "https://example.com/blog/2022/07/31/low-tide.html",
        "hugo": "https://example.com/blog/posts/2022-07-31-low-tide/",
        "pelican": "https://example.com/blog/low-high.html",
        "zola": "https://example.com/blog/posts/low-tide/",
        "eleventy": "https://example.com/blog/posts/2022-07-31-low%20tide/",
        "astro": "https://example.com/blog/posts/2022-07-31-low-tide/",
        "mkdocs": "https://example.com/blog/posts/2022-07-31-low%20tide/",
        "nikola": "https://example.com/blog/posts/2022-07-31-low-tide/",
    }


def test_the_settings_know_the_same_generators() -> None:
    assert set(generators.GENERATORS) == GENERATORS


def test_without_a_site_a_generator_gives_no_address_but_an_absolute_one() -> None:
    assert of_generator("hugo", site=None).permalink is None
    own = of_generator("hexo", site=None, pattern="https://example.org/:title/", path="_posts/a.md")
    assert own.permalink == "https://example.org/a/"
    assert of_generator("hexo", {"permalink": "https://example.org/x"}, site=None).permalink == "https://example.org/x"


def test_of_the_keys_that_state_an_address_only_the_generators_and_ones_own_count() -> None:
    stated: dict[str, Value] = {
        "url": "/url/",
        "permalink": "/permalink/",
        "link": "https://example.org/",
        "mine": "/mine/",
    }
    assert of_generator("hexo", stated).permalink == "https://example.com/blog/permalink/"
    assert of_generator("hugo", stated).permalink == "https://example.com/blog/url/"
    keys = (("permalink", ("mine",)),)
    assert of_generator("hugo", stated, keys=keys).permalink == "https://example.com/mine/"


def test_where_an_address_came_from_is_told() -> None:
    article = make_article({"title": "T", "date": "2022-07-31", "url": "/x/"}, path="posts/a.md")
    assert find_origins(article, rules_of("hugo"))["permalink"].source == "key url"
    assert find_origins(article, rules_of("zola"))["permalink"].source == "the setting generator: zola"


def test_jekylls_collections_may_stand_in_a_folder_that_is_no_category() -> None:
    path = "stuff/_posts/2022-07-31-a.md"
    assert of_generator("jekyll", path=path).permalink == "https://example.com/blog/stuff/2022/07/31/a.html"
    apart = of_generator("jekyll", path=path, collections_dir="stuff")
    assert apart.permalink == "https://example.com/blog/2022/07/31/a.html"


def test_an_id_does_not_depend_on_the_address() -> None:
    assert len({of_generator(name, {"slug": name}).id for name in GENERATORS}) == 1


@pytest.mark.parametrize(
    ("generator", "folder", "path", "expected"),
    [
        ("hugo", "posts", "low.md", "posts/low/"),
        ("hugo", "/posts/deep/", "low.md", "posts/deep/low/"),
        ("jekyll", "_posts", "2022-07-31-low.md", "2022/07/31/low.html"),
        ("jekyll", "_notes", "low.md", "notes/low.html"),
        ("jekyll", "news/_posts", "2022-07-31-low.md", "news/2022/07/31/low.html"),
        ("hexo", "", "about/me.md", "about/me.html"),
        ("hexo", "", "_posts/low.md", "2022/07/31/low/"),
        ("astro", "content/blog", "low.md", "b/low/"),
        ("nikola", "posts", "low.md", "posts/low/"),
    ],
)
def test_the_archive_may_be_a_part_of_the_generators_folder(
    generator: str, folder: str, path: str, expected: str
) -> None:
    patterns = (("blog", "/b/[...slug]/"),) if generator == "astro" else ()
    made = of_generator(generator, path=path, patterns=patterns, folder=folder)
    assert made.permalink == f"https://example.com/blog/{expected}"


@pytest.mark.parametrize(
    ("generator", "pattern", "front_matter"),
    [
        ("hexo", ":abbrlink/", {}),
        ("hexo", ":id/", {}),
        ("hexo", ":year/", {"date": ""}),
        ("jekyll", "/:year/:title", {"date": ""}),
        ("eleventy", "/{% if a %}x{% endif %}/", {}),
        ("eleventy", "/{{ title | own }}/", {}),
        ("eleventy", "/x/", {"permalink": "false"}),
        ("pelican", "{nothing}/{slug}/", {}),
        ("astro", "/[year]/[slug]/", {"date": ""}),
        ("mkdocs", "{other}", {}),
    ],
)
def test_what_cannot_be_known_gives_no_address(generator: str, pattern: str, front_matter: dict[str, Value]) -> None:
    path = "blog/posts/tide.md" if generator == "mkdocs" else "_posts/tide.md"
    assert of_generator(generator, front_matter, pattern=pattern, path=path).permalink is None


def test_an_empty_url_is_pelicans_first_page() -> None:
    assert of_generator("pelican", {"url": "", "save_as": "index.html"}).permalink == "https://example.com/blog/"


def test_hugos_names_of_sections_are_in_other_files() -> None:
    assert of_generator("hugo", patterns=(("posts", "/:sectionslugs/:slug/"),)).permalink is None


def test_hugos_most_special_section_wins_and_one_slash_is_for_files_at_the_top() -> None:
    patterns = (("posts", "/p/:filename/"), ("posts/deep", "/d/:filename/"), ("/", "/top/:filename/"))
    made = [
        of_generator("hugo", path=path, patterns=patterns).permalink
        for path in ("posts/a.md", "posts/deep/b.md", "c.md", "x/d.md")
    ]
    ends = [address.removeprefix("https://example.com/blog/") for address in made if address]
    assert ends == ["p/a/", "d/b/", "top/c/", "x/d/"]


@pytest.mark.parametrize(
    ("sections", "folder", "languages", "path", "expected"),
    [
        ({"posts/deep"}, "", (), "posts/deep/er/a.md", "posts/deep/a/"),
        ({"deep"}, "posts", (), "deep/er/a.md", "posts/deep/a/"),
        ({"."}, "posts/deep", (), "er/a.md", "posts/deep/a/"),
        ({"german/posts/deep"}, "", (("en", ""), ("de", "german")), "german/posts/deep/a.md", "de/posts/deep/a/"),
        (set(), "posts", (), "deep/er/a.md", "posts/a/"),
    ],
)
def test_hugos_sections_are_folders_with_an_index(
    sections: set[str], folder: str, languages: Option, path: str, expected: str
) -> None:
    rules = AddressRules(
        generator="hugo",
        patterns=(("posts", "/:sections/:filename/"),),
        options=(("folder", folder), ("languages", languages)),
        site_url=SITE,
        sections=frozenset(sections),
    )
    page = Page(path, {"title": "T"}, "T", None, ())
    assert make_address(page, rules) == f"https://example.com/blog/{expected}"


def test_a_language_of_hugo_may_lie_within_another() -> None:
    languages = (("en", "content"), ("de", "content/de"))
    made = [of_generator("hugo", path=path, languages=languages).permalink for path in ("posts/a.md", "de/posts/a.md")]
    assert made == ["https://example.com/blog/posts/a/", "https://example.com/blog/de/posts/a/"]
    made = [of_generator("hugo", path=f"content/{path}", languages=languages).permalink for path in ("a.md", "de/a.md")]
    assert made == ["https://example.com/blog/a/", "https://example.com/blog/de/a/"]


def test_hugos_date_and_slug_may_come_from_the_name() -> None:
    card = of_generator(
        "hugo",
        {"date": ""},
        path="posts/2022-07-31-low-tide.md",
        patterns=(("posts", "/:year/:month/:slug/"),),
        frontmatter=(":filename", ":default"),
    )
    assert card.permalink == "https://example.com/blog/2022/07/low-tide/"


def test_latin_letters_need_no_help_to_become_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "unidecode", None)
    to_ascii.cache_clear()
    assert to_ascii("Ünïcödé “Straße” — Œuvre Łódź 🌊") == 'Unicode "Strasse" -- OEuvre Lodz '
    assert to_ascii("低潮") is None
    to_ascii.cache_clear()


def aliases_of(generator: str | None, front_matter: Mapping[str, Value], site: str | None = SITE) -> tuple[str, ...]:
    if generator:
        return of_generator(generator, front_matter, site=site).aliases
    rules = CardRules(tag_prefix="tag:x,2000:", zone=None, is_flat=False, permalink=None, site_url=site)
    return make_card(make_article({"title": "T", **front_matter}), rules)[0].aliases


@pytest.mark.parametrize(
    ("generator", "front_matter", "expected"),
    [
        (None, {"aliases": ("/old/", "older/")}, ("https://example.com/old/", "https://example.com/blog/older/")),
        (
            "hugo",
            {"aliases": ("/old/", "near/")},
            ("https://example.com/blog/old/", "https://example.com/blog/posts/near/"),
        ),
        ("jekyll", {"redirect_from": "/old.html"}, ("https://example.com/blog/old.html",)),
        (
            "hexo",
            {"alias": ("old/", "https://example.org/a/")},
            ("https://example.com/blog/old/", "https://example.org/a/"),
        ),
        ("zola", {"aliases": (), "alias": ""}, ()),
    ],
)
def test_addresses_that_a_page_had_before(
    generator: str | None, front_matter: Mapping[str, Value], expected: tuple[str, ...]
) -> None:
    assert aliases_of(generator, front_matter) == expected


def test_without_a_site_no_former_address_is_known() -> None:
    assert aliases_of("hugo", {"aliases": ("/old/", "near/")}, site=None) == ()


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    [
        "..",
        ".",
        "index",
        "2024-01-02-",
        "a/../b",
        "{slug}",
        "{{ x }}",
        ":title",
        "%",
        "%zz",
        "[",
        "http://[",
        "//x",
        "?",
    ]
)
VALUES = TEXTS | st.lists(TEXTS | st.lists(TEXTS, max_size=2).map(tuple), max_size=3).map(tuple)
KEYS = st.sampled_from(
    [
        "title",
        "slug",
        "url",
        "permalink",
        "path",
        "date",
        "categories",
        "category",
        "lang",
        "author",
        "abbrlink",
        "aliases",
    ]
)
PATTERNS = {
    "hexo": ":category/:year/:hash/:post_title/:name/:lang/",
    "jekyll": "/:categories/:slugified_categories/:name/:slug/:title/:path",
    "pelican": "{category}/{author}/{slug}/{lang}/{path}",
    "eleventy": "/{{ title | slugify }}/{{ page.fileSlug }}/{{ page.date | date: '%Y/%-d' }}/",
    "mkdocs": "{categories}/{date}/{slug}/{file}",
}


@pytest.mark.long
@given(
    generator=st.sampled_from(sorted(GENERATORS)),
    stated=st.dictionaries(KEYS, VALUES, max_size=6),
    parts=st.lists(TEXTS, min_size=1, max_size=3),
    has_pattern=st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_whatever_an_article_says_its_address_is_one_or_none(
    generator: str, stated: dict[str, Value], parts: list[str], has_pattern: bool
) -> None:
    path = "/".join(part.replace("/", "") or "x" for part in parts) + ".md"
    card = of_generator(
        generator,
        stated,
        path=path,
        pattern=PATTERNS.get(generator) if has_pattern else None,
        patterns=(("/", "/:sections[1:]/:title/:filename/"),) if generator == "hugo" else (),
    )
    for address in (card.permalink, *card.aliases):
        assert address is None or (address.isascii() and encode(address) == address), address


@pytest.mark.parametrize("generator", sorted(GENERATORS))
def test_a_name_that_is_no_text_stops_nothing(generator: str) -> None:
    address = of_generator(generator, {"title": ""}, path="posts/\udcff.md").permalink
    assert address is None or address.startswith(SITE)
