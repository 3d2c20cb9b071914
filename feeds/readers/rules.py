"""What the table of readers is written in: which elements give a value, in which order, and what else there is.

A *source* names elements of an entry in one word:

- `dc:creator`; `author|dc:creator`, either of them; `last dc:creator`, of several the last;
- `enclosure@url`, an attribute, or a part of a person; `author@name|email`, the first of them that says something;
- `author@bracketed`, the name in `a@b.example (Name)`, and `unbracketed`, what stands before it; `person`, a by-line of
  name and e-mail; `as-email`, a text that is shown as an e-mail address when it looks like one;
- `link[enclosure]@href`, those of which a condition holds;
- `feed/managingEditor`, of the feed itself;
- `=link`, what was taken as the entry's link already; `=rfc-date`, the date in RFC 822's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from feeds.readers.document import Kind


class DateChoice(Enum):
    """Which of several dates counts."""

    PRESENT = "the first that is there"
    READABLE = "the first that can be read"
    LAST = "the last in the feed"


class Undated(Enum):
    """What an entry without a date that can be read is dated by."""

    NOW = "the time at which it is fetched"
    GUESS = "the time at which it is fetched; of an unreadable date whatever digits it finds"
    NONE = "nothing: it is sorted by when it was first seen"


class Repeats(Enum):
    """What becomes of entries of one feed that have the same id."""

    ONE = "one entry: the text of the first in the feed, the date of the last"
    ANY = "one entry: either of them"
    ADDRESS = "the address is added to the id of the later ones"
    DEGRADED = "above 5 % of the feed, id by link and date for all: every entry may come back as new"


class Attached(Enum):
    """How pictures show that an entry names outside of its body."""

    NONE = "not at all"
    LINK = "the last one, at the top, as a link"
    LIST = "as attachments below, equal addresses once"
    FIGURE = "in the body, unless the same address stands there already"
    KEPT = "kept for programs, not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a reader takes from an entry of one format; each a list of sources, the first that says something counts."""

    ids: tuple[tuple[str, ...], ...]
    """Ways to identify an entry, the first that gives all of its parts counts."""
    titles: tuple[str, ...]
    links: tuple[str, ...]
    dates: tuple[str, ...]
    date_choice: DateChoice
    bodies: tuple[str, ...]
    authors: tuple[tuple[str, ...], ...] = ()
    """Groups, the first that names somebody counts, whole."""
    categories: tuple[tuple[str, ...], ...] = ()
    """Groups, the first that names one counts, whole."""
    pictures: tuple[str, ...] = ()
    """All of them count."""
    needed: tuple[tuple[str, ...], ...] = ()
    """Groups of which each must give something, or the entry is passed over."""
    is_strict: bool = False
    """What lacks something that is needed costs the whole feed."""
    is_by_comma: bool = False
    """An author is several where a comma stands."""
    repeats: Repeats = Repeats.ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A row of the table: what is known of one reader."""

    name: str
    """What the command line calls it."""
    title: str
    """What people call it."""
    version: str
    """The version, or the state of its source, that the row is true of."""
    undated: Undated
    attached: Attached
    untitled: str
    """What stands for a title."""
    relative_to: str
    """What relative addresses in a body are resolved against."""
    scope: str = "its feed"
    """Among what an id is one entry."""
    digest: str = ""
    """What an id is kept as; "" as it is."""
    composed_digest: str = ""
    """What an id is kept as that is made of several parts or stands in for one; "" as it is."""
    rules: Mapping[Kind, Rules] = field(default_factory=dict)
    """By format; a format that is not in it is not read."""
    shows_body_pictures: bool = True
    """Pictures of the body are seen, not listed as links."""
    refuses_damage: bool = False
    """A feed that is not well-formed is not read at all."""
    splits_categories: bool = False
    """A category is several where a comma stands."""
    takes_at_for_email: bool = False
    """An author's name with an `@` in it is shown as an e-mail address."""
    distrusts_future: bool = False
    """A date more than a day ahead counts as none."""
    most_bytes: int | None = None
    """Of a feed; None when it has no bound, or none is known."""

    @property
    def hides_repeated_pictures(self) -> bool:
        """A picture that stands in the body already is not shown again."""
        return self.attached is Attached.FIGURE
