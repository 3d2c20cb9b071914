"""Every problem of an archive: those that a build would meet, and categories that have fallen silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from feeds import __version__
from feeds.config import Config, Places
from feeds.errors import Problem, ProblemKind
from feeds.pipeline import Progress, foresee
from feeds.pipeline.leftout import left_out
from feeds.pipeline.plan import Plan
from feeds.pipeline.silences import silences_of
from feeds.silence import Silence
from feeds.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is wrong with an archive."""

    articles: int
    """Files looked at."""
    problems: tuple[Problem, ...]
    """By path and line, then silent categories."""
    left_out: Mapping[str, str]
    """Why articles stand in no feed that no problem tells of, by path."""


def check(
    config: Config,
    *,
    now: datetime,
    places: Places | None = None,
    program: str = __version__,
    progress: Progress = lambda stage, done, total: None,
) -> Findings:
    """Find every problem, and write nothing.

    Args:
        config: As for the build.
        now: The time, aware.
        places: As for the build.
        program: As for the build.
        progress: Told how far each stage is.

    Raises:
        FeedsError: The archive cannot be read.
    """

    def find(plan: Plan, state: State) -> Findings:
        problems = (*plan.troubles.every(state), *_problems(silences_of(plan.prepared, state)))
        told = {problem.path for problem in problems if problem.kind is ProblemKind.UNREADABLE}
        return Findings(
            articles=plan.prepared.snapshot.scan.count,
            problems=problems,
            left_out={path: why for path, why in left_out(plan.prepared, state).items() if path not in told},
        )

    return foresee(config, find, now=now, places=places, program=program, progress=progress)


def _problems(silences: tuple[Silence, ...]) -> Iterator[Problem]:
    for one in silences:
        yield Problem(
            kind=ProblemKind.SILENT,
            path="",
            what=f'category "{"/".join(one.category)}" is silent since {one.last:%Y-%m-%d %H:%M}',
            cause=f"an article came every {_span(one.usual)}, and the archive has gone on for {_span(one.since)}",
            cure="See whether its source still exists, or its crawler still runs.",
        )


def _span(length: timedelta) -> str:
    hours = length / timedelta(hours=1)
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
