"""`feeds build`: options to `Config`, one build, its report to the terminal, the exit code."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from feeds.cli.options import config_option, read_feeds, read_setup, setting_options
from feeds.cli.terminal import echo, echo_json
from feeds.config import CONFIG_NAME
from feeds.errors import ConfigError, FeedsError, LockedError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeds.cli.progress import Costs
    from feeds.config import Config, Places
    from feeds.pipeline import Report, Wishes

_POLL = 0.2
"""Seconds between two looks at the lock of another build."""


class _Manner(NamedTuple):
    """How a build is to speak."""

    shows_all: bool
    """Problems that the last build had, too."""
    is_verbose: bool
    is_quiet: bool
    as_json: bool
    lists_changed: bool
    log: Path | None
    config_path: Path | None
    """As an option named it."""


@click.command("build")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder to write.  [public]")
@config_option
@setting_options
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; show what subscribers would see.")
@click.option("--accept-flood", is_flag=True, help="Publish feeds that would announce many old articles.")
@click.option("--accept-loss", is_flag=True, help="Go on though most articles of the last build are gone.")
@click.option(
    "--previous",
    multiple=True,
    metavar="FILE|URL",
    help="Take ids and dates from this feed, where no state is kept; may be repeated.",
)
@click.option("--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help="Wait for another build.  [0]")
@click.option(
    "--strict", is_flag=True, help="Exit 1 when an article is left out, or shown without something it states."
)
@click.option("--verify", is_flag=True, help="Look for faults in all that stands in the output; exit 1 on errors.")
@click.option("--all-problems", is_flag=True, help="Show problems of earlier builds, too.")
@click.option("-v", "--verbose", is_flag=True, help="List every problem, and time each stage.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what stops the build.")
@click.option("--changed", is_flag=True, help="Print the paths of the feeds that were written, and nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, every problem included.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Processes that read; one, or as many as processors, at most 8, when there are 200,000 files to look at.",
)
@click.option(
    "--log", type=click.Path(path_type=Path), metavar="FILE", help="Append the report to a file of at most 1 MB."
)
def build_command(
    archive: str | None,
    output: str | None,
    config_path: Path | None,
    dry_run: bool,
    accept_flood: bool,
    accept_loss: bool,
    previous: tuple[str, ...],
    wait: float,
    strict: bool,
    verify: bool,
    all_problems: bool,
    verbose: bool,
    quiet: bool,
    changed: bool,
    as_json: bool,
    jobs: int | None,
    log: Path | None,
    **settings: object,
) -> None:
    """Build the feeds of an archive.

    Reads ARCHIVE (default: archive) and writes RSS, Atom and JSON Feed for the whole and for every category,
    an OPML list of them, and pages to look at. A second run writes only what changed; where nobody looks, it
    says nothing when nothing did, else one line, and problems only when they are new.
    """  # fmt: skip
    from feeds.pipeline import Wishes

    if quiet and (verbose or as_json or changed or all_problems):
        raise click.UsageError("--quiet goes with none of --verbose, --json, --changed, --all-problems.")
    if verify and dry_run:
        raise click.UsageError("--verify looks at what was written, and --dry-run writes nothing.")
    if as_json and changed:
        raise click.UsageError("--json and --changed both decide what is printed.")
    try:
        config, places = read_setup(config_path, archive, output, settings)
    except ConfigError as error:
        _note_failure(config_path, error)
        raise
    wishes = Wishes(
        accept_flood=accept_flood,
        accept_loss=accept_loss,
        every_problem=strict or all_problems or verbose or as_json,
        previous=read_feeds(previous) if previous else (),
    )
    manner = _Manner(
        shows_all=all_problems or verbose,
        is_verbose=verbose,
        is_quiet=quiet,
        as_json=as_json,
        lists_changed=changed,
        log=log,
        config_path=config_path,
    )
    if dry_run:
        from feeds.cli.forecast import print_forecast

        print_forecast(config, places, wishes, manner.as_json, is_quiet=quiet)
        return
    report = _build(config, places, wishes, manner, wait, jobs)
    is_broken = verify and not _verify(config, manner)
    if is_broken or (strict and any(problem.kind.severity is Severity.ERROR for problem in report.problems)):
        click.get_current_context().exit(1)


def _verify(config: Config, manner: _Manner) -> bool:
    """Look at the output as `feeds validate` does, and tell whether no format forbids anything of it.

    Where nobody looks and nothing is wrong, nothing is said.
    """
    from feeds.cli.validate import print_findings
    from feeds.pipeline.validate import validate

    verdict = validate(config.output, now=datetime.now(UTC), base_url=config.base_url)
    if verdict.errors or (not manner.is_quiet and (verdict.findings or sys.stdout.isatty() or manner.is_verbose)):
        print_findings(verdict, config.output, to_stdout=False, errors_only=manner.is_quiet)
    return not verdict.errors


def _note_failure(config_path: Path | None, error: ConfigError) -> None:
    """Tell whatever watches over the last run that the configuration has stopped this one."""
    from feeds.cli.last_run import write_failure
    from feeds.config.places import find_places

    source = config_path or Path(CONFIG_NAME)
    places = find_places(source, Path(), Path(), is_own=True)
    now = datetime.now(UTC)
    with suppress(FeedsError):
        write_failure(places.last_run, error, began=now, ended=now)


def _build(config: Config, places: Places, wishes: Wishes, manner: _Manner, wait: float, jobs: int | None) -> Report:
    shows_bar = not (manner.is_quiet or manner.as_json)
    report, seconds, costs = run_build(config, places, wishes, shows_bar=shows_bar, wait=wait, jobs=jobs)
    _tell(report, config, manner, seconds)
    if manner.is_verbose:
        from feeds.cli.report import print_costs

        print_costs(costs)
    return report


def run_build(
    config: Config, places: Places, wishes: Wishes, *, shows_bar: bool, wait: float = 0, jobs: int | None = None
) -> tuple[Report, float, Costs]:
    """Build, and leave the account of it.

    Args:
        config: All settings.
        places: Where builds leave what they know.
        wishes: What is wanted of this build alone.
        shows_bar: Show how far it is, on a terminal.
        wait: Seconds to wait for another build.
        jobs: Processes that read; None for as many as pay.

    Returns:
        What it did, the seconds that it took, and what each stage has cost.

    Raises:
        LockedError: Another build was running all the time.
        FeedsError: Something stopped it.
    """
    from feeds.cli.last_run import write_failure, write_success

    began = datetime.now(UTC)

    def account(report: Report) -> None:
        write_success(places.last_run, report, config, began=began, ended=datetime.now(UTC))

    try:
        return _run(config, places, wishes, shows_bar, wait, jobs, account)
    except LockedError:
        raise
    except FeedsError as error:
        with suppress(FeedsError):  # what stopped the build is to be told, not that this could not be written
            write_failure(places.last_run, error, began=began, ended=datetime.now(UTC))
        raise


def _run(
    config: Config,
    places: Places,
    wishes: Wishes,
    shows_bar: bool,
    wait: float,
    jobs: int | None,
    account: Callable[[Report], None],
) -> tuple[Report, float, Costs]:
    """Build as soon as no other build runs; every problem is found again only when it is to be told."""
    from feeds.cli.program import program_identity
    from feeds.cli.progress import Bar
    from feeds.cli.workers import Workers
    from feeds.pipeline import build

    started = time.monotonic()
    program = program_identity()
    while True:
        try:
            with (
                Bar(is_shown=shows_bar) as bar,
                Workers(jobs) as workers,
            ):
                began = time.monotonic()
                report = build(
                    config,
                    now=datetime.now(UTC),
                    executor_for=workers.executor_for,
                    progress=bar.advance,
                    places=places,
                    program=program,
                    wishes=wishes,
                    account=account,
                )
            costs = bar.costs | ({"other processes": (0.0, workers.worked)} if workers.worked else {})
            return report, time.monotonic() - began, costs
        except LockedError:
            if time.monotonic() - started >= wait:
                raise
            time.sleep(_POLL)


def _tell(report: Report, config: Config, manner: _Manner, seconds: float) -> None:
    from feeds.cli.report import format_line, print_problems, print_report, report_as_dict

    if manner.as_json:
        echo_json(report_as_dict(report, config, seconds))
        return
    line = "" if report.is_unchanged or not report.has_written else format_line(report, config, seconds)
    if manner.log is not None:
        from feeds.cli.log import append_to_log

        append_to_log(manner.log, line or f"{config.output}: nothing changed", datetime.now(UTC))
    if manner.is_quiet:
        return
    problems = report.problems if manner.shows_all else report.new_problems
    print_problems(problems, config.archive, show_all=manner.is_verbose, known=report.problem_count - len(problems))
    if manner.lists_changed:
        for path in report.changed_feeds:
            echo(config.output / path)
    elif manner.log is None and (sys.stdout.isatty() or manner.is_verbose):
        print_report(report, config, seconds, manner.config_path)
    elif manner.log is None and line:
        echo(line)
