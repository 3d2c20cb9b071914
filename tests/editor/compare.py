"""What a user would do otherwise for a summary and a picture: three lines of one's own, or a known extractor.

Each gets what the archive holds, the title and the body, and falls back to the front matter's picture. None of them
touches the network.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bs4 import BeautifulSoup

from feeds.finish.cut import count_columns
from feeds.finish.markup import is_html, to_html
from feeds.read import read_article, read_body_text

warnings.filterwarnings("ignore", message="nltk is not installed")
try:
    import newspaper
    import readability
    import trafilatura
except ImportError as error:
    raise SystemExit(f"{error.name} is missing: pip install '.[benchmark]'") from error

Told: TypeAlias = "tuple[str, str | None]"
_PICTURE_KEYS = ("headimg", "thumbnail", "cover", "image")
_WIDTH = 240
"""Columns, as ours by default."""


def _article(root: Path, path: str) -> tuple[str, str, str | None]:
    """Answer an article's title, its body as HTML, and the picture that the front matter names."""
    article, _ = read_article(root, path)
    body = read_body_text(root, path)
    stated = {key: value for key, value in article.front_matter.items() if isinstance(value, str)} if article else {}
    text = body.text if body else ""
    html = text if is_html(text) else to_html(text, is_markdown=True)
    picture = next((stated[key] for key in _PICTURE_KEYS if stated.get(key)), None)
    return stated.get("title", ""), html, picture


def _page(title: str, html: str) -> str:
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{html}</article></body></html>"
    )


def _cut(text: str) -> str:
    text = " ".join(text.split())
    while count_columns(text) > _WIDTH:
        text = text[: len(text) - max(1, (count_columns(text) - _WIDTH) // 2)]
    return text


def _first_picture(html: str) -> str | None:
    picture = BeautifulSoup(html, "lxml").find("img", src=True)
    return str(picture["src"]) if picture else None


def _with(tell: Callable[[str, str], Told]) -> Callable[[Path], dict[str, Told]]:
    """Make a way of choosing from one that tells a summary and a picture of a title and a body."""

    def choose(root: Path) -> dict[str, Told]:
        found = {}
        for path in sorted(root.rglob("*.md")):
            name = path.relative_to(root).as_posix()
            title, html, stated = _article(root, name)
            summary, picture = tell(title, html)
            found[name] = (summary, picture or stated)
        return found

    return choose


def _get_text(root: Path) -> dict[str, Told]:
    """Choose as the shortest script does: the first 120 characters, and the front matter's picture."""
    found = {}
    for path in sorted(root.rglob("*.md")):
        name = path.relative_to(root).as_posix()
        _, html, stated = _article(root, name)
        text = BeautifulSoup(html, "lxml").get_text(" ", strip=True)
        found[name] = (text[:120], stated or _first_picture(html))
    return found


def _by_trafilatura(title: str, html: str) -> Told:
    page = _page(title, html)
    text = trafilatura.extract(page, include_comments=False, include_tables=False, favor_precision=True) or ""
    lines = text.split("\n")
    text = "\n".join(lines[1:] if lines and lines[0].strip() == title.strip() else lines)
    metadata = trafilatura.extract_metadata(page)
    return _cut(text), (metadata.image if metadata else None) or None


def _by_readability(title: str, html: str) -> Told:
    try:
        summary = readability.Document(_page(title, html)).summary(html_partial=True)
    except readability.readability.Unparseable:
        return "", None
    soup = BeautifulSoup(summary, "lxml")
    for heading in soup.find_all("h1"):
        heading.decompose()
    return _cut(soup.get_text(" ", strip=True)), _first_picture(summary)


def _by_newspaper(title: str, html: str) -> Told:
    article = newspaper.Article("https://archive.example/article", fetch_images=False)
    article.download(input_html=_page(title, html))
    try:
        article.parse()
    except newspaper.ArticleException:
        return "", None
    return _cut(article.text), article.top_image or next(iter(article.images), None)


COMPARATORS: dict[str, Callable[[Path], dict[str, Told]]] = {
    "get_text()[:120]": _get_text,
    "trafilatura": _with(_by_trafilatura),
    "readability-lxml": _with(_by_readability),
    "newspaper4k": _with(_by_newspaper),
}
"""By name."""
