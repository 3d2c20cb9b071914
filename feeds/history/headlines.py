"""Which new files are corrected headlines: the same text in the same place under another title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from feeds.model import CategoryPath, Reading

_Place = tuple[str, tuple[CategoryPath, ...], int]


def find_corrections(
    new: Mapping[str, Reading],
    old: Callable[[int], Iterable[Reading]],
    *,
    hash_of: Callable[[str], str | None],
    is_telling: Callable[[str], bool],
) -> dict[str, str]:
    """Pair new files with older ones whose headline they correct.

    Args:
        new: Read for the first time.
        old: Answers the files that were read before, are still there, and whose body has so many bytes.
        hash_of: Answers the hash of a file's body.
        is_telling: Tells whether the text of a file is its own: neither short nor formulaic.

    Returns:
        The older path by the new one; nothing that is ambiguous in either direction.
    """
    wanted: defaultdict[_Place, list[str]] = defaultdict(list)
    for path, reading in new.items():
        if reading.body_hash and (place := _place(reading)):
            wanted[place].append(path)
    standing: defaultdict[tuple[_Place, str], list[Reading]] = defaultdict(list)
    for size in {size for _, _, size in wanted}:
        for reading in old(size):
            place = _place(reading)
            if place in wanted and place is not None and (text := reading.body_hash or hash_of(reading.path)):
                standing[place, text].append(reading)
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for place, paths in wanted.items():
        for path in paths:
            candidates = standing.get((place, new[path].body_hash or ""), [])
            if len(candidates) == 1 and candidates[0].card.title != new[path].card.title and is_telling(path):
                claims[candidates[0].path].append(path)
    return {paths[0]: older for older, paths in claims.items() if len(paths) == 1}


def _place(reading: Reading) -> _Place | None:
    """Say where an article stands, and how long it is: of other lengths no two texts are equal."""
    card = reading.card
    return (card.publisher, card.chains, reading.body_size) if not card.is_draft else None
