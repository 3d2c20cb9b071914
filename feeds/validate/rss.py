"""RSS 2.0, with the RSS Advisory Board's profile: what its elements may hold; pure."""

from __future__ import annotations

from feeds.validate.addresses import address, web_address
from feeds.validate.extensions import DUBLIN_CORE, MEDIA, MEDIA_ABOUT, SYNDICATION
from feeds.validate.html import plain, safe_html
from feeds.validate.links import LINK, check_self
from feeds.validate.rssrules import (
    check_guid,
    check_guids,
    check_hour,
    check_image,
    check_image_names,
    check_item,
    check_person,
    check_slash,
    check_version,
    different,
    items_last,
    same,
)
from feeds.validate.shape import ANYTHING, Shape, missing
from feeds.validate.values import (
    language,
    media_type,
    not_blank,
    one_of,
    rfc822_date,
    w3c_date,
    whole_number,
)
from feeds.validate.xhtml import check_xhtml

_ONCE = "DuplicateElement"
_DATE = Shape(text=(rfc822_date,), repeated=_ONCE)
_PERSON = Shape(text=(check_person,), repeated=_ONCE)
_ADDRESS = Shape(text=(address(),), repeated=_ONCE)
_PLAIN = Shape(text=(plain(),), repeated=_ONCE)
_TITLE = Shape(text=(plain(), not_blank), repeated=_ONCE)
_HTML = Shape(text=(safe_html,), repeated=_ONCE)
_SECOND_TEXT = Shape(is_open=True, used="DuplicateDescriptionSemantics")
_COUNT = (whole_number("InvalidPositiveInteger", 1), not_blank)
_IMAGE = Shape(
    children={
        "title": _TITLE,
        "link": _ADDRESS,
        "url": _ADDRESS,
        "description": _PLAIN,
        "width": Shape(text=(one_of("InvalidWidth", [str(size) for size in range(1, 145)]),), repeated=_ONCE),
        "height": Shape(text=(one_of("InvalidHeight", [str(size) for size in range(1, 401)]),), repeated=_ONCE),
    },
    rules=(
        missing("title", name="MissingTitle"),
        missing("url"),
        missing("link", name="MissingLink"),
        check_image,
    ),
    repeated=_ONCE,
)
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ITEM = Shape(
    children={
        **DUBLIN_CORE,
        **MEDIA,
        **dict.fromkeys(("atom:author", "atom:contributor", "atom:id", "atom:published", "atom:summary"), ANYTHING),
        "atom:updated": ANYTHING,
        "atom:title": _SECOND_TEXT,
        "atom:content": _SECOND_TEXT,
        "xhtml:body": Shape(is_open=True, used="DuplicateDescriptionSemantics", rules=(check_xhtml,)),
        "title": _TITLE,
        "link": _ADDRESS,
        "description": _HTML,
        "content:encoded": _HTML,
        "author": _PERSON,
        "category": Shape(attributes={"domain": ()}, text=(plain(), not_blank)),
        "comments": _ADDRESS,
        "enclosure": Shape(
            attributes={
                "url": (web_address,),
                "length": (
                    whole_number(
                        "InvalidNonNegativeInteger", 0, no_number="InvalidIntegerAttribute", unknown="UseZeroForUnknown"
                    ),
                ),
                "type": (media_type("InvalidMIMEAttribute"),),
            },
            required=("url", "length", "type"),
            repeated="DuplicateEnclosure",
        ),
        "guid": Shape(
            attributes={"isPermaLink": (one_of("InvalidBooleanAttribute", ("true", "false")),)},
            text=(not_blank,),
            rules=(check_guid,),
            repeated=_ONCE,
        ),
        "pubDate": _DATE,
        "source": Shape(attributes={"url": (address(),)}, required=("url",), text=(plain(),), repeated=_ONCE),
        "atom:link": LINK,
        "slash:comments": Shape(text=(whole_number("InvalidNonNegativeInteger", 0),), repeated=_ONCE),
    },
    rules=(
        check_item,
        same(
            "DuplicateItemSemantics",
            ("author", "dc:creator"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("pubDate", "atom:published"),
            ("guid", "atom:id"),
            ("source", "dc:source"),
        ),
    ),
)
_METADATA = {
    "title": _TITLE,
    "link": _ADDRESS,
    "description": _PLAIN,
    "language": Shape(text=(language,), repeated=_ONCE),
    "copyright": _PLAIN,
    "managingEditor": _PERSON,
    "webMaster": _PERSON,
    "pubDate": _DATE,
    "lastBuildDate": _DATE,
    "category": Shape(attributes={"domain": ()}, text=(plain(),)),
    "generator": Shape(text=(), repeated=_ONCE),
    "docs": _ADDRESS,
    "cloud": Shape(
        attributes={
            **dict.fromkeys(("domain", "path", "registerProcedure", "protocol"), ()),
            "port": (whole_number("InvalidIntegerAttribute", 1),),
        },
        required=("domain", "path", "registerProcedure", "protocol", "port"),
        repeated=_ONCE,
    ),
    "ttl": Shape(text=_COUNT, repeated=_ONCE),
    "image": _IMAGE,
    "textInput": Shape(is_open=True, used="AvoidTextInput", repeated=_ONCE),
    "skipHours": Shape(
        children={"hour": Shape(text=(check_hour,))},
        rules=(missing("hour"), different("hour")),
        repeated=_ONCE,
    ),
    "skipDays": Shape(
        children={"day": Shape(text=(one_of("InvalidDay", _DAY_NAMES),))},
        rules=(missing("day"), different("day")),
        repeated=_ONCE,
    ),
    "atom:link": LINK,
}
"""What a channel says of itself, before its items."""
_CHANNEL = Shape(
    children={
        **DUBLIN_CORE,
        **MEDIA_ABOUT,
        **SYNDICATION,
        **_METADATA,
        "dc:date": Shape(text=(w3c_date,), repeated=_ONCE),
        **dict.fromkeys(("atom:author", "atom:category", "atom:contributor", "atom:generator", "atom:icon"), ANYTHING),
        **dict.fromkeys(("atom:id", "atom:logo"), ANYTHING),
        **dict.fromkeys(("atom:rights", "atom:subtitle", "atom:title"), _SECOND_TEXT),
        **dict.fromkeys(("atom:updated", "fh:archive", "fh:complete", "rating"), ANYTHING),
        "item": _ITEM,
    },
    rules=(
        missing("description", name="MissingDescription"),
        missing("link", name="MissingLink"),
        missing("title", name="MissingTitle"),
        same(
            "DuplicateSemantics",
            ("managingEditor", "dc:creator"),
            ("webMaster", "dc:publisher"),
            ("category", "dc:subject"),
            ("pubDate", "dc:date"),
            ("language", "dc:language"),
            ("copyright", "dc:rights"),
            ("generator", "admin:generatorAgent"),
            ("lastBuildDate", "dcterms:modified"),
        ),
        items_last(_METADATA),
        check_guids,
        check_slash,
        check_image_names,
        check_self,
    ),
    repeated=_ONCE,
)
RSS = Shape(
    children={"channel": _CHANNEL},
    attributes={"version": ()},
    required=("version",),
    rules=(missing("channel"), check_version),
)
"""The whole document."""
