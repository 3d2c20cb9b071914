"""Feeds of other hands, in which every element stands that the table of readers names, and each fault that it knows."""

from __future__ import annotations

import json
from typing import Any

_NAMESPACES = " ".join(
    (
        'xmlns:atom="http://www.w3.org/2005/Atom"',
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"',
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
        'xmlns:media="http://search.yahoo.com/mrss/"',
        'xmlns:source="http://source.scripting.com/"',
    )
)
DATE = "<pubDate>Sat, 30 Jul 2022 04:27:58 GMT</pubDate>"


def rss(*items: str, head: str = "") -> bytes:
    """Wrap items, each without its own tags, in a channel."""
    text = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}><channel><title>样刊</title>'
        f"<link>http://a.example/</link><description>d</description>{head}{text}</channel></rss>"
    ).encode()


def atom(*entries: str, head: str = "") -> bytes:
    """Wrap entries, each without its own tags, in a feed."""
    text = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" {_NAMESPACES}>'
        f"<title>样刊</title><id>tag:a.example,2020:feed</id><updated>2022-07-30T04:27:58Z</updated>"
        f'<link href="http://a.example/"/>{head}{text}</feed>'
    ).encode()


def json_feed(*items: dict[str, Any], **head: Any) -> bytes:
    """Wrap items in a feed."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "样刊", **head, "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


RSS_ITEMS = (
    # Everything at once.
    f"""<title>一切</title><link>http://a.example/1</link><guid isPermaLink="false">tag:a.example,2020:1</guid>{DATE}
    <dc:date>2020-01-01T00:00:00+08:00</dc:date><description>短</description>
    <content:encoded>&lt;p&gt;全文 &lt;img src="http://a.example/b.png"&gt;&lt;/p&gt;</content:encoded>
    <author>ann@a.example (Ann)</author><dc:creator>Bob</dc:creator><category>a, b</category><category>c</category>
    <enclosure url="http://a.example/e.jpg" type="image/jpeg" length="3"/>
    <media:content url="http://a.example/m.jpg" medium="image"/><media:thumbnail url="http://a.example/t.jpg"/>""",
    # Body and date in Dublin Core and iTunes, two creators.
    """<title>二</title><link>http://a.example/2</link><guid>http://a.example/2</guid>
    <dc:creator>Carl</dc:creator><dc:creator>Dora</dc:creator><dc:date>2021-01-01T00:00:00Z</dc:date>
    <itunes:summary>节目</itunes:summary><description>描述</description>""",
    # A group of media.
    f"""<title>三</title><link>http://a.example/3</link><guid isPermaLink="false">tag:a.example,2020:3</guid>{DATE}
    <author>Eve</author><description>三</description>
    <media:group><media:content url="http://a.example/g.mp4" type="video/mp4"/>
    <media:thumbnail url="http://a.example/g.jpg"/></media:group>""",
    # No id.
    f"<title>四</title><link>http://a.example/4</link>{DATE}<description>四</description>",
)
ATOM_ENTRIES = (
    """<title type="html">一 &lt;b&gt;切&lt;/b&gt;</title><id>tag:a.example,2020:1</id>
    <link href="http://a.example/1"/><published>2022-07-30T04:27:58+08:00</published><updated>2022-08-01T00:00:00Z</updated>
    <author><name>Ann</name></author><summary>短</summary><content type="html">&lt;p&gt;全文&lt;/p&gt;</content>
    <category term="a, b" label="A"/><link rel="enclosure" href="http://a.example/e.jpg" type="image/jpeg"/>""",
    """<title>二</title><id>tag:a.example,2020:2</id><link rel="alternate" href="http://a.example/2"/>
    <updated>2022-08-02T00:00:00Z</updated><author><name>Bob</name></author><author><name>Carl</name></author>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>体 <b>例</b></p></div></content>""",
    """<title>三</title><id>tag:a.example,2020:3</id><link href="http://a.example/3"/><author><name>Dora</name></author>
    <updated>2022-08-03T00:00:00Z</updated><summary>只有摘要</summary>""",
)
JSON_ITEMS: tuple[dict[str, Any], ...] = (
    {
        "id": "tag:a.example,2020:1",
        "url": "http://a.example/1",
        "title": "一切",
        "content_html": '<p>全文 <img src="http://a.example/b.png"></p>',
        "summary": "短",
        "image": "http://a.example/b.png",
        "date_published": "2022-07-30T04:27:58Z",
        "date_modified": "2022-08-01T00:00:00Z",
        "authors": [{"name": "Ann"}, {"name": "Bob"}],
        "tags": ["a, b", "c"],
        "attachments": [{"url": "http://a.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 3}],
    },
    {
        "id": 2,
        "url": "http://a.example/2",
        "title": "二",
        "content_text": "a < b",
        "date_modified": "2022-08-02T00:00:00Z",
    },
)
