"""`feeds validate`: what is wrong with written feeds, for people and for programs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.options import config_option, read_config
from feeds.cli.terminal import echo, echo_json, style
from feeds.errors import format_place
from feeds.text import printable

if TYPE_CHECKING:
    from feeds.pipeline.validate import Verdict

_KINDS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "opml": "OPML", "rdf": "RSS 1.0", "xml": "other"}
_COLORS = {"error": "red", "warning": "yellow"}


@click.command("validate")
@click.argument("output", required=False, type=click.Path(path_type=Path), metavar="[OUTPUT]")
@config_option
@click.option("--base-url", metavar="URL", help="Where OUTPUT is served.  [what most of its feeds say]")
@click.option("--strict", is_flag=True, help="Exit 1 on warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def validate_command(
    output: Path | None, config_path: Path | None, base_url: str | None, strict: bool, as_json: bool
) -> None:
    """Look for faults in written feeds.

    Reads the RSS, Atom, JSON Feed and OPML files of OUTPUT (default: public, or what the configuration says), a folder
    or one file, of this program or another. Names each fault as the W3C validator does, with file, line and cure;
    nothing is fetched. Exits 1 on errors, which are faults that a format forbids.
    """  # fmt: skip
    from feeds.pipeline.validate import validate

    place = output or read_config(config_path, {}).output
    verdict = validate(place, now=datetime.now(UTC), base_url=_with_slash(base_url))
    if as_json:
        echo_json(_as_dict(verdict))
    else:
        print_findings(verdict, place)
    if verdict.errors or (strict and verdict.warnings):
        click.get_current_context().exit(1)


def _with_slash(base_url: str | None) -> str | None:
    return f"{base_url.rstrip('/')}/" if base_url else None


def print_findings(verdict: Verdict, place: Path, *, to_stdout: bool = True, errors_only: bool = False) -> None:
    """Print each finding on a line of its own, `FILE:LINE: Name: what. Cure.`, and how many there are."""
    is_folder = place.is_dir()
    for finding in verdict.findings:
        if errors_only and finding.level.value != "error":
            continue
        path = str(place / finding.path) if is_folder else str(place)
        name = style(finding.name, fg=_COLORS[finding.level.value])
        where = format_place(path, finding.line)
        echo(f"{where}: {name}: {printable(f'{finding.what}. {finding.cure}')}", err=not to_stdout)
    echo(_count(verdict), err=not to_stdout)


def _count(verdict: Verdict) -> str:
    """Write what was looked at and what was found: `75 files (37 RSS, …): 1 error (SAXError), 0 warnings`."""
    kinds = ", ".join(f"{verdict.kinds[kind]:,} {name}" for kind, name in _KINDS.items() if verdict.kinds[kind])
    found = ", ".join(
        f"{number:,} {_plural(level, number)}{_names(verdict, level)}"
        for level, number in (("error", verdict.errors), ("warning", verdict.warnings))
    )
    files = verdict.kinds.total()
    return f"{files:,} {_plural('file', files)} ({kinds}): {found}"


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def _names(verdict: Verdict, level: str) -> str:
    names = Counter(finding.name for finding in verdict.findings if finding.level.value == level)
    shown = ", ".join(name if number == 1 else f"{name} {number:,}" for name, number in names.most_common())
    return f" ({shown})" if shown else ""


def _as_dict(verdict: Verdict) -> dict[str, object]:
    return {
        "base_url": verdict.base,
        "files": dict(sorted(verdict.kinds.items())),
        "errors": verdict.errors,
        "warnings": verdict.warnings,
        "findings": [
            {
                "path": finding.path,
                "line": finding.line,
                "column": finding.column,
                "name": finding.name,
                "level": finding.level.value,
                "what": finding.what,
                "cure": finding.cure,
            }
            for finding in verdict.findings
        ],
    }
