"""What a site generator's configuration says, as settings of ours; reads files, and runs nothing of them.

A generator is one module and one row in the table: what finds its configuration in a folder, and reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from feeds.generators import eleventy, hexo, jekyll
from feeds.generators.astro import NAMES as ASTRO_NAMES
from feeds.generators.astro import read_astro
from feeds.generators.hugo import find_hugo, read_hugo
from feeds.generators.mkdocs import find_mkdocs, read_mkdocs
from feeds.generators.nikola import find_nikola, read_nikola
from feeds.generators.pelican import find_pelican, read_pelican
from feeds.generators.site import Site, Taken
from feeds.generators.source import Source, peek
from feeds.generators.tomlfiles import read_json, read_toml
from feeds.generators.yamlfiles import read_yaml
from feeds.generators.zola import is_zola, read_zola

__all__ = ["GENERATORS", "Site", "Taken", "find_site"]


def find_site(folder: Path) -> Site | None:
    """Read the configuration of the site that a folder holds; None when there is none.

    Hexo and Jekyll both have `_config.yml`, Hugo and Zola `config.toml`: what stands in it tells whose it is.

    Raises:
        ConfigError: A configuration is there and cannot be read.
    """
    for read in GENERATORS.values():
        if (site := read(folder)) is not None:
            return site
    return None


def _first(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((place for name in names if (place := folder / name).is_file()), None)


def _hexo(folder: Path) -> Site | None:
    place = _first(folder, ("_config.yml", "_config.yaml", "_config.json"))
    if place is None:
        return None
    source = read_json(place) if place.suffix == ".json" else read_yaml(place)
    return hexo.read_hexo(source) if _is_hexo(source) else None


def _jekyll(folder: Path) -> Site | None:
    place = _first(folder, ("_config.yml", "_config.yaml", "_config.toml"))
    if place is None:
        return None
    source = read_toml(place) if place.suffix == ".toml" else read_yaml(place)
    return jekyll.read_jekyll(source)


def _is_hexo(source: Source) -> bool:
    """Tell whose a `_config.yml` is: by keys that only one of the two has, else by what lies beside it."""
    theirs, others = (len(keys & set(source.values)) for keys in (hexo.KEYS, jekyll.KEYS))
    if theirs != others:
        return theirs > others
    return hexo.is_hexo_place(source.folder) or not jekyll.is_jekyll_place(source.folder)


def _zola(folder: Path) -> Site | None:
    place = _first(folder, ("zola.toml", "config.toml"))
    if place is None:
        return None
    if place.name != "zola.toml" and b"base_url" not in peek(place):
        return None
    source = read_toml(place)
    return read_zola(source) if place.name == "zola.toml" or is_zola(source) else None


def _found(find: Callable[[Path], Source | None], read: Callable[[Source], Site], folder: Path) -> Site | None:
    source = find(folder)
    return None if source is None else read(source)


def _hugo(folder: Path) -> Site | None:
    source = find_hugo(folder)
    return None if source is None else read_hugo(source, folder)


def _script(names: tuple[str, ...], read: Callable[[Path], Site], folder: Path) -> Site | None:
    place = _first(folder, names)
    return None if place is None else read(place)


GENERATORS: dict[str, Callable[[Path], Site | None]] = {
    "hexo": _hexo,
    "jekyll": _jekyll,
    "zola": _zola,
    "hugo": _hugo,
    "pelican": partial(_found, find_pelican, read_pelican),
    "eleventy": partial(_script, eleventy.NAMES, eleventy.read_eleventy),
    "astro": partial(_script, ASTRO_NAMES, read_astro),
    "mkdocs": partial(_found, find_mkdocs, read_mkdocs),
    "nikola": partial(_found, find_nikola, read_nikola),
}
"""Every generator that is known, in the order in which configurations are looked for."""
