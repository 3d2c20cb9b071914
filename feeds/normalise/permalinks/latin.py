"""Latin letters without their marks, as Hexo's slugs have them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OTHERS = (
    "A:Ⱥ AE:ÆǼǢ B:ɃƂƁ C:ƇȻ D:ĐƋƊƉ E:ƐƎ F:Ƒ G:ǤƓ H:Ħ I:Ɨ J:Ɉ K:Ƙ L:ĿŁȽ M:Ɯ N:ȠƝ O:ØǾƆƟ OI:Ƣ OU:Ȣ OE:Œ oe:œ "
    "P:Ƥ Q:Ɋ R:Ɍ S:ẞ T:ŦƬƮȾ U:Ʉ V:ƲɅ Y:ƳɎỾ Z:ƵȤ a:ẚɐ ae:æǽǣ b:ƀƃɓ c:ƈȼ d:đƌɖɗ e:ɇɛǝ f:ƒ g:ǥɠ h:ħɥ hv:ƕ "
    "i:ɨı j:ɉ k:ƙ l:ŀſłƚɫ m:ɱɯ n:ƞɲŉ o:øǿɔɵ oi:ƣ ou:ȣ p:ƥ q:ɋ r:ɍɽ s:ßȿ t:ŧƭʈ u:ʉ v:ʋʌ y:ƴɏỿ z:ƶȥɀ "
)
"""What is no letter with a mark to Unicode, but to Hexo: the plain letters, and all that stand for them."""
_PLAIN = {letter: plain for plain, letters in (group.split(":") for group in _OTHERS.split()) for letter in letters}
_KEPT = "ĲĳǮǯ"
_RANGES = ((0xC0, 0x24F), (0x1E00, 0x1EFF), (0x24B6, 0x24E9), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
"""Letters with marks, in circles, and of full width."""


def without_marks(text: str) -> str:
    """Write each Latin letter plainly: `Ünïcödé Straße` becomes `Unicode Strase`."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=1024)
def _plain(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    if letter in _KEPT or not any(first <= ord(letter) <= last for first, last in _RANGES):
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


_SPELLED = {
    "ß": "ss", "ẞ": "SS", "ä": "ae", "Ä": "Ae", "ö": "oe", "Ö": "Oe", "ü": "ue", "Ü": "Ue", "Þ": "TH", "þ": "th",
    "Ð": "D", "ð": "d", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "ı": "i",
    "Ĳ": "IJ", "ĳ": "ij", "Ħ": "H", "ħ": "h", "¢": "c", "¥": "Y", "&": " and ", "♥": " love ", "🦄": " unicorn ",
}  # fmt: skip
"""As the package `@sindresorhus/slugify` of npm writes letters; others lose their marks."""
_LETTERS = (
    "аa бb вv гg дd еe ёyo жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щsch ъ ыy ь эe юyu "
    "яya αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξks οo πp ρr σs τt υy φf χx ψps ωo άa έe ίi όo ύy ήi ώo ςs ϊi "
    "ΰy ϋy ΐi ќkj љlj њnj єye іi їyi ґg "
)
_SPELLED |= {pair[0]: pair[1:] for pair in _LETTERS.split()}
"""Greek and Cyrillic, in small letters: a letter, and what stands for it."""
_FOREIGN = ((0x460, 0x5FF), (0x600, 0x6FF), (0x780, 0x7BF), (0x1080, 0x10FF), (0x2460, 0x24FF), (0x1D400, 0x1D7FF))
"""Writings that it transliterates, and we do not."""


_DIACRITIC = re.compile("[\u0300-\u036f`^¨¯´·¸]")


def slugify_latin(text: str) -> str | None:
    """Write a text in small letters and digits with `-` between them, as that package does; None for other writings."""
    composed = unicodedata.normalize("NFC", text)
    if any(first <= ord(letter) <= last for letter in composed for first, last in _FOREIGN):
        return None
    spelled = "".join(_SPELLED.get(letter) or _SPELLED.get(letter.lower(), letter) for letter in composed)
    plain = _DIACRITIC.sub("", unicodedata.normalize("NFD", spelled)).lower()
    plain = re.sub(r"([a-z\d]+)'([ts])(\s|$)", r"\1\2\3", plain, flags=re.ASCII)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
