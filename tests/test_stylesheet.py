"""What browsers show of RSS and Atom: a style that each feed names, in the archive's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace

from feeds import Config, build
from feeds.model import Feed
from feeds.render import FORMATS
from feeds.render.atom import render_atom
from feeds.render.pages import Site, make_theme, render_stylesheet
from feeds.render.rss import render_rss
from tests.feed_samples import make_feed

XML: dict[str, Callable[[Feed, str], bytes]] = {"rss": render_rss, "atom": render_atom}
STYLED = replace(make_feed("金融", "a&b"), folder="金融/a&b", stylesheet="样式.css")
SITE = Site(
    title="样刊",
    language="zh-CN",
    zone=None,
    formats=FORMATS,
    opml_url="https://example.org/feeds.opml",
    pictures_url="https://example.org/pictures/",
    holds_below=True,
    whole_holds_all=True,
)


@pytest.mark.parametrize("name", XML)
def test_a_feed_names_its_style_by_a_relative_link(name: str) -> None:
    document = XML[name](STYLED, "https://example.org/feed.xml")
    instruction = etree.fromstring(document).getprevious()
    assert isinstance(instruction, etree._ProcessingInstruction)
    assert (instruction.target, instruction.text) == (
        "xml-stylesheet",
        'type="text/css" href="../../%E6%A0%B7%E5%BC%8F.css"',
    )


@pytest.mark.parametrize("name", XML)
def test_programs_find_the_root_where_they_look_for_it(name: str) -> None:
    head = XML[name](STYLED, "https://example.org/feed.xml")[:512]
    assert b"<rss" in head or b"<feed" in head


@pytest.mark.parametrize("name", XML)
def test_without_pages_no_style_is_named(name: str) -> None:
    assert b"<?xml-stylesheet" not in XML[name](make_feed("金融"), "https://example.org/feed.xml")


def test_atom_leads_to_the_page_of_the_feed() -> None:
    feed = feedparser.parse(render_atom(STYLED, "https://example.org/atom.xml"), sanitize_html=False).feed
    link = etree.fromstring(feed.subtitle)
    assert (link.get("href"), link.text) == (STYLED.home_url, STYLED.description)


def test_the_style_speaks_the_language_of_the_archive() -> None:
    chinese, english = (render_stylesheet(replace(SITE, language=language)).decode() for language in ("zh-CN", "en"))
    assert "订阅源" in chinese
    assert "web feed" in english


def test_a_label_cannot_leave_its_string() -> None:
    label = "styled_what = '\"; color: red /* \\'"
    theme = make_theme({"labels.toml": label.encode()}, labels="labels.toml")
    style = render_stylesheet(replace(SITE, theme=theme)).decode()
    assert 'content: "\\22 ; color: red /* \\5c " "\\a"' in style


def test_somebodys_own_style_stands_in_place_of_ours(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "feed.css").write_text("rss { color: teal }")
    outputs = _build(tmp_path, "own", templates=theme)
    assert outputs["feed.css"] == b"rss { color: teal }"


def test_without_pages_nothing_is_written_for_browsers(tmp_path: Path) -> None:
    outputs = _build(tmp_path, "plain", pages=False)
    assert not [path for path in outputs if path.endswith((".html", ".css"))]
    assert b"<?xml-stylesheet" not in outputs["rss.xml"]


def _build(home: Path, name: str, **settings: object) -> dict[str, bytes]:
    archive, output = home / "archive", home / name
    archive.mkdir()
    (archive / "a.md").write_text("---\ntitle: A\ndate: 2022-07-22T08:00:00Z\n---\nText.\n")
    build(Config(archive=archive, output=output, **settings), now=datetime(2022, 8, 1, tzinfo=UTC))  # type: ignore[arg-type]
    return {str(file.relative_to(output)): file.read_bytes() for file in output.rglob("*") if file.is_file()}
