"""Writing HTML whose reading costs no more than its length, whatever was read.

A parser of HTML opens formatting elements again wherever a paragraph or list item is closed around them
(HTML section 13.2.4.3), so that a small body can become a huge one; readers recurse into depth. What is
written here nests a bounded number of levels, and never lets a paragraph or item be closed by implication.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

VOID = frozenset({"area", "br", "col", "hr", "img", "source", "track", "wbr"})
"""Elements without an end tag (HTML section 13.1.2)."""
BLOCKS = frozenset({
    "address", "article", "aside", "audio", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav",
    "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "video",
})  # fmt: skip
"""Elements that begin and end a run of text."""
FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
"""Elements that a parser opens again (HTML section 13.2.4.3)."""
_CLOSED_BY = {"li": ("li",), "dd": ("dd", "dt"), "dt": ("dd", "dt")}
_MOST_LEVELS = 100
_MOST_FORMATTING = 8


class TidyHtml:
    """HTML while it is being written: balanced, bounded in depth."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._open: list[str] = []
        self._formatting = 0

    def text(self, text: str) -> None:
        """Write plain text."""
        self._written.append(escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text)

    def start(self, name: str, attributes: Sequence[tuple[str, str]] = ()) -> int:
        """Open an element.

        Returns:
            What `end` wants in order to close it; nothing is written when it lies too deep.
        """
        level = len(self._open)
        is_formatting = name in FORMATTING
        if self._formatting and not is_formatting:
            level = self._close_implied(name)
        tag = f"<{name}{_format(attributes)}>" if attributes else f"<{name}>"
        if name in VOID:
            self._written.append(tag)
            return level
        if level >= _MOST_LEVELS or (is_formatting and not self._may_format(name)):
            self._written.append(" " if name in BLOCKS else "")
            return level
        self._written.append(tag)
        self._open.append(name)
        self._formatting += is_formatting
        return level

    def end(self, level: int) -> None:
        """Close the element that `start` opened at a level, and all that is still open inside it."""
        while len(self._open) > level:
            name = self._open.pop()
            self._formatting -= name in FORMATTING
            self._written.append(f"</{name}>")

    def finish(self) -> str:
        """Close everything and answer the whole."""
        self.end(0)
        return "".join(self._written)

    def _may_format(self, name: str) -> bool:
        return self._formatting < _MOST_FORMATTING and not (name == "a" and "a" in self._open)

    def _close_implied(self, name: str) -> int:
        """Close the paragraph or item that the start of `name` would close by implication."""
        closed = _CLOSED_BY.get(name, ()) + (("p",) if name in BLOCKS else ())
        for level in range(len(self._open) - 1, -1, -1):
            if self._open[level] in closed:
                self.end(level)
                break
            if self._open[level] in ("ul", "ol", "table", "td", "th", "dl"):
                break
        return len(self._open)


def _format(attributes: Sequence[tuple[str, str]]) -> str:
    return "".join([f' {name}="{escape(value)}"' for name, value in attributes])
