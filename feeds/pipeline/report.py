"""What a build did, or would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from feeds.errors import Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from feeds.announce import News
    from feeds.model import CategoryPath, Feed
    from feeds.publish import PublishReport

ExecutorFor = Callable[[int], "Executor | None"]
"""Answers where so many files, or bodies, are to be read; None for here."""


def here(count: int) -> None:
    """Answer that everything is read by the build itself."""


Progress = Callable[[str, int, int], None]
"""Told of a stage's name, what is done of it and how much there is to do."""


class Report(NamedTuple):
    """What one build did."""

    articles: int
    """Files read."""
    left_out: Mapping[str, int]
    """Articles in no feed, by reason: "draft", "undated", "future", "unreadable", "copy", "corrected",
    "unselected"."""
    feeds: tuple[Feed, ...]
    """The whole archive's first; empty when nothing had changed since the last build."""
    feed_count: int
    entry_count: int
    """Articles that stand in at least one feed."""
    published: PublishReport
    changed_feeds: tuple[str, ...]
    """Output-relative paths of the feeds' files that were written."""
    news: tuple[News, ...]
    """What subscribers of each feed see; feeds in which they see nothing are not among them."""
    announced: int
    """Articles that no feed has held before."""
    held_back: frozenset[CategoryPath]
    """Feeds that stayed as they were, since they would have announced a flood of old entries."""
    problems: tuple[Problem, ...]
    """By path and line; every one if that was wished for, else those that the last build did not have."""
    new_problems: tuple[Problem, ...]
    """Those that the last build did not have."""
    problem_count: int
    """How many problems there are, new or not."""
    is_unchanged: bool = False
    """Nothing had changed since the last build, so nothing was done."""

    @property
    def has_written(self) -> bool:
        """Tell whether the output is another one than before."""
        return bool(self.published.written or self.published.removed)


def each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by path and line; what head and body of one file both say is said once."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.kind.slug, problem.what))
    once = {(problem.path, problem.kind, problem.what): problem for problem in reversed(ordered)}
    return tuple(reversed(once.values()))
