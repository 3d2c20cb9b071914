"""The shape of the code: imports point one way, each module stands alone, none is too long."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "feeds"
MODULES = sorted(PACKAGE.rglob("*.py"))
GROUND = {"addresses", "compiled", "deferred", "disk", "documents", "errors", "kinds", "languages", "model", "text"}
"""What any stage may import."""
_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
_ESCAPED_OR_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
STAGES = {
    "scan",
    "read",
    "normalise",
    "survey",
    "history",
    "choose",
    "budget",
    "finish",
    "catalogue",
    "gallery",
    "announce",
    "silence",
    "render",
    "publish",
    "memory",
    "state",
    "adopt",
    "readers",
    "hosting",
    "validate",
    "generators",
}
ON_DISK = {
    "compiled",
    "disk",
    "scan",
    "read",
    "publish",
    "memory",
    "state",
    "adopt",
    "hosting",
    "generators",
    "config",
    "pipeline",
    "cli",
}
"""The only places that know of paths on a disk."""


def name_of(module: Path) -> str:
    parts = module.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def room_of(name: str) -> str:
    """Return the stage a module belongs to: `feeds.read.recover` is in `read`."""
    return name.split(".")[1] if "." in name else ""


def imports_of(module: Path) -> set[str]:
    tree = ast.parse(module.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_imports_point_one_way(module: Path) -> None:
    room = room_of(name_of(module))
    inner = {room_of(name) for name in imports_of(module) if name.startswith("feeds.")} - {room}
    if room in GROUND or room in STAGES:
        assert inner <= GROUND
    elif room == "config":
        assert inner <= {"addresses", "errors", "kinds", "languages", "model"}
    elif room == "pipeline":
        assert inner <= GROUND | STAGES | {"config"}
    elif room == "cli":
        assert inner <= {"config", "disk", "errors", "hosting", "kinds", "pipeline", "text"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_click_and_the_clock_live_in_the_command_line_alone(module: Path) -> None:
    if room_of(name_of(module)) in ("cli", "__main__"):
        return
    source = module.read_text("utf-8")
    asks = {"sys"} if name_of(module) == "feeds.compiled" else set()  # whether Python keeps what it compiles
    assert not (imports_of(module) - asks) & {"click", "time", "sys", "locale", "random"}
    assert re.search(r"\bprint\(", source) is None
    assert ".now(" not in source
    assert "os.environ" not in source


@pytest.mark.parametrize("module", sorted((PACKAGE / "cli").glob("*.py")), ids=name_of)
def test_all_that_is_printed_goes_through_one_place(module: Path) -> None:
    if module.stem not in ("terminal", "progress"):  # the bar moves the cursor, and says no word of others
        source = module.read_text("utf-8")
        assert re.search(r"click\.(echo|secho|style|confirm|prompt)\b|\bprint\(|std(out|err)\.write", source) is None


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_the_two_ends_touch_the_disk(module: Path) -> None:
    if room_of(name_of(module)) not in ON_DISK | {"__main__"}:  # which asks the system to end the process, no more
        assert not imports_of(module) & {"os", "pathlib", "shutil", "tempfile"}


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_is_longer_than_300_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 300


@pytest.mark.long
def test_each_module_can_be_imported_alone() -> None:
    names = [name_of(module) for module in MODULES if module.name != "__main__.py"]
    code = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in [loaded for loaded in sys.modules if loaded.split('.')[0] == 'feeds']:
        del sys.modules[loaded]
    importlib.import_module(name)
"""
    subprocess.run([sys.executable, "-c", code, *names], check=True, cwd=PACKAGE.parent)


def test_every_module_says_what_it_owns() -> None:
    silent = [name_of(module) for module in MODULES if not ast.get_docstring(ast.parse(module.read_text("utf-8")))]
    assert silent == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_group_is_repeated_possessively(module: Path) -> None:
    """Python before 3.11.5 then forgets what the group matched last; an atomic group of the repetition is the same."""
    found = [
        node.value
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    ]
    texts = [text if isinstance(text, str) else text.decode("latin-1") for text in found]
    assert [text for text in texts if "(?" in text and _POSSESSIVE_GROUP.search(_ESCAPED_OR_CLASS.sub("x", text))] == []
