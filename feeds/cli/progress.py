"""A progress bar on a terminal and nothing anywhere else, and what each stage has cost."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

Costs = dict[str, tuple[float, float]]
"""By stage: seconds that passed, and seconds of processor time, in the order in which stages began."""
EVERY = 0.1
"""Seconds between two pictures of the bar."""
WIDTH = 28


class Bar:
    """Shows one stage after the other on the same line of stderr, and takes itself away at the end."""

    def __init__(self, *, is_shown: bool) -> None:
        """Show it only where somebody may look."""
        self.costs: Costs = {}
        """What each stage has taken until now."""
        self._is_shown = is_shown and sys.stderr.isatty()
        self._drawn_at = 0.0
        self._stage = ""
        self._since = (time.monotonic(), time.process_time())

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._enter("")
        if self._is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def advance(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if stage != self._stage:
            self._enter(stage)
        at = time.monotonic()
        if not self._is_shown or (done < total and at - self._drawn_at < EVERY):
            return
        self._drawn_at = at
        filled = WIDTH * done // total if total else 0
        bar = click.style("█" * filled, fg="green") + click.style("░" * (WIDTH - filled), dim=True)
        count = f"{done:,} of {total:,}" if total else ""
        click.echo(f"\r\x1b[K{stage:<17} {bar} {count}", nl=False, err=True)

    def _enter(self, stage: str) -> None:
        """Note what the stage before has cost until now."""
        now = (time.monotonic(), time.process_time())
        if self._stage:
            passed, worked = self.costs.get(self._stage, (0.0, 0.0))
            self.costs[self._stage] = (passed + now[0] - self._since[0], worked + now[1] - self._since[1])
        self._stage, self._since = stage, now
