"""The shortcut: where nothing that a build depends on has changed since the last one, nothing is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import chain

from feeds.config import Config
from feeds.errors import ProblemKind
from feeds.pipeline.report import Report, each_once
from feeds.pipeline.scanning import Snapshot
from feeds.pipeline.sections import find_sections
from feeds.pipeline.theme import read_theme
from feeds.pipeline.traces import Traces
from feeds.pipeline.wishes import Wishes
from feeds.publish import MANIFEST, PublishReport, look_at
from feeds.state import Status

_MENDED = frozenset({ProblemKind.MEMORY, ProblemKind.STATE})
"""Problems that the build which told of them has mended."""


class Shortcut:
    """Tells by fingerprints of the file system whether the last build would be repeated."""

    def __init__(
        self,
        config: Config,
        traces: Traces,
        snapshot: Snapshot,
        formats: Sequence[str],
        program: str,
    ) -> None:
        """Take all that a build depends on, but for the time."""
        self._snapshot = snapshot
        self._config = config
        self._traces = traces
        self._scan, self._marks = snapshot.scan, snapshot.marks
        self._basis = (program, config, list(formats), read_theme(config), sorted(find_sections(config)))

    def is_open(self, now: datetime, wishes: Wishes) -> bool:
        """Tell whether the last build would be repeated: same files in and out, same settings, nothing newly due."""
        run = self._traces.state.run
        if run is None or not run.inputs or wishes._replace(every_problem=False) != Wishes() or now < run.began:
            return False
        if run.next_due is not None and run.next_due <= now:
            return False
        if wishes.every_problem and any(
            one.kind in _MENDED for one in chain(*self._traces.state.problems([""]).values())
        ):
            return False
        output = look_at(self._config.output, (*self._traces.manifest.files, MANIFEST))
        return run.inputs == self.inputs(self._traces.memory or b"", output, self._traces.state.keys("pictures"))

    def inputs(self, memory: bytes, output: Mapping[str, Status], pictures: Iterable[str]) -> str:
        """Answer a fingerprint of all that the next build will depend on; "" when files are too young to rely on.

        Args:
            memory: As its file holds it.
            output: What the file system says of what is published, by output-relative path.
            pictures: Those of the archive that are shown, or would be if they were there.
        """
        if "" in self._marks.values():
            return ""
        config = self._config
        roots = self._snapshot.roots(config)
        shown: dict[str, Status | None] = {path: roots.stat(path) for path in pictures}
        return _fingerprint(
            self._basis,
            memory,
            list(self._marks.items()),
            list(map(str, self._scan.problems)),
            sorted(shown.items()),
            sorted(output.items()),
        )

    def report(self, wishes: Wishes) -> Report:
        """Answer what the last build left."""
        state = self._traces.state
        run = state.run
        assert run is not None, "only an open shortcut has a report"
        return Report(
            articles=run.articles,
            left_out=run.left_out,
            feeds=(),
            feed_count=run.feeds,
            entry_count=run.entries,
            published=PublishReport(written=(), unchanged=len(self._traces.manifest.files), removed=()),
            changed_feeds=(),
            news=(),
            announced=0,
            held_back=frozenset(),
            problems=each_once(chain(*state.problems().values())) if wishes.every_problem else (),
            new_problems=(),
            problem_count=run.problems,
            is_unchanged=True,
        )


def _fingerprint(*values: object) -> str:
    """Answer a fingerprint of plain values and settings by what `repr` writes of them."""
    return blake2b(repr(values).encode(), digest_size=16).hexdigest()
