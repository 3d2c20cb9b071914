"""Which texts of a publisher recur, found without making the keys of all of them.

Most texts are said once. Texts that share a key begin alike, and to see how a text begins costs little: keys are
made of those texts alone that begin as enough others do. Which of the keys recur is told by the keys themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeAlias

from feeds.finish.frames import (
    LONGEST_NOTICE,
    STATED,
    frames_of,
    frames_of_sentence,
    has_number,
    is_label,
    without_numbers,
)
from feeds.finish.prose import HEAD, match_heads, match_key

Shown: TypeAlias = Mapping[str, Set[str]]
"""Texts, and the titles under which each is shown."""

_EDGE = 4
"""Letters at either end that texts share which are alike but for what stands between; at most `HEAD`."""
_BARE = 6
"""Letters with which texts begin that are alike but for numbers, as far as they have so many; at most `HEAD`."""
_VARYING = re.compile(r"[\da-z〇零一二三四五六七八九十百千星期周日天]+")
"""In a key, all that numbers, dates and names of months are written with: what a frame leaves out, and more."""


def recurring_frames(texts: Shown, sentences: Shown, *, enough: int, enough_loose: int) -> Mapping[str, Set[str]]:
    """Answer keys, and the titles that have them: all keys that enough titles have, and some others.

    Args:
        texts: Whole texts.
        sentences: Those of texts that hold several.
        enough: Titles from which equal texts recur.
        enough_loose: Titles from which texts recur that are alike but for something.
    """
    every = (*texts, *sentences)
    surplus = _surplus(texts, sentences)
    heads = match_heads(every)
    beginnings = _beginnings(every, heads)
    wanted = {
        *_alike(every, beginnings, surplus, enough)[0],
        *_alike_but_within(tuple(texts), beginnings, surplus, enough_loose),
        *_alike_but_for_numbers(every, heads, surplus, enough_loose),
        *filter(is_label, texts),
    }
    found: dict[str, Set[str]] = {}
    for shown, keys_of in ((texts, frames_of), (sentences, frames_of_sentence)):
        for text in wanted & shown.keys():
            show(found, keys_of(text), shown[text])
    return found


def recurring_descriptions(descriptions: Shown, *, enough: int) -> Mapping[str, Set[str]]:
    """Answer the keys of descriptions, as `recurring_frames` does those of texts."""
    every = tuple(descriptions)
    surplus = _surplus(descriptions)
    found: dict[str, Set[str]] = {}
    for text in _alike(every, _beginnings(every, match_heads(every)), surplus, enough)[0]:
        show(found, (STATED + match_key(text),), descriptions[text])
    return found


def show(shown: dict[str, Set[str]], things: Iterable[str], titles: Set[str]) -> None:
    """Note that things are shown under titles."""
    for thing in things:
        known = shown.get(thing)
        shown[thing] = titles if known is None else known | titles


_Surplus: TypeAlias = Mapping[str, int]
"""How many more titles than one texts have, of those that have several; the most, of one shown in several ways."""


def _surplus(*several: Shown) -> _Surplus:
    surplus: dict[str, int] = {}
    for shown in several:
        for text, titles in shown.items():
            if len(titles) > 1:
                surplus[text] = max(len(titles) - 1, surplus.get(text, 0))
    return surplus


def _beginnings(texts: Sequence[str], heads: Iterable[str | None]) -> list[str]:
    return [match_key(text)[:HEAD] if head is None else head for text, head in zip(texts, heads, strict=True)]


def _alike(texts: Sequence[str], looks: Sequence[str], surplus: _Surplus, enough: int) -> tuple[list[str], list[str]]:
    """Answer the texts that look as enough others do, and how each looks.

    A text that is shown in two ways stands there twice, with the most titles each time: too many are counted, none
    too few.
    """
    counts = Counter(looks)
    for text, look in zip(texts, looks, strict=True):
        if text in surplus:
            counts[look] += surplus[text]
    chosen = {look for look, count in counts.items() if count >= enough}
    kept = [place for place, look in enumerate(looks) if look in chosen]
    return [texts[place] for place in kept], [looks[place] for place in kept]


def _alike_but_within(texts: Sequence[str], beginnings: Sequence[str], surplus: _Surplus, enough: int) -> Iterable[str]:
    """Answer the texts that begin and end as enough others do."""
    begun, looks = _alike(texts, [one[:_EDGE] for one in beginnings[: len(texts)]], surplus, enough)
    tails = match_heads([text[::-1] for text in begun])
    both = [
        f"{look}|{(match_key(text)[::-1] if tail is None else tail)[:_EDGE]}"
        for text, look, tail in zip(begun, looks, tails, strict=True)
    ]
    return _alike(begun, both, surplus, enough)[0]


def _alike_but_for_numbers(
    texts: Sequence[str], heads: Sequence[str | None], surplus: _Surplus, enough: int
) -> Iterable[str]:
    """Answer the texts with numbers that without them begin as enough others do."""
    short = [place for place, text in enumerate(texts) if len(text) <= LONGEST_NOTICE]
    bare = _VARYING.sub("", "\n".join([heads[place] or "" for place in short])).split("\n")
    begun, looks = [], []
    for place, look in zip(short, bare, strict=False):
        if len(look) < _BARE:
            if not has_number(texts[place]):
                continue
            look = _VARYING.sub("", match_key(without_numbers(texts[place])[0]))
        begun.append(texts[place])
        looks.append(look[:_BARE])
    return filter(has_number, _alike(begun, looks, surplus, enough)[0])
