"""What the system tests stand on: the sample archive's output, served by a real web server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

REPOSITORY = Path(__file__).parents[2]


def need(program: str) -> str:
    """Return a program's path; where it is missing skip, and in CI fail."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        message = f"{program} is not installed (Debian has a package of it)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@dataclass(frozen=True)
class Site:
    """An output folder and the address it is served at."""

    folder: Path
    base_url: str
    archive: Path

    def rebuild(self) -> None:
        """Run `feeds build` as a user would."""
        command = [sys.executable, "-m", "feeds", "build", str(self.archive), "-o", str(self.folder), "-q"]
        subprocess.run([*command, "--base-url", self.base_url, "--title", "样刊"], check=True, cwd=self.archive.parent)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path, work: Path) -> Iterator[str]:
    """Have nginx serve a folder as another user, with Debian's media types; yields the address."""
    nginx, port = need("nginx"), free_port()
    for above in (folder, *folder.parents):
        if above.owner() == Path.home().owner() and str(above).startswith("/tmp/"):
            above.chmod(0o755)
    work.mkdir(mode=0o777)
    work.chmod(0o777)
    temporary = " ".join(
        f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = work / "nginx.conf"
    configuration.write_text(
        f"""daemon off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/error.log;
        events {{}}
        http {{ include /etc/nginx/mime.types; access_log off; {temporary}
          server {{ listen 127.0.0.1:{port}; root {folder}; charset utf-8; }} }}"""
    )
    process = subprocess.Popen([nginx, "-c", str(configuration)])
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A copy of the sample archive, built and served."""
    archive, folder = tmp_path / "archive", tmp_path / "public"
    shutil.copytree(REPOSITORY / "archive", archive)
    folder.mkdir()
    with serve(folder, tmp_path / "nginx") as address:
        served = Site(folder=folder, base_url=address, archive=archive)
        served.rebuild()
        yield served


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address, timeout=2):
                return
        except HTTPError:
            return
        except URLError:
            time.sleep(0.05)
    pytest.fail(f"no server answers at {address}")
