"""Reading in batches: functions of a batch whose results are joined in any order.

So any `concurrent.futures.Executor` may run them: a process pool, a cluster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec import Struct

from feeds.errors import Problem
from feeds.finish.blocks import read_body
from feeds.model import Body, Reading
from feeds.normalise import CardRules, make_card
from feeds.pipeline.report import ExecutorFor, Progress
from feeds.read import hash_body, read_article, read_body_text
from feeds.state.values import decoded, encoded

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

BATCH = 256
"""Files in one batch of work."""
_AT_ONCE = 32
"""Batches that an executor is given before the first of them is done."""

BodiesRead: TypeAlias = dict[str, tuple[Body, tuple[Problem, ...]]]
"""What `read_bodies` answers."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Batches:
    """Runs a function over items, a batch at a time, here or on an executor."""

    def __init__(self, executor_for: ExecutorFor, progress: Progress) -> None:
        """Take where to run, and whom to tell how far it is."""
        self._executor_for = executor_for
        self._progress = progress

    def run(
        self,
        stage: str,
        function: Callable[[Sequence[_Item]], _Result],
        items: Iterable[_Item],
        total: int,
        kind: type[_Result],
    ) -> Iterator[_Result]:
        """Yield the result of each batch; all of them, in no order that counts.

        Args:
            stage: What is done, for the progress.
            function: Of a batch.
            items: Asked for as they are needed.
            total: How many there are at most; what is one batch, or less, is done here.
            kind: What the function answers.
        """
        ahead = iter(items)
        batches = iter(lambda: tuple(islice(ahead, BATCH)), ())
        done = 0
        self._progress(stage, done, total)
        first = next(batches, ())
        executor = self._executor_for(total) if len(first) == BATCH else None
        batches = chain((first,) if first else (), batches)
        for count, result in (
            _carried(executor, function, batches, kind) if executor else _results(None, function, batches)
        ):
            done += count
            self._progress(stage, done, total)
            yield result


def _results(
    executor: Executor | None, function: Callable[[Sequence[_Item]], _Result], batches: Iterator[Sequence[_Item]]
) -> Iterator[tuple[int, _Result]]:
    if executor is None:
        yield from ((len(batch), function(batch)) for batch in batches)
        return
    running: deque[tuple[int, Future[_Result]]] = deque()
    for batch in batches:
        running.append((len(batch), executor.submit(function, batch)))
        if len(running) >= _AT_ONCE:
            count, future = running.popleft()
            yield count, future.result()
    yield from ((count, future.result()) for count, future in running)


def _carried(
    executor: Executor,
    function: Callable[[Sequence[_Item]], _Result],
    batches: Iterator[Sequence[_Item]],
    kind: type[_Result],
) -> Iterator[tuple[int, _Result]]:
    """Yield results that come from other processes as MessagePack does: pickle takes three times as long."""
    for count, data in _results(executor, partial(_packed, function), batches):
        yield count, decoded(data, kind)


def _packed(function: Callable[[Sequence[_Item]], object], batch: Sequence[_Item]) -> bytes:
    return encoded(function(batch))


class FileWanted(Struct, frozen=True, kw_only=True, gc=False):
    """One file to read."""

    path: str
    """Archive-relative."""
    is_whole: bool
    """Its body is to be hashed, too: a change has to be told from a new date."""


class FilesRead(Struct, frozen=True, kw_only=True):
    """What reading one batch of files gave."""

    readings: tuple[Reading, ...]
    unread: dict[str, tuple[Problem, ...]]
    """Why the others cannot be read, by path."""


def read_files(root: Path, rules: CardRules, wanted: Sequence[FileWanted]) -> FilesRead:
    """Read one batch of files and make their cards; pure but for reading. Files that vanished are not among them."""
    readings, unread = [], {}
    for one in wanted:
        article, problems = read_article(root, one.path)
        if article is not None:
            card, more = make_card(article, rules)
            is_whole = one.is_whole or card.published is None or card.is_zoneless
            readings.append(
                Reading(
                    card=card,
                    body_size=article.body_size,
                    body_hash=hash_body(root, one.path) if is_whole else None,
                    is_cut=article.is_cut,
                    problems=(*problems, *more),
                )
            )
        elif problems:
            unread[one.path] = problems
    return FilesRead(readings=tuple(readings), unread=unread)


class BodyWanted(Struct, frozen=True, kw_only=True):
    """One body to read."""

    path: str
    """Archive-relative."""
    drop: tuple[str, ...]
    """CSS selectors of what is no part of it."""
    has_html: bool
    """Its HTML is wanted, too."""


def read_bodies(root: Path, wanted: Sequence[BodyWanted]) -> BodiesRead:
    """Read the bodies of one batch of files, by path, with what was mended; files that vanished are not among them."""
    bodies = {}
    for one in wanted:
        found = read_body_text(root, one.path)
        if found is not None:
            body = read_body(
                one.path,
                found.text,
                is_markdown=found.is_markdown,
                is_rest=found.is_rest,
                drop=one.drop,
                has_html=one.has_html,
            )
            bodies[one.path] = body, found.problems
    return bodies
