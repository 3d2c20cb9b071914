"""Pictures that an Astro site is made of: named from an article, they are found anywhere in `src` and copied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.cli import main
from tests.test_layouts import png

ARTICLE = (
    b"---\ntitle: Tide\ndate: 2022-07-08\nheroImage: ../../assets/a.png\n---\n"
    b"Text ![x](../../assets/a.png) of the tide.\n"
)


def build(place: Path, settings: str) -> str:
    for name, data in {"src/content/blog/tide.md": ARTICLE, "src/assets/a.png": png()}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    (place / "feeds.toml").write_text(f'archive = "src/content/blog"\nsite_url = "https://a.example.net/"\n{settings}')
    CliRunner().invoke(main, ["build"], catch_exceptions=False)
    return (place / "public/rss.xml").read_text("utf-8")


@pytest.mark.parametrize("static", ["", 'static = ["public-files"]\n'])
def test_a_picture_among_the_sources_is_copied(static: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("public-files").mkdir()
    feed = build(tmp_path, f'generator = "astro"\n{static}')
    copied = re.search(r'src="http://localhost:8000/(pictures/[^"]+)"', feed)
    assert copied is not None
    assert (tmp_path / "public" / copied[1]).read_bytes() == png()


def test_a_picture_outside_of_the_sources_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src/assets").mkdir(parents=True)
    build(tmp_path, 'generator = "astro"\n')
    (tmp_path / "b.png").write_bytes(png())
    (tmp_path / "src/assets/a.png").unlink()
    (tmp_path / "src/assets/a.png").symlink_to(tmp_path / "b.png")
    (tmp_path / "src/content/blog/b.md").write_bytes(ARTICLE.replace(b"assets/a.png", b"../b.png"))
    CliRunner().invoke(main, ["build"], catch_exceptions=False)
    assert "localhost:8000/pictures/" not in (tmp_path / "public/rss.xml").read_text("utf-8")


def test_the_sources_of_another_site_are_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "localhost:8000/pictures/" not in build(tmp_path, 'generator = "zola"\n')
