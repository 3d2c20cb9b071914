"""Small archives as each generator's users write them: every one comes out with the right titles, dates and the rest.

Each folder below `archives/` that has an `expected.json` holds `content/`, and says in that file which `settings` it is
built with, and what comes of it: `entries` by path, newest first, articles `left_out` by reason, and `problems` as
`path:line: kind`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds import build
from feeds.config import load_config
from feeds.errors import Problem, format_place
from feeds.normalise.identity import make_id, tag_prefix

ARCHIVES = sorted(path.parent for path in (Path(__file__).parent / "archives").glob("*/expected.json"))
NOW = datetime(2022, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("archive", ARCHIVES, ids=lambda path: path.name)
def test_an_archive_comes_out_as_its_generator_means_it(archive: Path, tmp_path: Path) -> None:
    expected = json.loads((archive / "expected.json").read_bytes())
    settings = {**expected["settings"], "archive": str(archive / "content"), "output": "public", "content": "full"}
    toml = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items())
    (tmp_path / "feeds.toml").write_text(toml, "utf-8")

    report = build(load_config(tmp_path / "feeds.toml", {}), now=NOW)

    assert report.left_out == expected["left_out"]
    assert [_name(problem) for problem in report.problems] == expected["problems"]
    paths = {
        make_id(None, entry["path"], tag_prefix("localhost", 2000)): entry["path"] for entry in expected["entries"]
    }
    items = json.loads((tmp_path / "public" / "feed.json").read_bytes())["items"]
    assert [_shown(item, paths[item["id"]]) for item in items] == expected["entries"]


def _name(problem: Problem) -> str:
    return f"{format_place(problem.path, problem.line)}: {problem.kind.slug}"


def _shown(item: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return what is expected of an entry; the address of a page of our own is none of the site's."""
    url = item["url"]
    return {
        "path": path,
        "title": item["title"],
        "date_published": item["date_published"],
        "date_modified": item.get("date_modified"),
        "authors": [author["name"] for author in item.get("authors", ())],
        "tags": item.get("tags", []),
        "url": None if url.startswith("http://localhost:8000/") else url,
        "summary": item["summary"],
        "content_html": item["content_html"],
    }
