"""Articles from keywords: the bytes of a file, and the values that stages pass on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.finish.verdicts import Judge, Verdict
from feeds.model import Article, Body, Card, CategoryPath, Profile, Value

NOON = datetime(2022, 7, 31, 12, tzinfo=UTC)
"""When cards are published unless they say otherwise."""


def article_bytes(
    *,
    title: str = "'Low tide at the harbour'",
    categories: Sequence[str] = ("News", "Harbour Ledger", "Harbour Ledger－Markets"),
    headimg: str | None = "'https://media.example.com/tide.jpg'",
    author: str = "Harbour Ledger",
    date: str = "Sun, 31 Jul 2022 12:00:00 GMT",
    body: str = "<div>\n<p>The boats lie on the mud.</p>\n\n</div>  ",
) -> bytes:
    """Write an article as the founding archive's producer does; values are pasted in as they are."""
    lines = ["", "---", f"title: {title}", "categories: ", *(f" - {name}" for name in categories)]
    lines += [] if headimg is None else [f"headimg: {headimg}"]
    lines += [f"author: {author}", "comments: false", f"date: {date}"]
    lines += [] if headimg is None else [f"thumbnail: {headimg}"]
    return "\n".join((*lines, "---", "", body)).encode("utf-8", "surrogateescape")


def make_article(
    front_matter: Mapping[str, Value] | None = None, *, path: str = "note.md", heading: str | None = None
) -> Article:
    """Make an article as read, its keys from line 2 on."""
    stated = front_matter or {}
    lines = {key: number for number, key in enumerate(stated, 2)}
    return Article(path=path, front_matter=stated, lines=lines, heading=heading)


def make_card(
    *,
    path: str = "News/tide.md",
    id: str | None = None,  # noqa: A002 -- the field's name
    title: str = "Low tide",
    publisher: str = "Harbour Ledger",
    published: datetime | None = NOON,
    hours: float = 0,
    chains: Sequence[CategoryPath] = (("News",),),
    is_draft: bool = False,
) -> Card:
    """Make a card; `hours` shifts its publication, and its id comes from its path unless given."""
    return Card(
        path=path,
        id=f"tag:example.com,2000:{path}" if id is None else id,
        title=title,
        publisher=publisher,
        authors=(publisher,) if publisher else (),
        published=published + timedelta(hours=hours) if published else None,
        is_zoneless=False,
        updated=None,
        chains=tuple(chains),
        tags=(),
        pictures=(),
        permalink=None,
        description=None,
        language=None,
        is_draft=is_draft,
    )


def write(root: Path, path: str, data: bytes = b"") -> str:
    """Put a file into an archive, its folders too; return its path."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data or article_bytes())
    return path


def judge_blocks(title: str, body: Body, profile: Profile | None = None) -> tuple[Verdict, ...]:
    """Judge every block of a body, in order."""
    return tuple(Judge(title, body, profile or Profile()).verdicts(body.blocks))
