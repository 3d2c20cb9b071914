"""What has changed in an archive since the last build is read, and the register takes it in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from feeds.choose import microseconds
from feeds.config import Config
from feeds.errors import Problem, ProblemKind
from feeds.model import Card, Reading
from feeds.normalise import CardRules
from feeds.pipeline.articles import Before, Today
from feeds.pipeline.batches import Batches, FilesRead, FileWanted, read_files
from feeds.pipeline.fingerprints import fingerprint
from feeds.pipeline.scanning import Snapshot, split_path
from feeds.scan import UNKNOWN, Folder
from feeds.state import KeptFolder, Register, Registered, Row, Standing, State

_FOLDERS = 500
"""Folders that are compared with what is kept at once."""


class Readings(Struct, frozen=True, kw_only=True):
    """What reading an archive gave."""

    today: Today
    """Of every file of today that is there and could be opened."""
    before: Before
    """Of every file of the last build."""
    is_known: bool
    """There was a last build, and what it read is known."""
    is_comparable: bool
    """That was made by the same program and rules."""
    changed: set[str]
    """Paths of files that came, went, or were read as something else; at the first build of those without a date."""
    lost_ids: set[str]
    """Ids that those had."""
    unreachable: frozenset[str]
    """Paths of files that were there and may still be: they, or a folder above them, cannot be read."""
    unread: Mapping[str, tuple[Problem, ...]]
    """Why some files cannot be read, by path."""
    troubled: set[str]
    """Paths of files of which there is, or was, something to tell: read anew, or gone without ever being read."""
    folders: Mapping[str, KeptFolder | None]
    """What is to be kept of folders; None for those that are gone."""
    unsettled: Set[str]
    """Paths of those of them with files that have to be looked at again."""
    has_vanished: bool
    """Some of those were there, and were gone when they were to be read."""


def fingerprint_of_rules(rules: CardRules) -> str:
    """Answer a fingerprint of the rules by which cards are made."""
    return fingerprint(rules)


def read_archive(
    config: Config,
    snapshot: Snapshot,
    rules: CardRules,
    state: State,
    *,
    program: str,
    batches: Batches,
) -> Readings:
    """Read what has changed since the last build.

    Args:
        config: All settings.
        snapshot: The archive's files.
        rules: By which cards are made.
        state: What the last build left; its register takes the changes in.
        program: Tells this program from one that may make other cards of the same files.
        batches: How work is done.
    """
    run, register = state.run, state.register
    is_comparable = run is not None and (run.program, run.rules) == (program, fingerprint_of_rules(rules))
    kept, marks = run.marks if run is not None else {}, snapshot.marks
    delta = _Delta(
        register=register,
        is_known=not register.is_empty(),
        is_comparable=is_comparable,
        snapshot=snapshot,
    )
    differing = [
        folder
        for folder in snapshot.scan.folders
        if not (is_comparable and marks[folder.path] and kept.get(folder.path) == marks[folder.path])
    ]
    total = sum(len(folder.names) for folder in differing)
    wanted = delta.wanted(differing, state)
    for batch in batches.run("reading articles", partial(read_files, config.archive, rules), wanted, total, FilesRead):
        delta.take(batch)
    delta.miss(state, kept.keys() - marks.keys(), snapshot.scan.problems)
    state.index()
    return Readings(
        today=Today(register),
        before=Before(register, delta.others),
        is_known=delta.is_known,
        is_comparable=is_comparable,
        changed=delta.changed,
        lost_ids=delta.lost_ids,
        unreachable=frozenset(delta.unreachable),
        unread=delta.unread,
        troubled=delta.troubled,
        folders=delta.kept_folders(),
        unsettled=delta.unknown.keys() | delta.vanished.keys(),
        has_vanished=bool(delta.vanished),
    )


class _Delta(Struct, kw_only=True):
    """What changes in the register while files are read."""

    register: Register
    is_known: bool
    is_comparable: bool
    snapshot: Snapshot
    others: dict[str, Reading | None] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    lost_ids: set[str] = field(default_factory=set)
    unreachable: set[str] = field(default_factory=set)
    unread: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    troubled: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    unknown: defaultdict[str, set[str]] = field(default_factory=partial(defaultdict, set))
    """Names of files that are known and cannot be relied on, by folder."""
    vanished: defaultdict[str, set[str]] = field(default_factory=partial(defaultdict, set))
    _asked: set[str] = field(default_factory=set)
    _folders: dict[str, Folder] = field(default_factory=dict)
    _gone_folders: set[str] = field(default_factory=set)

    def wanted(self, folders: list[Folder], state: State) -> Iterator[FileWanted]:
        """Yield the files of some folders that are to be read."""
        for start in range(0, len(folders), _FOLDERS):
            part = folders[start : start + _FOLDERS]
            kept = state.folders(folder.path for folder in part) if self.is_known else {}
            for folder in part:
                before = _stamps_of(folder.path, kept.get(folder.path))
                self._folders[folder.path] = folder
                if unsettled := self.snapshot.unsettled(folder):
                    self.unknown[folder.path].update(unsettled)
                for name, stamp in folder.every_stamp().items():
                    is_same = before.pop(name, b"") == stamp
                    if not (is_same and self.is_comparable):
                        path = folder.path + name
                        self._asked.add(path)
                        yield FileWanted(path=path, is_whole=self.is_known and not is_same)
                self.missing.update(folder.path + name for name in before)

    def take(self, batch: FilesRead) -> None:
        """Take in what reading some files gave."""
        paths = [*(reading.path for reading in batch.readings), *batch.unread]
        self._asked.difference_update(paths)
        before = self._before(paths) if self.is_known else {}
        for path, problems in batch.unread.items():
            self._lose(path, problems, before.get(path))
        fresh = []
        for reading in batch.readings:
            was = before.get(reading.path)
            if reading.problems or (was is not None and was.reading.problems):
                self.troubled.add(reading.path)
            if reading.is_cut and self.snapshot.is_fresh(reading.path):
                self._wait(reading.path, was)  # while somebody writes it, a file is as it was before
            elif was is None or was.standing is Standing.AWAY or was.reading != (reading := _hashed(reading, was)):
                fresh.append(reading)
                self._note(reading.path, was)
                if not self.is_known and reading.card.published is None:
                    self.changed.add(reading.path)
        self.register.put(map(as_read, fresh))

    def miss(self, state: State, folders: Iterable[str], problems: Iterable[Problem]) -> None:
        """Take out what is no longer there, and set aside what may only be out of reach."""
        for path in self._asked:  # it vanished before it was read
            folder, name = split_path(path)
            self.vanished[folder].add(name)
            if folder in self.unknown:
                self.unknown[folder].discard(name)
        self.missing |= self._asked
        for path, kept in state.folders(folders).items():
            self._gone_folders.add(path)
            self.missing.update(path + name for name in _stamps_of(path, kept))
        closed = tuple(f"{problem.path}/" for problem in problems if problem.path)
        before = self._before(self.missing)
        self.troubled |= self.missing - before.keys()
        away = {path for path in before if f"{path}/".startswith(closed)}
        for path in before.keys() - away:
            self._note(path, before[path])
        self.register.remove(before.keys() - away)
        for path in away:
            self._set_aside(path, before[path])
            self._distrust(path)

    def kept_folders(self) -> dict[str, KeptFolder | None]:
        """Answer what is to be kept of folders."""
        return dict.fromkeys(self._gone_folders) | {
            path: self._kept(path) for path in self._folders.keys() | self.unknown.keys()
        }

    def _kept(self, path: str) -> KeptFolder:
        folder = self._folders.get(path)
        if folder is not None and path not in self.unknown and path not in self.vanished:
            return KeptFolder(names="\0".join(folder.names), stamps=folder.stamps)
        stamps = folder.every_stamp() if folder is not None else {}
        for name in self.vanished.get(path, ()):
            del stamps[name]
        stamps |= dict.fromkeys(self.unknown.get(path, ()), UNKNOWN)
        return KeptFolder(names="\0".join(stamps), stamps=b"".join(stamps.values()))

    def _before(self, paths: Iterable[str]) -> dict[str, Registered]:
        return {one.reading.path: one for one in self.register.some(paths)}

    def _note(self, path: str, was: Registered | None) -> None:
        """Remember what was at a path before something else, or nothing, is there."""
        if self.is_known:
            self.others[path] = was.reading if was is not None else None
            self.changed.add(path)
        if was is not None:
            self.lost_ids.add(was.id)

    def _lose(self, path: str, problems: tuple[Problem, ...], was: Registered | None) -> None:
        self.troubled.add(path)
        self.unread[path] = problems
        self._distrust(path)
        self.unreachable.add(path)
        if was is not None:
            self._set_aside(path, was)

    def _wait(self, path: str, was: Registered | None) -> None:
        self._distrust(path)
        self.unread[path] = (_unfinished(path),)
        if was is None:
            self.troubled.discard(path)

    def _set_aside(self, path: str, was: Registered) -> None:
        self.unreachable.add(path)
        if was.standing is not Standing.AWAY:
            self._note(path, was)
            self.register.put([(was.reading, Standing.AWAY, was.published, was.id)])

    def _distrust(self, path: str) -> None:
        folder, name = split_path(path)
        self.unknown[folder].add(name)


def _unfinished(path: str) -> Problem:
    return Problem(
        kind=ProblemKind.UNREADABLE,
        path=path,
        what="it is not finished",
        cause="it was written just now, and is empty or ends within its front matter",
        cure="Build again in a few seconds; until then the article is as it was, or left out.",
    )


def _stamps_of(path: str, kept: KeptFolder | None) -> dict[str, bytes]:
    if kept is None or not kept.stamps:
        return {}
    return Folder(path=path, names=tuple(kept.names.split("\0")), stamps=kept.stamps).every_stamp()


def _hashed(reading: Reading, was: Registered) -> Reading:
    """Keep what an earlier build found out of a text that nobody has looked at now."""
    return replace(reading, body_hash=was.reading.body_hash) if reading.body_hash is None else reading


def as_read(reading: Reading) -> Row:
    """Answer how the register takes in a file of which nothing is remembered."""
    return as_remembered(reading, reading.card)


def as_remembered(reading: Reading, card: Card, *, is_corrected: bool = False, is_unselected: bool = False) -> Row:
    """Answer how the register takes in a file.

    Args:
        reading: Of the file.
        card: As the article is known.
        is_corrected: Another file corrects its headline.
        is_unselected: The configuration left it out until now.
    """
    published = microseconds_of(card)
    if is_corrected:
        standing = Standing.CORRECTED
    elif card.is_draft:
        standing = Standing.DRAFT
    elif is_unselected:
        standing = Standing.UNSELECTED
    else:
        standing = Standing.UNDATED if published is None else Standing.ADMITTED
    return reading, standing, published, card.id


def microseconds_of(card: Card) -> int | None:
    """Answer when an article was published, in microseconds since the epoch."""
    return microseconds(card.published) if card.published is not None else None
