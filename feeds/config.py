"""Every setting: its name, default, meaning and check, once; `feeds.toml` and options become a `Config`.

The command line makes its options, and the documentation its table, from the fields of `Config`.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pathspec import GitIgnoreSpec

from feeds.addresses import encode
from feeds.errors import ConfigError

CONFIG_NAME = "feeds.toml"
PATH_KEYS = {
    "rss": "rss.xml",
    "atom": "atom.xml",
    "json": "feed.json",
    "index": "index.html",
    "opml": "feeds.opml",
}
"""The keys of `[paths]` and the file names they stand for."""


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text in quotes is needed")
    return value.strip()


def _path(value: object) -> Path:
    if "\0" in _text(value):
        raise ValueError("a path holds no character NUL")
    return Path(_text(value))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is needed")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError('a list of texts is needed, such as ["a", "b"]')
    return tuple(_text(item) for item in value)


def _whole(least: int, most: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed")
        return value

    return check


def _one_of(*names: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)} is needed")
        return str(value)

    return check


def _formats(value: object) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_texts(value)))
    unknown = [name for name in names if name not in ("rss", "atom", "json")]
    if unknown or not names:
        raise ValueError("at least one of rss, atom, json is needed, and nothing else")
    return names


def _web_address(value: object) -> str:
    address = encode(_text(value))
    if address is None or "?" in address or "#" in address:
        raise ValueError("an address such as https://example.org/feeds/ is needed")
    return address if address.endswith("/") else address + "/"


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value))
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("a name of the zone database is needed, such as Asia/Shanghai") from error


def _language(value: object) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", _text(value)):
        raise ValueError("a language tag is needed, such as zh-CN (RFC 5646)")
    return _text(value)


def _authority(value: object) -> str:
    if not re.fullmatch(r"([A-Za-z0-9._-]+@)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", _text(value)):
        raise ValueError("a domain or an e-mail address that was yours in that year is needed (RFC 4151)")
    return _text(value).lower()


def _permalink(value: object) -> str:
    if not re.match(r"https?://[^/]|/|:", _text(value)):
        raise ValueError("a pattern such as https://example.org/:year/:month/:title/ is needed")
    return _text(value)


def _globs(value: object) -> tuple[str, ...]:
    for glob in _texts(value):
        try:
            GitIgnoreSpec.from_lines([glob])
        except ValueError as error:
            raise ValueError(f"{glob!r} is no pattern of .gitignore") from error
    return _texts(value)


def _patterns(value: object) -> tuple[str, ...]:
    for pattern in _texts(value):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return _texts(value)


def _paths(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed: [paths]")
    for key, name in value.items():
        if key not in PATH_KEYS:
            raise ValueError(f"no such key: {key}{_nearest(key, PATH_KEYS)}")
        if not isinstance(name, str) or not re.fullmatch(r"[^/\\\x00-\x1f:*?\"<>|.][^/\\\x00-\x1f:*?\"<>|]*", name):
            raise ValueError(f"{key}: a file name without folders is needed")
        if name.casefold() in ("articles", "pictures"):
            raise ValueError(f"{key}: the folder {name} has that name")
    names = {**PATH_KEYS, **value}
    if len({name.casefold() for name in names.values()}) < len(names):
        raise ValueError("two files would have the same name")
    return names


def _key(default: Any, check: Callable[[object], Any], meaning: str, metavar: str = "TEXT") -> Any:
    metadata = {"check": check, "meaning": meaning, "metavar": metavar}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of one build, checked. A field's `meaning` is its documentation."""

    archive: Path = _key(Path("archive"), _path, "folder that holds the articles", "FOLDER")
    output: Path = _key(Path("public"), _path, "folder to write", "FOLDER")
    title: str | None = _key(None, _text, "name of the whole (the archive folder's name)")
    description: str | None = _key(None, _text, "what it is about (the title)")
    language: str | None = _key(None, _language, "language of the articles, such as zh-CN (not stated)", "TAG")
    base_url: str = _key("http://localhost:8000/", _web_address, "where the output is served", "URL")
    site_url: str | None = _key(None, _web_address, "web site of the articles, for relative links (none)", "URL")
    permalink: str | None = _key(None, _permalink, "pattern of article addresses, Hexo's tokens (none)", "PATTERN")
    pictures_base: str | None = _key(
        None, _web_address, "where the archive's pictures are served (copied to the output)", "URL"
    )
    authority: str = _key("localhost", _authority, "domain or e-mail in entry ids; never change it", "NAME")
    year: int = _key(2000, _whole(1990, 9999), "year in which the authority was yours; never change it", "YEAR")
    zone: ZoneInfo | None = _key(None, _zone, "zone of times that state none (UTC, with a notice)", "ZONE")
    include: tuple[str, ...] = _key((), _globs, "only files that match, as in .gitignore", "GLOB")
    exclude: tuple[str, ...] = _key((), _globs, "no files that match, as in .gitignore", "GLOB")
    categories: str = _key(
        "levels", _one_of("levels", "flat"), "a list of categories is one chain, or a set", "levels|flat"
    )
    membership: str = _key(
        "subtree",
        _one_of("subtree", "own", "partition"),
        "which feeds of the tree an article is in",
        "subtree|own|partition",
    )
    limit: int = _key(20, _whole(1, 10_000), "entries per feed", "N")
    keep_hours: int = _key(48, _whole(0, 100_000), "beyond the limit, entries this close to the newest", "HOURS")
    limit_max: int = _key(200, _whole(1, 10_000), "entries per feed at the very most", "N")
    formats: tuple[str, ...] = _key(("rss", "atom", "json"), _formats, "formats of each feed", "NAME")
    opml: str = _key("leaves", _one_of("leaves", "all"), "feeds listed in the OPML file", "leaves|all")
    content: str = _key("summary", _one_of("summary", "full"), "what an entry's body holds", "summary|full")
    summary_width: int = _key(240, _whole(20, 10_000), "columns of a summary; wide characters count two", "N")
    placeholders: tuple[str, ...] = _key(
        (), _patterns, "more regular expressions of picture addresses that are no pictures", "REGEX"
    )
    article_pages: bool = _key(True, _flag, "write a page for articles that have no address of their own")
    paths: Mapping[str, str] = _key(lambda: dict(PATH_KEYS), _paths, "names of the files in each folder")

    @property
    def shown_title(self) -> str:
        """The configured title, else the archive folder's name."""
        return self.title or self.archive.resolve().name or "archive"


def setting_fields() -> tuple[Field[Any], ...]:
    """Return every field that is a setting of its own option: all but tables."""
    return tuple(setting for setting in fields(Config) if setting.name != "paths")


def load_config(path: Path | None, options: Mapping[str, object]) -> Config:
    """Read a configuration file and lay the given options over it.

    Args:
        path: The file; None looks for `feeds.toml` in the working folder and does without if there is none.
        options: Settings by field name, as the command line gives them; relative paths from the working folder.

    Raises:
        ConfigError: The file cannot be read, or a key or value is wrong.
    """
    found = path or (Path(CONFIG_NAME) if Path(CONFIG_NAME).is_file() else None)
    settings, text = _read_file(found) if found else ({}, "")
    settings |= {name: _checked(name, value, None, "") for name, value in options.items()}
    config = Config(**settings)
    if config.limit > config.limit_max:
        raise ConfigError(
            f"limit {config.limit} is more than limit_max {config.limit_max}",
            path=str(found) if found else None,
            line=_line_of("limit", text) or _line_of("limit_max", text),
            hint="Raise limit_max, or lower limit.",
        )
    return config


def _read_file(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError("not UTF-8", path=str(path), line=line, hint="Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:  # of numbers and nesting beyond reason, too
        message, place = re.fullmatch(r"(.*?)(?: \(at (?:line (\d+).*|end of document)\))?", str(error)).groups()  # type: ignore[union-attr]
        raise ConfigError(
            f"not TOML: {message}",
            path=str(path),
            line=int(place) if place else text.count("\n") + 1,
            hint='A setting looks like this: title = "News"',
        ) from error
    settings = {name: _checked(name, value, path, text) for name, value in table.items()}
    for name in ("archive", "output"):
        if name in settings:
            settings[name] = path.parent / settings[name]
    return settings, text


def _checked(name: str, value: object, path: Path | None, text: str) -> Any:
    known = {setting.name: setting for setting in fields(Config)}
    place = {"path": str(path) if path else None, "line": _line_of(name, text) if path else None}
    if name not in known:
        raise ConfigError(
            f'no such setting: "{name}"{_nearest(name, known)}',
            **place,  # type: ignore[arg-type]
            hint="Take the line out, or correct it.",
        )
    try:
        return known[name].metadata["check"](value)
    except ValueError as error:
        hint = "Correct it, or take it out to have the default."
        shown = str(value) if isinstance(value, str | int) else repr(value)
        raise ConfigError(f'{name} "{shown}" cannot be used: {error}', **place, hint=hint) from error  # type: ignore[arg-type]


def _nearest(name: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _line_of(name: str, text: str) -> int | None:
    written = re.compile(rf"""^\s*(?:\[+\s*)?["']?{re.escape(name)}["']?\s*(?:[=.\]])""")
    return next((number for number, line in enumerate(text.split("\n"), 1) if written.match(line)), None)


def default_of(setting: Field[Any]) -> Any:
    """Return the value a setting has when nobody sets it."""
    return setting.default if setting.default_factory is MISSING else setting.default_factory()
