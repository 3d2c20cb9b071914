"""The table of readers, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wcwidth import wrap

from feeds.cli.terminal import echo, style
from feeds.pipeline.preview import READERS, Reader, Rules

_NAME = 12
_WIDTH = 80


def print_rules(name: str | None) -> None:
    """Print what a reader goes by, or all of them: by format the elements of each value, in their order."""
    for place, reader in enumerate(reader for reader in READERS if name in (None, reader.name)):
        if place:
            echo()
        echo(f"{style(reader.title, bold=True)} ({reader.version}), --as {reader.name}")
        for kind, rules in reader.rules.items():
            echo(f"  {kind.value}")
            for row, text in _rows(rules):
                _print_row(row, text)
        echo("  any format" if len(reader.rules) > 1 else "  always")
        for row, text in _habits(reader):
            _print_row(row, text)


def _rows(rules: Rules) -> Iterator[tuple[str, str]]:
    yield "id", "; else ".join(" + ".join(part.removeprefix("=") for part in recipe) for recipe in rules.ids)
    if rules.needed:
        what = "or the feed is not read" if rules.is_strict else "or the entry is passed over"
        yield "needs", f"{' and '.join(' or '.join(group) for group in rules.needed)}, {what}"
    yield "same id", rules.repeats.value
    yield "title", _listed(rules.titles)
    yield "link", _listed(rules.links)
    yield "date", f"{_listed(rules.dates)}: {rules.date_choice.value}" if len(rules.dates) > 1 else _listed(rules.dates)
    yield "author", _groups(rules.authors) + (", several where a comma stands" if rules.is_by_comma else "")
    yield "categories", _groups(rules.categories)
    yield "pictures", _listed(rules.pictures) or "(none)"
    yield "body", _listed(rules.bodies)


def _habits(reader: Reader) -> Iterator[tuple[str, str]]:
    if reader.digest:
        yield "kept as", f"{reader.digest} of the id"
    elif reader.composed_digest:
        yield "kept as", f"{reader.composed_digest} of an id that is made of other parts"
    yield "one entry in", reader.scope
    yield "no title", reader.untitled
    yield "no date", reader.undated.value
    yield "pictures", f"{reader.attached.value}; those of the body {_seen(reader)}"
    yield "relative", f"addresses in a body are resolved against {reader.relative_to}"
    habits = {
        "the feed must be well-formed": reader.refuses_damage,
        "a category is split at its commas": reader.splits_categories,
        "an author with an @ is an e-mail address": reader.takes_at_for_email,
        "a date over a day ahead is none": reader.distrusts_future,
        f"a feed has at most {(reader.most_bytes or 0) // 2**20} MiB": reader.most_bytes is not None,
    }
    also = "; ".join(text for text, is_so in habits.items() if is_so)
    if also:
        yield "also", also


def _seen(reader: Reader) -> str:
    return "are seen" if reader.shows_body_pictures else "as links"


def _listed(sources: Iterable[str]) -> str:
    return ", ".join(sources)


def _groups(groups: Iterable[Iterable[str]]) -> str:
    return "; else ".join(" and ".join(group) for group in groups) or "(none)"


def _print_row(name: str, text: str) -> None:
    lines = wrap(text, _WIDTH - 6 - _NAME)
    for place, line in enumerate(lines):
        echo(f"    {style(f'{name if place == 0 else str():<{_NAME}}', fg='cyan')}  {line}")
