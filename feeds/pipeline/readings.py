"""Every file of the archive as it was read: now, or by an earlier build where it has not changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from feeds.config import Config
from feeds.model import Reading
from feeds.normalise import CardRules
from feeds.pipeline.batches import Batches, FileWanted, read_files
from feeds.pipeline.fingerprints import fingerprint
from feeds.scan import Scan
from feeds.state import KeptReading, Run, Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What reading an archive gave."""

    now: Mapping[str, Reading]
    """Of every file of today that is there and could be opened, by path, in code point order."""
    before: Mapping[str, Reading]
    """Of every file of the last build, by path."""
    fresh: Mapping[str, Reading]
    """Those of now that were made now."""
    unreachable: frozenset[str]
    """Paths of before that may still be there: they, or a folder above them, cannot be read."""
    is_comparable: bool
    """Those of before were made by the same program and rules."""


def fingerprint_of_rules(rules: CardRules) -> str:
    """Answer a fingerprint of the rules by which cards are made."""
    return fingerprint(rules)


def read_archive(
    config: Config,
    scan: Scan,
    rules: CardRules,
    *,
    kept: Mapping[str, KeptReading],
    run: Run | None,
    program: str,
    stamps: Mapping[str, Stamp | None],
    batches: Batches,
) -> Readings:
    """Read what has changed since the last build, and take the rest from there."""
    is_comparable = run is not None and (run.program, run.rules) == (program, fingerprint_of_rules(rules))
    now: dict[str, Reading] = {}
    wanted = []
    for file in scan.articles:
        before = kept.get(file.path)
        is_same = before is not None and before.stamp is not None and before.stamp == stamps[file.path]
        if before is not None and is_same and is_comparable:
            now[file.path] = before.reading
        else:
            wanted.append(FileWanted(path=file.path, is_whole=bool(kept) and not is_same))
    fresh: dict[str, Reading] = {}
    for batch in batches.run("reading articles", partial(read_files, config.archive, rules), wanted):
        fresh |= {reading.path: reading for reading in batch}
    written = {path for path, reading in fresh.items() if reading.is_cut and stamps[path] is None}
    for path in written:  # while somebody writes it, a file is as it was before, and a new one is not there yet
        del fresh[path]
        if path in kept:
            fresh[path] = kept[path].reading
    for path, reading in fresh.items():
        before = kept.get(path)
        if reading.body_hash is None and before is not None and before.reading.body_hash is not None:
            fresh[path] = replace(reading, body_hash=before.reading.body_hash)
    now |= fresh
    closed = tuple(f"{problem.path}/" for problem in scan.problems if problem.path)
    unreachable = {path for path in kept if path not in now and f"{path}/".startswith(closed)}
    unreachable |= {path for path, reading in fresh.items() if reading.card is None}
    return Readings(
        now={path: now[path] for path in sorted(now)},
        before={path: one.reading for path, one in kept.items()},
        fresh={path: reading for path, reading in fresh.items() if path not in unreachable},
        unreachable=frozenset(unreachable),
        is_comparable=is_comparable,
    )
