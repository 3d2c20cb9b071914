"""Chromium opens the pages, over HTTP and from the disk."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.system.conftest import Site, need

pytestmark = pytest.mark.system

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=4000",
]  # fmt: skip


def text_of(address: str, profile: Path) -> str:
    """Return what Chromium makes of a page, as HTML."""
    command = [need("chromium"), *FLAGS, f"--user-data-dir={profile}", "--dump-dom", address]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()


def test_the_index_shows_the_tree_and_leads_to_a_category_and_an_article(site: Site, tmp_path: Path) -> None:
    index = text_of(site.base_url, tmp_path / "a")
    assert "金融" in index
    assert "feeds.opml" in index
    category = text_of(f"{site.base_url}{quote('金融')}/", tmp_path / "b")
    assert "rss.xml" in category
    article = next((site.folder / "articles").rglob("*.html"))
    page = text_of(f"{site.base_url}{article.relative_to(site.folder)}", tmp_path / "c")
    assert "noindex" in page


def test_the_pages_open_from_the_disk(site: Site, tmp_path: Path) -> None:
    index = text_of((site.folder / "index.html").as_uri(), tmp_path / "a")
    assert "金融" in index
    assert f'href="{quote("金融")}/index.html"' in index
