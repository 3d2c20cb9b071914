"""What `feeds init` found, for a person: counts, settings with their reasons, examples, and what subscribers see."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import quote

from wcwidth import wcswidth, wrap

from feeds.cli.terminal import counted, echo, style
from feeds.config import Config
from feeds.config.written import format_value
from feeds.errors import format_place
from feeds.text import printable

if TYPE_CHECKING:
    from feeds.config.written import Line
    from feeds.pipeline.draft import Draft
    from feeds.pipeline.outlook import Outlook

_NAME, _VALUE = 13, 28
"""Columns of a setting's name, and of its value."""
_MOST_CATEGORIES = 6
_MOST_LISTED = 3
_SUMMARY_LINES = 3
_UNDATED = (
    "Write a date into the front matter, or before the name: 2022-07-31-name.md. What comes after the first build "
    "is dated when it is seen."
)
_GENERATORS = {
    "hexo": "Hexo",
    "jekyll": "Jekyll",
    "hugo": "Hugo",
    "pelican": "Pelican",
    "nikola": "Nikola",
    "zola": "Zola",
    "eleventy": "Eleventy",
    "astro": "Astro",
    "mkdocs": "MkDocs",
}
_REASONS = {
    "copy": "second copies",
    "corrected": "older headlines",
    "draft": "drafts",
    "future": "not due yet",
    "undated": "without a date",
    "unreadable": "unreadable",
}


def print_draft(draft: Draft, outlook: Outlook) -> None:
    """Print what was found, each setting with its reason, and examples."""
    _head("Found")
    for name, words in _found(draft, outlook):
        _row(name, words)
    _head("Settings")
    tables = [line for line in draft.lines if isinstance(line.value, dict) and line.is_set]
    for line in draft.lines:
        if line.is_set and line not in tables:
            _print_line(line.name, format_value(line.value), line.comment)
    for line in tables:
        assert isinstance(line.value, dict), "a table is a mapping"
        for key, value in line.value.items():
            _print_line(f"{line.name}.{key}", format_value(value), line.comment)
    if draft.before is None:
        _print_open(draft.lines)
    if draft.notes:
        _head("Not taken over")
        for note in draft.notes:
            _item(note)
    _print_examples(outlook, draft.config.zone)


def _print_open(lines: Iterable[Line]) -> None:
    open_lines = [line for line in lines if not line.is_set]
    if open_lines:
        names = [line.name for line in open_lines]
        _row("left open", f"{', '.join(names)}: see the lines behind # in the file")
        if "authority" in names:
            _row("", "Set base_url, authority and year before others subscribe.")


def print_prospect(draft: Draft, outlook: Outlook, *, adopted: int, build: str) -> None:
    """Print what was written, the next command, the line for the theme, and what subscribers see."""
    echo()
    if draft.text == draft.before:
        _hint("unchanged", f"{_shown(draft)}: it says all that was found")
    else:
        _hint("wrote", _shown(draft))
    if draft.old:
        many = "old entry keeps" if adopted == 1 else "old entries keep"
        _hint("remembered", f"{adopted:,} {many} id and date: {os.path.relpath(draft.places.memory)}")
    is_addressed = draft.config.base_url != Config().base_url
    if draft.site is not None and draft.site.link and is_addressed:
        _hint("theme", draft.site.link)
    if draft.site is not None and outlook.is_first and is_addressed:
        feed = f"{draft.config.base_url}{quote(draft.config.paths[draft.config.formats[0]])}"
        _hint("first", "if people follow a feed of this site, take over its ids:")
        _hint("", f"{build.replace('feeds build', 'feeds adopt', 1)} {feed}")
    if outlook.is_held:
        _hint("flood", f"{build} --accept-flood, once you mean it")
    _hint("next", build)
    if draft.site is not None and draft.config.output.resolve() != draft.site.output.resolve():
        copied, into = (os.path.relpath(place) for place in (draft.config.output, draft.site.output))
        _hint("then", f"{shlex.join(['cp', '-R', f'{copied}/.', f'{into}/'])}   # after each build of the site")
    for kind, entries in (("new", outlook.new), ("repeated", outlook.repeated)):
        if entries and not outlook.is_first:
            echo()
            for entry in entries[:_MOST_LISTED]:
                echo(f"  {kind:<9} {entry.published:%Y-%m-%d}  {_cut(entry.title, _width() - 24)}")
            if len(entries) > _MOST_LISTED:
                echo(f"  {'':<9} … and {len(entries) - _MOST_LISTED:,} more")
    echo(f"\nSubscribers will see: {style(seen_of(outlook), bold=True)}")


def seen_of(outlook: Outlook) -> str:
    """Say in a line what subscribers see."""
    if not outlook.examples:
        return "nothing: no article can be published yet, and feeds check says why"
    if outlook.is_first:
        count = len(outlook.new)
        return f"{count:,} {'entry' if count == 1 else 'entries'} new to everybody; no feed was found here"
    return f"{len(outlook.new):,} new, {len(outlook.repeated):,} repeated, {outlook.kept:,} kept"


def _found(draft: Draft, outlook: Outlook) -> Iterable[tuple[str, str]]:
    site, survey = draft.site, draft.survey
    if site is not None:
        name = _GENERATORS.get(site.generator, site.generator)
        yield "generator", f"{name}, by {format_place(os.path.relpath(site.config), None)}"
    articles = f"{format_place(os.path.relpath(draft.config.archive), None)}: {counted(outlook.articles, 'article')}"
    if outlook.first and outlook.last:
        first, last = (moment.astimezone(draft.config.zone or UTC) for moment in (outlook.first, outlook.last))
        articles += f", {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    yield "archive", articles
    of = "" if survey.looked_at >= outlook.articles else f" (of {survey.looked_at:,} looked at)"
    yield "front matter", f"{_counts(survey.dialects)}; {_counts(survey.suffixes)}{of}"
    if outlook.categories:
        shown = ", ".join(f"{'/'.join(path)} {count:,}" for path, count in outlook.categories[:_MOST_CATEGORIES])
        more = len(outlook.categories) - _MOST_CATEGORIES
        yield "categories", f"{shown}{f' and {more:,} more' if more > 0 else ''}"
    if survey.uncategorised:
        label = "" if outlook.categories else "categories"
        yield label, f"none named in {survey.uncategorised:,}; the folder, if any, stands for it{of}"
    if survey.pictured:
        yield "pictures", f"{survey.pictured:,} {'article names' if survey.pictured == 1 else 'articles name'} one{of}"
    if outlook.left_out:
        reasons = ", ".join(f"{_REASONS[name]} {count:,}" for name, count in sorted(outlook.left_out.items()))
        yield "left out", f"{sum(outlook.left_out.values()):,}: {reasons}"
    if outlook.left_out.get("undated"):
        yield "", _UNDATED
    if outlook.problems:
        yield "problems", f"{outlook.problems:,}: feeds check lists them, each with its cure"
    for feed in draft.old:
        place = format_place(os.path.relpath(feed.path), None)
        yield "old feed", f"{place}: {counted(len(feed.entries), 'entry')}"


def _print_examples(outlook: Outlook, zone: tzinfo | None) -> None:
    if outlook.examples:
        _head("Entries as they will look")
    room = _width() - 2 - _NAME
    for place, entry in enumerate(outlook.examples):
        if place:
            echo()
        echo(f"  {style(_cut(entry.title, _width() - 2), bold=True)}")
        categories = ", ".join("/".join(chain) for chain in entry.categories) or "(no category)"
        published = entry.published.astimezone(zone or UTC)
        _row("", f"{published:%Y-%m-%d %H:%M} {'' if zone else 'GMT'}".rstrip() + f"  {categories}")
        _row("", _cut(entry.permalink or "(no page)", room))
        lines = wrap(printable(entry.summary), room) or ["(no text)"]
        if len(lines) > _SUMMARY_LINES:
            lines = [*lines[: _SUMMARY_LINES - 1], f"{lines[_SUMMARY_LINES - 1][:-1]}…"]
        for line in lines:
            echo(f"  {'':<{_NAME}}{line}")
        _row("", _cut(f"picture {entry.picture.address}" if entry.picture else "no picture", room))


def _print_line(name: str, value: str, reason: str) -> None:
    """Print a setting: its reason beside it where there is room, else below."""
    value, reason = _cut(value, _width() - 2 - _NAME), printable(reason)
    left = f"  {style(_padded(name, _NAME), fg='cyan')}"
    width = _width() - 2 - _NAME - _VALUE
    if wcswidth(name) < _NAME and wcswidth(value) < _VALUE:
        lines = wrap(reason, width) or [""]
        echo(f"{left}{_padded(value, _VALUE)}{lines[0]}".rstrip())
        for line in lines[1:]:
            echo(f"{'':{2 + _NAME + _VALUE}}{line}")
        return
    echo(f"{left}{value}")
    for line in wrap(reason, width):
        echo(f"{'':{2 + _NAME + _VALUE}}{line}")


def _row(name: str, words: str) -> None:
    head = f"  {style(_padded(name, _NAME), fg='cyan')}"
    lines = wrap(printable(words), _width() - 2 - _NAME, break_on_hyphens=False) or [""]
    echo(f"{head}{lines[0]}".rstrip())
    for line in lines[1:]:
        echo(f"  {'':<{_NAME}}{line}")


def _item(words: str) -> None:
    for place, line in enumerate(wrap(printable(words), _width() - 4, break_on_hyphens=False)):
        echo(f"  {'- ' if place == 0 else '  '}{line}")


def _hint(name: str, words: str) -> None:
    echo(f"  {style(f'{name:<10}', fg='green')} {words}")


def _head(words: str) -> None:
    echo(f"\n{style(words, bold=True)}")


def _padded(text: str, width: int) -> str:
    return text + " " * max(1, width - max(0, wcswidth(text)))


def _cut(text: str, width: int) -> str:
    """Cut a text to so many columns, printable."""
    text = printable(text)
    if wcswidth(text) <= width:
        return text
    while text and wcswidth(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _counts(pairs: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in pairs)


def _shown(draft: Draft) -> str:
    return format_place(str(draft.path), None)


def _width() -> int:
    return max(60, min(100, shutil.get_terminal_size().columns))
