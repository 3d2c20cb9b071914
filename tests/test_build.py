"""The whole way, from files to files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds import Config, build
from feeds.config import Places
from feeds.errors import ArchiveError, ConfigError, ProblemKind, Severity, WriteError
from feeds.model import Feed
from feeds.pipeline import Report, batches
from feeds.pipeline.validate import validate
from feeds.render import FORMATS, Format
from tests.benchmarks.generate import generate

NOW = datetime(2022, 8, 1, tzinfo=UTC)
SAMPLE = Path(__file__).parent.parent / "archive"
ARTICLE = """
---
title: '{title}'
categories:
 - {category}
author: 某报
comments: false
date: {date}
---

<div>{body}</div>
"""


def write(
    archive: Path,
    path: str,
    *,
    title: str = "标题",
    category: str = "金融",
    date: str = "Fri, 22 Jul 2022 23:38:03 GMT",
    body: str = "<p>正文第一句话在这里。</p>",
) -> Path:
    file = archive / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(ARTICLE.format(title=title, category=category, date=date, body=body), "utf-8")
    return file


def run(archive: Path, **config: object) -> Report:
    base = Config(archive=archive, output=archive.parent / "public")
    return build(replace(base, **config), now=NOW)  # type: ignore[arg-type]


def items(archive: Path, folder: str = "") -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((archive.parent / "public" / folder / "feed.json").read_bytes())[
        "items"
    ]
    return found


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def test_a_second_run_touches_nothing(archive: Path) -> None:
    shutil.copytree(SAMPLE, archive)
    run(archive)
    before = tree(archive.parent / "public")
    report = run(archive)
    assert report.published.written == ()
    assert report.published.removed == ()
    assert tree(archive.parent / "public") == before


def test_the_clock_never_enters(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, archive)
    run(archive)
    config = Config(archive=archive, output=tmp_path / "later")
    build(config, now=datetime(2031, 1, 1, tzinfo=UTC))
    later = {path: data for path, (data, _, _) in tree(tmp_path / "later").items()}
    assert later == {path: data for path, (data, _, _) in tree(tmp_path / "public").items()}


@pytest.mark.long
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_batches_of_any_size_and_any_executor_give_the_same_bytes(
    archive: Path, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLE, archive)
    run(archive)
    monkeypatch.setattr(batches, "BATCH", size)
    config = Config(archive=archive, output=tmp_path / "other")
    with ProcessPoolExecutor(2) as pool:
        build(config, now=NOW, executor_for=lambda count: pool if size == 7 else None)
    other = {path: data for path, (data, _, _) in tree(tmp_path / "other").items()}
    assert other == {path: data for path, (data, _, _) in tree(tmp_path / "public").items()}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 4))])
def test_batches_in_any_order_and_grouping_give_the_same_bytes(
    archive: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)

    def shuffled(executor: object, function: Callable[[list[Any]], Any], batches: Iterable[Iterable[Any]]) -> Any:
        items = [item for batch in batches for item in batch]
        chance.shuffle(items)
        while items:
            count = chance.randint(1, 9)
            yield count, function(items[:count])
            del items[:count]

    generate(archive, 300, leaves=9, short=True, faults=0.2)
    run(archive)
    plain = {path: data for path, (data, _, _) in tree(tmp_path / "public").items()}
    monkeypatch.setattr(batches, "_results", shuffled)
    places = Places(folder=tmp_path / "kept", memory=tmp_path / "memory.jsonl")
    build(Config(archive=archive, output=tmp_path / "other"), now=NOW, places=places)
    assert plain == {path: data for path, (data, _, _) in tree(tmp_path / "other").items()}
    for path in sorted(archive.rglob("*.md"))[::7]:  # written anew, and one in three gone
        data = path.read_bytes()
        path.unlink()
        if chance.random() < 0.67:
            path.write_bytes(data)
    build(Config(archive=archive, output=tmp_path / "other"), now=NOW, places=places)
    monkeypatch.undo()
    fresh = Places(folder=tmp_path / "kept-anew", memory=places.memory)
    build(Config(archive=archive, output=tmp_path / "anew"), now=NOW, places=fresh)
    again = {path: data for path, (data, _, _) in tree(tmp_path / "anew").items() if not path.startswith(".")}
    assert again == {path: data for path, (data, _, _) in tree(tmp_path / "other").items() if path in again}


def test_every_level_of_the_tree_is_a_feed(archive: Path) -> None:
    write(archive, "a.md", category="['金融', '某报', '国内']")
    run(archive)
    for folder in ("", "金融", "金融/某报", "金融/某报/国内"):
        assert [item["title"] for item in items(archive, folder)] == ["标题"]


def test_one_bad_article_never_costs_a_feed(archive: Path) -> None:
    write(archive, "good.md")
    (archive / "empty.md").write_bytes(b"")
    (archive / "noise.md").write_bytes(bytes(range(256)) * 40)
    write(archive, "undated.md", date="Invalid Date", title="无日期")
    report = run(archive)
    assert [item["title"] for item in items(archive, "金融")] == ["标题"]
    assert report.left_out == {"undated": 3}
    kinds = {(problem.path, problem.kind) for problem in report.problems}
    assert ("undated.md", ProblemKind.BAD_DATE) in kinds
    assert ("empty.md", ProblemKind.UNDATED) in kinds


def test_the_same_article_under_two_routes_is_one_entry_with_both_categories(archive: Path) -> None:
    write(archive, "b/x.md", category="要闻", date="2022-07-22T08:00:00Z")
    write(archive, "a/x.md", category="国内", date="2022-07-22T09:00:00Z")
    report = run(archive)
    assert len(items(archive)) == 1
    assert items(archive, "要闻") == items(archive, "国内")
    assert items(archive)[0]["date_published"] == "2022-07-22T08:00:00Z"
    assert items(archive)[0]["tags"] == ["要闻", "国内"]
    assert report.left_out == {"copy": 1}


def test_equal_titles_with_unequal_texts_are_two_entries(archive: Path) -> None:
    write(archive, "b/x.md", body="<p>早盘。</p>")
    write(archive, "a/x.md", body="<p>收盘。</p>")
    run(archive)
    assert len(items(archive)) == 2


def test_a_copy_gives_its_place_in_the_window_to_the_next_article(archive: Path) -> None:
    for number in range(4):
        write(
            archive,
            f"{number}.md",
            title=f"第 {number} 篇",
            date=f"2022-07-0{number + 1}T08:00:00Z",
            body=f"<p>{number}</p>",
        )
    write(archive, "copy/3.md", title="第 3 篇", date="2022-07-04T09:00:00Z", body="<p>3</p>")
    run(archive, limit=3, keep_hours=0)
    assert [item["title"] for item in items(archive)] == ["第 3 篇", "第 2 篇", "第 1 篇"]


def test_a_category_that_loses_its_articles_stays_as_an_empty_feed(archive: Path) -> None:
    write(archive, "a.md", title="甲", category="金融")
    gone = write(archive, "b.md", title="乙", category="要闻")
    run(archive)
    before = feedparser.parse((archive.parent / "public/要闻/atom.xml").read_bytes())
    gone.unlink()
    run(archive)
    after = feedparser.parse((archive.parent / "public/要闻/atom.xml").read_bytes())
    assert after.entries == []
    assert (after.feed.id, after.feed.updated) == (before.feed.id, before.feed.updated)


def test_an_article_page_stays_when_its_entry_rolls_off(archive: Path) -> None:
    write(archive, "a.md", title="旧")
    run(archive)
    page = archive.parent / "public" / str(items(archive)[0]["url"]).removeprefix("http://localhost:8000/")
    assert page.is_file()
    write(archive, "b.md", title="新", date="2022-07-30T00:00:00Z")
    run(archive, limit=1, keep_hours=0)
    assert [item["title"] for item in items(archive)] == ["新"]
    assert page.is_file()
    run(archive, article_pages="none")
    assert not page.exists()


def test_a_folder_once_given_never_moves(archive: Path) -> None:
    write(archive, "b.md", category="tech", title="乙")
    run(archive)
    write(archive, "a.md", category="TECH", title="甲")
    report = run(archive)
    folders = {feed.category: feed.folder for feed in report.feeds}
    assert folders["tech",] == "tech"
    assert folders["TECH",].startswith("TECH-")


def test_future_articles_wait_until_they_are_due(archive: Path) -> None:
    write(archive, "a.md")
    write(archive, "b.md", title="将来", date="2022-08-09T00:00:00Z")
    report = run(archive)
    assert report.left_out == {"future": 1}
    config = Config(archive=archive, output=archive.parent / "public")
    assert build(config, now=datetime(2022, 8, 9, tzinfo=UTC)).left_out == {}


def test_an_archive_without_articles_changes_nothing(archive: Path) -> None:
    write(archive, "a.md")
    run(archive)
    before = tree(archive.parent / "public")
    shutil.rmtree(archive)
    with pytest.raises(ArchiveError, match="no such folder"):
        run(archive)
    archive.mkdir()
    with pytest.raises(ArchiveError, match="no article in it"):
        run(archive)
    assert tree(archive.parent / "public") == before


def test_an_archive_is_no_output(archive: Path) -> None:
    write(archive, "a.md")
    with pytest.raises(ArchiveError, match="the same folder"):
        run(archive, output=archive)
    assert [path.name for path in archive.iterdir()] == ["a.md"]


def test_foreign_files_stop_the_build_by_name(archive: Path) -> None:
    write(archive, "a.md")
    foreign = archive.parent / "public" / "index.html"
    foreign.parent.mkdir()
    foreign.write_text("mine")
    with pytest.raises(WriteError, match=r"index\.html"):
        run(archive)
    assert [path.name for path in foreign.parent.iterdir()] == ["index.html"]
    run(archive, paths={**Config().paths, "index": "feeds.html"})
    assert foreign.read_text() == "mine"


def test_the_feed_of_the_whole_archive_may_stand_in_a_folder_of_its_own(archive: Path) -> None:
    write(archive, "a.md", category="feeds")
    write(archive, "b.md", title="另一个", category="a.b", date="Thu, 21 Jul 2022 23:38:03 GMT")
    paths = {**Config().paths, "atom": "feeds/all.atom.xml"}
    run(archive, paths=paths, base_url="https://example.org/x/")
    public = archive.parent / "public"
    atoms = sorted(str(path.relative_to(public)) for path in public.rglob("all.atom.xml"))
    assert atoms[0] == "a.b/all.atom.xml"
    assert atoms[2] == "feeds/all.atom.xml"
    assert re.fullmatch(r"feeds-[0-9a-f]{6}/all\.atom\.xml", atoms[1])
    for path in atoms:
        text = (public / path).read_text()
        assert f'<link href="https://example.org/x/{path}" rel="self"' in text
        assert '<?xml-stylesheet type="text/css" href="../feed.css"?>' in text
    assert 'href="feeds/all.atom.xml"' in (public / "index.html").read_text()
    assert "https://example.org/x/feeds/all.atom.xml" in (public / "index.html").read_text()
    assert 'href="all.atom.xml"' in (public / "a.b" / "index.html").read_text()
    assert "https://example.org/x/a.b/rss.xml" in (public / "feeds.opml").read_text()
    assert not run(archive, paths=paths, base_url="https://example.org/x/").published.written
    run(archive, paths=paths, base_url="https://example.org/x/", formats=("atom",), opml="all")
    outline = (public / "feeds.opml").read_text()
    assert "https://example.org/x/feeds/all.atom.xml" in outline
    assert "https://example.org/x/a.b/all.atom.xml" in outline
    assert validate(public, now=NOW).findings == ()


def test_no_feed_takes_a_place_in_the_folder_of_a_category_that_is_published(archive: Path) -> None:
    write(archive, "a.md", category="feeds")
    run(archive)
    with pytest.raises(ConfigError, match=r'atom "feeds/all\.atom\.xml" .* category "feeds"'):
        run(archive, paths={**Config().paths, "atom": "feeds/all.atom.xml"})


def test_a_local_picture_is_copied_under_its_hash(archive: Path) -> None:
    shutil.copytree(SAMPLE, archive)
    report = run(archive)
    pictures = [path for path in report.published.written if path.startswith("pictures/")]
    assert len(pictures) >= 8
    local = [
        item
        for item in items(archive, "金融")
        if str(item.get("image", "")).startswith("http://localhost:8000/pictures/")
    ]
    assert local
    attachment = local[0]["attachments"][0]  # type: ignore[index]
    copy = archive.parent / "public" / str(local[0]["image"]).removeprefix("http://localhost:8000/")
    assert attachment["size_in_bytes"] == copy.stat().st_size


def test_a_fourth_format_is_one_row(archive: Path) -> None:
    def render_text(feed: Feed, self_url: str) -> bytes:
        return "\n".join([feed.title, self_url, *(entry.title for entry in feed.entries)]).encode()

    row = Format(name="text", file="feed.txt", media_type="text/plain", title="Plain text", render=render_text)
    write(archive, "a.md")
    config = Config(archive=archive, output=archive.parent / "public", formats=("rss", "text"))
    build(config, now=NOW, formats=(*FORMATS, row))
    written = (archive.parent / "public/金融/feed.txt").read_text("utf-8")
    assert written.splitlines()[1:] == ["http://localhost:8000/%E9%87%91%E8%9E%8D/feed.txt", "标题"]
    page = (archive.parent / "public/金融/index.html").read_text("utf-8")
    assert 'href="feed.txt"' in page
    assert "Plain text" in page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=40), body=st.text(max_size=200), noise=st.binary(max_size=120))
def test_any_text_gives_well_formed_feeds(
    tmp_path_factory: pytest.TempPathFactory, title: str, body: str, noise: bytes
) -> None:
    archive = tmp_path_factory.mktemp("law") / "archive"
    archive.mkdir()
    quoted = title.replace("'", "''").encode("utf-8", "surrogatepass")
    text = body.encode("utf-8", "surrogatepass")
    (archive / "a.md").write_bytes(b"---\ntitle: '" + quoted + b"'\ndate: 2022-07-22\n---\n<div>" + text + b"</div>")
    (archive / "b.md").write_bytes(b"---\ndate: 2022-07-23\n" + noise + b"\n---\n" + noise)
    (archive / "c.md").write_bytes(noise)
    report = run(archive)
    assert report.articles == 3
    for name in ("rss.xml", "atom.xml", "feeds.opml"):
        etree.fromstring((archive.parent / "public" / name).read_bytes())
    assert len(items(archive)) + sum(report.left_out.values()) == 3
    assert sum(report.left_out.values()) <= sum(problem.kind.severity is Severity.ERROR for problem in report.problems)
