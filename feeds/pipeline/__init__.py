"""The stages in their order: an archive becomes published feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from feeds import __version__
from feeds.config import Config, Places
from feeds.errors import Problem
from feeds.memory import write_memory
from feeds.pipeline.report import ExecutorFor, Progress, Report, here
from feeds.pipeline.scanning import Snapshot, scan_folder
from feeds.pipeline.shortcut import Shortcut
from feeds.pipeline.traces import find_traces, set_aside, sweep, take_over
from feeds.pipeline.wishes import Wishes
from feeds.state import BrokenStateError, State, discard
from feeds.state.lock import hold_lock

if TYPE_CHECKING:
    from feeds.announce import News as News  # these two for the command line's own annotations
    from feeds.model import PublishedEntry as PublishedEntry
    from feeds.pipeline.knowledge import Knowledge
    from feeds.pipeline.plan import Plan
    from feeds.publish import PublishReport
    from feeds.render import Format

__all__ = ["Progress", "Report", "Wishes", "build", "foresee"]

_Answer = TypeVar("_Answer")

SETTLING = 2_000_000_000
"""Nanoseconds for which a file that changed is not relied on: it may change again within one tick of a clock."""


def build(
    config: Config,
    *,
    now: datetime,
    formats: Sequence[Format] | None = None,
    executor_for: ExecutorFor = here,
    progress: Progress = lambda stage, done, total: None,
    places: Places | None = None,
    program: str = __version__,
    wishes: Wishes = Wishes(),  # noqa: B008 -- frozen
    account: Callable[[Report], object] = lambda report: None,
) -> Report:
    """Build every feed of an archive.

    Args:
        config: All settings.
        now: The time of the build, aware: what is dated ahead of it is not due yet, and what has no date and was
            never seen before is dated by it.
        formats: The table of formats, of which `config.formats` names the wanted ones; None for our own.
        executor_for: Answers where so many files, or bodies, are to be read; None for here.
        progress: Told how far each stage is.
        places: Where this build finds what the last one left, and leaves what the next one needs; None to start
            from the archive and the output alone, and leave nothing beside the output.
        program: Tells this program from one that may make other things of the same files.
        wishes: What is wanted of this build alone.
        account: Told of what was done, before another build may begin.

    Raises:
        LockedError: Another build is running.
        FeedsError: The archive cannot be read, or the output cannot be written.
    """
    run = partial(_build, config, places, now, formats, program, wishes, executor_for, progress)
    if not config.archive.is_dir():
        scan_folder(config)  # says what is wrong, before anything is written for an archive that is none
    with _alone(places, now) as settled_before:
        try:
            report = run(settled_before, ())
        except BrokenStateError as error:
            if places is None:
                raise
            discard(places.state)
            report = run(settled_before, (set_aside(places.state, error),))
        account(report)
        return report


def foresee(
    config: Config,
    use: Callable[[Plan, State], _Answer],
    *,
    now: datetime,
    formats: Sequence[Format] | None = None,
    progress: Progress = lambda stage, done, total: None,
    places: Places | None = None,
    program: str = __version__,
    wishes: Wishes = Wishes(),  # noqa: B008 -- frozen
) -> _Answer:
    """Decide all that `build` would, do something with that, and write nothing.

    Raises:
        FeedsError: The archive cannot be read.
    """
    from feeds.pipeline.knowledge import with_knowledge

    def plan(knowledge: Knowledge) -> _Answer:
        snapshot = Snapshot(scan_folder(config), None)
        decided = _plan(config, knowledge, snapshot, now, formats, program, wishes, here, progress)
        return use(decided, knowledge.state)

    return with_knowledge(config, places, plan)


@contextmanager
def _alone(places: Places | None, now: datetime) -> Iterator[int | None]:
    """Keep other builds out, and answer before which time files have settled."""
    if places is None:
        yield None
        return
    with hold_lock(places.lock, now) as file_time:
        sweep(places)
        take_over(places)
        yield file_time - SETTLING


def _build(
    config: Config,
    places: Places | None,
    now: datetime,
    formats: Sequence[Format] | None,
    program: str,
    wishes: Wishes,
    executor_for: ExecutorFor,
    progress: Progress,
    settled_before: int | None,
    problems: tuple[Problem, ...],
) -> Report:
    progress("scanning", 0, 0)
    traces = find_traces(config, places, is_made=True)
    try:
        snapshot = Snapshot(scan_folder(config), settled_before)
        names = ["default"] if formats is None else [row.name for row in formats]
        shortcut = Shortcut(config, traces, snapshot, names, program)
        if shortcut.is_open(now, wishes):
            return shortcut.report(wishes)
        progress("loading", 0, 0)
        from feeds.pipeline.carry_out import publish_plan, save_plan  # what only a build with work to do must load
        from feeds.pipeline.knowledge import understand
        from feeds.pipeline.outputs import Outputs

        knowledge = understand(traces._replace(problems=(*problems, *traces.problems)))
        plan = _plan(config, knowledge, snapshot, now, formats, program, wishes, executor_for, progress)
        if places is not None and plan.memory != knowledge.memory_data:
            write_memory(places.memory, plan.memory)
        outputs = Outputs(config.output, knowledge.manifest, knowledge.state)
        published = publish_plan(config, plan, knowledge, outputs, progress)
        progress("keeping", 0, 0)
        save_plan(config, plan, knowledge, outputs, shortcut, now=now, program=program)
        return _report(plan, published, knowledge, wishes)
    finally:
        traces.state.close()


def _plan(
    config: Config,
    knowledge: Knowledge,
    snapshot: Snapshot,
    now: datetime,
    formats: Sequence[Format] | None,
    program: str,
    wishes: Wishes,
    executor_for: ExecutorFor,
    progress: Progress,
) -> Plan:
    from feeds.pipeline.batches import Batches
    from feeds.pipeline.plan import plan_build
    from feeds.render import FORMATS

    return plan_build(
        config,
        knowledge,
        snapshot,
        now=now,
        formats=FORMATS if formats is None else formats,
        program=program,
        wishes=wishes,
        batches=Batches(executor_for, progress),
        progress=progress,
    )


def _report(plan: Plan, published: PublishReport, knowledge: Knowledge, wishes: Wishes) -> Report:
    written = set(published.written)
    return Report(
        articles=plan.prepared.snapshot.scan.count,
        left_out=plan.prepared.left_out,
        feeds=plan.listing.feeds,
        feed_count=len(plan.listing.feeds),
        entry_count=plan.entry_count,
        published=published,
        changed_feeds=tuple(job.path for job in plan.jobs if job.is_feed and job.path in written),
        news=tuple(one for one in plan.news if one.is_any and one.category not in plan.held),
        announced=len(
            {
                entry.id
                for one in plan.news
                if one.category not in plan.held
                for entry in one.new
                if entry.id not in plan.prepared.past.announced
            }
        ),
        held_back=plan.held,
        problems=plan.troubles.every(knowledge.state) if wishes.every_problem else plan.troubles.new,
        new_problems=plan.troubles.new,
        problem_count=plan.troubles.count,
    )
