"""`feeds adopt`: ids and dates from the feeds that ours replace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_setup, setting_options
from feeds.cli.terminal import echo
from feeds.errors import FeedsError, format_place
from feeds.text import printable

_MOST_LISTED = 10


@click.command("adopt")
@click.argument("replaced", nargs=-1, required=True, metavar="FEED ...")
@click.option("-a", "--archive", metavar="FOLDER", help="Folder that holds the articles.  [archive]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder that the build writes.  [public]")
@config_option
@setting_options
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be taken; write nothing.")
def adopt_command(
    replaced: tuple[str, ...],
    archive: str | None,
    output: str | None,
    config_path: Path | None,
    dry_run: bool,
    **settings: object,
) -> None:
    """Take ids and dates from the feed that this one replaces.

    FEED is a file or an address: RSS, Atom or JSON Feed, of any generator. Its entries are matched with the
    archive by link, then by title and date; matched articles keep the id and the date that subscribers know, so no
    reader shows them again.
    """  # fmt: skip
    from feeds.cli.program import program_identity
    from feeds.cli.progress import Bar
    from feeds.pipeline.adopting import adopt_feeds, read_previous

    config, places = read_setup(config_path, archive, output, settings)
    entries = []
    for place in replaced:
        found = read_previous(place)
        if found is None:
            raise FeedsError("nothing is published there", path=place, hint="Correct the address.")
        entries.append(found)
    with Bar(is_shown=True) as bar:
        adoption = adopt_feeds(
            config,
            entries,
            now=datetime.now(UTC),
            places=places,
            program=program_identity(),
            is_dry=dry_run,
            progress=bar.advance,
        )
    are = "entry is an article" if len(adoption.matched) == 1 else "entries are articles"
    keep = "it keeps" if len(adoption.matched) == 1 else "they keep"
    echo(f"{len(adoption.matched):,} {are} of the archive; {keep} id and date")
    if adoption.unmatched:
        echo(f"{len(adoption.unmatched):,} are not:")
        for entry in adoption.unmatched[:_MOST_LISTED]:
            day = f"{entry.published:%Y-%m-%d}" if entry.published else "undated"
            echo(f"  {day:<10}  {printable(entry.title or entry.id)}")
        if len(adoption.unmatched) > _MOST_LISTED:
            echo(f"  … and {len(adoption.unmatched) - _MOST_LISTED:,} more")
    fewest = min(map(len, entries))
    if adoption.matched and fewest < config.limit:
        echo(
            f"The old feed shows {fewest:,} entries, ours {config.limit:,}: the older ones would be new to its "
            f"subscribers. For them to see no repeats: limit = {max(1, fewest)}"
        )
    echo("Nothing was written." if dry_run else f"Remembered in {format_place(str(places.memory), None)}")
