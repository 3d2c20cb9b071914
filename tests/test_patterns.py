"""Regular expressions kept compiled: equal to those that Python compiles, and not used once anything is odd."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import feeds
from feeds import compiled, patterns
from feeds.patterns import keep_patterns

ROOT = Path(feeds.__file__).parents[1]
COMPILER: Any = importlib.import_module("re._compiler")
SOURCES: list[tuple[str | bytes, int]] = [
    ("", 0),
    (r"(?P<year>\d{4})-(?P<month>\d\d)|(never)", 0),
    (r"[^一-鿿가-힣ſ]++(?<=x)(?i:straße)", re.IGNORECASE | re.MULTILINE),
    (rb"^(a|b)*?$", re.DOTALL),
    ("(?x) a # comment", re.ASCII),
    ("a", 0),
    (b"a", 0),
]


pytestmark = pytest.mark.skipif(compiled.PYTHON[:3] not in patterns._KNOWN, reason="this Python compiles as ever")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder where Python keeps modules compiled; what is kept there is of this test alone."""
    (tmp_path / "compiled.cpython-311.pyc").touch()
    monkeypatch.setattr(compiled.__spec__, "cached", str(tmp_path / "compiled.cpython-311.pyc"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(COMPILER, "compile", COMPILER.compile)  # and put back behind the test
    yield tmp_path
    re.purge()


def compile_all(sources: list[tuple[str | bytes, int]]) -> list[re.Pattern[Any]]:
    re.purge()
    return [re.compile(source, flags) for source, flags in sources]


def compiled_anew(monkeypatch: pytest.MonkeyPatch, sources: list[tuple[str | bytes, int]]) -> list[str | bytes]:
    """Answer which of some patterns Python compiles, though they may be kept."""
    found = []
    by_hand = COMPILER._code

    def note(tree: Any, flags: int) -> Any:
        found.append(tree.state.str)
        return by_hand(tree, flags)

    with monkeypatch.context() as patch:
        patch.setattr(COMPILER, "_code", note)
        compile_all(sources)
    return found


def in_another_process(monkeypatch: pytest.MonkeyPatch, compile_: Callable[..., Any]) -> Callable[[], None]:
    monkeypatch.setattr(COMPILER, "compile", compile_)
    return keep_patterns()


def test_a_pattern_is_compiled_once_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    by_python, expected = COMPILER.compile, compile_all(SOURCES)
    keep = keep_patterns()
    assert compile_all(SOURCES) == expected
    keep()
    in_another_process(monkeypatch, by_python)
    assert compiled_anew(monkeypatch, SOURCES) == []
    found = compile_all(SOURCES)
    assert found == expected
    assert [one.groupindex for one in found] == [one.groupindex for one in expected]
    match = found[1].fullmatch("2022-07")
    assert match is not None
    assert (match.lastgroup, match.groupdict()) == ("month", {"year": "2022", "month": "07"})


def test_every_pattern_of_the_program_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = [importlib.import_module(one.name) for one in walk_packages(feeds.__path__, "feeds.")]
    constants = {value for module in modules for value in vars(module).values() if isinstance(value, re.Pattern)}
    sources = [(one.pattern, one.flags) for one in constants]
    assert len(sources) > 250
    by_python, expected = COMPILER.compile, compile_all(sources)
    keep = keep_patterns()
    compile_all(sources)
    keep()
    in_another_process(monkeypatch, by_python)
    assert compiled_anew(monkeypatch, sources) == []
    assert compile_all(sources) == expected


def test_nothing_is_kept_where_nothing_was_compiled(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_python, keep = COMPILER.compile, keep_patterns()
    keep()
    assert len(list(place.iterdir())) == 1
    compile_all(SOURCES)
    keep()
    kept = {file: file.stat().st_mtime_ns for file in place.iterdir()}
    assert len(kept) == 2
    keep = in_another_process(monkeypatch, by_python)
    compile_all(SOURCES)
    keep()
    assert {file: file.stat().st_mtime_ns for file in place.iterdir()} == kept


@pytest.mark.parametrize("harm", ["damaged", "foreign", "of another Python", "many"])
def test_what_is_not_to_be_used_is_compiled_and_kept_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    by_python, expected = COMPILER.compile, compile_all(SOURCES)
    keep = keep_patterns()
    compile_all([*SOURCES, ("old", 0)])
    keep()
    (file,) = place.glob("patterns*")
    if harm == "damaged":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "foreign":
        compiled.keep_compiled("patterns.sre", b"no marshal")
    elif harm == "many":
        monkeypatch.setattr(patterns, "_MOST", len(SOURCES))
    else:
        monkeypatch.setattr(patterns, "PYTHON", ("cpython", 3, 11, "of tomorrow"))
    keep = in_another_process(monkeypatch, by_python)
    assert compile_all([*SOURCES, ("new", 0)])[:-1] == expected
    keep()
    in_another_process(monkeypatch, by_python)
    assert compiled_anew(monkeypatch, [("old", 0), ("new", 0)]) == ["old"]


@pytest.mark.parametrize("python", [("pypy", 3, 11, "x"), ("cpython", 3, 99, "x")])
def test_an_unknown_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch, python: tuple[str, int, int, str]) -> None:
    monkeypatch.setattr(patterns, "PYTHON", python)
    before = COMPILER.compile
    keep_patterns()()
    assert COMPILER.compile is before


def test_a_faulty_pattern_is_refused_as_ever() -> None:
    keep_patterns()
    with pytest.raises(re.error, match="unterminated"):
        re.compile("(a")
    with pytest.raises(TypeError):
        re.compile(7)  # type: ignore[call-overload]


def test_the_program_keeps_patterns_and_the_package_does_not(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def kept_after(*words: str) -> dict[Path, int]:
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        return {file: file.stat().st_mtime_ns for file in tmp_path.rglob("patterns.sre*")}

    assert kept_after("-c", "import feeds.cli, re; re.compile('(new)')") == {}
    first = kept_after("-m", "feeds", "--help")
    assert len(first) == 1
    assert kept_after("-m", "feeds", "--help") == first
