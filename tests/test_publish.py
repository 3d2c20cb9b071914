from __future__ import annotations

import errno
import json
import os
import resource
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import WriteError
from feeds.model import OutputFile
from feeds.publish import MANIFEST, Manifest, PublishedFeed, PublishReport, publish, read_manifest

NOBODY = 65534
ROOT_FEED = PublishedFeed(category=(), folder="", updated=datetime(2022, 7, 22, 23, 38, 3, tzinfo=UTC))
TREE = {"rss.xml": b"<rss/>", "财经/国內/rss.xml": "<rss>新</rss>".encode(), "财经/index.html": b""}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def put(
    output: Path,
    files: dict[str, bytes],
    feeds: Sequence[PublishedFeed] = (ROOT_FEED,),
    keeps: Callable[[str], bool] = lambda path: False,
) -> PublishReport:
    wanted = [OutputFile(path=path, data=data) for path, data in files.items()]
    return publish(output, wanted, feeds, manifest=read_manifest(output), keeps=keeps)


def tree(output: Path) -> dict[str, bytes]:
    """All files but the manifest, hidden ones too; an empty folder shows with a slash."""
    found = {}
    for place in sorted(output.rglob("*")):
        name = place.relative_to(output).as_posix()
        if place.is_symlink() or place.is_file():
            found[name] = place.read_bytes()
        elif not any(place.iterdir()):
            found[f"{name}/"] = b""
    found.pop(MANIFEST, None)
    return found


def stamps(output: Path) -> dict[str, tuple[int, int, int, int]]:
    places = [output, *output.rglob("*")]
    return {
        str(place): (status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
        for place in places
        if (status := place.lstat())
    }


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


# What is written


def test_an_output_is_made_with_its_parents(tmp_path: Path) -> None:
    output = tmp_path / "a" / "public"
    report = put(output, TREE)
    assert tree(output) == TREE
    assert report == PublishReport(written=tuple(TREE), unchanged=0, removed=())


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    before = stamps(tmp_path)
    assert put(tmp_path, TREE) == PublishReport(written=(), unchanged=3, removed=())
    assert stamps(tmp_path) == before


def test_only_the_file_that_changed_is_touched(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    before = stamps(tmp_path / "财经")
    report = put(tmp_path, {**TREE, "rss.xml": b"<rss></rss>"})
    assert report == PublishReport(written=("rss.xml",), unchanged=2, removed=())
    assert stamps(tmp_path / "财经") == before
    assert (tmp_path / "rss.xml").read_bytes() == b"<rss></rss>"


def test_a_file_of_ours_that_somebody_edited_is_put_right(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    (tmp_path / "rss.xml").write_bytes(b"edited")
    assert put(tmp_path, TREE).written == ("rss.xml",)
    assert tree(tmp_path) == TREE


def test_a_reader_who_holds_the_old_file_open_reads_it_to_the_end(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    with (tmp_path / "rss.xml").open("rb") as old:
        put(tmp_path, {**TREE, "rss.xml": b"new"})
        assert old.read() == TREE["rss.xml"]


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_modes_are_those_of_the_umask(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        output = tmp_path / "public"
        put(output, TREE)
        put(output, {**TREE, "rss.xml": b"changed"})
    for place in (output, *output.rglob("*")):
        expected = 0o777 if place.is_dir() else 0o666
        assert stat.S_IMODE(place.stat().st_mode) == expected & ~mask, place


@needs_root
def test_another_user_can_read_the_output() -> None:
    with tempfile.TemporaryDirectory() as folder, umask(0o022):
        Path(folder).chmod(0o755)
        put(Path(folder) / "public", TREE)
        for path in (*TREE, MANIFEST):
            place = Path(folder) / "public" / path
            seen = subprocess.run(
                ["cat", place], user=NOBODY, group=NOBODY, extra_groups=[], check=True, stdout=subprocess.PIPE
            )
            assert seen.stdout == place.read_bytes()


# What is removed


def test_what_is_published_no_more_is_removed_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    (tmp_path / "财经" / "mine.txt").write_bytes(b"foreign")
    report = put(tmp_path, {"rss.xml": TREE["rss.xml"]})
    assert report == PublishReport(written=(), unchanged=1, removed=("财经/index.html", "财经/国內/rss.xml"))
    assert tree(tmp_path) == {"rss.xml": TREE["rss.xml"], "财经/mine.txt": b"foreign"}
    assert not (tmp_path / "财经/国內").exists()


def test_the_output_itself_stays(tmp_path: Path) -> None:
    put(tmp_path / "public", TREE)
    put(tmp_path / "public", {}, feeds=())
    assert tree(tmp_path / "public") == {}
    assert read_manifest(tmp_path / "public") == Manifest(feeds=(), files={})


def test_what_is_kept_stays_and_stays_listed(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    files = read_manifest(tmp_path).files
    report = put(tmp_path, {}, keeps=lambda path: path.endswith("rss.xml"))
    assert report.removed == ("财经/index.html",)
    assert read_manifest(tmp_path).files == {path: files[path] for path in ("rss.xml", "财经/国內/rss.xml")}
    assert tree(tmp_path) == {path: TREE[path] for path in ("rss.xml", "财经/国內/rss.xml")}


def test_a_file_that_is_gone_already_is_no_error(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    (tmp_path / "rss.xml").unlink()
    assert put(tmp_path, {}).removed == ("财经/index.html", "财经/国內/rss.xml")
    assert tree(tmp_path) == {}


def test_nothing_is_removed_through_a_link_nor_what_is_no_file(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    put(output, {"a/rss.xml": b"1", "b.xml": b"2", "c.xml": b"3"})
    (output / "a").rename(elsewhere)
    (output / "a").symlink_to(elsewhere)
    (output / "b.xml").unlink()
    (output / "b.xml").symlink_to(elsewhere / "rss.xml")
    (output / "c.xml").unlink()
    (output / "c.xml").mkdir()
    assert put(output, {}).removed == ()
    assert (elsewhere / "rss.xml").read_bytes() == b"1"
    assert (output / "b.xml").is_symlink()
    assert (output / "c.xml").is_dir()


# What is in the way


def refused(output: Path, files: dict[str, bytes], place: Path) -> None:
    """Publishing fails, names the place and a cure, and touches nothing."""
    before = stamps(output)
    with pytest.raises(WriteError) as caught:
        put(output, files)
    assert caught.value.path == str(place)
    assert caught.value.hint
    assert stamps(output) == before


def test_a_foreign_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"mine")
    refused(tmp_path, {"0.xml": b"1", "a.xml": b"2"}, tmp_path / "a.xml")
    put(tmp_path, {"0.xml": b"1"})
    refused(tmp_path, {"0.xml": b"changed", "a.xml": b"2"}, tmp_path / "a.xml")


def test_a_foreign_file_with_the_right_bytes_is_adopted_untouched(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"same")
    before = (tmp_path / "a.xml").stat()
    assert put(tmp_path, {"a.xml": b"same"}) == PublishReport(written=(), unchanged=1, removed=())
    assert (tmp_path / "a.xml").stat().st_ctime_ns == before.st_ctime_ns
    assert put(tmp_path, {"a.xml": b"new"}).written == ("a.xml",)


def test_a_folder_where_a_file_goes_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.xml").mkdir()
    refused(tmp_path, {"0.xml": b"1", "a.xml": b"2"}, tmp_path / "a.xml")


def test_a_file_where_a_folder_goes_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    refused(tmp_path, {"0.xml": b"1", "a/b/rss.xml": b"2"}, tmp_path / "a")


def test_a_link_is_in_the_way_even_of_our_own_files(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    put(output, {"a/rss.xml": b"1", "b.xml": b"2"})
    (output / "a").rename(elsewhere)
    (output / "a").symlink_to(elsewhere)
    refused(output, {"a/rss.xml": b"changed"}, output / "a")
    (output / "b.xml").unlink()
    (output / "b.xml").symlink_to(elsewhere / "rss.xml")
    refused(output, {"b.xml": b"1"}, output / "b.xml")
    assert (elsewhere / "rss.xml").read_bytes() == b"1"


def test_an_output_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "real")
    put(tmp_path / "public", TREE)
    assert tree(tmp_path / "real") == TREE


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "public"
    output.write_bytes(b"mine")
    with pytest.raises(WriteError, match="public: a file stands where the output goes"):
        publish(output, [], [], manifest=Manifest(feeds=(), files={}), keeps=lambda path: False)
    with pytest.raises(WriteError):
        put(output / "inner", TREE)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        ".",
        "./a",
        "a\0b",
        "\udc80",
        MANIFEST,
        MANIFEST.upper(),
        f"{MANIFEST}/a",
    ],
)
def test_a_path_that_leaves_the_output_is_a_programming_error(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is for programmers
        put(tmp_path / "public", {path: b""})
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("other", ["a/RSS.xml", "A/rss.xml", "a/rss.xml/b", "A", "a/.rss.xml.tmp-0123456789abcdef"])
def test_two_paths_that_cannot_both_be_are_a_programming_error(tmp_path: Path, other: str) -> None:
    with pytest.raises(ValueError, match=r"is inside|are one|temporary"):
        put(tmp_path, {"a/rss.xml": b"", other: b""})


# What fails midway


@contextmanager
def fragile(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException, good: int) -> Iterator[None]:
    """Let a function of `os` fail after so many good calls."""
    real: Callable[..., object] = getattr(os, name)
    calls = iter(range(good))

    def fail(*arguments: object, **options: object) -> object:
        if next(calls, None) is None:
            raise error
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        yield


@pytest.mark.parametrize("name", ["replace", "fsync", "open"])
@pytest.mark.parametrize("good", range(5))
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), WriteError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failure_midway_leaves_every_file_whole_and_the_next_run_goes_on(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    good: int,
    error: BaseException,
    raised: type[BaseException],
) -> None:
    put(tmp_path, TREE)
    new = {**TREE, "rss.xml": b"new", "a/rss.xml": b"first", "财经/index.html": b"newer"}
    with fragile(monkeypatch, name, error, good), pytest.raises(raised) as caught:
        put(tmp_path, new)
    if isinstance(caught.value, WriteError):
        assert caught.value.path is not None
        assert caught.value.path.startswith(str(tmp_path))
        assert "No space left on device. Make room" in str(caught.value)
    left = tree(tmp_path)
    assert all(data in (TREE.get(path), new.get(path)) for path, data in left.items() if not path.endswith("/"))
    assert left.keys() >= TREE.keys()
    put(tmp_path, new)
    assert tree(tmp_path) == new


def test_the_list_of_published_files_is_on_the_disk_before_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it none of them is known for ours."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    put(tmp_path / "public", {"rss.xml": b"first"})
    assert synced == [(tmp_path / "public" / MANIFEST).stat().st_ino, (tmp_path / "public").stat().st_ino]


def test_what_takes_the_place_of_a_file_is_on_the_disk_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, TREE)
    synced: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.add(os.fstat(descriptor).st_ino))
    put(tmp_path, {**TREE, "rss.xml": b"new", "a/rss.xml": b"first"})
    assert (tmp_path / "rss.xml").stat().st_ino in synced
    assert (tmp_path / "a/rss.xml").stat().st_ino not in synced


def test_a_file_beyond_the_limit_leaves_the_old_one(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    before = stamps(tmp_path / "财经")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(WriteError, match=r"rss\.xml: cannot be written: File too large\. Make room"):
            put(tmp_path, {**TREE, "rss.xml": b"x" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(tmp_path) == TREE
    assert stamps(tmp_path / "财经") == before


@contextmanager
def common_user(folder: Path) -> Iterator[None]:
    """Go on as the owner of a folder who is not root."""
    if os.geteuid() != 0:
        yield
        return
    for place in (folder, *folder.rglob("*")):
        os.chown(place, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_written_leaves_the_old_file() -> None:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "public"
        put(output, TREE)
        assert put(output, TREE).written == ()  # all modules are loaded while root may read them
        (output / "财经").chmod(0o555)
        with (
            common_user(Path(folder)),
            pytest.raises(WriteError, match=r"Permission denied\. Let the user who"),
        ):
            put(output, {**TREE, "财经/index.html": b"new"})
        (output / "财经").chmod(0o755)
        assert tree(output) == TREE


KILLED = """
import os, signal, sys
from pathlib import Path
from feeds.model import OutputFile
from feeds.publish import publish, read_manifest

real, left = {function}, {good}
def die(*arguments, **options):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
{function} = die
output = Path(sys.argv[1])
files = [OutputFile(path=path, data=data) for path, data in {files!r}.items()]
publish(output, files, [], manifest=read_manifest(output), keeps=lambda path: False)
"""


@pytest.mark.parametrize(("function", "good"), [("os.replace", good) for good in range(5)] + [("os.unlink", 0)])
def test_a_killed_run_is_taken_up_by_the_next(tmp_path: Path, function: str, good: int) -> None:
    put(tmp_path, {"old.xml": b"old", "older/old.xml": b"old", "rss.xml": b"old"})
    (tmp_path / "mine.txt").write_bytes(b"foreign")
    program = KILLED.format(function=function, good=good, files=TREE)
    ended = subprocess.run([sys.executable, "-c", program, tmp_path], check=False)
    assert ended.returncode == -9
    changed = {**TREE, "rss.xml": b"changed meanwhile", "财经/国內/rss.xml": b"this too"}
    put(tmp_path, changed)
    assert tree(tmp_path) == {**changed, "mine.txt": b"foreign"}
    assert read_manifest(tmp_path).files.keys() == changed.keys()


def test_leftovers_of_a_killed_run_go_and_what_only_looks_like_them_stays(tmp_path: Path) -> None:
    put(tmp_path, TREE)
    ours = [".rss.xml.tmp-0123456789abcdef", "财经/.index.html.tmp-0123456789abcdef"]
    ours.append(f".{MANIFEST}.tmp-0123456789abcdef")
    foreign = [
        ".other.xml.tmp-0123456789abcdef",
        ".rss.xml.tmp-1",
        "rss.xml.tmp-0123456789abcdef",
        ".rss.xml.swp",
    ]
    for name in (*ours, *foreign):
        (tmp_path / name).write_bytes(b"half")
    assert put(tmp_path, TREE) == PublishReport(written=(), unchanged=3, removed=())
    assert tree(tmp_path) == {**TREE, **dict.fromkeys(foreign, b"half")}


# The manifest


def test_the_manifest_has_one_entry_a_line_in_one_order(tmp_path: Path) -> None:
    child = PublishedFeed(category=("财经", 'a"b'), folder="财经/a-b", updated=ROOT_FEED.updated)
    put(tmp_path, {"b.xml": b"1", "财经/a.xml": b""}, feeds=[child, ROOT_FEED])
    text = (tmp_path / MANIFEST).read_text("utf-8")
    assert text.splitlines() == [
        "{",
        '"feeds": [',
        '{"category": [], "folder": "", "updated": "2022-07-22T23:38:03Z"},',
        '{"category": ["财经", "a\\"b"], "folder": "财经/a-b", "updated": "2022-07-22T23:38:03Z"}',
        "],",
        '"files": {',
        '"b.xml": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",',
        '"财经/a.xml": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
        "},",
        '"version": 1',
        "}",
    ]
    assert read_manifest(tmp_path).feeds == (ROOT_FEED, child)


def test_a_category_of_any_characters_survives_the_manifest(tmp_path: Path) -> None:
    feed = PublishedFeed(category=("\udc80\n\u2028🌞", ""), folder="a", updated=ROOT_FEED.updated)
    put(tmp_path, TREE, feeds=[feed])
    assert read_manifest(tmp_path).feeds == (feed,)
    before = stamps(tmp_path)
    put(tmp_path, TREE, feeds=[feed])
    assert stamps(tmp_path) == before


def test_without_a_manifest_nothing_is_ours(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "none") == Manifest(feeds=(), files={})


GOOD: dict[str, object] = {
    "version": 1,
    "feeds": [{"category": ["a"], "folder": "a", "updated": "2022-07-22T23:38:03Z"}],
    "files": {"a/rss.xml": "0" * 64},
}
BAD_PATHS = ("../a", "/etc/passwd", "a//b", "", MANIFEST)
BAD_FILES: list[object] = [
    [],
    None,
    {"a": 1},
    {"a": "0"},
    {"a": None},
    *({path: "0" * 64} for path in BAD_PATHS),
]
BAD_FEEDS: list[object] = [{}, None, [1], [{}], ["a"], [[]]]


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "1", "{}", '"text"', "[" * 100_000, "\udc80"),
        json.dumps({**GOOD, "version": 2}),
        json.dumps({**GOOD, "version": "1"}),
        *(json.dumps({key: GOOD[key] for key in GOOD if key != left_out}) for left_out in GOOD),
        *(json.dumps({**GOOD, "files": files}) for files in BAD_FILES),
        *(json.dumps({**GOOD, "feeds": feeds}) for feeds in BAD_FEEDS),
        json.dumps({**GOOD, "feeds": [{"category": "a", "folder": "a", "updated": "2022-07-22T23:38:03Z"}]}),
        json.dumps({**GOOD, "feeds": [{"category": ["a"], "folder": "../a", "updated": "2022-07-22T23:38:03Z"}]}),
        json.dumps({**GOOD, "feeds": [{"category": ["a"], "folder": "a", "updated": "yesterday"}]}),
        json.dumps({**GOOD, "feeds": [{"category": ["a"], "folder": "a", "updated": 1}]}),
    ],
)
def test_a_manifest_that_is_not_understood_stops_the_build(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(WriteError) as caught:
        read_manifest(tmp_path)
    assert caught.value.path == str(tmp_path / MANIFEST)
    assert caught.value.hint
    assert caught.value.hint.startswith("Restore it")


def test_a_folder_or_a_link_in_place_of_the_manifest_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(WriteError, match="cannot be read"):
        read_manifest(tmp_path)
    (tmp_path / MANIFEST).rmdir()
    (tmp_path / "mine.json").write_text(json.dumps(GOOD))
    (tmp_path / MANIFEST).symlink_to("mine.json")
    refused(tmp_path, TREE, tmp_path / MANIFEST)


def test_a_feed_is_listed_before_its_first_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"rss.xml": b""})
    child = PublishedFeed(category=("a",), folder="a", updated=ROOT_FEED.updated)
    error = OSError(errno.EIO, "Input/output error")
    with fragile(monkeypatch, "replace", error, 1), pytest.raises(WriteError):
        put(tmp_path, {"rss.xml": b"", "a/rss.xml": b""}, feeds=[ROOT_FEED, child])
    assert read_manifest(tmp_path).feeds == (ROOT_FEED, child)


# Laws

folders = st.sampled_from(["", "a/", "a/b/", "财经/", "财经/国內/"])
names = st.builds(str.__add__, folders, st.sampled_from(["rss.xml", "atom.xml", "index.html"]))
trees = st.dictionaries(names, st.binary(max_size=3), max_size=8)
foreigners = st.dictionaries(
    st.builds(str.__add__, folders, st.sampled_from(["mine.txt", ".hidden"])),
    st.binary(max_size=3),
    max_size=3,
)


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(runs=st.lists(st.tuples(trees, st.sets(names)), min_size=1, max_size=4), foreign=foreigners)
def test_the_disk_holds_what_is_published_what_is_kept_and_what_is_foreign(
    runs: list[tuple[dict[str, bytes], set[str]]], foreign: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        for path, data in foreign.items():
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_bytes(data)
        ours: dict[str, bytes] = {}
        for files, kept in runs:
            before = ours
            ours = {**{path: data for path, data in ours.items() if path in kept}, **files}
            report = put(output, files, keeps=kept.__contains__)
            assert tree(output) == {**ours, **foreign}
            assert read_manifest(output).files.keys() == ours.keys()
            assert set(report.written) == {path for path in files if before.get(path) != files[path]}
            assert set(report.removed) == before.keys() - ours.keys()
            assert report.unchanged + len(report.written) == len(files)
        seen = stamps(output)
        assert put(output, files, keeps=kept.__contains__).written == ()
        assert stamps(output) == seen
