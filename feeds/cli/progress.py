"""A progress bar on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

EVERY = 0.1
"""Seconds between two pictures of the bar."""
WIDTH = 28


class Bar:
    """Shows one stage after the other on the same line of stderr, and takes itself away at the end."""

    def __init__(self, *, is_shown: bool) -> None:
        """Show it only where somebody may look."""
        self._is_shown = is_shown and sys.stderr.isatty()
        self._drawn_at = 0.0

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def advance(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        at = time.monotonic()
        if not self._is_shown or (done < total and at - self._drawn_at < EVERY):
            return
        self._drawn_at = at
        filled = WIDTH * done // total if total else 0
        bar = click.style("█" * filled, fg="green") + click.style("░" * (WIDTH - filled), dim=True)
        count = f"{done:,} of {total:,}" if total else ""
        click.echo(f"\r\x1b[K{stage:<17} {bar} {count}", nl=False, err=True)
