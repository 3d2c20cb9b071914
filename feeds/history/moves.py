"""Which new files are old ones that moved: by their text, else by what their front matter states, never by a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from posixpath import basename

from msgspec.structs import replace

from feeds.history.archive import Articles
from feeds.history.births import Births
from feeds.model import Move, Reading

_FEWEST = 2
"""Files that must have moved alike before a folder has."""


def find_moves(gone: Mapping[str, Reading], new: Mapping[str, Reading]) -> dict[str, str]:
    """Pair vanished files with new ones of equal body, else title, date and publisher or length; unambiguous both ways.

    Returns:
        The old path by the new one.
    """
    found: dict[str, str] = {}
    for key_of in (_body, _article, _headline, _length):
        left, right = _by_key(gone, key_of, found.values()), _by_key(new, key_of, found)
        for key, paths in right.items():
            if len(paths) == 1 and len(left.get(key, ())) == 1:
                found[paths[0]] = left[key][0]
    return found


def with_moves(
    moves: Mapping[str, Move], found: Mapping[str, str], gone: Collection[str], births: Births, paths: Articles
) -> tuple[dict[str, Move], set[str]]:
    """Remember moves that were found: of a folder that moved as a whole in one line.

    Args:
        moves: Remembered so far.
        found: From `find_moves`.
        gone: Paths of all vanished files.
        births: Of the files of the last build.
        paths: Of all files of today.

    Returns:
        All that is remembered of moves, and the paths of the files that moved now.
    """
    known = dict(moves)  # a file that is gone may come back: crawlers write files anew
    went = dict(found)
    covered: set[str] = set()
    for new, old in _folders(found, gone, paths):
        inside = {path: old + path.removeprefix(new) for path in paths.under(new)}
        came = {path: before for path, before in inside.items() if before in gone}
        went |= came
        origin = known[old].origin if old in known else old
        plain = {path for path, before in came.items() if births.of(before) == origin + path.removeprefix(new)}
        if len(plain) >= _FEWEST and not births.paths.present(inside):
            known.pop(old, None)
            known[new] = Move(origin=origin)
            covered |= plain
    left = set(went.values())
    known = {path: move for path, move in known.items() if path not in left}
    known |= {
        new: Move(origin=births.of(old), replaces=_replaced_by(old, moves))
        for new, old in went.items()
        if new not in covered
    }
    now = {old: new for new, old in went.items()}
    kept = {
        path: replace(move, replaces=now.get(move.replaces, move.replaces)) if move.replaces else move
        for path, move in known.items()
        if move.origin != path
    }
    return kept, set(went)


def _replaced_by(path: str, moves: Mapping[str, Move]) -> str | None:
    move = moves.get(path)
    return move.replaces if move else None


def _body(reading: Reading) -> Hashable:
    return reading.body_hash or None


def _article(reading: Reading) -> Hashable:
    return (reading.body_hash, reading.card.publisher, reading.card.title) if reading.body_hash else None


def _headline(reading: Reading) -> Hashable:
    card = reading.card
    return None if card.published is None else (card.publisher, card.title, card.published)


def _length(reading: Reading) -> Hashable:
    """Without an author, the publisher is the folder, which is another one now."""
    card = reading.card
    if card.published is None or not reading.body_size:
        return None
    return card.title, card.published, reading.body_size


def _by_key(
    readings: Mapping[str, Reading], key_of: Callable[[Reading], Hashable], done: Iterable[str]
) -> dict[Hashable, list[str]]:
    paths: defaultdict[Hashable, list[str]] = defaultdict(list)
    matched = set(done)
    for path, reading in readings.items():
        if path not in matched and (key := key_of(reading)) is not None:
            paths[key].append(path)
    return paths


def _folders(found: Mapping[str, str], gone: Collection[str], paths: Articles) -> Iterator[tuple[str, str]]:
    """Yield the pairs of folders, new and old, of which files of the same names went from one to the other.

    At least two of them, and half, must have been found to have moved; the outermost folders come first.
    """
    pairs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for new, old in found.items():
        for pair in _pairs(new, old):
            pairs[pair] += 1
    covered: list[str] = []
    for (new, old), count in sorted(pairs.items(), key=lambda item: (len(item[0][0]), item[0])):
        if count < _FEWEST or new.startswith(tuple(covered)):
            continue
        came = sum(old + path.removeprefix(new) in gone for path in paths.under(new))
        if came <= count * 2:
            covered.append(new)
            yield new, old


def _pairs(new: str, old: str) -> Iterator[tuple[str, str]]:
    """Yield the folders whose renaming would lead from one path to another, the innermost first."""
    while new and old and basename(new) == basename(old):
        new, old = new[: -len(basename(new))], old[: -len(basename(old))]
        if not new or not old or new == old:
            return
        yield new, old
        new, old = new[:-1], old[:-1]
