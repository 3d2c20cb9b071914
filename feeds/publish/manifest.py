"""The manifest: what an output holds of ours, written in it, one entry a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeds.disk import TEMPORARY
from feeds.errors import WriteError
from feeds.publish.folder import ELSEWHERE, kind_of, translated

if TYPE_CHECKING:
    from feeds.model import CategoryPath

MANIFEST = ".feeds-manifest.json"
"""Its name in the output."""
VERSION = 1
"""Of the manifest's shape; no other is read."""

_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class PublishedFeed(NamedTuple):
    """A feed that readers may have subscribed to."""

    category: CategoryPath
    folder: str
    """Output-relative, "" for the whole archive."""
    updated: datetime
    """Aware, whole seconds."""


class Manifest(NamedTuple):
    """What an output holds of ours."""

    feeds: tuple[PublishedFeed, ...]
    """By category."""
    files: Mapping[str, str]
    """SHA-256 in hexadecimal by output-relative path; a file named here is ours, whatever its bytes."""


def read_manifest(output: Path) -> Manifest:
    """Read what an output holds of ours; nothing when there is no manifest.

    Raises:
        WriteError: The manifest cannot be read, is damaged, or of another version.
    """
    place = output / MANIFEST
    with translated(place, "read"):
        if kind_of(place) is None:
            return Manifest(feeds=(), files={})
        data = place.read_bytes()
    try:
        return _parse_manifest(json.loads(data))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WriteError(
            f"the list of published files is not understood: {error}",
            path=str(place),
            hint=f"Restore it, or build with the version that wrote it, {ELSEWHERE}",
        ) from error


def format_manifest(manifest: Manifest) -> bytes:
    """Write one entry a line, in a fixed order, so that two manifests compare well."""
    rows = [
        (feed.category, {"folder": feed.folder, "updated": f"{feed.updated.astimezone(UTC):{_INSTANT}}"})
        for feed in sorted(manifest.feeds, key=lambda feed: feed.category)
    ]
    feeds = ",\n".join(json.dumps({"category": name, **row}, ensure_ascii=False) for name, row in rows)
    files = json.dumps(dict(manifest.files), ensure_ascii=False, sort_keys=True, indent=0)
    text = f'{{\n"feeds": [\n{feeds}\n],\n"files": {files},\n"version": {VERSION}\n}}\n'
    return text.encode("utf-8", "backslashreplace")  # which is how JSON writes a lone surrogate


def _parse_manifest(found: object) -> Manifest:
    if not isinstance(found, dict) or found.get("version") != VERSION:
        raise ValueError(f"its version is not {VERSION}")
    files, feeds = found["files"], found["feeds"]
    if not isinstance(files, dict) or not isinstance(feeds, list):
        raise ValueError('"files" or "feeds" has another shape')
    for path, digest in files.items():
        check_path(path)
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError(f'"{digest}" is no SHA-256')
    return Manifest(feeds=tuple(map(_parse_feed, feeds)), files=files)


def _parse_feed(found: dict[str, str | list[str]]) -> PublishedFeed:
    category, folder, updated = found["category"], found["folder"], found["updated"]
    if not (isinstance(category, list) and isinstance(folder, str) and isinstance(updated, str)):
        raise ValueError("a feed has another shape")
    if folder:
        check_path(folder)
    instant = datetime.fromisoformat(updated)
    if instant.tzinfo is not UTC or f"{instant:{_INSTANT}}" != updated:
        raise ValueError(f'"{updated}" is no instant such as 2022-07-31T08:00:00Z')
    return PublishedFeed(category=tuple(map(str, category)), folder=folder, updated=instant)


def check_path(path: str) -> None:
    """Refuse a path that no published file may have.

    Raises:
        ValueError: It leaves the output, or is a name of our own.
    """
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\0" in path or parts[0].casefold() == MANIFEST:
        raise ValueError(f'"{path}" is no path of a published file')
    if TEMPORARY.fullmatch(parts[-1]):
        raise ValueError(f'"{path}" is named like a temporary file')
    path.encode()
