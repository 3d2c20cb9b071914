"""The state: what was kept comes back as it was, and what is damaged is known to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as changed

from feeds.errors import Problem, ProblemKind, WriteError
from feeds.model import Announced, Block, BlockKind, Body, PictureCandidate, PictureFile, Profile, ShownEntry
from feeds.state import (
    BrokenStateError,
    KeptEntry,
    KeptFolder,
    KeptOutput,
    KeptPage,
    KeptPicture,
    KeptProfile,
    KeptText,
    Run,
    State,
    UnfinishedStateError,
    discard,
)
from feeds.state.store import SCHEMA, TABLES
from tests.articles import NOON
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
    undated="skip",
    began=NOON,
    inputs="",
    next_due=datetime(2030, 1, 1, tzinfo=UTC),
    memory=b"\x00\xff{}",
    articles=3,
    left_out={"copy": 1},
    feeds=2,
    entries=2,
    problems=1,
    ahead=("a.md",),
    news=(RAW,),
    marks={"": "m", "News/": ""},
)


def text(path: str) -> KeptText:
    return KeptText(
        stamp=b"\x00\xff", drop=(".ad",), has_html=True, digest="d", text="t", problems=(replace(PROBLEM, path=path),)
    )


def entry(path: str) -> KeptEntry:
    return KeptEntry(
        key="k",
        entry=ENTRY,
        digest="d",
        page_html=None,
        pictures=((path, None), ("b.png", "d")),
        problems=(PROBLEM,),
    )


KINDS: dict[str, dict[Any, object]] = {
    "run": {"": RUN},
    "folders": {"": KeptFolder(names="a.md\0b.md", stamps=b""), "News/": KeptFolder(names=RAW, stamps=b"\xff")},
    "texts": {"a.md": text("a.md"), RAW: text(RAW)},
    "bodies": {"a.md": changed(BODY, path="a.md"), RAW: BODY},
    "profiles": {
        "Harbour": KeptProfile(
            key="k", digest="d", profile=Profile(shared_pictures=frozenset("ab"), repeated_texts=frozenset("c"))
        )
    },
    "entries": {"a.md": entry("a.md"), RAW: entry(RAW), "b.md": changed(entry("b.md"), entry=BARE, page_html="<p>")},
    "problems": {"": (), RAW: (PROBLEM,)},
    "pictures": {
        "a.png": KeptPicture(stamp=STAMP, file=PictureFile(data=None, length=3, digest="d", media_type="image/png")),
        RAW: KeptPicture(stamp=None, file=None),
    },
    "outputs": {"rss.xml": KeptOutput(key="k", digest="d", stamp=STAMP)},
    "announced": {
        ENTRY.id: Announced(id=ENTRY.id, published=NOON, paths=(RAW, "a.md"), feeds=frozenset({(), ("金融", "国内")})),
        "urn:x": Announced(id="urn:x", published=NOON, paths=(), feeds=frozenset()),
    },
    "copies": {ENTRY.id: True},
    "windows": {
        (): (ShownEntry(id="urn:x", title="Low tide", published=NOON, digest=""),),
        ("金融", "a/b"): (),
    },
    "pages": {
        "a.md": KeptPage(stamp=b"\x00\xff", text="t", key="k", page="p", pictures=((RAW, None), ("b.png", "d"))),
        RAW: KeptPage(stamp=b"", text="", key="", page="", pictures=()),
    },
}


def all_of(state: State, kind: str) -> dict[Any, Any]:
    if kind == "run":
        return {"": state.run}
    if kind == "copies":
        return dict.fromkeys(state.keys(kind), True)
    found = getattr(state, kind)
    answer: dict[Any, Any] = found() if kind in ("pictures", "outputs", "windows") else found(KINDS[kind])
    return answer


def save(state: State, changes: dict[str, dict[Any, object]], emptied: Collection[str] = ()) -> None:
    state.keep(changes, emptied)
    state.save()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def filled(path: Path, count: int = 300) -> Path:
    with closing(State(path)) as state:
        save(state, {"run": {"": RUN}, "problems": {f"{number}.md": (PROBLEM,) for number in range(count)}})
    return path


def test_every_table_has_a_kind_of_value() -> None:
    assert set(KINDS) == set(TABLES)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_kept_comes_back_as_it_was(path: Path, kind: str) -> None:
    with closing(State(path)) as state:
        save(state, {kind: KINDS[kind]})
    with closing(State(path)) as state:
        assert all_of(state, kind) == KINDS[kind]


def test_only_what_is_asked_for_is_read(path: Path) -> None:
    with closing(State(path)) as state:
        save(state, {"bodies": {f"{number}.md": BODY for number in range(1200)}})
        wanted = [f"{number}.md" for number in range(1100)]
        assert sorted(state.bodies([*wanted, "gone.md"])) == sorted(wanted)


def test_a_value_is_replaced_and_none_takes_it_away(path: Path) -> None:
    with closing(State(path)) as state:
        save(state, {"outputs": {"a": KeptOutput(key="1", digest="d", stamp=STAMP), "b": KINDS["outputs"]["rss.xml"]}})
        save(state, {"outputs": {"a": KINDS["outputs"]["rss.xml"], "b": None, "c": None}})
        assert state.outputs() == {"a": KINDS["outputs"]["rss.xml"]}


def test_of_an_emptied_table_nothing_else_is_kept(path: Path) -> None:
    with closing(State(path)) as state:
        save(state, {"bodies": {"a.md": BODY}, "pictures": KINDS["pictures"]})
        save(state, {"bodies": {"b.md": BODY}}, emptied=("bodies",))
        assert set(state.bodies(["a.md", "b.md"])) == {"b.md"}
        assert state.pictures() == KINDS["pictures"]


def test_without_a_path_nothing_is_kept() -> None:
    state = State(None)
    save(state, KINDS)
    state.close()
    with closing(State(None)) as state:
        assert state.run is None
        assert all(all_of(state, kind) == {} for kind in KINDS if kind != "run")


def test_a_state_that_was_never_saved_holds_nothing_and_is_known_as_such(path: Path) -> None:
    killed = State(path)
    killed.keep({"problems": KINDS["problems"]})
    with pytest.raises(UnfinishedStateError):
        State(path)
    killed.close()
    assert list(path.parent.iterdir()) == []


def test_no_file_is_made_where_none_is_to_be_made(path: Path) -> None:
    with closing(State(path, is_kept=False)) as state:
        save(state, KINDS)
    assert not path.exists()


def test_a_copy_knows_what_was_kept_and_leaves_it_as_it_is(path: Path) -> None:
    filled(path)
    kept = path.read_bytes()
    with closing(State(path, is_kept=False)) as state:
        assert len(state.problems()) == 300
        save(state, {"problems": {"0.md": None}})
        assert len(state.problems()) == 299
    assert path.read_bytes() == kept
    with closing(State(path)) as state:
        assert len(state.problems()) == 300


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
        run_sql("DROP TABLE problems"),
        run_sql("UPDATE problems SET value = substr(value, 2) WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE problems SET key = CAST('x.md' AS BLOB) WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE problems SET sum = sum + 1 WHERE key = CAST('7.md' AS BLOB)"),
        run_sql("UPDATE problems SET value = 'text' WHERE key = CAST('7.md' AS BLOB)"),
    ],
    ids=["truncated", "noise", "pages lost", "newer", "no version", "table", "value", "key", "sum", "type"],
)
def test_damage_is_known(path: Path, damage: Callable[[Path], object]) -> None:
    damage(filled(path))
    with pytest.raises(BrokenStateError):  # noqa: PT012 -- at the latest when it is read
        state = State(path)
        with closing(state):
            state.problems()


def test_a_schema_that_is_no_text_any_more_is_damage(path: Path) -> None:
    data = filled(path).read_bytes()
    path.write_bytes(
        data.replace(b"CREATE TABLE entries", b"CREATE T\xffBLE entries").replace(b"entries", b"\xff\xfe\xfdries")
    )
    with pytest.raises(BrokenStateError, match="it is damaged"):
        State(path)


def test_a_damaged_run_is_known_when_the_state_is_opened(path: Path) -> None:
    run_sql("UPDATE run SET value = zeroblob(9)")(filled(path))
    with pytest.raises(BrokenStateError, match="a row is damaged"):
        State(path)


@pytest.mark.parametrize("value", [b"\x93\x01\x02\x03", b"{}", b'{"stamp": ', b"", b"[\xff]"])
def test_a_whole_row_of_another_shape_is_known(path: Path, value: bytes) -> None:
    with closing(State(path)) as state:
        state._store.put("problems", [("0.md", value)])
        with pytest.raises(BrokenStateError):
            state.problems()


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
        save(state, {"pictures": KINDS["pictures"]})
        with pytest.raises(BrokenStateError):
            save(state, {"pictures": {"a.png": None}, "nonsense": {"a": 1}}, emptied=("entries",))
    with closing(State(path)) as state:
        assert state.pictures() == KINDS["pictures"]


def test_a_full_disk_leaves_what_was_kept(path: Path) -> None:
    filled(path, count=3)
    with closing(State(path)) as state:
        state._store._base.execute("PRAGMA max_page_count = 1")
        with pytest.raises(WriteError, match="the state cannot be"):
            save(state, {"problems": {f"{number}.md": (PROBLEM,) for number in range(900)}})
    with closing(State(path)) as state:
        assert len(state.problems()) == 3


def test_a_state_that_was_not_closed_is_not_lost(path: Path) -> None:
    left = State(path)
    save(left, {"outputs": KINDS["outputs"]})
    with closing(State(path)) as state:
        assert state.outputs() == KINDS["outputs"]
    left.close()
