"""Templates kept compiled: where Python keeps modules compiled, if it does, and of no use once they are damaged."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment
from msgspec.structs import replace

from feeds import compiled
from feeds.render.pages import Site, render_category
from feeds.render.pages.template import environment_of
from feeds.render.pages.theme import Theme
from tests.feed_samples import FEED
from tests.test_pages import PAGE_SITE


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where Python keeps modules compiled, with the one that keeps templates."""
    module = tmp_path / "compiled.cpython-311.pyc"
    module.touch()
    monkeypatch.setattr(compiled.__spec__, "cached", str(module))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def page(site: Site = PAGE_SITE) -> bytes:
    """Render a page as another process would."""
    environment_of.cache_clear()
    return render_category(FEED, [], [], site)


def kept(place: Path) -> set[str]:
    return {file.name for file in place.glob("*.html.cpython-311.pyc")}


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a template is compiled")

    monkeypatch.setattr(Environment, "compile", refuse)


def test_a_template_is_compiled_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page()
    assert {"base.html.cpython-311.pyc", "category.html.cpython-311.pyc"} <= kept(place)
    forbid_compiling(monkeypatch)
    assert page() == before


def test_nothing_is_kept_where_python_is_told_to_keep_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    page()
    assert kept(place) == set()


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-9], lambda data: data[:40] + b"\xff" + data[41:], lambda data: b""]
)
def test_what_is_damaged_is_compiled_anew(
    place: Path, harm: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page()
    for name in kept(place):
        (place / name).write_bytes(harm((place / name).read_bytes()))
    assert page() == before
    forbid_compiling(monkeypatch)
    assert page() == before


def test_where_it_cannot_be_kept_it_is_compiled_anew(place: Path) -> None:
    for name in ("base", "card", "category", "parts"):
        (place / f"{name}.html.cpython-311.pyc").mkdir()
    assert page() == page()
    assert not list(place.glob(".*.tmp-*"))


@pytest.mark.parametrize("cached", ["nowhere/compiled.pyc", None])
def test_where_python_keeps_nothing_nothing_is_kept(
    place: Path, cached: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled.__spec__, "cached", cached)
    page()
    assert not kept(place)


def test_where_the_folder_may_not_be_searched_nothing_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    assert compiled.find_compiled("base.html") is None
    compiled.keep_compiled("base.html", b"anything")
    assert kept(place) == set()


def test_somebodys_own_template_is_not_kept(place: Path) -> None:
    own = Theme(templates=(("category.html", "theme/category.html", '{% extends "feeds/category.html" %}'),))
    assert page(replace(PAGE_SITE, theme=own)) == page()
    assert not [name for name in kept(place) if b"theme/category.html" in (place / name).read_bytes()]
