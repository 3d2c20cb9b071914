"""One run of `feeds serve`: the output built and shown, built again as things change, and what is said of that."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import click

from feeds.cli.listener import Listener, addresses_of
from feeds.cli.terminal import echo, style
from feeds.config import CONFIG_NAME, Config, Places, default_of, setting_fields
from feeds.errors import FeedsError, format_place
from feeds.hosting import is_loopback
from feeds.pipeline import Report, Wishes
from feeds.pipeline.hosting import find_site, open_site
from feeds.pipeline.scanning import is_content

if TYPE_CHECKING:
    from feeds.cli.watching import Targets

_MOST = 6
"""Feeds named of those that a build has changed."""
_WAIT = 60
"""Seconds for which another build is waited for."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""What stands for all addresses of a machine, and the one by which it is reached from itself."""

_BASE_URL = next(setting for setting in setting_fields() if setting.name == "base_url")


class Session:
    """One run of the server."""

    def __init__(
        self,
        load: Callable[[], tuple[Config, Places]],
        listener: Listener,
        *,
        has_feed_types: bool,
        builds: bool,
        is_verbose: bool,
    ) -> None:
        """Take what it goes by.

        Args:
            load: Reads the configuration, with the options that were given.
            listener: A bound port.
            has_feed_types: RSS and Atom go out under their own types.
            builds: The output is built here, too.
            is_verbose: Every request is told.
        """
        self._load = load
        self._listener = listener
        self._has_feed_types = has_feed_types
        self._builds = builds
        self._is_verbose = is_verbose
        self._complaint = ""

    def begin(self, config: Config, places: Places) -> None:
        """Build, if that is wanted; serve; say where to look."""
        self._take(config, places)
        if self._builds:
            self._build("", is_first=True)
        self._site = find_site(self._config, has_feed_types=self._has_feed_types)
        self._application = open_site(self._site, self._prefix, time.time)
        self._listener.serve(self._application, _tell_request if self._is_verbose else None)
        self._print_places()

    def follow(self, config_path: Path | None) -> None:
        """Build whenever something changes, without end."""
        from feeds.cli.watching import watch_targets

        for changed in watch_targets(lambda: self._targets(config_path)):
            named = (*self._targets(config_path).files, self._config.archive)
            told = [path for path in changed if path in named or is_content(path.name)]
            if self._reload(is_told=bool(told)):
                self._build(_names(told or changed), is_told=bool(told))

    def _take(self, config: Config, places: Places) -> None:
        """Go by a configuration from now on; a `base_url` that nobody set is the address of this server."""
        if self._builds and config.base_url == default_of(_BASE_URL):
            config = replace(config, base_url=f"http://localhost:{self._listener.port}/")
        self._config, self._places = config, places

    def _reload(self, *, is_told: bool) -> bool:
        """Read the configuration again; a fault in it is told, and things stay as they were."""
        try:
            config, places = self._load()
        except (FeedsError, click.ClickException) as error:
            self._complain(error, is_told=is_told)
            return False
        self._take(config, places)
        site = find_site(self._config, has_feed_types=self._has_feed_types)
        if site != self._site:
            self._site = site
            self._application.show(site, self._prefix)
        return True

    def _build(self, what: str, *, is_told: bool = True, is_first: bool = False) -> None:
        """Build, and say what that changed.

        Args:
            what: Has made it necessary; "" for the first time.
            is_told: A person would wonder if nothing was said, even if nothing changed. Where the archive holds what
                this process prints, silence ends what would go round for ever.
            is_first: Nothing was built here before.

        Raises:
            FeedsError: The first build has failed, and no output of an earlier one is there to be shown.
        """
        from feeds.cli.build import run_build
        from feeds.cli.report import format_line, print_problems

        try:
            report, seconds, _ = run_build(self._config, self._places, Wishes(), shows_bar=True, wait=_WAIT)
        except FeedsError as error:
            if is_first and not self._config.output.is_dir():
                raise
            self._complain(error, is_told=is_told)
            return
        self._complaint = ""
        known = report.problem_count - len(report.new_problems)
        print_problems(report.new_problems, self._config.archive, show_all=False, known=known if not what else 0)
        if report.has_written and not report.is_unchanged:
            _say(what, format_line(report, self._config, seconds))
            if what:
                _print_changed(report)
        elif is_told:
            _say(what, f"{self._config.output}: nothing changed")

    def _complain(self, error: FeedsError | click.ClickException, *, is_told: bool) -> None:
        """Print what went wrong; again only where a person has tried to mend it."""
        text = error.format_message() if isinstance(error, click.ClickException) else str(error)
        if is_told or text != self._complaint:
            echo(style(f"feeds: {text}", fg="red"), err=True)
        self._complaint = text

    def _targets(self, config_path: Path | None) -> Targets:
        """Name what the configuration names: the archive, itself, and whatever else it reads."""
        from feeds.cli.watching import Targets

        values = (getattr(self._config, setting.name) for setting in setting_fields() if setting.name != "output")
        named = [value for value in values if isinstance(value, Path)]
        source = config_path or Path(CONFIG_NAME)
        files = (source, *(place for place in named if place != self._config.archive and not place.is_dir()))
        return Targets(
            folders=tuple(place for place in named if place not in files),
            files=files,
            ignored=(self._config.output, self._places.folder, self._places.memory),
        )

    @property
    def _leads_here(self) -> bool:
        """Tell whether the addresses in the feeds lead to this server."""
        parts = urlsplit(self._config.base_url)
        host, listens = parts.hostname or "", self._listener.host
        is_ours = is_loopback(host) and (is_loopback(listens) or listens in _EVERYWHERE)
        is_ours = is_ours or host in addresses_of(listens)
        return parts.scheme == "http" and (parts.port or 80) == self._listener.port and (is_ours or host == listens)

    @property
    def _prefix(self) -> str:
        """The path below which the output stands here: that of `base_url`, where it leads here."""
        return unquote(urlsplit(self._config.base_url).path) if self._leads_here else "/"

    @property
    def _address(self) -> str:
        """Where the output is to be seen."""
        if self._leads_here:
            return self._config.base_url
        host = self._listener.host
        shown = _EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
        return f"http://{shown}:{self._listener.port}/"

    def _print_places(self) -> None:
        paths, address = self._config.paths, self._address
        index = "" if paths["index"] == "index.html" else quote(paths["index"])
        feed = address + quote(paths[self._config.formats[0]])
        hints = {
            "look": address + index,
            **self._network(index),
            "subscribe": feed,
            "newsboat": _newsboat(feed),
            "import": address + quote(paths["opml"]),
            "end": "Ctrl-C",
        }
        echo()
        for name, hint in hints.items():
            echo(f"  {style(f'{name:<10}', fg='green')} {hint}")
        echo()
        if not self._leads_here:
            self._say_where_links_lead()

    def _network(self, index: str) -> dict[str, str]:
        """Answer where others of the network look, if they may."""
        hosts = [f"[{host}]" if ":" in host else host for host in addresses_of(self._listener.host)]
        shown = [f"http://{host}:{self._listener.port}{quote(self._prefix)}{index}" for host in hosts]
        return {"network": f"\n  {'':10} ".join(shown)} if shown else {}

    def _say_where_links_lead(self) -> None:
        """Say once that the feeds' own addresses are not this server's, and how to have them so."""
        base_url, port = self._config.base_url, self._listener.port
        if base_url == default_of(_BASE_URL):
            cure = f"feeds serve --build --port {port}"
        else:
            cure = f"feeds serve --build --base-url http://localhost:{port}/ --port {port} trial"
        echo(f'Links in the feeds lead to base_url "{base_url}", not here. To have them lead here: {cure}', err=True)


def _newsboat(address: str) -> str:
    """Write the line that subscribes newsboat, wherever it keeps its list (newsboat(1), FILES)."""
    home = Path.home()
    folder = next((home / name for name in (".config/newsboat", ".newsboat") if (home / name).is_dir()), None)
    urls = "~/.config/newsboat/urls" if folder == home / ".config/newsboat" else "~/.newsboat/urls"
    makes = "" if folder else "mkdir ~/.newsboat; "
    return f"{makes}echo {shlex.quote(address)} >> {urls}; newsboat -r"


def _say(what: str, words: str) -> None:
    """Print what a build did, after its time and what made it necessary."""
    clock = f"{datetime.now().astimezone():%H:%M:%S} "
    echo(f"{clock}{what}\n  {words}" if what else words)


def _print_changed(report: Report) -> None:
    folders = list(dict.fromkeys(path.rpartition("/")[0] or "the whole" for path in report.changed_feeds))
    if folders:
        more = f" and {len(folders) - _MOST:,} more" if len(folders) > _MOST else ""
        echo(f"  in {', '.join(folders[:_MOST])}{more}")


def _names(changed: Sequence[Path]) -> str:
    """Name the first of some changed files that is there, and count the others."""
    if not changed:
        return "meanwhile"
    first = min(changed, key=lambda path: (not path.exists(), path)).resolve()
    shown = first.relative_to(Path.cwd()) if first.is_relative_to(Path.cwd()) else first
    place = format_place(str(shown), None)
    return f"{place} and {len(changed) - 1:,} more" if len(changed) > 1 else place


def _tell_request(method: str, path: str, status: int, client: str) -> None:
    asked = f"{method} {unquote(path)}" if path else "(no request that could be read)"
    words = format_place(f"{asked}  {client}".rstrip(), None)  # no client may move the cursor, or feign a line
    echo(f"{datetime.now().astimezone():%H:%M:%S} {status} {words}")
