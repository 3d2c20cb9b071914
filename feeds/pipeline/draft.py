"""A configuration drafted for an archive: what a generator's states, what the articles tell, what is there already."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from feeds.config import PATH_KEYS, Config, Places, parse_config
from feeds.config.places import find_places
from feeds.config.written import Line, amend_config, format_config, group_lines
from feeds.errors import ArchiveError, ConfigError, FeedsError, not_utf8
from feeds.generators import Site, Taken, find_site
from feeds.model import PublishedEntry
from feeds.pipeline.adopting import read_previous
from feeds.pipeline.looking import find_archive, find_authority, find_title, folders_beside, is_archive_named, look_at
from feeds.pipeline.origins import check_forgotten, own_prefix, whole_feeds
from feeds.pipeline.report import Progress
from feeds.pipeline.scanning import scan_folder
from feeds.pipeline.suggest import add_guesses, add_hints, add_ids, add_limit, is_usual, keep_usable, shown_lines
from feeds.publish import MANIFEST
from feeds.survey import Survey, survey_archive

HEAD = """Settings of feeds, written by feeds init; `feeds build` goes by them.
A line behind # does nothing until that mark is taken away."""
OUTPUT = "_feeds"
"""The output beside a site: a name that no generator publishes, or reads."""
_NO_SITES = re.compile(r"[._].*|node_modules|themes?|templates?|examples?|tests?|fixtures|vendor|venv|scaffolds")
"""Folders in which a generator's configuration says nothing of the site."""
_MOST_FOLDERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OldFeed:
    """A feed that was found in a site's output."""

    path: Path
    entries: tuple[PublishedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A configuration, not yet written."""

    path: Path
    text: str
    before: str | None
    """What the file holds now; None when there is none."""
    config: Config
    places: Places
    site: Site | None
    survey: Survey
    lines: tuple[Line, ...]
    """Of every setting that is stated, found or thought about, in the order of the file."""
    old: tuple[OldFeed, ...]
    """To be taken over; the whole site's first."""
    notes: tuple[str, ...]
    """What was not taken over, and what to do."""
    replaced: frozenset[str]
    """Names of settings that are to be other than the file says."""


def draft_config(
    folder: Path,
    path: Path,
    *,
    output: str | None,
    new_ids: bool,
    now: datetime,
    progress: Progress = lambda stage, done, total: None,
) -> Draft:
    """Look at an archive and draft its configuration; nothing is written.

    Args:
        folder: Of the site, or of the articles.
        path: Of the configuration.
        output: What is to be written, where somebody says so; from the working folder.
        new_ids: Articles are to have new ids, whatever they had.
        now: The time, aware: of its year the ids are.
        progress: Told how far each stage is.

    Raises:
        ConfigError: The configuration that is there is wrong.
        ArchiveError: There is no article, or the archive cannot be read.
    """
    if not path.parent.is_dir():
        raise ConfigError(
            "no such folder", path=str(path.parent), hint="Make it first, or name another place: --config"
        )
    before = _read(path)
    there = parse_config(before, path) if before is not None else None
    stated = _stated(before)
    progress("looking around", 0, 0)
    site = _site_of(folder)
    archive, reason = _archive(folder, site, there if "archive" in stated else None)
    lines = {
        "archive": Line(name="archive", value=_from(path, archive), comment=reason),
        "output": _output_line(path, site, output),
    }
    if site is not None:
        lines |= {
            one.name: Line(name=one.name, value=value_here(path, site, one), comment=one.reason)
            for one in site.settings
        }
    unusable = tuple(keep_usable(lines))
    add_limit(lines, 0, 0)
    known = parse_config(_text(before, lines, stated, ()), path)
    scan = scan_folder(known)
    if new_ids:
        check_forgotten(find_places(path, known.archive, known.output, is_own=True))
    built = whole_feeds(known.output, PATH_KEYS)[:1] if before is None else ()  # without a configuration
    places = () if new_ids else (*(site.feeds if site else ()), *built)
    old, unread = _old_feeds(places)
    shown = {entry.title: entry.published for feed in old for entry in feed.entries if entry.published is not None}
    survey = survey_archive(tuple(look_at(known, scan, progress)), year=now.year, shown=shown)
    add_guesses(lines, survey, folders_beside(archive, scan) if "include" not in lines else [])
    _add_title(lines, folder, archive)
    add_limit(lines, len(old[0].entries) if old else 0, scan.count - survey.drafts - survey.undated)
    own = own_prefix(parse_config(_text(before, lines, stated, ()), path))
    forced = add_ids(lines, own, find_authority(folder), stated, now=now, new_ids=new_ids)
    unusable += tuple(keep_usable(lines))
    add_hints(lines, is_site=site is not None)
    if output is not None:
        forced.add("output")
    text = _text(before, lines, stated, forced)
    config = parse_config(text, path)
    return Draft(
        path=path,
        text=text,
        before=before,
        config=config,
        places=find_places(path, config.archive, config.output, is_own=True),
        site=site,
        survey=survey,
        lines=shown_lines(lines, stated, forced),
        old=old,
        notes=(*unusable, *(site.notes if site else ()), *unread),
        replaced=frozenset(forced),
    )


def with_line(draft: Draft, line: Line) -> Draft:
    """Draft the same with one more setting, unless the file that is there states it."""
    stated = _stated(draft.before)
    if line.name in stated:
        return draft
    lines = {one.name: one for one in draft.lines} | {line.name: line}
    text = _text(draft.before, lines, stated, draft.replaced)
    shown = tuple(one for group in group_lines(tuple(lines.values())) for one in group)
    return replace(draft, text=text, lines=shown, config=parse_config(text, draft.path))


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise not_utf8(error, path=str(path)) from error
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=str(path), hint="Name another file: feeds init --config FILE"
        ) from error


def _stated(text: str | None) -> Mapping[str, object]:
    import tomllib

    return tomllib.loads(text) if text is not None else {}


def _text(before: str | None, lines: Mapping[str, Line], stated: Mapping[str, object], forced: Iterable[str]) -> str:
    if before is None:
        return format_config(tuple(lines.values()), head=HEAD)
    forced = set(forced)
    wanted = [
        line
        for name, line in lines.items()
        if line.is_set and (name not in stated or name in forced) and not is_usual(line)
    ]
    return amend_config(before, wanted, replaced=forced)


def _site_of(folder: Path) -> Site | None:
    """Find the site in a folder, the one whose articles it holds, or the only one in a folder inside it."""
    site = find_site(folder)
    if site is not None:
        return site
    inside = folder.resolve()
    for site in _sites(list(inside.parents)[:3]):
        return site if site.archive.resolve() == inside else None
    if is_archive_named(folder):
        return None
    below = sorted(place for place in folder.iterdir() if place.is_dir() and not _NO_SITES.fullmatch(place.name))
    sites = list(_sites(below[:_MOST_FOLDERS]))
    return sites[0] if len(sites) == 1 and sites[0].archive.is_dir() else None


def _sites(folders: Iterable[Path]) -> Iterator[Site]:
    """Yield the sites in folders that nobody named: where a configuration cannot be read, there is none."""
    for folder in folders:
        with suppress(ConfigError):
            if (site := find_site(folder)) is not None:
                yield site


def _archive(folder: Path, site: Site | None, there: Config | None) -> tuple[Path, str]:
    if there is not None:
        return there.archive, "as the file says"
    if site is not None and not site.archive.is_dir():
        raise ArchiveError(
            f"no such folder, though {_shown(site.config)} means it",
            path=_shown(site.archive),
            hint="Correct that, or name the folder of the articles: feeds init FOLDER",
        )
    if site is not None:
        return site.archive, "where the generator reads articles"
    return find_archive(folder)


def _from(path: Path, place: Path) -> str:
    """Write a path as the configuration's file has it."""
    shown = os.path.relpath(place.resolve(), path.resolve().parent)
    text = PurePosixPath(Path(shown)).as_posix()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FeedsError(
            "its name is no UTF-8, which no configuration can hold", path=str(place), hint="Rename the folder."
        ) from error
    return text


def value_here(path: Path, site: Site, taken: Taken) -> object:
    """Answer a setting of a site as the configuration's file has it: its folders count from there."""
    if taken.name == "static" and isinstance(taken.value, list | tuple):
        return [_from(path, site.folder / str(folder)) for folder in taken.value]
    return taken.value


def _output_line(path: Path, site: Site | None, output: str | None) -> Line:
    if output is not None:
        return Line(name="output", value=_from(path, Path(output)), comment="as you say")
    usual = path.resolve().parent / "public"
    is_ours = (usual / MANIFEST).exists()
    if site is not None and is_ours:
        return Line(name="output", value="public", comment="feeds built before are there")
    if site is not None:
        comment = f"copy what it holds into {_from(path, site.output)} after each build of the site"
        return Line(name="output", value=OUTPUT, comment=comment)
    if not is_ours and usual.is_dir() and any(usual.iterdir()):
        return Line(name="output", value=OUTPUT, comment="the folder public holds other things")
    return Line(name="output", value="public", comment="for a web server to show")


def _shown(place: Path) -> str:
    """Write a path as short as it can be said from here."""
    return os.path.relpath(place) if not os.path.relpath(place).startswith("..") else str(place)


def _add_title(lines: dict[str, Line], folder: Path, archive: Path) -> None:
    if "title" not in lines:
        title, reason = find_title(folder, archive)
        lines["title"] = Line(name="title", value=title, comment=reason)


def _old_feeds(places: Iterable[Path]) -> tuple[tuple[OldFeed, ...], tuple[str, ...]]:
    """Read feeds that ours replaces; one that cannot be read is told of."""
    found, unread = [], []
    for place in places:
        try:
            entries = read_previous(str(place))
        except FeedsError as error:
            unread.append(f"the old feed {_shown(place)} is not taken over: {error.message}. Build the site anew.")
            continue
        if entries:
            found.append(OldFeed(path=place, entries=entries))
    return tuple(found), tuple(unread)
