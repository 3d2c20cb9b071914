"""The state: what was kept comes back as it was, and what is damaged is known to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.errors import Problem, ProblemKind, WriteError
from feeds.model import Announced, Block, BlockKind, Body, PictureCandidate, PictureFile, Reading, ShownEntry
from feeds.state import (
    BrokenStateError,
    KeptBody,
    KeptEntry,
    KeptOutput,
    KeptPicture,
    KeptReading,
    Run,
    State,
    discard,
)
from feeds.state.store import SCHEMA, TABLES
from tests.articles import NOON, make_card
from tests.feed_samples import BARE, ENTRY

RAW = "News/\udcff\udcfe.md"
"""The name of a file that is no UTF-8."""
STAMP = (120, 1_700_000_000_000_000_001, 1_700_000_000_000_000_002, 99)
PROBLEM = Problem(kind=ProblemKind.ZONELESS, path=RAW, line=3, what="w", cause="c", cure="d", setting="zone = 1")
BODY = Body(
    path=RAW,
    blocks=(Block(kind=BlockKind.QUOTE, text="Boats \U0001f6a2", linked=0.25, hints="a b", is_hidden=True),),
    pictures=(PictureCandidate(address="a.png", width=3, height=None, hints=""),),
    undropped="Boats",
    stand_ins=frozenset({"x", "y"}),
    html="<p>Boats</p>",
)
RUN = Run(
    program="one",
    rules="r",
    began=NOON,
    inputs="",
    next_due=datetime(2030, 1, 1, tzinfo=UTC),
    memory=b"\x00\xff{}",
    articles=3,
    left_out={"copy": 1},
    feeds=2,
    entries=2,
    problems=("p",),
)


def reading(path: str) -> KeptReading:
    card = make_card(path=path, chains=(("News", "Harbour"), ("Culture",)))
    return KeptReading(
        stamp=STAMP,
        reading=Reading(path=path, card=card, body_size=9, body_hash="ab", problems=(replace(PROBLEM, path=path),)),
    )


def body(path: str) -> KeptBody:
    return KeptBody(
        stamp=None, drop=(".ad",), digest="d", body=replace(BODY, path=path), problems=(replace(PROBLEM, path=path),)
    )


def entry(path: str) -> KeptEntry:
    return KeptEntry(key="k", entry=ENTRY, page_html=None, pictures=((path, None), ("b.png", "d")), problems=(PROBLEM,))


KINDS: dict[str, dict[Any, object]] = {
    "run": {"": RUN},
    "readings": {
        "a.md": reading("a.md"),
        RAW: reading(RAW),
        "b.md": KeptReading(
            stamp=None, reading=Reading(path="b.md", card=None, body_size=0, body_hash=None, problems=())
        ),
    },
    "bodies": {"a.md": body("a.md"), RAW: body(RAW)},
    "entries": {"a.md": entry("a.md"), RAW: entry(RAW), "b.md": replace(entry("b.md"), entry=BARE, page_html="<p>")},
    "pictures": {
        "a.png": KeptPicture(stamp=STAMP, file=PictureFile(data=None, length=3, digest="d", media_type="image/png")),
        RAW: KeptPicture(stamp=None, file=None),
    },
    "outputs": {"rss.xml": KeptOutput(key="k", digest="d", stamp=STAMP)},
    "announced": {
        ENTRY.id: Announced(id=ENTRY.id, published=NOON, paths=(RAW, "a.md"), feeds=frozenset({(), ("金融", "国内")})),
        "urn:x": Announced(id="urn:x", published=NOON, paths=(), feeds=frozenset()),
    },
    "windows": {
        (): (ShownEntry(id="urn:x", title="Low tide", published=NOON, digest=""),),
        ("金融", "a/b"): (),
    },
}


def all_of(state: State, kind: str) -> dict[Any, Any]:
    if kind == "run":
        return {"": state.run}
    found = getattr(state, kind)
    answer: dict[Any, Any] = found(KINDS[kind]) if kind in ("bodies", "entries") else found()
    return answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def filled(path: Path, count: int = 300) -> Path:
    with closing(State(path)) as state:
        state.save({"run": {"": RUN}, "readings": {f"{number}.md": reading(f"{number}.md") for number in range(count)}})
    return path


def test_every_table_has_a_kind_of_value() -> None:
    assert set(KINDS) == set(TABLES)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_kept_comes_back_as_it_was(path: Path, kind: str) -> None:
    with closing(State(path)) as state:
        state.save({kind: KINDS[kind]})
    with closing(State(path)) as state:
        assert all_of(state, kind) == KINDS[kind]


def test_only_what_is_asked_for_is_read(path: Path) -> None:
    with closing(State(path)) as state:
        state.save({"bodies": {f"{number}.md": body(f"{number}.md") for number in range(1200)}})
        wanted = [f"{number}.md" for number in range(1100)]
        assert sorted(state.bodies([*wanted, "gone.md"])) == sorted(wanted)


def test_a_value_is_replaced_and_none_takes_it_away(path: Path) -> None:
    with closing(State(path)) as state:
        state.save({"outputs": {"a": KeptOutput(key="1", digest="d", stamp=STAMP), "b": KINDS["outputs"]["rss.xml"]}})
        state.save({"outputs": {"a": KINDS["outputs"]["rss.xml"], "b": None, "c": None}})
        assert state.outputs() == {"a": KINDS["outputs"]["rss.xml"]}


def test_of_an_emptied_table_nothing_else_is_kept(path: Path) -> None:
    with closing(State(path)) as state:
        state.save({"bodies": {"a.md": body("a.md")}, "pictures": KINDS["pictures"]})
        state.save({"bodies": {"b.md": body("b.md")}}, emptied=("bodies",))
        assert set(state.bodies(["a.md", "b.md"])) == {"b.md"}
        assert state.pictures() == KINDS["pictures"]


def test_without_a_path_nothing_is_kept() -> None:
    state = State(None)
    state.save(KINDS)
    assert state.run is None
    assert all(all_of(state, kind) == {} for kind in KINDS if kind != "run")
    state.close()


def test_no_file_is_made_where_none_is_to_be_made(path: Path) -> None:
    with closing(State(path, is_made=False)) as state:
        state.save(KINDS)
        assert state.readings() == {}
    assert not path.exists()


def truncate(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def run_sql(words: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as base:
            base.execute(words)
            base.commit()

    return run


@pytest.mark.parametrize(
    "damage",
    [
        truncate,
        lambda path: path.write_bytes(bytes(range(256)) * 40),
        lambda path: path.write_bytes(path.read_bytes()[:4096].ljust(90_000, b"\xa5")),
        run_sql(f"PRAGMA user_version = {SCHEMA + 1}"),
        run_sql("PRAGMA user_version = 0"),
        run_sql("DROP TABLE readings"),
        run_sql("UPDATE readings SET value = substr(value, 2) WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE readings SET key = CAST('x.md' AS BLOB) WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE readings SET sum = sum + 1 WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE readings SET value = 'text' WHERE key = CAST('7.md' AS BLOB)"),
    ],
    ids=["truncated", "noise", "pages lost", "newer", "no version", "table", "value", "key", "sum", "type"],
)
def test_damage_is_known(path: Path, damage: Callable[[Path], object]) -> None:
    damage(filled(path))
    with pytest.raises(BrokenStateError):  # noqa: PT012 -- at the latest when it is read
        state = State(path)
        with closing(state):
            state.readings()


def test_a_damaged_run_is_known_when_the_state_is_opened(path: Path) -> None:
    run_sql("UPDATE run SET value = zeroblob(9)")(filled(path))
    with pytest.raises(BrokenStateError, match="a row is damaged"):
        State(path)


@pytest.mark.parametrize("value", [b"\x93\x01\x02\x03", b"{}", b'{"stamp": ', b"", b"[\xff]"])
def test_a_whole_row_of_another_shape_is_known(path: Path, value: bytes) -> None:
    with closing(State(path)) as state:
        assert state._store is not None
        state._store.save({"readings": {"a.md": value}})
        with pytest.raises(BrokenStateError):
            state.readings()


def test_a_state_that_cannot_be_used_is_removed_with_all_that_sqlite_keeps_beside_it(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).write_bytes(b"noise")
    discard(path)
    discard(path)
    assert list(path.parent.iterdir()) == []
    with closing(State(path)) as state:
        assert state.run is None


def test_saving_is_all_or_nothing(path: Path) -> None:
    with closing(State(path)) as state:
        state.save({"pictures": KINDS["pictures"]})
        with pytest.raises(BrokenStateError):
            state.save({"pictures": {"a.png": None}, "nonsense": {"a": 1}}, emptied=("readings",))
    with closing(State(path)) as state:
        assert state.pictures() == KINDS["pictures"]


def test_a_full_disk_leaves_what_was_kept(path: Path) -> None:
    filled(path, count=3)
    with closing(State(path)) as state:
        assert state._store is not None
        state._store._base.execute("PRAGMA max_page_count = 1")
        with pytest.raises(WriteError, match="the state cannot be"):
            state.save({"readings": {f"{number}.md": reading(f"{number}.md") for number in range(900)}})
    with closing(State(path)) as state:
        assert len(state.readings()) == 3


def test_a_state_that_was_not_closed_is_not_lost(path: Path) -> None:
    left = State(path)
    left.save({"outputs": KINDS["outputs"]})
    with closing(State(path)) as state:
        assert state.outputs() == KINDS["outputs"]
    left.close()
