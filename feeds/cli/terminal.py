"""What reaches the terminal: all that is printed goes through here, and only what is styled here moves or colours it.

Titles, names of files, values and whole feeds come from strangers: no control sequence in them may be obeyed, and no
mark may turn the direction of writing. JSON is printed with the same characters escaped as JSON does.
"""

from __future__ import annotations

import json
import os
from typing import IO

import click

from feeds.text import printable, printable_json

_SEQUENCE = "\x1b["
_KEY = f"\x1b[{os.urandom(8).hex()};"
"""Stands before a sequence of ours until it is printed, so that none of another origin is taken for one."""


def style(text: object, *, fg: str | None = None, bold: bool | None = None, dim: bool | None = None) -> str:
    """Style a text, for `echo` alone."""
    return click.style(printable(str(text), "\t"), fg=fg, bold=bold, dim=dim).replace(_SEQUENCE, _KEY)


def echo(text: object = "", *, file: IO[str] | None = None, nl: bool = True, err: bool = False) -> None:
    """Print a text; its line breaks are those of the layout, and so values go through `printable` before."""
    shown = printable(str(text), "\n\t").replace(printable(_KEY), _SEQUENCE)
    click.echo(shown, file=file, nl=nl, err=err)


def counted(number: int, noun: str) -> str:
    """Write a number and what is counted: `1 feed`, `2,000 feeds`, `3 entries`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def echo_json(value: object) -> None:
    """Print a value as JSON."""
    echo(printable_json(json.dumps(value, ensure_ascii=False, indent=1)))


def confirm(question: str) -> bool:
    """Ask a question that is answered no unless somebody says yes."""
    return click.confirm(printable(question), default=False)
