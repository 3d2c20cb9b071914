"""The workflow that docs/migrating.md shows, run step by step on a machine that keeps nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.articles import article_bytes, write

DOCUMENT = Path(__file__).parent.parent / "docs" / "migrating.md"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        pass


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder that is out, and its address."""
    folder = tmp_path / "deployed"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield folder, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run_workflow(machine: Path, address: str) -> None:
    """Run what the workflow runs, but for installing the package, in a fresh checkout."""
    text = DOCUMENT.read_text("utf-8")
    workflow = yaml.safe_load(text[text.index("```yaml\n") + 8 :].partition("```")[0])
    steps = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert "pip install" in steps[0]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for step in steps[1:]:
        subprocess.run(
            ["bash", "-e", "-c", step], check=True, cwd=machine, env={**os.environ, "BASE_URL": address, "PATH": path}
        )


@pytest.mark.long
def test_a_machine_that_keeps_nothing_announces_nothing_anew(tmp_path: Path, deployed: tuple[Path, str]) -> None:
    folder, address = deployed
    seen: dict[str, str] = {}
    for turn in range(3):
        machine = tmp_path / f"machine-{turn}"
        for number in range(3 + turn):
            name = f"News/tide-{number}.md" if turn < 2 or number else "News/moved/tide-0.md"
            write(machine / "archive", name, article_bytes(title=f"Tide {number}"))
        run_workflow(machine, address)
        shutil.copytree(machine / "public", folder, dirs_exist_ok=True)
        entries = json.loads((folder / "feed.json").read_bytes())["items"]
        ids = {entry["title"]: entry["id"] for entry in entries}
        assert len(ids) == 3 + turn
        assert {title: ids[title] for title in seen} == seen
        seen = ids
