"""Which picture stands for an article: the first candidate that shows what the article is about.

A verdict names the rule that dropped a candidate. Pure: what an address leads to, the caller resolves.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from feeds import addresses
from feeds.finish.lazy import is_pixel
from feeds.model import Body, Card, Picture, PictureCandidate, Profile

_SUFFIX = r"\.(?:gif|png|jpe?g|svg|webp)"
PLACEHOLDERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # cover: false; values that a program failed to fill in
        r"^(?:true|false|null|none|undefined|nil|nan|#.*|\s*)$|/(?:undefined|null|nan)/?$|\[object object\]",
        # image: URL_of_your_image
        r"\byour[_-](?:image|picture|photo|avatar)|^(?:url|link)[_ -](?:of|to)[_ -]|^path/to/",
        # https://picsum.photos/400/300?random=7
        r"//picsum\.photos/[^?]*\?(?:.*&)?random",
        r"//(?:[\w-]+\.)?(?:placeholder|placehold|placekitten|dummyimage)\.[a-z]+/",
        # /images/404.gif, /no-image.png
        r"/(?:404|error|not-?found|no-?(?:image|img|pic|photo|cover|thumb))[_-]?(?:page|image|img|\d+)?" + _SUFFIX,
        r"(?<![a-z])(?:blank|spacer?|placeholder|transparent|loading|lazy-?load|1x1|dot|clear|none)" + _SUFFIX,
        # /img/default-cover.jpg, /cover_default.png
        r"(?<![a-z])(?:default|fallback|dummy)[_-]?"
        r"(?:cover|image|img|pic|thumb(?:nail)?|post|banner|head(?:er|img)?|og|social)(?![a-z])",
        r"(?:cover|image|img|pic|thumb(?:nail)?|banner|og)[_-]?(?:default|placeholder|fallback)(?![a-z])",
    )
)
"""Addresses that stand where no picture is, built in; a caller adds its own."""
_FURNITURE = re.compile(
    r"(?<![a-z])(?:avatars?|gravatar|head-?(?:portrait|shot)|qr-?codes?|qr|wx-?code|icons?|favicon|logos?|emojis?"
    r"|emoticons?|smil(?:ey|ies)|badges?|shields?|sprites?|buttons?|btn|spinner|arrows?|watermark|wechat-?pay"
    r"|ali-?pay|donate|reward|captcha)(?![a-z])|二维码|头像|图标|公众号|扫码",
    re.IGNORECASE,
)
_FURNITURE_HOST = re.compile(r"(?:[\w-]+\.)*(?:avatars?\d*|[\w-]*gravatar|badges?|shields?|emojis?)\.", re.IGNORECASE)
_TRACKER = re.compile(
    r"/(?:pixel|beacon|track(?:er|ing)?|analytics|collect|counter|count|stat|hit|open|utm|impression)"
    r"(?:\.(?:gif|png|php|aspx?|jpe?g)|/?(?:\?|$))",
    re.IGNORECASE,
)
_SMALL = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureVerdict:
    """What the rules make of one candidate."""

    candidate: PictureCandidate
    """As the front matter or the body names it."""
    address: str
    """Freed of proxies."""
    reason: str
    """Name of the rule that dropped it; "" when it may stand for the article."""


def picture_key(path: str, address: str) -> str:
    """Write a picture's address so that equal texts are one picture in the articles of all folders."""
    address = addresses.unproxy(address.strip())
    if not address or address.startswith(("/", "#")) or addresses.has_scheme(address):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def find_picture(
    card: Card,
    body: Body,
    profile: Profile,
    *,
    placeholders: Sequence[re.Pattern[str]],
    resolve: Callable[[str], Picture | None],
) -> Picture | None:
    """Find the picture that stands for an article: those of the front matter first, then the body's.

    Args:
        card: The article's.
        body: The article's.
        profile: The publisher's.
        placeholders: Patterns of addresses that stand where no picture is, `PLACEHOLDERS` among them.
        resolve: Answers the finished picture for an address freed of proxies, or None: the next one then.
    """
    for verdict in iter_picture_verdicts(card, body, profile, placeholders=placeholders):
        picture = None if verdict.reason else resolve(verdict.address)
        if picture:
            return picture
    return None


def judge_pictures(
    card: Card, body: Body, profile: Profile, *, placeholders: Sequence[re.Pattern[str]]
) -> tuple[PictureVerdict, ...]:
    """Judge every candidate, those of the front matter first, an address once."""
    return tuple(iter_picture_verdicts(card, body, profile, placeholders=placeholders))


def iter_picture_verdicts(
    card: Card, body: Body, profile: Profile, *, placeholders: Sequence[re.Pattern[str]]
) -> Iterator[PictureVerdict]:
    """Judge candidates as `judge_pictures` does, no further than somebody asks."""
    shown = {addresses.unproxy(candidate.address): candidate for candidate in reversed(body.pictures)}
    named = (PictureCandidate(address=address, width=None, height=None, hints="") for address in card.pictures)
    seen: set[str] = set()
    for candidate in (*named, *body.pictures):
        address = addresses.unproxy(candidate.address.strip())
        if address in seen:
            continue
        seen.add(address)
        # The front matter says nothing of a picture; where the body shows the same one, it does.
        told = replace(shown.get(address, candidate), address=address)
        reason = "shared" if picture_key(card.path, address) in profile.shared_pictures else _judge(told, placeholders)
        yield PictureVerdict(candidate=candidate, address=address, reason=reason)


def _judge(candidate: PictureCandidate, placeholders: Sequence[re.Pattern[str]]) -> str:
    address = candidate.address
    if address[:5].lower() == "data:":
        return "data"
    if any(pattern.search(address) for pattern in placeholders):
        return "placeholder"
    if is_pixel(candidate.width, candidate.height):
        return "pixel"
    if _TRACKER.search(address):
        return "tracker"
    sizes = [size for size in (candidate.width, candidate.height) if size is not None]
    if sizes and max(sizes) < _SMALL:
        return "small"
    host, path = _host_and_path(address)
    if _FURNITURE.search(path) or _FURNITURE_HOST.match(host) or _FURNITURE.search(candidate.hints):
        return "furniture"
    return ""


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", address
    return parts.netloc.rpartition("@")[2], unquote(parts.path).replace("_", "-")
