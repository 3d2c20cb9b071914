"""JavaScript of a generator's configuration, read and never run: literals, and constants that hold some; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from feeds.generators.source import Computed, Source, as_text

_SKIPPED = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)"""
    r"""|(?<=[(,=:\[!&|?{};\n])(?P<blank>\s*)/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*""",
    re.DOTALL,
)
_SPACE = re.compile(r"\s*")
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?")
_MEMBER = re.compile(r"\??\.([A-Za-z_$][\w$]*)(?!\s*\()")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_TYPE = re.compile(r"\s+(?:as|satisfies)\s+[\w.<>\[\]\"' |]+")
_CONSTANT = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+([A-Za-z_$][\w$]*)[ \t]*(?::[^=\n]+)?=(?!=|>)", re.M
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|\r?\n|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}


class Script:
    """One file of JavaScript or TypeScript."""

    def __init__(self, path: Path, text: str, known: Mapping[str, Any] | None = None) -> None:
        """Take the text, and constants that it imports; comments and regular expressions become blanks."""
        self.path = path
        self.text = _SKIPPED.sub(lambda match: match[0] if match["text"] else _blank(match[0]), text)
        self.constants: dict[str, Any] = dict(known or {})
        for match in _CONSTANT.finditer(self.text):
            value, end = self._value(match.end())
            rest = self.text[end:].lstrip(" \t")
            if rest[:1] in ("", ";", "\n", "\r", ",") or _TYPE.match(self.text, end):
                self.constants.setdefault(match[1], value)

    def source(self, position: int) -> Source | None:
        """Read the object that begins at a place, or the constant that is named there; None for anything else."""
        position = self._after_space(position)
        lines: dict[tuple[str, ...], int] = {}
        if self.text[position : position + 1] == "{":
            value, _ = self._object(position, (), lines)
        else:
            value, _ = self._value(position)
        if not isinstance(value, dict):
            return None
        return Source(self.path, value, {place: (self.path.name, self.line(start)) for place, start in lines.items()})

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Find something outside comments."""
        return re.finditer(pattern, self.text)

    def arguments(self, position: int) -> Iterator[int]:
        """Yield the places of the arguments of a call, given that behind its bracket."""
        while True:
            position = self._after_space(position)
            if self.text[position : position + 1] in (")", ""):
                return
            yield position
            position = self._end_of_expression(position)
            if self.text[position : position + 1] != ",":
                return
            position += 1

    def value(self, position: int) -> Any:
        """Read the value at a place."""
        return self._whole(position, (), {})[0]

    def line(self, position: int) -> int:
        """Answer the line of a place, from 1."""
        return self.text.count("\n", 0, position) + 1

    def _after_space(self, position: int) -> int:
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def _whole(self, position: int, place: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> tuple[Any, int]:
        """Read a value up to what ends it; `Computed` if it is more than a literal."""
        start = self._after_space(position)
        value, end = self._value(start, place, lines)
        stop = self._after_space(end)
        if match := _TYPE.match(self.text, end):
            stop = self._after_space(match.end())
        if self.text[stop : stop + 1] in (",", "}", "]", ")", ";", ""):
            return value, stop
        if self.text.startswith(("||", "??"), stop) and value not in (None, "") and not isinstance(value, Computed):
            return value, self._end_of_expression(stop)
        stop = self._end_of_expression(start)
        return _computed(self.text[start:stop]), stop

    def _value(
        self, position: int, place: tuple[str, ...] = (), lines: dict[tuple[str, ...], int] | None = None
    ) -> tuple[Any, int]:
        start = self._after_space(position)
        sign = self.text[start : start + 1]
        if sign == "{":
            return self._object(start, place, {} if lines is None else lines)
        if sign == "[":
            return self._list(start, place, {} if lines is None else lines)
        if sign and sign in "\"'`" and (text := _SKIPPED.match(self.text, start)):
            inner = text[0][1:-1]
            return (self._filled(inner) if sign == "`" else _unescaped(inner)), text.end()
        if number := _NUMBER.match(self.text, start):
            digits = number[0].replace("_", "")
            return (int(digits) if digits.lstrip("-").isdigit() else float(digits)), number.end()
        if name := _NAME.match(self.text, start):
            if name[0] in _WORDS:
                return _WORDS[name[0]], name.end()
            if name[0] in self.constants:
                return self._member(self.constants[name[0]], name.end())
        end = self._end_of_expression(start)
        return _computed(self.text[start:end]), end

    def _filled(self, inner: str) -> Any:
        """Fill constants into a text between back-ticks."""
        parts = re.split(r"\$\{\s*([\w$.]+)\s*\}", inner)
        for number in range(1, len(parts), 2):
            value: Any = self.constants
            for name in parts[number].split("."):
                value = value.get(name) if isinstance(value, dict) else None
            if (text := as_text(value)) is None:
                return _computed(f"`{inner}`")
            parts[number] = text
        text = "".join(parts)
        return _computed(f"`{inner}`") if "${" in text else _unescaped(text)

    def _member(self, value: Any, position: int) -> tuple[Any, int]:
        """Follow `SITE.title` into the constant."""
        while (match := _MEMBER.match(self.text, position)) and isinstance(value, dict):
            value, position = value.get(match[1]), match.end()
        return value, position

    def _object(
        self, position: int, place: tuple[str, ...], lines: dict[tuple[str, ...], int]
    ) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        position = self._after_space(position + 1)
        while position < len(self.text) and self.text[position] != "}":
            start = position
            if (quoted := _SKIPPED.match(self.text, position)) and quoted["text"]:
                key, position = _unescaped(quoted[0][1:-1]), quoted.end()
            elif name := _NAME.match(self.text, position):
                key, position = name[0], name.end()
            else:
                key, position = "", self._end_of_expression(position)
            position = self._after_space(position)
            if self.text[position : position + 1] == ":" and key:
                lines[(*place, key)] = start
                found[key], position = self._whole(position + 1, (*place, key), lines)
            elif self.text[position : position + 1] in (",", "}") and key:
                lines[(*place, key)] = start
                found[key] = self.constants.get(key, Computed(key))
            else:
                position = self._end_of_expression(position)
            position = self._next(position, start)
        return found, position + 1

    def _list(self, position: int, place: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> tuple[list[Any], int]:
        found: list[Any] = []
        position = self._after_space(position + 1)
        while position < len(self.text) and self.text[position] != "]":
            start = position
            value, position = self._whole(position, (*place, str(len(found))), lines)
            found.append(value)
            position = self._next(position, start)
        return found, position + 1

    def _next(self, position: int, start: int) -> int:
        """Go behind a comma; what is not understood is passed over, sign by sign."""
        position = self._after_space(position)
        if self.text[position : position + 1] == ",":
            position += 1
        return self._after_space(max(position, start + 1))

    def _end_of_expression(self, position: int) -> int:
        """Find the comma, semicolon or bracket that ends what begins at a place."""
        depth = 0
        while position < len(self.text):
            sign = self.text[position]
            if (match := _SKIPPED.match(self.text, position)) and match["text"]:
                position = match.end()
                continue
            if sign in "{[(":
                depth += 1
            elif sign in "}])":
                if depth == 0:
                    return position
                depth -= 1
            elif sign in ",;" and depth == 0:
                return position
            position += 1
        return position


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _computed(words: str) -> Computed:
    words = " ".join(words.split())
    return Computed(words if len(words) <= 60 else words[:57] + "…")


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            return chr(int(code, 16)) if int(code, 16) < 0x110000 else "�"
        return _LETTERS.get(match[4], match[4]) if match[4] else ""

    return _ESCAPE.sub(plain, text)
