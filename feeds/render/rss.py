"""RSS 2.0, with the RSS Advisory Board's profile: feedgen's tree, and all that it gets wrong put right.

Says *channel* and *item*, as the format does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from lxml import etree
from msgspec.structs import replace

import feeds
from feeds.model import Entry, Feed
from feeds.render.links import stylesheet_link
from feeds.render.text import author_names, category_terms, filled, format_rfc822, legal, legal_entry, says_language
from feeds.render.tree import NAMES, add_media, closing, serialise, serialise_part, start_feed

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

MEDIA_TYPE = "application/rss+xml"
_AROUND = ("rss", "channel")
_END = closing(*_AROUND)
_CREATOR, _LANGUAGE = (f"{{{NAMES['dc']}}}{tag}" for tag in ("creator", "language"))
# The W3C validator's InvalidURLAttribute: the address of an enclosure must have more than `localhost` for a host.
_HOST_WITH_DOMAIN = re.compile(r"https?://[^/]*\.")
_TITLE = re.compile(rb"<title>[^<]*")
_TITLE_OR_DESCRIPTION = re.compile(rb"<(?:title|description)>[^<]*")


class _Unprinted(datetime):
    """An instant that feedgen takes for a date and leaves out.

    Without a date it writes the current second; with one it switches the whole process to another locale
    in order to print it. We print the date ourselves.
    """

    def __bool__(self) -> bool:
        return False


def render_item(entry: Entry, feed_language: str | None) -> bytes:
    """Render an entry as it stands in every channel of a language."""
    entry = legal_entry(entry)
    item = _make_item(entry).rss_entry()
    # An author element needs an e-mail address, and feedgen drops the names that have none.
    for name in author_names(entry):
        etree.SubElement(item, _CREATOR).text = name
    language = says_language(entry, legal(feed_language))
    if language:
        etree.SubElement(item, _LANGUAGE).text = language
    if entry.picture:
        add_media(item, entry.picture)
    etree.SubElement(item, "pubDate").text = format_rfc822(entry.published)
    return _write_references(_TITLE, serialise_part(item, *_AROUND))


def render_rss(feed: Feed, self_url: str, *, piece: Callable[[Entry, str | None], bytes] = render_item) -> bytes:
    """Render a feed as RSS 2.0.

    Args:
        feed: The feed, its entries newest first.
        self_url: Absolute address at which these very bytes are served.
        piece: Writes each entry as `render_item` does.
    """
    head = legal(replace(feed, entries=()))
    rss, _ = _generate(head, legal(self_url))._create_rss()
    # feedgen was kept from printing it.
    etree.SubElement(rss[0], "lastBuildDate").text = format_rfc822(feed.updated)
    start = _write_references(_TITLE_OR_DESCRIPTION, serialise(rss, stylesheet_link(head, self_url))).removesuffix(_END)
    return b"".join((start, *(piece(entry, feed.language) for entry in feed.entries), _END))


def _generate(feed: Feed, self_url: str) -> FeedGenerator:
    generator = start_feed(feed, "dc", "media")
    generator.description(filled(feed.description))
    # The link added last becomes the channel's.
    generator.link(href=self_url, rel="self", type=MEDIA_TYPE)
    generator.link(href=filled(feed.home_url), rel="alternate")
    generator.generator(f"feeds {feeds.__version__}")
    generator.docs("")
    generator.updated(_Unprinted(2000, 1, 1, tzinfo=UTC))
    return generator


def _make_item(entry: Entry) -> FeedEntry:
    item = FeedEntry()
    item.title(filled(entry.title))
    if entry.permalink:
        item.link(href=entry.permalink)
    item.guid(filled(entry.id), permalink=False)
    # A label would take the place of its term.
    item.category([{"term": term} for term in category_terms(entry)])
    # Readers take a description for HTML. Without one feedgen puts the content there, as the profile asks.
    item.content(entry.content_html)
    if entry.summary:
        item.description(html.escape(entry.summary, quote=False))
    if entry.picture and entry.picture.media_type and _HOST_WITH_DOMAIN.match(entry.picture.address):
        item.enclosure(entry.picture.address, entry.picture.length or 0, entry.picture.media_type)
    return item


def _write_references(plain: re.Pattern[bytes], document: bytes) -> bytes:
    """Write `<` and `&` of plain texts as hexadecimal references, the one form that all parsers read alike.

    Plain texts are the titles and the channel's description; an item's description is HTML. lxml cannot write
    the references. Within their elements a serialised document has no `<`, and nowhere else has it these tags
    unescaped. Example: `<title>&lt;b> &amp; c</title>` becomes `<title>&#x3C;b> &#x26; c</title>`.
    """
    return plain.sub(lambda text: text[0].replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;"), document)
