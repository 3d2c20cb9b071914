"""Where the mass of an article's text stands, and whether a block beside it speaks of the same things.

The paragraphs of an article share a place in their page: the same elements, the same classes. What a publisher
puts around them has another place, is short, or speaks of other things than the title and the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from feeds.finish.prose import match_key
from feeds.finish.rules import is_apart, is_hinted
from feeds.model import Block, BlockKind

_SENTENCE = re.compile(
    r"[。！？!?…।።։؟][”’」』）)\]\"'»]*(?:\s|$|[^\s\d])|[^\W\d][.][”’)\]\"'»]*(?:\s|$)|\d\.[”’\")»]*$"
)
_WORD = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[\uac00-\ud7a3]+|[\u30a0-\u30ff]{3,}|[^\W\d_\u3040-\u9fff\uac00-\ud7a3]{5,}"
)
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.BARE)
_LONG = 80
"""Characters from which a text needs no mark at its end to be prose."""
_WEIGHED = 400
"""Characters of a block that count and are read at most: one long block makes no article."""
_OUTWEIGHED = 3
"""How many times more text must stand where a name speaks against it than elsewhere, to be the main text."""
_FEW = 100
"""Characters of other text that are taken for granted in that."""
_BESIDE = 0.34
"""Share of the largest mass from which a place holds main text too."""
MOST_BLOCKS = 40
"""Blocks from the beginning that are looked at: enough to tell where the text of any article stands."""
_STOP = frozenset({
    "about", "after", "again", "among", "because", "before", "being", "between", "could", "every", "first", "other",
    "people", "should", "since", "still", "their", "there", "these", "thing", "things", "those", "through", "today",
    "under", "until", "where", "which", "while", "without", "would", "years", "einer", "eines", "nicht", "werden",
    "wurde", "dieser", "diese", "cette", "leurs",
})  # fmt: skip
"""Long words that say nothing of what a text is about."""


def is_prose(text: str) -> bool:
    """Tell whether a text holds a sentence, or is too long to be a label."""
    return len(text) >= _LONG or _SENTENCE.search(text) is not None


@dataclass(frozen=True, slots=True)
class MainText:
    """What is known of the mass of one article's text."""

    trails: frozenset[str]
    """Places that hold it; empty when no block is prose."""
    texts: tuple[str, ...]
    """Of its blocks, as far as they are weighed; case folded."""
    title_words: frozenset[str]
    """What the title speaks of."""
    is_prose: bool
    """Consists of sentences for the most part: verses, lyrics and lists do not."""

    def holds(self, block: Block) -> bool:
        """Tell whether a block stands where the mass of the text stands."""
        return block.trail in self.trails

    def stands_by(self, block: Block) -> bool:
        """Tell whether a block stands among the main text, in an element of the same kind but of another class."""
        return any(_without_class(block.trail) == _without_class(trail) for trail in self.trails)

    def likeness(self, text: str, *, is_inside: bool) -> float:
        """Answer the share of a text's words that the title or the rest of the main text speak of too, 0 to 1.

        Args:
            text: A block or sentence.
            is_inside: It is a part of the main text.
        """
        words = words_of(text)
        known = sum(word in self.title_words or self._speaks_of(word, 1 + is_inside) for word in words)
        return known / len(words) if words else 0.0

    def _speaks_of(self, word: str, times: int) -> bool:
        """Tell whether so many of the blocks speak of something."""
        for text in self.texts:
            if word in text and (_is_pair(word) or word in words_of(text)):
                times -= 1
                if not times:
                    return True
        return False


def find_main_text(
    title: str, blocks: Sequence[Block], is_foreign: Callable[[str], bool] = lambda text: False
) -> MainText:
    """Find the places with the greatest mass of prose.

    Args:
        title: The article's.
        blocks: The first `MOST_BLOCKS` of its body; further ones are not looked at.
        is_foreign: Tells a text that counts for nothing wherever it stands.
    """
    plain: defaultdict[str, int] = defaultdict(int)
    hinted: defaultdict[str, int] = defaultdict(int)
    considered = [
        block
        for block in blocks[:MOST_BLOCKS]
        if block.kind in _RUNNING and not block.is_hidden and not is_foreign(block.text)
    ]
    carriers = []
    title_key = match_key(title)
    for block in considered:
        masses = hinted if is_hinted(block.hints) else plain
        if _may_carry(block):
            carriers.append(block)
            masses[block.trail] += min(len(block.text), _WEIGHED)
        elif masses is plain and match_key(block.text) == title_key:
            masses[block.trail] += _WEIGHED
    if not plain and not hinted:
        for block in blocks[:MOST_BLOCKS]:
            if block.kind is BlockKind.QUOTE and not is_foreign(block.text) and _may_carry(block):
                plain[block.trail] += min(len(block.text), _WEIGHED)
    masses = hinted if max(hinted.values(), default=0) > _OUTWEIGHED * max(plain.values(), default=_FEW) else plain
    most = max(masses.values(), default=0)
    trails = frozenset(trail for trail, mass in masses.items() if mass >= _BESIDE * most)
    texts = {block.text[:_WEIGHED] for block in carriers if block.trail in trails}
    all_of_it = sum(min(len(block.text), _WEIGHED) for block in considered if block.trail in trails)
    return MainText(
        trails=trails,
        texts=tuple(text.casefold() for text in texts),
        title_words=words_of(title),
        is_prose=2 * sum(map(len, texts)) >= all_of_it,
    )


def _without_class(trail: str) -> tuple[str, str]:
    around, _, own = trail.rpartition(" ")
    return around, own.partition(".")[0]


def _may_carry(block: Block) -> bool:
    return block.linked < 0.5 and is_prose(block.text) and not is_apart(block.hints)


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """Answer what a text speaks of: words of five letters and more, pairs of Chinese characters, Korean stems."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if "\uac00" <= word[0] <= "\ud7a3":
            if len(word) > 1:
                found.add(word[:2])
        elif "\u3400" <= word[0] <= "\u9fff" or word[0] >= "\U00020000":
            found.update(_pairs(word))
        elif word not in _STOP:
            found.add(word[:7])
    return frozenset(found)


def _is_pair(word: str) -> bool:
    """Tell whether a word is a pair of Chinese characters: a text speaks of it wherever it holds them."""
    return "\u3400" <= word[0] <= "\u9fff"


def _pairs(word: str) -> Iterable[str]:
    return (word[place : place + 2] for place in range(len(word) - 1))
