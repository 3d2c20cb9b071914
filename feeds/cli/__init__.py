"""The command line: the only place with click, printing, exit codes, the environment and the clock."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

import click

from feeds import __version__
from feeds.cli.adopt import adopt_command
from feeds.cli.build import build_command
from feeds.cli.check import check_command
from feeds.cli.schedule import schedule_command
from feeds.cli.why import why_command
from feeds.errors import FeedsError, LockedError

DONE, FAILED, USAGE, BUSY = 0, 1, 2, 75


class _Group(click.Group):
    """Translates every `FeedsError` into its text on stderr and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which a newcomer needs them

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except FeedsError as error:
            click.secho(f"feeds: {error}", fg="red", err=True)
            ctx.exit(BUSY if isinstance(error, LockedError) else FAILED)
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is not None:
                raise
            click.echo(f"feeds: what there is to say cannot be written: {error.strerror}. Make room.", err=True)
            with suppress(OSError):  # what stands in the buffer would fail once more at the end
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(FAILED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="feeds")
def main() -> None:
    """Turn an archive of articles into feeds people subscribe to.

    Without a configuration, `feeds build` reads the folder archive and writes the folder public.
    """
    for stream in (sys.stdout, sys.stderr):  # names of files may hold what the terminal's encoding does not
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


for command in (build_command, check_command, why_command, adopt_command, schedule_command):
    main.add_command(command)
