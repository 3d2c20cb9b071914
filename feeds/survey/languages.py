"""The language of an archive: as its articles state it, else by the script and the small words of its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feeds.survey.looks import Guess, Look

_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
_WEIGHTS = {"ja": 5.0, "ko": 2.5, "zh": 4.0}
"""Of one letter, against one of an alphabet: as many words stand in fewer of them."""
_SIMPLIFIED = re.compile("[们这为国说对时会发经过还没现长学开关进问题实应该让从东车书]")
_TRADITIONAL = re.compile("[們這為國說對時會發經過還沒現長學開關進問題實應該讓從東車書]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_WORDS = {
    "en": "the and of to is that for with you this it are was have not be",
    "de": "der die und das ist nicht ein mit für auf den von zu sich auch eine",
    "fr": "le les des est une dans pour que pas sur et du avec ce qui je",
    "es": "el los las una por para con del como que es más pero se lo al",
    "pt": "não uma para com os dos mais como você um que do da em é se",
    "it": "il che per una della con sono gli nel di è anche non più ma si",
    "nl": "het een van dat niet voor met zijn de en ik op te er maar ook",
    "pl": "nie się jest na że do jak to jest co w z ale tak tylko był",
    "cs": "je se na že jsem to jako ale pro jsou který když tak jsme už být",
    "sv": "och att det som är inte för med en jag på av till har ett den",
    "da": "og det er ikke til en af jeg at på som med for den har et",
    "fi": "ja on ei se että oli mutta kun ovat niin myös kuin olen hän tai",
    "tr": "bir ve bu için ile da de çok gibi ama daha olarak ne var olan",
    "vi": "và của là không có cho một được trong các với những này người tôi",
    "id": "yang dan di untuk dengan ini itu tidak dari pada dalam akan saya",
    "ro": "și în nu este cu pe care din la mai pentru ce sunt dar sau",
    "hu": "és hogy nem egy az van meg csak már ez is volt mint de ha",
}
_STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_NOISE = re.compile(
    r"```.*?(?:```|\Z)|<[^<>]{1,500}>|https?://\S+|\{[%{].*?[%}]\}|`[^`\n]*`|!?\[[^\]]*\]\([^)]*\)", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 40


def guess_language(looks: Sequence[Look]) -> Guess:
    """Guess the language that most articles are in."""
    stated = Counter(look.card.language for look in looks if look.card.language)
    if stated and stated.total() * 2 > len(looks):
        language, count = stated.most_common(1)[0]
        others = ", ".join(f"{name} {number:,}" for name, number in stated.most_common(4)[1:])
        reason = f"{count:,} articles say so" + (f"; others: {others}" if others else "")
        return Guess(name="language", value=language, reason=reason)
    read = [look for look in looks if look.text] or list(looks)
    found = Counter(filter(None, (_language_of(f"{look.card.title}\n{look.text}") for look in read)))
    if not found:
        return Guess(name="language", value="en", reason="too little text to tell", is_sure=False)
    language, count = found.most_common(1)[0]
    others = ", ".join(f"{name} {number:,}" for name, number in found.most_common(4)[1:])
    reason = f"{count:,} of {len(read):,} texts looked at" + (f"; {others}" if others else "")
    return Guess(name="language", value=language, reason=reason, is_sure=count * 2 > found.total())


def _language_of(text: str) -> str:
    """Answer the language of one text; "" when it is too short, or no language that is known."""
    text = _NOISE.sub(" ", text)
    letters = {name: len(script.findall(text)) * _WEIGHTS.get(name, 1.0) for name, script in _SCRIPTS.items()}
    if letters["ja"] > letters["zh"] * 0.1:
        letters["ja"] += letters["zh"]
    script, most = max(letters.items(), key=lambda pair: pair[1])
    if most < _FEWEST_LETTERS:
        return ""
    if script == "zh":
        return "zh-TW" if len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text)) else "zh-CN"
    if script == "ru":
        return "uk" if len(_UKRAINIAN.findall(text)) * 50 > letters["ru"] else "ru"
    return _by_words(text) if script == "latin" else script


def _by_words(text: str) -> str:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    hits = {language: sum(words[word] for word in known) for language, known in _STOP_WORDS.items()}
    (best, most), (_, next_most) = sorted(hits.items(), key=lambda pair: -pair[1])[:2]
    return best if most * 12 >= words.total() and most >= next_most * 1.2 else ""
