"""What a build did, for a person and for a program."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TextIO

from feeds.cli.progress import Costs
from feeds.cli.terminal import echo, style
from feeds.config import Config, default_of, load_config, setting_fields
from feeds.errors import Problem, ProblemKind, Severity, format_place
from feeds.pipeline import Report
from feeds.text import printable

EXAMPLES = 3
"""Problems shown of each kind, unless all are asked for."""
FOLDERS = 2
"""Folders named per kind, the most affected first."""

_BASE_URL, _AUTHORITY = (
    next(setting for setting in setting_fields() if setting.name == name) for name in ("base_url", "authority")
)
_REASONS = {
    "copy": "second copies",
    "corrected": "older headlines",
    "draft": "drafts",
    "future": "not due yet",
    "undated": "undated",
    "unreadable": "unreadable",
    "unselected": "not selected",
}


def print_report(report: Report, config: Config, seconds: float, config_path: Path | None) -> None:
    """Print the table of what was done, the page to open, one address, and the next command.

    Args:
        report: What was done.
        config: What the build went by, options and all.
        seconds: That it took.
        config_path: The configuration that an option named.
    """
    rows = [
        ("articles", f"{report.articles:,} read", _left_out(report)),
        (
            "feeds",
            f"{report.feed_count:,}",
            f"{', '.join(config.formats)}; {report.entry_count:,} articles in them",
        ),
        (
            "files",
            f"{len(report.published.written):,} written",
            f"{report.published.unchanged:,} unchanged, {len(report.published.removed):,} removed",
        ),
        ("time", f"{seconds:.1f} s", ""),
    ]
    echo()
    for name, count, rest in rows:
        echo(f"  {style(f'{name:<10}', fg='cyan')} {style(count, bold=True)}  {rest}".rstrip())
    echo()
    name, file = ("look", "index") if config.pages else ("import", "opml")
    hints = [(name, str(_shown(config.output / config.paths[file])))]
    if report.feeds:  # of a build that had nothing to do, none is known
        hints.append(("subscribe", _example(report, config)))
    if config.base_url == default_of(_BASE_URL):
        hints.append(("serve", _serve_command(config, config_path)))
    if config.authority == default_of(_AUTHORITY):
        prefix = f"tag:{config.authority},{config.year}:"
        hints.append(("before", f"others subscribe, set base_url, authority and year: ids begin with {prefix}"))
    for name, hint in hints:
        echo(f"  {style(f'{name:<10}', fg='green')} {hint}")
    echo()


def _serve_command(config: Config, config_path: Path | None) -> str:
    """Write the command that serves this output, and no word more than it needs."""
    import shlex  # here and below: what only a person at a terminal needs is loaded for that person alone

    words = ["feeds", "serve", *(["--config", str(config_path)] if config_path else [])]
    if load_config(config_path, {}).output.resolve() != config.output.resolve():
        words.append(str(_shown(config.output)))
    return shlex.join(words)


def print_costs(costs: Costs) -> None:
    """Print what each stage of a build took: seconds that passed, and seconds of processor time."""
    echo(f"  {style('stage             ', fg='cyan')} {'s':>9} {'processor s':>13}")
    total = sum(passed for passed, _ in costs.values()), sum(worked for _, worked in costs.values())
    for stage, (passed, worked) in (*costs.items(), ("all of them", total)):
        echo(f"  {stage:<18} {passed:>9.3f} {worked:>13.3f}")
    echo()


def _left_out(report: Report) -> str:
    if not report.left_out:
        return ""
    reasons = ", ".join(f"{_REASONS[reason]} {count:,}" for reason, count in sorted(report.left_out.items()))
    return f"left out {sum(report.left_out.values()):,}: {reasons}"


def _example(report: Report, config: Config) -> str:
    """Return an address worth trying: that of the fullest top category, in the first format."""
    from feeds.pipeline.job import url_in  # of a build that had nothing to do, none is asked for

    tops = [feed for feed in report.feeds if len(feed.category) == 1] or report.feeds
    feed = max(tops, key=lambda feed: len(feed.entries))
    return url_in(feed, config.paths[config.formats[0]])


def _shown(path: Path) -> Path:
    """Return a path as short as it can be said from here."""
    path = path.resolve()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def format_line(report: Report, config: Config, seconds: float) -> str:
    """Say in one line what a build changed."""
    feeds = len({path.rpartition("/")[0] for path in report.changed_feeds})
    parts = [
        f"{config.output}: {feeds:,} {'feed' if feeds == 1 else 'feeds'} changed",
        f"{report.announced:,} new {'article' if report.announced == 1 else 'articles'}",
        f"{len(report.published.written):,} files written",
    ]
    if report.published.removed:
        parts.append(f"{len(report.published.removed):,} removed")
    return f"{', '.join(parts)}, {seconds:.1f} s"


def print_problems(
    problems: Sequence[Problem], archive: Path, *, show_all: bool, known: int = 0, to_stdout: bool = False
) -> None:
    """Print problems by kind, errors first: how many, where most, some examples, and the setting that cures all.

    Args:
        problems: Those to print.
        archive: Where they are.
        show_all: List every one of a kind, not some.
        known: How many more there are that the last build told of.
        to_stdout: They are what was asked for, not trouble on the way.
    """
    order = list(ProblemKind)
    by_kind = sorted(problems, key=lambda problem: (problem.kind.severity.value, order.index(problem.kind)))
    is_cut = False
    for kind, group in groupby(by_kind, key=lambda problem: problem.kind):
        found = list(group)
        shown = found if show_all else found[:EXAMPLES]
        is_cut = is_cut or len(shown) < len(found)
        _print_kind(kind, found, shown, archive, sys.stdout if to_stdout else sys.stderr)
    if is_cut:
        echo("\nAll of them: feeds check", err=True)
    if known and (problems or sys.stdout.isatty()):
        echo(f"\n{known:,} known already: feeds check", err=True)


def _print_kind(
    kind: ProblemKind, found: Sequence[Problem], shown: Sequence[Problem], archive: Path, stream: TextIO
) -> None:
    colour = "red" if kind.severity is Severity.ERROR else "yellow"
    head = style(f"{kind.severity.value}: {kind.label}: {len(found):,}", fg=colour, bold=True)
    echo(f"\n{head}{_most_affected(found)}", file=stream)
    for problem in shown:
        text = f"{problem.what}: {problem.cause}. {problem.cure}"
        place = f"{format_place(str(archive / problem.path), problem.line)}: " if problem.path else ""
        echo(_wrapped(place + text, stream), file=stream)
    settings = sorted({problem.setting for problem in found if problem.setting})
    if settings:
        echo(f"  One line of feeds.toml cures all: {style(' or '.join(settings), bold=True)}", file=stream)


def _most_affected(found: Sequence[Problem]) -> str:
    """Name the folders that hold most of many problems: in an archive they are its categories."""
    folders = Counter("/".join(problem.path.split("/")[:-1][:2]) for problem in found if "/" in problem.path)
    most = [f"{format_place(folder, None)} {count:,}" for folder, count in folders.most_common(FOLDERS)]
    return f" (most in {', '.join(most)})" if len(found) > EXAMPLES and most else ""


def _wrapped(text: str, stream: TextIO) -> str:
    """Indent a text, and on a terminal break it where its width ends."""
    text = printable(text)
    if not stream.isatty():
        return "  " + text
    import shutil

    from wcwidth import wrap

    width = shutil.get_terminal_size().columns
    return "\n".join(wrap(text, width, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False))


def report_as_dict(report: Report, config: Config, seconds: float) -> dict[str, object]:
    """Answer the report for programs: stable names, every problem."""
    return {
        "articles": report.articles,
        "left_out": dict(sorted(report.left_out.items())),
        "feeds": report.feed_count,
        "entries": report.entry_count,
        "written": list(report.published.written),
        "unchanged": report.published.unchanged,
        "removed": list(report.published.removed),
        "seconds": round(seconds, 3),
        "index": str((config.output / config.paths["index"]).resolve()) if config.pages else None,
        "problems": [problem_as_dict(problem) for problem in report.problems],
    }


def problem_as_dict(problem: Problem) -> dict[str, object]:
    """Answer a problem under the names that programs know."""
    return {
        "kind": problem.kind.slug,
        "severity": problem.kind.severity.value,
        "path": problem.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
        "line": problem.line,
        "what": problem.what,
        "cause": problem.cause,
        "cure": problem.cure,
        "setting": problem.setting,
    }
