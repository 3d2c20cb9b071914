"""Tables of what was measured: for a terminal, and as Markdown for `docs/performance.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from tests.benchmarks.bars import BARS, Verdict, judge
from tests.benchmarks.results import Results, Trial
from tests.benchmarks.rounds import Case

BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
"""Between these two lines of a document stands what was measured last."""
Row = Sequence[str]
HEAD = ("", "processor s", "wall s", "peak MiB", "files written")
BARS_HEAD = ("bar", "at most", "measured", "")
CHECK_HEAD = ("bar", "measured", "aimed at", "", "may not pass", "")


def title_of(trial: Trial) -> str:
    """Return what was measured, in words."""
    each = f"{trial.size / trial.articles / 1000:.1f} KB each" + (", one paragraph" if trial.short else "")
    rounds = "one round" if len(trial.rounds) == 1 else f"{len(trial.rounds)} rounds"
    return f"{trial.articles:,} articles of {each}; {rounds}"


def rows_of(trial: Trial) -> list[Row]:
    """Return a row for each case that ran."""
    rows: list[Row] = []
    for case in Case:
        if runs := trial.runs(case):
            processor = _spread([run.processor for run in runs], _seconds)
            wall, peak, written = (median(getattr(run, name) for run in runs) for name in ("wall", "peak", "written"))
            rows.append((str(case), processor, _seconds(wall), f"{peak:,.0f}", f"{written:,.0f}"))
    return rows


def verdict_rows(verdicts: Iterable[Verdict]) -> list[Row]:
    """Return a row for each bar."""
    rows: list[Row] = []
    for verdict in verdicts:
        unit = verdict.bar.unit and f" {verdict.bar.unit}"
        measured = _spread([verdict.lowest, verdict.middle, verdict.highest], lambda figure: f"{figure:.3f}")
        kept = "kept" if verdict.is_kept else "MISSED"
        rows.append((verdict.bar.title, f"{verdict.bar.limit:.3g}{unit}", measured + unit, kept))
    return rows


def check_rows(aims: Iterable[Verdict], limits: Iterable[Verdict]) -> list[Row]:
    """Return a row for each bar: what is aimed at, and beside it what no change may pass."""
    aimed, limited = ({row[0]: row[1:] for row in verdict_rows(verdicts)} for verdicts in (aims, limits))
    rows: list[Row] = []
    for title in {**aimed, **limited}:
        limit, _, held = limited.get(title, ("", "", ""))
        aim, measured, kept = aimed.get(title, ("", limited[title][1] if limit else "", ""))
        rows.append((title, measured, aim, kept, limit, held))
    return rows


def terminal(head: Row, rows: Sequence[Row]) -> str:
    """Return a table for a terminal: the first column flush left, the others right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = []
    for first, *others in (head, *rows):
        cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([f"{first:<{widths[0]}}", *cells]).rstrip() + "\n")
    return "".join(lines)


def markdown(head: Row, rows: Sequence[Row]) -> str:
    """Return a table as Markdown."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def insert(document: str, results: Results) -> str:
    """Return the document with all tables between its two lines."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    parts = []
    for trial in results.values():
        if verdicts := judge(BARS, trial, results):
            parts += [
                f"### {trial.articles:,} articles{', short ones' if trial.short else ''}\n",
                markdown(BARS_HEAD, verdict_rows(verdicts)),
                f"{title_of(trial)}; {trial.day}. {trial.machine}. {trial.versions}.\n",
                markdown(HEAD, rows_of(trial)),
            ]
    return "\n".join([before + BEGIN, *parts, END + after])


def _seconds(figure: float) -> str:
    return f"{figure:.2f}" if figure < 100 else f"{figure:,.0f}"


def _spread(figures: Sequence[float], shown: Callable[[float], str]) -> str:
    """Return median, lowest and highest; one figure alone stands alone.

    >>> _spread([3.0, 1.0, 2.0], str)
    '2.0 (1.0–3.0)'
    """
    low, middle, high = shown(min(figures)), shown(median(figures)), shown(max(figures))
    return middle if low == high else f"{middle} ({low}–{high})"
