"""The bars: what a build may cost, as ratios to what others need in the same round on the same machine.

A ratio is taken within each round, then the median of the rounds is held against the bar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.measure import Run
from tests.benchmarks.results import Results, Trial
from tests.benchmarks.rounds import Case

Figures = Callable[[Trial, Results], list[float]]
"""One figure for each round that has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One promise."""

    articles: int
    """It is about an archive of this size."""
    short: bool = False
    """It is about an archive of short articles."""
    title: str
    limit: float
    """What the median may be at most."""
    unit: str = ""
    """Of limit and figures; none for a ratio."""
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A bar, held against what was measured."""

    bar: Bar
    lowest: float
    middle: float
    """The median."""
    highest: float

    @property
    def is_kept(self) -> bool:
        """The median is within the limit."""
        return self.middle <= self.bar.limit


def judge(bars: tuple[Bar, ...], trial: Trial, results: Results) -> list[Verdict]:
    """Hold a trial against the bars that are about its size; those that lack a figure are left out."""
    verdicts = []
    for bar in bars:
        if (bar.short, bar.articles) == trial.key and (figures := bar.figures(trial, results)):
            low, middle, high = min(figures), median(figures), max(figures)
            verdicts.append(Verdict(bar=bar, lowest=low, middle=middle, highest=high))
    return verdicts


def _pairs(trial: Trial, one: Case, other: Case) -> list[tuple[Run, Run]]:
    return [(taken[one], taken[other]) for taken in trial.rounds if one in taken and other in taken]


def _ratio(one: Case, other: Case) -> Figures:
    def figures(trial: Trial, _: Results) -> list[float]:
        return [mine.processor / theirs.processor for mine, theirs in _pairs(trial, one, other)]

    return figures


def _memory(one: Case, other: Case) -> Figures:
    def figures(trial: Trial, _: Results) -> list[float]:
        return [mine.peak / theirs.peak for mine, theirs in _pairs(trial, one, other)]

    return figures


def _more(trial: Trial, _: Results) -> list[float]:
    return [more.processor - same.processor for more, same in _pairs(trial, Case.MORE, Case.SAME)]


def _seconds(case: Case) -> Figures:
    def figures(trial: Trial, _: Results) -> list[float]:
        return [run.processor for run in trial.runs(case)]

    return figures


def _growth(trial: Trial, results: Results) -> list[float]:
    smaller = results.get((True, trial.articles // 10))
    if smaller is None:
        return []
    base = median(run.peak for run in smaller.runs(Case.COLD))
    return [(run.peak - base) * 1024 / (trial.articles - smaller.articles) for run in trial.runs(Case.COLD)]


COLD = "cold build / Hugo's"
SAME = "nothing changed / Hugo's"
MORE = "one article added, beyond nothing changed"
MEMORY = "peak memory of a cold build / Hugo's"
BARS = (
    Bar(articles=10_000, title=COLD, limit=1 / 2, figures=_ratio(Case.COLD, Case.HUGO_COLD)),
    Bar(articles=10_000, title=SAME, limit=1 / 25, figures=_ratio(Case.SAME, Case.HUGO_SAME)),
    Bar(articles=10_000, title=MORE, limit=0.35, unit="s", figures=_more),
    Bar(articles=10_000, title=MEMORY, limit=1 / 3, figures=_memory(Case.COLD, Case.HUGO_COLD)),
    Bar(articles=100_000, title=COLD, limit=1 / 6, figures=_ratio(Case.COLD, Case.HUGO_COLD)),
    Bar(articles=100_000, title="cold build / reading", limit=4, figures=_ratio(Case.COLD, Case.READ)),
    Bar(articles=100_000, title=SAME, limit=1 / 30, figures=_ratio(Case.SAME, Case.HUGO_SAME)),
    Bar(articles=100_000, title="nothing changed / a stat", limit=2.5, figures=_ratio(Case.SAME, Case.STAT)),
    Bar(articles=100_000, title=MORE, limit=0.35, unit="s", figures=_more),
    Bar(articles=100_000, title=MEMORY, limit=1 / 6, figures=_memory(Case.COLD, Case.HUGO_COLD)),
    Bar(
        articles=1_000_000,
        short=True,
        title="memory per article, beyond 100,000",
        limit=1,
        unit="KiB",
        figures=_growth,
    ),
    Bar(articles=1_000_000, short=True, title="nothing changed", limit=20, unit="s", figures=_seconds(Case.SAME)),
)
"""What is aimed at."""
REGRESSIONS = (
    Bar(articles=10_000, title=COLD, limit=1.3, figures=_ratio(Case.COLD, Case.HUGO_COLD)),
    Bar(articles=10_000, title=SAME, limit=1 / 12, figures=_ratio(Case.SAME, Case.HUGO_SAME)),
    Bar(articles=10_000, title="one article added / Hugo's", limit=0.4, figures=_ratio(Case.MORE, Case.HUGO_SAME)),
    Bar(articles=10_000, title=MEMORY, limit=3 / 8, figures=_memory(Case.COLD, Case.HUGO_COLD)),
)
"""What no change may pass: ratios only, half as high again as what was reached when they were set, because a busy
machine moves them by a quarter. They are to be lowered with what is reached."""
