"""What language tags are (RFC 5646): which codes there are, and how they are written; for any stage, pure."""

from __future__ import annotations

CODES = frozenset(
    str.split(
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
        "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
        "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr "
        "ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh "
        "si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo "
        "xh yi yo za zh zu"
    )
)
"""Of ISO 639-1, those included that were withdrawn and are written still."""

_NAMES = {
    "af": "Afrikaans", "ar": "العربية", "be": "беларуская", "bg": "български", "bn": "বাংলা", "bo": "བོད་སྐད་",
    "ca": "català", "cs": "čeština", "cy": "Cymraeg", "da": "dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "eo": "Esperanto", "es": "español", "et": "eesti", "eu": "euskara", "fa": "فارسی", "fi": "suomi", "fr": "français",
    "ga": "Gaeilge", "gl": "galego", "gu": "ગુજરાતી", "he": "עברית", "hi": "हिन्दी", "hr": "hrvatski", "hu": "magyar",
    "hy": "հայերեն", "id": "Bahasa Indonesia", "is": "íslenska", "it": "italiano", "ja": "日本語", "ka": "ქართული",
    "kk": "қазақ тілі", "km": "ខ្មែរ", "kn": "ಕನ್ನಡ", "ko": "한국어", "la": "Latina", "lt": "lietuvių", "lv": "latviešu",
    "mk": "македонски", "ml": "മലയാളം", "mn": "монгол", "mr": "मराठी", "ms": "Bahasa Melayu", "my": "မြန်မာ",
    "nb": "norsk bokmål", "nl": "Nederlands", "nn": "norsk nynorsk", "no": "norsk", "pa": "ਪੰਜਾਬੀ", "pl": "polski",
    "pt": "português", "ro": "română", "ru": "русский", "sk": "slovenčina", "sl": "slovenščina", "sq": "shqip",
    "sr": "српски", "sv": "svenska", "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "tl": "Tagalog",
    "tr": "Türkçe", "ug": "ئۇيغۇرچە", "uk": "українська", "ur": "اردو", "uz": "oʻzbekcha", "vi": "Tiếng Việt",
    "yue": "粵語", "zh": "中文", "zh-hans": "简体中文", "zh-hant": "繁體中文",
}  # fmt: skip


def own_name(tag: str) -> str | None:
    """Answer what those who speak a language call it; None where that is not known.

    Example: `zh-Hant-TW` is `繁體中文`, `en-GB` is `English`.
    """
    parts = tag.lower().split("-")
    return _NAMES.get("-".join(parts[:2])) or _NAMES.get(parts[0])


_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "khw", "ks", "lrc", "mzn", "nqo",
    "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi",
})  # fmt: skip
_SCRIPTS_TO_LEFT = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "rohg", "samr", "syrc", "thaa"})


def is_right_to_left(tag: str) -> bool:
    """Tell whether a language is written from right to left: by the script that its tag states, else by its usual one.

    Example: `fa` and `pa-Arab` are, `ks-Deva` is not.
    """
    first, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return first in _RIGHT_TO_LEFT if script is None else script in _SCRIPTS_TO_LEFT


def usual_case(tag: str) -> str:
    """Write a language tag as RFC 5646 section 2.1.1 recommends: `zh_hans_cn` becomes `zh-Hans-CN`."""
    first, *rest = tag.replace("_", "-").lower().split("-")
    return "-".join(
        [first, *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)]
    )
