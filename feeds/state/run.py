"""The last build, as the state keeps it: read before all else, and without what reads the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime

from feeds.state.store import BrokenStateError

Status = tuple[int, int, int, int]
"""What the file system says of a file: size in bytes, times of change and of status in nanoseconds, inode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The last build that came to its end."""

    program: str
    """Which program it was: another one may make other things of the same files."""
    rules: str
    """Fingerprint of the rules by which cards were made."""
    undated: str
    """What was done with articles without a date."""
    began: datetime
    """The time it was given."""
    inputs: str
    """Fingerprint of all that it depended on, and of the output that it left; "" when that cannot be relied on."""
    next_due: datetime | None
    """When the next article comes in, or drops out, because time passes; None when none does."""
    ahead: tuple[str, ...]
    """Paths of articles that are dated ahead."""
    memory: bytes
    """The memory as it was written."""
    articles: int
    """Files of articles that were there."""
    left_out: dict[str, int]
    feeds: int
    entries: int
    problems: int
    """How many there were."""
    news: tuple[str, ...]
    """Paths of articles that subscribers were told something new of, and of which that may have to be remembered."""
    marks: dict[str, str]
    """Fingerprint of each folder as its articles were read; "" where that cannot be relied on."""
    selection: str = ""
    """Fingerprint of what the configuration selects; "" for everything."""


def format_run(run: Run) -> bytes:
    """Write a run: a line of JSON, then the memory as it is."""
    row = {field.name: getattr(run, field.name) for field in fields(Run) if field.name != "memory"}
    return json.dumps(row, default=datetime.isoformat).encode() + b"\n" + run.memory


def parse_run(data: bytes) -> Run:
    """Read a run.

    Raises:
        BrokenStateError: It is none.
    """
    head, _, memory = data.partition(b"\n")
    try:
        row = json.loads(head)
        due = row["next_due"]
        row["began"] = datetime.fromisoformat(row["began"])
        row["next_due"] = None if due is None else datetime.fromisoformat(due)
        row["ahead"], row["news"] = tuple(row["ahead"]), tuple(row["news"])
        return Run(**row, memory=memory)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise BrokenStateError(str(error)) from error
