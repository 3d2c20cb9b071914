"""An archive found in a folder, and looked at: some of its articles, evenly chosen where there are many."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.normalise import make_card
from feeds.normalise.roles import find_roles, keys_of, scalars
from feeds.pipeline.prepare import card_rules
from feeds.pipeline.report import Progress
from feeds.read import HEAD_BYTES, read_article, read_body_text
from feeds.read.split import split_front_matter
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive
from feeds.survey import Look, is_stray_name
from feeds.text import fold

ARCHIVES = ("archive", "posts", "_posts", "content", "source/_posts", "src/content", "articles", "blog")
"""Folders that are archives by their name, where no generator says which one is."""
OTHERS = ("node_modules", "output", "venv", "env", "dist", "build", "vendor", "target", "_feeds", "__pycache__")
"""Folders beside articles that hold none, whatever is in them; what scanning never enters is not among them."""
ROLES = (
    "title", "date", "updated", "categories", "tags", "authors", "pictures", "summary", "permalink", "id", "language",
)  # fmt: skip
MOST_ARTICLES = 4_000
MOST_BODIES = 200
_BODY_CHARACTERS = 2_000
_SHARE = 0.3
"""Of a folder's articles that one of its `ARCHIVES` has to hold."""
_HEADING = re.compile(r"^(?:#[ \t]+(?P<atx>[^\n]+?)[ \t#]*|(?P<setext>\w[^\n]*)\n=+[ \t]*)$", re.MULTILINE)
_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^<>]*>|[*_`]|\[(?=[^\]]*\]\()|\]\([^)]*\)")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PAGES = {"github.com": "github.io", "gitlab.com": "gitlab.io", "codeberg.org": "codeberg.page"}
_REMOTE = re.compile(
    r"^[ \t]*url[ \t]*=[^\n]*\b(github\.com|gitlab\.com|codeberg\.org)[:/]([A-Za-z0-9][A-Za-z0-9-]*)/",
    re.MULTILINE | re.IGNORECASE,
)
_STATED = frozenset(key for role in ROLES for key in keys_of(role)) | {
    "draft", "status", "slug", "layout", "comments", "toc", "abbrlink", "aliases", "weight", "params", "extra",
    "taxonomies", "template", "tags", "top", "sticky", "math", "mathjax", "redirect_from", "excerpt_separator",
}  # fmt: skip
"""Keys that mean something to feeds or to generators."""


def find_archive(folder: Path) -> tuple[Path, str]:
    """Find the archive in a folder where no generator says which one it is.

    Returns:
        The archive, and why it is that one.

    Raises:
        ArchiveError: There is no article anywhere.
    """
    if (count := _count(folder / "archive")) > 0:
        return folder / "archive", f"the folder archive holds {count:,} articles"
    whole = count_articles(folder)
    for name in ARCHIVES:
        count = _count(folder / name)
        if count and count >= whole * _SHARE:
            return folder / name, f"the folder {name} holds {count:,} of {max(count, whole):,} articles"
    if not whole:
        looked = ", ".join(name for name in ARCHIVES if (folder / name).is_dir())
        raise ArchiveError(
            "no article in it",
            path=str(folder),
            hint=f"Looked for files that end in {' '.join(sorted(ARTICLE_SUFFIXES))} there and below"
            f"{f', first in {looked}' if looked else ''}, and for a site generator's configuration. "
            "Name the folder of the site or of the articles: feeds init FOLDER",
        )
    return folder, "articles lie in the folder itself"


def is_archive_named(folder: Path) -> bool:
    """Tell whether a folder holds articles of its own, or one that is an archive by its name."""
    names = sorted(place.name for place in folder.iterdir() if place.is_file())
    if any(name.lower().endswith(tuple(ARTICLE_SUFFIXES)) and not is_stray_name(name) for name in names):
        return True
    return any((folder / name).is_dir() and _has_articles(folder / name) for name in ARCHIVES if name != "blog")


def _has_articles(folder: Path) -> bool:
    """Tell whether there is an article, and look no further."""
    suffixes = tuple(ARTICLE_SUFFIXES)
    return any(name.lower().endswith(suffixes) for _, _, names in os.walk(folder) for name in names)


def _count(folder: Path) -> int:
    return count_articles(folder) if folder.is_dir() else 0


def count_articles(folder: Path) -> int:
    """Count the files in a folder that are articles by their names."""
    scan = scan_archive(folder, include=(), exclude=[f"{name}/" for name in OTHERS], output=folder / "_feeds")
    return sum(not is_stray_name(path) for path in scan.paths)


def folders_beside(archive: Path, scan: Scan) -> list[str]:
    """Name the folders of an archive that hold no articles, though there are files in them that look so."""
    tops = {path.partition("/")[0] for path in scan.paths if "/" in path}
    return [f"/{name}/" for name in OTHERS if name in tops and (archive / name).is_dir()]


def look_at(config: Config, scan: Scan, progress: Progress) -> Iterator[Look]:
    """Read some of an archive's articles; what cannot be read is passed over."""
    paths = sorted(scan.paths)
    chosen = _evenly(paths, MOST_ARTICLES)
    named = [path for path in paths if is_stray_name(path)][:MOST_ARTICLES]
    texts = set(_evenly(paths, MOST_BODIES))
    wanted = sorted({*chosen, *named})
    rules = card_rules(config)
    for done, path in enumerate(wanted):
        progress("looking", done, len(wanted))
        article, _ = read_article(config.archive, path)
        if article is None:
            continue
        card, _ = make_card(article, rules)
        stated = find_roles(article.front_matter, config.keys)
        text = read_body_text(config.archive, path) if path in texts else None
        yield Look(
            card=card,
            dialect=_dialect(config.archive, path),
            is_titled="title" in stated,
            categories=next((value for _, value in stated.get("categories", ())), None),
            date=next((" ".join(scalars(value)) for _, value in stated.get("date", ())), ""),
            unknown={key: value for key, value in article.front_matter.items() if key.casefold() not in _STATED},
            text=text.text[:_BODY_CHARACTERS] if text else "",
        )


def _evenly(paths: Sequence[str], most: int) -> list[str]:
    """Choose so many, evenly from first to last."""
    if len(paths) <= most:
        return list(paths)
    return [paths[place * len(paths) // most] for place in range(most)]


def _dialect(archive: Path, path: str) -> str:
    with suppress(OSError), (archive / path).open("rb") as file:
        return split_front_matter(file.read(HEAD_BYTES), is_rest=path.lower().endswith(".rst")).dialect
    return ""


def find_title(folder: Path, archive: Path) -> tuple[str, str]:
    """Answer what an archive may be called, and where that stands."""
    for place in dict.fromkeys((archive, folder)):
        for name in ("README.md", "readme.md", "Readme.md", "README.markdown"):
            with suppress(OSError):
                text = (place / name).read_bytes()[:HEAD_BYTES].decode("utf-8", "replace")
                found = _HEADING.search(text)
                title = fold(_MARKUP.sub("", found["atx"] or found["setext"])) if found else ""
                if title:
                    return title, f"the heading of {name}"
    generic = {*(name.rpartition("/")[2] for name in ARCHIVES), "source", "src", "docs", "site", "website", "public"}
    for place in (archive.resolve(), *archive.resolve().parents):
        if place.name and place.name.casefold() not in generic:
            return fold(os.fsencode(place.name).decode("utf-8", "replace")), "the folder's name"
    return "archive", "no folder has a name that says more"


def find_authority(folder: Path) -> tuple[str, str] | None:
    """Answer a domain that is the owner's, and why: that of the site's pages, or of who has the repository."""
    with suppress(OSError):
        name = (folder / "CNAME").read_bytes()[:HEAD_BYTES].decode("utf-8", "replace").strip().lower()
        if _HOST.fullmatch(name):
            return name.removeprefix("www."), "the file CNAME"
    with suppress(OSError):
        text = (folder / ".git" / "config").read_bytes()[: HEAD_BYTES * 8].decode("utf-8", "replace")
        found = _REMOTE.search(text)
        if found:
            return f"{found[2].lower()}.{_PAGES[found[1].lower()]}", f"pages of who has the repository on {found[1]}"
    return None
