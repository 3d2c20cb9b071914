from __future__ import annotations

import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest

from feeds.errors import ArchiveError, ProblemKind
from feeds.scan import Scan, scan_archive
from tests.articles import write

T = TypeVar("T")
NOBODY = 65534


def scan(root: Path, *, include: Sequence[str] = (), exclude: Sequence[str] = (), output: str = "public") -> Scan:
    return scan_archive(root, include=include, exclude=exclude, output=root / output)


def paths(found: Scan) -> list[str]:
    return sorted(found.paths)


def as_nobody(function: Callable[[], T]) -> T:
    """Call as a user whom permissions hold: root may read everything."""
    if os.geteuid() != 0:
        return function()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads: the child only lists folders
        context = get_context("fork")
        with ProcessPoolExecutor(1, mp_context=context, initializer=os.setuid, initargs=(NOBODY,)) as pool:
            return pool.submit(function).result()


@pytest.fixture
def open_root() -> Iterator[Path]:
    """An archive folder that every user can reach."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        yield place


@pytest.mark.parametrize(
    "name",
    ["a.md", "a.markdown", "a.mdx", "a.html", "a.htm", "a.MD", " .md", '"quoted".md', "a\nb.md", "8.5.md"],
)
def test_a_file_with_an_articles_suffix_is_an_article(root: Path, name: str) -> None:
    write(root, name)
    assert paths(scan(root)) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "a.txt.bak",
        ".md",
        "md",
        "a.md~",
        "a.json",
        "_index.md",
        "_index.zh.md",
        "._a.md",
        ".#a.md",
        "robots.txt",
        "LICENSE-MIT.txt",
    ],
)
def test_any_other_file_is_none(root: Path, name: str) -> None:
    write(root, name)
    assert paths(scan(root)) == []


def test_articles_come_in_code_point_order_of_their_paths(root: Path) -> None:
    names = ["b.md", "a/z.md", "a.md", "A.md", "金/a.md", "é.md", "a b.md", "a-b/c.md", "😀.md", "Z/9.md"]
    for name in names:
        write(root, name)
    assert paths(scan(root)) == sorted(names)


def test_a_file_that_changed_has_another_stamp(root: Path) -> None:
    write(root, "a.md", b"12345")
    write(root, "b.md", b"12345")
    (before,) = scan(root).folders
    os.utime(root / "b.md", ns=(1, 1_600_000_000_000_000_001))
    (after,) = scan(root).folders
    assert before.file("a.md") == after.file("a.md")
    assert before.file("b.md") != after.file("b.md")
    assert (after.file("c.md"), after.file("")) == (None, None)
    assert after.every_stamp() == {name: file.stamp for name in after.names if (file := after.file(name))}


def test_a_folder_knows_when_its_files_changed(root: Path) -> None:
    write(root, "a.md", b"12345")
    write(root, "b.md", b"12345")
    ahead = time.time_ns() + 10**15
    os.utime(root / "a.md", ns=(1, ahead))
    (folder,) = scan(root).folders
    found = {name: file.changes for name in folder.names if (file := folder.file(name))}
    assert folder.changed() == ahead == found["a.md"][0]
    (_, renamed), (written, _) = found["a.md"], found["b.md"]
    assert folder.changed_since(written, latest=ahead + 1) == ["a.md", "b.md"]
    assert folder.changed_since(renamed + 1, latest=ahead + 1) == ["a.md"]
    assert folder.changed_since(renamed + 1, latest=ahead) == []
    assert "a.md" in folder.changed_since(renamed, latest=renamed)


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        ((), (), ["a.md", "drafts/b.md", "x/c.html", "x/drafts/d.md"]),
        (("*.md",), (), ["a.md", "drafts/b.md", "x/drafts/d.md"]),
        (("/x/",), (), ["x/c.html", "x/drafts/d.md"]),
        (("x/**", "!*.md"), (), ["x/c.html"]),
        ((), ("drafts/",), ["a.md", "x/c.html"]),
        ((), ("/drafts",), ["a.md", "x/c.html", "x/drafts/d.md"]),
        (("*.md",), ("a.*",), ["drafts/b.md", "x/drafts/d.md"]),
        ((), ("*",), []),
    ],
)
def test_patterns_choose_as_in_gitignore(
    root: Path, include: Sequence[str], exclude: Sequence[str], expected: list[str]
) -> None:
    for name in ("a.md", "drafts/b.md", "x/c.html", "x/drafts/d.md"):
        write(root, name)
    assert paths(scan(root, include=include, exclude=exclude)) == expected


SHUT = ["node_modules", "themes", "_layouts", "_includes", "_site", "public", ".git", ".obsidian"]


@pytest.mark.parametrize("folder", SHUT)
@pytest.mark.parametrize("parent", ["", "blog/"])
def test_generator_and_hidden_folders_are_not_entered(root: Path, folder: str, parent: str) -> None:
    write(root, f"{parent}{folder}/a.md")
    write(root, f"{parent}{folder}/deep/a.png")
    found = scan(root, output="out")
    assert (paths(found), found.pictures) == ([], frozenset())


@pytest.mark.parametrize("folder", SHUT)
def test_such_a_folder_is_entered_where_an_include_pattern_names_it(root: Path, folder: str) -> None:
    path = write(root, f"{folder}/deep/a.md")
    assert paths(scan(root, include=[f"/{folder}/**"], output="out")) == [path]


@pytest.mark.parametrize("include", [(), ("public/*.md",), ("*.md",)])
def test_the_output_is_never_entered(root: Path, include: Sequence[str]) -> None:
    write(root, "public/a.md")
    write(root, "a.md")
    assert "public/a.md" not in paths(scan(root, include=include, output="public"))


def test_an_output_elsewhere_is_not_entered_through_a_link(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "out/a.md")
    (root / "link").symlink_to(tmp_path / "out")
    found = scan_archive(root, include=(), exclude=(), output=tmp_path / "out")
    assert paths(found) == []


def test_an_archive_inside_the_output_is_read(tmp_path: Path) -> None:
    write(tmp_path, "archive/a.md")
    found = scan_archive(tmp_path / "archive", include=(), exclude=(), output=tmp_path)
    assert paths(found) == ["a.md"]


def test_links_that_lead_in_a_circle_end(root: Path) -> None:
    write(root, "a/b/c.md")
    (root / "a/b/up").symlink_to(root)
    (root / "a/self").symlink_to(root / "a/self")
    (root / "a/here").symlink_to(root / "a")
    found = scan(root)
    assert (paths(found), found.problems) == (["a/b/c.md"], ())


def test_a_folder_behind_links_is_read_once_under_its_real_path(root: Path) -> None:
    write(root, "z/real/a.md")
    (root / "a-link").symlink_to(root / "z/real")
    (root / "z/link").symlink_to(root / "z/real")
    assert paths(scan(root)) == ["z/real/a.md"]


def test_a_folder_outside_is_read_once_through_its_first_link(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.md")
    for name in ("one", "two"):
        (root / name).symlink_to(tmp_path / "elsewhere")
    assert paths(scan(root)) == ["one/a.md"]


def test_a_linked_file_is_an_article(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.md")
    (root / "b.md").symlink_to(tmp_path / "elsewhere/a.md")
    assert paths(scan(root)) == ["b.md"]


def test_broken_links_are_passed_by(root: Path) -> None:
    for name in ("a.md", "b.png", "folder"):
        (root / name).symlink_to(root / "nowhere")
    found = scan(root)
    assert (paths(found), found.pictures, found.problems) == ([], frozenset(), ())


@pytest.mark.parametrize("name", ["a.md", "a.png"])
def test_a_pipe_with_a_files_name_is_nothing_to_read(root: Path, name: str) -> None:
    os.mkfifo(root / name)
    found = scan(root)
    assert (paths(found), found.pictures, found.problems) == ([], frozenset(), ())


def test_a_folder_with_an_articles_name_is_a_folder(root: Path) -> None:
    write(root, "a.md/b.md")
    assert paths(scan(root)) == ["a.md/b.md"]


def test_names_that_are_no_utf_8_are_kept(root: Path) -> None:
    (root / "\udcff").mkdir()
    (root / "\udcff/caf\udce9.md").write_bytes(b"x")
    assert paths(scan(root, include=["*.md"])) == ["\udcff/caf\udce9.md"]


def test_pictures_are_listed_beside_articles(root: Path) -> None:
    for name in ("a.jpg", "x/b.PNG", "x/c.webp", "d.svg", "e.txt", ".f/g.png", "no/h.gif"):
        write(root, name)
    found = scan(root, exclude=["no/"], include=["*.md"])
    assert found.pictures == {"a.jpg", "x/b.PNG", "x/c.webp", "d.svg"}


def test_a_folder_that_cannot_be_read_is_reported_and_the_rest_is_read(open_root: Path) -> None:
    write(open_root, "a.md")
    write(open_root, "shut/b.md")
    (open_root / "shut").chmod(0)
    found = as_nobody(partial(scan, open_root))
    (open_root / "shut").chmod(0o755)
    assert paths(found) == ["a.md"]
    (problem,) = found.problems
    assert (problem.kind, problem.path) == (ProblemKind.UNREADABLE, "shut")
    assert str(problem).startswith("shut: folder cannot be read: Permission denied. ")


@pytest.mark.parametrize("name", ["shut", "shut/inner"])
def test_an_archive_that_cannot_be_listed_stops_the_run(open_root: Path, name: str) -> None:
    write(open_root, "shut/inner/a.md")
    (open_root / "shut").chmod(0)
    with pytest.raises(ArchiveError, match="cannot be listed: Permission denied"):
        as_nobody(partial(scan, open_root / name))
    (open_root / "shut").chmod(0o755)


def test_a_file_that_vanishes_meanwhile_is_passed_by(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a.md")
    write(root, "gone.md")
    real = os.scandir

    def listing(place: str | Path) -> object:
        entries = real(place)
        for_good = list(entries)
        entries.close()
        (root / "gone.md").unlink(missing_ok=True)
        return _Listing(for_good)

    monkeypatch.setattr(os, "scandir", listing)
    found = scan(root)
    assert (paths(found), found.problems) == (["a.md"], ())


class _Listing:
    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self.entries = entries

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return iter(self.entries)

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...


def test_a_folder_that_vanishes_meanwhile_is_passed_by(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a.md")
    (root / "gone").mkdir()
    real = os.scandir

    def listing(place: str | Path) -> object:
        if str(place).endswith("gone"):
            (root / "gone").rmdir()
        return real(place)

    monkeypatch.setattr(os, "scandir", listing)
    found = scan(root)
    assert (paths(found), found.problems) == (["a.md"], ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("missing", "no such folder. Name the folder that holds the articles: feeds build ARCHIVE"),
        ("a.md", "not a folder. Name the folder that holds the articles: feeds build ARCHIVE"),
        ("a.md/b", "no such folder. Name the folder that holds the articles: feeds build ARCHIVE"),
        ("x" * 300, "cannot be listed: File name too long. Let the user who builds read it."),
    ],
)
def test_an_archive_that_is_no_folder_stops_the_run(root: Path, name: str, text: str) -> None:
    write(root, "a.md")
    with pytest.raises(ArchiveError) as caught:
        scan(root / name)
    assert str(caught.value) == f"{root / name}: {text}"


def test_a_link_to_the_archive_serves_as_the_archive(root: Path, tmp_path: Path) -> None:
    write(root, "a.md")
    (tmp_path / "link").symlink_to(root)
    assert paths(scan(tmp_path / "link")) == ["a.md"]


def test_a_file_of_front_matter_beside_an_article_is_part_of_it(tmp_path: Path) -> None:
    """Otherwise a build would not see that only it has changed."""

    def stamp() -> bytes:
        (folder,) = scan_archive(tmp_path, include=(), exclude=(), output=tmp_path / "public").folders
        return folder.stamps

    (tmp_path / "a.b.txt").write_text("text")
    (tmp_path / "b.meta").write_text(".. title: Another's")
    stamps = [stamp()]
    for text in (".. title: A", ".. title: Ab"):
        (tmp_path / "a.b.meta").write_text(text)
        stamps.append(stamp())
    (tmp_path / "a.b.meta").unlink()
    assert len({*stamps, stamp()}) == 3
    assert stamp() == stamps[0]
