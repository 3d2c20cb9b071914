"""The command line: the only place with click, printing, exit codes, the environment and the clock."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections import UserDict
from contextlib import suppress
from importlib import import_module

import click

from feeds import __version__
from feeds.cli.terminal import echo, style
from feeds.errors import FeedsError, LockedError

DONE, FAILED, USAGE, BUSY = 0, 1, 2, 75


COMMANDS = ("init", "build", "serve", "check", "why", "preview", "validate", "adopt", "schedule")
"""In the order in which a newcomer needs them: each is `NAME_command` in the module of its name."""


class _Commands(UserDict[str, click.Command]):
    """The commands by name; a command's module is imported when the command is asked for, and no other's."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.data:
            raise KeyError(name)
        command: click.Command = getattr(import_module(f"feeds.cli.{name}"), f"{name}_command")
        return command


class _Group(click.Group):
    """Translates every `FeedsError` into its text on stderr and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            ctx.color = False
        try:
            return super().invoke(ctx)
        except FeedsError as error:
            echo(style(f"feeds: {error}", fg="red"), err=True)
            ctx.exit(BUSY if isinstance(error, LockedError) else FAILED)
        except MemoryError:
            echo("feeds: there is no memory left. Let it have more; what is published stays as it is.", err=True)
            ctx.exit(FAILED)
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is not None:
                raise
            echo(f"feeds: what there is to say cannot be written: {error.strerror}. Make room.", err=True)
            with suppress(OSError):  # what stands in the buffer would fail once more at the end
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(FAILED)


@click.group(
    cls=_Group,
    commands=_Commands.fromkeys(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="feeds")
def main() -> None:
    """Turn an archive of articles into feeds people subscribe to.

    Without a configuration, `feeds build` reads the folder archive and writes the folder public.
    """
    for stream in (sys.stdout, sys.stderr):  # names of files may hold what the terminal's encoding does not
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
