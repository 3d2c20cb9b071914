"""`feeds why`: a question to one article, and everything that decided how its entry looks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_setup, setting_options
from feeds.cli.terminal import echo, echo_json
from feeds.errors import FeedsError, format_place

_MOST_LISTED = 20
_HINT = "Try one word of its title, or name the archive with --archive."


@click.command("why")
@click.argument("question", nargs=-1, required=True, metavar="FILE | ID | ADDRESS | WORDS")
@click.option("-a", "--archive", metavar="FOLDER", help="Folder that holds the articles.  [archive]")
@click.option("-o", "--output", metavar="FOLDER", help="Folder that the build writes.  [public]")
@config_option
@setting_options
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def why_command(
    question: tuple[str, ...],
    archive: str | None,
    output: str | None,
    config_path: Path | None,
    as_json: bool,
    **settings: object,
) -> None:
    """Explain why an article's entry is as it is.

    Names the article by its FILE, its ID, the ADDRESS of its page or WORDS of its title. Shows where every value
    came from, each block of text and each picture with the reason why it was taken or passed over, the feeds that
    hold it and why not the others, and the table of feeds.toml that would decide otherwise.
    """  # fmt: skip
    from feeds.cli.explanation import explanation_as_dict, print_explanation
    from feeds.cli.program import program_identity
    from feeds.cli.progress import Bar
    from feeds.pipeline.explain import explain

    config, places = read_setup(config_path, archive, output, settings)
    asked = " ".join(question).strip()
    if not asked:
        raise click.UsageError("Name an article: its file, its id, the address of its page, or words of its title.")
    with Bar(is_shown=not as_json) as bar:
        answer = explain(
            config,
            asked,
            now=datetime.now(UTC),
            progress=bar.advance,
            places=places,
            program=program_identity(),
        )
    if answer.explanation is not None and as_json:
        echo_json(explanation_as_dict(answer.explanation))
    elif answer.explanation is not None:
        print_explanation(answer.explanation, config)
    elif as_json:
        matches = [{"path": card.path, "id": card.id, "title": card.title} for card in answer.matches]
        echo_json({"matches": matches})
        click.get_current_context().exit(1)
    elif answer.matches:
        _list_matches(asked, [(card.path, card.title) for card in answer.matches], config.archive)
        click.get_current_context().exit(1)
    else:
        raise FeedsError(_what_it_is(asked, config.archive), path=str(config.archive), hint=_HINT)


def _list_matches(question: str, matches: list[tuple[str, str]], archive: Path) -> None:
    echo(f'"{question}" may mean {len(matches):,} articles; ask for one of them by its file:', err=True)
    for path, title in matches[:_MOST_LISTED]:
        echo(f"  {format_place(str(archive / path), None)}\n      {title}", err=True)
    if len(matches) > _MOST_LISTED:
        echo(f"  … and {len(matches) - _MOST_LISTED:,} more", err=True)


def _what_it_is(question: str, archive: Path) -> str:
    """Say why a question means no article: what is there under that name, if anything."""
    for path in (Path(question), archive / question):
        if path.is_dir():
            return f'"{question}" is a folder, not an article'
        if path.is_file():
            is_inside = path.resolve().is_relative_to(archive.resolve())
            why = (
                "include or exclude leave it out, or its name is none of an article"
                if is_inside
                else "it lies elsewhere"
            )
            return f'"{question}" is a file, but no article of this archive: {why}'
    return f'"{question}" is no file, id, address or title of an article'
