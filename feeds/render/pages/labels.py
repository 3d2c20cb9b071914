"""The words of pages: Chinese and English are here, others in a file that somebody wrote; one TOML table of texts.

A text may hold placeholders in braces, as `str.format` has them, where ours has some; where ours has none, braces are
shown as they stand. Of a text that counts, `KEY_one` is for the count 1; a file that has no such text means the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TypeAlias

from feeds.errors import ConfigError, line_of_key, not_toml
from feeds.languages import is_right_to_left

Labels: TypeAlias = Mapping[str, str]

_CHINESE = frozenset(str.split("zh cdo cjy cmn cpx czh czo gan hak hsn lzh mnp nan wuu yue"))
"""Chinese and its members (ISO 639-3): who reads one of them reads what is written in Chinese."""
_TRADITIONAL = frozenset({"hk", "mo", "tw"})
"""Regions that write it so unless a script is named; Cantonese is written so outside the mainland, too."""
_ENGLISH = re.compile(r"en\b", re.IGNORECASE)
_SPEC = re.compile(r"0?\d?")
_NUMBERS = frozenset({"year", "month", "day", "hour", "minute"})
"""Placeholders that may say how many digits they want: what stands for the others is a text or has its markup."""
_FILLED = re.compile(r"\{(\w+[^{}]*)\}")
"""What somebody writes who thinks that it will be filled in."""
_CURE = "Correct it, or take it out to have ours."


def labels_of(language: str | None, own: Labels) -> dict[str, str]:
    """Answer every label in a language: somebody's own, else ours in Chinese, else in English."""
    words = {**read_labels(_name_of(language)), **own}
    return words | {f"{key}_one": text for key, text in own.items() if f"{key}_one" in words.keys() - own.keys()}


def language_of_labels(language: str | None, own: Labels) -> str:
    """Answer the language of all labels together; one's own are taken for that of the archive, if it is stated."""
    is_theirs = language and (own or _name_of(language) != "en" or _ENGLISH.match(language))
    return language if language and is_theirs else "en"


def direction_of_labels(language: str | None, own: Labels) -> str:
    """Answer in which direction the labels are written, `ltr` or `rtl`: as they say, else by their language."""
    return own.get("direction") or ("rtl" if is_right_to_left(language_of_labels(language, own)) else "ltr")


def _name_of(language: str | None) -> str:
    parts = re.split("[-_]", (language or "").lower().partition("-x-")[0])
    if parts[0] not in _CHINESE:
        return "en"
    if "hans" in parts or "hant" in parts:
        return "zh-Hant" if "hant" in parts else "zh-Hans"
    is_traditional = not _TRADITIONAL.isdisjoint(parts) or ("yue" in parts and "cn" not in parts)
    return "zh-Hant" if is_traditional else "zh-Hans"


@cache
def read_labels(name: str) -> Labels:
    """Read labels of ours: `en`, `zh-Hans` or `zh-Hant`; each has the same keys."""
    import tomllib

    text = files("feeds.render.pages").joinpath("labels", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def parse_labels(path: str, text: str) -> Labels:
    """Check labels that somebody wrote.

    Raises:
        ConfigError: It is no TOML, or has a key that is none, a value that is no text, or a wrong placeholder.
    """
    import tomllib

    try:
        words = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise not_toml(error, text, path=path, hint='A label looks like this: subscribe = "Abonnieren"') from error
    for key, value in words.items():
        problem = _problem(key, value)
        if problem:
            raise ConfigError(problem, path=path, line=line_of_key(key, text), hint=_CURE)
    return words


def _problem(key: str, value: object) -> str | None:
    known = read_labels("en")
    if key not in known:
        import difflib

        near = difflib.get_close_matches(key, known, n=1)
        return f'no such label: "{key}"' + (f'; did you mean "{near[0]}"?' if near else "")
    if not isinstance(value, str) or not value.strip():
        return f'label "{key}" cannot be used: a text in quotes is needed'
    if key == "direction" and value not in ("ltr", "rtl"):
        return f'label "direction" cannot be "{value}": it is "ltr" or "rtl"'
    allowed = {name for _, name, _, _ in Formatter().parse(known[key]) if name is not None}
    if not allowed:  # it is never filled in: a lone brace is as good as any other sign
        wrong = _FILLED.findall(value)
    else:
        try:
            wrong = [name for name in _placeholders(value) if not _is_allowed(name, allowed)]
        except ValueError as error:
            return f'label "{key}" cannot be used: {error}'
    if wrong:
        meant = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
        return f'label "{key}" has a wrong placeholder, "{{{wrong[0]}}}": it may have {meant}'
    return None


def _placeholders(text: str) -> list[str]:
    """List what stands within the braces of a text, as it is written there."""
    return [
        name + (f"!{sign}" if sign else "") + (f":{spec}" if spec else "")
        for _, name, spec, sign in Formatter().parse(text)
        if name is not None
    ]


def _is_allowed(placeholder: str, allowed: Collection[str]) -> bool:
    name, _, spec = placeholder.partition(":")
    return name in allowed and (not spec or (name in _NUMBERS and bool(_SPEC.fullmatch(spec))))
