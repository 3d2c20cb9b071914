"""Where plain text may be cut: sentences, clauses, words, graphemes; counted in columns.

A column is what a terminal calls one: East Asian wide characters take two (UAX 11), a grapheme cluster
(UAX 29) is never split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_MARKS = re.compile(r"(?P<mark>[。！？!?；…]+|\.+)(?P<closers>[”’」』）)\]\"']*)")
_CLAUSE = re.compile(r"(?:[，、；：]|——|[,;:](?=\s)|\s[–—-]+(?=\s))")
# What stands before a full stop that ends no sentence: initials, and short forms that want more.
_SHORT = re.compile(
    r"(?:^|[\s(\[“\"'/-])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|cf|al|approx|ca|No|Nos|Fig|Vol|pp|Inc|Ltd|Co|Corp|ver|v)$"
    r"|(?:^|[.!?] )\d{1,2}$"
)
# 22. November, vom 9. bis 23. Mai: the ordinals of German, Danish, Czech and others.
_ORDINAL = re.compile(
    r"(?:\b(?:am|vom|bis|zum|ab|seit|der|den|dem|des|die|das|im|und|den|le|dne)\s|–|-)\d{1,2}$", re.IGNORECASE
)
_MONTH = re.compile(
    r"\s?(?:jan|feb|mär|mar|apr|mai|maj|jun|jul|aug|sep|okt|nov|dez|dec|led|úno|bře|dub|kvě|čer|srp|zář|říj|lis|pro)",
    re.IGNORECASE,
)
_SIMPLE = re.compile(r"[ -~“”‘’…—\u3001-\u3015\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uff01-\uff60]*")
"""Text of which each character is a grapheme."""
_NARROW = re.compile("[“”‘’…—]")
"""Of these beyond ASCII the ones that take one column, not two."""
_PLAIN = re.compile(
    r"(?:[ #-&(-\-/->@-~“”‘’—\u3001-\u3015\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uff01-\uff60]++|\.(?=[0-9A-Za-z]))*"
)
"""Text that holds no sentences but those of `_PLAIN_SENTENCE`."""
_PLAIN_MARK = r"[。！？；]++[”’」』）)\]]*+"
_PLAIN_INSIDE = rf"(?:[^。！？；]++|{_PLAIN_MARK}(?=[》】。！？；.]))"
_PLAIN_SENTENCE = re.compile(rf"(?>{_PLAIN_INSIDE}*){_PLAIN_MARK} *|(?>{_PLAIN_INSIDE}+)")
_ENTITY = re.compile(r"&#?\w{1,10};")
_LONGEST_SHORT = 12
_GOES_ON = "》】”’」』）)。！？!?；…."  # behind a mark these go on with it
_OPENERS = "“‘「『（(【《〈[{\"'<"
_PAIRS = ("“”", "「」", "『』", "（）", "()", "《》", "【】")


def count_columns(text: str) -> int:
    """Count the columns that text takes."""
    if _SIMPLE.fullmatch(text):
        return _count_simple(text)
    return sum(columns for _, columns in _graphemes(text))


def _count_simple(text: str) -> int:
    """Count the columns of text of which each character is a grapheme."""
    beyond_ascii = (len(text.encode()) - len(text)) // 2
    return len(text) + beyond_ascii - len(_NARROW.findall(text))


def cut_text(text: str, width: int) -> str:
    """Cut plain text to `width` columns at the place a person would choose.

    Whole sentences when they fill a third of the width; else the last clause of its second half; else whole
    words, or graphemes in scripts without blanks. What ends before its sentence does takes `…`, which counts.

    Returns:
        A beginning of `text`, with or without `…`; all of it when it fits; "" when not even `…` fits.
    """
    fitting = _fit(text, width)
    if fitting == len(text):
        return text
    end = _last_sentence(text, fitting)
    if end and count_columns(text[:end]) * 3 >= width:
        return text[:end]
    if width < 1:
        return ""
    room = _fit(text, width - 1)
    clause = max((mark.start() for mark in _CLAUSE.finditer(text, 0, room)), default=0)
    if clause * 2 < room:
        clause = _last_word(text, room)
    for entity in _ENTITY.finditer(text, 0, room + 10):
        if entity.start() < clause < entity.end():
            clause = entity.start()
    return text[:clause].rstrip(" ，、；：,:—–-" + _OPENERS) + "…"


def split_sentences(text: str) -> list[str]:
    """Split folded text behind each sentence end; joined by "" the parts are the text again."""
    if _PLAIN.fullmatch(text):
        return _PLAIN_SENTENCE.findall(text)
    ends = [_behind_blanks(text, end) for end in _ends(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _behind_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def _fit(text: str, width: int) -> int:
    """Count the characters of the longest beginning of whole graphemes within `width` columns."""
    if len(text) * 2 <= width:
        return len(text)
    simple = _SIMPLE.match(text, 0, max(0, width) + 1)
    fitting = columns = 0
    if simple and (simple.end() > width or simple.end() == len(text)):
        while columns < width and fitting < len(text):
            end = min(fitting + (width - columns + 1) // 2, len(text))
            columns += _count_simple(text[fitting:end])
            fitting = end
        return fitting - (columns > width >= 0)
    for grapheme, taken in _graphemes(text):
        columns += taken
        if columns > width:
            break
        fitting += len(grapheme)
    return fitting


def _graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield the graphemes of a text, each with the columns that it takes."""
    from wcwidth import iter_graphemes, wcswidth  # takes long to load, and many a build meets only simple texts

    return ((grapheme, max(0, wcswidth(grapheme))) for grapheme in iter_graphemes(text))


@cache
def _wide() -> re.Pattern[str]:
    """Match a wide character; compiled when a mark first stands where the next character tells what it is."""
    return re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]")


def _last_sentence(text: str, limit: int) -> int:
    """Find the last sentence end within `limit` characters, rather outside quotes than inside; 0 for none."""
    ends = [end for end in _ends(text, limit) if end <= limit]
    for end in reversed(ends):
        if all(text.count(pair[0], 0, end) <= text.count(pair[1], 0, end) for pair in _PAIRS):
            return end if end * 2 >= ends[-1] else ends[-1]
    return ends[-1] if ends else 0


def _ends(text: str, limit: int | None = None) -> Iterator[int]:
    """Yield the place behind each sentence end, closing quotes and brackets included."""
    for match in _MARKS.finditer(text, 0, len(text) if limit is None else limit):
        end = match.end("mark")
        for closer in match["closers"]:
            if closer in "\"'" and not _closes(text, match.start(), end, closer):
                break
            end += 1
        following = text[end : end + 1]
        if _is_end(text, match.start(), match["mark"], following):
            yield end


def _closes(text: str, mark: int, place: int, quote: str) -> bool:
    """Tell whether a straight quote behind a sentence's mark closes rather than opens."""
    following = text[place + 1 : place + 2]
    return not following or following in " \"'”’)" or text.count(quote, 0, mark) % 2 == 1


def _is_end(text: str, start: int, mark: str, following: str) -> bool:
    if following and (following in _GOES_ON or not (following.isascii() or _is_boundary(mark[-1] + following))):
        return False
    if any(character in "。！？；" for character in mark):
        return True
    if mark[0] == "…" or mark.startswith(".."):
        return not following or following == " "
    if "!" in mark or "?" in mark or "…" in mark:
        return not following or following == " " or _wide().match(following) is not None
    if not following:
        return True
    before = text[max(0, start - _LONGEST_SHORT) : start]
    if following != " ":
        return bool(_wide().match(before[-1:]) and _wide().match(following))
    behind = text[start + 1 : start + 9]
    if before[-1:].isdigit() and (
        _ORDINAL.search(before) or (_MONTH.match(behind) and re.search(r"\b\d{1,2}$", before))
    ):
        return False
    return not (behind.lstrip(" ”’)\"'")[:1].islower() or _SHORT.search(before))


def _last_word(text: str, limit: int) -> int:
    """Find the last place within `limit` that is inside no word; `limit` when a single word fills it."""
    place = limit
    while place > 0 and not _is_gap(text, place):
        place -= 1
    return place or limit


def _is_gap(text: str, place: int) -> bool:
    """Tell whether a word may end before `place`: at a blank, or beside a wide character."""
    if place >= len(text):
        return True
    pair = text[place - 1 : place + 1]
    return (" " in pair or _wide().search(pair) is not None) and _is_boundary(pair)


def _is_boundary(pair: str) -> bool:
    """Tell whether two neighbouring characters belong to two graphemes."""
    return _SIMPLE.fullmatch(pair) is not None or next(_graphemes(pair))[0] != pair
