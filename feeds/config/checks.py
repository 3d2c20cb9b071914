"""What a value of a setting must be: each check answers it as it is used, or raises `ValueError` with the cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.addresses import encode

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

PATH_KEYS = {
    "rss": "rss.xml",
    "atom": "atom.xml",
    "json": "feed.json",
    "index": "index.html",
    "opml": "feeds.opml",
    "style": "feed.css",
}
"""The keys of `[paths]` and the file names they stand for."""
FEED_KEYS = ("rss", "atom", "json")
"""Those whose file may stand in a folder of its own, where it is the feed of the whole archive."""


def check_text(value: object) -> str:
    """A text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text in quotes is needed")
    return value.strip()


def check_path(value: object) -> Path:
    """A path."""
    if "\0" in check_text(value):
        raise ValueError("a path holds no character NUL")
    return Path(check_text(value))


def check_folders(value: object) -> tuple[Path, ...]:
    """Paths of folders, each once."""
    return tuple(dict.fromkeys(map(check_path, check_texts(value))))


def check_flag(value: object) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise ValueError("true or false is needed")
    return value


def check_texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list | tuple):
        raise ValueError('a list of texts is needed, such as ["a", "b"]')
    return tuple(check_text(item) for item in value)


def whole(least: int, most: int) -> Callable[[object], int]:
    """Make the check for a whole number within bounds."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most} is needed")
        return value

    return check


def check_bytes(value: object) -> int:
    """Bytes of a file; 0 for as many as there are."""
    return 0 if value == 0 and not isinstance(value, bool) else whole(10_000, 1_000_000_000)(value)


def one_of(*names: str) -> Callable[[object], str]:
    """Make the check for one of several words."""

    def check(value: object) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)} is needed")
        return str(value)

    return check


def check_formats(value: object) -> tuple[str, ...]:
    """Names of formats, each once."""
    names = tuple(dict.fromkeys(check_texts(value)))
    unknown = [name for name in names if name not in ("rss", "atom", "json")]
    if unknown or not names:
        raise ValueError("at least one of rss, atom, json is needed, and nothing else")
    return names


def check_web_address(value: object) -> str:
    """A web address of a folder: absolute, encoded, with `/` at its end."""
    address = encode(check_text(value))
    if address is None or "?" in address or "#" in address:
        raise ValueError("an address such as https://example.org/feeds/ is needed")
    if "@" in urlsplit(address).netloc:  # which everybody who subscribes would read
        raise ValueError("an address without user and password is needed, such as https://example.org/feeds/")
    return address if address.endswith("/") else address + "/"


def check_zone(value: object) -> ZoneInfo:
    """A zone of the zone database."""
    from zoneinfo import ZoneInfo  # here and below: what few configurations need is loaded for them alone

    try:
        return ZoneInfo(check_text(value))
    except (OSError, ValueError, KeyError) as error:
        raise ValueError("a name of the zone database is needed, such as Asia/Shanghai") from error


def check_language(value: object) -> str:
    """A language tag (RFC 5646)."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", check_text(value)):
        raise ValueError("a language tag is needed, such as zh-CN (RFC 5646)")
    return check_text(value)


def check_languages(value: object) -> tuple[str, ...]:
    """Language tags, each once, in their usual case."""
    from feeds.languages import usual_case

    return tuple(dict.fromkeys(usual_case(check_language(tag)) for tag in check_texts(value)))


def check_kinds(value: object) -> tuple[str, ...]:
    """Kinds of feeds, each once; none for that of the whole archive alone."""
    names = tuple(dict.fromkeys(check_texts(value)))
    known = dict.fromkeys(("category", "tag", "author", "language"))
    unknown = [name for name in names if name not in known]
    if unknown:
        meant = nearest(unknown[0], known)
        raise ValueError(f'"{unknown[0]}" is none of {", ".join(known)}{meant}')
    return names


def check_authority(value: object) -> str:
    """The authority of a tag URI (RFC 4151)."""
    if not re.fullmatch(r"([A-Za-z0-9._-]+@)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", check_text(value)):
        raise ValueError("a domain or an e-mail address that was yours in that year is needed (RFC 4151)")
    return check_text(value).lower()


def check_permalink(value: object) -> str:
    """A pattern of addresses."""
    if not re.match(r"https?://[^/]|/|:", check_text(value)):
        raise ValueError("a pattern such as https://example.org/:year/:month/:title/ is needed")
    return check_text(value)


def check_globs(value: object) -> tuple[str, ...]:
    """Patterns as in `.gitignore`."""
    from pathspec import GitIgnoreSpec

    for glob in check_texts(value):
        try:
            GitIgnoreSpec.from_lines([glob])
        except ValueError as error:
            raise ValueError(f"{glob!r} is no pattern of .gitignore") from error
    return check_texts(value)


def check_patterns(value: object) -> tuple[str, ...]:
    """Regular expressions."""
    for pattern in check_texts(value):
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
    return check_texts(value)


def check_paths(value: object) -> Mapping[str, str]:
    """The table `[paths]`."""
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed: [paths]")
    for key, name in value.items():
        if key not in PATH_KEYS:
            raise ValueError(f"no such key: {key}{nearest(key, PATH_KEYS)}")
        parts = name.split("/") if isinstance(name, str) else [""]
        if not all(re.fullmatch(r"[^\\\x00-\x1f:*?\"<>|.][^\\\x00-\x1f:*?\"<>|]*", part) for part in parts):
            raise ValueError(f"{key}: a file name is needed")
        if len(parts) > 1 and key not in FEED_KEYS:
            raise ValueError(f"{key}: a file name without folders is needed")
        if parts[0].casefold() in ("articles", "pictures"):
            raise ValueError(f"{key}: the folder {parts[0]} has that name")
    names = {**PATH_KEYS, **value}
    if len({name.rpartition("/")[2].casefold() for name in names.values()}) < len(names):
        raise ValueError("two files would have the same name")
    return names


def check_moved(value: object) -> Mapping[str, tuple[str, ...]]:
    """The table `[moved]`: old category paths, and those of today."""
    if not isinstance(value, Mapping):
        raise ValueError("a table is needed: [moved]")
    return {check_text(old): _category(old, new) for old, new in value.items()}


def _category(old: str, new: object) -> tuple[str, ...]:
    names = check_texts(new) if isinstance(new, list | tuple) else tuple(check_text(new).split("/"))
    if not all(names) or "/".join(names) == old:
        raise ValueError(f'"{old}" has to lead to another category, such as "金融/国内" or ["金融", "国内"]')
    return names


def check_proxy(value: object) -> str:
    """Check what stands before picture addresses: a web address; behind `=` they are encoded whole."""
    address = check_text(value)
    if encode(address.rstrip("?")) != address.rstrip("?") or not address.endswith(("/", "=", "?")):
        raise ValueError("an address such as https://images.example.org/?url= is needed, its end /, ? or =")
    return address


def nearest(name: str, known: Mapping[str, object]) -> str:
    """Answer the known name that a mistyped one means, as a question; "" for none."""
    import difflib

    near = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
