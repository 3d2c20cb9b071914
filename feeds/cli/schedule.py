"""`feeds schedule`: the crontab line, or the systemd units, that build at regular times; and a first `feeds.toml`.

What runs is `feeds build --config … --log …` with absolute paths, in the configuration's folder: cron has another
working folder and another PATH.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from bisect import bisect
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from feeds.cli.crontab import INTERVALS, drop_line, format_line, put_line, read_crontab, write_crontab
from feeds.cli.options import config_option
from feeds.cli.terminal import echo
from feeds.config import CONFIG_NAME, Config, load_config, load_places
from feeds.errors import ConfigError, FeedsError, WriteError, format_place
from feeds.text import printable

_TEMPLATE = """\
# What `feeds build` goes by. Paths are relative to this file; a line without its # is in force.

# archive = "archive"    # folder that holds the articles
# output = "public"      # folder to write; let your web server show it
# title = "My archive"   # name of the whole; else the archive folder's name

# The address at which the output is served. Subscribers hold on to it: set it before the first of them comes.
base_url = "http://localhost:8000/"

# In the id of every entry: a domain or an e-mail address of yours, and a year in which it was yours already.
# Set both before the first subscriber comes, and never change them: all entries would be new to every reader.
# authority = "example.org"
# year = {year}
"""

_UNITS = """\
# ~/.config/systemd/user/{name}.service
[Unit]
Description=Feeds of {config} (one build)

[Service]
Type=oneshot
Nice=10
WorkingDirectory={folder}/
ExecStart={command}

# ~/.config/systemd/user/{name}.timer
[Unit]
Description=Feeds of {config} (when to build)

[Timer]
OnCalendar={times}
Persistent=true

[Install]
WantedBy=timers.target

# Once both files are there:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {name}.timer
#   loginctl enable-linger
# The last one has it run while you are not logged in.
"""


def _check_every(context: click.Context, parameter: click.Parameter, value: int) -> int:
    if value not in INTERVALS:
        place = bisect(INTERVALS, value)
        nearest = " or ".join(map(str, INTERVALS[max(0, place - 1) : place + 1]))
        raise click.BadParameter(f"cron cannot keep {value} minutes evenly; take {nearest}.")
    return value


@click.command("schedule", context_settings={"help_option_names": ["-h", "--help"]})
@config_option
@click.option(
    "--every",
    type=int,
    default=15,
    metavar="MINUTES",
    callback=_check_every,
    help="Time between two builds: 1 to 30 where it divides the hour, or whole hours.  [15]",
)
@click.option("--systemd", "as_units", is_flag=True, help="Print a systemd service and its timer instead.")
@click.option("--install", is_flag=True, help="Put the line into your crontab.")
@click.option("--remove", is_flag=True, help="Take the line out of your crontab.")
@click.option("--local", is_flag=True, help="Do so although base_url is an address of this machine only.")
def schedule_command(
    config_path: Path | None, every: int, as_units: bool, install: bool, remove: bool, local: bool
) -> None:
    """Have the feeds built at regular times.

    Prints the line for your crontab: with --install it is put there, with --remove it is taken out, and no other
    line is touched. Where there is no configuration, a first one is written.
    """  # fmt: skip
    if as_units + install + remove > 1:
        raise click.UsageError("Of --systemd, --install and --remove take one.")
    path = _absolute(config_path or Path(CONFIG_NAME))
    if remove:
        _remove(path)
        return
    if not path.exists():
        _write_first(path)
    config = load_config(path, {})
    if not (path.parent / config.archive).is_dir():
        _say(path, f'archive "{config.archive}" is no folder. Set archive to the folder that holds the articles.')
    if not local:
        _refuse_localhost(config, path)
    words = (*_program(), "build", "--config", str(path), "--log", str(load_places(path, {}).log))
    _check_words(words)
    if as_units:
        echo(_format_units(words, every, path), nl=False)
    elif install:
        _install(format_line(words, every, path), path)
    else:
        echo(format_line(words, every, path).decode())
        if sys.stdout.isatty():
            echo("With --install this goes into your crontab; with --systemd there are units instead.", err=True)


def _absolute(path: Path) -> Path:
    """Write a configuration's path in the one way it is scheduled under; a link to it keeps its own name."""
    return path.parent.resolve() / path.name


def _program() -> tuple[str, ...]:
    """Tell how this program is called by one who knows no PATH."""
    script = Path(sys.executable).with_name("feeds")
    return (str(script),) if os.access(script, os.X_OK) else (sys.executable, "-m", "feeds")


def _check_words(words: Sequence[str]) -> None:
    for word in words:
        if word != printable(word):
            raise FeedsError(
                "a path with a line break, a control character, a mark that turns the direction of writing or bytes "
                "that are no UTF-8 cannot be scheduled",
                path=word,
                hint="Rename the folder or the file.",
            )


def _install(line: bytes, path: Path) -> None:
    old = read_crontab()
    new = put_line(old, line, path)
    if new != old:
        write_crontab(new)
    what = "already in" if new == old else "installed in" if drop_line(old, path) == old else "replaced in"
    echo(f"{what} your crontab: {line.decode()}")


def _remove(path: Path) -> None:
    old = read_crontab()
    new = drop_line(old, path)
    if new != old:
        write_crontab(new)
    what = "was not in" if new == old else "removed from"
    echo(f"{what} your crontab: {format_place(str(path), None)}")


def _write_first(path: Path) -> None:
    """Write a configuration to begin with, whole or not at all, and never over another.

    Raises:
        WriteError: It cannot be written.
    """
    temporary = path.with_name(f".{path.name}.tmp-{os.urandom(8).hex()}")
    try:
        try:
            temporary.write_text(_TEMPLATE.format(year=datetime.now(UTC).year), "utf-8")
            path.hardlink_to(temporary)  # which fails where a file is by now
        finally:
            with suppress(FileNotFoundError):
                temporary.unlink()
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror or error}",
            path=str(path),
            hint="Name a configuration in a folder that is yours: feeds schedule --config FILE",
        ) from error
    _say(path, "written, to begin with: see what it says, and edit it.")


def _say(path: Path, words: str) -> None:
    echo(f"{format_place(str(path), None)}: {words}", err=True)


def _refuse_localhost(config: Config, path: Path) -> None:
    """Stop where only this machine could read the feeds.

    Raises:
        ConfigError: The configuration leaves `base_url` at an address of this machine.
    """
    host = (urlsplit(config.base_url).hostname or "").rstrip(".")
    if host != "localhost" and host != "::1" and not re.fullmatch(r"127(\.\d+){1,3}", host):
        return
    lines = path.read_text("utf-8-sig").split("\n")
    line = next((number for number, text in enumerate(lines, 1) if re.match(r"""\s*["']?base_url\b""", text)), None)
    edit = "Edit this line" if line else 'Add a line such as base_url = "https://example.org/feeds/"'
    raise ConfigError(
        f'base_url "{config.base_url}" is an address of this machine only: subscribers elsewhere could not follow',
        path=str(path),
        line=line,
        hint=f"{edit}, naming where {config.output.name} is served; or run with --local if you alone read them.",
    )


def _format_units(words: Sequence[str], every: int, config: Path) -> str:
    """Write service and timer, each under the name of its file (systemd.service(5), systemd.timer(5))."""
    prefix = ":" if any("$" in word for word in words) else ""  # no variables are put in then
    return _UNITS.format(
        name=_unit_name(config),
        config=_double(str(config)),
        folder=_double(str(config.parent)),
        command=prefix + " ".join(map(_quote_for_systemd, words)),
        times=_format_calendar(every),
    )


def _unit_name(config: Path) -> str:
    """Name the units of a configuration: recognised by its folder, and like those of no other."""
    folder = re.sub(r"[^A-Za-z0-9]+", "-", config.parent.name)[:40].strip("-")
    return "-".join(filter(None, ("feeds", folder, hashlib.sha256(os.fsencode(config)).hexdigest()[:8])))


def _double(text: str) -> str:
    """Double what begins a specifier (systemd.unit(5))."""
    return text.replace("%", "%%")


def _quote_for_systemd(word: str) -> str:
    """Quote as systemd.syntax(7) has it."""
    if re.fullmatch(r"[\w@+=:,./-]+", word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_double(escaped)}"'


def _format_calendar(every: int) -> str:
    """Write the times as systemd.time(7) has them, the same as cron's."""
    if every < 60:
        return f"*:0/{every}"
    return {60: "*:00", 1440: "00:00"}.get(every, f"0/{every // 60}:00")
