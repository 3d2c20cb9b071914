"""One oddity of real archives per pair: `cases/NAME.md` as an archive holds it, `cases/NAME.json` what comes of it.

The keys of a pair's JSON:

- `rule`: what the pair holds, in one sentence.
- `path`: where the file lies in its archive, if not under its own name.
- `settings`: what `feeds.toml` says.
- `files`: what else the archive holds, by path: the path of a file below `cases/`, or a text.
- `expect`: fields of the article's item in `feed.json` (`null`: the item has none; `authors`: their names),
  `content_html_contains` and `content_html_lacks`: a text or several; or `left_out`: the reason, as the report counts
  it, or `no article` for a file that is not read at all.
- `problems`: all that the report tells, as `kind:line`, or `kind` where the problem has no line.
"""

from __future__ import annotations

import html
import json
from calendar import timegm
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feeds import build
from feeds.config import load_config
from feeds.errors import Problem
from feeds.normalise.identity import make_id, tag_prefix

CASES = Path(__file__).parent / "cases"
SUFFIXES = (".md", ".mdx", ".html", ".rst", ".txt")
NOW = datetime(2022, 8, 1, tzinfo=UTC)
ARTICLES = sorted(path for path in CASES.iterdir() if path.suffix in SUFFIXES)
KEYS = {"rule", "path", "settings", "files", "expect", "problems"}
FIELDS = {
    "title", "url", "summary", "image", "date_published", "date_modified", "authors", "tags", "language",
    "content_html", "content_html_contains", "content_html_lacks",
}  # fmt: skip


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_each_oddity_of_real_archives_comes_out_as_a_subscriber_wants_it(article: Path, tmp_path: Path) -> None:
    case = json.loads(article.with_suffix(".json").read_bytes())
    expected = case["expect"]
    files = case.get("files", {})
    _lay(tmp_path / "archive" / case.get("path", article.name), article.read_bytes())
    for name, source in files.items():
        _lay(tmp_path / "archive" / name, _content(source))
    settings = {"archive": "archive", "output": "public", **case.get("settings", {})}
    toml = "".join(f"{name} = {_toml(value)}\n" for name, value in settings.items())
    (tmp_path / "feeds.toml").write_text(toml, "utf-8")

    report = build(load_config(tmp_path / "feeds.toml", {}), now=NOW)

    assert [_name(problem) for problem in report.problems] == case["problems"]
    output = tmp_path / "public"
    item = _own_item(json.loads((output / "feed.json").read_bytes())["items"], files)
    if "left_out" in expected:
        assert item is None
        assert report.left_out == ({} if expected["left_out"] == "no article" else {expected["left_out"]: 1})
        return
    assert item is not None
    assert report.left_out.keys() <= {"copy"}
    _check(item, expected)
    for name in ("rss.xml", "atom.xml"):
        _check_foreign(item, (output / name).read_bytes())


def test_every_article_has_its_expectation_and_every_expectation_its_article() -> None:
    names = [path.stem for path in ARTICLES]
    assert sorted(names) == sorted(path.stem for path in CASES.glob("*.json"))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_every_expectation_says_its_rule_in_known_words(article: Path) -> None:
    case = json.loads(article.with_suffix(".json").read_bytes())
    assert case.keys() <= KEYS
    assert case.keys() >= {"rule", "expect", "problems"}
    assert case["rule"].strip().endswith(".")
    assert case["expect"].keys() == {"left_out"} or set() < case["expect"].keys() <= FIELDS


def _lay(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def _toml(value: object) -> str:
    """Write a value as TOML, which is JSON but for tables."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _content(source: str) -> bytes:
    """Return what an extra file holds: a file of ours where the text names one, else the text itself."""
    return (CASES / source).read_bytes() if source.startswith("assets/") else source.encode()


def _name(problem: Problem) -> str:
    return problem.kind.slug if problem.line is None else f"{problem.kind.slug}:{problem.line}"


def _own_item(items: list[dict[str, Any]], extra: Iterable[str]) -> dict[str, Any] | None:
    """Return the pair's own item: the one whose id is not made of an extra file's path."""
    others = {make_id(None, path, tag_prefix("localhost", 2000)) for path in extra}
    found = [item for item in items if item["id"] not in others]
    assert len(found) <= 1
    return found[0] if found else None


def _check(item: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    shown = {**item, "authors": [author["name"] for author in item.get("authors", ())]}
    plain = {name: value for name, value in expected.items() if not name.startswith("content_html_")}
    assert {name: shown.get(name) for name in plain} == plain
    for text in _texts(expected.get("content_html_contains", ())):
        assert text in item["content_html"]
    for text in _texts(expected.get("content_html_lacks", ())):
        assert text not in item["content_html"]


def _texts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _check_foreign(item: Mapping[str, Any], document: bytes) -> None:
    """Hold that a foreign parser reads the same title and date from another format."""
    feed = feedparser.parse(document, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo
    entry = next(entry for entry in feed.entries if entry.id == item["id"])
    is_html = entry.title_detail.type == "text/html"
    assert (html.unescape(entry.title) if is_html else entry.title) == item["title"]
    published = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
    assert published == datetime.fromisoformat(item["date_published"])
