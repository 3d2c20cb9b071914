"""Why an entry is as it is, for a person at a terminal and for a program."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from wcwidth import wcswidth, wrap

from feeds.cli.terminal import counted, echo, style
from feeds.config import Config
from feeds.errors import format_place
from feeds.kinds import as_table, shown_name
from feeds.pipeline.explain import Explanation, Place
from feeds.text import printable, printable_json

_REASONS = {
    "apart": "a short beginning that has no word in common with the rest",
    "beside a picture": "stands under a picture, outside of the main text",
    "beside the text": "stands elsewhere than the main text, and speaks of other things",
    "hidden": "hidden on the page",
    "hint": "its element's name says that it stands around a text",
    "label": "no sentence",
    "links": "mostly links",
    "recurs": "recurs in this publisher's articles",
    "title": "says what the title says",
    "shared": "shared by this publisher's articles",
    "data": "a picture inside its own address",
    "small": "an ornament by its size",
    "flat": "an advert by its size",
    "behind the text": "stands behind the text, and more speaks against it",
    "under furniture": "stands under a heading that announces other things",
    "leads nowhere": "the archive has no such picture, and no site is known",
    "linked": "leads elsewhere, and more speaks against it",
    "promotion": "an advert by its name",
    "of the site": "a part of the site by its address",
}
"""Names of rules that do not explain themselves, in words."""
_NAMES = {"chains": "categories", "permalink": "link", "description": "described"}
_SHOWN_BLOCKS = 60


def print_explanation(explanation: Explanation, config: Config) -> None:
    """Print values, blocks, pictures and feeds with their reasons, and the table that would decide otherwise."""
    card = explanation.card
    echo(style(card.title, bold=True))
    echo(f"  {format_place(str(config.archive / card.path), None)}")
    if explanation.left_out:
        echo(style(f"  In no feed: {explanation.left_out}.", fg="red"))
    _print_values(explanation)
    _print_blocks(explanation)
    _print_pictures(explanation)
    _print_places(explanation.places)
    if explanation.fixes:
        numbers = ", ".join(map(str, explanation.fixes))
        echo(f"\nMeant for it in feeds.toml: [[fix]] number {numbers}")
    echo("\nTo have it otherwise, put this into feeds.toml, less what you do not mean:\n")
    for line in fix_table(explanation):
        echo(style(line, fg="green"))


def _print_values(explanation: Explanation) -> None:
    echo()
    for name, value, source in _values(explanation):
        head = f"  {style(f'{name:<11}', fg='cyan')}"
        _print_row(head, 13, value, source, is_whole=True)


def _values(explanation: Explanation) -> Iterator[tuple[str, str, str]]:
    card, entry = explanation.card, explanation.entry
    for field, origin in explanation.origins.items():
        value = getattr(card, field)
        source = origin.source if origin.line is None else f"{origin.source}, line {origin.line}"
        yield _NAMES.get(field, field), _shown(field, value), source
    if entry is not None and card.permalink is None and entry.permalink:
        yield "link", entry.permalink, "the page that feeds writes"
    yield "summary", explanation.judgement.summary.text or "(none)", explanation.judgement.summary.origin
    if entry is None:
        return
    yield "picture", entry.picture.address if entry.picture else "(none)", _origin_of_picture(explanation)


def _shown(field: str, value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} GMT"
    if field == "chains" and isinstance(value, tuple):
        return "; ".join(" > ".join(chain) for chain in value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _origin_of_picture(explanation: Explanation) -> str:
    if explanation.judgement.picture_is_fixed:
        return "a fix"
    taken = [verdict for verdict in explanation.judgement.pictures if not verdict.reason]
    if not taken or explanation.entry is None or explanation.entry.picture is None:
        return "no candidate belongs to the article"
    return "the front matter" if taken[0].is_stated else "the body"


def _print_blocks(explanation: Explanation) -> None:
    verdicts = [verdict for verdict in explanation.judgement.blocks if verdict.block.text]
    echo(f"\nText of the body: {counted(len(verdicts), 'block')} (+ may stand in the summary)")
    for number, verdict in enumerate(verdicts[:_SHOWN_BLOCKS], 1):
        reason = _REASONS.get(verdict.reason, verdict.reason)
        if verdict.is_own and reason:
            reason = f"less a part: {reason}"
        note = ", ".join(filter(None, (reason, verdict.block.trail)))
        _print_row(
            f"  {number:>3} {_sign(verdict.is_own)} ", 8, verdict.block.text, f"{verdict.block.kind.value}; {note}"
        )
    if len(verdicts) > _SHOWN_BLOCKS:
        echo(f"  … and {len(verdicts) - _SHOWN_BLOCKS:,} more: --json lists them")


def _print_pictures(explanation: Explanation) -> None:
    verdicts = explanation.judgement.pictures
    echo(f"\nPictures: {counted(len(verdicts), 'candidate')} (the first + stands for the article)")
    for number, verdict in enumerate(verdicts[:_SHOWN_BLOCKS], 1):
        where = "front matter" if verdict.is_stated else "body"
        reason = _REASONS.get(verdict.reason, verdict.reason)
        note = f"{where}; {reason}" if reason else where
        _print_row(f"  {number:>3} {_sign(not verdict.reason)} ", 8, verdict.address, note, is_whole=True)


def _print_places(places: Iterable[Place]) -> None:
    places = tuple(places)
    if not places:
        return
    echo("\nFeeds")
    for place in places:
        name = shown_name(place.category, " > ") or "the whole archive"
        note = place.reason or f"entry {place.position} from the newest"
        note += ", its summary alone for want of room (max_bytes)" if place.is_shrunk else ""
        echo(f"      {_sign(place.position is not None)} {name}\n          {style(note, dim=True)}")


def _sign(is_taken: bool) -> str:
    return style("+", fg="green", bold=True) if is_taken else style("-", fg="red")


def _print_row(head: str, indent: int, text: str, note: str, *, is_whole: bool = False) -> None:
    """Print one value on a line, cut to the terminal unless it is wanted whole, and its note on the next."""
    text, note = printable(text), printable(note)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000
    lines = [text] if " " not in text or width > wcswidth(text) else wrap(text, max(20, width - indent))
    lines = lines if is_whole else [_cut(text, width - indent)]
    echo(head + f"\n{' ' * indent}".join(lines))
    for line in wrap(note, max(20, width - indent - 2)):
        echo(" " * (indent + 2) + style(line, dim=True))


def _cut(text: str, columns: int) -> str:
    if wcswidth(text) <= columns:
        return text
    while text and wcswidth(text) >= columns:
        text = text[: max(0, len(text) - max(1, (wcswidth(text) - columns) // 2))]
    return text + "…"


def fix_table(explanation: Explanation) -> Iterator[str]:
    """Yield the lines of a table to paste: valid as it stands, with what else could be decided as comments."""
    card = explanation.card
    meant = [f"id = {_toml(card.id)}"]
    if card.publisher:
        meant.insert(0, f"publisher = {_toml(card.publisher)}")
    if card.chains:
        meant.append(f"category = {_toml(list(card.chains[0]))}")
    decided = list(_decisions(explanation))
    yield "[[fix]]"
    yield meant[0]
    yield from (f"# {line}" for line in meant[1:])
    yield decided[0]
    yield from (f"# {line}" for line in decided[1:])


def _decisions(explanation: Explanation) -> Iterator[str]:
    """Yield what a table could decide, the likeliest first."""
    judgement = explanation.judgement
    own = [verdict for verdict in judgement.blocks if verdict.is_own]
    passed = [verdict for verdict in judgement.blocks if verdict.block.text and not verdict.is_own]
    stated = judgement.summary.origin == "the front matter"
    if own and not stated:
        yield f"drop_text = {_toml([_example(own[0].text)])}"
    yield f"summary = {_toml(judgement.summary.text if stated else '')}"
    yield from (f"keep_text = {_toml([_example(verdict.block.text)])}" for verdict in passed[:1])
    around_own = {name for verdict in own for name in verdict.block.hints.split()}
    steps = (step for verdict in passed for step in reversed(verdict.block.trail.split()))
    apart = (step for step in steps if "." in step and not _names_of(step) & around_own)
    yield from (f"drop_selector = {_toml([selector])}" for selector in islice(apart, 1))
    others = [verdict.address for verdict in judgement.pictures if not verdict.reason][1:]
    yield f"picture = {_toml(others[0] if others else '')}"


def _names_of(selector: str) -> set[str]:
    """Answer the classes of a selector as blocks' hints write them."""
    return {re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower().replace("_", "-") for name in selector.split(".")[1:]}


def _example(text: str) -> str:
    """Answer the first sentence of a text."""
    return re.split("(?<=[。！？!?])|(?<=[a-z][.]) ", text, maxsplit=1)[0].strip()


def _toml(value: object) -> str:
    """Write a text or a list of texts: JSON's strings are TOML's basic strings."""
    return printable_json(json.dumps(value, ensure_ascii=False))


def explanation_as_dict(explanation: Explanation) -> dict[str, object]:
    """Answer everything for programs, under stable names."""
    card, entry = explanation.card, explanation.entry
    return {
        "path": card.path,
        "id": card.id,
        "title": card.title,
        "publisher": card.publisher,
        "left_out": explanation.left_out or None,
        "values": [{"name": name, "value": value, "from": source} for name, value, source in _values(explanation)],
        "summary": entry.summary if entry else None,
        "picture": entry.picture.address if entry and entry.picture else None,
        "blocks": [
            {
                "text": verdict.block.text,
                "kind": verdict.block.kind.value,
                "selector": verdict.block.trail,
                "leads nowhere": "the archive has no such picture, and no site is known",
                "linked": round(verdict.block.linked, 2),
                "taken": verdict.is_own,
                "reason": verdict.reason or None,
            }
            for verdict in explanation.judgement.blocks
        ],
        "pictures": [
            {
                "address": verdict.address,
                "stated": verdict.is_stated,
                "taken": not verdict.reason,
                "reason": verdict.reason or None,
            }
            for verdict in explanation.judgement.pictures
        ],
        "feeds": [
            {
                **as_table(place.category),
                "position": place.position,
                "reason": place.reason or None,
                "shrunk": place.is_shrunk,
            }
            for place in explanation.places
        ],
        "fixes": list(explanation.fixes),
        "fix": "\n".join(fix_table(explanation)),
    }
