"""The pages about site generators: what they say is taken over is read, and what they show is what comes of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.cli import main
from feeds.generators import GENERATORS, find_site
from tests.test_generators import RSS, write
from tests.test_generators_scripts import ASTRO, CONSTS, ENDPOINT

ROOT = Path(__file__).parent.parent
MODULES = {path.stem: path.read_text("utf-8") for path in (ROOT / "feeds" / "generators").glob("*.py")}
SHARED = "".join(MODULES[name] for name in ("draft", "oldfeeds"))
README = (ROOT / "README.md").read_text("utf-8")
OURS = frozenset({"flat", "levels", "NAME", "pretty", "true"})
"""Words in code that are no keys of a generator."""
SITES: Mapping[str, Mapping[str, str]] = {
    "hexo": {"_config.yml": "title: 潮间带\nurl: https://tide.example.net\nfeed: {type: atom, path: atom.xml}\n"},
    "jekyll": {"_config.yml": "title: Tide\nurl: https://tide.example.net\nplugins: [jekyll-feed]\n"},
    "hugo": {"hugo.toml": "title = 'Tide'\nbaseURL = 'https://tide.example.net/'\n"},
    "pelican": {"pelicanconf.py": "SITENAME = 'Tide'\nSITEURL = 'https://tide.example.net'\n"},
    "zola": {"zola.toml": "title = 'Tide'\nbase_url = 'https://tide.example.net'\ngenerate_feeds = true\n"},
    "eleventy": {
        "eleventy.config.js": "x.addPlugin(feedPlugin, { outputPath: '/feed/feed.xml', collection: { name: 'posts' }, "
        "metadata: { title: 'Tide', base: 'https://tide.example.net' } })"
    },
    "astro": {
        "astro.config.mjs": ASTRO.replace("MORE", ""),
        "src/consts.ts": CONSTS,
        "src/pages/rss.xml.js": ENDPOINT,
    },
    "mkdocs": {"mkdocs.yml": "site_name: Tide\nsite_url: https://tide.example.net/\nplugins: [rss]\n"},
    "nikola": {"conf.py": "BLOG_TITLE = 'Tide'\nSITE_URL = 'https://tide.example.net/'\n", "output/rss.xml": RSS},
}


def page_of(generator: str) -> str:
    return (ROOT / "docs" / f"{generator}.md").read_text("utf-8")


def part_of(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_generator_has_a_page_that_the_first_page_leads_to(generator: str) -> None:
    page = page_of(generator)
    assert f"](docs/{generator}.md)" in README
    assert page.index("\n$ feeds init\n") < page.index("feeds build\n$ cp -R _feeds/. ")
    assert part_of(page, "What differs").count("\n| ") >= 4


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_key_that_a_page_says_is_taken_over_is_read(generator: str) -> None:
    rows = re.findall(r"^\| (?!setting).* \| (.*) \|$", part_of(page_of(generator), "What is taken over"), re.MULTILINE)
    keys = {
        word for row in rows for span in re.findall(r"`([^`]+)`", row) for word in re.findall(r"[A-Za-z_]\w+", span)
    }
    source = (MODULES[generator] + SHARED + MODULES["globs"] + MODULES["scripts"]).lower()
    assert len(keys) > 8
    assert sorted(key for key in keys - OURS if key.lower() not in source) == []


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_line_for_the_theme_is_the_one_that_is_printed(generator: str, tmp_path: Path) -> None:
    write(tmp_path, SITES[generator])
    site = find_site(tmp_path)
    assert site is not None
    assert f"```\n{site.link}\n```\n" in page_of(generator)


def test_what_a_page_shows_of_init_is_what_it_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown,) = re.findall(r"```\n\$ feeds init\n(Found\n.*?)```", page_of("hexo"), re.DOTALL)
    shutil.copytree(ROOT / "tests" / "archives" / "hexo", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    printed = CliRunner().invoke(main, ["init"], prog_name="feeds", terminal_width=80).stdout
    for part in shown.split("[…]\n"):
        assert part in printed
