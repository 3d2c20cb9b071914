"""The log of scheduled builds: it grows by blocks, keeps within its bound, and says why it cannot be written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.cli.log import append_to_log
from feeds.errors import WriteError

NOON = datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)


def test_a_block_is_the_time_in_utc_and_the_text(tmp_path: Path) -> None:
    log = tmp_path / "new" / "log"
    append_to_log(log, "3 read\n", NOON.astimezone(timezone(timedelta(hours=8))))
    append_to_log(log, "4 read", NOON + timedelta(minutes=15))
    assert log.read_text("utf-8") == "== 2026-01-02T12:00:00Z\n3 read\n== 2026-01-02T12:15:00Z\n4 read\n"


def test_a_silent_run_leaves_its_time(tmp_path: Path) -> None:
    append_to_log(tmp_path / "log", "", NOON)
    assert (tmp_path / "log").read_text("utf-8") == "== 2026-01-02T12:00:00Z\n"


def test_names_that_are_no_utf_8_can_be_logged(tmp_path: Path) -> None:
    append_to_log(tmp_path / "log", "bad-\udcff.md", NOON)
    assert r"bad-\udcff.md" in (tmp_path / "log").read_text("utf-8")


def test_a_log_at_its_bound_is_kept_whole_and_beyond_it_halved(tmp_path: Path) -> None:
    log = tmp_path / "log"
    append_to_log(log, "x" * 75, NOON, most=200)
    append_to_log(log, "y" * 75, NOON, most=200)
    assert log.stat().st_size == 200
    append_to_log(log, "z" * 75, NOON, most=200)
    assert log.read_text("utf-8") == "== 2026-01-02T12:00:00Z\n" + "z" * 75 + "\n"


def test_the_newest_half_begins_with_a_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for number in range(100):
        append_to_log(log, f"第 {number} 次", NOON, most=1000)
        lines = log.read_text("utf-8").splitlines()
        assert log.stat().st_size <= 1000
        assert lines[-1] == f"第 {number} 次"
        assert lines[0].startswith(("==", "第"))
    assert len(lines) > 20


@pytest.mark.long
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=20))
def test_no_log_outgrows_its_bound_or_breaks_a_character(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    log = tmp_path_factory.mktemp("log") / "log"
    for text in texts:
        append_to_log(log, text, NOON, most=100)
        assert len(log.read_bytes()) <= 100
        assert log.read_bytes().decode("utf-8").endswith(f"{text[-10:].removesuffix(chr(10))}\n")


def test_a_replaced_log_keeps_its_mode_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("old\n" * 100)
    log.chmod(0o640)
    (tmp_path / ".log.tmp-0123456789abcdef").write_text("half a li")
    append_to_log(log, "new", NOON, most=300)
    assert log.stat().st_mode & 0o777 == 0o640
    assert [place.name for place in tmp_path.iterdir()] == ["log"]


def test_a_link_to_a_log_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("old\n" * 100)
    (tmp_path / "log").symlink_to(tmp_path / "elsewhere")
    append_to_log(tmp_path / "log", "new", NOON, most=300)
    assert (tmp_path / "log").is_symlink()
    assert (tmp_path / "elsewhere").read_text().endswith("new\n")


@pytest.mark.parametrize("most", [1_000_000, 10])
def test_a_log_that_cannot_be_written_says_why_and_what_to_do(tmp_path: Path, most: int) -> None:
    (tmp_path / "log").mkdir()
    with pytest.raises(WriteError) as caught:
        append_to_log(tmp_path / "log", "text", NOON, most=most)
    assert str(caught.value) == (
        f"{tmp_path}/log: the log cannot be written: Is a directory. "
        "Let the user who builds do so, or name another file with --log."
    )
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match=r"file/log: the log cannot be written: (Not a directory|File exists)"):
        append_to_log(tmp_path / "file" / "log", "text", NOON, most=most)


def test_a_failure_midway_leaves_the_old_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    log.write_text("old\n" * 100)

    def refuse(source: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WriteError, match=r"No space left on device\. Make room on the disk, or name another file"):
        append_to_log(log, "new", NOON, most=300)
    assert log.read_text() == "old\n" * 100
    assert [place.name for place in tmp_path.iterdir()] == ["log"]
