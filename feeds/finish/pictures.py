"""Which picture stands for an article: the first candidate that shows what the article is about.

A verdict names the rule that dropped a candidate. Pure: what an address leads to, the caller resolves.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from feeds import addresses
from feeds.finish.lazy import is_pixel
from feeds.finish.rules import HINTS, INVITATION
from feeds.finish.verdicts import Judge
from feeds.model import Card, Picture, PictureCandidate

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
        r"(?<![a-z])(?:blank|spacer?|placeholder|transparent|loading|lazy-?load|1x1|dot|clear|none)(?:[_-]\w{1,8})?"
        + _SUFFIX,
        # /img/default-cover.jpg, /cover_default.png
        r"(?<![a-z])(?:default|fallback|dummy)[_-]?"
        r"(?:cover|image|img|pic|thumb(?:nail)?|post|banner|head(?:er|img)?|og|social|card|share)(?![a-z])",
        r"(?:cover|image|img|pic|thumb(?:nail)?|banner|og)[_-]?(?:default|placeholder|fallback)(?![a-z])",
    )
)
"""Addresses that stand where no picture is, built in; a caller adds its own."""
_FURNITURE = {
    "QR code": (
        r"qr-?codes?|qr|wx-?code|二维码|扫码",
        r"\bqr\b|二维码|[收付]款码|扫码|二維碼|QRコード",
    ),
    "avatar": (
        r"avatars?|ava|gravatar|head-?(?:portrait|shot)|profile-?(?:pic|photo|image)|user-?face|头像|頭像|author-?(?:pic|photo|image|img)"
        r"|(?:writers?|authors?|reporters?|columnists?)(?=/)",
        r"\bavatars?\b|头像|頭像|アバター",
    ),
    "logo": (
        r"logos?|favicon|公众号|watermark|mastheads?|emblems?|ロゴ",
        r"\blogos?\b|\bemblem|\bcrest\b|标志|标识|商标|徽标|ロゴ|로고",
    ),
    "icon": (
        r"(?<!gallery-)icons?|icos?|emojis?|emoticons?|smil(?:ey|ies)|badges?|shields?|sprites?|buttons?|btn|spinner|arrows?|图标",
        r"\bicons?\b|\bemojis?\b|\bbadges?\b|\bbuttons?\b|图标|表情|徽章|按钮|アイコン|絵文字|이모지",
    ),
    "donation": (r"wechat-?pay|ali-?pay|donate|reward|captcha|打赏|赞赏码", r"打赏|赞赏|captcha|验证码|donat"),
}
"""What a name says a picture is, and the words in a title by which the article is about just that."""
_NAMES = {
    reason: (re.compile(rf"(?<![a-z])(?:{name})(?![a-z])", re.IGNORECASE), re.compile(title, re.IGNORECASE))
    for reason, (name, title) in _FURNITURE.items()
}
_FURNITURE_HOST = re.compile(r"(?:[\w-]+\.)*(?:avatars?\d*|[\w-]*gravatar|badges?|shields?|emojis?)\.", re.IGNORECASE)
_TRACKER = re.compile(
    r"/(?:pixel|beacon|track(?:er|ing)?|analytics|collect|counter|count|stat|hit|open|utm|impression)"
    r"(?:\.(?:gif|png|php|aspx?|jpe?g)|/?(?:\?|$))",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"(?<![a-z])(?:ads?|adverts?|advertisement|sponsors?|promo|promotion|banner-?ad|app-?download|newsletter|subscribe|share"
    r"|follow(?:-us)?|related|recommend(?:ed|ation)?s?|thumbs?(?:-?list)?|广告)(?![a-z])",
    re.IGNORECASE,
)
_PROMOTED = re.compile(r"\bads?\b|\badvert|\bsponsor|广告|廣告|赞助|推荐|広告|광고", re.IGNORECASE)
_ASSET = re.compile(r"/(?:ui|static|common|themes?|templates?|_?tpl|skins?|sprites?|plugins?)/", re.IGNORECASE)
_SMALL_NAME = re.compile(r"-(?:s|sm|small|thumb|mini|tiny)\.[a-z]{3,4}$", re.IGNORECASE)
_HEADER = re.compile(r"(?<![a-z])(?:headers?|top-?(?:bar|banner)|site-?banner)(?![a-z])", re.IGNORECASE)
_SIZE_IN_NAME = re.compile(r"[_-](\d{2,4})x(\d{2,4})(?![\d])(?=[._@!-]|$)")
_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#!@].*)?$", re.IGNORECASE)
_SMALL = 48
"""Pixels below which a picture is an ornament."""
_LITTLE = 130
"""Pixels below which it may be one."""
_LARGE = 400
"""Pixels from which it is none, whatever its name."""
_FLAT = 5
"""How many times wider than high an advert is."""
_LONGEST_APPEAL = 80
_DROPPED_FROM = 2
"""Doubts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureVerdict:
    """What the rules make of one candidate."""

    candidate: PictureCandidate
    """As the front matter or the body names it."""
    address: str
    """Freed of proxies."""
    is_stated: bool
    """Named by the front matter, not by the body."""
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
    judge: Judge,
    *,
    placeholders: Sequence[re.Pattern[str]],
    resolve: Callable[[str], Picture | None],
) -> Picture | None:
    """Find the picture that stands for an article.

    What a person decided; else the first candidate of the front matter, then of the body, that no rule drops.

    Args:
        card: The article's.
        judge: Of the article's blocks; knows the publisher's profile and the fix.
        placeholders: Patterns of addresses that stand where no picture is, `PLACEHOLDERS` among them.
        resolve: Answers the finished picture for an address freed of proxies, or None: the next one then.
    """
    if judge.fix.picture is not None:
        return resolve(judge.fix.picture) if judge.fix.picture else None
    for verdict in iter_picture_verdicts(card, judge, placeholders=placeholders):
        picture = None if verdict.reason else resolve(verdict.address)
        if picture:
            return picture
    return None


def judge_pictures(card: Card, judge: Judge, *, placeholders: Sequence[re.Pattern[str]]) -> tuple[PictureVerdict, ...]:
    """Judge every candidate, those of the front matter first, an address once."""
    return tuple(iter_picture_verdicts(card, judge, placeholders=placeholders))


def iter_picture_verdicts(
    card: Card, judge: Judge, *, placeholders: Sequence[re.Pattern[str]]
) -> Iterator[PictureVerdict]:
    """Judge candidates as `judge_pictures` does, no further than somebody asks."""
    shown = {addresses.unproxy(candidate.address): candidate for candidate in reversed(judge.body.pictures)}
    named = (PictureCandidate(address=address, width=None, height=None, hints="") for address in card.pictures)
    surroundings = _Surroundings(judge)
    seen: set[str] = set()
    for candidate in (*named, *judge.body.pictures):
        address = addresses.unproxy(candidate.address.strip())
        if address in seen:
            continue
        seen.add(address)
        # The front matter says nothing of a picture; where the body shows the same one, it does.
        told = replace(shown.get(address, candidate), address=address)
        if picture_key(card.path, address) in judge.profile.shared_pictures:
            reason = "shared"
        else:
            reason = _flaw(told, placeholders) or _strongest_doubt(
                told, judge.title, surroundings if address in shown else None
            )
            if not reason and address not in shown and _is_doubtful(told, judge.title):
                reason = "not in the body" if _shows_its_own(judge, card.path, placeholders) else ""
        yield PictureVerdict(
            candidate=candidate, address=address, is_stated=candidate not in judge.body.pictures, reason=reason
        )


def _is_doubtful(candidate: PictureCandidate, title: str) -> bool:
    return next(_doubts(candidate, title), None) is not None


def _shows_its_own(judge: Judge, path: str, placeholders: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether the body shows a picture that nothing speaks against."""
    return any(
        not _flaw(candidate, placeholders)
        and not _is_doubtful(candidate, judge.title)
        and picture_key(path, candidate.address) not in judge.profile.shared_pictures
        for candidate in judge.body.pictures
    )


def _flaw(candidate: PictureCandidate, placeholders: Sequence[re.Pattern[str]]) -> str:
    """Name what makes a picture none, whatever stands around it; "" for nothing."""
    address = candidate.address
    if address[:5].lower() == "data:":
        return "data"
    if any(pattern.search(address) for pattern in placeholders):
        return "placeholder"
    if candidate.is_hidden:
        return "hidden"
    if is_pixel(candidate.width, candidate.height):
        return "pixel"
    if _TRACKER.search(address):
        return "tracker"
    sizes = _sizes(candidate)
    return "small" if sizes and max(sizes) < _SMALL else ""


class _Surroundings:
    """What stands around the pictures of one body."""

    def __init__(self, judge: Judge) -> None:
        self._blocks = judge.body.blocks
        self._judge = judge
        self._text_ends: int | None = None

    def is_behind_text(self, place: int) -> bool:
        """Tell whether all of the article's own text stands before a place."""
        if self._text_ends is None:
            own = (
                index
                for index in range(len(self._blocks) - 1, -1, -1)
                if next(self._judge.verdicts(self._blocks[index : index + 1])).is_own
            )
            self._text_ends = next(own, -1) + 1
        return 0 < self._text_ends <= place

    def is_beside_invitation(self, place: int) -> bool:
        """Tell whether a short text of no article, right before or behind a place, asks to scan, follow or download."""
        beside = self._blocks[max(0, place - 1) : place + 1]
        inviting = [block for block in beside if len(block.text) <= _LONGEST_APPEAL and INVITATION.search(block.text)]
        return any(not verdict.is_own for verdict in self._judge.verdicts(inviting))


def _strongest_doubt(candidate: PictureCandidate, title: str, surroundings: _Surroundings | None) -> str:
    """Weigh what speaks against a picture by name, size and place; answer the first of enough doubts, else ""."""
    doubts = list(_doubts(candidate, unicodedata.normalize("NFKC", title)))
    weight = sum(weight for _, weight in doubts)
    if surroundings and weight < _DROPPED_FROM:
        doubts += _doubts_of_place(candidate, title, surroundings, weight)
        weight = sum(weight for _, weight in doubts)
    return doubts[0][0] if weight >= _DROPPED_FROM else ""


def _doubts(candidate: PictureCandidate, title: str) -> Iterator[tuple[str, int]]:
    host, path = _host_and_path(candidate.address)
    sizes = _sizes(candidate)
    names = f"{path} {candidate.hints}"
    for reason, (name, subject) in _NAMES.items():
        if name.search(names):
            is_subject = subject.search(title) is not None
            yield reason, 1 if is_subject or (sizes and min(sizes) >= _LARGE) else 2
    if _FURNITURE_HOST.match(host):
        yield "furniture", 2
    if HINTS.search(candidate.hints):
        yield "hint", 2
    if _PROMOTION.search(names) and not _PROMOTED.search(title):
        yield "promotion", 1
    if _HEADER.search(path):
        yield "header", 1
    if _ASSET.search(path):
        yield "of the site", 1
    if _SMALL_NAME.search(path):
        yield "small", 1
    if len(sizes) == 2 and max(sizes) < _LITTLE:
        yield "small", 2
    elif sizes and max(sizes) < _LITTLE:
        yield "small", 1
    if len(sizes) == 2 and sizes[0] > _FLAT * sizes[1]:
        yield "flat", 2


def _doubts_of_place(
    candidate: PictureCandidate, title: str, surroundings: _Surroundings, weight: int
) -> Iterator[tuple[str, int]]:
    if not _NAMES["QR code"][1].search(title) and surroundings.is_beside_invitation(candidate.place):
        yield "beside an invitation", 2
    is_linked = re.match("https?:|[/.]", candidate.link) is not None and not _leads_to_itself(candidate)
    if is_linked:
        yield "linked", 1
    # What stands behind the text is asked last, and only where the answer matters: it judges the whole body.
    if weight + is_linked == _DROPPED_FROM - 1 and surroundings.is_behind_text(candidate.place):
        yield "behind the text", 1


def _leads_to_itself(candidate: PictureCandidate) -> bool:
    """Tell whether a click shows the picture larger: a file, or a page with the picture's name."""
    stem = re.split(r"[.-]\d|\.", candidate.address.rpartition("/")[2])[0]
    return _PICTURE_NAME.search(candidate.link) is not None or (len(stem) > 4 and stem in candidate.link)


def _sizes(candidate: PictureCandidate) -> list[int]:
    """Answer the width and height that the element states, or else the address: `quay-640x90.jpg`."""
    stated = [size for size in (candidate.width, candidate.height) if size is not None]
    named = None if stated else _SIZE_IN_NAME.search(candidate.address.partition("?")[0])
    return [int(named[1]), int(named[2])] if named else stated


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", address
    return parts.netloc.rpartition("@")[2], unquote(parts.path).replace("_", "-")
