"""A site of Nikola: articles, configurations, and how to run it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.permalinks.names import NAMES

ARCHIVE = ""
NEEDS = ("nikola",)
IS_PYTHON = True


def _comments(title: str, *lines: str) -> str:
    return "\n".join((f".. title: {title}", ".. date: 2024-03-09 08:05:07 UTC", *lines, "", "Text.", ""))


def articles() -> dict[str, str]:
    """Answer texts by path within the archive."""
    names = [name for name in NAMES if name not in ("a.b.c", "version 1.10.2", "trailing dot.", "Intro to .NET")]
    posts = {f"posts/{name}.md": _comments(name) for name in names}
    slugs = {
        f"posts/slug-{n}.md": _comments("Slug", f".. slug: {name}") for n, name in enumerate(NAMES) if "/" not in name
    }
    return (
        posts
        | slugs
        | {
            "posts/sub/Deep Er/nested.md": _comments("Nested", ".. slug: nested-one"),
            "posts/sub/no slug.md": _comments("No slug"),
            "posts/2024-01-02-dated.md": _comments("Dated"),
            "posts/index.md": _comments("Index"),
            "posts/link.md": _comments("Link", ".. link: https://example.org/"),
            "posts/translated.md": _comments("Translated", ".. slug: translated"),
            "posts/translated.de.md": _comments("Übersetzt", ".. slug: ubersetzt"),
            "posts/german.md": _comments("Both"),
            "posts/german.de.md": _comments("Beide"),
            "posts/rest.rst": _comments("Rest"),
            "pages/about.md": _comments("About", ".. slug: about-me"),
            "pages/sub/More.md": _comments("More"),
            "pages/index.md": _comments("Index", ".. slug: index"),
        }
    )


def _same(**settings: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return settings, {"addresses": settings}


CONFIGURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "default": _same(DEFAULT_LANG="en", TRANSLATIONS={"en": "", "de": "./de"}),
    "files": _same(PRETTY_URLS=False),
    "unstripped": _same(STRIP_INDEXES=False, USE_SLUGIFY=False),
    "places": _same(POSTS={"posts": "blog", "pages": ""}),
    "german": _same(DEFAULT_LANG="de", TRANSLATIONS={"de": "", "en": "./english"}),
}
"""Name to the generator's settings, and ours."""

_PRINT = """
import json, sys
sys.path.insert(0, ".")
import conf
from nikola import Nikola
site = Nikola(**{key: value for key, value in vars(conf).items() if not key.startswith("__")})
site.init_plugins()
site.scan_posts(ignore_quit=True)
found = {}
for post in site.timeline:
    for language in post.translated_to:
        found[post.translated_source_path(language)] = post.permalink(language, absolute=True)
json.dump(found, open("addresses.json", "w"))
"""


def run(site: Path, settings: dict[str, Any], tools: Path) -> dict[str, str]:
    """Run Nikola over a site that holds the archive; answer addresses by path."""
    nikola = tools.resolve() / "nikola/bin"
    places = settings.get("POSTS", {"posts": "posts", "pages": "pages"})
    stated = {
        "BLOG_TITLE": "Site", "BLOG_AUTHOR": "A", "BLOG_EMAIL": "a@site.example", "BLOG_DESCRIPTION": "",
        "SITE_URL": "https://site.example/", "DEFAULT_LANG": "en", "TRANSLATIONS": {"en": ""}, "TIMEZONE": "UTC",
        **{key: value for key, value in settings.items() if key != "POSTS"},
        "POSTS": [(f"posts/*.{end}", places["posts"], "post.tmpl") for end in ("md", "rst")],
        "PAGES": [("pages/*.md", places["pages"], "page.tmpl")],
        "COMPILERS": {"rest": [".rst"], "markdown": [".md"]},
    }  # fmt: skip
    (site / "conf.py").write_text("\n".join(f"{key} = {value!r}" for key, value in stated.items()), "utf-8")
    (site / "print.py").write_text(_PRINT, "utf-8")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    environment.pop("PYTHONPATH", None)
    subprocess.run([nikola / "python", "print.py"], cwd=site, check=True, env=environment)
    return dict(json.loads((site / "addresses.json").read_text("utf-8")))


def version(tools: Path) -> str:
    """Answer the generator's version."""
    code = "import importlib.metadata as m; print(m.version('nikola'), 'Unidecode', m.version('Unidecode'))"
    return subprocess.run(
        [tools / "nikola/bin/python", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
