"""What goes wrong: exceptions that stop a run, and problems that do not.

Knows nothing of the command line; `cli` alone turns these into text on a terminal and exit codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from feeds.text import printable


class FeedsError(Exception):
    """A fault that stops the run, in the one shape `PATH:LINE: message. hint`."""

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        text = (
            self.message
            if self.hint is None
            else f"{self.message}{'' if self.message.endswith('?') else '.'} {self.hint}"
        )
        return text if self.path is None else f"{format_place(self.path, self.line)}: {text}"


class ConfigError(FeedsError):
    """The configuration is wrong: mend `feeds.toml` or the option."""


class ArchiveError(FeedsError):
    """The archive cannot be read at all: mend its path or its permissions."""


class WriteError(FeedsError):
    """The output cannot be written: free the place, or choose another."""


class LockedError(FeedsError):
    """Another build is running: wait for it."""


class Severity(Enum):
    """How much a problem costs the reader."""

    ERROR = "error"
    """An article is left out, or shown without something that it states."""
    NOTICE = "notice"
    """A value was mended or guessed; the article is there."""


class ProblemKind(Enum):
    """Every kind of fault that does not stop a run: (slug, severity, what all of a kind are called).

    The slug, which is the kind's value, is what `--json` prints: it never changes.
    """

    slug: str
    severity: Severity
    label: str

    UNREADABLE = ("unreadable", Severity.ERROR, "files or folders that cannot be read")
    UNDATED = ("undated", Severity.ERROR, "articles without a date")
    BAD_DATE = ("bad-date", Severity.ERROR, "dates not understood")
    DUPLICATE_ID = ("duplicate-id", Severity.ERROR, "ids claimed by two files")
    BAD_VALUE = ("bad-value", Severity.ERROR, "values that cannot be used")
    FUTURE = ("future", Severity.NOTICE, "articles dated ahead, left out until due")
    ZONELESS = ("zoneless", Severity.NOTICE, "times without a zone")
    FRONT_MATTER = ("front-matter", Severity.NOTICE, "front matter recovered line by line")
    FENCE = ("fence", Severity.NOTICE, "front matter with a fence missing or misshapen")
    LOST_LINE = ("lost-line", Severity.ERROR, "front matter lines not understood")
    DUPLICATE_KEY = ("duplicate-key", Severity.NOTICE, "keys given twice")
    ENCODING = ("encoding", Severity.NOTICE, "files that are not clean UTF-8")
    CONTROL = ("control-character", Severity.NOTICE, "control characters removed")
    UNTITLED = ("untitled", Severity.NOTICE, "articles without a title")
    BROKEN_PICTURE = ("broken-picture", Severity.NOTICE, "pictures of the archive that are not there")
    UNUSED_FIX = ("unused-fix", Severity.NOTICE, "fixes that mend nothing")
    UNUSED_CONDITION = ("unused-condition", Severity.NOTICE, "conditions that mean no article")
    UNUSED_FEED = ("unused-feed", Severity.NOTICE, "feeds of the configuration that no article is in")
    DATE_KEPT = ("date-kept", Severity.NOTICE, "articles without a date of their own, placed by one that is remembered")
    MEMORY = ("memory", Severity.ERROR, "lines of the memory not understood")
    STATE = ("state", Severity.NOTICE, "state set aside")
    FLOOD = ("flood", Severity.ERROR, "feeds held back")
    MOVED = ("moved", Severity.NOTICE, "renamed categories that lead nowhere")
    SILENT = ("silent", Severity.NOTICE, "silent categories")
    ADDRESS = ("address", Severity.NOTICE, "feed addresses that needed a mark to be safe and unique")

    def __new__(cls, slug: str, severity: Severity, label: str) -> ProblemKind:
        """Make a kind that its slug stands for."""
        kind = object.__new__(cls)
        kind._value_ = kind.slug = slug
        kind.severity = severity
        kind.label = label
        return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault in one article (or folder) that did not stop the run."""

    kind: ProblemKind
    path: str
    """Archive-relative, `/`-separated; "" for the archive as a whole."""
    line: int | None = None
    """Counted from 1 in the file; None where the fault has no line."""
    what: str
    """What is wrong, with the value in quotes."""
    cause: str
    """Why it is wrong."""
    cure: str
    """What to do, and what happens until then."""
    setting: str | None = None
    """The one line of `feeds.toml` that cures all problems of this kind, where there is one."""

    def __str__(self) -> str:
        return f"{format_place(self.path, self.line)}: {self.what}: {self.cause}. {self.cure}"


def format_place(path: str, line: int | None) -> str:
    """Write a place as `PATH:LINE`, printable."""
    shown = printable(path)
    return shown if line is None else f"{shown}:{line}"


def not_utf8(error: UnicodeDecodeError, *, path: str) -> ConfigError:
    """Say of a file of the configuration that it is no UTF-8, and where."""
    line = error.object[: error.start].count(b"\n") + 1
    return ConfigError("not UTF-8", path=path, line=line, hint="Save it as UTF-8.")


def not_toml(error: Exception, text: str, *, path: str, hint: str) -> ConfigError:
    """Say of a file of the configuration what in it is no TOML, and where, from what `tomllib` says."""
    found = re.fullmatch(r"(.*?)(?: \(at (?:line (\d+).*|end of document)\))?", str(error))
    message, line = found.groups() if found else (str(error), None)
    return ConfigError(f"not TOML: {message}", path=path, line=int(line) if line else text.count("\n") + 1, hint=hint)


def line_of_key(name: str, text: str, number: int = 1) -> int | None:
    """Find the line of TOML that sets a key or begins a table; of tables with one name the one with a number."""
    written = re.compile(rf"""^\s*(?:\[+\s*)?["']?{re.escape(name)}["']?\s*(?:[=.\]])""")
    lines = [line for line, words in enumerate(text.split("\n"), 1) if written.match(words)]
    return lines[min(number, len(lines)) - 1] if lines else None
