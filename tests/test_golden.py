"""The bytes of the sample archive's output, in all formats; `pytest --golden` writes them anew, for review."""

from __future__ import annotations

import json
import shutil
import warnings
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import atoma
import fastfeedparser
import feedparser
import pytest
from lxml import etree

from feeds import Config, build

ROOT = Path(__file__).parent.parent
BASE_URL = "https://feeds.example.org/"
GOLDEN = Path(__file__).parent / "golden"
FOLDERS = ("", "金融", "金融/银杏研究", "编程/木栈道/C++-.NET", "文化/味道地图/045bc0")
"""The feeds whose bytes are kept: the whole, a top category, a publisher, and two names that no folder can have."""
NAMES = ("rss.xml", "atom.xml", "feed.json", "index.html")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's output, as it would be served."""
    folder = tmp_path_factory.mktemp("golden") / "public"
    config = Config(archive=ROOT / "archive", output=folder, title="样刊", language="zh-CN", base_url=BASE_URL)
    build(config, now=datetime(2022, 8, 1, tzinfo=UTC))
    return folder


def kept(output: Path) -> list[str]:
    pages = [str(page.relative_to(output)) for page in sorted((output / "articles").rglob("*.html"))]
    return [
        *("/".join(filter(None, (folder, name))) for folder in FOLDERS for name in NAMES),
        "feeds.opml",
        "feed.css",
        pages[0],
    ]


def test_the_output_is_the_golden_one(output: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path in kept(output):
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(output / path, GOLDEN / path)
    written = {path: (output / path).read_bytes() for path in kept(output)}
    golden = {str(file.relative_to(GOLDEN)): file.read_bytes() for file in GOLDEN.rglob("*") if file.is_file()}
    assert sorted(written) == sorted(golden)
    assert [path for path in written if written[path] != golden[path]] == []


def feeds_of(output: Path) -> list[Path]:
    return sorted(file.parent for file in output.rglob("feed.json"))


def items_of(folder: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((folder / "feed.json").read_bytes())["items"]
    return items


def test_feedparser_reads_what_the_json_feed_says(output: Path) -> None:
    assert len(feeds_of(output)) > 30
    for folder in feeds_of(output):
        items = items_of(folder)
        for name in ("rss.xml", "atom.xml"):
            parsed = feedparser.parse((folder / name).read_bytes(), sanitize_html=False, resolve_relative_uris=False)
            assert not parsed.bozo
            assert [entry.id for entry in parsed.entries] == [item["id"] for item in items]
            assert [entry.title for entry in parsed.entries] == [item["title"] for item in items]
            assert [entry.link for entry in parsed.entries] == [item["url"] for item in items]
            assert [entry.author for entry in parsed.entries] == [item["authors"][0]["name"] for item in items]
            contents = [entry.content[0].value if "content" in entry else entry.summary for entry in parsed.entries]
            assert contents == [item["content_html"] for item in items]
            assert [entry.published_parsed[:6] for entry in parsed.entries] == [
                datetime.fromisoformat(item["date_published"]).timetuple()[:6] for item in items
            ]
            pictures = [entry.media_thumbnail[0]["url"] for entry in parsed.entries if "media_thumbnail" in entry]
            assert pictures == [item["image"] for item in items if "image" in item]


def test_atoma_and_fastfeedparser_read_the_same(output: Path) -> None:
    for folder in feeds_of(output):
        titles = [item["title"] for item in items_of(folder)]
        rss, atom = (folder / "rss.xml").read_bytes(), (folder / "atom.xml").read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # atoma asks for the time as Python once did
            assert [item.title for item in atoma.parse_rss_bytes(rss).items] == titles
            assert [entry.title.value for entry in atoma.parse_atom_bytes(atom).entries] == titles
            for data in (rss, atom):
                assert [entry.title for entry in fastfeedparser.parse(data).entries] == titles


def test_no_id_stands_twice_in_a_feed_and_one_article_has_one_id_everywhere(output: Path) -> None:
    ids: dict[str, str] = {}
    for folder in feeds_of(output):
        found = [item["id"] for item in items_of(folder)]
        assert len(found) == len(set(found))
        for item in items_of(folder):
            assert ids.setdefault(item["url"], item["id"]) == item["id"]


def test_the_subscription_list_shows_every_article_once_for_each_of_its_chains(output: Path) -> None:
    outlines = etree.parse(str(output / "feeds.opml")).iter("outline")
    addresses = [address for outline in outlines if (address := outline.get("xmlUrl"))]
    assert len(addresses) == len(set(addresses))
    folders = [(output / unquote(address.removeprefix(BASE_URL))).parent for address in addresses]
    listed = Counter(item["id"] for folder in folders for item in items_of(folder))
    whole = {item["id"]: item for folder in feeds_of(output) for item in items_of(folder)}
    assert listed == {entry_id: len(item["tags"]) for entry_id, item in whole.items()}


def test_the_sample_shows_every_fault_that_it_was_written_for(output: Path) -> None:
    everything = {item["title"]: item for folder in feeds_of(output) for item in items_of(folder)}
    assert "Vue 模板里的 {{ name }} 到底在什么时候更新" in everything
    assert "@property 用多了，代码会变成什么样" in everything
    assert "周末读码: 一个只有两百行的任务队列" in everything
    assert not any(title.startswith(('"', "'")) for title in everything)
    assert not any("picsum" in str(item.get("image")) for item in everything.values())
    assert not any("cors.example.net" in str(item.get("image")) for item in everything.values())
    pages = "".join(page.read_text("utf-8") for page in (output / "articles").rglob("*.html"))
    assert "<script" not in pages
    assert "onclick" not in pages
    assert "javascript:" not in pages.replace("href=&#34;javascript:", "")
