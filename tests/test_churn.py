"""Learning must not unsettle what subscribers have seen: summaries and pictures stay while the archive grows."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds import Config, build
from feeds.choose import moment_of
from feeds.pipeline import foresee
from feeds.pipeline.plan import Plan
from feeds.state import State

pytestmark = pytest.mark.long

ARCHIVE = Path(__file__).parent.parent / "archive"
DAYS = 31
MOST = 0.01
"""Share of the existing entries that may change at a day's growth."""


def dates_of(plan: Plan, state: State) -> dict[str, datetime]:
    return {one.path: moment_of(one.published) for _, _, shelf in state.register.shelves() for one in shelf}


def test_a_month_of_growth_changes_hardly_any_summary_or_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config(archive=ARCHIVE, output=tmp_path / "public", limit=1000, limit_max=1000, article_pages="none")
    now = datetime(2022, 8, 1, tzinfo=UTC)
    dates = foresee(config, dates_of, now=now)
    growing = Config(archive=tmp_path / "archive", output=tmp_path / "public", limit=1000, limit_max=1000)
    pictures = shutil.ignore_patterns("*.md", "*.mdx", "*.html")
    shutil.copytree(ARCHIVE, growing.archive, ignore=pictures)
    last = max(dates.values())
    laid: set[str] = set()
    before: dict[str, tuple[str, str | None]] = {}
    compared = 0
    changed: list[str] = []
    for day in range(DAYS, -1, -1):
        until = last - timedelta(days=day)
        for path, published in dates.items():
            if published <= until and path not in laid:
                laid.add(path)
                (growing.archive / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ARCHIVE / path, growing.archive / path)
        entries = build(growing, now=until).feeds[0].entries
        shown = {entry.id: (entry.summary, entry.picture.address if entry.picture else None) for entry in entries}
        both = before.keys() & shown.keys()
        compared += len(both)
        changed += [f"day {DAYS - day}: {before[one]} -> {shown[one]}" for one in both if before[one] != shown[one]]
        before = shown
    with capsys.disabled():
        print(f"\nchurn: {len(changed)} of {compared} entries seen the day before changed in {DAYS} days")
    assert compared > 500
    assert len(changed) <= MOST * compared, "\n".join(changed)
