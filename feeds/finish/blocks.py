"""Reads a body, whatever its shape: what a person sees as blocks and pictures, and its HTML without the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feeds.finish.events import Event, parse_markup, select
from feeds.finish.markup import to_html
from feeds.finish.tidy import TidyHtml
from feeds.finish.walk import Walk
from feeds.model import Block, Body
from feeds.text import strip_forbidden


def read_body(
    path: str, text: str, *, is_markdown: bool, is_rest: bool = False, drop: Iterable[str] = (), has_html: bool = True
) -> Body:
    """Read one body, of whatever shape.

    A body that is hidden as a whole is shown: the script that would show it was lost on the way.

    Args:
        path: Of its file, archive-relative.
        text: The body as the file holds it, behind the front matter.
        is_markdown: The file's name promises Markdown; a body that is HTML all the same is read as HTML.
        is_rest: The file's name says reStructuredText.
        drop: CSS selectors of elements that are no part of it; valid ones.
        has_html: Its HTML is wanted, too.
    """
    text = strip_forbidden(text).replace("\r\n", "\n")
    if is_rest:
        from feeds.finish.restructured import render_rest  # docutils takes long to load, and few archives need it

        text = render_rest(text)
    markup = to_html(text, is_markdown=is_markdown, path=path)
    events = parse_markup(markup)
    dropped = select(markup, events, drop) if drop else frozenset()
    walk, html = _walk(events, dropped, has_html=has_html)
    return Body(
        path=path,
        blocks=walk.blocks(),
        pictures=tuple(walk.pictures),
        undropped=text_of(_walk(events, frozenset(), has_html=False)[0].blocks()) if dropped else None,
        stand_ins=frozenset(walk.stand_ins.difference(picture.address for picture in walk.pictures)),
        html=strip_forbidden(html.finish()) if html else "",
    )


def text_of(blocks: Iterable[Block]) -> str:
    """Answer all the text that a body shows: what tells copies of an article."""
    return "\n".join(block.text for block in blocks if not block.is_hidden)


def _walk(events: Sequence[Event], dropped: frozenset[int], *, has_html: bool) -> tuple[Walk, TidyHtml | None]:
    for heeds_hiding in (True, False):
        html = TidyHtml() if has_html else None
        walk = Walk(events, dropped, html, heeds_hiding=heeds_hiding)
        if not walk.shows_nothing:
            break
    return walk, html
