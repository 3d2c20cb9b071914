"""`feeds preview`: a feed as the people see it who read it in newsboat, NetNewsWire and others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_config
from feeds.cli.terminal import echo_json

READERS = ("newsboat", "netnewswire", "miniflux", "freshrss", "reader")
"""The table's rows by name: to show help, the table is not loaded."""


@click.command("preview")
@click.argument("feed", required=False)
@click.option(
    "--as",
    "reader",
    type=click.Choice(READERS),
    metavar="READER",
    help=f"As one reader takes it: {', '.join(READERS)}.",
)
@click.option("-n", "--entries", "shown", type=click.IntRange(min=1), metavar="N", help="Entries to show.  [5]")
@click.option("--format", "form", metavar="NAME", help="Format to take of a folder.  [the first that is enabled]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder that the build writes.  [public]")
@config_option
@click.option("--rules", is_flag=True, help="Show what each reader goes by, instead of a feed.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON: all entries, unless -n is given.")
def preview_command(
    feed: str | None,
    reader: str | None,
    shown: int | None,
    form: str | None,
    output: str | None,
    config_path: Path | None,
    rules: bool,
    as_json: bool,
) -> None:
    """Show a feed as readers take it.

    FEED is a file, an address, or a category of the output: RSS, Atom or JSON Feed, of any generator. With --as, shows
    of each entry which element gave the reader its id, date, author, pictures, categories and body; without, where
    readers differ. Either way, what they do badly with it.
    """  # fmt: skip
    if rules:
        from feeds.cli.rules import print_rules

        print_rules(reader)
        return
    if feed is None:
        raise click.UsageError("Name a feed: a file, an address, or a category of the output.")
    config = read_config(config_path, {"output": output, **({"formats": (form,)} if form else {})})
    from feeds.cli.views import preview_as_dict, print_preview
    from feeds.pipeline.preview import preview

    seen = preview(config, feed, now=datetime.now(UTC), reader=reader, form=form)
    if as_json:
        echo_json(preview_as_dict(seen, shown))
    else:
        print_preview(seen, shown or 5)
