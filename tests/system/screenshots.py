"""Takes the pictures of the README anew: `python -m tests.system.screenshots`.

The sample archive's own pictures stand for those of its foreign hosts, which do not exist.
"""

from __future__ import annotations

import mimetypes
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from tests.system.browser import DESKTOP, PHONE, Chromium
from tests.system.conftest import REPOSITORY, need

ARCHIVE, DOCS = REPOSITORY / "archive", REPOSITORY / "docs"
HEIGHT = 1016
MOST = 120_000
"""Bytes that a picture may have."""
SHOWN = (
    ("catalogue.png", "index.html", DESKTOP, False),
    ("category.png", "文化/慢门影像/慢门影像－城市/index.html", PHONE, True),
)
"""File in docs/, page, width of the window, whether it is dark."""


def take(work: Path) -> None:
    """Build the sample archive, take each picture, and reduce its palette."""
    pictures = [path for path in sorted(ARCHIVE.rglob("*")) if path.suffix in (".jpg", ".png", ".webp")]
    stand_ins = [(str(mimetypes.guess_type(path.name)[0]), path.read_bytes()) for path in pictures]
    output = work / "public"
    command = [sys.executable, "-m", "feeds", "build", str(ARCHIVE), "-o", str(output), "-q", "--title", "样刊"]
    subprocess.run([*command, "--language", "zh-CN", "--base-url", "https://feeds.example.org/"], check=True, cwd=work)
    browser = Chromium(work / "profile")
    for name, page, width, is_dark in SHOWN:
        home = f"{output.as_uri()}/"
        with browser.page(home, width=width, height=HEIGHT, is_dark=is_dark) as tab:
            tab.stand_ins = stand_ins
            tab.open(home + quote(page))
            picture = tab.picture()
        command = [need("pngquant"), "--strip", "64", "-"]
        small = subprocess.run(command, check=True, input=picture, capture_output=True).stdout
        assert len(small) <= MOST, f"{name} has {len(small)} bytes"
        (DOCS / name).write_bytes(small)
        print(f"docs/{name}: {len(small)} bytes")
    browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        take(Path(folder))
