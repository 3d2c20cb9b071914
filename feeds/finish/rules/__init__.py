"""The habits of publishers that a summary passes over: general patterns by language, no list of publishers.

A rule looks at the beginning of a block or of one sentence, and only up to a length: what is longer has
something to say beside the habit. What recurs within one publisher is for learning to find, not for here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feeds.finish.rules import chinese, english, european, japanese, korean
from feeds.finish.rules.rule import Rule, Script, lower, rule

__all__ = [
    "APART",
    "COUNTER",
    "CREDIT",
    "HINTS",
    "INVITATION",
    "LABEL",
    "LEAD",
    "RULES",
    "WHOLE_RULES",
    "Rule",
    "end_of_dateline",
    "find_rule",
    "find_whole_rule",
    "is_apart",
    "is_hinted",
    "is_lead",
    "lower",
    "simplified",
]

_LANGUAGES = (chinese, english, japanese, korean, european)
_TRADITIONAL = str.maketrans(
    "責編輯記員攝譯發報網訊電題圖來鏈轉載權聲許請訂閱錄繼續資關註掃碼識別戶號給賞複製標籤當讀時間條評論點贊廣導語書館檔臺經臉觀點聯"
    "繫處為與於內簡說廳業務這個們會對後從過還沒長開門問題見頁",
    "责编辑记员摄译发报网讯电题图来链转载权声许请订阅录继续资关注扫码识别户号给赏复制标签当读时间条评论点赞广导语书馆档台经脸观点联"
    "系处为与于内简说厅业务这个们会对后从过还没长开门问题见页",
)
_IS_TRADITIONAL = re.compile(f"[{''.join(map(chr, _TRADITIONAL))}]")


def simplified(text: str) -> str:
    """Write the traditional characters that the rules know as simplified ones; every place stays where it is."""
    return text.translate(_TRADITIONAL) if _IS_TRADITIONAL.search(text) else text


def _any_of(name: str) -> str:
    return "|".join(part for language in _LANGUAGES for part in getattr(language, name))


# fmt: off
RULES: tuple[Rule, ...] = (
    *(row for language in _LANGUAGES for row in language.RULES),
    rule("date", "2022-07-22 23:38", 48, r"[\W\d年月日时分秒時]*(?:[ap]\.?m\.?|utc|gmt|uhr|[a-z]{3,4})?$"),
)

_SCRIPTS = (
    *(Script(language.WORDS, language.RULES) for language in _LANGUAGES),
    Script("", RULES[-1:]),
)
WHOLE_RULES = frozenset({"credited caption", "correction"})
"""Rules that tell of a whole block by how it begins or ends, however many sentences it has."""
_WHOLE = Script("", (row for row in RULES if row.name in WHOLE_RULES))
_LONGEST = max(row.longest for row in RULES)

_QUOTED = re.compile(
    r"^[^“「『„«]*[”」』»](?!$)|^[^“「『]{0,200}[”」』]$|[”」』]\s?(?:——|—|と)|^[“「『][^”」』]{2,30}[”」』]\s?[，,]|\w——\w{4}"
)
"""Words that somebody says or that the text explains: it tells of a habit and is none."""
_MAY_BE_QUOTED = re.compile("[”」』»—]")
"""Found in all such text."""

HINTS = re.compile(
    r"(?<![a-z])(?:toc|table-of-contents|breadcrumbs?|related|relations?|rel|recommend(?:ed|ation)?s?|by-?line|qr-?code|qr"
    r"|copyright|rights|editor|author-?(?:card|bio|box|info)|bio|share|sharing|social|newsletter|advert(?:isement)?s?|ads?"
    r"|sponsor(?:ed)?|nav|navigation|pagination|sidebar|comments?|footnotes?|disclaimer|paywall|statement|aside|footer"
    r"|meta|tool-?bar|crumb|reply|quote-?box|signature|promo|banner|subscribe|notice|alert|admonition)"
    r"(?![a-z])"
)
"""Class and id names, and element names, of what stands around a text."""

APART = re.compile(
    r"(?<![a-z])(?:comments?|reply|replies|sidebar|related|relations?|rel|recommend(?:ed|ation)?s?|footer|nav|navigation"
    r"|breadcrumbs?|crumb|toc|table-of-contents|pop-?up|modal|cookie)(?![a-z])"
)
"""Those of them that hold no article, however much text stands there."""

LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|intro(?:duction)?|stand-?first|summary|abstract|dek|deck|excerpt|sub-?title|sub-?head(?:line)?|teaser"
    r"|drop-?cap|first(?:-?p(?:ara(?:graph)?)?)?|vorspann|chapo|entradilla|sapo|digest|desc(?:ription)?)(?![a-z])"
)
"""Class names of what an editor wrote to introduce a text."""
# fmt: on

LABEL = re.compile(
    rf"[【\[]?(?:{_any_of('LABEL')})\s?(?:[】\]]\s?[：:]?|[：:丨|｜.]|(?<=[A-Za-z])\s[-–—])\s?", re.IGNORECASE
)
"""What announces an introduction: it goes, and the introduction is a summary ready made."""

CREDIT = re.compile(
    rf"[（(【\[]\s?(?:{_any_of('CREDIT')})[^（）()【】\[\]]{{0,60}}[）)】\]]|[（(](?:全文)?完[）)]|\[\^[\w-]{{1,20}}\]:?",
    re.IGNORECASE,
)
"""Credits in brackets and marks of footnotes, anywhere in a text."""

INVITATION = re.compile(_any_of("INVITATION"), re.IGNORECASE)
"""What a text beside a QR code or an advert says."""

COUNTER = re.compile(
    r"(?<![\w.])\d{1,2}(?:\.\d{1,2}){0,3}[.、)]?\s?(?=[^\W\d])|[一二三四五六七八九十]{1,2}、|第.{1,2}[章节部]"
)
"""The number of an entry in a table of contents."""


_DATELINES = tuple((re.compile(language.DATELINE_BEGINS), language.DATELINE) for language in _LANGUAGES)


def end_of_dateline(text: str) -> int:
    """Answer where the frame in front of a first sentence ends, for it goes and the sentence stays; 0 for none."""
    for begins, patterns in _DATELINES:
        if begins.match(text) and (frame := _dateline(patterns).match(text)):
            return frame.end()
    return 0


@cache
def _dateline(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Match the datelines of one language; compiled where one may stand."""
    return re.compile("|".join(patterns))


@lru_cache(maxsize=1024)
def is_hinted(hints: str) -> bool:
    """Tell whether names say that a text or picture stands around an article."""
    return HINTS.search(hints) is not None


@lru_cache(maxsize=1024)
def is_apart(hints: str) -> bool:
    """Tell whether names say that no article stands there."""
    return APART.search(hints) is not None


@lru_cache(maxsize=1024)
def is_lead(hints: str) -> bool:
    """Tell whether names say that a text introduces an article."""
    return LEAD.search(hints) is not None


@lru_cache(maxsize=256)
def find_rule(text: str) -> str | None:
    """Name the habit that a text is, unless it is quoted; None for none."""
    if len(text) > _LONGEST or (_MAY_BE_QUOTED.search(text) and _QUOTED.search(text)):
        return None
    for written in dict.fromkeys((text, simplified(text))):
        in_lower = lower(written)
        for script in _SCRIPTS:
            rule = script.find(written, in_lower)
            if rule:
                return rule.name
    return None


def find_whole_rule(text: str) -> str | None:
    """Name the habit that several sentences together are: `find_rule` where it tells of a whole block."""
    if not any(_WHOLE.find(written, written) for written in dict.fromkeys((text, simplified(text)))):
        return None
    name = find_rule(text)
    return name if name in WHOLE_RULES else None
