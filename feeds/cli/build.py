"""`feeds build`: options to `Config`, one build, its report to the terminal, the exit code."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import Field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from feeds.config import default_of, load_config, setting_fields
from feeds.errors import ConfigError, Severity

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _setting_options(command: _Command) -> _Command:
    """Give a command one option for each setting that has no argument or option of its own already."""
    for setting in reversed(setting_fields()):
        if setting.name not in ("archive", "output"):
            command = _option(setting)(command)
    return command


def _option(setting: Field[Any]) -> Callable[[_Command], _Command]:
    name, default = setting.name.replace("_", "-"), default_of(setting)
    meaning, metavar = setting.metadata["meaning"], setting.metadata["metavar"]
    if isinstance(default, bool):
        return click.option(f"--{name}/--no-{name}", setting.name, default=None, help=_sentence(meaning, default))
    if isinstance(default, tuple):
        return click.option(
            f"--{name}",
            setting.name,
            multiple=True,
            metavar=metavar,
            help=_sentence(f"{meaning}; may be repeated", " ".join(default)),
        )
    kind = int if isinstance(default, int) else str
    return click.option(f"--{name}", setting.name, type=kind, metavar=metavar, help=_sentence(meaning, default))


def _sentence(meaning: str, default: object) -> str:
    text = meaning[0].upper() + meaning[1:]
    if isinstance(default, bool):
        default = "yes" if default else "no"
    return f"{text}.  [{default}]" if default not in (None, "") else f"{text}."


@click.command("build")
@click.argument("archive", required=False, metavar="[ARCHIVE]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder to write.  [public]")
@click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration.  [feeds.toml, if there is one]",
)
@_setting_options
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
    given = {"archive": archive, "output": output, **settings}
    options = {name: value for name, value in given.items() if value is not None and value != ()}
    try:
        config = load_config(config_path, options)
    except ConfigError as error:
        if error.path is None:
            raise click.UsageError(str(error)) from error
        raise
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
