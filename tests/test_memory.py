"""The memory's file: lines that survive a merge, an editor and a full disk."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ProblemKind, Severity, WriteError
from feeds.memory import VERSION, format_memory, parse_memory, read_memory, write_memory
from feeds.model import Memory, Move, Remembered, RememberedFeed

FILE = Path("news-memory.jsonl")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
MEMORY = Memory(
    since=NOON,
    articles={
        "金融/降准.md": Remembered(id="urn:x", announced=NOON),
        "a.md": Remembered(first=NOON),
        "b.md": Remembered(seen=NOON + timedelta(days=1)),
        "c.md": Remembered(is_older=True),
    },
    moves={"new/": Move(origin="old/"), "d.md": Move(origin="e.md", replaces="f.md")},
    feeds={
        ("Gone",): RememberedFeed(folder="Gone", updated=NOON),
        ("TECH", "Chips"): RememberedFeed(folder="TECH-1/Chips", updated=None),
    },
)

paths = st.one_of(st.text(), st.binary(max_size=12).map(os.fsdecode))
"""Names of files, those that are no UTF-8 among them."""
instants = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001 -- the zone comes next
    lambda instant: instant.replace(microsecond=0, tzinfo=UTC)
)
remembered = st.builds(
    Remembered,
    id=st.none() | st.text(),
    announced=st.none() | instants,
    first=st.none() | instants,
    seen=st.none() | instants,
) | st.builds(Remembered, is_older=st.just(True), id=st.none() | st.text(), announced=st.none() | instants)
memories = st.builds(
    Memory,
    since=st.none() | instants,
    articles=st.dictionaries(paths, remembered, max_size=5),
    moves=st.dictionaries(paths, st.builds(Move, origin=paths, replaces=st.none() | paths.filter(bool)), max_size=3),
    feeds=st.dictionaries(
        st.lists(st.text(), max_size=3).map(tuple),
        st.builds(RememberedFeed, folder=st.text(), updated=st.none() | instants),
        max_size=3,
    ),
)


@given(memory=memories)
def test_what_is_written_is_read_back(memory: Memory) -> None:
    assert parse_memory(format_memory(memory), FILE) == (memory, ())


@pytest.mark.long
@given(memory=memories)
def test_the_header_is_first_and_the_lines_are_sorted(memory: Memory) -> None:
    first, *lines, end = format_memory(memory).decode().split("\n")
    assert json.loads(first)["feeds-memory"] == VERSION
    assert lines == sorted(lines)
    assert end == ""
    assert len(lines) == len(memory.articles) + len(memory.moves) + len(memory.feeds)


def test_the_same_memory_has_the_same_bytes_in_whatever_order_it_came() -> None:
    turned = Memory(
        since=MEMORY.since,
        articles=dict(sorted(MEMORY.articles.items(), reverse=True)),
        moves=dict(sorted(MEMORY.moves.items(), reverse=True)),
        feeds=dict(sorted(MEMORY.feeds.items(), reverse=True)),
    )
    assert format_memory(turned) == format_memory(MEMORY)


def test_the_lines_are_made_for_people() -> None:
    assert format_memory(MEMORY).decode().splitlines() == [
        '{"feeds-memory": 1, "since": "2026-07-01T12:00:00Z"}',
        '{"category": ["Gone"], "folder": "Gone", "updated": "2026-07-01T12:00:00Z"}',
        '{"category": ["TECH", "Chips"], "folder": "TECH-1/Chips"}',
        '{"moved": "d.md", "from": "e.md", "replaces": "f.md"}',
        '{"moved": "new/", "from": "old/"}',
        '{"path": "a.md", "first": "2026-07-01T12:00:00Z"}',
        '{"path": "b.md", "seen": "2026-07-02T12:00:00Z"}',
        '{"path": "c.md", "seen": null}',
        '{"path": "金融/降准.md", "id": "urn:x", "announced": "2026-07-01T12:00:00Z"}',
    ]


def test_names_that_are_no_utf8_stand_as_escapes() -> None:
    memory = Memory(articles={"\udcff.md": Remembered(id="urn:x")})
    assert rb'"\udcff.md"' in format_memory(memory)
    assert parse_memory(format_memory(memory), FILE) == (memory, ())


@pytest.mark.parametrize(
    "damage",
    [
        b"<<<<<<< HEAD",
        b'{"path": "x.md", "id": "ur',
        b'{"path": 3}',
        b'{"path": "x.md", "announced": "yesterday"}',
        b'{"moved": "x.md"}',
        b'{"category": "x", "folder": 1}',
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=lambda damage: damage[:24].decode("latin-1"),
)
def test_a_damaged_line_costs_that_line_and_is_told_with_its_place(damage: bytes) -> None:
    lines = format_memory(MEMORY).split(b"\n")
    lines.insert(4, damage)
    memory, problems = parse_memory(b"\n".join(lines), FILE)
    assert memory == MEMORY
    (problem,) = problems
    assert problem.kind is ProblemKind.MEMORY
    assert problem.kind.severity is Severity.ERROR
    assert problem.what.startswith("news-memory.jsonl:5: ")


def test_a_lost_header_costs_only_when_it_all_began() -> None:
    memory, problems = parse_memory(b"".join(format_memory(MEMORY).splitlines(keepends=True)[1:]), FILE)
    assert (memory.since, memory.articles, problems) == (None, MEMORY.articles, ())


def test_blank_lines_and_windows_line_ends_do_no_harm() -> None:
    data = b"\n\n" + format_memory(MEMORY).replace(b"\n", b"\r\n") + b"  \n"
    assert parse_memory(data, FILE) == (MEMORY, ())


def test_a_later_version_is_refused() -> None:
    with pytest.raises(WriteError, match=r"version 2, later than 1.*Build with the version"):
        parse_memory(b'{"feeds-memory": 2, "since": null}\n{"anew": 1}\n', FILE)


@pytest.mark.long
@given(ours=memories, theirs=memories, data=st.data())
def test_two_files_merged_in_any_order_say_what_both_say(ours: Memory, theirs: Memory, data: st.DataObject) -> None:
    theirs = Memory(
        since=ours.since,
        articles={path: one for path, one in theirs.articles.items() if path not in ours.articles},
        moves={path: one for path, one in theirs.moves.items() if path not in ours.moves},
        feeds={name: one for name, one in theirs.feeds.items() if name not in ours.feeds},
    )
    lines = [*format_memory(ours).splitlines(), *format_memory(theirs).splitlines()]
    merged, problems = parse_memory(b"\n".join(data.draw(st.permutations(lines))), FILE)
    assert problems == ()
    assert merged == Memory(
        since=ours.since,
        articles={**ours.articles, **theirs.articles},
        moves={**ours.moves, **theirs.moves},
        feeds={**ours.feeds, **theirs.feeds},
    )


def test_of_two_lines_about_one_thing_the_last_counts() -> None:
    memory, problems = parse_memory(b'{"path": "a", "id": "x"}\n{"path": "a", "id": "y"}\n', FILE)
    assert (memory.articles, problems) == ({"a": Remembered(id="y")}, ())


def test_a_memory_that_is_not_there_has_no_bytes(tmp_path: Path) -> None:
    assert read_memory(tmp_path / "memory.jsonl") is None


def test_a_memory_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_memory(tmp_path / "memory.jsonl", format_memory(MEMORY))
    assert read_memory(tmp_path / "memory.jsonl") == format_memory(MEMORY)


def test_a_file_that_cannot_be_read_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="the memory cannot be read"):
        read_memory(tmp_path)


def test_the_old_memory_stays_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = tmp_path / "memory.jsonl"
    write_memory(place, b"old\n")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WriteError, match="No space left on device; nothing was published"):
        write_memory(place, b"new\n")
    assert [path.name for path in tmp_path.iterdir()] == ["memory.jsonl"]
    assert place.read_bytes() == b"old\n"


@given(
    instant=st.datetimes(timezones=st.just(UTC)), form=st.sampled_from(["%Y-%m-%dT%H:%M:%SZ", "%Y%m%dT%H%M%SZ", "%c"])
)
def test_instants_are_read_as_they_are_written_and_no_other_way(instant: datetime, form: str) -> None:
    """And where somebody has left out a zero."""
    written = f"{instant:{form}}"
    for text in (written, written.replace("-0", "-").replace("T0", "T")):
        line = json.dumps({"path": "a.md", "first": text})
        memory, problems = parse_memory(f'{{"feeds-memory": 1, "since": null}}\n{line}\n'.encode(), FILE)
        try:
            expected = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        except ValueError:
            assert len(problems) == 1
        else:
            assert (memory.articles["a.md"].first, problems) == (expected, ())
