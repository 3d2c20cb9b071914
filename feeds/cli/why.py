"""`feeds why`: a question to one article, and everything that decided how its entry looks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from feeds.cli.options import config_option, read_config, setting_options
from feeds.errors import FeedsError


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
    from feeds.cli.progress import Bar
    from feeds.pipeline.explain import explain

    config = read_config(config_path, {"archive": archive, "output": output, **settings})
    with Bar(is_shown=not as_json) as bar:
        answer = explain(config, " ".join(question), now=datetime.now(UTC), progress=bar.advance)
    if answer.explanation is None:
        _say_what_matches(" ".join(question), [(card.path, card.title) for card in answer.matches], config.archive)
        click.get_current_context().exit(1)
    if as_json:
        click.echo(json.dumps(explanation_as_dict(answer.explanation), ensure_ascii=False, indent=1))
    else:
        print_explanation(answer.explanation, config)


def _say_what_matches(question: str, matches: list[tuple[str, str]], archive: Path) -> None:
    """Say that a question means no article, or list those it may mean."""
    if not matches:
        raise FeedsError(
            f'"{question}" is no file, id, address or title of an article',
            path=str(archive),
            hint="Try one word of its title, or name the archive with --archive.",
        )
    click.echo(f'"{question}" may mean {len(matches):,} articles; ask for one of them by its file:', err=True)
    for path, title in matches[:20]:
        click.echo(f"  {archive / path}\n      {title}", err=True)
    if len(matches) > 20:
        click.echo(f"  … and {len(matches) - 20:,} more", err=True)
