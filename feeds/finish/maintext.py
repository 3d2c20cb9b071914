"""Where the mass of an article's text stands, and whether a block beside it speaks of the same things.

The paragraphs of an article share a place in their page: the same elements, the same classes. What a publisher
puts around them has another place, is short, or speaks of other things than the title and the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from feeds.finish.prose import match_key
from feeds.finish.rules import is_apart, is_hinted
from feeds.model import Block, BlockKind

# The mark comes first, and behind it what must stand before it: so it is looked for at a stretch.
_SENTENCE = re.compile(
    r"[。！？!?…।።։؟.](?:(?<!\.)[”’」』）)\]\"'»]*(?:\s|$|[^\s\d])"
    r"|(?<=[^\W\d]\.)[”’)\]\"'»]*(?:\s|$)|(?<=\d\.)[”’\")»]*$)"
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


class MainText:
    """What is known of the mass of one article's text; worked out as far as somebody asks."""

    def __init__(self, title: str, blocks: Sequence[Block], is_foreign: Callable[[str], bool]) -> None:
        """Take what `find_main_text` takes."""
        self._title = title
        self._blocks = blocks[:MOST_BLOCKS]
        self._is_foreign = is_foreign

    @cached_property
    def trails(self) -> frozenset[str]:
        """Places that hold it; empty when no block is prose."""
        return self._leading_trail() or self._heaviest_trails()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Of its blocks, as far as they are weighed; case folded."""
        return tuple(text.casefold() for text in self._carrying)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """What the title speaks of."""
        return words_of(self._title)

    @cached_property
    def is_prose(self) -> bool:
        """Consists of sentences for the most part: verses, lyrics and lists do not."""
        inside = (one.block for one in self._weighed if one.block.trail in self.trails)
        all_of_it = sum(min(len(block.text), _WEIGHED) for block in inside if not self._is_foreign(block.text))
        return 2 * sum(map(len, self._carrying)) >= all_of_it

    def holds(self, block: Block) -> bool:
        """Tell whether a block stands where the mass of the text stands."""
        return block.trail in self.trails

    def stands_by(self, block: Block) -> bool:
        """Tell whether a block stands among the main text, in an element of the same kind but of another class."""
        return any(_without_class(block.trail) == _without_class(trail) for trail in self.trails)

    def likeness(self, text: str, *, is_inside: bool, enough: float = 1.0) -> float:
        """Answer the share of a text's words that the title or the rest of the main text speak of too, 0 to 1.

        Args:
            text: A block or sentence.
            is_inside: It is a part of the main text.
            enough: A share from which it does not matter how large it is.
        """
        words = words_of(text)
        known = len(words & self.title_words)
        for word in words - self.title_words:
            if known / len(words) >= enough:
                break
            known += self._speaks_of(word, 1 + is_inside)
        return known / len(words) if words else 0.0

    def _speaks_of(self, word: str, times: int) -> bool:
        """Tell whether so many of the blocks speak of something."""
        for text in self.texts:
            if word in text and (_is_pair(word) or word in words_of(text)):
                times -= 1
                if not times:
                    return True
        return False

    @cached_property
    def _weighed(self) -> tuple[_Weighed, ...]:
        """Blocks that may be main text, whether they are foreign or not."""
        title_key = match_key(self._title)
        return tuple(
            [_weigh(block, title_key) for block in self._blocks if block.kind in _RUNNING and not block.is_hidden]
        )

    @cached_property
    def _carrying(self) -> frozenset[str]:
        carriers = (one.block for one in self._weighed if one.is_carrier and one.block.trail in self.trails)
        return frozenset(block.text[:_WEIGHED] for block in carriers if not self._is_foreign(block.text))

    def _leading_trail(self) -> frozenset[str]:
        """Answer the one place that outweighs all others whatever is foreign there; empty where that is not plain.

        Whether a text is foreign is slow to tell: here a block or two of most articles are asked.
        """
        plain, hinted = _masses_of(self._weighed)
        leading = max(plain, key=lambda trail: plain[trail], default="")
        beside = max((mass for trail, mass in plain.items() if trail != leading), default=0)
        sure = 0
        for one in self._weighed:
            if one.is_carrier and not one.is_hinted and one.block.trail == leading:
                sure += 0 if self._is_foreign(one.block.text) else one.mass
                if beside < _BESIDE * sure and max(hinted.values(), default=0) <= _OUTWEIGHED * sure:
                    return frozenset({leading})
        return frozenset()

    def _heaviest_trails(self) -> frozenset[str]:
        plain, hinted = _masses_of(one for one in self._weighed if one.mass and not self._is_foreign(one.block.text))
        if not plain and not hinted:
            for block in self._blocks:
                if block.kind is BlockKind.QUOTE and not self._is_foreign(block.text) and _may_carry(block):
                    plain[block.trail] += min(len(block.text), _WEIGHED)
        masses = hinted if max(hinted.values(), default=0) > _OUTWEIGHED * max(plain.values(), default=_FEW) else plain
        most = max(masses.values(), default=0)
        return frozenset(trail for trail, mass in masses.items() if mass >= _BESIDE * most)


def find_main_text(
    title: str, blocks: Sequence[Block], is_foreign: Callable[[str], bool] = lambda text: False
) -> MainText:
    """Find the places with the greatest mass of prose.

    Args:
        title: The article's.
        blocks: The first `MOST_BLOCKS` of its body; further ones are not looked at.
        is_foreign: Tells a text that counts for nothing wherever it stands; asked of no more texts than it takes.
    """
    return MainText(title, blocks, is_foreign)


class _Weighed(NamedTuple):
    """One block, and what it says of where it stands."""

    block: Block
    mass: int
    is_carrier: bool
    """Prose, so that its place may be that of the text."""
    is_hinted: bool
    """A name speaks against it."""


def _weigh(block: Block, title_key: str) -> _Weighed:
    hinted, carries = is_hinted(block.hints), _may_carry(block)
    if carries:
        mass = min(len(block.text), _WEIGHED)
    else:
        mass = _WEIGHED if not hinted and match_key(block.text) == title_key else 0
    return _Weighed(block, mass, carries, hinted)


def _masses_of(weighed: Iterable[_Weighed]) -> tuple[defaultdict[str, int], defaultdict[str, int]]:
    """Add up what stands in each place: where nothing speaks against it, and where a name does."""
    plain: defaultdict[str, int] = defaultdict(int)
    hinted: defaultdict[str, int] = defaultdict(int)
    for one in weighed:
        if one.mass:
            (hinted if one.is_hinted else plain)[one.block.trail] += one.mass
    return plain, hinted


def _without_class(trail: str) -> tuple[str, str]:
    around, _, own = trail.rpartition(" ")
    return around, own.partition(".")[0]


def _may_carry(block: Block) -> bool:
    return block.linked < 0.5 and is_prose(block.text) and not is_apart(block.hints)


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """Answer what a text speaks of: words of five letters and more, pairs of Chinese characters, Korean stems."""
    found: set[str] = set()
    for word in _word().findall(text.casefold()):
        if "\uac00" <= word[0] <= "\ud7a3":
            if len(word) > 1:
                found.add(word[:2])
        elif "\u3400" <= word[0] <= "\u9fff" or word[0] >= "\U00020000":
            found.update(_pairs(word))
        elif word not in _STOP:
            found.add(word[:7])
    return frozenset(found)


@cache
def _word() -> re.Pattern[str]:
    """Match what may be a word; compiled when a block is first compared with another, which most bodies do without."""
    return re.compile(
        r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[\uac00-\ud7a3]+|[\u30a0-\u30ff]{3,}"
        r"|[^\W\d_\u3040-\u9fff\uac00-\ud7a3]{5,}"
    )


def _is_pair(word: str) -> bool:
    """Tell whether a word is a pair of Chinese characters: a text speaks of it wherever it holds them."""
    return "\u3400" <= word[0] <= "\u9fff"


def _pairs(word: str) -> Iterable[str]:
    return (word[place : place + 2] for place in range(len(word) - 1))
