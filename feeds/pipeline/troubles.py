"""The problems of a build: of articles only where they may be others than at the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from msgspec import Struct

from feeds.choose import ahead_problem, moment_of
from feeds.errors import Problem, ProblemKind
from feeds.normalise import LEFT_OUT
from feeds.pipeline.entries import Entries
from feeds.pipeline.prepare import Prepared
from feeds.pipeline.report import each_once
from feeds.state import Registered, Standing, State


class Troubles(Struct, frozen=True, kw_only=True):
    """What there is to tell."""

    new: tuple[Problem, ...]
    """Those that the last build did not have, by path and line."""
    count: int
    """How many there are, new or not."""
    kept: Mapping[str, tuple[Problem, ...] | None]
    """Those of files that were looked at, by path, and all others under ""; None where there are none."""

    def every(self, state: State) -> tuple[Problem, ...]:
        """Answer all of them, by path and line."""
        kept = {**state.problems(), **self.kept}
        return each_once(problem for problems in kept.values() for problem in problems or ())


def find_troubles(prepared: Prepared, entries: Entries, others: Iterable[Problem], state: State) -> Troubles:
    """Find what there is to tell of the articles that this build looked at, and of all else.

    Args:
        prepared: The articles.
        entries: Made of some of them.
        others: Problems of no article.
        state: What the last build told.
    """
    run, chosen, readings = state.run, prepared.chosen, prepared.readings
    looked_at = {
        *prepared.past.affected,
        *readings.troubled,
        *readings.unread,
        *chosen.cards,
        *chosen.ahead,
        *state.keys("entries"),
        *(run.ahead if run is not None else ()),
    }
    found: dict[str, list[Problem]] = {path: list(problems) for path, problems in readings.unread.items()}
    for path, one in readings.today.find(looked_at).items():
        found[path] = [*_of_file(one)]
        if path in chosen.ahead:
            found[path].append(ahead_problem(path, moment_of(chosen.ahead[path])))
        if path in entries.kept:
            text = prepared.bodies.known(path)
            found[path] += [*(text.problems if text else ()), *entries.kept[path].problems]
    for problem in prepared.past.problems:
        found.setdefault(problem.path, []).append(problem)
    now = {path: each_once(found.get(path, ())) for path in looked_at | found.keys()} | {"": each_once(others)}
    before = state.problems(now)
    told = {_key(problem) for problems in before.values() for problem in problems}
    return Troubles(
        new=each_once(problem for problems in now.values() for problem in problems if _key(problem) not in told),
        count=(run.problems if run else 0) - sum(map(len, before.values())) + sum(map(len, now.values())),
        kept={path: problems or None for path, problems in now.items() if problems != before.get(path, ())},
    )


def _key(problem: Problem) -> tuple[ProblemKind, str, str]:
    """Answer by what a problem is known from one build to the next: not by its line, which an edit moves."""
    return problem.kind, problem.path, problem.what


def _of_file(one: Registered) -> Iterator[Problem]:
    """Yield what was found in a file; where memory knows a date, a file without one costs nothing."""
    if one.standing is Standing.UNSELECTED:  # nobody sees it
        return
    card, path = one.reading.card, one.reading.path
    stated = card.published
    if stated and one.standing is not Standing.CORRECTED and one.published is None:
        yield Problem(
            kind=ProblemKind.UNDATED,
            path=path,
            what=f"no date but {stated:%Y-%m-%d %H:%M:%S}, without a zone",
            cause="it had none at the first build, and this one came later: a crawler's clock, it seems",
            cure=f"Write its date with a zone; {LEFT_OUT}",
        )
    for problem in one.reading.problems:
        if stated is None and one.published is not None and problem.cure.endswith(LEFT_OUT):
            cure = problem.cure.removesuffix(LEFT_OUT)
            moment = moment_of(one.published)
            yield replace(
                problem,
                kind=ProblemKind.DATE_KEPT,
                cure=f"{cure}until then it stays at {moment:%Y-%m-%dT%H:%M:%SZ}, as it was first known.",
            )
        else:
            yield problem
