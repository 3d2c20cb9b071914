"""Measures what builds of invented archives cost, beside Hugo, a script, and what any program must do.

    python -m tests.benchmarks 10000                    a table, and the bars that hold for this size
    python -m tests.benchmarks 1000 10000 --runs 3      several sizes
    python -m tests.benchmarks 10000 --check            exits 1 on what no change may pass; for CI
    python -m tests.benchmarks --publish                all that docs/performance.md shows, into it
    python -m tests.benchmarks --draw                   the same from what was kept, when but its form has changed

`--publish` with sizes measures those anew and keeps the rest. All of it takes an hour, and 6 GB of disk.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import bars, report
from tests.benchmarks.contestants import HERE, ROOT
from tests.benchmarks.floors import read_all
from tests.benchmarks.measure import measure
from tests.benchmarks.plot import draw
from tests.benchmarks.results import Results, Trial, load, machine, merge, save, versions
from tests.benchmarks.rounds import PEERS, prepare, run_rounds, warm_up

DOCUMENT, PLOT, RESULTS = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg", HERE / "results.json"
PATIENCE = 20_000
"""Articles; above, the script runs in one round only."""
FEW = 60
"""Articles to warm up with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One archive to measure."""

    articles: int
    short: bool = False
    rounds: int
    peers: tuple[str, ...] = PEERS


PLAN = (
    Step(articles=10_000, rounds=5),
    Step(articles=100_000, rounds=5),
    Step(articles=1_000, short=True, rounds=5),
    Step(articles=10_000, short=True, rounds=5),
    Step(articles=100_000, short=True, rounds=3),
    Step(articles=1_000_000, short=True, rounds=1, peers=()),
)
"""What the document shows."""


def main() -> int:
    """Measure, print, write what is asked for; return the exit code."""
    given = _arguments()
    sizes: list[int] = given.sizes
    peers = tuple(name for name in PEERS if name in given.peers)
    steps = [Step(articles=size, short=given.short, rounds=given.runs, peers=peers) for size in sizes] or PLAN
    kept = RESULTS if given.publish else given.json
    results: Results = load(kept) if kept else {}
    if given.draw:
        publish(load(RESULTS))
        return 0
    is_sound = True
    for step in steps:
        with tempfile.TemporaryDirectory(prefix="feeds-benchmark-", dir=given.work) as name:
            trial = try_step(step, Path(name).resolve(), given.archive)
        results = merge(results, (trial,))
        if kept:
            results = save(kept, results)
        if given.publish:
            publish(results)
        is_sound = show(trial, results, is_checked=given.check) and is_sound
    return 0 if is_sound else 1


def try_step(step: Step, folder: Path, archive: Path | None) -> Trial:
    """Measure one archive in an empty folder; it is made there unless one is given."""
    if archive is None:
        tell(f"making {step.articles:,} articles")
        archive = _make(folder / "archive", step.articles, short=step.short)
    few = _make(folder / "few" / "archive", FEW, short=step.short)
    contest = prepare(folder, archive.resolve(), step.peers, short=step.short)
    warm_up(contest, prepare(folder / "few", few, step.peers, short=step.short))
    script_rounds = step.rounds if step.articles <= PATIENCE else 1
    return Trial(
        articles=step.articles,
        short=step.short,
        size=read_all(str(archive)),
        day=datetime.now(UTC).date().isoformat(),
        machine=machine(),
        versions=versions(step.peers),
        rounds=tuple(run_rounds(contest, step.rounds, script_rounds=script_rounds, tell=tell)),
    )


def _make(archive: Path, count: int, *, short: bool) -> Path:
    """Make an archive, in a process of its own: what that needs would be the least that we measure afterwards."""
    flags = ("--faults", "0", *(("--short",) if short else ()))
    command = (sys.executable, "-m", "tests.benchmarks.generate", str(archive), str(count), *flags)
    measure(command, ROOT, archive / "none", {})
    return archive


def show(trial: Trial, results: Results, *, is_checked: bool) -> bool:
    """Print a trial; answer whether it passes, where it is checked: what nothing is known of does not."""
    print(f"\n{report.title_of(trial)}\n{trial.machine}\n{trial.versions}\n")
    print(report.terminal(report.HEAD, report.rows_of(trial)))
    aims, limits = (bars.judge(held, trial, results) for held in (bars.BARS, bars.REGRESSIONS))
    if is_checked:
        if not limits:
            print(f"No limits are known for {trial.articles:,} articles and these peers, so nothing was checked.")
            return False
        print(report.terminal(report.CHECK_HEAD, report.check_rows(aims, limits)))
        return all(verdict.is_kept for verdict in limits)
    if aims:
        print(report.terminal(report.BARS_HEAD, report.verdict_rows(aims)))
    return True


def publish(results: Results) -> None:
    """Write tables and plot into the documents."""
    DOCUMENT.write_text(report.insert(DOCUMENT.read_text("utf-8"), results), "utf-8")
    if any(trial.short for trial in results.values()):
        PLOT.write_text(draw(results), "utf-8")


def tell(line: str) -> None:
    """Say how far we are."""
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure builds of invented archives, beside Hugo, a script, and what any program must do.",
    )
    parser.add_argument("sizes", type=_count, nargs="*", metavar="SIZE", help="articles of an archive")
    parser.add_argument("--short", action="store_true", help="articles of one paragraph each")
    parser.add_argument("--runs", type=_count, default=5, help="rounds; the median counts [5]")
    parser.add_argument("--peers", type=_peers, default=PEERS, help="hugo, script, both, or none [hugo,script]")
    parser.add_argument("--archive", type=Path, help="an archive that is there, made with --faults 0")
    parser.add_argument("--work", type=Path, help="folder on the disk to use [the one for temporary files]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="add what was measured to this file")
    parser.add_argument("--check", action="store_true", help="exit 1 when what no change may pass is passed")
    parser.add_argument("--publish", action="store_true", help="write tables and plot of docs/performance.md")
    parser.add_argument("--draw", action="store_true", help="write them from what was kept, and measure nothing")
    given = parser.parse_args()
    if not given.sizes and not given.publish and not given.draw:
        parser.error("say how many articles, or --publish")
    for folder in (given.archive, given.work):
        if folder and not folder.is_dir():
            parser.error(f"there is no folder {folder}")
    if given.json and not given.json.resolve().parent.is_dir():
        parser.error(f"there is no folder for {given.json}")
    return given


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1")
    return int(text)


def _peers(text: str) -> tuple[str, ...]:
    names = tuple(text.split(",")) if text != "none" else ()
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(PEERS)}, none")
    return names


if __name__ == "__main__":
    sys.exit(main())
