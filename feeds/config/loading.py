"""`feeds.toml` and options become a `Config`; what is wrong with them is told with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from feeds.config.checks import nearest
from feeds.config.feed_tables import FeedTableError
from feeds.config.fixes import FixError
from feeds.config.generators import GeneratorError, options_of
from feeds.config.keys import KeysError
from feeds.config.places import Places, find_places
from feeds.config.select import SelectError
from feeds.config.settings import Config
from feeds.errors import ConfigError, line_of_key, not_toml, not_utf8

CONFIG_NAME = "feeds.toml"


def load_config(path: Path | None, options: Mapping[str, object]) -> Config:
    """Read a configuration file and lay the given options over it.

    Args:
        path: The file; None looks for `feeds.toml` in the working folder and does without if there is none.
        options: Settings by field name, as the command line gives them; relative paths from the working folder.

    Raises:
        ConfigError: The file cannot be read, or a key or value is wrong.
    """
    found = _find_file(path)
    settings, text = _read_file(found) if found else ({}, "")
    settings |= {name: _checked(name, value, None, "") for name, value in options.items()}
    return _made(settings, text, found, options)


def parse_config(text: str, path: Path) -> Config:
    """Check a configuration that is not written yet.

    Args:
        text: What its file will hold.
        path: Of the file, from whose folder relative paths count.

    Raises:
        ConfigError: A key or value is wrong.
    """
    return _made(_settings_of(text, path), text, path, {})


def _made(settings: Mapping[str, Any], text: str, found: Path | None, options: Mapping[str, object]) -> Config:
    config = Config(**settings)
    _check_limits(config, None if found is None else str(found), text)
    try:
        options_of(config)
    except GeneratorError as error:
        line = _line_within(error.setting, error.key, text) if error.key else line_of_key(error.setting, text)
        is_given = found is not None and error.setting in settings and error.setting not in options
        raise ConfigError(
            str(error),
            path=str(found) if is_given else None,
            line=line if is_given else None,
            hint="Correct it, or take it out; docs/permalinks.md says what each generator has.",
        ) from error
    return config


def _check_limits(config: Config, path: str | None, text: str) -> None:
    """Refuse a limit beyond that at the very most, of all feeds or of a single one."""
    line = line_of_key("limit", text) or line_of_key("limit_max", text)
    limits = [("", config.limit, config.limit_max, line)]
    for number, table in enumerate(config.feed, 1):
        stated = f"[[feed]] number {number}: "
        limits.append(
            (
                stated,
                table.limit or config.limit,
                table.limit_max or config.limit_max,
                line_of_key("feed", text, number),
            )
        )
    for stated, limit, limit_max, line in limits:
        if limit > limit_max:
            raise ConfigError(
                f"{stated}limit {limit} is more than limit_max {limit_max}",
                path=path,
                line=line,
                hint="Raise limit_max, or lower limit.",
            )


def load_places(path: Path | None, options: Mapping[str, object]) -> Places:
    """Tell where a build with this configuration and these options keeps what it knows.

    Raises:
        ConfigError: As `load_config`.
    """
    config, found = load_config(path, options), _find_file(path)
    stated = load_config(path, {}) if found else config
    is_own = all(
        mine.resolve() == theirs.resolve()
        for mine, theirs in ((config.archive, stated.archive), (config.output, stated.output))
    )
    return find_places(found, config.archive, config.output, is_own=is_own)


def _find_file(path: Path | None) -> Path | None:
    return path or (Path(CONFIG_NAME) if Path(CONFIG_NAME).is_file() else None)


def _read_file(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=str(path), hint="Name a file that the user who builds can read."
        ) from error
    except UnicodeDecodeError as error:
        raise not_utf8(error, path=str(path)) from error
    return _settings_of(text, path), text


def _settings_of(text: str, path: Path) -> dict[str, Any]:
    import tomllib  # which a build without a configuration need not load

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of numbers and nesting beyond reason, too
        raise not_toml(error, text, path=str(path), hint='A setting looks like this: title = "News"') from error
    settings = {name: _checked(name, value, path, text) for name, value in table.items()}
    defaults = {setting.name: setting.default for setting in fields(Config)}
    for name in ("archive", "output", "templates", "labels"):
        if (place := settings.get(name, defaults[name])) is not None:
            settings[name] = path.parent / place
    settings["static"] = tuple(path.parent / place for place in settings.get("static", ()))
    return settings


def _checked(name: str, value: object, path: Path | None, text: str) -> Any:
    known = {setting.name: setting for setting in fields(Config)}

    def place(number: int = 1) -> dict[str, Any]:
        return {"path": str(path) if path else None, "line": line_of_key(name, text, number) if path else None}

    if name not in known:
        raise ConfigError(
            f'no such setting: "{name}"{nearest(name, known)}',
            **place(),
            hint="Take the line out, or correct it.",
        )
    try:
        return known[name].metadata["check"](value)
    except (FeedTableError, FixError) as error:
        raise ConfigError(str(error), **place(error.number), hint="Correct the table, or take it out.") from error
    except (KeysError, SelectError) as error:
        key = error.role if isinstance(error, KeysError) else error.key
        within = {**place(), "line": _line_within(name, key, text)}
        raise ConfigError(str(error), **within, hint="Correct the line, or take it out.") from error
    except ValueError as error:
        hint = "Correct it, or take it out to have the default."
        shown = (
            f' "{value}"'
            if isinstance(value, str | int)
            else ""
            if isinstance(value, Mapping | list)
            else f' "{value!r}"'
        )
        raise ConfigError(f"{name}{shown} cannot be used: {error}", **place(), hint=hint) from error


def _line_within(name: str, key: str, text: str) -> int | None:
    """Find the line that sets a key of a table, else the one that begins the table."""
    first = line_of_key(name, text)
    inner = line_of_key(key, "\n".join(text.split("\n")[first:])) if first else None
    return first + inner if first and inner else first
