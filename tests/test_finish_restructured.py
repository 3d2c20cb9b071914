"""Bodies in reStructuredText: shown as meant, whatever docutils says; nothing read, nothing run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.restructured import render_rest

SECRET = "tide tables of the next year"


def plain(text: str) -> list[str]:
    return [block.text for block in read_body("a.rst", text, is_markdown=False, is_rest=True).blocks if block.text]


@pytest.mark.parametrize(
    "directive",
    [
        ".. include:: {}",
        ".. literalinclude:: {}",
        ".. raw:: html\n   :file: {}",
        ".. raw:: html\n   :url: file://{}",
        ".. csv-table::\n   :file: {}",
        ".. csv-table::\n   :url: file://{}",
        ".. code-block:: text\n   :file: {}",
        ".. include:: {}\n   :code: text",
        ".. image:: {}\n   :loading: embed",
        ".. figure:: {}\n   :loading: embed\n   :scale: 50",
        ".. |x| include:: {}\n\n|x|",
        ".. math::\n   :file: {}\n\n   \\input{{{}}}",
    ],
)
def test_no_directive_reads_a_file(tmp_path: Path, directive: str) -> None:
    place = tmp_path / "secret.svg"
    place.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SECRET}</text></svg>")
    assert SECRET not in render_rest(directive.format(place, place))


@pytest.mark.parametrize(
    "text",
    [
        ".. raw:: html\n\n   <script>x()</script>",
        ".. role:: html(raw)\n   :format: html\n\n:html:`<script>x()</script>`",
        '.. meta::\n   :http-equiv=refresh: "0; url=https://example.com/"',
        "`a <javascript:x()>`_ <script>x()</script>",
    ],
)
def test_nothing_raw_passes(text: str) -> None:
    html = render_rest(text)
    assert "<script" not in html
    assert "<meta" not in html


def test_the_clock_is_not_asked() -> None:
    assert not any(letter.isdigit() for letter in render_rest(".. date::\n\n.. |d| date:: %Y\n\nIt is |d|."))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A :doc:`guide </x>` and :py:func:`run`.", ["A guide and run."]),
        ("A |name| and `lost`_ and [1]_.", ["A name and lost and [1]."]),
        (".. unknown:: x\n\n   y\n\nText.", ["Text."]),
        (".. contents::\n\nText.", ["Text."]),
        ("A title\n----\n\nText", ["A title", "Text"]),
        ("* a\n b", ["a", "b"]),
        (".. code-block:: nolanguage\n   :linenos:\n   :hl_lines: 1\n\n   x = 1", ["x = 1"]),
        (".. vimeo:: 123", ["https://vimeo.com/123"]),
        ("", []),
    ],
)
def test_words_are_shown_and_complaints_are_not(text: str, shown: list[str]) -> None:
    assert plain(text) == shown


def test_a_picture_keeps_its_words_and_has_none_of_its_address() -> None:
    assert render_rest(".. image:: a.png\n   :scale: 50\n   :mood: calm").strip() == '<img alt="" src="a.png" />'


def test_too_many_marks_in_a_paragraph_are_text() -> None:
    assert render_rest("`a " * 5000 + "\n\n*b*").count("<p>") == 2


@pytest.mark.long
@given(
    st.lists(
        st.sampled_from(
            [".. x::", "..", "* a", "- ", "| a", "+--+", "== ==", "::", "  b", ".. [1] a", "`a <b>`_", "|x|"]
        )
        | st.text(max_size=6),
        max_size=8,
    ).map("\n".join)
)
@example(".. default-role:: x\n\n`a`")
@example(".. role:: x(y)\n\n:x:`a`")
@example("- " * 500)
def test_any_text_is_shown_without_complaint(text: str) -> None:
    html = render_rest(text.replace("\r", "\n"))
    assert "system-message" not in html
    assert 'class="problematic"' not in html
