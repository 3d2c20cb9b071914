"""`feeds build`: options to `Config`, one build, its report to the terminal, the exit code."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_config, setting_options
from feeds.errors import Severity


@click.command("build")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder to write.  [public]")
@config_option
@setting_options
@click.option(
    "--strict", is_flag=True, help="Exit 1 when an article is left out, or shown without something it states."
)
@click.option("-v", "--verbose", is_flag=True, help="List every problem.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but what stops the build.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, every problem included.")
def build_command(
    archive: str | None,
    output: str | None,
    config_path: Path | None,
    strict: bool,
    verbose: bool,
    quiet: bool,
    as_json: bool,
    **settings: object,
) -> None:
    """Build the feeds of an archive.

    Reads ARCHIVE (default: archive) and writes RSS, Atom and JSON Feed for the whole and for every category,
    an OPML list of them, and pages to look at. A second run writes only what changed.
    """  # fmt: skip
    from feeds.cli.progress import Bar
    from feeds.cli.report import print_problems, print_report, report_as_json
    from feeds.pipeline import build

    if quiet and (verbose or as_json):
        raise click.UsageError("--quiet goes with neither --verbose nor --json.")
    config = read_config(config_path, {"archive": archive, "output": output, **settings})
    started = time.monotonic()
    with Bar(is_shown=not (quiet or as_json)) as bar:
        report = build(config, now=datetime.now(UTC), progress=bar.advance)
    seconds = time.monotonic() - started
    if as_json:
        click.echo(report_as_json(report, config, seconds))
    elif not quiet:
        print_problems(report.problems, config.archive, show_all=verbose)
        print_report(report, config, seconds)
    if strict and any(problem.kind.severity is Severity.ERROR for problem in report.problems):
        click.get_current_context().exit(1)
