"""Pelican, Nikola, Eleventy, Astro and MkDocs, whose configurations are programs: every key that is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from feeds.errors import ConfigError
from feeds.generators import find_site
from feeds.generators.javascript import Script
from feeds.generators.pythonfiles import read_python
from feeds.generators.source import Computed
from tests.test_generators import ATOM, RSS, noted, reasons, settings, site_of

PELICAN = "SITENAME = 'Tide'\nSITEURL = 'https://tide.example.net'\nPATH = 'content'\n"
NIKOLA = "BLOG_TITLE = 'Tide'\nSITE_URL = 'https://tide.example.net/'\n"
MKDOCS = "site_name: Tide\nsite_url: https://tide.example.net/\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A = 'a' 'b'", "ab"),
        ("B = 'x'\nA = B + '/y'", "x/y"),
        ("B = 'x'\nA = f'{B}/y'", "x/y"),
        ("A: str = 'a'", "a"),
        ("A = C = 1", 1),
        ("A = -1", -1),
        ("A = None", None),
        ("A = [1] + [2]", [1, 2]),
        ("A = (('a', 'b'), {'c'})", [["a", "b"], ["c"]]),
        ("A = {'b': True, **{}}", {"b": True}),
        ("A = 1\nA = 'later'", "later"),
        ("A = os.environ['A']", Computed("os.environ['A']")),
        ("A = 'a' % 1", Computed("'a' % 1")),
        ("A = 1 + 1", Computed("1 + 1")),
        ("A = B", Computed("B")),
        ("A = b'x'", Computed("b'x'")),
        ("B = 1\nA = f'{B:02}'", Computed("f'{B:02}'")),
        ("A = 'a'\nA += 'b'", Computed("'b'")),
        ("A = 'a'\nif True:\n    A = 'b'", Computed("'b'")),
        ("try:\n    A = 'b'\nexcept Exception:\n    A = 'c'", Computed("'c'")),
        ("A = {'a': f(), 'b': 1}", {"a": Computed("f()"), "b": 1}),
        ("def f():\n    A = 1\nA = 2", 2),
        (f"A = {'x' * 70}", Computed("x" * 57 + "…")),
    ],
)
def test_what_a_module_assigns(text: str, expected: object, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(text)
    assert read_python(tmp_path / "a.py").get("A") == expected


def test_a_module_that_is_too_deep_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("A = " + "+".join(["'a'"] * 9000) + "\n")
    with pytest.raises(ConfigError, match=r"a\.py: not Python: nested too deep"):
        read_python(tmp_path / "a.py")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a'", "a"),
        (r"'\u6f6e\x41\n\'\u{6f6e}'", "潮A\n'潮"),
        ("`a\nb`", "a\nb"),
        ("1_000", 1000),
        ("-1.5", -1.5),
        ("true", True),
        ("undefined", None),
        ("[1, 'a', [f(x, y)], ]", [1, "a", [Computed("f(x, y)")]]),
        (
            "{a: 1, 'b-c': {d: 2}, [e]: 3, f() { return {g: 1} }, ...h, i}",
            {"a": 1, "b-c": {"d": 2}, "i": Computed("i")},
        ),
        ("{a: /* , */ 1, // }\n b: '// c'}", {"a": 1, "b": "// c"}),
        ("{a: x.replace(/[\"'{]/g, ''), b: 2}", {"a": Computed("x.replace( , '')"), "b": 2}),
        ("{a: 'b' + c, d: e ? 1 : 2, g: 3}", {"a": Computed("'b' + c"), "d": Computed("e ? 1 : 2"), "g": 3}),
        ("{a: 'b' as const, c: 1}", {"a": "b", "c": 1}),
        ("{a: SITE.title || 'b', c: KNOWN ?? d, e: '' || f}", {"a": "t", "c": "k", "e": Computed("'' || f")}),
        ("{a: KNOWN, b: SITE.title, c: SITE?.title}", {"a": "k", "b": "t", "c": "t"}),
        ("{a: SITE.title.trim()}", {"a": Computed("SITE.title.trim()")}),
        ("`${KNOWN}/x`", "k/x"),
        ("`${SITE.title}`", "t"),
        ("`${f()}`", Computed("`${f()}`")),
        ("new URL('a')", Computed("new URL('a')")),
        ("{", {}),
        ("[", []),
        ("", Computed("")),
    ],
)
def test_what_a_literal_of_javascript_is(text: str, expected: object) -> None:
    script = Script(Path("a.js"), f"const KNOWN = 'k';\nexport const SITE = {{ title: 't' }}\nexport default {text}")
    assert script.value(script.text.index("default") + len("default ")) == expected


def pelican(folder: Path, more: str, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    return settings(site_of(folder, {"pelicanconf.py": PELICAN + more, **(files or {})}))


def test_pelican_as_it_begins(tmp_path: Path) -> None:
    files = {"pelicanconf.py": PELICAN, "content/a.md": "", "content/pages/b.md": "", "output/feeds/all.atom.xml": ATOM}
    site = site_of(tmp_path, {**files, "output/feeds/sea.atom.xml": ATOM})
    assert settings(site) == {
        "title": "Tide",
        "language": "en",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "pelican",
        "permalink": "{slug}.html",
        "static": ["content"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "exclude": ["/pages/"],
        "categories": "flat",
        "feeds": ["category", "author"],
        "limit": 100,
        "content": "full",
        "formats": ["atom"],
        "pages": False,
        "paths": {"atom": "feeds/all.atom.xml"},
    }
    assert (site.archive, site.output) == (tmp_path / "content", tmp_path / "output")
    assert site.feeds == (tmp_path / "output/feeds/all.atom.xml", tmp_path / "output/feeds/sea.atom.xml")
    assert noted(site, "CATEGORY_FEED_ATOM (feeds/{slug}.atom.xml), AUTHOR_FEED_ATOM (feeds/{slug}.atom.xml)")
    assert noted(site, "Set FEED_ALL_ATOM to None")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("SITESUBTITLE = 'b'\n", "description", "b"),
        ("DEFAULT_LANG = 'zh'\n", "language", "zh"),
        ("TIMEZONE = 'Europe/Paris'\n", "zone", "Europe/Paris"),
        ("ARTICLE_URL = '{date:%Y}/{slug}/'\n", "permalink", "{date:%Y}/{slug}/"),
        ("FEED_DOMAIN = 'https://feeds.example.net'\n", "base_url", "https://feeds.example.net/"),
        ("FEED_DOMAIN = 'https://feeds.example.net'\n", "site_url", "https://tide.example.net/"),
        ("FEED_DOMAIN = SITEURL\n", "base_url", "https://tide.example.net/"),
        ("ARTICLE_PATHS = ['blog', 'notes/']\n", "include", ["/blog/", "/notes/"]),
        ("ARTICLE_EXCLUDES = ['old']\nIGNORE_FILES = ['.#*', '*.tmp']\n", "exclude", ["/old/", "**/.#*", "**/*.tmp"]),
        ("SLUGIFY_SOURCE = 'basename'\n", "addresses", {"SLUGIFY_SOURCE": "basename"}),
        ("SLUGIFY_USE_UNICODE = True\nSLUGIFY_SOURCE = 'title'\n", "addresses", {"SLUGIFY_USE_UNICODE": True}),
        (
            "SLUG_REGEX_SUBSTITUTIONS = [('a', 'b'), ('c', 'd', True)]\n",
            "addresses",
            {"SLUG_REGEX_SUBSTITUTIONS": [["a", "b"], ["c", "d"]]},
        ),
        ("FEED_MAX_ITEMS = 15\n", "limit", 15),
        ("TAG_FEED_RSS = 't/{slug}.xml'\n", "feeds", ["category", "tag", "author"]),
        ("AUTHOR = 'Mara Oak'\n", "author", "Mara Oak"),
        ("FEED_MAX_ITEMS = 300\n", "limit_max", 300),
        ("FEED_ALL_RSS = 'feeds/all.rss.xml'\n", "formats", ["atom", "rss"]),
        ("FEED_ALL_ATOM = None\nFEED_ALL_RSS = 'rss.xml'\n", "content", "summary"),
        ("FEED_ALL_ATOM = None\nFEED_ALL_RSS = 'rss.xml'\nRSS_FEED_SUMMARY_ONLY = False\n", "content", "full"),
        ("FEED_ALL_ATOM = None\nFEED_ATOM = 'a.xml'\n", "paths", {"atom": "a.xml"}),
    ],
)
def test_what_is_taken_from_pelican(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert pelican(tmp_path, more)[name] == value


@pytest.mark.parametrize(("text", "is_found"), [("SITENAME = 'a'\n", True), ("DEBUG = True\n", False)])
def test_a_configuration_of_pelican_may_have_another_name(text: str, is_found: bool, tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(text)
    assert (find_site(tmp_path) is not None) == is_found


def test_what_is_published_goes_before_what_is_written(tmp_path: Path) -> None:
    files = {
        "pelicanconf.py": "SITENAME = 'a'\nSITEURL = ''\nFEED_ALL_ATOM = None\n",
        "publishconf.py": "from pelicanconf import *\nSITEURL = 'https://b.example.net'\nFEED_ALL_ATOM = 'f.xml'\n",
    }
    site = site_of(tmp_path, files)
    assert settings(site)["base_url"] == "https://b.example.net/"
    assert settings(site)["paths"] == {"atom": "f.xml"}
    assert reasons(site)["paths"] == "publishconf.py line 3: FEED_ALL_ATOM"
    assert reasons(site)["title"] == "pelicanconf.py line 1: SITENAME"


def test_what_pelican_computes_and_what_it_does_otherwise_is_noted(tmp_path: Path) -> None:
    more = (
        "import os\nSITEURL = os.environ.get('URL', '')\nARTICLE_URL = join('a')\nPATH = here()\n"
        "OUTPUT_PATH = there()\nFILENAME_METADATA = rule()\nDEFAULT_DATE = 'fs'\nUSE_FOLDER_AS_CATEGORY = False\n"
        "DEFAULT_METADATA = {'status': 'draft'}\nSTATIC_PATHS = []\nFEED_ATOM = 'b.xml'\nFEED_ALL_ATOM = 'a.xml'\n"
    )
    site = site_of(tmp_path, {"pelicanconf.py": PELICAN + more})
    assert not {"base_url", "permalink", "static"} & set(settings(site))
    for words in (
        "pelicanconf.py line 5: SITEURL is computed (os.environ.get('URL', '')), and nothing is run: write base_url",
        "line 6: ARTICLE_URL is computed (join('a')), and nothing is run: write permalink",
        "line 7: PATH is computed (here()), and nothing is run: write archive",
        "line 8: OUTPUT_PATH is computed",
        "line 9: FILENAME_METADATA is computed (rule()), and nothing is run: write it into [addresses]",
        "line 10: DEFAULT_DATE dates what states no date",
        "line 11: USE_FOLDER_AS_CATEGORY is off",
        "line 12: DEFAULT_METADATA makes a draft of what states no status",
        "line 14: FEED_ATOM: b.xml is redirected best",
    ):
        assert noted(site, words), words


def test_pelican_may_have_no_feed(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"pelicanconf.py": PELICAN + "FEED_ALL_ATOM = None\n"})
    assert not {"formats", "paths", "content", "limit"} & set(settings(site))
    assert noted(site, "Pelican is told to write no feed of all articles")


def nikola(folder: Path, more: str) -> dict[str, Any]:
    return settings(site_of(folder, {"conf.py": NIKOLA + more}))


def test_nikola_as_it_begins(tmp_path: Path) -> None:
    posts = "POSTS = (('posts/*.rst', 'blog', 'post.tmpl'), ('posts/*.md', 'blog', 'post.tmpl'))\n"
    site = site_of(tmp_path, {"conf.py": NIKOLA + posts, "files/a": "", "output/rss.xml": RSS})
    assert settings(site) == {
        "title": "Tide",
        "language": "en",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "nikola",
        "static": ["files"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "feeds": ["category", "tag"],
        "limit": 10,
        "content": "summary",
        "formats": ["rss"],
        "pages": False,
        "addresses": {"folder": "posts", "POSTS": {"posts": "blog"}},
    }
    assert (site.archive, site.output) == (tmp_path / "posts", tmp_path / "output")
    assert site.feeds == (tmp_path / "output/rss.xml",)


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("BLOG_TITLE = {'en': 'b', 'de': 'c'}\nDEFAULT_LANG = 'de'\n", "title", "c"),
        ("BLOG_DESCRIPTION = 'd'\n", "description", "d"),
        ("DEFAULT_LANG = 'pt_br'\n", "language", "pt-br"),
        ("TIMEZONE = 'Asia/Tokyo'\n", "zone", "Asia/Tokyo"),
        ("BASE_URL = 'https://b.example.net/x'\n", "base_url", "https://b.example.net/x/"),
        ("FEED_LENGTH = 30\n", "limit", 30),
        ("FEED_TEASERS = False\n", "content", "full"),
        ("GENERATE_ATOM = True\n", "formats", ["rss", "atom"]),
        ("GENERATE_ATOM = True\n", "paths", {"atom": "index.atom"}),
        ("GENERATE_RSS = False\nGENERATE_ATOM = True\nATOM_FILENAME_BASE = 'feed'\n", "paths", {"atom": "feed.atom"}),
        ("RSS_PATH = 'blog'\nRSS_EXTENSION = '.rss'\n", "paths", {"rss": "blog/rss.rss"}),
        ("POSTS = [('a/*.md', 'a', 't'), ('b/*.md', 'b', 't')]\n", "include", ["/a/", "/b/"]),
        ("BLOG_AUTHOR = 'Mara Oak'\n", "author", "Mara Oak"),
        ("PRETTY_URLS = False\n", "addresses", {"folder": "posts", "PRETTY_URLS": False}),
        ("INDEX_FILE = 'i.html'\n", "addresses", {"folder": "posts", "INDEX_FILE": "i.html"}),
        (
            "TRANSLATIONS = {DEFAULT: '', 'en': '', 'de': './de'}\n",
            "addresses",
            {"folder": "posts", "TRANSLATIONS": {"en": "", "de": "./de"}, "DEFAULT_LANG": "en"},
        ),
        ("TRANSLATIONS = {'en': '', 'pt_br': './pt_br'}\n", "languages", ["en", "pt-br"]),
    ],
)
def test_what_is_taken_from_nikola(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert nikola(tmp_path, more.replace("DEFAULT: '', ", ""))[name] == value


def test_nikola_may_have_no_feed(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"conf.py": NIKOLA + "GENERATE_RSS = False\n"})
    assert "formats" not in settings(site)
    assert noted(site, "Nikola is told to write no feed")


ELEVENTY = """
import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import other from "other";
export default async function (eleventyConfig) {
  eleventyConfig.addPlugin(other, { preAttributes: { tabindex: 0 } });
  eleventyConfig.addPassthroughCopy({ "./public/": "/" }).addPassthroughCopy("./content/feed/style.xsl");
  // eleventyConfig.addPlugin(feedPlugin, { outputPath: "/no.xml" });
  eleventyConfig.addPlugin(feedPlugin, {
    type: "rss", // or "atom", "json"
    outputPath: "/feed/feed.xml",
    collection: { name: "posts", limit: 12 },
    metadata: { language: "de", title: "Tide", subtitle: "What it brings", base: "https://tide.example.net/" },
  });
}
export const config = { dir: { input: "content", data: "../_data", output: "out" }, pathPrefix: "/" };
"""


def test_eleventy_with_its_feed_plug_in(tmp_path: Path) -> None:
    files = {"eleventy.config.js": ELEVENTY, "content/blog/a.md": "", "public/a.png": "", "out/feed/feed.xml": RSS}
    site = site_of(tmp_path, files)
    assert settings(site) == {
        "title": "Tide",
        "description": "What it brings",
        "language": "de",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "eleventy",
        "static": ["public"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "limit": 12,
        "content": "full",
        "formats": ["rss"],
        "pages": False,
        "paths": {"rss": "feed/feed.xml"},
        "addresses": {"folder": "blog"},
    }
    assert (site.archive, site.output) == (tmp_path / "content/blog", tmp_path / "out")
    assert site.feeds == (tmp_path / "out/feed/feed.xml",)
    assert reasons(site)["limit"] == "eleventy.config.js line 11: collection.limit"


def test_what_the_feed_plug_in_of_eleventy_does_by_itself(tmp_path: Path) -> None:
    text = "module.exports = c => { c.addPlugin(f, { collection: { name: 'posts' } }); c.setInputDirectory('src') };"
    site = site_of(tmp_path, {".eleventy.js": text, "src/a.md": ""})
    found = settings(site)
    assert (found["formats"], found["paths"], found["limit"]) == (["atom"], {"atom": "feed.xml"}, 200)
    assert (site.archive, site.output) == (tmp_path / "src", tmp_path / "_site")
    assert noted(site, "the site's address")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_data/metadata.json", '{"title": "Tide", "url": "https://tide.example.net", "language": "de"}'),
        ("_data/site.js", "module.exports = { title: 'Tide', url: 'https://tide.example.net', lang: 'de' };"),
        (
            "_data/site.mjs",
            "const a = 'Tide';\nexport default { name: a, url: 'https://tide.example.net', lang: 'de' };",
        ),
        (
            "_data/meta.js",
            "module.exports = () => { return { title: 'Tide', url: 'https://tide.example.net', lang: 'de' } }",
        ),
        ("_data/site.yaml", "title: Tide\nurl: https://tide.example.net\nlocale: de\n"),
    ],
)
def test_eleventy_keeps_its_title_and_address_among_data(name: str, text: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, {".eleventy.js": "module.exports = function () {};", name: text})
    found = settings(site)
    assert (found["title"], found["site_url"], found["language"]) == ("Tide", "https://tide.example.net/", "de")


@pytest.mark.parametrize("author", ['"Mara Oak"', '{"name": "Mara Oak", "email": "mara@example.net"}'])
def test_eleventy_keeps_its_author_among_data(author: str, tmp_path: Path) -> None:
    data = '{"title": "Tide", "author": ' + author + "}"
    site = site_of(tmp_path, {".eleventy.js": "module.exports = function () {};", "_data/metadata.json": data})
    assert settings(site)["author"] == "Mara Oak"


def test_data_of_eleventy_that_is_computed_or_broken_is_noted(tmp_path: Path) -> None:
    files = {".eleventy.js": "module.exports = function () {};"}
    broken = {"_data/metadata.json": "{", "_data/site.js": "module.exports = fetch('x');"}
    site = site_of(tmp_path, {**files, **broken})
    assert noted(site, "metadata.json:1: not JSON")
    assert noted(site, "site.js is computed, and nothing is run")


def test_a_feed_that_eleventy_makes_of_a_template(tmp_path: Path) -> None:
    template = (
        "---\npermalink: blog/atom.xml\nmetadata:\n  title: Tide\n  url: https://tide.example.net\n---\n"
        "<feed xmlns='a'>{% for post in collections.posts | head(-8) %}{{ post.templateContent | htmlToAbsoluteUrls }}"
    )
    files = {".eleventy.js": "module.exports = { dir: { input: 'src' } };", "src/feed/atom.njk": template}
    site = site_of(tmp_path, {**files, "src/posts/a.md": "", "src/feed/none.njk": "---\na: b\n---\ntext"})
    found = settings(site)
    assert (found["title"], found["site_url"]) == ("Tide", "https://tide.example.net/")
    assert (found["paths"], found["limit"], found["content"]) == ({"atom": "blog/atom.xml"}, 8, "full")
    assert reasons(site)["paths"] == "atom.njk: permalink"
    assert noted(site, "Take atom.njk out of the site")


ASTRO = "import { defineConfig } from 'astro';\nexport default defineConfig({ site: 'https://tide.example.net'MORE })"
ENDPOINT = """
import rss from '@astrojs/rss';
import { SITE_TITLE, SITE_DESCRIPTION as WHAT } from '../consts';
export async function GET(context) {
  const posts = await getCollection('blog');
  return rss({ title: SITE_TITLE, description: WHAT, site: context.site, customData: `<language>en-gb</language>`,
    items: posts.map((post) => ({ ...post.data, link: `/blog/${post.id}/` })) });
}
"""
CONSTS = "export const SITE_TITLE = 'Tide';\nexport const SITE_DESCRIPTION = 'What it brings';\n"


def astro(folder: Path, more: str) -> dict[str, Any]:
    site = site_of(folder, {"astro.config.mjs": ASTRO.replace("MORE", more), "src/content/blog/a.md": ""})
    return settings(site)


def test_astro_as_its_example_of_a_blog(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": ASTRO.replace("MORE", ""),
        "src/consts.ts": CONSTS,
        "src/content/blog/a.md": "",
        "src/pages/blog/[...slug].astro": "---\nconst posts = await getCollection('blog');\n---\n",
        "src/pages/blog/index.astro": "---\nconst posts = await getCollection('blog');\n---\n",
        "src/pages/rss.xml.js": ENDPOINT,
        "public/a.svg": "",
        "dist/rss.xml": RSS,
    }
    site = site_of(tmp_path, files)
    assert settings(site) == {
        "title": "Tide",
        "description": "What it brings",
        "language": "en-gb",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "astro",
        "permalink": "/blog/[...slug]/",
        "static": ["public"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "limit": 200,
        "content": "summary",
        "formats": ["rss"],
        "pages": False,
    }
    assert (site.archive, site.output) == (tmp_path / "src/content/blog", tmp_path / "dist")
    assert site.feeds == (tmp_path / "dist/rss.xml",)
    assert reasons(site)["title"] == "rss.xml.js line 6: title"
    assert noted(site, "Take src/pages/rss.xml.js out of the site")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        (", base: '/b/'", "base_url", "https://tide.example.net/b/"),
        (", trailingSlash: 'never'", "addresses", {"trailingSlash": "never"}),
        (", build: { format: 'file' }", "addresses", {"build": {"format": "file"}}),
        (", i18n: { defaultLocale: 'fr', locales: ['fr'] }", "language", "fr"),
    ],
)
def test_what_is_taken_from_astro(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert astro(tmp_path, more)[name] == value


def test_an_address_of_astro_may_be_imported_and_its_folders_named(tmp_path: Path) -> None:
    files = {
        "astro.config.ts": "import { SITE } from './src/config';\nexport default defineConfig({ site: SITE.website, "
        "outDir: './out', publicDir: './files' });",
        "src/config/index.ts": 'export { SITE } from "./site";',
        "src/config/site.ts": "export const SITE = { website: 'https://tide.example.net/', title: 'Tide' } as const;",
        "src/content.config.ts": "export const DATA = 'src/data/blog';\nconst blog = defineCollection({ loader: glob({ "
        "pattern: '**/[^_]*.md', base: `./${DATA}` }), schema });\nconst notes = defineCollection({ loader: "
        "glob({ base: './notes' }) });",
        "src/data/blog/a.md": "",
        "notes/a.md": "",
        "src/pages/posts/[...slug]/index.astro": "getCollection(\"blog\")",
        "src/pages/feed.xml.ts": "import { SITE } from '@/config';\nrss({ title: SITE.title, items: posts.slice(0, 9)"
        ".map(p => ({ content: p.body })) })",
        "files/a": "",
    }  # fmt: skip
    site = site_of(tmp_path, files)
    found = settings(site)
    assert (found["title"], found["site_url"]) == ("Tide", "https://tide.example.net/")
    assert (site.archive, site.output) == (tmp_path / "src/data/blog", tmp_path / "out")
    assert (found["permalink"], found["static"]) == ("/posts/[...slug]/", ["files"])
    assert (found["paths"], found["limit"], found["content"]) == ({"rss": "feed.xml"}, 9, "full")
    assert noted(site, "There are notes, too: only the collection blog is the archive.")


def test_a_collection_of_astro_may_lie_anywhere_and_name_its_entries(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": ASTRO.replace("MORE", ""),
        "src/content.config.ts": "const blog = defineCollection({ type: 'content_layer', loader: glob({ pattern: "
        "'**/*.md', base: './src/posts', generateId: ({ entry }) => { return entry.slice(11); } }), schema });",
        "src/posts/2021/a.md": "",
        "src/pages/[...slug].astro": 'getCollection("blog")',
    }  # fmt: skip
    site = site_of(tmp_path, files)
    assert site.archive == tmp_path / "src/posts"
    assert "permalink" not in settings(site)
    assert noted(site, "generateId makes the addresses of the collection blog")


def test_articles_of_astro_may_lie_beside_its_pages(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"astro.config.mjs": ASTRO.replace("MORE", ""), "src/posts/a.md": ""})
    assert site.archive == tmp_path / "src/posts"


def test_articles_of_astro_may_be_pages(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"astro.config.mjs": ASTRO.replace("MORE", ""), "src/pages/posts/a.md": ""})
    assert site.archive == tmp_path / "src/pages/posts"
    assert settings(site)["addresses"] == {"folder": "pages/posts"}
    assert "formats" not in settings(site)


def test_what_astro_computes_is_noted(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": "export default defineConfig({ site: process.env.SITE });",
        "src/content/blog/a.md": "",
        "src/pages/rss.xml.js": "rss({ title: await title() })",
    }
    site = site_of(tmp_path, files)
    assert noted(
        site, "astro.config.mjs line 1: site is computed (process.env.SITE), and nothing is run: write base_url"
    )
    assert noted(site, "rss.xml.js line 1: title is computed (await title())")
    assert noted(site, "No page of src/pages is known to show the collection blog")


def mkdocs(folder: Path, more: str) -> dict[str, Any]:
    return settings(site_of(folder, {"mkdocs.yml": MKDOCS + more}))


def test_mkdocs_with_blog_and_feed(tmp_path: Path) -> None:
    more = (
        "theme:\n  name: material\n  language: de\nplugins:\n  - search\n  - blog:\n      blog_dir: news\n  - rss\n"
        "markdown_extensions:\n  - emoji: {generator: !!python/name:emoji.to_svg ''}\nextra: {a: !ENV A}\n"
    )
    files = {"mkdocs.yml": MKDOCS + more, "docs/news/posts/a.md": "", "site/feed_rss_created.xml": RSS}
    site = site_of(tmp_path, {**files, "site/feed_rss_updated.xml": RSS})
    assert settings(site) == {
        "title": "Tide",
        "language": "de",
        "base_url": "https://tide.example.net/",
        "site_url": "https://tide.example.net/",
        "generator": "mkdocs",
        "permalink": "{date}/{slug}",
        "static": ["docs"],
        "authority": "tide.example.net",
        "zone": "UTC",
        "categories": "flat",
        "limit": 20,
        "content": "summary",
        "formats": ["rss", "json"],
        "pages": False,
        "paths": {"rss": "feed_rss_created.xml", "json": "feed_json_created.json"},
        "addresses": {"folder": "news/posts", "blog_dir": "news"},
    }
    assert (site.archive, site.output) == (tmp_path / "docs/news/posts", tmp_path / "site")
    assert site.feeds == (tmp_path / "site/feed_rss_created.xml", tmp_path / "site/feed_rss_updated.xml")
    assert noted(site, "feed_rss_updated.xml and feed_json_updated.json, by the last change")
    assert noted(site, "takes dates from git where a page states none")


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("site_description: b\n", "description", "b"),
        ("plugins: {rss: {feed_title: c, feed_description: d}}\n", "title", "c"),
        ("plugins: {rss: {feed_title: c, feed_description: d}}\n", "description", "d"),
        ("theme: readthedocs\n", "language", "en"),
        ("theme: {locale: pt_BR}\n", "language", "pt-BR"),
        ("use_directory_urls: false\n", "addresses", {"use_directory_urls": False}),
        ("plugins: [{rss: {length: 7}}]\n", "limit", 7),
        ("plugins: [{rss: {abstract_chars_count: -1}}]\n", "content", "full"),
        ("plugins: [{rss: {json_feed_enabled: false}}]\n", "formats", ["rss"]),
        (
            "plugins: [{rss: {rss_feed_enabled: false, feeds_filenames: {json_created: f.json}}}]\n",
            "paths",
            {"json": "f.json"},
        ),
        ("plugins: [{rss: {date_from_meta: {default_timezone: Europe/Paris}}}]\n", "zone", "Europe/Paris"),
        ("plugins: [{rss: {match_path: blog/posts/.*}}]\n", "include", ["/blog/posts/"]),
        ("site_author: Mara Oak\n", "author", "Mara Oak"),
        ("plugins: [{blog: {post_url_format: '{slug}'}}]\n", "permalink", "{slug}"),
        ("plugins: [material/blog: {post_dir: b}]\n", "addresses", {"folder": "b", "post_dir": "b"}),
    ],
)
def test_what_is_taken_from_mkdocs(more: str, name: str, value: object, tmp_path: Path) -> None:
    assert mkdocs(tmp_path, more)[name] == value


def test_mkdocs_may_inherit(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "INHERIT: base/a.yml\nsite_name: b\n",
        "base/a.yml": MKDOCS + "docs_dir: texts\nsite_dir: out\n",
    }
    site = site_of(tmp_path, files)
    assert settings(site)["title"] == "b"
    assert settings(site)["base_url"] == "https://tide.example.net/"
    assert reasons(site)["base_url"] == "a.yml line 2: site_url"
    assert (site.archive, site.output) == (tmp_path / "texts", tmp_path / "out")
    assert "formats" not in settings(site)


def test_what_mkdocs_computes_is_noted(tmp_path: Path) -> None:
    text = (
        "site_name: !ENV [NAME, a]\nsite_url: !ENV URL\nplugins:\n  - rss: {match_path: '(a|b)/.*'}\n"
        "  - blog: {post_slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}\n"
    )
    site = site_of(tmp_path, {"mkdocs.yml": text})
    assert noted(site, "mkdocs.yml line 1: site_name is computed (the tag !ENV), and nothing is run: write title")
    assert noted(site, "mkdocs.yml line 2: site_url is computed (the tag !ENV), and nothing is run: write base_url")
    assert noted(site, 'match_path "(a|b)/.*" is a regular expression: write include into feeds.toml.')
    assert noted(site, "post_slugify is computed")
