"""What a user would do otherwise on the same archive: a line of Beautiful Soup, or a known extractor.

Each is given what the archive holds, title and body, as a page, and the front matter's picture where it finds none.
None of them touches the network; one that breaks has chosen nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import frontmatter
import yaml
from bs4 import BeautifulSoup
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt

from feeds.finish.cut import count_columns
from feeds.finish.markup import is_html

warnings.filterwarnings("ignore", message="nltk is not installed")
try:
    import jieba
    import newspaper
    import tinysegmenter  # noqa: F401  (newspaper4k splits Japanese with it)
    import trafilatura
    from readability import Document
    from trafilatura.settings import Document as Extracted
except ImportError as error:
    raise SystemExit(f"{error.name} is missing: pip install '.[benchmark]'") from error

if TYPE_CHECKING:
    from tests.editor.score import Told

WIDTH = 240
"""Columns, as ours by default."""
PICTURE_KEYS = ("headimg", "thumbnail", "cover", "image")
_BLANKS = re.compile(r"\s+")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = {"es": ("el", "los", "una", "por", "del"), "de": ("der", "und", "das", "nicht", "ist")}

_markdown = MarkdownIt("commonmark").enable("table")
jieba.setLogLevel("ERROR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a file holds."""

    title: str
    html: str
    """The body."""
    picture: str | None
    """That the front matter names."""

    @property
    def page(self) -> str:
        """The page that an extractor expects."""
        title = escape(self.title)
        return f"<html><head><title>{title}</title></head><body><article>{self.html}</article></body></html>"


def read_source(path: Path) -> Source:
    """Read a file as a user's script would: front matter that YAML refuses is as if empty."""
    text = path.read_text("utf-8-sig", errors="replace").lstrip()
    try:
        post = frontmatter.loads(text)
        stated, body = post.metadata, post.content
    except (yaml.YAMLError, ValueError):
        stated, body = {}, YAMLHandler().split(text)[1]
    return Source(
        title=str(stated.get("title") or ""),
        html=body if is_html(body) else _markdown.render(body),
        picture=next((str(stated[key]) for key in PICTURE_KEYS if stated.get(key)), None),
    )


def by_get_text(source: Source) -> Told:
    """Choose as the shortest script does."""
    soup = BeautifulSoup(source.html, "lxml")
    return soup.get_text(" ", strip=True)[:120], source.picture or _first_picture(soup)


def by_trafilatura(source: Source) -> Told:
    """Choose the beginning of trafilatura's text, and the page's image or the text's first.

    Precision, since a page that is all article has its noise inside; images in a run of their own, since they
    stand in the text as Markdown.
    """
    text = trafilatura.bare_extraction(source.page, include_comments=False, favor_precision=True, with_metadata=True)
    seen = trafilatura.bare_extraction(source.page, include_comments=False, favor_precision=True, include_images=True)
    if not isinstance(text, Extracted):
        return "", source.picture
    pictures = seen.body.iter("graphic") if isinstance(seen, Extracted) else ()
    first = next((picture.get("src") for picture in pictures if picture.get("src")), None)
    return _cut(text.text or ""), text.image or first or source.picture


def by_readability(source: Source) -> Told:
    """Choose the beginning and the first picture of what readability leaves of the page."""
    soup = BeautifulSoup(Document(source.page).summary(), "lxml")
    return _cut(soup.get_text(" ", strip=True)), _first_picture(soup) or source.picture


def by_newspaper(source: Source) -> Told:
    """Choose newspaper's text and top image; it wants to be told the language, and fetches no image to measure it."""
    article = newspaper.Article(
        "https://archive.example/article", language=_guess_language(source.html), fetch_images=False
    )
    article.download(input_html=source.page)
    article.parse()
    return _cut(article.text), article.top_image or source.picture


def _first_picture(soup: BeautifulSoup) -> str | None:
    picture = soup.find("img", src=True)
    return str(picture["src"]) if picture else None


def _cut(text: str) -> str:
    """Fold blanks and cut at the width, wherever that is."""
    text = _BLANKS.sub(" ", text).strip()[:WIDTH]
    while count_columns(text) > WIDTH:
        text = text[:-1]
    return text


def _guess_language(html: str) -> str:
    """Guess the language that a page's `<html lang>` would have told; no Korean, which needs nltk's data fetched."""
    text = BeautifulSoup(html, "lxml").get_text(" ")
    if _HANGUL.search(text) and len(_HANGUL.findall(text)) > len(_HAN.findall(text)):
        return "en"
    han = len(_HAN.findall(text))
    if len(_KANA.findall(text)) * 5 > han > 0:
        return "ja"
    if han * 5 > len(text):
        return "zh"
    words = text.lower().split()
    counts = {language: sum(map(words.count, few)) for language, few in _LATIN.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] * 50 > len(words) else "en"


def _for_each(choose: Callable[[Source], Told]) -> Callable[[Path], dict[str, Told]]:
    """Make a way of choosing for a set from one for an article."""

    def choose_all(root: Path) -> dict[str, Told]:
        return {path.relative_to(root).as_posix(): _dare(choose, path) for path in sorted(root.rglob("*.md"))}

    return choose_all


def _dare(choose: Callable[[Source], Told], path: Path) -> Told:
    source = read_source(path)
    try:
        return choose(source)
    except Exception:
        return "", None


COMPARATORS: dict[str, Callable[[Path], dict[str, Told]]] = {
    "get_text()[:120]": _for_each(by_get_text),
    "trafilatura": _for_each(by_trafilatura),
    "readability-lxml": _for_each(by_readability),
    "newspaper4k": _for_each(by_newspaper),
}
"""By name."""
