"""Bytes to files: the only stage that writes the output, and the owner of its manifest.

Touches nothing that the manifest does not name. All is looked at before the first write; a file is replaced
in one step, and only when its bytes differ. Whatever ends a run, the next one can go on: before a new file
comes, the manifest names it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from posixpath import dirname, join
from secrets import token_hex

from feeds.errors import WriteError
from feeds.model import CategoryPath, OutputFile

MANIFEST = ".feeds-manifest.json"
"""Its name in the output."""
VERSION = 1
"""Of the manifest's shape; no other is read."""

_TEMPORARY = re.compile(r"\.(.+)\.tmp-[0-9a-f]{16}", re.DOTALL)
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ELSEWHERE = "or build into another folder: feeds build -o OUTPUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFeed:
    """A feed that readers may have subscribed to."""

    category: CategoryPath
    folder: str
    """Output-relative, "" for the whole archive."""
    updated: datetime
    """Aware, whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an output holds of ours."""

    feeds: tuple[PublishedFeed, ...]
    """By category."""
    files: Mapping[str, str]
    """SHA-256 in hexadecimal by output-relative path; a file named here is ours, whatever its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What publishing did; paths are output-relative, the manifest is not among them."""

    written: tuple[str, ...]
    """In the order of writing."""
    unchanged: int
    """Files whose bytes were there already."""
    removed: tuple[str, ...]
    """By path."""


def read_manifest(output: Path) -> Manifest:
    """Read what an output holds of ours; nothing when there is no manifest.

    Raises:
        WriteError: The manifest cannot be read, is damaged, or of another version.
    """
    place = output / MANIFEST
    with _translated(place, "read"):
        if _kind(place) is None:
            return Manifest(feeds=(), files={})
        data = place.read_bytes()
    try:
        return _parse_manifest(json.loads(data))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WriteError(
            f"the list of published files is not understood: {error}",
            path=str(place),
            hint=f"Restore it, or build with the version that wrote it, {_ELSEWHERE}",
        ) from error


def publish(
    output: Path,
    files: Sequence[OutputFile],
    feeds: Sequence[PublishedFeed],
    *,
    manifest: Manifest,
    keeps: Callable[[str], bool],
) -> PublishReport:
    """Make the output hold these files, and of what was published before only what is kept.

    Args:
        output: Made when missing.
        files: In the order of writing.
        feeds: All that the output offers from now on.
        manifest: From `read_manifest`, of this output.
        keeps: Tells whether a file of an earlier run stays although it is not among `files`.

    Raises:
        ValueError: A path leaves the output, or two paths cannot both be.
        WriteError: Something foreign is in the way: nothing was touched. Or the disk refuses: each file is
            whole, as it was or as it will be.
    """
    _check_paths([file.path for file in files])
    wanted = {file.path: hashlib.sha256(file.data).hexdigest() for file in files}
    old = {path for path in manifest.files if path not in wanted and not keeps(path)}
    with _translated(output, "read"):
        changed = _changed(output, files, owned=manifest.files.keys())
        leftovers = _leftovers(output, wanted.keys() | manifest.files.keys() | {MANIFEST})
    if not wanted.keys() <= manifest.files.keys():
        held = {feed.category: feed for feed in (*feeds, *manifest.feeds)}
        _write_manifest(output, Manifest(feeds=tuple(held.values()), files={**wanted, **manifest.files}))
    for path in leftovers:
        _remove(output, path)
    for file in changed:
        _write(output, file)
    removed = [path for path in sorted(old) if _remove(output, path)]
    kept = {path: digest for path, digest in manifest.files.items() if path not in old}
    _write_manifest(output, Manifest(feeds=tuple(feeds), files={**kept, **wanted}))
    return PublishReport(
        written=tuple(file.path for file in changed),
        unchanged=len(files) - len(changed),
        removed=tuple(removed),
    )


def _check_paths(paths: Sequence[str]) -> None:
    places: dict[str, str] = {}
    for path in paths:
        _check_path(path)
        key = unicodedata.normalize("NFC", path.casefold())
        if key in places:
            raise ValueError(f'"{path}" and "{places[key]}" are one file on some file system')
        places[key] = path
    for key, path in places.items():
        if not places.keys().isdisjoint(_folders(key)):
            raise ValueError(f'"{path}" is inside another file')


def _check_path(path: str) -> None:
    parts = path.split("/")
    if not {"", ".", ".."}.isdisjoint(parts) or "\0" in path or parts[0].casefold() == MANIFEST:
        raise ValueError(f'"{path}" is no path of a published file')
    if _TEMPORARY.fullmatch(parts[-1]):
        raise ValueError(f'"{path}" is named like a temporary file')
    path.encode()


def _folders(path: str) -> list[str]:
    """List the folders above a path, outermost first."""
    return [path[:position] for position, character in enumerate(path) if character == "/"]


def _kind(place: Path) -> int | None:
    """Tell what a name stands for, as `stat.S_IFMT` does, without following a link; None for nothing."""
    try:
        return stat.S_IFMT(place.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _changed(output: Path, files: Sequence[OutputFile], *, owned: Collection[str]) -> list[OutputFile]:
    """Find the files to write, and refuse if that would touch anything foreign."""
    if output.exists() and not output.is_dir():
        raise _in_the_way(output, "a file stands where the output goes")
    for folder in {folder for file in files for folder in _folders(file.path)}:
        if _kind(output / folder) not in (None, stat.S_IFDIR):
            raise _in_the_way(output / folder, "a file or a link stands where a folder goes")
    if _kind(output / MANIFEST) not in (None, stat.S_IFREG):
        raise _in_the_way(output / MANIFEST, "a folder or a link stands where the list of published files goes")
    changed = []
    for file in files:
        place = output / file.path
        kind = _kind(place)
        if kind not in (None, stat.S_IFREG):
            raise _in_the_way(place, "a folder or a link stands where a file goes")
        if kind is None or place.read_bytes() != file.data:
            if kind is not None and file.path not in owned:
                raise _in_the_way(place, "a file that was not published from here stands where one goes")
            changed.append(file)
    return changed


def _in_the_way(place: Path, what: str) -> WriteError:
    return WriteError(what, path=str(place), hint=f"Move it away, {_ELSEWHERE}")


def _leftovers(output: Path, paths: Collection[str]) -> list[str]:
    """Find the temporary files of a killed run, beside the files that they were to become."""
    found = []
    for folder in sorted({dirname(path) for path in paths}):
        with suppress(FileNotFoundError, NotADirectoryError):
            for place in (output / folder).iterdir():
                match = _TEMPORARY.fullmatch(place.name)
                if match and join(folder, match[1]) in paths:
                    found.append(join(folder, place.name))
    return found


def _write(output: Path, file: OutputFile) -> None:
    """Write a file under another name, then put it in place: a reader sees the old one or the new one."""
    place = output / file.path
    temporary = place.with_name(f".{place.name}.tmp-{token_hex(8)}")
    with _translated(place, "written"):
        place.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(temporary, flags, 0o666)  # less umask: a web server has to read it
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(file.data)
                stream.flush()
                os.fsync(descriptor)
            temporary.replace(place)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


def _remove(output: Path, path: str) -> bool:
    """Remove a file, if it is one still, and the folders that are empty then; never through a link."""
    place, folders = output / path, [output / folder for folder in _folders(path)]
    if any(folder.is_symlink() for folder in folders):
        return False
    with _translated(place, "removed"):
        is_file = _kind(place) == stat.S_IFREG
        if is_file:
            place.unlink()
    with suppress(OSError):  # what is not empty stays
        for folder in reversed(folders):
            folder.rmdir()
    return is_file


@contextmanager
def _translated(place: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cure = "Make room on the disk" if error.errno in _NO_ROOM else "Let the user who builds do so"
        raise WriteError(
            f"cannot be {what}: {error.strerror or error}", path=str(place), hint=f"{cure}, {_ELSEWHERE}"
        ) from error


def _write_manifest(output: Path, manifest: Manifest) -> None:
    place, data = output / MANIFEST, _format_manifest(manifest)
    with _translated(place, "read"):
        is_same = place.exists() and place.read_bytes() == data
    if not is_same:
        _write(output, OutputFile(path=MANIFEST, data=data))


def _format_manifest(manifest: Manifest) -> bytes:
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
        _check_path(path)
        if not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError(f'"{digest}" is no SHA-256')
    return Manifest(feeds=tuple(map(_parse_feed, feeds)), files=files)


def _parse_feed(found: dict[str, str | list[str]]) -> PublishedFeed:
    category, folder, updated = found["category"], found["folder"], found["updated"]
    if not (isinstance(category, list) and isinstance(folder, str) and isinstance(updated, str)):
        raise ValueError("a feed has another shape")
    if folder:
        _check_path(folder)
    instant = datetime.strptime(updated, _INSTANT).replace(tzinfo=UTC)
    return PublishedFeed(category=tuple(map(str, category)), folder=folder, updated=instant)
