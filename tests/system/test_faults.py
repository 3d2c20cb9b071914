"""Whatever ends a build, every feed is old or new, and the next build heals all: done for real, not pretended."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from statistics import mean

import pytest

from feeds.config import load_config, load_places
from feeds.memory import format_memory, parse_memory
from feeds.pipeline import foresee
from tests.system.conftest import need
from tests.system.workbench import Workbench, check_valid, check_whole

pytestmark = pytest.mark.system

SEED = 20220731
KILLS = 210
"""Moments at which a build is killed while it is at work."""
BUSY = 75
PID_AND_START = re.compile(r"another build is running: pid \d+, began \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """An archive of forty articles that was built twice."""
    bench = Workbench(tmp_path / "home")
    bench.fill()
    return bench


def heal(bench: Workbench, known: dict[int, tuple[str, str]]) -> None:
    """Build after a fault, and hold what must hold then."""
    bench.build_here()
    bench.check_healed(known)


def check_refused(built: subprocess.CompletedProcess[str], *words: str) -> None:
    """Hold that a build was stopped, and said why in one line."""
    assert built.returncode == 1, built.stderr
    lines = [line for line in built.stderr.splitlines() if line]
    assert len(lines) == 1, built.stderr
    assert lines[0].startswith("feeds: ")
    for word in words:
        assert word in lines[0]


def is_whole_memory(data: bytes) -> bool:
    """Tell whether every line of a memory is there, and says something."""
    memory, problems = parse_memory(data, Path())
    return not problems and format_memory(memory) == data


# A build that is killed


def test_killed_at_any_moment(bench: Workbench) -> None:
    random = Random(SEED)
    seconds: dict[bool, list[float]] = {True: [], False: []}
    kills = 0
    for step in count(1):
        known, is_cold = bench.entries(), step % 4 == 1
        bench.edit(step, is_plain=is_cold)
        if is_cold:
            shutil.rmtree(bench.output)
            shutil.rmtree(bench.folder)
        if step <= 8:  # the first ones tell how long builds take
            began = time.monotonic()
            bench.build_here()
            seconds[is_cold].append(time.monotonic() - began)
            continue
        old = bench.feeds() if not is_cold else {}
        kills += bench.kill_a_build(random.uniform(0, mean(seconds[is_cold])))
        left, left_memory = bench.feeds() if bench.output.exists() else {}, bench.memory.read_bytes()
        bench.build_here()
        check_whole(left, old, bench.feeds(), may_lack=is_cold)
        assert is_whole_memory(left_memory)
        if step % 3 == 0 or kills == KILLS:
            bench.check_healed(known)
        if kills == KILLS:
            return


def test_killed_again_and_again_before_anything_heals(bench: Workbench) -> None:
    random = Random(SEED)
    for step in range(1, 6):
        bench.edit(step)
        known, old = bench.entries(), bench.feeds()
        left = []
        for _ in range(6):
            bench.kill_a_build(random.uniform(0.02, 0.12))
            left.append(bench.feeds())
        heal(bench, known)
        for feeds in left:
            check_whole(feeds, old, bench.feeds())


def test_the_first_build_of_all_killed(tmp_path: Path) -> None:
    random = Random(SEED)
    for turn in range(10):
        bench = Workbench(tmp_path / str(turn))
        for number in range(12):
            bench.write(number)
        bench.kill_a_build(random.uniform(0.01, 0.15))
        left = bench.feeds() if bench.output.exists() else {}
        heal(bench, {})
        check_whole(left, {}, bench.feeds(), may_lack=True)


def test_what_was_published_by_a_killed_build_keeps_its_id_and_date(bench: Workbench) -> None:
    """Subscribers have seen it, though the state never heard of it."""
    new, zoneless = max(bench.paths) + 1, max(bench.paths) + 5
    bench.write(new)
    bench.write(zoneless)
    kept = bench.state.read_bytes()
    bench.build_here()
    known = bench.entries()
    assert {new, zoneless} <= known.keys()
    bench.state.write_bytes(kept)  # killed after the last feed, before the state
    bench.rename(new, "moved")
    bench.crawl_again(zoneless)
    heal(bench, known)


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("is_folder", [False, True])
def test_what_moved_twice_keeps_its_id_though_the_second_build_was_killed(
    bench: Workbench, is_folder: bool, is_published: bool
) -> None:
    """The memory says already where it went, and the state not yet."""

    def move(name: str) -> None:
        if is_folder:
            bench.move_folder("Sport/Hill Gazette" if name == "once" else "Sport/once", f"Sport/{name}")
        else:
            bench.rename(36, name)

    move("once")
    bench.build_here()
    known, kept = bench.entries(), bench.state.read_bytes()
    shutil.copytree(bench.output, bench.home / "output")
    move("twice")
    bench.build_here()
    bench.state.write_bytes(kept)
    if not is_published:
        shutil.rmtree(bench.output)
        (bench.home / "output").rename(bench.output)
    heal(bench, known)
    assert known.keys() <= bench.entries().keys()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("", ".feeds-memory.jsonl.tmp-0123456789abcdef"),
        (".feeds", ".last-run.json.tmp-0123456789abcdef"),
        ("public", "..feeds-manifest.json.tmp-0123456789abcdef"),
        ("public/News", ".rss.xml.tmp-0123456789abcdef"),
        ("public/articles/00", ".00.html.tmp-0123456789abcdef"),
    ],
)
def test_a_temporary_file_of_a_killed_build_goes(bench: Workbench, place: str, name: str) -> None:
    if place.startswith("public/articles"):
        page = next((bench.output / "articles").rglob("*.html"))
        place, name = str(page.parent.relative_to(bench.home)), f".{page.name}.tmp-0123456789abcdef"
    (bench.home / place / name).write_bytes(b"half a fi")
    bench.edit(1)
    heal(bench, bench.entries())


# A disk that is full


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Callable[[], object]]:
    """Give a folder a disk of its own with its files on it and so many bytes; yields what makes room on it."""
    tool = need("mount")
    aside = place.with_name(place.name + "-aside")
    place.rename(aside)
    place.mkdir()
    mounted = subprocess.run(
        [tool, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        place.rmdir()
        aside.rename(place)
        pytest.skip("nothing can be mounted here; a limit on files' sizes stands in for it")
    try:
        shutil.copytree(aside, place, dirs_exist_ok=True)
        yield partial(subprocess.run, [tool, "-o", "remount,size=64m", place], check=True)
    finally:
        subprocess.run(["umount", place], check=True)


def size_of(folder: Path) -> int:
    """Answer how many bytes a folder needs on a disk that counts in pages."""
    return sum(-(-place.stat().st_size // 4096) * 4096 for place in folder.rglob("*") if place.is_file())


@pytest.mark.parametrize("room", [0, 4096, 12288])
def test_the_disk_of_the_output_is_full(bench: Workbench, room: int) -> None:
    with small_disk(bench.output, size_of(bench.output) + room) as make_room:
        bench.edit(1)
        known, old = bench.entries(), bench.feeds()
        check_refused(bench.build(), "public/", "No space left on device", "Make room")
        left = bench.feeds()
        make_room()
        heal(bench, known)
        check_whole(left, old, bench.feeds())


@pytest.mark.parametrize("room", [0, 4096, 16384, 65536, 131072])
def test_the_disk_of_the_state_is_full(bench: Workbench, room: int) -> None:
    with small_disk(bench.folder, size_of(bench.folder) + room) as make_room:
        for step in range(3):
            bench.edit(step)
            known, old = bench.entries(), bench.feeds()
            built = bench.build()
            if built.returncode:
                check_refused(built, ".feeds/", "Make room")
            left = bench.feeds()
        make_room()
        heal(bench, known)
        check_whole(left, old, bench.feeds())


@pytest.mark.parametrize("room", [0, 4096, 16384, 65536])
def test_the_disk_of_a_state_that_is_lost_is_full(bench: Workbench, room: int) -> None:
    shutil.rmtree(bench.folder)
    bench.folder.mkdir()
    with small_disk(bench.folder, max(room, 4096)) as make_room:
        (bench.folder / "filler").write_bytes(b"x" * (4096 if room == 0 else 1))
        bench.edit(1)
        known, old = bench.entries(), bench.feeds()
        check_refused(bench.build(), ".feeds/", "Make room")
        left = bench.feeds()
        make_room()
        heal(bench, known)
        check_whole(left, old, bench.feeds())


@pytest.mark.parametrize("room", [0, 4096])
def test_the_disk_of_the_memory_is_full(tmp_path: Path, room: int) -> None:
    """The whole home is on it: nothing is published that is not remembered."""
    bench = Workbench(tmp_path / "disk" / "home")
    bench.fill()
    bench.edit(5)
    needed = size_of(bench.home) - size_of(bench.archive)
    with small_disk(tmp_path / "disk", size_of(bench.home) + room) as make_room:
        assert needed > 0
        known, old, remembered = bench.entries(), bench.feeds(), bench.memory.read_bytes()
        check_refused(bench.build(), "Make room")
        left, left_memory = bench.feeds(), bench.memory.read_bytes()
        make_room()
        heal(bench, known)
        check_whole(left, old, bench.feeds())
        assert left_memory in (remembered, bench.memory.read_bytes())


@pytest.mark.parametrize("size", [0, 50, 700, 2500, 6000, 20000, 60000, 200000])
def test_no_file_may_grow_beyond_a_size(bench: Workbench, size: int) -> None:
    """So a full disk looks where nothing can be mounted; it hits state, memory and output alike."""
    bench.edit(5)
    known, old, remembered = bench.entries(), bench.feeds(), bench.memory.read_bytes()
    built = subprocess.run(
        bench.command(),
        cwd=bench.home,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)),
    )
    if built.returncode:
        check_refused(built, "ake room")
    left, left_memory = bench.feeds(), bench.memory.read_bytes()
    heal(bench, known)
    check_whole(left, old, bench.feeds())
    assert left_memory in (remembered, bench.memory.read_bytes())


# What may not be written or read


@contextmanager
def forbidden(*places: Path, mode: int = 0o555) -> Iterator[tuple[str, ...]]:
    """Take permissions away; yields the words of a command under which they bind root, too."""
    before = [(place, place.stat().st_mode) for place in places]
    for place in places:
        place.chmod(0o444 if mode == 0o555 and place.is_file() else mode)
    try:
        binds = os.geteuid() != 0
        yield () if binds else (need("setpriv"), "--bounding-set", "-dac_override,-dac_read_search")
    finally:
        for place, old in before:
            place.chmod(old)


def folders_in(place: Path) -> list[Path]:
    return [place, *(inner for inner in place.rglob("*") if inner.is_dir())]


def test_the_output_is_read_only(bench: Workbench) -> None:
    bench.edit(1)
    known, before = bench.entries(), bench.feeds()
    with forbidden(*folders_in(bench.output)) as as_bound:
        check_refused(bench.build(before=as_bound), "public/", "Permission denied")
        assert bench.feeds() == before
    heal(bench, known)


def test_one_folder_of_the_output_is_read_only(bench: Workbench) -> None:
    bench.edit(1)
    known, old = bench.entries(), bench.feeds()
    with forbidden(bench.output / "文化") as as_bound:
        check_refused(bench.build(before=as_bound), "public/文化/", "Permission denied")
        left = bench.feeds()
    heal(bench, known)
    check_whole(left, old, bench.feeds())


def test_the_output_may_not_even_be_looked_at(bench: Workbench) -> None:
    bench.edit(1)
    known, before = bench.entries(), bench.feeds()
    with forbidden(bench.output, mode=0) as as_bound:
        check_refused(bench.build(before=as_bound), "public", "Permission denied")
    assert bench.feeds() == before
    heal(bench, known)


@pytest.mark.parametrize(
    ("what", "mode"),
    [*((what, mode) for what in ("folder", "state", "lock", "memory") for mode in (0o555, 0)), ("home", 0o555)],
)
def test_what_is_kept_may_not_be_written(bench: Workbench, what: str, mode: int) -> None:
    bench.edit(5)
    places = {
        "folder": [bench.folder],
        "state": [bench.state],
        "lock": [bench.folder / "lock"],
        "memory": [bench.memory],
        "home": [bench.home],
    }
    known, old, remembered = bench.entries(), bench.feeds(), bench.memory.read_bytes()
    with forbidden(*places[what], mode=mode) as as_bound:
        built = bench.build(before=as_bound)
        if built.returncode:
            check_refused(built, "et the user who builds")
    left, left_memory = bench.feeds(), bench.memory.read_bytes()
    heal(bench, known)
    check_whole(left, old, bench.feeds())
    assert left_memory in (remembered, bench.memory.read_bytes())


def test_articles_that_may_not_be_read_come_back_as_they_were(bench: Workbench) -> None:
    bench.edit(4)
    bench.rename(max(bench.paths) - 3, "moved")
    bench.build_here()
    known = bench.entries()
    newest = sorted(bench.paths)[-5:]
    files = [bench.archive / bench.paths[number] for number in newest]
    with forbidden(*files, mode=0) as as_bound:
        built = bench.build(before=as_bound)
        assert built.returncode == 0, built.stderr
        assert "Permission denied" in built.stderr
        assert not known.keys() & set(newest) & bench.entries().keys()
        assert bench.entries()
        for path, data in bench.feeds().items():
            check_valid(path, data)
    heal(bench, known)
    assert known.keys() <= bench.entries().keys()


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_folder_that_may_not_be_read_comes_back_as_it_was(bench: Workbench, is_moved: bool) -> None:
    if is_moved:
        inside = [number for number, path in bench.paths.items() if path.startswith("Sport/")]
        bench.rename(inside[-2], "moved")
        bench.build_here()
    bench.edit(1)
    bench.build_here()
    known = bench.entries()
    with forbidden(bench.archive / "Sport", mode=0) as as_bound:
        built = bench.build(before=as_bound)
        assert built.returncode == 0, built.stderr
        assert "Permission denied" in built.stderr
        assert json.loads((bench.output / "Sport" / "feed.json").read_bytes())["items"] == []
    heal(bench, known)
    assert known.keys() <= bench.entries().keys()


def test_the_output_is_removed(bench: Workbench) -> None:
    known = bench.entries()
    shutil.rmtree(bench.output)
    heal(bench, known)
    bench.edit(1)
    shutil.rmtree(bench.output / "News")
    (bench.output / "feed.json").unlink()
    heal(bench, known)


@pytest.mark.parametrize("is_empty", [False, True])
def test_the_archive_is_gone(bench: Workbench, is_empty: bool) -> None:
    known, before = bench.entries(), bench.tree()
    bench.archive.rename(bench.home / "away")
    if is_empty:  # as where a disk is not mounted
        bench.archive.mkdir()
    check_refused(bench.build(), "archive")
    assert bench.tree() == before
    if is_empty:
        bench.archive.rmdir()
    (bench.home / "away").rename(bench.archive)
    heal(bench, known)


def test_most_of_the_archive_is_gone(bench: Workbench) -> None:
    known, before = bench.entries(), bench.tree()
    lost = sorted(bench.paths)[: len(bench.paths) // 2 + 2]
    for number in lost:
        bench.remove(number)
    check_refused(bench.build(), "archive", "--accept-loss")
    assert bench.tree() == before
    assert bench.build("--accept-loss").returncode == 0
    bench.check_healed(known)
    heal(bench, known)


# A state or a memory that is damaged


def damages() -> dict[str, Callable[[bytes, Random], bytes]]:
    """Answer what may become of a file's bytes, by name."""

    def with_noise(places: int, data: bytes, random: Random) -> bytes:
        noisy = bytearray(data)
        for _ in range(places):
            start = random.randrange(len(noisy))
            length = random.randrange(1, 64)
            noisy[start : start + length] = random.randbytes(len(noisy[start : start + length]))
        return bytes(noisy)

    cut: dict[str, Callable[[bytes, Random], bytes]] = {
        f"cut to {part:.0%}": lambda data, _, part=part: data[: int(len(data) * part)]  # type: ignore[misc]
        for part in (0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.99)
    }
    noise = {f"noise in {places} places": partial(with_noise, places) for places in (1, 3, 10, 100)}
    return {
        **cut,
        **noise,
        "one page lost": lambda data, random: _without_page(data, random),
        "all noise": lambda data, random: random.randbytes(len(data)),
        "text": lambda data, random: b"{}\n" * 100,
        "longer": lambda data, random: data + random.randbytes(5000),
    }


def _without_page(data: bytes, random: Random) -> bytes:
    page = random.randrange(1, len(data) // 4096)
    return data[: page * 4096] + bytes(4096) + data[(page + 1) * 4096 :]


@pytest.mark.parametrize("name", damages())
def test_the_state_is_damaged(bench: Workbench, name: str) -> None:
    random = Random(SEED)
    for step in range(1, 3):
        bench.state.write_bytes(damages()[name](bench.state.read_bytes(), random))
        bench.edit(step)
        heal(bench, bench.entries())


def test_the_state_is_damaged_and_nothing_else_has_changed(bench: Workbench) -> None:
    random = Random(SEED)
    whole, known, before = bench.state.read_bytes(), bench.entries(), bench.feeds()
    for damage in damages().values():
        bench.state.write_bytes(damage(whole, random))
        bench.build_here()
        assert bench.feeds() == before
        assert bench.entries() == known


def test_the_state_is_of_a_later_version(bench: Workbench) -> None:
    with closing(sqlite3.connect(bench.state)) as base:
        base.execute("PRAGMA user_version = 99")
    bench.edit(1)
    heal(bench, bench.entries())


def test_the_state_is_another_program_s(bench: Workbench) -> None:
    bench.state.unlink()
    with closing(sqlite3.connect(bench.state)) as base:
        base.execute("CREATE TABLE others (name TEXT)")
    bench.edit(1)
    heal(bench, bench.entries())


@pytest.mark.parametrize("is_filled", [False, True])
def test_a_folder_stands_where_the_state_goes(bench: Workbench, is_filled: bool) -> None:
    bench.state.unlink()
    bench.state.mkdir()
    if is_filled:
        (bench.state / "file").write_bytes(b"somebody's")
    bench.edit(1)
    known, old = bench.entries(), bench.feeds()
    built = bench.build()
    if built.returncode:
        check_refused(built, "state.sqlite")
        left = bench.feeds()
        shutil.rmtree(bench.state)
        heal(bench, known)
        check_whole(left, old, bench.feeds())
    else:
        bench.check_healed(known)


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_another_state_s_file_lies_beside_the_state(bench: Workbench, suffix: str) -> None:
    """As where only the state itself was restored from a copy."""
    beside = bench.state.with_name(bench.state.name + suffix)
    with closing(sqlite3.connect(bench.state)) as base:
        base.execute("UPDATE outputs SET sum = 0")
        base.commit()
        data = beside.read_bytes() if beside.exists() else Random(SEED).randbytes(9000)
        base.rollback()
    beside.write_bytes(data)
    bench.edit(1)
    heal(bench, bench.entries())


def test_the_state_is_deleted_and_its_log_is_left(bench: Workbench) -> None:
    with closing(sqlite3.connect(bench.state)) as base:
        base.execute("DELETE FROM outputs")
        base.commit()
        shutil.copy(f"{bench.state}-wal", bench.home / "log")
    (bench.home / "log").rename(f"{bench.state}-wal")
    bench.state.unlink()
    bench.edit(1)
    heal(bench, bench.entries())


def test_the_state_is_deleted(bench: Workbench) -> None:
    for step in range(1, 9):
        if step % 2:
            bench.state.unlink()
        else:
            shutil.rmtree(bench.folder)
        known = bench.entries()
        bench.build_here()
        assert bench.entries() == known
        bench.edit(3)
        heal(bench, bench.entries())


def test_a_second_build_after_a_loss_writes_nothing(bench: Workbench) -> None:
    for step in range(1, 13):
        bench.edit(step)
        bench.build_here()
    for lost in ((bench.folder,), (bench.output,), (bench.folder, bench.output)):
        for place in lost:
            shutil.rmtree(place)
        bench.build_here()
        before = bench.tree()
        bench.build_here()
        assert bench.tree() == before


def test_the_state_is_older_than_the_output(bench: Workbench) -> None:
    """As where a copy of it was restored."""
    kept = bench.state.read_bytes()
    for step in range(1, 9):
        bench.edit(step)
        bench.build_here()
    known = bench.entries()
    bench.state.write_bytes(kept)
    heal(bench, known)


def memories() -> dict[str, Callable[[bytes], bytes | None]]:
    """Answer what may become of a memory, by name; None when it is gone."""
    return {
        "cut in its first line": lambda data: data[:20],
        "cut behind its first line": lambda data: data[: data.index(b"\n") + 1],
        "cut in a later line": lambda data: data[: data.index(b"\n", len(data) // 2) - 10],
        "cut behind a later line": lambda data: data[: data.index(b"\n", len(data) // 2) + 1],
        "cut before its last byte": lambda data: data[:-1],
        "empty": lambda data: b"",
        "a line of noise": lambda data: data.replace(b"\n", b"\n" + Random(SEED).randbytes(80) + b"\n", 1),
        "a line lost to noise": lambda data: _noisy_line(data),
        "all noise": lambda data: Random(SEED).randbytes(len(data)),
        "zeros": lambda data: bytes(len(data)),
        "marks of a merge": lambda data: b"<<<<<<< ours\n" + data + b"=======\n>>>>>>> theirs\n",
        "gone": lambda data: None,
    }


def _noisy_line(data: bytes) -> bytes:
    lines = data.split(b"\n")
    lines[len(lines) // 2] = b'{"path": "' + Random(SEED).randbytes(30) + b'"}'
    return b"\n".join(lines)


@pytest.mark.parametrize("name", memories())
@pytest.mark.parametrize("is_changed", [False, True])
def test_the_memory_is_damaged(bench: Workbench, name: str, is_changed: bool) -> None:
    for step in (3, 4, 5, 6):
        bench.edit(step)
        bench.build_here()
    known, whole = bench.entries(), bench.memory.read_bytes()
    damaged = memories()[name](whole)
    if damaged is None:
        bench.memory.unlink()
    else:
        bench.memory.write_bytes(damaged)
    if is_changed:
        bench.edit(1)
    heal(bench, known)
    if not is_changed:
        assert bench.entries() == known
        assert bench.memory.read_bytes() == whole


def test_the_memory_is_of_a_later_version(bench: Workbench) -> None:
    whole = bench.memory.read_bytes()
    bench.memory.write_bytes(whole.replace(b'"feeds-memory": 1', b'"feeds-memory": 99', 1))
    bench.edit(1)
    known, before, kept = bench.entries(), bench.tree(), bench.state.read_bytes()
    check_refused(bench.build(), "feeds-memory.jsonl", "version 99")
    assert bench.tree() == before
    assert bench.state.read_bytes() == kept
    bench.memory.write_bytes(whole)
    heal(bench, known)


# Two builds at once


def two_builds(bench: Workbench, *options: str) -> list[tuple[int, str]]:
    """Start two builds, and answer the exit code of each and what it said of trouble."""
    both = [
        subprocess.Popen(
            bench.command(*options), cwd=bench.home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    return [(build.returncode, told) for build, told in [(one, one.communicate(timeout=120)[1]) for one in both]]


def test_two_builds_at_once(bench: Workbench) -> None:
    refused = 0
    for step in range(1, 11):
        bench.edit(step)
        known = bench.entries()
        results = two_builds(bench)
        assert [code for code, _ in results if code not in (0, BUSY)] == []
        assert 0 in [code for code, _ in results]
        for code, told in results:
            if code == BUSY:
                refused += 1
                assert PID_AND_START.search(told)
                assert len(told.strip().splitlines()) == 1
        bench.check_healed(known)
    assert refused > 0


def test_of_two_builds_one_waits(bench: Workbench) -> None:
    for step in range(1, 4):
        bench.edit(step)
        known = bench.entries()
        assert [code for code, _ in two_builds(bench, "--wait", "60")] == [0, 0]
        bench.check_healed(known)


def test_a_build_that_is_stopped_keeps_others_out_until_it_is_dead(bench: Workbench) -> None:
    bench.edit(1)
    known = bench.entries()
    holder = subprocess.Popen(bench.command(), cwd=bench.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lock = bench.folder / "lock"
    while str(holder.pid) not in lock.read_text("utf-8"):
        time.sleep(0.001)
    holder.send_signal(signal.SIGSTOP)
    for options in ((), ("--wait", "0.5")):
        second = bench.build(*options)
        assert second.returncode == BUSY
        assert f"another build is running: pid {holder.pid}, began " in second.stderr
    waiting = subprocess.Popen(bench.command("--wait", "60", "-q"), cwd=bench.home)
    time.sleep(1)
    holder.kill()
    assert holder.wait(timeout=10) == -signal.SIGKILL
    assert waiting.wait(timeout=60) == 0
    bench.check_healed(known)
    heal(bench, known)


# An archive that changes while it is read


def test_files_change_and_vanish_while_they_are_read(bench: Workbench) -> None:
    bench.edit(1)
    bench.build_here()
    known = bench.entries()
    whole = {number: (bench.archive / path).read_bytes() for number, path in bench.paths.items()}
    victims = sorted(bench.paths)[-12:]
    over = threading.Event()
    turns = 0

    def disturb() -> None:
        nonlocal turns
        random = Random(SEED)
        while not over.is_set():
            number = random.choice(victims)
            place = bench.archive / bench.paths[number]
            with suppress(FileNotFoundError):
                match turns % 6:
                    case 0:
                        place.write_bytes(whole[number])
                    case 1:
                        place.write_bytes(b"")
                        place.write_bytes(whole[number].replace(b"counted", b"numbered"))
                    case 2:
                        place.rename(place.with_name("elsewhere.md"))
                        place.with_name("elsewhere.md").rename(place)
                    case 3:
                        place.unlink()
                        place.write_bytes(whole[number])
                    case 4:
                        folder = bench.archive / "Sport"
                        folder.rename(bench.home / "Sport")
                        (bench.home / "Sport").rename(folder)
                    case 5:
                        other = place.with_name(f".{place.name}.part")
                        other.write_bytes(whole[number])
                        other.replace(place)
            turns += 1

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(20):
            built = bench.build()
            assert built.returncode == 0, built.stderr
            for path, data in bench.feeds().items():
                check_valid(path, data)
    finally:
        over.set()
        thread.join()
    assert turns > 1000
    for number, path in bench.paths.items():
        (bench.archive / path).write_bytes(whole[number])
    heal(bench, known)
    assert known.keys() <= bench.entries().keys()


@pytest.mark.parametrize("part", [0, 0.1, 0.3, 0.45, 0.9])
def test_a_file_that_is_read_half_written_is_as_before_when_it_is_whole(bench: Workbench, part: float) -> None:
    known, before = bench.entries(), bench.feeds()
    place = bench.archive / bench.paths[36]
    whole = place.read_bytes()
    assert 36 in known
    place.write_bytes(whole[: int(len(whole) * part)])
    bench.build_here()
    place.write_bytes(whole)
    bench.build_here()
    assert bench.entries() == known
    assert {path: data for path, data in bench.feeds().items() if before.get(path) != data} == {}


# A clock that is wrong


@pytest.mark.parametrize("days", [3, 400, 365 * 10])
def test_the_clock_is_set_back(bench: Workbench, days: int) -> None:
    for step in range(1, 4):
        bench.edit(step)
        known = bench.entries()
        now = datetime.now(UTC) - timedelta(days=days if step == 2 else 0)
        bench.build_here(now)
        entries = bench.entries()
        assert {number: one for number, one in entries.items() if known.get(number, one) != one} == {}
        bench.check_healed(known, now=now)
    heal(bench, known)


def test_the_clock_was_far_ahead(bench: Workbench) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    bench.write(60, date="Invalid Date")
    bench.write(61, date=f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}")
    bench.build_here(ahead)
    known = bench.entries()
    assert {60, 61} <= known.keys()
    bench.edit(1)
    heal(bench, known)


def test_foreseeing_leaves_nothing(bench: Workbench) -> None:
    bench.edit(5)
    before, kept = bench.tree(), bench.state.read_bytes()
    config = bench.home / "feeds.toml"
    foresee(load_config(config, {}), lambda plan, state: None, now=datetime.now(UTC), places=load_places(config, {}))
    assert bench.tree() == before
    assert bench.state.read_bytes() == kept
