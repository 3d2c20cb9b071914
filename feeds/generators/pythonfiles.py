"""Python of a generator's configuration, read and never run: the literals that a module assigns at its top."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.errors import ConfigError
from feeds.generators.source import Computed, Source, read_text


def read_python(path: Path) -> Source:
    """Read the assignments of a module; what would have to be worked out is `Computed`.

    Names assigned before are known, texts and lists may be added and put together. What stands under `if` or `try`
    is taken as computed.

    Raises:
        ConfigError: It cannot be read, or is no Python.
    """
    text = read_text(path)
    try:
        with warnings.catch_warnings():  # an escape that Python doubts is none of our business
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        is_deep = isinstance(error, RecursionError | MemoryError)
        message = error.msg if isinstance(error, SyntaxError) else "nested too deep" if is_deep else str(error)
        raise ConfigError(
            f"not Python: {message}",
            path=str(path),
            line=line,
            hint="The generator cannot read it either: correct the line.",
        ) from error
    source = Source(path)
    for statement in tree.body:
        _take(source, statement, is_sure=True)
    return source


def _take(source: Source, statement: ast.stmt, *, is_sure: bool) -> None:
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets, value = [statement.target], statement.value
    elif isinstance(statement, ast.AugAssign):
        targets, value = [statement.target], statement.value
        is_sure = False
    else:
        for inner in _inside(statement):
            _take(source, inner, is_sure=False)
        return
    for target in targets:
        if isinstance(target, ast.Name):
            source.lines[(target.id,)] = (source.path.name, statement.lineno)
            try:
                found = _value(value, source.values) if is_sure else _unknown(value)
            except (ValueError, RecursionError):
                found = _unknown(value)
            source.values[target.id] = found


def _inside(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements that one holds, and that are run when the module is."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for inner in ast.iter_child_nodes(statement):
        if isinstance(inner, ast.stmt):
            yield inner
        elif isinstance(inner, ast.ExceptHandler | ast.match_case):
            yield from inner.body


def _unknown(value: ast.AST) -> Computed:
    try:
        words = ast.unparse(value)
    except RecursionError:
        words = "an expression"
    return Computed(words if len(words) <= 60 else words[:57] + "…")


def _value(node: ast.expr, known: dict[str, Any]) -> Any:
    """Work out a literal; `ValueError` for all else."""
    if isinstance(node, ast.Constant):
        if node.value is Ellipsis or isinstance(node.value, bytes | complex):
            raise ValueError(node.value)
        return node.value
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_item(item, known) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {
            str(_value(key, known)): _item(value, known)
            for key, value in zip(node.keys, node.values, strict=True)
            if key is not None
        }
    if isinstance(node, ast.Name) and not isinstance(known.get(node.id), Computed) and node.id in known:
        return known[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = _value(node.operand, known)
        if isinstance(number, int | float):
            return -number
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sum(_value(node.left, known), _value(node.right, known))
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_value(_plain(part), known)) for part in node.values)
    raise ValueError(type(node).__name__)


def _item(node: ast.expr, known: dict[str, Any]) -> Any:
    try:
        return _value(node, known)
    except ValueError:
        return _unknown(node)


def _plain(part: ast.expr) -> ast.expr:
    """Take a piece of a formatted text that formats nothing."""
    if isinstance(part, ast.FormattedValue):
        if part.conversion != -1 or part.format_spec is not None:
            raise ValueError("a format")
        return part.value
    return part


def _sum(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    raise ValueError("a sum")
