"""Chromium opens all that comes of an archive of nothing but vectors, and nothing of them runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from tests.system.browser import Chromium
from tests.system.conftest import Site, serve_archive
from tests.vectors import FOREIGN, HANDLERS, SCRIPTS, VECTORS, article_of

pytestmark = pytest.mark.system

RISKY_LINKS = """[...document.links].map((link) => link.href)
  .filter((address) => !/^(https?|mailto|tel|file):/.test(address))"""
WAIT = "new Promise((done) => setTimeout(done, 30))"
"""A moment in which events come that are told of later than that all has been loaded."""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The archive of vectors, built with whole bodies, and served."""
    work = tmp_path_factory.mktemp("vectors")
    (work / "original").mkdir()
    for number in range(len(VECTORS)):
        (work / "original" / f"{number:03}.md").write_bytes(article_of(number))
    size = str(len(VECTORS))
    with serve_archive(work / "original", work, "--content", "full", "--limit", size, "--limit-max", size) as site:
        yield site


def test_vectors_run_where_nothing_stops_them(tmp_path: Path, chromium: Chromium) -> None:
    tried = (*SCRIPTS[:6], *HANDLERS, *FOREIGN[:5])
    run = []
    for number, vector in enumerate(tried):
        file = tmp_path / f"{number}.html"
        file.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>x</title><body>{vector}", "utf-8")
        with chromium.page(tmp_path.as_uri()) as page:
            page.open(file.as_uri())
            page.run(WAIT)
            run += [vector] if page.executed else []
    assert len(run) > len(tried) / 2


def test_no_vector_runs_on_any_page_or_in_any_feed(output: Site, chromium: Chromium) -> None:
    paths = [path for path in sorted(output.folder.rglob("*")) if path.name.endswith((".html", "rss.xml", "atom.xml"))]
    assert len(paths) > 3 * len(VECTORS)
    with chromium.page(output.base_url) as page:
        for path in paths:
            address = output.base_url + quote(str(path.relative_to(output.folder)))
            page.open(address)
            page.run(WAIT)
            assert page.executed == []
            assert page.faults == [], address
            assert {kind for kind, _ in page.asked} <= {"Image"}, address
            assert unquote(page.run("location.href")) == unquote(address)
            if path.suffix == ".html":
                assert page.run(RISKY_LINKS) == []
                assert page.run("document.querySelectorAll('iframe, object, embed, form, base').length") == 0
