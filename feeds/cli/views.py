"""A feed as readers take it, for a person at a terminal and for a program."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence

from wcwidth import wcswidth, wrap

from feeds.cli.terminal import counted, echo, style
from feeds.pipeline.preview import Agreement, Doubt, Preview, Reader, Taken, Value, View
from feeds.text import printable

_NAME, _SOURCE = 12, 18
"""Columns of what a value is called, and of the element that gave it."""
_BODY_LINES = 3
_LONGEST = 240
"""Characters of a value that stays whole, wider than the terminal or not, so that it can be copied."""
_MOST_NUMBERS = 6
"""Entries that are named where many have the same fault."""


def print_preview(preview: Preview, shown: int) -> None:
    """Print entries as the one reader takes them, or where all readers differ; then what is done badly."""
    document = preview.document
    view = preview.views[0] if len(preview.views) == 1 else None
    echo(style(f"{preview.place} in {view.reader.title}" if view else preview.place, bold=True))
    size = f"{document.size / 1000:,.0f} kB" if document.size >= 1000 else f"{document.size} bytes"
    facts = f"{document.kind.value}, {counted(len(document.items), 'entry')}, {size}"
    echo(f"{facts}: {printable(document.title)}" if document.title else facts)
    if view:
        _print_entries(view, shown)
    else:
        _print_agreements(preview)
    _print_doubts(preview, shown if view else 0)


def _print_entries(view: View, shown: int) -> None:
    entries = view.taking.entries
    for entry in entries[:shown]:
        title = entry.title.text or f"(no title: {view.reader.untitled})"
        echo()
        for place, line in enumerate(wrap(printable(" ".join(title.split())), _width() - 6)):
            echo(f"{f'{entry.number:>4}' if place == 0 else '    '}  {style(line, bold=True)}")
        for name, source, lines in _rows(entry, view.reader):
            _print_row(name, source, lines)
        for doubt in view.doubts:
            if doubt.entry == entry.number:
                _print_doubt(doubt.text)
    if len(entries) > shown:
        echo(f"\n      … and {len(entries) - shown:,} more: -n {len(entries)}")


def _rows(entry: Taken, reader: Reader) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield what a reader has of an entry: the name of a value, where it came from, and its lines."""
    width = _width() - 6 - _NAME - _SOURCE
    if entry.passed_over:
        yield "", "", ["(this reader has no such entry)"]
        return
    digest = f"{entry.digest} of" if entry.digest else ""
    yield "id", entry.id.source or "(none)", [" ".join(filter(None, (digest, _line(entry.id.text))))]
    yield "date", *_date(entry)
    yield from _values("author", entry.authors)
    yield from _values("categories", entry.categories)
    yield from _values("picture", tuple(_shown_pictures(entry, reader)))
    if entry.link.text:
        yield "link", entry.link.source, [_line(entry.link.text)]
    text = wrap(printable(entry.seen.text), width)
    if len(text) > _BODY_LINES:
        text = [*text[: _BODY_LINES - 1], f"{text[_BODY_LINES - 1][:-1]}…"]
    yield "body", entry.body.source or "(none)", text or [""]


def _date(entry: Taken) -> tuple[str, list[str]]:
    if entry.date is not None:
        return entry.date_source, [f"{entry.date:%Y-%m-%d %H:%M:%S} GMT"]
    return entry.date_source or "(none)", [f'"{_line(entry.date_text)}"' if entry.date_text else ""]


def _values(name: str, values: Sequence[Value]) -> Iterator[tuple[str, str, Sequence[str]]]:
    if not values:
        yield name, "(none)", [""]
    for place, value in enumerate(values):
        yield name if place == 0 else "", value.source, [_line(value.text)]


def _shown_pictures(entry: Taken, reader: Reader) -> Iterator[Value]:
    """Yield pictures in the order in which a reader has them; one that it shows once, once."""
    inside = set(entry.seen.pictures)
    for picture in entry.pictures:
        if picture.source == "body" or not (reader.hides_repeated_pictures and picture.text in inside):
            yield picture


def _line(text: str) -> str:
    """Bring a value to one line; of a picture that stands inside its own address, and the like, the beginning."""
    text = printable(" ".join(text.split()))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _print_row(name: str, source: str, lines: Sequence[str]) -> None:
    head = f"{'':6}{style(f'{name:<{_NAME}}', fg='cyan')}"
    between = " " * (_SOURCE - len(source)) if len(source) < _SOURCE else f"\n{'':{6 + _NAME + _SOURCE}}"
    echo(head + style(source, dim=True) + (between + lines[0] if lines[0] else ""))
    for line in lines[1:]:
        echo(f"{'':{6 + _NAME + _SOURCE}}{line}")


def _print_agreements(preview: Preview) -> None:
    readers = [view.reader for view in preview.views if view.taking.entries]
    links = {reader.name for reader in readers if not reader.shows_body_pictures}
    echo()
    last = ""
    for agreement in preview.agreements:
        name = agreement.field if agreement.field != last else ""
        last = agreement.field
        linked = links if last == "picture" and any(agreement.sources) else ()
        names = [f"{name} (as links)" if name in linked else name for name in agreement.readers]
        by = "all" if len(names) == len(readers) else ", ".join(names)
        _print_pair(name, _told(agreement), by)


def _told(agreement: Agreement) -> str:
    if len(agreement.sources) == 1:
        return next(iter(agreement.sources)) or "(none)"
    return ", ".join(f"{count:,} {source or '(none)'}" for source, count in agreement.sources.items())


def _print_pair(name: str, source: str, by: str) -> None:
    right = max(20, _width() - 2 - _NAME - 32)
    left, readers = wrap(source, 30), wrap(by, right)
    for place in range(max(len(left), len(readers))):
        head = style(f"{name if place == 0 else '':<{_NAME}}", fg="cyan")
        taken = left[place] if place < len(left) else ""
        reader = readers[place] if place < len(readers) else ""
        echo(f"  {head}{taken}{' ' * max(1, 32 - wcswidth(taken))}{reader}".rstrip())


def _print_doubts(preview: Preview, shown: int) -> None:
    """Print each fault once, with the readers and the entries that it is true of; entries up to `shown` have theirs."""
    if not any(view.doubts for view in preview.views):
        echo("\nDone badly: nothing that is known")
        return
    grouped: dict[str, dict[tuple[str, tuple[int | None, ...]], list[str]]] = {}
    for view in preview.views:
        by_kind: dict[str, list[Doubt]] = {}
        for doubt in view.doubts:
            if doubt.entry is None or doubt.entry > shown:
                by_kind.setdefault(doubt.kind, []).append(doubt)
        for kind, doubts in by_kind.items():
            entries = tuple(doubt.entry for doubt in doubts)
            grouped.setdefault(kind, {}).setdefault((doubts[0].text, entries), []).append(view.reader.title)
    if grouped:
        echo("\nDone badly")
    for group in grouped.values():
        for (text, entries), readers in group.items():
            where = _numbers([entry for entry in entries if entry is not None])
            echo(f"  {style(', '.join(readers), fg='yellow')}{f': {where}' if where else ''}")
            for line in wrap(printable(text), _width() - 6):
                echo(f"      {line}")


def _numbers(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:_MOST_NUMBERS]))
    more = f" and {len(numbers) - _MOST_NUMBERS:,} more" if len(numbers) > _MOST_NUMBERS else ""
    return f"{'entry' if len(numbers) == 1 else 'entries'} {shown}{more}"


def _print_doubt(text: str) -> None:
    lines = wrap(printable(text), _width() - 8)
    for place, line in enumerate(lines):
        echo(f"      {style('! ' if place == 0 else '  ', fg='yellow')}{style(line, fg='yellow')}")


def _width() -> int:
    return max(60, min(100, shutil.get_terminal_size().columns))


def preview_as_dict(preview: Preview, shown: int | None) -> dict[str, object]:
    """Answer everything for programs, under stable names; of each reader's entries the first `shown`, or all."""
    document = preview.document
    return {
        "place": preview.place,
        "format": document.kind.value,
        "title": document.title,
        "entries": len(document.items),
        "bytes": document.size,
        "fault": document.fault,
        "fields": [
            {"field": one.field, "sources": dict(one.sources), "readers": list(one.readers)}
            for one in preview.agreements
        ],
        "readers": [
            {
                "reader": view.reader.name,
                "entries": [_as_dict(entry) for entry in view.taking.entries[:shown]],
                "doubts": [{"kind": one.kind, "entry": one.entry, "text": one.text} for one in view.doubts],
            }
            for view in preview.views
        ],
    }


def _as_dict(entry: Taken) -> dict[str, object]:
    return {
        "number": entry.number,
        "passed_over": entry.passed_over or None,
        "id": {**_value(entry.id), "kept_as": entry.digest or None},
        "title": _value(entry.title),
        "link": _value(entry.link),
        "date": {
            "value": entry.date.isoformat() if entry.date else None,
            "from": entry.date_source or None,
            "written": entry.date_text or None,
        },
        "authors": _listed(entry.authors),
        "categories": _listed(entry.categories),
        "pictures": _listed(entry.pictures),
        "body": {**_value(entry.body), "text": entry.seen.text},
    }


def _value(value: Value) -> dict[str, object]:
    return {"value": value.text or None, "from": value.source or None}


def _listed(values: Iterable[Value]) -> list[dict[str, object]]:
    return [_value(value) for value in values]
