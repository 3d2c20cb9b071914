"""Regular expressions kept compiled: Python compiles each anew in every process, a quarter of a small rebuild's work.

The program keeps them, not who imports the package. With a Python whose way of compiling is not known, or where nothing
can be kept, they are compiled as ever.
"""

from __future__ import annotations

import marshal
import re
from array import array
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, TypeAlias, cast

from feeds.compiled import PYTHON, find_compiled, keep_compiled

_NAME = "patterns.sre"
_KNOWN = ("cpython", 3, 11), ("cpython", 3, 12), ("cpython", 3, 13)
"""Those that were seen to compile as `_code_of` does."""
_SHAPE = 1
"""Number of the shape in which they are kept."""
_MOST = 2000
"""Patterns above which those go that a build does not use: a few hundred are of this program and its packages, the
others are made of somebody's settings and texts."""

_Key: TypeAlias = tuple[bool, str | bytes, int]
"""Whether the source is text, the source, and the flags."""
_Code: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What Python's engine makes a pattern of: all flags, the code, how many groups, their numbers by name, and names."""


def keep_patterns() -> Callable[[], None]:
    """Let Python take patterns from what is kept, from now on; answer how to keep those that it had to compile."""
    if PYTHON[:3] not in _KNOWN:
        return lambda: None
    compiler: Any = import_module("re._compiler")
    engine: Any = import_module("_sre")
    anew = compiler.compile
    known = _read()
    count = len(known)
    used: dict[_Key, _Code] = {}

    def compile_(source: Any, flags: int = 0) -> Any:
        if not isinstance(source, (str, bytes)) or flags & re.DEBUG:
            return anew(source, flags)
        key = isinstance(source, str), source, int(flags)
        if key not in known:
            known[key] = _code_of(compiler, *key[1:])
        every_flag, code, *groups = used[key] = known[key]
        return engine.compile(source, every_flag, array("I", code).tolist(), *groups)

    def keep() -> None:
        if len(known) > count:
            keep_compiled(_NAME, marshal.dumps((_SHAPE, *PYTHON, known if len(known) <= _MOST else used)))

    compiler.compile = compile_
    return keep


def _read() -> dict[_Key, _Code]:
    with suppress(EOFError, ValueError, TypeError):  # another program may have kept it
        *made_by, known = marshal.loads(find_compiled(_NAME) or b"")
        if made_by == [_SHAPE, *PYTHON]:
            return cast(dict[_Key, _Code], known)
    return {}


def _code_of(compiler: Any, source: str | bytes, flags: int) -> _Code:
    """Do what Python's own function does before it hands the code over to the engine."""
    tree = compiler._parser.parse(source, flags)
    code, numbers, count = compiler._code(tree, flags), tree.state.groupdict, tree.state.groups
    names = {number: name for name, number in numbers.items()}
    return (
        flags | tree.state.flags,
        array("I", code).tobytes(),
        count - 1,
        dict(numbers),
        tuple(names.get(number) for number in range(count)),
    )
