"""`last-run.json`: the account of the last run, for whatever watches over it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from feeds.cli.report import problem_as_dict
from feeds.config import Config
from feeds.disk import replace_file
from feeds.errors import FeedsError, WriteError
from feeds.pipeline import Report


def write_success(path: Path, report: Report, config: Config, *, began: datetime, ended: datetime) -> None:
    """Write the account of a build that came to its end.

    Raises:
        WriteError: The disk refuses.
    """
    _write(
        path,
        {
            "outcome": "unchanged" if report.is_unchanged or not report.has_written else "changed",
            **_times(began, ended),
            "articles": report.articles,
            "left_out": dict(sorted(report.left_out.items())),
            "feeds": report.feed_count,
            "entries": report.entry_count,
            "new_entries": report.announced,
            "written": len(report.published.written),
            "removed": len(report.published.removed),
            "output": str(config.output.resolve()),
            "changed_feeds": list(report.changed_feeds),
            "held_back": sorted("/".join(category) for category in report.held_back),
            "problem_count": report.problem_count,
            "problems": [problem_as_dict(problem) for problem in report.new_problems],
        },
    )


def write_failure(path: Path, error: FeedsError, *, began: datetime, ended: datetime) -> None:
    """Write the account of a build that was stopped; where none ever began, there is nothing to watch.

    Raises:
        WriteError: The disk refuses.
    """
    if path.parent.is_dir():
        _write(path, {"outcome": "failed", **_times(began, ended), "error": str(error)})


def _times(began: datetime, ended: datetime) -> dict[str, str]:
    return {"began": f"{began:%Y-%m-%dT%H:%M:%SZ}", "ended": f"{ended:%Y-%m-%dT%H:%M:%SZ}"}


def _write(path: Path, account: dict[str, Any]) -> None:
    try:
        replace_file(
            path, (json.dumps(account, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
        )
    except OSError as error:
        raise WriteError(
            f"the account of the run cannot be written: {error.strerror or error}",
            path=str(path),
            hint="Make room, or let the user who builds write there; the feeds are as they should be.",
        ) from error
