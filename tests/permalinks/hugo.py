"""A site of Hugo: articles, configurations, and how to run it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import NAMES, QUESTION, article

ARCHIVE = "content"
NEEDS = ("hugo",)
IS_PYTHON = True


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    posts = {f"posts/{name}.md": article(name) for name in (*NAMES, QUESTION)}
    titles = {f"posts/title-{n}.md": article(f"T {name}") for n, name in enumerate(NAMES)}
    slugs = {
        f"posts/slug-{n}.md": article("S", "2024-03-09", f"slug: {json.dumps(name, ensure_ascii=False)}")
        for n, name in enumerate(NAMES)
    }
    return (
        posts
        | titles
        | slugs
        | {
            "root.md": article("Root"),
            "posts/2023-12-31-dated name.md": article("Dated", "2024-01-01T00:30:00+08:00"),
            "posts/2024-05-06-only name.md": article("Only name", None),
            "posts/deep/er/Nested 文.md": article("Nested", "2024-02-29T23:59:59Z"),
            "posts/with-index/_index.md": article("Section", None),
            "posts/with-index/inner/page.md": article("Inner"),
            "posts/with-index/inner/more/_index.md": article("More", None),
            "posts/with-index/inner/more/page.md": article("Inner more"),
            "posts/My Bundle/index.md": article("Bundle"),
            "posts/2024-01-02-Dated Bundle/index.md": article("Bundle", None),
            "posts/deep/bundle.v2/index.md": article("Bundle"),
            "posts/bundle-slug/index.md": article("Bundle", "2024-01-02", "slug: Other Slug"),
            "Top Bundle/index.md": article("Bundle"),
            "Notes and More/C++ Note.md": article("Note"),
            "Notes and More/Über/x.md": article("Note"),
            "docs/a/b/c.md": article("Deep"),
            "posts/utc.md": article("UTC", "2024-06-30T20:00:00Z"),
            "posts/offset.md": article("Offset", "2024-06-30T23:30:00-05:00"),
            "posts/naive.md": article("Naive", "2024-06-30T23:30:00"),
            "posts/published.md": article("Published", None, "publishDate: 2022-02-03"),
            "posts/lastmod.md": article("Lastmod", None, "lastmod: 2022-02-03"),
            "posts/undated.md": article("Undated", None),
            "posts/url.md": article("Url", "2024-01-02", "url: /own/Place/"),
            "posts/url-file.md": article("Url", "2024-01-02", "url: own/Page.html"),
            "posts/url-bare.md": article("Url", "2024-01-02", "url: own/bare"),
            "posts/url-chinese.md": article("Url", "2024-01-02", "url: /自己/的 页/"),
            "posts/url-pattern.md": article("Url", "2024-01-02", "url: /x/:year/:slug/"),
            "posts/url-encoded.md": article("Url", "2024-01-02", "url: /a%20b/"),
            "posts/url and slug.md": article("Url", "2024-01-02", "url: /wins/", "slug: loses"),
            "posts/permalink.md": article("Permalink", "2024-01-02", "permalink: /nothing/", "path: /p/"),
            "posts/aliases.md": article("Aliases", "2024-01-02", "aliases: [/old/, /older/]"),
            "posts/type.md": article("Type", "2024-01-02", "type: notes"),
            "posts/toml.md": '+++\ntitle = "Toml"\ndate = 2024-06-30T23:30:00+02:00\nslug = "to ml"\n+++\n\nText.\n',
            "posts/json.md": '{\n  "title": "Json",\n  "date": "2024-06-30"\n}\n\nText.\n',
            "posts/untitled.md": "---\ndate: 2024-06-30\n---\n\nText.\n",
            "posts/translated.md": article("Translated"),
            "posts/translated.zh.md": article("翻译"),
            "posts/translated.de.md": article("Übersetzt", "2024-03-09", "slug: über"),
            "posts/zh-bundle/index.zh.md": article("束"),
            "posts/only.zh.md": article("只有"),
            "posts/a.dotted.name.md": article("Dotted"),
            "posts/zh-url.zh.md": article("地址", "2024-03-09", "url: /own-zh/"),
            "posts/page.html": article("Html page"),
            "posts/nokey.MD": article("Upper suffix"),
            "posts/index-like/index-not.md": article("Not index"),
        }
    )


_LANGUAGES = {"en": {"weight": 1}, "zh": {"weight": 2}, "de": {"weight": 3}}


def _same(**settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return settings, {("addresses" if key != "permalinks" else key): value for key, value in settings.items()}


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": ({}, {}),
    "dates": (
        {"permalinks": {"posts": "/:year/:month/:day/:slug/", "docs": "/:sections/:filename/"}},
        {"permalinks": {"posts": "/:year/:month/:day/:slug/", "docs": "/:sections/:filename/"}},
    ),
    "zone": (
        {
            "permalinks": {"page": {"posts": "/p/:monthname-:weekdayname-:weekday-:yearday/:title"}},
            "timeZone": "Asia/Shanghai",
        },
        {
            "permalinks": {"page": {"posts": "/p/:monthname-:weekdayname-:weekday-:yearday/:title"}},
            "zone": "Asia/Shanghai",
        },
    ),
    "slices": (
        {
            "permalinks": {
                "posts": "/:sections[1:]/:slugorfilename.html",
                "docs": "/:sections[last]/:sections[0]/:filename/",
            }
        },
        {
            "permalinks": {
                "posts": "/:sections[1:]/:slugorfilename.html",
                "docs": "/:sections[last]/:sections[0]/:filename/",
            }
        },
    ),
    "names": (
        {
            "permalinks": {
                "posts": "/:section/:contentbasename/:slugorcontentbasename",
                "docs": "/d/:sections[:last]/:contentbasename",
            },
            "baseURL": "https://site.example/blog/",
        },
        {
            "permalinks": {
                "posts": "/:section/:contentbasename/:slugorcontentbasename",
                "docs": "/d/:sections[:last]/:contentbasename",
            },
            "site_url": "https://site.example/blog/",
        },
    ),
    "layouts": (
        {"permalinks": {"posts": "/:2006-01-02/:06_Jan_2/:slug/"}},
        {"permalinks": {"posts": "/:2006-01-02/:06_Jan_2/:slug/"}},
    ),
    "ugly": ({"uglyURLs": True}, {"addresses": {"uglyURLs": True}}),
    "ugly-posts": (
        {"uglyURLs": {"posts": True}, "disablePathToLower": True},
        {"addresses": {"uglyURLs": {"posts": True}, "disablePathToLower": True}},
    ),
    "accents": (
        {"removePathAccents": True, "permalinks": {"posts": "/:title/"}},
        {"addresses": {"removePathAccents": True}, "permalinks": {"posts": "/:title/"}},
    ),
    "cased": (
        {"disablePathToLower": True, "permalinks": {"posts": "/:section/:title/:slug"}},
        {"addresses": {"disablePathToLower": True}, "permalinks": {"posts": "/:section/:title/:slug"}},
    ),
    "languages": (
        {"languages": _LANGUAGES, "defaultContentLanguage": "en"},
        {"addresses": {"languages": ["en", "zh", "de"], "defaultContentLanguage": "en"}},
    ),
    "languages-in-folders": (
        {
            "languages": _LANGUAGES,
            "defaultContentLanguage": "zh",
            "defaultContentLanguageInSubdir": True,
            "permalinks": {"posts": "/:year/:slug/"},
            "uglyURLs": True,
        },
        {
            "addresses": {
                "languages": ["en", "zh", "de"],
                "defaultContentLanguage": "zh",
                "defaultContentLanguageInSubdir": True,
                "uglyURLs": True,
            },
            "permalinks": {"posts": "/:year/:slug/"},
        },
    ),
    "languages-by-folder": (
        {
            "languages": {"en": {"contentDir": "content/posts"}, "zh": {"contentDir": "content/docs"}},
            "defaultContentLanguage": "en",
        },
        {
            "addresses": {"languages": {"en": "posts", "zh": "docs"}, "defaultContentLanguage": "en"},
        },
    ),
}
"""Name to the generator's settings, and ours."""


def _binary(tools: Path) -> Path:
    return next((tools / "hugo").glob("lib/python*/site-packages/hugo/binaries/hugo"))


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Hugo over a site that holds the archive; answer addresses by path."""
    stated = {"baseURL": "https://site.example/", "buildFuture": True, "security": {"allowContent": [".*"]}, **settings}
    (site / "hugo.json").write_text(json.dumps(stated, ensure_ascii=False), "utf-8")
    listed = subprocess.run(
        [_binary(tools), "list", "all"],
        cwd=site,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "TZ": "UTC"},
    ).stdout
    rows = csv.DictReader(listed.splitlines())
    return {row["path"].removeprefix("content/"): row["permalink"] for row in rows if row["kind"] == "page"}


def version(tools: Path) -> str:
    """Answer the generator's version."""
    printed = subprocess.run([_binary(tools), "version"], capture_output=True, text=True, check=True).stdout
    return printed.split()[1]
