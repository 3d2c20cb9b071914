"""What speaks against a picture by its address, its names and its size, whatever stands around it.

A flaw makes an address no picture at all; doubts are weighed, together with those of a picture's place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from feeds.finish.lazy import is_pixel
from feeds.finish.rules import is_hinted, lower
from feeds.model import PictureCandidate

_SUFFIX = r"\.(?:gif|png|jpe?g|svg|webp)"
PLACEHOLDERS = tuple(
    re.compile(pattern)
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
"""Addresses in lower case that stand where no picture is, built in; a caller adds its own."""
DROPPED_FROM = 2
"""Weight of doubts from which a picture is dropped."""
_TRACKER = re.compile(
    r"/(?:pixel|beacon|track(?:er|ing)?|analytics|collect|counter|count|stat|hit|open|utm|impression)"
    r"(?:\.(?:gif|png|php|aspx?|jpe?g)|/?(?:\?|$))",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[\w-]+\.)*(?:avatars?\d*|[\w-]*gravatar|badges?|shields?|emojis?)\.", re.IGNORECASE)
_ASSET = re.compile(
    r"/(?:ui|brand(?:ing)?|static|common|themes?|templates?|_?tpl|skins?|sprites?|plugins?)/", re.IGNORECASE
)
_SMALL_NAME = re.compile(
    r"-(?:s|sm|small|thumb|mini|tiny)\.[a-z]{3,4}$|/(?:small|mini|tiny|klein|petite?s?|vignettes?)/", re.IGNORECASE
)
_SIZE_IN_NAME = re.compile(r"[_-](\d{2,4})x(\d{2,4})(?![\d])(?=[._@!-]|$)")
_SMALL = 48
"""Pixels below which a picture is an ornament."""
_LITTLE = 130
"""Pixels below which it may be one."""
_LARGE = 400
"""Pixels from which it is rather none, whatever its name."""
_LONGEST_NAME = 30
"""Characters up to which an alternative text names a picture rather than telling what it shows."""
_FLAT = 5
"""How many times wider than high an advert is."""
_SPEAKS_OF_IT = 2
"""Blocks of the main text that must speak of a thing for the article to be about it."""


class _Name(Struct, frozen=True):
    """What the name of a picture, or of an element around it, says it is."""

    reason: str
    weight: int
    names: str
    subjects: str
    """Words by which an article is about just that."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches the names."""
        return _any_of(self.names)

    @property
    def subject(self) -> re.Pattern[str]:
        """Matches the words."""
        return _words(self.subjects)


@cache
def _any_of(names: str) -> re.Pattern[str]:
    """Match names in lower case: to ignore case would take four times as long."""
    return re.compile(rf"(?<![a-z])(?:{names})(?![a-z])")


@cache
def _words(words: str) -> re.Pattern[str]:
    """Match words in any case; compiled when the first doubt is raised."""
    return re.compile(words, re.IGNORECASE)


# fmt: off
_NAMES = (
    _Name("QR code", 2, r"qr-?codes?|qr|wx-?code|二维码|扫码",
          r"\bqr\b|二维码|[收付]款码|扫码|二維碼|QRコード"),
    _Name("avatar", 2,
          r"avatars?|ava|gravatar|head-?(?:portrait|shot)|profile-?(?:pic|photo|image)|user-?face|头像|頭像"
          r"|author-?(?:pic|photo|image|img)"
          r"|(?:writers?|authors?|reporters?|columnists?|staff|faces?|autore[ns]?|auteurs?)(?=/)",
          r"\bavatars?\b|头像|頭像|アバター"),
    _Name("logo", 2, r"logos?|favicon|公众号|watermark|mastheads?|emblems?|wordmarks?|ロゴ",
          r"\blogos?\b|\bemblem|\bcrest\b|标志|标识|商标|徽标|ロゴ|로고"),
    _Name("icon", 2,
          r"(?<!gallery-)icons?|icos?|emojis?|emoticons?|smil(?:ey|ies)|badges?|shields?|sprites?|buttons?|btn"
          r"|spinner|arrows?|图标",
          r"\bicons?\b|\bemojis?\b|\bbadges?\b|\bbuttons?\b|图标|表情|徽章|按钮|アイコン|絵文字|이모지"),
    _Name("donation", 2, r"wechat-?pay|ali-?pay|donate|reward|captcha|打赏|赞赏码",
          r"打赏|赞赏|captcha|验证码|donat"),
    _Name("promotion", 1,
          r"ads?|adverts?|advertisement|sponsors?|promo|promotion|banner-?ad|app-?download|newsletter|subscribe"
          r"|share|follow(?:-us)?|related|recommend(?:ed|ation)?s?|thumbs?(?:-?list)?|广告",
          r"\bads?\b|\badvert|\bsponsor|广告|廣告|赞助|推荐|広告|광고"),
    _Name("header", 1, r"headers?|og|social|sharing|top-?(?:bar|banner)|site-?banner|holding", r"\bheaders?\b"),
)
# fmt: on
_SOME_NAME = _any_of("|".join(name.names for name in _NAMES))


def subjects_of(title: str, texts: Iterable[str]) -> frozenset[str]:
    """Tell which kinds of furniture an article is about: its title says so once, or its text twice.

    A review of a logo shows the logo, and a report on QR codes shows one.
    """
    title = unicodedata.normalize("NFKC", title)
    texts = tuple(texts)
    return frozenset(
        name.reason
        for name in _NAMES
        if name.subject.search(title) or sum(name.subject.search(text) is not None for text in texts) >= _SPEAKS_OF_IT
    )


def find_flaw(candidate: PictureCandidate, placeholders: Sequence[re.Pattern[str]]) -> str:
    """Name what makes an address no picture at all; "" for nothing.

    Args:
        candidate: Its address freed of proxies.
        placeholders: Patterns of addresses that stand where no picture is, beside `PLACEHOLDERS`.
    """
    address = candidate.address
    if address[:5].lower() == "data:":
        return "data"
    written = lower(address)
    if any(pattern.search(written) for pattern in PLACEHOLDERS) or any(one.search(address) for one in placeholders):
        return "placeholder"
    if candidate.is_hidden:
        return "hidden"
    if is_pixel(candidate.width, candidate.height):
        return "pixel"
    if _TRACKER.search(address):
        return "tracker"
    sizes = _sizes(candidate)
    return "small" if sizes and max(sizes) < _SMALL else ""


def find_doubts(candidate: PictureCandidate, subjects: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield what speaks against a picture, with its weight.

    Args:
        candidate: Its address freed of proxies.
        subjects: What the article is about, as `subjects_of` answers it.
    """
    host, path = _host_and_path(candidate.address)
    sizes = _sizes(candidate)
    named = candidate.alternative if len(candidate.alternative) <= _LONGEST_NAME else ""
    lower_path = lower(path)
    names = f"{lower_path} {lower(named)} {lower(candidate.hints)}"
    for name in _NAMES if _SOME_NAME.search(names) else ():
        if name.pattern.search(lower_path if name.reason == "header" else names):
            is_large = bool(sizes) and min(sizes) >= _LARGE
            is_content = name.reason in subjects or (name.weight > 1 and is_large)
            if name.weight > is_content:
                yield name.reason, name.weight - is_content
    if _HOST.match(host):
        yield "furniture", 2
    if is_hinted(candidate.hints):
        yield "hint", 2
    if _ASSET.search(path):
        yield "of the site", 1
    if _SMALL_NAME.search(path):
        yield "small", 1
    if sizes and max(sizes) < _LITTLE:
        yield "small", len(sizes)
    if len(sizes) == 2 and sizes[0] > _FLAT * sizes[1]:
        yield "flat", 2


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
