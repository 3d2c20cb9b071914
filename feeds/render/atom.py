"""Atom 1.0 (RFC 4287): feedgen's tree, and all that it gets wrong put right."""

from __future__ import annotations

import html
import re

from feedgen.feed import FeedGenerator
from lxml import etree

import feeds
from feeds.model import Entry, Feed
from feeds.render.text import author_names, category_terms, filled, format_instant, legal
from feeds.render.tree import add_media, serialise, start_feed

MEDIA_TYPE = "application/atom+xml"
_MARKUP = re.compile(r"</\w|&#?\w*[\d_]")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render_atom(feed: Feed, self_url: str) -> bytes:
    """Render a feed as Atom 1.0.

    Args:
        feed: The feed, its entries newest first.
        self_url: Absolute address at which these very bytes are served.
    """
    feed = legal(feed)
    root, _ = _generate(feed, legal(self_url))._create_atom()
    _correct_feed(root, feed)
    for element, entry in zip(root.iterfind("entry"), feed.entries, strict=True):
        _correct_entry(element, entry, feed.language)
    return serialise(root)


def _generate(feed: Feed, self_url: str) -> FeedGenerator:
    generator = start_feed(feed, "media")
    generator.subtitle(feed.description)
    generator.updated(feed.updated)
    generator.author({"name": filled(feed.author)})
    # Some parsers take the first link for the site, whatever its relation.
    generator.link(href=filled(feed.home_url), rel="alternate", type="text/html")
    generator.link(href=self_url, rel="self", type=MEDIA_TYPE)
    generator.generator("feeds", version=feeds.__version__)
    for entry in feed.entries:
        _add_entry(generator, entry, feed.author)
    return generator


def _add_entry(generator: FeedGenerator, entry: Entry, feed_author: str) -> None:
    element = generator.add_entry(order="append")
    element.id(filled(entry.id))
    element.title(filled(entry.title))
    element.updated(entry.updated)
    element.published(entry.published)
    element.author([{"name": name} for name in author_names(entry) or (filled(feed_author),)])
    # Without a type both would be plain text.
    element.content(entry.content_html, type="html")
    if entry.summary:
        element.summary(entry.summary)
    element.category([{"term": term, "label": label} for term, label in category_terms(entry).items()])
    if entry.picture:
        add_media(element, entry.picture)


def _correct_feed(root: etree._Element, feed: Feed) -> None:
    """Type the plain texts and write the instant in UTC's short form."""
    _type_texts(root, "title", "subtitle")
    for updated in root.iterfind("updated"):
        updated.text = format_instant(feed.updated)


def _correct_entry(element: etree._Element, entry: Entry, feed_language: str | None) -> None:
    """Type the plain texts, write the instants in UTC's short form, add language and links.

    feedgen knows no language of an entry, and writes its links without rel, type and length.
    """
    if entry.language and entry.language != feed_language:
        element.set(_XML_LANG, entry.language)
    _type_texts(element, "title", "summary")
    for tag, instant in (("updated", entry.updated), ("published", entry.published)):
        for text in element.iterfind(tag):
            text.text = format_instant(instant)
    if entry.permalink:
        etree.SubElement(element, "link", rel="alternate", type="text/html", href=entry.permalink)
    if entry.picture and entry.picture.media_type:
        link = etree.SubElement(
            element, "link", rel="enclosure", type=entry.picture.media_type, href=entry.picture.address
        )
        if entry.picture.length is not None:
            link.set("length", str(entry.picture.length))


def _type_texts(parent: etree._Element, *tags: str) -> None:
    """Say of each text construct (RFC 4287 section 3.1) that it is plain.

    A text that speaks of markup, such as `&amp; is an ampersand`, is taken for HTML by many, whatever its
    type: it is made HTML, escaped once more, so that nobody has to guess.
    """
    for tag in tags:
        for construct in parent.iterfind(tag):
            text = construct.text or ""
            is_plain = _MARKUP.search(text) is None and html.unescape(text) == text
            construct.set("type", "text" if is_plain else "html")
            construct.text = text if is_plain else html.escape(text, quote=False)
