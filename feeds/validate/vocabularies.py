"""The vocabularies that feeds are written in: their namespaces, and the prefixes that everybody uses; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.validate.finding import shown

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
NAMESPACES = {
    "": "",
    ATOM: "atom",
    MEDIA: "media",
    MEDIA.rstrip("/"): "media",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://purl.org/rss/1.0/": "rss1",
    "http://webns.net/mvcb/": "admin",
    "http://web.resource.org/cc/": "cc",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://geourl.org/rss/module/": "geourl",
    "http://postneo.com/icbm": "icbm",
    "http://www.opengis.net/gml": "gml",
    "http://feedsync.org/2007/feedsync": "sx",
    "http://base.google.com/ns/1.0": "g",
    "http://www.bloglines.com/about/specs/fac-1.0": "access",
    "http://www.microsoft.com/schemas/rss/core/2005": "cf",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://conversationsnetwork.org/rssNamespace-1.0/": "conversationsNetwork",
    "urn:atom-extension:indexing": "indexing",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch10",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://openid.net/xmlns/1.0": "openid",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://backend.userland.com/creativeCommonsRssModule": "creativeCommons",
    "http://backend.userland.com/blogChannelModule": "blogChannel",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/2007/app": "app",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The prefix that everybody uses, by namespace."""
OBSOLETE = "http://purl.org/atom/ns#"
"""Of Atom 0.3."""
_BARE = ("atom", "xhtml")
"""Vocabularies that are written without a prefix, in Atom."""


def prefix_faults(prefix: str, namespace: str, root: str) -> Iterator[tuple[str, str]]:
    """Look at one declaration of a prefix, below or on a root of a name."""
    usual = NAMESPACES.get(namespace)
    if namespace == MEDIA.rstrip("/"):
        yield "MediaRssNamespace", f"the namespace of Media RSS is written {shown(namespace)}"
    elif prefix and prefix in NAMESPACES.values() and usual != prefix:
        yield "ReservedPrefix", f'prefix "{prefix}" stands for {shown(namespace)}'
    elif usual is None and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", namespace) and namespace != OBSOLETE:
        yield "UnknownNamespace", f"namespace {shown(namespace)} is not known"
    if root.startswith("atom:") and prefix and (prefix in _BARE or usual in _BARE):
        yield "AvoidNamespacePrefix", f'prefix "{prefix}" stands in an Atom feed'
