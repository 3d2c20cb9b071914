"""`feeds serve`: the output on this machine for trying it, built anew as it changes; and the rules of real servers."""

from __future__ import annotations

import signal
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from feeds.cli.options import config_option, read_setup, setting_options
from feeds.cli.terminal import echo
from feeds.errors import FeedsError

if TYPE_CHECKING:
    from types import FrameType

    from feeds.config import Config, Places
    from feeds.hosting import Site

PORT = 8000


@click.command("serve")
@click.argument("output", required=False, metavar="[OUTPUT]")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help=f"Port.  [that of a local base_url, {PORT}]")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Address to listen on.  [127.0.0.1]")
@click.option("--build", "builds", is_flag=True, help="Build first, and again whenever the archive changes.")
@click.option(
    "--feed-types", is_flag=True, help="Send RSS and Atom under their own types; browsers show those plainly."
)
@click.option("--rules", metavar="nginx|caddy", help="Print the configuration of a real server, and end.")
@click.option("-v", "--verbose", is_flag=True, help="Print every request.")
@click.option("-a", "--archive", metavar="FOLDER", help="Folder that holds the articles.  [archive]")
@config_option
@setting_options
def serve_command(
    output: str | None,
    port: int | None,
    host: str,
    builds: bool,
    feed_types: bool,
    rules: str | None,
    verbose: bool,
    archive: str | None,
    config_path: Path | None,
    **settings: object,
) -> None:
    """Show the output in a browser and to readers, on this machine.

    Serves OUTPUT (default: public) until Ctrl-C. With --build it is built first, and again whenever the archive or
    the configuration changes. For others to read, take a real server: --rules prints what it needs to know.
    """  # fmt: skip
    from feeds.pipeline.hosting import RULES, find_site

    def load() -> tuple[Config, Places]:
        return read_setup(config_path, archive, output, settings)

    if rules is not None and rules not in RULES:
        raise click.BadParameter(f'"{rules}" is none of {", ".join(RULES)}.', param_hint="--rules")
    config, places = load()
    if rules is not None:
        _print_rules(find_site(config, has_feed_types=feed_types), rules)
        return
    if not builds and not config.output.is_dir():
        raise FeedsError(
            "no such folder" if not config.output.exists() else "not a folder",
            path=str(config.output),
            hint="Build first: feeds build; or do both: feeds serve --build",
        )
    from feeds.cli.listener import Listener
    from feeds.cli.session import Session

    for number in (signal.SIGINT, signal.SIGTERM):  # which shells have background jobs ignore
        signal.signal(number, _end)
    with suppress(KeyboardInterrupt), closing(Listener(host, _port_of(config) if port is None else port)) as listener:
        session = Session(load, listener, has_feed_types=feed_types, builds=builds, is_verbose=verbose)
        session.begin(config, places)
        if builds:
            session.follow(config_path)
        Event().wait()
    echo()


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _port_of(config: Config) -> int:
    """Answer the port that the feeds' own addresses lead to, where they lead to this machine."""
    from feeds.hosting import is_loopback

    parts = urlsplit(config.base_url)
    return parts.port if parts.port and is_loopback(parts.hostname or "") else PORT


def _print_rules(site: Site, server: str) -> None:
    from feeds.pipeline.hosting import RULES

    if site.is_local:
        words = f'base_url "{site.base_url}" is an address of this machine only, and so these rules are for it alone.'
        echo(f"feeds: {words} Set base_url to where the output is to be served.", err=True)
    echo(RULES[server](site), nl=False)
