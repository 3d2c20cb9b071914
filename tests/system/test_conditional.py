"""A web server answers 304 for every feed that did not change, and 200 for exactly those that did."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from feeds.publish import read_manifest
from tests.articles import article_bytes, write
from tests.system.conftest import Site

pytestmark = pytest.mark.system


def get(address: str, known: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Ask for a file under conditions; answer the status, and the conditions for the next time."""
    try:
        with urlopen(Request(address, headers=known), timeout=10) as answer:
            told = {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]}
            return int(answer.status), told
    except HTTPError as error:
        return error.code, known


def look(folder: Path, paths: list[str]) -> dict[str, tuple[int, int]]:
    return {path: ((folder / path).stat().st_ino, (folder / path).stat().st_mtime_ns) for path in paths}


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_a_second_conditional_get_is_a_304_but_for_what_changed(site: Site, header: str) -> None:
    write(site.archive, "金融/新/a.md", article_bytes(title="A"))
    site.rebuild()
    feeds = [path for path in read_manifest(site.folder).files if path.endswith(("rss.xml", "atom.xml", "feed.json"))]
    known = {path: get(site.base_url + quote(path), {})[1] for path in feeds}
    before, bytes_before = look(site.folder, feeds), {path: (site.folder / path).read_bytes() for path in feeds}
    site.rebuild()
    assert look(site.folder, feeds) == before
    write(site.archive, "金融/新/a.md", article_bytes(title="B, which is longer than A"))
    wait_for_the_next_second(site.folder)
    site.rebuild()
    changed = {path for path in feeds if (site.folder / path).read_bytes() != bytes_before[path]}
    assert 0 < len(changed) < len(feeds)
    after = look(site.folder, feeds)
    assert {path for path in feeds if after[path] != before[path]} == changed
    status = {path: get(site.base_url + quote(path), {header: known[path][header]})[0] for path in feeds}
    assert {path for path, code in status.items() if code == 200} == changed
    assert {path for path, code in status.items() if code == 304} == set(feeds) - changed


def wait_for_the_next_second(folder: Path) -> None:
    """HTTP tells times by the second."""
    newest = max(place.stat().st_mtime for place in folder.rglob("*"))
    while time.time() < int(newest) + 1:
        time.sleep(0.05)
