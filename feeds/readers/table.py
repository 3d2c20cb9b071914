"""The table: what each reader takes from a feed. A new reader is one row, a new rule of one a word in its row.

From the readers' own sources, and held against newsboat and reader by tests.
"""

from __future__ import annotations

from feeds.readers.document import Kind
from feeds.readers.rules import Attached, DateChoice, Reader, Repeats, Rules, Undated

_MEDIA = ("media:content@url", "media:group/media:content@url")
_NEITHER = (("=link", "=date"), ("=title", "=date"), ("=date",), ("=link",), ("=title",), ("=body",))
"""What NetNewsWire knows an entry by that has no id."""
_WITHOUT = (("=link", "=date"), ("=link",), ("=title", "=date"), ("=title",), ("=body",))
"""What FreshRSS does."""
_THUMBNAILS = ("media:thumbnail@url", "media:group/media:thumbnail@url")

READERS: tuple[Reader, ...] = (
    Reader(
        name="newsboat",
        title="newsboat",
        version="2.44",
        scope="all feeds together: the feed that was loaded last holds it",
        undated=Undated.NOW,
        attached=Attached.LINK,
        untitled="words of the link, else the first line of the body",
        relative_to="xml:base, else the entry's link",
        shows_body_pictures=False,
        rules={
            Kind.RSS: Rules(
                ids=(("guid",), ("link", "=rfc-date"), ("link",), ("title",)),
                repeats=Repeats.ONE,
                titles=("title", "media:title"),
                links=("link", "guid[permalink]"),
                dates=("pubDate", "dc:date"),
                date_choice=DateChoice.PRESENT,
                authors=(("last author@bracketed",), ("last dc:creator",), ("feed/managingEditor",)),
                bodies=("content:encoded", "itunes:summary", "description", "media:description"),
                pictures=("enclosure@url", *_MEDIA),
            ),
            Kind.ATOM: Rules(
                ids=(("id",), ("link[alternate]@href", "=rfc-date"), ("link[alternate]@href",), ("title",)),
                repeats=Repeats.ONE,
                titles=("title", "media:title"),
                links=("link[alternate]@href",),
                dates=("published", "updated"),
                date_choice=DateChoice.PRESENT,
                authors=(("author@name",), ("source/author@name",), ("feed/author@name",)),
                bodies=("content", "summary", "media:description"),
                pictures=("link[enclosure]@href", *_MEDIA),
            ),
        },
    ),
    Reader(
        name="netnewswire",
        title="NetNewsWire",
        version="August 2026",
        composed_digest="MD5",
        undated=Undated.GUESS,
        attached=Attached.NONE,
        untitled="the first words of the body",
        relative_to="the entry's link, else the site",
        takes_at_for_email=True,
        distrusts_future=True,
        rules={
            Kind.RSS: Rules(
                ids=(("guid",), *_NEITHER),
                titles=("title",),
                links=("guid[address]", "link"),
                dates=("pubDate", "dc:date"),
                date_choice=DateChoice.LAST,
                authors=(("author@as-email", "dc:creator@as-email"),),
                bodies=("source:markdown", "content:encoded", "description"),
            ),
            Kind.ATOM: Rules(
                ids=(("id",), *_NEITHER),
                titles=("title",),
                links=("link[alternate]@href", "link[related]@href"),
                dates=("published", "issued", "updated", "modified"),
                date_choice=DateChoice.READABLE,
                authors=(("author@person",), ("first feed/author@person",)),
                bodies=("content", "summary"),
            ),
            Kind.JSON: Rules(
                ids=(("id",),),
                needed=(("id",), ("content_html", "content_text")),
                titles=("title",),
                links=("url", "external_url"),
                dates=("date_published", "date_modified"),
                date_choice=DateChoice.READABLE,
                authors=(("authors@person",), ("author@person",), ("feed/authors@person",), ("feed/author@person",)),
                bodies=("content_html", "content_text", "summary"),
            ),
        },
    ),
    Reader(
        name="miniflux",
        title="Miniflux",
        version="August 2026",
        digest="SHA-256",
        composed_digest="SHA-256",
        undated=Undated.NOW,
        attached=Attached.LIST,
        untitled="the first 100 characters of the body, else the link",
        relative_to="the entry's link",
        most_bytes=15 * 2**20,
        rules={
            Kind.RSS: Rules(
                ids=(("guid",), ("=link",), ("=title", "=body"), ("=title",), ("=body",)),
                repeats=Repeats.ADDRESS,
                titles=("dc:title", "title"),
                links=("feedburner:origLink", "link", "atom:link[alternate]@href", "guid[permalink]"),
                dates=("dc:date", "pubDate"),
                date_choice=DateChoice.PRESENT,
                authors=(
                    ("last googleplay:author",),
                    ("last itunes:author",),
                    ("last dc:creator",),
                    ("last atom:author@name|email",),
                    ("last author",),
                    ("feed/itunes:author",),
                    ("feed/googleplay:author",),
                    ("feed/itunes:owner@name|email",),
                    ("feed/managingEditor",),
                    ("feed/webMaster",),
                ),
                categories=(
                    ("category", "media:category@label"),
                    ("feed/category", "feed/itunes:category@text", "feed/itunes:category/itunes:category@text"),
                ),
                bodies=(
                    "content:encoded",
                    "description",
                    "googleplay:description",
                    "itunes:summary",
                    "itunes:subtitle",
                ),
                pictures=(*_THUMBNAILS, "enclosure@url", *_MEDIA),
            ),
            Kind.ATOM: Rules(
                ids=(("id",), ("link[alternate]@href",)),
                titles=("title",),
                links=("link[alternate]@href", "id[address]"),
                dates=("published", "updated"),
                date_choice=DateChoice.READABLE,
                authors=(("author@name|email",), ("feed/author@name|email",)),
                categories=(("category@label|term",), ("feed/category@label|term",)),
                bodies=("content", "summary", "media:description", "media:group/media:description"),
                pictures=(*_THUMBNAILS, "link[enclosure]@href", *_MEDIA),
            ),
            Kind.JSON: Rules(
                ids=(("id",), ("url",), ("external_url",), ("=body",)),
                titles=("title",),
                links=("url", "external_url"),
                dates=("date_published", "date_modified"),
                date_choice=DateChoice.READABLE,
                authors=(("feed/authors@name", "authors@name", "author@name", "feed/author@name"),),
                categories=(("tags",),),
                bodies=("content_html", "content_text", "summary"),
                pictures=("attachments@url",),
            ),
        },
    ),
    Reader(
        name="freshrss",
        title="FreshRSS",
        version="1.25",
        composed_digest="SHA-1",
        undated=Undated.NOW,
        attached=Attached.FIGURE,
        untitled="the link",
        relative_to="xml:base, else the entry's link",
        splits_categories=True,
        refuses_damage=True,
        rules={
            Kind.RSS: Rules(
                ids=(("guid",), ("dc:identifier",), *_WITHOUT),
                repeats=Repeats.DEGRADED,
                titles=("title", "dc:title"),
                links=("atom:link[alternate]@href", "link", "guid[permalink]", *_MEDIA, "enclosure@url"),
                dates=("atom:published", "pubDate", "dc:date", "atom:updated"),
                date_choice=DateChoice.PRESENT,
                authors=(
                    ("atom:author@name|email", "first author", "dc:creator", "itunes:author"),
                    ("feed/atom:author@name|email", "feed/dc:creator", "feed/itunes:author"),
                ),
                categories=(("atom:category@label|term", "category", "dc:subject"),),
                bodies=(
                    *("atom:content", "content:encoded", "atom:summary", "description", "dc:description"),
                    *("itunes:summary", "itunes:subtitle"),
                ),
                pictures=(
                    "first media:thumbnail@url",
                    "media:group/media:thumbnail@url",
                    "media:group/media:content[image]@url",
                    "media:content[image]@url",
                    "enclosure[image]@url",
                ),
            ),
            Kind.ATOM: Rules(
                ids=(("id",), *_WITHOUT),
                repeats=Repeats.DEGRADED,
                titles=("title", "dc:title"),
                links=("link[alternate]@href", *_MEDIA, "link[enclosure]@href"),
                dates=("published", "dc:date", "updated"),
                date_choice=DateChoice.PRESENT,
                authors=(
                    ("author@name|email", "dc:creator", "itunes:author"),
                    ("source/author@name|email",),
                    ("feed/author@name|email", "feed/dc:creator", "feed/itunes:author"),
                ),
                categories=(("category@label|term", "dc:subject"),),
                bodies=("content", "content:encoded", "summary", "dc:description", "itunes:summary", "itunes:subtitle"),
                pictures=(
                    "first media:thumbnail@url",
                    "media:group/media:thumbnail@url",
                    "media:group/media:content[image]@url",
                    "media:content[image]@url",
                    "link[enclosure,image]@href",
                ),
            ),
            Kind.JSON: Rules(
                ids=(("id",), ("=title", "=body", "=link"), ("=title", "=link"), ("=link",)),
                needed=(("url",),),
                repeats=Repeats.DEGRADED,
                titles=("title",),
                links=("url",),
                dates=("date_published",),
                date_choice=DateChoice.PRESENT,
                categories=(("tags",),),
                bodies=("content_html",),
                pictures=("image", "attachments[image]@url"),
            ),
        },
    ),
    Reader(
        name="reader",
        title="reader (Python)",
        version="3.26",
        undated=Undated.NONE,
        attached=Attached.KEPT,
        untitled="nothing",
        relative_to="xml:base alone",
        refuses_damage=True,
        rules={
            Kind.RSS: Rules(
                ids=(("guid",), ("link",)),
                needed=(("guid", "link"),),
                titles=("title", "dc:title", "media:title"),
                links=("link", "guid[permalink]"),
                dates=("last pubDate|atom:published", "dc:date"),
                date_choice=DateChoice.READABLE,
                authors=(("last author|dc:creator|itunes:author|atom:author@unbracketed",),),
                bodies=("content:encoded", "last description|itunes:summary"),
                pictures=("enclosure@url",),
                is_by_comma=True,
            ),
            Kind.ATOM: Rules(
                ids=(("id",),),
                needed=(("id",),),
                titles=("title", "dc:title", "media:title"),
                links=("link[alternate]@href", "id"),
                dates=("published", "issued", "updated", "modified"),
                date_choice=DateChoice.READABLE,
                authors=(("last author@name|email",),),
                bodies=("content", "summary"),
                pictures=("link[enclosure]@href",),
            ),
            Kind.JSON: Rules(
                ids=(("id",),),
                needed=(("id",),),
                is_strict=True,
                titles=("title",),
                links=("url",),
                dates=("date_published", "date_modified"),
                date_choice=DateChoice.READABLE,
                authors=(("authors@name|url",), ("author@name|url",)),
                bodies=("content_html", "content_text", "summary"),
                pictures=("attachments@url",),
            ),
        },
    ),
)
"""In the order in which they are shown."""


def reader_of(name: str) -> Reader:
    """Answer a row by its reader's name.

    Raises:
        KeyError: There is no such row.
    """
    return {reader.name: reader for reader in READERS}[name]
