"""`feeds init`: an archive and its generator looked at, and a configuration written."""

from __future__ import annotations

import difflib
import os
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.cli.terminal import confirm, echo, style
from feeds.config import CONFIG_NAME
from feeds.errors import FeedsError, WriteError

if TYPE_CHECKING:
    from feeds.pipeline.draft import Draft
    from feeds.pipeline.outlook import Outlook


@click.command("init")
@click.argument("folder", required=False, metavar="[FOLDER]", type=click.Path(path_type=Path), default=Path())
@click.option("-o", "--output", metavar="FOLDER", help="Folder that builds are to write.  [public, or _feeds]")
@click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration to write.  [feeds.toml]",
)
@click.option("-y", "--yes", is_flag=True, help="Change a configuration that is there without asking.")
@click.option("--new-ids", is_flag=True, help="Give articles new ids: readers show all of them once more.")
def init_command(folder: Path, output: str | None, config_path: Path | None, yes: bool, new_ids: bool) -> None:
    """Look at an archive and write its feeds.toml.

    FOLDER is that of a site (Hexo, Jekyll, Hugo, Pelican, Zola, Eleventy, Astro, MkDocs) or of articles; without it,
    the working folder. Shows what was found, why each setting is as it is, how entries will look, and what
    subscribers of an old feed will see. A configuration that is there is added to, after a question.
    """  # fmt: skip
    from feeds.cli.findings import print_draft, print_prospect
    from feeds.cli.program import program_identity
    from feeds.cli.progress import Bar
    from feeds.pipeline.draft import draft_config
    from feeds.pipeline.outlook import look_ahead, take_over_old

    if not folder.is_dir():
        what = "not a folder" if folder.exists() else "no such folder"
        raise FeedsError(
            what, path=str(folder), hint="Name the folder of the site or of the articles: feeds init FOLDER"
        )
    path, now, program = config_path or Path(CONFIG_NAME), datetime.now(UTC), program_identity()
    with Bar(is_shown=True) as bar:
        draft = draft_config(folder, path, output=output, new_ids=new_ids, now=now, progress=bar.advance)
        draft, outlook = look_ahead(draft, now=now, program=program, progress=bar.advance)
    print_draft(draft, outlook)
    if draft.before is not None and draft.text != draft.before:
        _print_difference(draft)
        if not yes and not _is_wanted(draft, outlook, _command("init", folder, config_path, new_ids=new_ids)):
            return
    with Bar(is_shown=True) as bar:
        adopted = take_over_old(draft, now=now, program=program, progress=bar.advance)
    _write(draft)
    print_prospect(draft, outlook, adopted=adopted, build=_command("build", Path(), config_path))


def _print_difference(draft: Draft) -> None:
    assert draft.before is not None, "there is something to compare with"
    echo()
    rows = difflib.unified_diff(
        draft.before.splitlines(), draft.text.splitlines(), str(draft.path), f"{draft.path} (new)", lineterm=""
    )
    for row in rows:
        colour = {"+": "green", "-": "red", "@": "cyan"}.get(row[:1])
        echo(style(row, fg=colour))


def _is_wanted(draft: Draft, outlook: Outlook, command: str) -> bool:
    """Ask whether a configuration that is there is to be changed.

    Raises:
        FeedsError: Nobody is there to answer.
    """
    from feeds.cli.findings import seen_of

    echo(f"\nSubscribers would see: {seen_of(outlook)}")
    if not is_terminal():
        raise FeedsError(
            "is there already, and nothing was changed",
            path=str(draft.path),
            hint=f"To change it as shown: {command} --yes",
        )
    if confirm(f"Change {draft.path} so?"):
        return True
    echo("Nothing was changed.")
    return False


def is_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty()


def _write(draft: Draft) -> None:
    if draft.text == draft.before:
        return
    from feeds.disk import replace_file

    place, text = draft.path.resolve(), draft.text
    try:
        if draft.before is not None and b"\r\n" in place.read_bytes():
            text = text.replace("\n", "\r\n")
        replace_file(place, text.encode("utf-8"))
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror}",
            path=str(draft.path),
            hint="Make room, or name another place: feeds init --config FILE",
        ) from error


def _command(name: str, folder: Path, config_path: Path | None, *, new_ids: bool = False) -> str:
    """Write a command as it was given."""
    words = ["feeds", name, *([os.fspath(folder)] if folder != Path() else [])]
    words += ["--config", os.fspath(config_path)] if config_path else []
    return shlex.join([*words, *(["--new-ids"] if new_ids else [])])
