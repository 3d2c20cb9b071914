"""A real web server, running as another user, can give out every file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.system.conftest import Site

pytestmark = pytest.mark.system


def test_every_file_is_served(site: Site) -> None:
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in files:
        with urlopen(site.base_url + quote(str(path.relative_to(site.folder))), timeout=5) as answer:
            assert answer.status == 200
            assert answer.read() == path.read_bytes()


def test_after_a_rebuild_each_unchanged_feed_answers_304(site: Site) -> None:
    feeds = [path for path in site.folder.rglob("*.xml") if path.is_file()]
    tags: dict[Path, str] = {}
    for path in feeds:
        with urlopen(site.base_url + quote(str(path.relative_to(site.folder))), timeout=5) as answer:
            tags[path] = answer.headers["ETag"]
    site.rebuild()
    for path, tag in tags.items():
        request = Request(site.base_url + quote(str(path.relative_to(site.folder))), headers={"If-None-Match": tag})
        with pytest.raises(Exception, match="304"):
            urlopen(request, timeout=5)
