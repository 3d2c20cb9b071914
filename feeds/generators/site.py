"""What is known of a site from the configuration of its generator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One setting of ours, taken from the generator."""

    name: str
    """Of the setting, or of the table."""
    value: object
    """As it would stand in TOML: a text, a number, a flag, a list of texts, or of a table the mapping that it is."""
    reason: str
    """Where it comes from: `_config.yml line 12: permalink`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site, as its generator is told to make it."""

    generator: str
    """Its name: `hexo`, `jekyll`, `hugo`, `pelican`, `zola`, `eleventy`, `astro`, `mkdocs`, `nikola`."""
    folder: Path
    """Of the site: relative paths in settings count from it."""
    config: Path
    """The file that was read; of several the first."""
    archive: Path
    """Folder of the articles."""
    settings: tuple[Taken, ...]
    """In the order in which a configuration shows them, tables last; no name twice."""
    feeds: tuple[Path, ...]
    """Feeds that the generator has written into its output, those of the whole site first; may be empty."""
    output: Path
    """Where the generator writes the site, whether it has or not."""
    link: str
    """The line by which pages of the site name the feed of ours that takes the place of its own."""
    notes: tuple[str, ...]
    """What could not be taken over, and what to do about it; one sentence each."""
