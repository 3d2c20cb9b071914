"""Hexo, Jekyll, Hugo and Zola: every key that is read, and what their feed plug-ins had."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.test_generators import ATOM, HEXO, JEKYLL, RSS, noted, reasons, settings, site_of

HUGO = 'baseURL = "https://tide.example.net/"\ntitle = "Tide"\n'
ZOLA = 'base_url = "https://tide.example.net"\n'


def hexo(folder: Path, more: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    return settings(site_of(folder, {"_config.yml": HEXO + more, **(files or {})}))


def test_hexo_as_it_begins(tmp_path: Path) -> None:
    site = site_of(
        tmp_path, {"_config.yml": HEXO + "timezone: ''\n", "source/_posts/a.md": "", "public/atom.xml": ATOM}
    )
    assert settings(site) == {
        "title": "海",
        "base_url": "https://blog.example.net/",
        "site_url": "https://blog.example.net/",
        "generator": "hexo",
        "permalink": ":year/:month/:day/:title/",
        "static": ["source"],
        "authority": "blog.example.net",
        "categories": "levels",
        "formats": ["atom"],
        "pages": False,
    }
    assert (site.archive, site.output) == (tmp_path / "source/_posts", tmp_path / "public")
    assert site.feeds == (tmp_path / "public/atom.xml",)
    assert reasons(site)["title"] == "_config.yml line 1: title"
    assert reasons(site)["permalink"] == "Hexo: its default"
    assert noted(site, "_config.yml states no time zone, so that Hexo takes the one of the machine")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("subtitle: b\n", "description", "b"),
        ("subtitle: b\ndescription: c\n", "description", "c"),
        ("language: zh_CN\n", "language", "zh-CN"),
        ("language:\n  - zh-TW\n  - en\n", "language", "zh-TW"),
        ("timezone: Asia/Shanghai\n", "zone", "Asia/Shanghai"),
        ("permalink: posts/:abbrlink.html\n", "permalink", "posts/:abbrlink.html"),
        ("root: /b/\n", "base_url", "https://blog.example.net/b/"),
        ("root: /b/\n", "site_url", "https://blog.example.net/"),
        ("skip_render: '_posts/raw/**'\n", "exclude", ["/raw/**"]),
        (
            "exclude: ['_posts/{a,b}.md', about.md]\nignore: '**/*.tmp.md'\n",
            "exclude",
            ["/a.md", "/b.md", "**/*.tmp.md"],
        ),
        ("skip_render: ['**/_posts/x.md']\n", "exclude", ["/x.md"]),
        ("pretty_urls: {trailing_html: false}\n", "addresses", {"pretty_urls": {"trailing_html": False}}),
        ("category_map: {海: sea}\n", "addresses", {"category_map": {"海": "sea"}}),
        ("permalink_defaults: {lang: en}\n", "addresses", {"permalink_defaults": {"lang": "en"}}),
        ("author: Mara Oak\n", "author", "Mara Oak"),
        ("default_category: notes\n", "addresses", {"default_category": "notes"}),
        ("new_post_name: ':year-:title.md'\n", "addresses", {"new_post_name": ":year-:title.md"}),
    ],
)
def test_what_is_taken_from_hexo(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert hexo(tmp_path, more)[name] == value


def test_an_author_that_a_new_site_of_hexo_begins_with_is_nobody(tmp_path: Path) -> None:
    assert "author" not in hexo(tmp_path, "author: John Doe\n")


def test_defaults_of_hexo_change_no_addresses(tmp_path: Path) -> None:
    more = "default_category: uncategorized\npretty_urls: {trailing_index: true}\nnew_post_name: ':title.md'\n"
    assert "addresses" not in hexo(tmp_path, more)


def test_hexo_may_keep_its_folders_elsewhere(tmp_path: Path) -> None:
    text = "title: a\nurl: https://b.example.net/c\nsource_dir: src\npublic_dir: docs\nrender_drafts: true\nroot: /c/\n"
    site = site_of(tmp_path, {"_config.yml": text, "src/_posts/a.md": ""})
    assert (site.archive, site.output) == (tmp_path / "src/_posts", tmp_path / "docs")
    assert settings(site)["static"] == ["src"]
    assert settings(site)["base_url"] == settings(site)["site_url"] == "https://b.example.net/c/"
    assert noted(site, "_config.yml line 5: render_drafts publishes _drafts")
    assert not noted(site, "root")


GENERATOR_FEED = {"package.json": '{"dependencies": {"hexo": "7", "hexo-generator-feed": "3"}}'}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"formats": ["atom"], "limit": 20, "content": "full"}),
        ("feed: {limit: 5}\n", {"formats": ["atom"], "limit": 5, "content": "full"}),
        ("feed: {content: }\n", {"formats": ["atom"], "limit": 20, "content": "summary"}),
        ("feed: {content: false}\n", {"content": "summary"}),
        ("feed: {content: true}\n", {"content": "full"}),
        ("feed: {type: rss2}\n", {"formats": ["rss"], "paths": {"rss": "rss2.xml"}}),
        ("feed: {type: rss2, path: /feed/rss}\n", {"formats": ["rss"], "paths": {"rss": "feed/rss.xml"}}),
        ("feed: {type: [atom, rss2]}\n", {"formats": ["atom", "rss"], "paths": {"rss": "rss2.xml"}}),
        ("feed: {type: [rss2], path: [a.xml, b.xml]}\n", {"formats": ["rss"], "paths": {"rss": "a.xml"}}),
        ("feed: {type: [atom, rss2], path: a.xml}\n", {"paths": {"rss": "rss2.xml"}}),
        ("feed: {type: other}\n", {"formats": ["atom"]}),
        ("feed: {limit: 500}\n", {"limit": 500, "limit_max": 500}),
        ("feed: {limit: 0}\n", {"limit": 200}),
        ("feed: {limit: false}\n", {"limit": 200}),
    ],
)
def test_what_hexo_generator_feed_has(more: str, expected: Mapping[str, object], tmp_path: Path) -> None:
    found = hexo(tmp_path, more, GENERATOR_FEED)
    assert {name: found.get(name) for name in expected} == expected


def test_reasons_and_notes_of_hexo_generator_feed(tmp_path: Path) -> None:
    more = "feed:\n  limit: 7\n  order_by: -updated\n  hub: https://hub.example.net/\n  template: a.xml\n"
    site = site_of(tmp_path, {"_config.yml": HEXO + more, **GENERATOR_FEED})
    assert reasons(site)["limit"] == "_config.yml line 5: feed.limit"
    assert reasons(site)["content"] == "hexo-generator-feed (its default)"
    for words in (
        '_config.yml line 6: feed.order_by is "-updated"',
        "_config.yml line 7: feed.hub is told of nothing",
        "_config.yml line 8: feed.template is not read",
        "Take hexo-generator-feed out of package.json",
    ):
        assert noted(site, words)


def test_a_feed_that_hexo_has_switched_off(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": HEXO + "feed: {enable: false}\n", **GENERATOR_FEED})
    assert not {"formats", "paths", "content", "limit"} & set(settings(site))
    assert noted(site, "feed.enable is off")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"formats": ["rss", "atom", "json"], "limit": 200, "content": "full"}),
        ("feed: {limit: 9}\n", {"limit": 9}),
        ("feed: {rss: {enable: true, output: r.xml}}\n", {"paths": {"rss": "r.xml"}}),
        ("feed: {rss: {output: r.xml}, atom: {enable: false}}\n", {"formats": ["json"]}),
    ],
)
def test_what_hexo_feed_has(more: str, expected: Mapping[str, object], tmp_path: Path) -> None:
    found = hexo(tmp_path, more, {"package.json": '{"devDependencies": {"hexo-feed": "1"}}'})
    assert {name: found.get(name) for name in expected} == expected


def test_feeds_of_hexo_feed_by_category_are_found_and_noted(tmp_path: Path) -> None:
    files = {
        "_config.yml": HEXO + "feed: {tag_dir: false, rss: {enable: true, output: rss.xml}}\n",
        "public/rss.xml": RSS,
        "public/category/海/rss.xml": RSS,
        "public/category/海/index.html": "",
    }
    site = site_of(tmp_path, files)
    assert site.feeds == (tmp_path / "public/rss.xml", tmp_path / "public/category/海/rss.xml")
    assert noted(site, "Feeds of categories and tags were at category/NAME/: ours are at NAME/ and tags/NAME/")
    assert "feeds" not in settings(site)


def jekyll(folder: Path, more: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    return settings(site_of(folder, {"_config.yml": JEKYLL + more, **(files or {})}))


def test_jekyll_as_it_begins(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": JEKYLL + "plugins: [jekyll-feed]\n", "_site/feed.xml": ATOM})
    assert settings(site) == {
        "title": "Sea",
        "base_url": "https://blog.example.net/",
        "site_url": "https://blog.example.net/",
        "generator": "jekyll",
        "permalink": "date",
        "static": ["."],
        "authority": "blog.example.net",
        "categories": "flat",
        "limit": 10,
        "content": "full",
        "formats": ["atom"],
        "pages": False,
        "paths": {"atom": "feed.xml"},
    }
    assert (site.archive, site.output) == (tmp_path / "_posts", tmp_path / "_site")
    assert site.feeds == (tmp_path / "_site/feed.xml",)
    assert reasons(site)["paths"] == "jekyll-feed (its default)"
    assert noted(site, "states no time zone, so that Jekyll takes the one of the machine")
    assert noted(site, "Take jekyll-feed out of _config.yml and the Gemfile")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("description: >-\n  a\n  b\n", "description", "a b"),
        ("tagline: b\n", "description", "b"),
        ("lang: pt_BR\n", "language", "pt-BR"),
        ("locale: en_US.UTF-8\n", "language", "en-US"),
        ("lang: de\nlocale: en\n", "language", "de"),
        ("author: Mara Oak\n", "author", "Mara Oak"),
        ("author: {name: Mara Oak, email: m@example.net}\n", "author", "Mara Oak"),
        ("author: a\ndefaults:\n - scope: {path: ''}\n   values: {author: Tom}\n", "author", "Tom"),
        ("author: a\ndefaults:\n - scope: {path: x}\n   values: {author: Tom}\n", "author", "a"),
        ("timezone: Europe/Berlin\n", "zone", "Europe/Berlin"),
        ("permalink: pretty\n", "permalink", "pretty"),
        ("permalink: /:categories/:title\n", "permalink", "/:categories/:title"),
        ("permalink: /a\ncollections: {posts: {permalink: /b/:title}}\n", "permalink", "/b/:title"),
        ("defaults:\n - scope: {path: '', type: posts}\n   values: {permalink: /c/:title}\n", "permalink", "/c/:title"),
        ("defaults:\n - scope: {path: a}\n   values: {permalink: /c/:title}\n", "permalink", "date"),
        ("defaults:\n - scope: {type: pages}\n   values: {permalink: /c/:title}\n", "permalink", "date"),
        ("exclude: [Gemfile, _posts/old.md, '_posts/x/']\n", "exclude", ["/old.md", "/x/"]),
        ("collections_dir: c\n", "addresses", {"collections_dir": "c"}),
    ],
)
def test_what_is_taken_from_jekyll(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert jekyll(tmp_path, more)[name] == value


@pytest.mark.parametrize(
    ("text", "base", "reason"),
    [
        (
            "url: https://a.example.net\nbaseurl: /b/\n",
            "https://a.example.net/b/",
            "_config.yml line 1: url and baseurl",
        ),
        ("url: a.example.net\nbaseurl: ''\n", "https://a.example.net/", "_config.yml line 1: url"),
        (
            "repository: Me/Notes\nlsi: false\n",
            "https://me.github.io/Notes/",
            "_config.yml line 1: repository, on GitHub",
        ),
        ("repository: me/me.github.io\nlsi: false\n", "https://me.github.io/", "_config.yml line 1: repository"),
    ],
)
def test_where_a_site_of_jekyll_is(text: str, base: str, reason: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": text})
    assert settings(site)["base_url"] == settings(site)["site_url"] == base
    assert reasons(site)["base_url"].startswith(reason)


def test_jekyll_may_keep_its_folders_elsewhere(tmp_path: Path) -> None:
    more = "source: src\ncollections_dir: all\ndestination: out\nshow_drafts: true\ncollections: [recipes]\n"
    site = site_of(tmp_path, {"_config.yml": JEKYLL + more, "src/all/_posts/2022-01-01-a.md": ""})
    assert (site.archive, site.output) == (tmp_path / "src/all/_posts", tmp_path / "out")
    assert settings(site)["static"] == ["src"]
    assert noted(site, "show_drafts publishes _drafts")
    assert noted(site, "_config.yml line 9: collections: recipes: only posts are articles")


def test_a_source_of_jekyll_that_another_tool_makes_is_read_where_its_posts_lie(tmp_path: Path) -> None:
    files = {"_config.yml": JEKYLL + "source: .tmp/src\n", "src/_posts/2022-01-01-a.md": ""}
    site = site_of(tmp_path, files)
    assert site.archive == tmp_path / "src/_posts"
    assert noted(site, "_config.yml line 5: source names .tmp/src, which is not there: src is read")
    (tmp_path / "old/_posts").mkdir(parents=True)
    assert site_of(tmp_path, files).archive == tmp_path / ".tmp/src/_posts"


def test_posts_of_jekyll_in_folders_of_categories_are_articles_too(tmp_path: Path) -> None:
    files = {
        "_config.yml": JEKYLL + "exclude: [vendor, sea/old]\n",
        "sea/_posts/2022-01-01-a.md": "",
        "_posts/b.md": "",
    }
    site = site_of(tmp_path, {**files, "vendor/_posts/x.md": ""})
    assert site.archive == tmp_path
    assert settings(site)["include"] == ["_posts/"]
    assert settings(site)["exclude"] == ["/sea/old"]
    assert reasons(site)["include"] == "posts lie in sea/_posts, too"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("feed: {path: /blog/feed.atom}\n", {"paths": {"atom": "blog/feed.atom"}, "formats": ["atom"]}),
        ("feed: {collections: {posts: {path: p.xml}}}\n", {"paths": {"atom": "p.xml"}}),
        ("feed: {posts_limit: 25}\n", {"limit": 25}),
        ("feed: {excerpt_only: true}\n", {"content": "summary"}),
        ("feed: {excerpt_only: false}\n", {"content": "full"}),
        ("gems: [jekyll-feed]\n", {"limit": 10}),
        ("", {"limit": None, "formats": None}),
    ],
)
def test_what_jekyll_feed_has(more: str, expected: Mapping[str, object], tmp_path: Path) -> None:
    found = jekyll(tmp_path, more)
    assert {name: found.get(name) for name in expected} == expected


def test_jekyll_feed_may_stand_in_the_gemfile_alone(tmp_path: Path) -> None:
    gemfile = {"Gemfile": 'group :jekyll_plugins do\n  gem "jekyll-feed", "~> 0.12"\nend\n'}
    assert jekyll(tmp_path, "", gemfile)["limit"] == 10


def test_feeds_of_jekyll_feed_that_are_no_more_are_noted(tmp_path: Path) -> None:
    more = "feed:\n  categories: [news]\n  collections: [changes]\n  tags: {path: t/}\n"
    files = {"_site/feed.xml": ATOM, "_site/feed/news.xml": ATOM, "_site/t/a.xml": ATOM}
    site = site_of(tmp_path, {"_config.yml": JEKYLL + more, **files})
    assert site.feeds == tuple(tmp_path / f"_site/{name}" for name in ("feed.xml", "feed/news.xml", "t/a.xml"))
    assert noted(site, "line 6: feed.categories: the feeds at feed/NAME.xml are at NAME/feed.xml now")
    assert noted(site, "line 7: feed.collections: changes: collections have no feeds of their own here")
    assert noted(site, "line 8: feed.tags: the feeds at t/TAG.xml are at tags/TAG/feed.xml now")
    assert settings(site)["feeds"] == ["category", "tag"]


def test_a_feed_that_a_site_of_jekyll_makes_itself_keeps_its_place(tmp_path: Path) -> None:
    template = (
        '---\npermalink: /rss.xml\n---\n<rss version="2.0">{% for post in site.posts limit:7 %}{{ post.content }}'
    )
    site = site_of(tmp_path, {"_config.yml": JEKYLL, "feed.xml": template})
    assert {name: settings(site)[name] for name in ("formats", "limit", "content")} == {
        "formats": ["rss"],
        "limit": 7,
        "content": "full",
    }
    assert "paths" not in settings(site)
    assert noted(site, "Take rss.xml out of the site")


def test_a_feed_of_jekyll_that_is_no_template_is_none_of_its_making(tmp_path: Path) -> None:
    assert "formats" not in jekyll(tmp_path, "", {"feed.xml": ATOM})


def hugo(folder: Path, more: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    return settings(site_of(folder, {"hugo.toml": HUGO + more, **(files or {})}))


def test_hugo_as_it_begins(tmp_path: Path) -> None:
    files = {"hugo.toml": HUGO, "static/a.png": "", "public/index.xml": RSS, "public/posts/index.xml": RSS}
    site = site_of(tmp_path, files)
    assert settings(site) == {
        "title": "Tide",
        "language": "en",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "hugo",
        "static": ["static"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "feeds": ["category", "tag"],
        "limit": 200,
        "content": "summary",
        "formats": ["rss"],
        "pages": False,
        "paths": {"rss": "index.xml"},
    }
    assert (site.archive, site.output) == (tmp_path / "content", tmp_path / "public")
    assert site.feeds == (tmp_path / "public/index.xml", tmp_path / "public/posts/index.xml")
    assert noted(site, 'Set disableKinds = ["RSS"] for Hugo')
    assert noted(site, "Hugo shows all entries, ours the newest 200")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("[params]\ndescription = 'b'\n", "description", "b"),
        ("languageCode = 'zh-cn'\n", "language", "zh-cn"),
        ("LANGUAGECODE = 'zh-cn'\n", "language", "zh-cn"),
        ("locale = 'de-AT'\n", "language", "de-AT"),
        ("defaultContentLanguage = 'fr'\n", "language", "fr"),
        ("[params]\nauthor = 'Mara Oak'\n", "author", "Mara Oak"),
        ("[params.author]\nname = 'Mara Oak'\n", "author", "Mara Oak"),
        ("[author]\nname = 'Mara Oak'\n", "author", "Mara Oak"),
        ("[params]\nauthor = 'a'\n[languages.en.params]\nauthor = 'Tom'\n", "author", "Tom"),
        ("timeZone = 'Europe/Oslo'\n", "zone", "Europe/Oslo"),
        ("[permalinks]\nposts = '/:year/:slug/'\n", "permalinks", {"posts": "/:year/:slug/"}),
        ("permalinks = {page = {a = '/b/:slug/'}, section = {a = '/c/'}}\n", "permalinks", {"a": "/b/:slug/"}),
        ("uglyURLs = true\n", "addresses", {"uglyURLs": True}),
        ("[uglyURLs]\nposts = true\n", "addresses", {"uglyURLs": {"posts": True}}),
        ("disablePathToLower = true\n", "addresses", {"disablePathToLower": True}),
        ("removePathAccents = true\n", "addresses", {"removePathAccents": True}),
        ("rssLimit = 30\n", "limit", 30),
        ("[services.rss]\nlimit = 40\n", "limit", 40),
        ("[outputFormats.RSS]\nbaseName = 'feed'\n", "paths", {"rss": "feed.xml"}),
        ("[mediaTypes.'application/rss+xml']\nsuffixes = ['rss']\n", "paths", {"rss": "index.rss"}),
        (
            "outputs = {home = ['html', 'atom']}\noutputFormats = {atom = {mediaType = 'application/atom+xml'}}\n",
            "formats",
            ["atom"],
        ),
        (
            "[outputFormats.jsonfeed]\nmediaType = 'application/feed+json'\nbaseName = 'feed'\n"
            "[outputs]\nhome = ['HTML', 'RSS', 'JSONFeed']\n",
            "formats",
            ["rss", "json"],
        ),
    ],
)
def test_what_is_taken_from_hugo(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert hugo(tmp_path, more)[name] == value


@pytest.mark.parametrize(
    "more",
    [
        "disableKinds = ['term']\n",
        "disableKinds = ['taxonomy', 'term']\n",
        "[taxonomies]\ncategory = 'categories'\n",
        "[outputs]\nterm = ['html']\n",
    ],
)
def test_hugo_may_have_no_feeds_of_tags(more: str, tmp_path: Path) -> None:
    assert "feeds" not in hugo(tmp_path, more)


@pytest.mark.parametrize(
    "more", ["disableKinds = ['RSS']\n", "disableKinds = ['home']\n", "[outputs]\nhome = ['html']\n"]
)
def test_hugo_may_have_no_feed(more: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"hugo.toml": HUGO + more})
    assert not {"formats", "paths", "content", "limit"} & set(settings(site))
    assert noted(site, "has no feed for the home page")


@pytest.mark.parametrize(
    ("place", "template", "content"),
    [
        ("layouts/_default/rss.xml", "{{ .Content | html }}", "full"),
        ("layouts/rss.xml", "{{/* .Content */}}{{ .Summary }}", "summary"),
        ("themes/sea/layouts/index.rss.xml", "{{ .Content }}", "full"),
        ("themes/other/layouts/index.rss.xml", "{{ .Content }}", "summary"),
        ("layouts/home.rss.xml", "{{ .ContentBaseName }}", "summary"),
    ],
)
def test_a_template_of_hugo_tells_what_entries_hold(place: str, template: str, content: str, tmp_path: Path) -> None:
    assert hugo(tmp_path, "theme = 'sea'\n", {place: template})["content"] == content


def test_hugo_has_its_configuration_in_a_folder_too(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "config/_default/hugo.yaml": "baseURL: https://a.example.net/\nTitle: a\n",
            "config/_default/params.toml": "description = 'b'\n",
            "config/_default/permalinks.toml": "[permalinks]\nposts = '/:slug/'\n",
            "config/_default/languages.de.toml": "title = 'c'\nlanguageCode = 'de-DE'\n",
            "config/_default/params.de.toml": "description = 'd'\n",
            "config/production/config.json": '{"baseurl": "https://b.example.net/", "defaultcontentlanguage": "de"}',
            "config/staging/config.json": '{"baseurl": "https://c.example.net/"}',
        },
    )
    found = settings(site)
    assert (found["base_url"], found["title"]) == ("https://b.example.net/", "c")
    assert (found["description"], found["language"]) == ("d", "de-DE")
    assert found["permalinks"] == {"posts": "/:slug/"}
    assert site.archive == tmp_path / "content"
    assert reasons(site)["base_url"] == "config.json line 1: baseURL"
    assert reasons(site)["description"] == "params.de.toml line 1: languages.de.params.description"


def test_languages_of_hugo(tmp_path: Path) -> None:
    more = (
        "defaultContentLanguage = 'zh'\ndefaultContentLanguageInSubdir = true\n"
        "[languages.zh]\ntitle = '潮'\nlocale = 'zh-CN'\ncontentDir = 'content/zh'\n"
        "[languages.en]\ncontentDir = 'content/en'\n[languages.fr]\ndisabled = true\n"
    )
    site = site_of(tmp_path, {"hugo.toml": HUGO + more})
    found = settings(site)
    assert (found["title"], found["language"]) == ("潮", "zh-CN")
    assert site.archive == tmp_path / "content"
    assert found["paths"] == {"rss": "index.xml"}
    assert found["addresses"] == {
        "defaultContentLanguage": "zh",
        "defaultContentLanguageInSubdir": True,
        "languages": {"zh": "content/zh", "en": "content/en"},
    }
    assert (found["languages"], found["feeds"]) == (["zh", "en"], ["category", "language", "tag"])


def test_the_feed_of_all_languages_takes_the_address_of_none(tmp_path: Path) -> None:
    more = "defaultContentLanguage = 'de'\ndefaultContentLanguageInSubdir = true\n[languages.de]\n[languages.en]\n"
    site = site_of(tmp_path, {"hugo.toml": f"baseURL = 'https://tide.example.net/'\n{more}"})
    assert settings(site).get("paths", {}).get("rss", "index.xml") == "index.xml"
    assert noted(site, "at de/index.xml, en/index.xml")


def test_folders_of_hugo(tmp_path: Path) -> None:
    more = "contentDir = 'texts'\npublishDir = 'docs'\nstaticDir = ['static', 'more', 'none']\nbuildDrafts = true\n"
    files = {
        "static/a": "",
        "more/a": "",
    }
    site = site_of(tmp_path, {"hugo.toml": HUGO + more, **files})
    assert (site.archive, site.output) == (tmp_path / "texts", tmp_path / "docs")
    assert settings(site)["static"] == ["static", "more"]
    assert noted(site, "buildDrafts publishes drafts, which feeds do not.")


def zola(folder: Path, more: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    return settings(site_of(folder, {"zola.toml": ZOLA + more, **(files or {})}))


def test_what_lies_beside_pages_of_zola_is_no_article(tmp_path: Path) -> None:
    assert "include" not in zola(tmp_path, "", {"content/a/index.md": "", "content/a/b.png": ""})
    assert zola(tmp_path, "", {"content/a/2022-04-07-timing.html": ""})["include"] == ["*.md"]


def test_zola_as_it_begins(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"zola.toml": ZOLA + "title = 'Tide'\n"})
    assert settings(site) == {
        "title": "Tide",
        "language": "en",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "zola",
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "pages": False,
    }
    assert (site.archive, site.output) == (tmp_path / "content", tmp_path / "public")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("description = 'b'\n", "description", "b"),
        ("author = 'Mara Oak'\n", "author", "Mara Oak"),
        ("default_language = 'zh'\n", "language", "zh"),
        ("generate_feeds = true\n", "formats", ["atom"]),
        ("generate_feeds = true\n", "content", "full"),
        ("generate_feeds = true\n", "limit", 200),
        ("generate_feeds = true\nfeed_limit = 12\n", "limit", 12),
        ("generate_feeds = true\nfeed_filenames = ['rss.xml', 'atom.xml']\n", "formats", ["rss", "atom"]),
        ("generate_feed = true\nfeed_filename = 'rss.xml'\n", "formats", ["rss"]),
        ("ignored_content = ['*.{tmp,old}.md', '*/a/b.md']\n", "exclude", ["*.tmp.md", "*.old.md", "**/a/b.md"]),
        ("slugify = {paths = 'off'}\n", "addresses", {"slugify": {"paths": "off"}}),
        ("[slugify]\npaths_keep_dates = true\n", "addresses", {"slugify": {"paths_keep_dates": True}}),
        ("[languages.de]\n", "addresses", {"languages": ["de"], "default_language": "en"}),
        ("[languages.de]\n", "languages", ["en", "de"]),
        ("[languages.de]\n", "feeds", ["category", "language"]),
    ],
)
def test_what_is_taken_from_zola(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert zola(tmp_path, more)[name] == value


def test_feeds_of_zola_that_are_no_more_and_templates_of_ones_own_are_noted(tmp_path: Path) -> None:
    more = (
        "generate_feeds = true\nfeed_filenames = ['news.xml', 'mine.txt']\noutput_dir = 'out'\n"
        "taxonomies = [{name = 'tags', feed = true}, {name = 'series'}]\n"
    )
    files = {
        "templates/news.xml": '<rss version="2.0">{{ page.summary }}</rss>',
        "out/news.xml": RSS,
        "out/tags/sea/news.xml": RSS,
        "static/a": "",
    }
    site = site_of(tmp_path, {"zola.toml": ZOLA + more, **files})
    found = settings(site)
    assert (found["formats"], found["paths"], found["content"]) == (["rss"], {"rss": "news.xml"}, "summary")
    assert found["static"] == ["static"]
    assert site.feeds == (tmp_path / "out/news.xml", tmp_path / "out/tags/sea/news.xml")
    assert noted(site, "zola.toml line 3: feed_filenames: mine.txt is made by a template of yours")
    assert noted(site, "Feeds of taxonomies were at tags/NAME/: ours are at tags/NAME/ and, of categories, NAME/")
    assert found["feeds"] == ["category", "tag"]
    assert noted(site, "Set generate_feeds = false in zola.toml")
