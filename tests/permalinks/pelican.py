"""A site of Pelican: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import NAMES, QUESTION

ARCHIVE = "content"
NEEDS = ("pelican", "markdown")
IS_PYTHON = True


def _lines(title: str, date: str | None = "2024-03-09 08:05", *lines: str) -> str:
    stated = [f"Title: {title}", *([f"Date: {date}"] if date else []), *lines]
    return "\n".join((*stated, "", "Text.", ""))


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"{name}.md": _lines(f"T {name}") for name in (*NAMES, QUESTION)}
    posts |= {
        f"category-{n}.md": _lines(f"Category {n}", "2024-01-02", f"Category: {name}")
        for n, name in enumerate(("Tech", "C++ 入门", "One/Two", "a#b", "Ünïcödé & .NET", "【重要】"))
    }
    return posts | {
        "2023-12-31-dated name.md": _lines("Dated", "2024-01-01 00:30"),
        "2023-11-05_only name.md": _lines("Only name", None),
        "News/in a folder.md": _lines("In a folder"),
        "News/Deep Folder/deeper.md": _lines("Deeper"),
        "News/own category.md": _lines("Own category", "2024-01-02", "Category: Own One"),
        "posts/Über/x.md": _lines("X"),
        "zone.md": _lines("Zone", "2024-06-30T23:30:00-05:00"),
        "utc.md": _lines("UTC", "2024-06-30T20:00:00Z"),
        "slug.md": _lines("Slug", "2024-01-02", "Slug: My-Own Slug"),
        "slug-signs.md": _lines("Slug", "2024-01-02", "Slug: C++/入门#1"),
        "url.md": _lines("Url", "2024-01-02", "URL: own/place/", "save_as: own/place/index.html"),
        "url-slash.md": _lines("Url", "2024-01-02", "Url: /own/slash.html"),
        "url-date.md": _lines("Url", "2024-01-02", "Url: {date:%Y}/x.html"),
        "save-as.md": _lines("Save", "2024-01-02", "Save_as: somewhere.html"),
        "author.md": _lines("Author", "2024-01-02", "Author: Jörg Müller-Lüdenscheid"),
        "authors.md": _lines("Authors", "2024-01-02", "Authors: Ann Other, Bob"),
        "lang.md": _lines("Lang", "2024-01-02", "Lang: fr"),
        "lang-en.md": _lines("Lang en", "2024-01-02", "Lang: EN"),
        "translated.md": _lines("Translated", "2024-01-02", "Slug: translated"),
        "translated-de.md": _lines("Übersetzt", "2024-01-02", "Slug: translated", "Lang: de"),
        "markup.md": _lines("<b>Bold</b> &amp; <i>more</i>", "2024-01-02"),
        "smart.md": _lines("It's \"quoted\" -- isn't it...", "2024-01-02"),
        "pages/About me.md": _lines("About me", None),
        "pages/fr.md": _lines("À propos", None, "Lang: fr"),
        "yaml.md": "---\ntitle: Fenced title\ndate: 2024-03-09\ncategory: Fenced\nslug: fenced-slug\n---\n\nText.\n",
        "rest.rst": "Rest Title, of course\n#####################\n\n:date: 2024-03-09 10:00\n:category: Rest Things\n"
        ":author: Ann\n\nText.\n",
        "page.html": '<html><head><title>Html title</title><meta name="date" content="2024-03-09" />'
        '<meta name="category" content="Html" /></head><body>Text.</body></html>\n',
    }


def _same(pattern: str | None = None, **settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    theirs, ours = {**settings}, {"addresses": settings}
    if pattern is not None:
        theirs["ARTICLE_URL"] = ours["permalink"] = pattern  # type: ignore[assignment]
    return theirs, ours


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({}, {}),
    "dates": _same("{date:%Y}/{date:%b}/{date:%d}/{slug}/"),
    "categories": _same(
        "posts/{category}/{author}/{slug}.html", AUTHOR="The Site's Author", DEFAULT_CATEGORY="Other Things"
    ),
    "unicode": _same("{lang}/{category}/{slug}", SLUGIFY_USE_UNICODE=True, SLUGIFY_PRESERVE_CASE=True),
    "basename": _same("/blog/{slug}/", SLUGIFY_SOURCE="basename", USE_FOLDER_AS_CATEGORY=False),
    "names": _same(
        "{date:%Y-%m-%d}/{slug}.html",
        FILENAME_METADATA=r"(?P<date>\d{4}-\d{2}-\d{2})[-_](?P<slug>.*)",
        PATH_METADATA=r"(?P<category>[^/]+)/.*",
        ARTICLE_LANG_URL="{lang}/{slug}.html",
        DEFAULT_LANG="fr",
    ),
    "substitutions": _same(
        "{category}/{slug}.html",
        SLUG_REGEX_SUBSTITUTIONS=[[r"[^\w\s-]", ""], [r"(?u)\A\s*", ""], [r"(?u)\s*\Z", ""], [r"[-\s]+", "_"]],
        CATEGORY_REGEX_SUBSTITUTIONS=[[r"C\+\+", "cpp"], [r"[^\w\s-]", ""], [r"[-\s]+", "-"]],
        PAGE_URL="p/{slug}/",
        PAGE_LANG_URL="p/{slug}/{lang}/",
    ),
    "zone": (
        {
            "ARTICLE_URL": "{date:%Y/%m/%d/%H%M}/{slug}.html",
            "TIMEZONE": "Asia/Shanghai",
            "SITEURL": "https://site.example/blog",
        },
        {
            "permalink": "{date:%Y/%m/%d/%H%M}/{slug}.html",
            "zone": "Asia/Shanghai",
            "site_url": "https://site.example/blog/",
        },
    ),
    "paths": _same("{path}.html"),
}
"""Name to the generator's settings, and ours."""

_PRINT = """
import json
from urllib.parse import urljoin
from pelican import Pelican, signals
from pelican.settings import read_settings
from pelican.writers import FileOverwriteFailedError
found = {}
def take(generator):
    for article in [*getattr(generator, "articles", []), *getattr(generator, "translations", []),
                    *getattr(generator, "pages", []), *getattr(generator, "translations", [])]:
        host, url = generator.settings["SITEURL"], article.url
        found[article.relative_source_path] = urljoin(host, "/") + url[1:] if url[0] == "/" else host + "/" + url
signals.article_generator_finalized.connect(take)
signals.page_generator_finalized.connect(take)
try:
    Pelican(read_settings("pelicanconf.py")).run()
except FileOverwriteFailedError:  # two articles have one address, which is known by then
    pass
json.dump(found, open("addresses.json", "w"))
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Pelican over a site that holds the archive; answer addresses by path."""
    stated = {"PATH": "content", "SITEURL": "https://site.example", "TIMEZONE": "UTC", "LOCALE": "C", **settings}
    (site / "pelicanconf.py").write_text("\n".join(f"{key} = {value!r}" for key, value in stated.items()), "utf-8")
    (site / "print.py").write_text(_PRINT, "utf-8")
    subprocess.run([tools / "pelican/bin/python", "print.py"], cwd=site, check=True, capture_output=True)
    return dict(json.loads((site / "addresses.json").read_text("utf-8")))


def version(tools: Path) -> str:
    """Answer the generator's version."""
    code = "import importlib.metadata as m; print(m.version('pelican'), 'Unidecode', m.version('Unidecode'))"
    return subprocess.run(
        [tools / "pelican/bin/python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
