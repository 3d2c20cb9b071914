"""`feeds build --dry-run`: what subscribers of each feed would see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feeds.cli.program import program_identity
from feeds.cli.progress import Bar
from feeds.cli.terminal import counted, echo, echo_json, style
from feeds.config import Config, Places
from feeds.kinds import as_table, shown_name
from feeds.pipeline import Wishes, foresee

if TYPE_CHECKING:
    from feeds.pipeline import News
    from feeds.pipeline.plan import Plan

_MOST_LISTED = 5
"""Entries listed of each kind in each feed."""


def print_forecast(config: Config, places: Places, wishes: Wishes, as_json: bool, *, is_quiet: bool) -> None:
    """Print, feed by feed, what a build would show to subscribers, and what it would hold back."""
    with Bar(is_shown=not (as_json or is_quiet)) as bar:
        plan = foresee(
            config,
            lambda plan, state: plan,
            now=datetime.now(UTC),
            progress=bar.advance,
            places=places,
            program=program_identity(),
            wishes=wishes,
        )
    if as_json:
        echo_json([_as_dict(one, plan) for one in plan.news if one.is_any])
    elif not is_quiet:
        _print(plan, config)


def _print(plan: Plan, config: Config) -> None:
    first = [one for one in plan.news if one.is_first]
    seen = [one for one in plan.news if one.is_any and not one.is_first]
    for one in seen:
        _print_news(one, config, is_held=one.category in plan.held)
    if first:
        entries = {entry.id for one in first for entry in one.new}
        feeds, articles = counted(len(first), "feed"), counted(len(entries), "article")
        echo(f"\n{feeds} that nobody can have subscribed to yet: {articles}")
    if not seen:
        echo("\nSubscribers would see nothing new.")
    totals = {
        "new": len({entry.id for one in seen for entry in one.new}),
        "edited": len({entry.id for one in seen for entry in one.edited}),
        "returning": len({entry.id for one in seen for entry in one.returning}),
        "id changed": len({entry.id for one in seen for _, entry in one.renamed}),
        "held back": sum(one.category in plan.held for one in seen),
    }
    echo(f"\n{', '.join(f'{count:,} {name}' for name, count in totals.items())}; nothing was written")


def _print_news(one: News, config: Config, *, is_held: bool) -> None:
    renamed = {entry.id for _, entry in one.renamed}
    old = {entry.id for entry in one.old} - renamed
    fresh = [entry for entry in one.new if entry.id not in old | renamed]
    counts = (
        ("new", len(fresh)),
        ("too old to announce" if is_held else "new though old", len(old)),
        ("id changed", len(one.renamed)),
        ("edited", len(one.edited)),
        ("returning", len(one.returning)),
        ("rolled off", len(one.rolled_off)),
    )
    told = ", ".join(f"{count:,} {name}" for name, count in counts if count)
    name = shown_name(one.category) or config.shown_title
    echo(f"\n{style(name, bold=True)}  {told}{'; held back' if is_held else ''}")
    _list("new", [(entry.published, entry.title) for entry in fresh])
    _list(
        "too old" if is_held else "new but old",
        [(entry.published, entry.title) for entry in one.old if entry.id in old],
    )
    _list("id changed", [(entry.published, entry.title) for _, entry in one.renamed])
    _list("edited", [(entry.published, entry.title) for entry in one.edited])
    _list("returning", [(entry.published, entry.title) for entry in one.returning])
    _list("rolled off", [(entry.published, entry.title) for entry in one.rolled_off])


def _list(kind: str, entries: Sequence[tuple[datetime, str]]) -> None:
    for published, title in entries[:_MOST_LISTED]:
        echo(f"  {kind:<11} {published:%Y-%m-%d %H:%M}  {title}")
    if len(entries) > _MOST_LISTED:
        echo(f"  {'':<11} … and {len(entries) - _MOST_LISTED:,} more")


def _as_dict(one: News, plan: Plan) -> dict[str, Any]:
    return {
        **as_table(one.category),
        "is_first": one.is_first,
        "held_back": one.category in plan.held,
        "new": [entry.id for entry in one.new],
        "too_old": [entry.id for entry in one.old],
        "id_changed": [{"from": before.id, "to": entry.id} for before, entry in one.renamed],
        "edited": [entry.id for entry in one.edited],
        "returning": [entry.id for entry in one.returning],
        "rolled_off": [entry.id for entry in one.rolled_off],
    }
