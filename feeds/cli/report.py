"""What a build did, for a person and for a program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import click

from feeds.config import Config
from feeds.errors import Problem, ProblemKind, Severity, format_place
from feeds.pipeline import Report

EXAMPLES = 3
"""Problems shown of each kind, unless all are asked for."""
FOLDERS = 2
"""Folders named per kind, the most affected first."""


def print_report(report: Report, config: Config, seconds: float) -> None:
    """Print the table of what was done, the page to open, one address, and the next command."""
    feed = _example(report)
    formats = ", ".join(config.formats)
    rows = [
        ("articles", f"{report.articles:,} read", _left_out(report)),
        ("feeds", f"{len(report.feeds):,}", f"{formats}; {report.entries:,} articles in them"),
        (
            "files",
            f"{len(report.published.written):,} written",
            f"{report.published.unchanged:,} unchanged, {len(report.published.removed):,} removed",
        ),
        ("time", f"{seconds:.1f} s", ""),
    ]
    click.echo()
    for name, count, rest in rows:
        line = f"  {click.style(f'{name:<9}', fg='cyan')} {click.style(count, bold=True)}"
        click.echo(f"{line}  {rest}".rstrip())
    click.echo()
    page = (config.output / config.paths["index"]).resolve()
    address = feed.folder_url + config.paths.get(config.formats[0], "")
    click.echo(f"  Look       {_shown(page)}")
    click.echo(f"  Subscribe  {address}")
    if config.base_url.startswith("http://localhost:8000/"):
        click.echo(f"  Serve      python -m http.server 8000 -d {_quoted(config.output)}")
    click.echo()


def print_problems(problems: Sequence[Problem], *, show_all: bool) -> None:
    """Print problems by kind, errors first: how many, where most, some examples, and the setting that cures all."""
    by_kind = sorted(problems, key=lambda problem: (problem.kind.severity.value, _rank(problem.kind)))
    for kind, found in groupby(by_kind, key=lambda problem: problem.kind):
        _print_kind(kind, list(found), show_all=show_all)
    hidden = any(count > EXAMPLES for count in Counter(problem.kind for problem in problems).values())
    if hidden and not show_all:
        click.echo("\nAll of them: feeds build -v", err=True)


def _print_kind(kind: ProblemKind, found: Sequence[Problem], *, show_all: bool) -> None:
    colour = "red" if kind.severity is Severity.ERROR else "yellow"
    head = f"{kind.severity.value} · {len(found):,} {kind.label}"
    click.echo(f"\n{click.style(head, fg=colour, bold=True)}{_where(found)}", err=True)
    for problem in found if show_all else found[:EXAMPLES]:
        place = format_place(problem.path, problem.line) if problem.path else "archive"
        click.echo(f"  {click.style(place, dim=True)}", err=True)
        click.echo(f"    {problem.what}: {problem.cause}. {problem.cure}", err=True)
    settings = sorted({problem.setting for problem in found if problem.setting})
    if settings:
        click.echo(f"  Cures all: {click.style(' or '.join(settings), bold=True)} in feeds.toml", err=True)


def _where(found: Sequence[Problem]) -> str:
    folders = Counter("/".join(problem.path.split("/")[:-1][:2]) for problem in found if "/" in problem.path)
    most = [f"{format_place(folder, None)} ({count:,})" for folder, count in folders.most_common(FOLDERS)]
    return f", most in {', '.join(most)}" if len(found) > EXAMPLES and most else ""


def _rank(kind: ProblemKind) -> int:
    return list(ProblemKind).index(kind)


def _left_out(report: Report) -> str:
    if not report.left_out:
        return ""
    reasons = ", ".join(f"{count:,} {_REASONS[reason]}" for reason, count in sorted(report.left_out.items()))
    return f"left out: {reasons}"


_REASONS = {
    "copy": "second copies",
    "draft": "drafts",
    "future": "not due yet",
    "undated": "undated",
    "unreadable": "unreadable",
}


def _example(report: Report):  # the fullest leaf, an address worth trying
    leaves = [feed for feed in report.feeds if feed.category and feed.own_total] or report.feeds
    return max(leaves, key=lambda feed: len(feed.entries))


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _quoted(path: Path) -> str:
    text = str(path)
    return text if text.isascii() and " " not in text else f"'{text}'"


def report_as_json(report: Report, config: Config, seconds: float) -> str:
    """Write the report for programs: stable names, every problem."""
    return json.dumps(
        {
            "articles": report.articles,
            "left_out": dict(sorted(report.left_out.items())),
            "feeds": len(report.feeds),
            "entries": report.entries,
            "written": list(report.published.written),
            "unchanged": report.published.unchanged,
            "removed": list(report.published.removed),
            "seconds": round(seconds, 3),
            "index": str((config.output / config.paths["index"]).resolve()),
            "problems": [_problem_as_dict(problem) for problem in report.problems],
        },
        ensure_ascii=False,
        indent=1,
    )


def _problem_as_dict(problem: Problem) -> dict[str, object]:
    return {
        "kind": problem.kind.slug,
        "severity": problem.kind.severity.value,
        "path": format_place(problem.path, None),
        "line": problem.line,
        "what": problem.what,
        "cause": problem.cause,
        "cure": problem.cure,
        "setting": problem.setting,
    }
