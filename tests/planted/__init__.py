"""Feeds with one fault each: a clean document of ours, and what is written in it instead.

The line of a fault is that of the first difference, unless the finding is expected elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
CLEAN = {
    "rss": (FOLDER / "rss.xml").read_bytes(),
    "atom": (FOLDER / "atom.xml").read_bytes(),
    "opml": (FOLDER / "opml.xml").read_bytes(),
    "json": (FOLDER / "feed.json").read_bytes(),
}
"""Documents without a fault, by kind."""


class Plant(NamedTuple):
    """One fault."""

    kind: str
    """Of the document that it is planted in."""
    old: str
    """Stands in it; its first occurrence is replaced."""
    new: str
    """Stands there instead."""
    at: str = ""
    """Begins on the line on which the fault is found, where that is not the first that differs."""

    def document(self) -> bytes:
        """Plant the fault."""
        clean = CLEAN[self.kind]
        assert self.old.encode() in clean, self.old
        return clean.replace(self.old.encode(), self.new.encode("utf-8", "surrogateescape"), 1)

    def line(self) -> int:
        """Answer the line on which the fault is to be found, counted from 1."""
        lines = self.document().split(b"\n")
        if self.at:
            return next(number for number, line in enumerate(lines, 1) if line.lstrip().startswith(self.at.encode()))
        before = CLEAN[self.kind].split(b"\n")
        return next(number for number, (line, clean) in enumerate(zip(lines, before, strict=False), 1) if line != clean)


def _html(text: str) -> str:
    """Write HTML as text of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_RSS_TEXT = "      <description>Low water at noon.</description>"
_RSS_DATE = "<pubDate>Wed, 01 Jul 2026 08:05:09 GMT</pubDate>"
_RSS_TITLE = "<title>The tide table is out</title>"
_ATOM_TEXT = '<content type="html">&lt;p&gt;'
_ATOM_SUMMARY = '<summary type="text">The crane has company.</summary>'
_XHTML = '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Low water at <b>noon</b>.</div></summary>'
_PICTURE = '<content src="https://news.example.org/tide.jpg" type="image/jpeg"/>'
_SECOND_ITEM = "<item><!-- the tide -->"
_SECOND_ENTRY = "<entry><!-- the tide -->"


def _described(text: str) -> Plant:
    """Plant HTML in an item's description."""
    return Plant("rss", "Low water at noon.", _html(text))


def _dated(text: str) -> Plant:
    """Plant another date in an item."""
    return Plant("rss", _RSS_DATE, f"<pubDate>{text}</pubDate>")


RSS: Mapping[str, Plant] = {
    "no-channel-title": Plant("rss", "    <title>Harbour News</title>\n", "", at="<channel>"),
    "no-channel-link": Plant("rss", "    <link>https://news.example.org/</link>\n", "", at="<channel>"),
    "no-channel-description": Plant(
        "rss", "    <description>What happens between the two piers</description>\n", "", at="<channel>"
    ),
    "no-self": Plant("rss", 'rel="self" type="application/rss+xml"', 'rel="alternate"', at="<channel>"),
    "no-channel": Plant("rss", CLEAN["rss"].decode().split("\n", 2)[2].split("</rss>")[0], "", at='<rss version="2.0"'),
    "version": Plant("rss", '<rss version="2.0"', '<rss version="3.0"'),
    "no-version": Plant("rss", '<rss version="2.0" ', "<rss "),
    "two-channel-titles": Plant("rss", "    <language>", "    <title>Harbour News</title>\n    <language>"),
    "undefined-element": Plant("rss", "<ttl>60</ttl>", "<ttl>60</ttl><tempo>quick</tempo>"),
    "undefined-extension": Plant("rss", "<dc:creator>Ann Lee</dc:creator>", "<dc:writer>Ann Lee</dc:writer>"),
    "unexpected-attribute": Plant("rss", "<ttl>60", '<ttl unit="minutes">60'),
    "unexpected-text": Plant("rss", "    <skipHours>", "    Welcome!\n    <skipHours>"),
    "blank-title": Plant("rss", _RSS_TITLE, "<title></title>"),
    "html-in-title": Plant("rss", _RSS_TITLE, "<title>The &lt;b&gt;tide&lt;/b&gt; table</title>"),
    "entity-in-title": Plant("rss", _RSS_TITLE, "<title>Tides &amp;amp; tables</title>"),
    "less-than-in-title": Plant("rss", _RSS_TITLE, "<title>Tides &lt;b and tables</title>"),
    "language": Plant("rss", "<language>en<", "<language>english<"),
    "contact": Plant("rss", "ben@example.org (Ben Wu)", "Ben Wu"),
    "contact-without-name": Plant("rss", "ben@example.org (Ben Wu)", "ben@example.org"),
    "contact-reversed": Plant("rss", "ben@example.org (Ben Wu)", "Ben Wu &lt;ben@example.org&gt;"),
    "ttl": Plant("rss", "<ttl>60</ttl>", "<ttl>an hour</ttl>"),
    "image-link": Plant(
        "rss", "      <link>https://news.example.org/</link>", "      <link>https://example.org/</link>"
    ),
    "image-title": Plant("rss", "      <title>Harbour News</title>", "      <title>The pier</title>"),
    "image-format": Plant("rss", "pier.png", "pier.webp"),
    "image-width": Plant("rss", "<width>88<", "<width>880<"),
    "hour": Plant("rss", "<hour>3<", "<hour>25<"),
    "hour-24": Plant("rss", "<hour>3<", "<hour>24<"),
    "text-input": Plant(
        "rss",
        "    <skipHours>",
        "    <textInput><title>a</title><description>b</description><name>q</name>"
        "<link>https://news.example.org/q</link></textInput>\n    <skipHours>",
    ),
    "item-before-metadata": Plant(
        "rss",
        "  </channel>",
        "    <copyright>Harbour News</copyright>\n  </channel>",
        at="<item>",
    ),
    "no-title-no-description": Plant(
        "rss",
        f"      {_RSS_TITLE}\n      <link>https://news.example.org/tide.html</link>\n{_RSS_TEXT}",
        "      <link>https://news.example.org/tide.html</link>",
        at=_SECOND_ITEM,
    ),
    "no-guid": Plant("rss", "      <guid>https://news.example.org/tide.html</guid>\n", "", at=_SECOND_ITEM),
    "repeated-guid": Plant(
        "rss",
        "<guid>https://news.example.org/tide.html</guid>",
        '<guid isPermaLink="false">tag:news.example.org,2026:crane</guid>',
    ),
    "short-guid": Plant("rss", ">tag:news.example.org,2026:crane<", ">1234<"),
    "guid-no-address": Plant("rss", "<guid>https://news.example.org/tide.html<", "<guid>tide 2026<"),
    "guid-no-permalink": Plant("rss", '<guid isPermaLink="false">tag', "<guid>tag"),
    "guid-boolean": Plant("rss", 'isPermaLink="false"', 'isPermaLink="no"'),
    "guid-bad-tag": Plant(
        "rss", '<guid isPermaLink="false">tag:news.example.org,2026:', "<guid>tag:news.example.org,26:"
    ),
    "content-before-description": Plant(
        "rss",
        _RSS_TEXT,
        f"      <content:encoded>Low water.</content:encoded>\n{_RSS_TEXT}",
    ),
    "no-zone": _dated("Wed, 01 Jul 2026 08:05:09"),
    "iso-date": _dated("2026-07-01T08:05:09Z"),
    "two-digit-year": _dated("Wed, 01 Jul 26 08:05:09 GMT"),
    "wrong-weekday": _dated("Thu, 01 Jul 2026 08:05:09 GMT"),
    "no-such-day": _dated("31 Jun 2026 08:05:09 GMT"),
    "old-date": _dated("Thu, 01 Jan 1970 00:00:00 GMT"),
    "future-date": _dated("Thu, 01 Jan 2199 00:00:00 GMT"),
    "relative-link": Plant("rss", "<link>https://news.example.org/tide.html<", "<link>/tide.html<"),
    "chinese-link": Plant(
        "rss", "<link>https://news.example.org/tide.html<", "<link>https://news.example.org/潮汐.html<"
    ),
    "space-in-link": Plant(
        "rss", "<link>https://news.example.org/tide.html<", "<link>https://news.example.org/tide table<"
    ),
    "unknown-scheme": Plant("rss", "<comments>https:", "<comments>harbour:"),
    "two-enclosures": Plant(
        "rss",
        "      <guid isPermaLink",
        '      <enclosure url="https://news.example.org/b.jpg" length="1" type="image/jpeg"/>\n      <guid isPermaLink',
    ),
    "enclosure-length-unknown": Plant("rss", 'length="12345"', 'length="-1"'),
    "enclosure-length-negative": Plant("rss", 'length="12345"', 'length="-7"'),
    "enclosure-length-no-number": Plant("rss", 'length="12345"', 'length="12 kB"'),
    "enclosure-no-length": Plant("rss", ' length="12345"', ""),
    "enclosure-type": Plant("rss", '12345" type="image/jpeg"', '12345" type="jpeg"'),
    "enclosure-address": Plant(
        "rss", '<enclosure url="https://news.example.org', '<enclosure url="http://localhost:8000'
    ),
    "source-without-address": Plant("rss", '<source url="https://old.example.org/rss.xml">', "<source>"),
    "author-twice": Plant(
        "rss", "      <category>Cranes", "      <dc:creator>Ben Wu</dc:creator>\n      <category>Cranes"
    ),
    "editor-twice": Plant("rss", "    <ttl>", "    <dc:creator>Ann Lee</dc:creator>\n    <ttl>"),
    "comments-without-date": Plant(
        "rss",
        "    <lastBuildDate>Wed, 01 Jul 2026 08:05:09 GMT</lastBuildDate>\n",
        "",
        at="<item>",
    ),
    "script": _described("<p>Low water.</p><script>alert(1)</script>"),
    "iframe": _described('<iframe src="https://evil.example.org/"></iframe>'),
    "onclick": _described('<p onclick="go()">Low water.</p>'),
    "style": _described('<p style="position: fixed">Low water.</p>'),
    "style-url": _described('<p style="background: url(https://evil.example.org/)">Low water.</p>'),
    "relative-picture": _described('<img src="tide.png" alt="">'),
    "relative-anchor": _described('<a href="/tide.html">Low water</a>'),
    "unknown-tag": _described("<tide>Low water.</tide>"),
    "unclosed-tag": _described("<b>Low water."),
    "stray-end-tag": _described("Low water.</b>"),
    "cut-tag": _described('Low water. <a href="https://news'),
    "html-page": _described("<html><body>Low water.</body></html>"),
    "media-group": Plant(
        "rss",
        '<media:content url="https://news.example.org/crane.jpg" type="image/jpeg" medium="image"/>',
        '<media:group><media:content url="https://news.example.org/crane.jpg" medium="image"/></media:group>',
    ),
    "media-medium": Plant("rss", 'medium="image"', 'medium="picture"'),
    "media-type": Plant("rss", 'type="image/jpeg" medium', 'type="jpeg" medium'),
    "media-width": Plant("rss", 'width="320"', 'width="0"'),
    "media-no-address": Plant("rss", '<media:thumbnail url="https://news.example.org/crane.jpg"', "<media:thumbnail"),
    "media-namespace": Plant("rss", "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"),
    "dc-date": Plant("rss", "<dc:creator>Ann Lee</dc:creator>", "<dc:date>yesterday</dc:date>", at="<dc:date>"),
    "reserved-prefix": Plant("rss", "http://purl.org/rss/1.0/modules/slash/", "https://news.example.org/ns#"),
    "unknown-namespace": Plant("rss", ' xmlns:slash="', ' xmlns:pier="https://news.example.org/ns#" xmlns:slash="'),
    "foreign-attribute": Plant(
        "rss", "<ttl>60", '<ttl xmlns:pier="https://news.example.org/ns#" pier:unit="minutes">60'
    ),
    "undeclared-prefix": Plant("rss", ' xmlns:dc="http://purl.org/dc/elements/1.1/"', "", at="<dc:creator>"),
    "raw-ampersand": Plant("rss", _RSS_TITLE, "<title>Tides & tables</title>"),
    "crossed-tags": Plant("rss", _RSS_TITLE, "<title>The tide table is out</titel>"),
    "control-character": Plant("rss", _RSS_TITLE, "<title>The tide\x0b table</title>"),
    "html-entity": Plant("rss", _RSS_TITLE, "<title>The&nbsp;tide table</title>"),
    "not-utf8": Plant("rss", _RSS_TITLE, "<title>The tide \udcff table</title>"),
    "wrong-encoding": Plant("rss", _RSS_TITLE, "<title>It\x92s the tide</title>"),
    "unknown-encoding": Plant("rss", 'encoding="utf-8"', 'encoding="harbour-8"'),
    "obscure-encoding": Plant("rss", 'encoding="utf-8"', 'encoding="cp437"'),
    "xml-version": Plant("rss", '<?xml version="1.0"', '<?xml version="1.1"'),
    "self-elsewhere": Plant("rss", "https://news.example.org/rss.xml", "https://news.example.org/feed/rss.xml"),
    "self-relative": Plant("rss", "https://news.example.org/rss.xml", "rss.xml"),
    "self-type": Plant("rss", 'rel="self" type="application/rss+xml"', 'rel="self" type="text/html"'),
}

ATOM: Mapping[str, Plant] = {
    "no-id": Plant("atom", "  <id>https://news.example.org/</id>\n", "", at="<feed"),
    "no-updated": Plant("atom", "  <updated>2026-07-01T08:05:09Z</updated>\n", "", at="<feed"),
    "no-author": Plant(
        "atom",
        "  <author>\n    <name>Ann Lee</name>\n    <email>ann@example.org</email>\n"
        "    <uri>https://news.example.org/ann</uri>\n  </author>\n",
        "",
        at="<entry>",
    ),
    "no-author-name": Plant("atom", "    <name>Ann Lee</name>\n", "", at="<author>"),
    "no-self": Plant("atom", 'rel="self" type="application/atom+xml"', 'rel="related"', at="<feed"),
    "self-elsewhere": Plant("atom", "https://news.example.org/atom.xml", "https://example.org/atom.xml"),
    "self-type": Plant("atom", 'rel="self" type="application/atom+xml"', 'rel="self" type="text/xml"'),
    "entry-no-title": Plant("atom", '    <title type="text">A second crane</title>\n', "", at="<entry>"),
    "entry-no-id": Plant("atom", "    <id>tag:news.example.org,2026:crane</id>\n", "", at="<entry>"),
    "entry-no-updated": Plant("atom", "    <updated>2026-07-01T08:05:09Z</updated>\n", "", at="<entry>"),
    "repeated-id": Plant("atom", "2026:tide", "2026:crane"),
    "repeated-updated": Plant("atom", "2026-06-30T23:59:59Z", "2026-07-01T08:05:09Z"),
    "no-text": Plant("atom", _XHTML, "", at=_SECOND_ENTRY),
    "no-content-no-alternate": Plant(
        "atom", 'tide.html" rel="alternate"', 'tide.html" rel="related"', at=_SECOND_ENTRY
    ),
    "no-summary-of-picture": Plant("atom", _XHTML, _PICTURE, at=_SECOND_ENTRY),
    "two-alternates": Plant(
        "atom", 'rel="enclosure" type="image/jpeg" length="12345"', 'rel="alternate" type="text/html"'
    ),
    "two-ids": Plant(
        "atom",
        "    <published>",
        "    <id>tag:news.example.org,2026:crane2</id>\n    <published>",
    ),
    "date-no-zone": Plant("atom", "2026-06-30T23:59:59Z", "2026-06-30T23:59:59"),
    "date-rfc822": Plant("atom", "2026-07-01T08:05:09+08:00", "Wed, 01 Jul 2026 08:05:09 GMT"),
    "date-month-13": Plant("atom", "2026-06-30T23:59:59Z", "2026-13-30T23:59:59Z"),
    "date-old": Plant("atom", "2026-06-30T23:59:59Z", "1970-01-01T00:00:00Z"),
    "date-future": Plant("atom", "2026-06-30T23:59:59Z", "2199-01-01T00:00:00Z"),
    "date-blanks": Plant("atom", "<updated>2026-06-30T23:59:59Z<", "<updated> 2026-06-30T23:59:59Z <"),
    "id-relative": Plant("atom", "<id>tag:news.example.org,2026:tide<", "<id>tide<"),
    "id-not-canonical": Plant("atom", "<id>https://news.example.org/<", "<id>HTTPS://News.example.org:443/<"),
    "id-bad-urn": Plant("atom", "tag:news.example.org,2026:tide", "urn:x:tide"),
    "id-bad-uuid": Plant("atom", "tag:news.example.org,2026:tide", "urn:uuid:1234"),
    "id-bad-tag": Plant("atom", "tag:news.example.org,2026:tide", "tag:news.example.org:tide"),
    "link-no-address": Plant("atom", '<link href="https://news.example.org/tide.html" ', "<link "),
    "link-no-host": Plant("atom", 'href="https://news.example.org/tide.html"', 'href="http:///tide.html"'),
    "link-space": Plant(
        "atom", 'href="https://news.example.org/tide.html"', 'href="https://news.example.org/tide table"'
    ),
    "link-relation": Plant("atom", 'rel="enclosure"', 'rel="picture of it"'),
    "link-blank-relation": Plant("atom", 'rel="enclosure"', 'rel=""'),
    "link-blank-title": Plant("atom", 'rel="enclosure"', 'rel="enclosure" title=""'),
    "link-type": Plant("atom", 'rel="enclosure" type="image/jpeg"', 'rel="enclosure" type="jpeg"'),
    "link-length": Plant("atom", 'length="12345"', 'length="many"'),
    "link-language": Plant("atom", 'rel="enclosure"', 'rel="enclosure" hreflang="english"'),
    "link-text": Plant("atom", 'type="image/jpeg" length="12345"/>', 'type="image/jpeg">the crane</link>'),
    "link-history": Plant("atom", 'rel="enclosure"', 'rel="next"'),
    "no-term": Plant("atom", 'term="cranes" ', ""),
    "html-in-label": Plant("atom", 'label="Cranes"', 'label="&lt;b&gt;Cranes&lt;/b&gt;"'),
    "html-in-text": Plant("atom", "The crane has company.", "The &lt;b&gt;crane&lt;/b&gt; has company."),
    "entity-in-text": Plant("atom", "The crane has company.", "The crane &amp;amp; company."),
    "blank-text": Plant("atom", "The crane has company.", ""),
    "text-type": Plant("atom", '<summary type="text"', '<summary type="text/plain"'),
    "content-type": Plant("atom", '<content type="html"', '<content type="HTML page"'),
    "content-no-base64": Plant("atom", _XHTML, f'{_XHTML}<content type="image/png">潮</content>'),
    "content-page": Plant("atom", '<content type="html"', '<content type="text/html"'),
    "xhtml-no-div": Plant(
        "atom", '<div xmlns="http://www.w3.org/1999/xhtml">Low water at <b>noon</b>.</div>', "Low water."
    ),
    "xhtml-script": Plant("atom", "<b>noon</b>", "<script>noon()</script>"),
    "xhtml-onclick": Plant("atom", "<b>noon</b>", '<b onclick="noon()">noon</b>'),
    "xhtml-style": Plant("atom", "<b>noon</b>", '<b style="position: fixed">noon</b>'),
    "xhtml-unknown": Plant("atom", "<b>noon</b>", "<tide>noon</tide>"),
    "xhtml-escaped": Plant("atom", "Low water at <b>noon</b>.", "Low water at &lt;b&gt;noon&lt;/b&gt;."),
    "script": Plant("atom", _ATOM_TEXT, f"{_ATOM_TEXT}&lt;script&gt;go()&lt;/script&gt;"),
    "onerror": Plant("atom", "&lt;img src", "&lt;img onerror=go() src"),
    "embed": Plant("atom", _ATOM_TEXT, f'{_ATOM_TEXT}&lt;embed src="https://evil.example.org/a.swf"&gt;'),
    "unclosed": Plant("atom", _ATOM_TEXT, f"{_ATOM_TEXT}&lt;em&gt;"),
    "undefined-element": Plant(
        "atom", "    <published>2026-07-01T08:05:09+08:00</published>", "    <issued>2026</issued>"
    ),
    "unexpected-attribute": Plant("atom", "<published>", '<published by="Ann">'),
    "unexpected-text": Plant("atom", "  <icon>", "  Welcome!\n  <icon>"),
    "metadata-after-entry": Plant("atom", "</feed>", "  <subtitle>What happens</subtitle>\n</feed>", at="<subtitle>"),
    "name-with-address": Plant("atom", "<name>Ann Lee<", "<name>Ann Lee &lt;ann@example.org&gt;<"),
    "address-of-person": Plant("atom", "<email>ann@example.org<", "<email>ann at example.org<"),
    "blank-name": Plant("atom", "<name>Ann Lee<", "<name><"),
    "language": Plant("atom", 'xml:lang="en"', 'xml:lang="english"'),
    "no-namespace": Plant("atom", ' xmlns="http://www.w3.org/2005/Atom"', ""),
    "wrong-namespace": Plant("atom", ' xmlns="http://www.w3.org/2005/Atom"', ' xmlns="http://www.w3.org/2015/Atom"'),
    "prefix": Plant("atom", "xmlns:media=", 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media='),
    "thumbnail-no-address": Plant(
        "atom", '<media:thumbnail url="https://news.example.org/crane.jpg"', "<media:thumbnail"
    ),
    "cut-short": Plant("atom", "  </entry>\n</feed>\n", "", at=""),
    "twice-encoded": Plant("atom", "The crane has company.", "The quayÃ© is full."),
}

OPML: Mapping[str, Plant] = {
    "no-version": Plant("opml", '<opml version="2.0">', "<opml>"),
    "version": Plant("opml", '<opml version="2.0">', '<opml version="3.0">'),
    "no-head": Plant("opml", CLEAN["opml"].decode().split("\n", 2)[2].split("  <body>")[0], "", at="<opml"),
    "empty-body": Plant("opml", CLEAN["opml"].decode().split("<body>\n")[1].split("  </body>")[0], "", at="<body>"),
    "date": Plant("opml", "Wed, 01 Jul 2026 08:05:09 GMT</dateModified>", "2026-07-01</dateModified>"),
    "owner-mail": Plant("opml", "<ownerEmail>ann@example.org<", "<ownerEmail>Ann Lee<"),
    "owner-id": Plant("opml", "<ownerId>https://news.example.org/ann<", "<ownerId>ann<"),
    "two-titles": Plant("opml", "    <ownerEmail>", "    <title>Feeds</title>\n    <ownerEmail>"),
    "undefined-element": Plant("opml", "    <ownerId>https://news.example.org/ann</ownerId>", "    <owner>Ann</owner>"),
    "outline-no-text": Plant("opml", '<outline text="News">', "<outline>"),
    "outline-no-address": Plant("opml", ' xmlUrl="https://tides.example.org/rss.xml"', ""),
    "outline-no-title": Plant("opml", ' title="Tides"', ""),
    "outline-no-type": Plant("opml", '<outline text="News">', '<outline text="News" title="News">'),
    "outline-link-no-address": Plant("opml", ' url="https://pier.example.org/"', ""),
    "outline-version": Plant("opml", 'version="RSS2"', 'version="2.0"'),
    "outline-language": Plant("opml", 'language="en"', 'language="english"'),
    "outline-page": Plant("opml", 'htmlUrl="https://news.example.org/"', 'htmlUrl="/"'),
    "outline-created": Plant("opml", 'created="Wed, 01 Jul', 'created="Thu, 01 Jul'),
    "outline-comment": Plant("opml", '<outline text="News">', '<outline text="News" isComment="perhaps">'),
    "outline-attribute": Plant("opml", '<outline text="News">', '<outline text="News" icon="pier.png">'),
    "outline-script": Plant("opml", '<outline text="News">', '<outline text="&lt;script&gt;go()&lt;/script&gt;">'),
    "cut-short": Plant("opml", "  </body>\n</opml>\n", ""),
}

PLANTS: Mapping[str, Plant] = {
    f"{kind}-{name}": plant
    for kind, plants in (("rss", RSS), ("atom", ATOM), ("opml", OPML))
    for name, plant in plants.items()
}
"""By name, the kind in front."""
