"""Atom 1.0 (RFC 4287): feedgen's tree, and all that it gets wrong put right."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from lxml import etree
from msgspec.structs import replace

import feeds
from feeds.model import Entry, Feed
from feeds.render.links import stylesheet_link
from feeds.render.text import author_names, category_terms, filled, format_instant, legal, legal_entry, says_language
from feeds.render.tree import add_media, closing, serialise, serialise_part, start_feed

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

MEDIA_TYPE = "application/atom+xml"
_AROUND = ("feed",)
_END = closing(*_AROUND)
_MARKUP = re.compile(r"</\w|&#?\w*[\d_]")
_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render_entry(entry: Entry, feed_author: str, feed_language: str | None) -> bytes:
    """Render an entry as it stands in every feed of an author and a language."""
    entry, feed_author, feed_language = legal_entry(entry), legal(feed_author), legal(feed_language)
    element = _make_entry(entry, feed_author).atom_entry()
    if entry.picture:
        add_media(element, entry.picture)
    _correct_entry(element, entry, feed_language)
    return serialise_part(element, *_AROUND)


def render_atom(feed: Feed, self_url: str, *, piece: Callable[[Entry, str, str | None], bytes] = render_entry) -> bytes:
    """Render a feed as Atom 1.0.

    Args:
        feed: The feed, its entries newest first.
        self_url: Absolute address at which these very bytes are served.
        piece: Writes each entry as `render_entry` does.
    """
    head = legal(replace(feed, entries=()))
    root, _ = _generate(head, legal(self_url))._create_atom()
    _type_texts(root, "title", "subtitle")
    _write_instant(root, "updated", feed.updated)
    if head.stylesheet:
        _link_subtitle(root, head)
    entries = (piece(entry, feed.author, feed.language) for entry in feed.entries)
    return b"".join((serialise(root, stylesheet_link(head, self_url)).removesuffix(_END), *entries, _END))


def _generate(feed: Feed, self_url: str) -> FeedGenerator:
    generator = start_feed(feed, "media")
    generator.subtitle(feed.description)
    generator.updated(feed.updated)
    generator.author({"name": filled(feed.author)})
    # Some parsers take the first link for the site, whatever its relation.
    generator.link(href=filled(feed.home_url), rel="alternate", type="text/html")
    generator.link(href=self_url, rel="self", type=MEDIA_TYPE)
    generator.generator("feeds", version=feeds.__version__)
    return generator


def _link_subtitle(root: etree._Element, feed: Feed) -> None:
    """Make of the subtitle a link to the feed's page: the one thing in a feed that browsers let a person click."""
    for subtitle in root.iterchildren("subtitle"):
        subtitle.set("type", "xhtml")
        subtitle.text = None
        block = etree.SubElement(subtitle, f"{{{_XHTML}}}div", nsmap={None: _XHTML})  # type: ignore[dict-item]
        etree.SubElement(block, f"{{{_XHTML}}}a", href=filled(feed.home_url)).text = feed.description


def _make_entry(entry: Entry, feed_author: str) -> FeedEntry:
    element = FeedEntry()
    element.id(filled(entry.id))
    element.title(filled(entry.title))
    element.updated(entry.updated)
    element.published(entry.published)
    urls = {name: {"uri": url} for name, url in entry.author_urls}
    element.author([{"name": name, **urls.get(name, {})} for name in author_names(entry) or (filled(feed_author),)])
    # Without a type both would be plain text.
    element.content(entry.content_html, type="html")
    if entry.summary:
        element.summary(entry.summary)
    element.category([{"term": term, "label": label} for term, label in category_terms(entry).items()])
    return element


def _correct_entry(element: etree._Element, entry: Entry, feed_language: str | None) -> None:
    """Type the plain texts, write the instants in UTC's short form, add language and links.

    feedgen knows no language of an entry, and writes its links without rel, type and length.
    """
    language = says_language(entry, feed_language)
    if language:
        element.set(_XML_LANG, language)
    _type_texts(element, "title", "summary")
    _write_instant(element, "updated", entry.updated)
    _write_instant(element, "published", entry.published)
    if entry.permalink:
        etree.SubElement(element, "link", rel="alternate", type="text/html", href=entry.permalink)
    if entry.picture and entry.picture.media_type:
        link = etree.SubElement(
            element, "link", rel="enclosure", type=entry.picture.media_type, href=entry.picture.address
        )
        if entry.picture.length is not None:
            link.set("length", str(entry.picture.length))


def _write_instant(parent: etree._Element, tag: str, instant: datetime) -> None:
    """Write an instant in UTC's short form."""
    for text in parent.iterchildren(tag):
        text.text = format_instant(instant)


def _type_texts(parent: etree._Element, *tags: str) -> None:
    """Say of each text construct (RFC 4287 section 3.1) that it is plain.

    A text that speaks of markup, such as `&amp; is an ampersand`, is taken for HTML by many, whatever its
    type: it is made HTML, escaped once more, so that nobody has to guess.
    """
    for construct in parent.iterchildren(*tags):
        text = construct.text or ""
        if ("&" in text or "</" in text) and (_MARKUP.search(text) or html.unescape(text) != text):
            construct.set("type", "html")
            construct.text = html.escape(text, quote=False)
        else:
            construct.set("type", "text")
