"""Options that several commands share: one for each setting, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feeds.cli.terminal import echo
from feeds.config import Config, Places, default_of, load_config, load_places, setting_fields
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from feeds.pipeline import PublishedEntry

_Command = TypeVar("_Command", bound=Callable[..., Any])


def setting_options(command: _Command) -> _Command:
    """Give a command one option for each setting that has no argument or option of its own already."""
    for setting in reversed(setting_fields()):
        if setting.name not in ("archive", "output"):
            command = _option(setting)(command)
    return command


def _option(setting: Field[Any]) -> Callable[[_Command], _Command]:
    name, default = setting.name.replace("_", "-"), default_of(setting)
    meaning, metavar = setting.metadata["meaning"], setting.metadata["metavar"]
    if isinstance(default, bool):
        return click.option(f"--{name}/--no-{name}", setting.name, default=None, help=_sentence(meaning, default))
    if isinstance(default, tuple):
        return click.option(
            f"--{name}",
            setting.name,
            multiple=True,
            metavar=metavar,
            help=_sentence(f"{meaning}; may be repeated", " ".join(default)),
        )
    kind = int if isinstance(default, int) or metavar == "N" else str
    return click.option(f"--{name}", setting.name, type=kind, metavar=metavar, help=_sentence(meaning, default))


def _sentence(meaning: str, default: object) -> str:
    text = meaning[0].upper() + meaning[1:]
    if isinstance(default, bool):
        default = "yes" if default else "no"
    return f"{text}.  [{default}]" if default not in (None, "") else f"{text}."


def config_option(command: _Command) -> _Command:
    """Give a command the option that names the configuration."""
    return click.option(
        "-c",
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Configuration.  [feeds.toml, if there is one]",
    )(command)


def read_setup(
    path: Path | None, archive: str | None, output: str | None, settings: Mapping[str, object]
) -> tuple[Config, Places]:
    """Answer the configuration that options and file give, and where what a build knows is kept.

    Raises:
        click.UsageError: An option's value cannot be used.
        ConfigError: The file cannot be read, or a key or value in it is wrong.
    """
    given = {"archive": archive, "output": output, **settings}
    config = read_config(path, given)
    return config, load_places(path, {name: value for name, value in given.items() if value not in (None, ())})


def read_feeds(places: Sequence[str]) -> tuple[PublishedEntry, ...]:
    """Read the feeds that a build goes on from; an address at which nothing is published yet gives none.

    Raises:
        FeedsError: Such a feed cannot be read, or is none.
    """
    from feeds.pipeline.adopting import read_previous

    entries: list[PublishedEntry] = []
    for place in places:
        found = read_previous(place)
        if found is None:
            echo(f"{place}: nothing is published there yet, so nothing is taken from it.", err=True)
        else:
            entries += found
    return tuple(entries)


def read_config(path: Path | None, given: Mapping[str, object]) -> Config:
    """Lay the options that were given over the configuration.

    Raises:
        click.UsageError: An option's value cannot be used.
        ConfigError: The file cannot be read, or a key or value in it is wrong.
    """
    options = {name: value for name, value in given.items() if value is not None and value != ()}
    try:
        return load_config(path, options)
    except ConfigError as error:
        if error.path is None:
            raise click.UsageError(str(error)) from error
        raise
