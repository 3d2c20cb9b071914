"""Every file of the archive as it was read: now, or by an earlier build where it has not changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from feeds.config import Config
from feeds.errors import ArchiveError
from feeds.model import Reading
from feeds.normalise import CardRules
from feeds.pipeline.batches import Batches, FileWanted, read_files
from feeds.pipeline.fingerprints import fingerprint, stamp_of
from feeds.scan import ARTICLE_SUFFIXES, Scan, scan_archive
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
    is_comparable: bool
    """Those of before were made by the same program and rules."""


def scan_folder(config: Config) -> Scan:
    """List the archive's files.

    Raises:
        ArchiveError: It cannot be listed, is the output, or holds no article.
    """
    if config.archive.resolve() == config.output.resolve():
        raise ArchiveError(
            "archive and output are the same folder",
            path=str(config.archive),
            hint="Write elsewhere: feeds build ARCHIVE -o OUTPUT",
        )
    scan = scan_archive(config.archive, include=config.include, exclude=config.exclude, output=config.output)
    if not scan.articles:
        raise ArchiveError(
            "no article in it",
            path=str(config.archive),
            hint=f"Articles are files that end in {' '.join(sorted(ARTICLE_SUFFIXES))}; "
            "include and exclude choose among them.",
        )
    return scan


def stamps_of(scan: Scan, settled_before: int | None) -> dict[str, Stamp | None]:
    """Answer what the file system says of each file.

    Args:
        scan: The files.
        settled_before: Nanoseconds since the epoch. What changed later may change again within one tick of the
            file system's clock, unseen: it gets None, and is read again next time. None trusts every file.
    """
    return {
        file.path: stamp_of(file)
        if settled_before is None or max(file.mtime_ns, file.ctime_ns) < settled_before
        else None
        for file in scan.articles
    }


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
    for path, reading in fresh.items():
        before = kept.get(path)
        if reading.body_hash is None and before is not None and before.reading.body_hash is not None:
            fresh[path] = replace(reading, body_hash=before.reading.body_hash)
    now |= fresh
    return Readings(
        now={path: now[path] for path in sorted(now)},
        before={path: one.reading for path, one in kept.items()},
        fresh=fresh,
        is_comparable=is_comparable,
    )
