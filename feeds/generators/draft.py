"""A site while its configuration is read: settings that are taken over, and what could not be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feeds.addresses import encode
from feeds.generators.site import Site, Taken
from feeds.generators.source import Computed, Source, as_text

ORDER = (
    "title",
    "description",
    "author",
    "language",
    "base_url",
    "site_url",
    "generator",
    "permalink",
    "static",
    "authority",
    "zone",
    "include",
    "exclude",
    "categories",
    "feeds",
    "languages",
    "limit",
    "limit_max",
    "content",
    "formats",
    "pages",
    "paths",
    "permalinks",
    "addresses",
)
"""Settings as a configuration shows them: tables last."""
SAMPLE_HOSTS = frozenset(
    {"example.com", "example.org", "example.net", "yoursite.com", "yourdomain.com", "your-domain.com", "localhost"}
)
"""Hosts that generators put into new configurations."""
_SAMPLE_NAMES = frozenset({"john doe", "jane doe", "your name", "your name here", "author name"})
"""Names that generators put into new configurations."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_WORDS = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "chinese": "zh"}


class Draft:
    """What is taken over so far."""

    def __init__(self, generator: str, source: Source) -> None:
        """Begin with the configuration that says most."""
        self.generator = generator
        self.source = source
        self.folder = source.folder
        self.notes: list[str] = []
        self._taken: dict[str, Taken] = {}
        self.take("generator", generator, f"{source.path.name} is {shown_name(generator)}'s")

    def take(self, name: str, value: object, reason: str) -> None:
        """Take over a setting; a later one goes before."""
        self._taken[name] = Taken(name=name, value=value, reason=reason)

    def value(self, name: str) -> object:
        """Answer what a setting is by now; None while it is not set."""
        return self._taken[name].value if name in self._taken else None

    def note(self, sentence: str) -> None:
        """Say what could not be taken over, and what to do about it."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def switch_off(self, how: str) -> None:
        """Say how the generator is kept from writing feeds in the place of ours."""
        self.note(f"{how}, or it goes on to write its feed where ours is to be.")

    def found(self, *places: Sequence[str], name: str) -> tuple[str, str] | None:
        """Look for a text that one of several keys states.

        Returns:
            The text, and where it stands; None when no key says anything. A value that is computed, or no text, is
            noted: then the setting of that name is to be set by hand.
        """
        for place in places:
            value = self.source.get(*place)
            if (text := as_text(value)) is not None:
                return text, self.source.where(*place)
            if isinstance(value, Computed):
                self.computed(value, self.source.where(*place), name)
            elif isinstance(value, list | dict) and value:
                self.note(f"{self.source.where(*place)} is no text: write {name} into feeds.toml yourself.")
        return None

    def computed(self, value: Computed, where: str, name: str) -> None:
        """Note that a value cannot be known without running the configuration."""
        self.note(f"{where} is computed ({value.how}), and nothing is run: write {name} into feeds.toml yourself.")

    def text(self, name: str, *places: Sequence[str]) -> None:
        """Take over a text from the first of several keys that states one."""
        if found := self.found(*places, name=name):
            self.take(name, *found)

    def author(self, *places: Sequence[str]) -> None:
        """Take over who writes, from the first of several keys that states a name, or a table that has one."""
        named = [inner for place in places for inner in ((*place, "name"), place)]
        stated = [place for place in named if self.source.get(*place) not in (None, "", [], {})]
        if (found := self.found(*stated[:1], name="author")) and found[0].casefold() not in _SAMPLE_NAMES:
            self.take("author", *found)

    def language(self, *places: Sequence[str], default: str | None = None) -> None:
        """Take over the language from the first of several keys that states one."""
        if not (found := self.found(*places, name="language")):
            if default:
                self.take("language", default, f"{shown_name(self.generator)}: language (its default)")
            return
        tag = _WORDS.get(found[0].lower(), found[0].replace("_", "-").partition(".")[0])
        if _LANGUAGE.fullmatch(tag):
            self.take("language", tag, found[1])
        else:
            self.note(f'{found[1]} "{found[0]}" is no language tag: write language into feeds.toml, such as zh-CN.')

    def languages(self, names: Sequence[str], where: str) -> None:
        """Take over the languages of a site that has several, each with a feed of its own."""
        tags = [name for name in names if _LANGUAGE.fullmatch(name)]
        if len(tags) > 1:
            self.take("languages", tags, where)
            self.feeds_of("language", where)

    def feeds_of(self, kind: str, where: str) -> None:
        """Take over that each tag, author or language has a feed, as categories have."""
        known = self._taken.get("feeds")
        kinds = list(known.value) if known is not None and isinstance(known.value, list) else ["category"]
        if kind not in kinds:
            self.take("feeds", [*kinds, kind], f"{known.reason}; {where}" if known is not None else where)

    def zone(self, *places: Sequence[str], default: str | None = None) -> None:
        """Take over the zone; say what to do where the generator takes that of the machine that builds."""
        shown = shown_name(self.generator)
        if not (found := self.found(*places, name="zone")):
            if default:
                self.take("zone", default, f"{shown}: time zone (its default)")
            else:
                self.note(
                    f"{self.source.path.name} states no time zone, so that {shown} takes the one of the machine: "
                    'write it into feeds.toml, such as zone = "Asia/Shanghai".'
                )
            return
        try:
            ZoneInfo(found[0])
        except (OSError, ValueError, KeyError):
            self.note(f'{found[1]} "{found[0]}" is no zone of the zone database: write zone into feeds.toml.')
        else:
            self.take("zone", found[0], found[1])

    def address(self, url: str | None, where: str, *, served_at: str | None = None) -> None:
        """Take over where the site is, and whose its name is.

        Args:
            url: That articles' addresses begin with; None for none stated.
            where: What states it.
            served_at: Where feeds are, if elsewhere.
        """
        url, where = (url, where) if url else self._cname()
        address = encode(url) if url else None
        if url and address is None:
            self.note(f'{where} "{url}" is no web address: write base_url and site_url into feeds.toml.')
        if address is None:
            if not url:
                self.note(f"{where} says nothing: write base_url and site_url into feeds.toml.")
            return
        parts = urlsplit(address)
        if "@" in parts.netloc:
            self.note(f"{where} holds a password: write base_url and site_url into feeds.toml without it.")
            return
        address = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
        feeds_at = encode(served_at) if served_at else None
        self.take("base_url", feeds_at.rstrip("/") + "/" if feeds_at else address, where)
        self.take("site_url", address, where)
        host = (parts.hostname or "").removeprefix("www.")
        if host in SAMPLE_HOSTS or "." not in host:
            self.note(
                f'{where} "{url}" is an example, not yours: correct base_url and site_url in feeds.toml, and write '
                "authority, before others subscribe."
            )
        else:
            self.take("authority", host, f"{where}, without www" if host != parts.hostname else where)

    def _cname(self) -> tuple[str | None, str]:
        """Look for the domain that GitHub Pages is told."""
        for place in ("CNAME", "source/CNAME", "static/CNAME", "public/CNAME", "content/CNAME", "docs/CNAME"):
            try:
                name = (self.folder / place).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                continue
            if re.fullmatch(r"[\w.-]+\.\w+", name):
                return f"https://{name}/", place
        return None, f"{self.source.path.name}: the site's address"

    def finish(
        self,
        *,
        archive: Path,
        output: Path,
        feeds: Sequence[Path],
        link: str,
        addresses: Mapping[str, object],
        static: Sequence[Path] = (),
    ) -> Site:
        """Answer the site."""
        folders = [relative(folder, self.folder) for folder in static if folder.is_dir()]
        if folders:
            shown = shown_name(self.generator)
            self.take("static", folders, f"{shown} serves what lies there at the site's root")
        self.take("pages", False, "the site has pages of its own")
        if addresses:
            self.take("addresses", dict(addresses), f"{self.source.path.name}: what changes addresses")
        return Site(
            generator=self.generator,
            folder=self.folder,
            config=self.source.path,
            archive=archive,
            settings=tuple(sorted(self._taken.values(), key=lambda taken: ORDER.index(taken.name))),
            feeds=tuple(feeds),
            output=output,
            link=link,
            notes=tuple(self.notes),
        )


def relative(place: Path, folder: Path) -> str:
    """Write a place as it counts from a folder; as it is where it lies outside."""
    try:
        return place.relative_to(folder).as_posix()
    except ValueError:
        return place.as_posix()


def shown_name(generator: str) -> str:
    """Answer a generator's name as its makers write it."""
    return {"mkdocs": "MkDocs"}.get(generator, generator.capitalize())
