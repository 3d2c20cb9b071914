"""`feeds check`: every problem of the archive, grouped by kind, for people and for programs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_setup, setting_options
from feeds.cli.terminal import counted, echo, echo_json
from feeds.errors import Severity, format_place


@click.command("check")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder that the build writes.  [public]")
@config_option
@setting_options
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check_command(
    archive: str | None, output: str | None, config_path: Path | None, as_json: bool, **settings: object
) -> None:
    """List every problem of the archive.

    Each with file, line, cause and cure, grouped by kind; and the categories that have been silent for five times
    their usual gap. Writes nothing. Exits 1 when there are errors: articles left out, or shown without something that
    they state.
    """  # fmt: skip
    from feeds.cli.program import program_identity
    from feeds.cli.progress import Bar
    from feeds.cli.report import print_problems, problem_as_dict
    from feeds.pipeline.check import check

    config, places = read_setup(config_path, archive, output, settings)
    with Bar(is_shown=not as_json) as bar:
        findings = check(config, now=datetime.now(UTC), places=places, program=program_identity(), progress=bar.advance)
    severities = Counter(problem.kind.severity for problem in findings.problems)
    if as_json:
        kinds = Counter(problem.kind.slug for problem in findings.problems)
        found = {
            "articles": findings.articles,
            "counts": dict(sorted(kinds.items())),
            "problems": [problem_as_dict(problem) for problem in findings.problems],
            "left_out": dict(findings.left_out),
        }
        echo_json(found)
    else:
        print_problems(findings.problems, config.archive, show_all=True, to_stdout=True)
        if findings.left_out:
            echo(f"\nleft out, and nothing to mend: {len(findings.left_out):,}")
        for path, why in findings.left_out.items():
            echo(f"  {format_place(str(config.archive / path), None)}: {why}.")
        echo(
            f"\n{counted(findings.articles, 'article')}, {counted(severities[Severity.ERROR], 'error')}, "
            f"{counted(severities[Severity.NOTICE], 'notice')}"
        )
    if severities[Severity.ERROR]:
        click.get_current_context().exit(1)
