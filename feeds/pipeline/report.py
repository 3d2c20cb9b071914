"""What a build did, or would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from feeds.announce import News
from feeds.errors import Problem
from feeds.model import CategoryPath, Feed
from feeds.pipeline.fingerprints import fingerprint
from feeds.publish import PublishReport

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, what is done of it and how much there is to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one build did."""

    articles: int
    """Files read."""
    left_out: Mapping[str, int]
    """Articles in no feed, by reason: "draft", "undated", "future", "unreadable", "copy", "corrected"."""
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
    """By path and line; empty when nothing had changed since the last build."""
    known_problems: frozenset[str] = field(default_factory=frozenset)
    """Fingerprints of the problems that the last build had."""
    is_unchanged: bool = False
    """Nothing had changed since the last build, so nothing was done."""

    @property
    def has_written(self) -> bool:
        """Tell whether the output is another one than before."""
        return bool(self.published.written or self.published.removed)

    @property
    def new_problems(self) -> tuple[Problem, ...]:
        """Those that the last build did not have."""
        return tuple(problem for problem in self.problems if fingerprint_of_problem(problem) not in self.known_problems)

    @property
    def problem_count(self) -> int:
        """How many problems there are, new or not."""
        return len(self.known_problems) if self.is_unchanged else len(self.problems)


def fingerprint_of_problem(problem: Problem) -> str:
    """Answer by what a problem is known from one build to the next: not by its line, which an edit moves."""
    return fingerprint(problem.kind.slug, problem.path, problem.what)


def each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by path and line; what head and body of one file both say is said once."""
    ordered = sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.kind.slug, problem.what))
    once = {(problem.path, problem.kind, problem.what): problem for problem in reversed(ordered)}
    return tuple(reversed(once.values()))
