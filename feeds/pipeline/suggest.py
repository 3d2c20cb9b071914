"""The lines of a drafted configuration: what is found out is laid over what is known already; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from feeds.addresses import encode
from feeds.config import CONFIG_NAME, Config, default_of, parse_config, setting_fields
from feeds.config.written import Line, format_config, format_value, group_lines
from feeds.errors import ConfigError
from feeds.pipeline.origins import Prefix
from feeds.survey import Survey

_USUAL, _MOST_KEPT = 20, 200
"""Entries of our feeds unless somebody says otherwise, and at most."""
_EXAMPLES = ("example.org", "example.com", "example.net", "127.0.0.1")
"""Hosts that are nobody's."""


def keep_usable(lines: dict[str, Line]) -> Iterator[str]:
    """Take out what no configuration may hold, beside what stands before it, and say so of each value that is wrong."""
    known = {setting.name for setting in fields(Config)}
    most = lines.get("limit_max") or Line(name="limit_max", value=10_000, comment="")
    kept: list[Line] = []
    for group in ((most,), *group_lines(tuple(lines.values()))):
        for line in group:
            if line is most and kept:
                continue
            kept.append(replace(line, is_set=True))
            try:
                parse_config(format_config(kept, head=""), Path(CONFIG_NAME))
            except ConfigError as error:
                kept.pop()
                del lines[line.name]
                if line.name in known:
                    yield f"{error.message} ({line.comment})"


def add_guesses(lines: dict[str, Line], survey: Survey, folders: Sequence[str]) -> None:
    """Add what the articles tell, where no generator's configuration says more."""
    for guess in survey.guesses:
        if guess.name == "exclude" and isinstance(guess.value, list):
            _exclude(lines, guess.value, guess.reason)
        elif guess.name not in lines and not (guess.name == "authority" and "base_url" in lines):
            lines[guess.name] = Line(name=guess.name, value=guess.value, comment=guess.reason, is_set=guess.is_sure)
    _exclude(lines, folders, "folders that hold no articles")


def _exclude(lines: dict[str, Line], patterns: Sequence[str], reason: str) -> None:
    """Add patterns of what is left out to those that are known already."""
    known = lines.get("exclude")
    before = list(known.value) if known is not None and isinstance(known.value, list | tuple) else []
    added = [pattern for pattern in patterns if pattern not in before]
    if added:
        comment = f"{known.comment}; {reason}" if known is not None else reason
        lines["exclude"] = Line(name="exclude", value=[*before, *added], comment=comment)


def add_limit(lines: dict[str, Line], count: int, articles: int) -> None:
    """Let our feed be as long as the old one, so that no older article is news to its subscribers.

    Args:
        lines: What is known.
        count: Entries that the old feed shows; 0 when there is none.
        articles: Of the archive that may be published.
    """
    if count and "limit" not in lines and count != _USUAL and count < articles and count <= _MOST_KEPT:
        lines["limit"] = Line(name="limit", value=count, comment="entries that the old feed shows")
    limit = lines["limit"].value if "limit" in lines else 0
    if isinstance(limit, int) and limit > _MOST_KEPT and "limit_max" not in lines:
        lines["limit_max"] = Line(name="limit_max", value=limit, comment="no less than limit")


def add_ids(
    lines: dict[str, Line],
    own: Prefix | None,
    owner: tuple[str, str] | None,
    stated: Mapping[str, object],
    *,
    now: datetime,
    new_ids: bool,
) -> set[str]:
    """Add who names the entries, and answer what is to be other than the file says.

    What the output's ids begin with goes on, unless new ones are wanted.

    Args:
        lines: What is known.
        own: What the ids of the output begin with.
        owner: A domain, and why it is somebody's who may name entries.
        stated: What the file says.
        now: Of its year a new authority is.
        new_ids: New ids are wanted.
    """
    guess = lines.get("authority")
    if guess is not None and guess.is_set:
        guess = replace(guess, comment=f"{guess.comment}; never change it")
    host = urlsplit(encode(str(stated.get("base_url", ""))) or "").hostname or ""
    if guess is None and "." in host and not host.endswith(_EXAMPLES):
        guess = Line(name="authority", value=host.removeprefix("www."), comment="host of base_url; never change it")
    if guess is None and owner is not None:
        guess = Line(name="authority", value=owner[0], comment=f"{owner[1]}; never change it")
    year = lines.get("year") or Line(name="year", value=now.year, comment="this year; never change it")
    if own is not None and not new_ids:
        other = f"; --new-ids takes {guess.value}" if guess is not None and guess.value != own.authority else ""
        comment = f"{own.count:,} ids of the output begin so; never change it{other}"
        lines["authority"] = Line(name="authority", value=own.authority, comment=comment)
        lines["year"] = Line(name="year", value=own.year, comment="as there")
        return set()
    if guess is None or not guess.is_set:
        comment = "your domain: set it before others subscribe, and never change it"
        lines["authority"] = Line(name="authority", value="example.org", comment=comment, is_set=False)
        lines["year"] = replace(year, comment="a year in which that was yours", is_set=False)
        return set()
    lines["authority"], lines["year"] = guess, year
    return {"authority", "year"} & stated.keys() if new_ids else set()


def add_hints(lines: dict[str, Line], *, is_site: bool) -> None:
    """Add what nobody can guess, to be thought about; of a site, addresses are known or told of."""
    hints = (
        ("description", "what it is about", "the title, unless you say more"),
        ("base_url", "https://example.org/feeds/", "where a server shows the output"),
        ("site_url", "https://example.org/", "a site of the articles, for relative links"),
        ("permalink", "https://example.org/:year/:title/", "pages of articles that name none"),
        ("content", "full", "whole articles, not summaries"),
    )
    for name, value, comment in hints:
        if name not in lines and not (is_site and name in ("site_url", "permalink")):
            lines[name] = Line(name=name, value=value, comment=comment, is_set=False)


def shown_lines(lines: Mapping[str, Line], stated: Mapping[str, object], forced: Iterable[str]) -> tuple[Line, ...]:
    """Answer the lines as they hold: what a file states goes before what was found."""
    shown = dict(lines)
    for name in stated.keys() - set(forced):
        guess, comment = lines.get(name), "as the file says"
        if guess is not None and guess.is_set and _plain(guess.value) != _plain(stated[name]):
            comment += f"; it would be {format_value(guess.value)}: {guess.comment}"
        if not isinstance(stated[name], list) or name in ("include", "exclude", "formats", "placeholders"):
            shown[name] = Line(name=name, value=stated[name], comment=comment)
    return tuple(line for group in group_lines(tuple(shown.values())) for line in group)


def is_usual(line: Line) -> bool:
    """Tell whether a file means the same without this line."""
    return any(line.name == setting.name and line.value == _plain(default_of(setting)) for setting in setting_fields())


def _plain(value: object) -> object:
    """Bring a value to what two that mean the same have in common."""
    if isinstance(value, list | tuple):
        return list(value)
    value = str(value) if isinstance(value, Path) else value
    return value.rstrip("/") if isinstance(value, str) else value
