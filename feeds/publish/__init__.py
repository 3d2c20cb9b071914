"""Bytes to files: the only stage that writes the output, and the owner of its manifest.

Touches nothing that the manifest does not name. All is looked at before the first write; a file is replaced
in one step, and only when its bytes differ. Whatever ends a run, the next one can go on: before a new file
comes, the manifest names it.
"""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname, join
from typing import TYPE_CHECKING, NamedTuple, Protocol

from feeds.disk import find_leftovers, replace_file
from feeds.errors import WriteError
from feeds.publish.folder import (
    ELSEWHERE,
    folders_of,
    kind_of,
    look_at,
    remove_file,
    sync,
    translated,
    write_files,
)
from feeds.publish.manifest import MANIFEST, Manifest, PublishedFeed, check_path, format_manifest, read_manifest

if TYPE_CHECKING:
    from feeds.model import OutputFile

__all__ = ["MANIFEST", "Later", "Manifest", "PublishReport", "PublishedFeed", "look_at", "publish", "read_manifest"]

_UNWRITTEN = "0" * 64
"""Stands in the manifest for the hash of a file that is not made yet."""


class PublishReport(NamedTuple):
    """What publishing did; paths are output-relative, the manifest is not among them."""

    written: tuple[str, ...]
    """In the order of writing."""
    unchanged: int
    """Files whose bytes were there already."""
    removed: tuple[str, ...]
    """By path."""


class Later(Protocol):
    """Files that are made while they are written: never are all of them at hand."""

    def names(self) -> Collection[str]:
        """Answer their paths, as far as they are known; asked once more before the first of them is written."""

    def batches(self) -> Iterable[Sequence[OutputFile | str]]:
        """Yield them, some at a time; of one that is as an earlier run left it, and as it should be, the path alone.

        Whoever asks for more has written what there was.
        """


def publish(
    output: Path,
    files: Sequence[OutputFile],
    feeds: Sequence[PublishedFeed],
    *,
    manifest: Manifest,
    keeps: Callable[[str], bool],
    left: Collection[str] = (),
    later: Sequence[Later] = (),
) -> PublishReport:
    """Make the output hold these files, and of what was published before only what is kept.

    Args:
        output: Made when missing.
        files: In the order of writing.
        feeds: All that the output offers from now on.
        manifest: From `read_manifest`, of this output.
        keeps: Tells whether a file of an earlier run stays although it is not among `files`.
        left: Files of an earlier run that are as they should be, and are not among `files`.
        later: Further ones, written behind `files`.

    Raises:
        ValueError: A path leaves the output, or two paths cannot both be.
        WriteError: Something foreign is in the way: nothing was touched. Or the disk refuses: each file is
            whole, as it was or as it will be.
    """
    named = {path for one in later for path in one.names()}
    _check_paths([*(file.path for file in files), *left, *named])
    wanted = {path: manifest.files[path] for path in left}
    wanted |= {file.path: hashlib.sha256(file.data).hexdigest() for file in files}
    with translated(output, "read"):
        changed = _changed(output, files, owned=manifest.files.keys())
        for path in sorted(named - manifest.files.keys()):
            _check_place(output, path, is_owned=False)
        leftovers = _leftovers(output, wanted.keys() | named | manifest.files.keys() | {MANIFEST})
    held = {feed.category: feed for feed in (*feeds, *manifest.feeds)}
    known = {**dict.fromkeys(named, _UNWRITTEN), **wanted, **manifest.files}
    if len(known) > len(manifest.files):
        _name(output, tuple(held.values()), known)
    for path in leftovers:
        remove_file(output, path)
    write_files(output, [(file.path, file.data) for file in changed])
    written = [file.path for file in changed]
    for one in later:
        fresh = dict.fromkeys(one.names(), _UNWRITTEN)
        if not fresh.keys() <= known.keys():
            _check_paths([*wanted, *fresh])
            for path in sorted(fresh.keys() - known.keys()):
                _check_place(output, path, is_owned=False)
            known = fresh | known
            _name(output, tuple(held.values()), known)
        for batch in one.batches():
            wanted |= {found: manifest.files[found] for found in batch if isinstance(found, str)}
            made = [found for found in batch if not isinstance(found, str)]
            wanted |= {file.path: hashlib.sha256(file.data).hexdigest() for file in made}
            changed = _changed(output, made, owned=known.keys())
            write_files(output, [(file.path, file.data) for file in changed])
            written += [file.path for file in changed]
    old = {path for path in manifest.files if path not in wanted and not keeps(path)}
    removed = [path for path in sorted(old) if remove_file(output, path)]
    kept = {path: digest for path, digest in manifest.files.items() if path not in old}
    _write_manifest(output, Manifest(feeds=tuple(feeds), files={**kept, **wanted}))
    return PublishReport(
        written=tuple(written),
        unchanged=len(wanted) - len(written),
        removed=tuple(removed),
    )


def _check_paths(paths: Sequence[str]) -> None:
    places: dict[str, str] = {}
    for path in paths:
        check_path(path)
        key = unicodedata.normalize("NFC", path.casefold())
        if key in places:
            raise ValueError(f'"{path}" and "{places[key]}" are one file on some file system')
        places[key] = path
    for key, path in places.items():
        if not places.keys().isdisjoint(folders_of(key)):
            raise ValueError(f'"{path}" is inside another file')


def _changed(output: Path, files: Sequence[OutputFile], *, owned: Collection[str]) -> list[OutputFile]:
    """Find the files to write, and refuse if that would touch anything foreign."""
    if output.exists() and not output.is_dir():
        raise _in_the_way(output, "a file stands where the output goes")
    for folder in {folder for file in files for folder in folders_of(file.path)}:
        if kind_of(output / folder) not in (None, stat.S_IFDIR):
            raise _in_the_way(output / folder, "a file or a link stands where a folder goes")
    if kind_of(output / MANIFEST) not in (None, stat.S_IFREG):
        raise _in_the_way(output / MANIFEST, "a folder or a link stands where the list of published files goes")
    changed = []
    for file in files:
        if _check_place(output, file.path, is_owned=True) is None or (output / file.path).read_bytes() != file.data:
            _check_place(output, file.path, is_owned=file.path in owned)
            changed.append(file)
    return changed


def _check_place(output: Path, path: str, *, is_owned: bool) -> int | None:
    """Answer what stands where a file goes, and refuse if that is foreign."""
    place = output / path
    kind = kind_of(place)
    if kind not in (None, stat.S_IFREG):
        raise _in_the_way(place, "a folder or a link stands where a file goes")
    if kind is not None and not is_owned:
        raise _in_the_way(place, "a file that was not published from here stands where one goes")
    return kind


def _in_the_way(place: Path, what: str) -> WriteError:
    return WriteError(what, path=str(place), hint=f"Move it away, {ELSEWHERE}")


def _leftovers(output: Path, paths: Collection[str]) -> list[str]:
    """Find the temporary files of a killed run, beside the files that they were to become."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        names[dirname(path)].add(basename(path))
    return [
        join(folder, place.name) for folder in sorted(names) for place in find_leftovers(output / folder, names[folder])
    ]


def _name(output: Path, feeds: tuple[PublishedFeed, ...], files: Mapping[str, str]) -> None:
    """Let the manifest name files that are to come."""
    _write_manifest(output, Manifest(feeds=feeds, files=files))
    sync(output)  # lest a power failure keep the new files and lose the list that names them


def _write_manifest(output: Path, manifest: Manifest) -> None:
    place, data = output / MANIFEST, format_manifest(manifest)
    with translated(place, "read"):
        is_same = place.exists() and place.read_bytes() == data
    if not is_same:
        with translated(place, "written"):
            replace_file(place, data)
