"""What the system tests stand on: the sample archive's output, served by a real web server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from tests.system.browser import Chromium

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
    options: tuple[str, ...] = ()
    """More of the command line."""

    def rebuild(self) -> None:
        """Run `feeds build` as a user would."""
        command = [sys.executable, "-m", "feeds", "build", str(self.archive), "-o", str(self.folder), "-q"]
        command += ["--base-url", self.base_url, "--title", "样刊", *self.options]
        subprocess.run(command, check=True, cwd=self.archive.parent)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def rules_of(server: str, folder: Path, address: str) -> str:
    """Print the rules of a server for a folder, as a user would."""
    command = [sys.executable, "-m", "feeds", "serve", "--rules", server, "--base-url", address, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder.parent).stdout


@contextmanager
def serve(folder: Path, work: Path, server: str = "nginx", path: str = "/") -> Iterator[str]:
    """Have a server show a folder by its printed rules; yields the address.

    Args:
        folder: What is served.
        work: A folder to be made, for what the server needs.
        server: nginx, which reads the folder as another user, or caddy.
        path: Of the address; it begins and ends with `/`.
    """
    program, address = need(server), f"http://127.0.0.1:{free_port()}{quote(path)}"
    for above in (folder, *folder.parents):
        if above.owner() == Path.home().owner() and str(above).startswith("/tmp/"):
            above.chmod(0o755)
    work.mkdir(mode=0o777)
    work.chmod(0o777)
    (work / "rules").write_text(rules_of(server, folder, address), "utf-8")
    process = subprocess.Popen([program, *_STARTS[server](work)], env={**os.environ, "HOME": str(work)})
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def _nginx(work: Path) -> list[str]:
    temporary = " ".join(
        f"{kind}_temp_path {work}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = work / "nginx.conf"
    configuration.write_text(
        f"""daemon off; worker_processes 1; pid {work}/nginx.pid; error_log {work}/error.log;
        events {{}}
        http {{ include /etc/nginx/mime.types; access_log off; {temporary} include {work}/rules; }}"""
    )
    subprocess.run([need("nginx"), "-q", "-t", "-c", str(configuration)], check=True)
    return ["-c", str(configuration)]


def _caddy(work: Path) -> list[str]:
    configuration = work / "Caddyfile"
    configuration.write_text(f"{{\n\tadmin off\n}}\n{(work / 'rules').read_text('utf-8')}", "utf-8")
    words = ["--config", str(configuration), "--adapter", "caddyfile"]
    subprocess.run([need("caddy"), "validate", *words], check=True, capture_output=True)
    return ["run", *words]


_STARTS: dict[str, Callable[[Path], list[str]]] = {"nginx": _nginx, "caddy": _caddy}
"""By server, what checks its configuration and answers the words that start it."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A copy of the sample archive, built and served."""
    with serve_archive(REPOSITORY / "archive", tmp_path) as served:
        yield served


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """One browser for all tests; each has tabs of its own."""
    from tests.system.browser import Chromium

    browser = Chromium(tmp_path_factory.mktemp("chromium") / "profile")
    yield browser
    browser.close()


@contextmanager
def serve_archive(original: Path, work: Path, *options: str) -> Iterator[Site]:
    """Copy an archive into a folder, build it with some options, and serve what comes of it."""
    archive, folder = work / "archive", work / "public"
    shutil.copytree(original, archive)
    folder.mkdir()
    with serve(folder, work / "nginx") as address:
        served = Site(folder=folder, base_url=address, archive=archive, options=options)
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
