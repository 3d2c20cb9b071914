"""What of a text is code, where no template tag means anything, and what generators shield tags with."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict

_TICKS = re.compile("`+")
_RAW_BEGINS = re.compile(r"\{%-?\s*(?:raw|verbatim)\s*-?%\}\n?")
_RAW_ENDS = re.compile(r"\{%-?\s*end(?:raw|verbatim)\s*-?%\}")
_SHIELDED_TAG = re.compile(r"\{\{([<%]|&lt;)/\*((?>(?:[^*{]|\*(?!/)|\{(?!\{))*))\*/([>%]|&gt;)\}\}")
_TAG_BEGINS = re.compile(r"\{(?=[{%#])")
_PARTED = "{<!-- -->"
_CODE = re.compile(
    r"(^[ \t>]*(?:`{3,}+|~{3,}+)[^\n]*\n(?>(?:(?![ \t>]*(?:```|~~~))[^\n]*\n)*)"
    r"[ \t>]*(?:`{3,}+|~{3,}+)[ \t]*$|`[^`\n]+`)",
    re.MULTILINE,
)
_ENDS = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("pre", "code", "script", "style")}


class CodeEnds:
    """Where the code of one text ends; however often it is asked, the text is read a few times at most."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._endless: set[str] = set()
        self._runs: dict[int, list[int]] | None = None
        self._blank_line = -1

    def of_fence(self, marks: str, start: int) -> int:
        """Answer where a fenced block ends (CommonMark section 4.5).

        Args:
            marks: That open it.
            start: Where the line behind them begins.
        """
        closing = re.compile(rf"^[ \t>]*{marks[0]}{{{len(marks)},}}[ \t]*$", re.MULTILINE).search(self._text, start)
        return closing.end() if closing else len(self._text)

    def of_span(self, start: int, end: int) -> int:
        """Answer where a span ends (CommonMark section 6.1); where the marks from `start` end when they open none."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in _TICKS.finditer(self._text):
                self._runs[run.end() - run.start()].append(run.start())
        runs = self._runs.get(end - start, [])
        place = bisect_right(runs, start)
        if place == len(runs):
            return end
        if self._blank_line < end:
            self._blank_line = self._text.find("\n\n", end)
            if self._blank_line < 0:
                self._blank_line = len(self._text)
        return runs[place] + end - start if runs[place] < self._blank_line else end

    def of_element(self, name: str, start: int) -> int:
        """Answer where an element or a comment (`!--`) ends; `start`, behind its start, when it does not."""
        if name in self._endless:
            return start
        if name == "!--":
            end = self._text.find("-->", start) + 3
        else:
            closing = _ENDS[name].search(self._text, start)
            end = closing.end() if closing else 0
        if end > start:
            return end
        self._endless.add(name)
        return start


def freed_code(code: str) -> str:
    """Take off code what keeps a generator from reading it as a template: `raw`, `{{</* x */>}}`."""
    if "{%" in code:
        kept: list[str] = []
        place = 0
        while (begin := _RAW_BEGINS.search(code, place)) and (end := _RAW_ENDS.search(code, begin.end())):
            kept += code[place : begin.start()], code[begin.end() : end.start()]
            place = end.end() + (code[begin.end() - 1] == "\n" and code.startswith("\n", end.end()))
        code = "".join((*kept, code[place:]))
    return _SHIELDED_TAG.sub(r"{{\1\2\3}}", code) if "/*" in code else code


def as_code(text: str) -> str:
    """Write text for an element of code."""
    return html.escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;")


def fence_for(code: str) -> str:
    """Answer marks for a fenced block of Markdown that nothing in the code ends."""
    return "`" * max(3, 1 + max((len(run) for run in _TICKS.findall(code)), default=0))


def meant_literally(text: str, *, is_markdown: bool) -> str:
    """Keep what is meant to be read in braces from being taken for tags: a comment parts them, which goes."""
    if not is_markdown:
        return _TAG_BEGINS.sub(_PARTED, text)
    pieces = _CODE.split(text)
    return "".join(piece if number % 2 else _TAG_BEGINS.sub(_PARTED, piece) for number, piece in enumerate(pieces))


def joined_in_code(rendered: str) -> str:
    """Take off HTML what `meant_literally` put between braces that turned out to stand in indented code."""
    return rendered.replace(html.escape(_PARTED), "{")
