"""Debian's cron keeps the feeds up to date, and writes a mail only when there is trouble; systemd takes the units."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.config import load_places
from tests.system.conftest import REPOSITORY, need

pytestmark = pytest.mark.system

SENDMAIL = Path("/usr/sbin/sendmail")
"""What Debian's cron gives its mails to."""
ASIDE = SENDMAIL.with_name("sendmail.aside")
FOREIGN = "# 别人的一行\n".encode("gb18030")
TWO_RUNS = 125
"""Seconds in which a line of every minute has run at least once from its beginning to its end."""
NAME = '样刊 it\'s 100% \\ "q"'
"""Of a folder: all that cron, the shell and systemd read otherwise."""


def feeds(*words: str, folder: Path) -> str:
    """Run `feeds` as a user would, and return what it prints."""
    command = [sys.executable, "-m", "feeds", *words]
    return subprocess.run(command, check=True, cwd=folder, stdout=subprocess.PIPE, text=True).stdout


def wait_until(is_true: Callable[[], bool], what: str) -> None:
    for _ in range(TWO_RUNS * 2):
        if is_true():
            return
        time.sleep(0.5)
    pytest.fail(f"within {TWO_RUNS} seconds this did not come true: {what}")


@dataclass(frozen=True)
class Cron:
    """A cron that runs, with a crontab of one foreign line and a sendmail that keeps what it is given."""

    mailbox: Path

    def crontab(self) -> bytes:
        return subprocess.run(["crontab", "-l"], check=True, capture_output=True).stdout

    def mails_about(self, name: str) -> str:
        """Return all mails if one is about this; other jobs of the machine may write, too."""
        mails = self.mailbox.read_text("utf-8", "replace") if self.mailbox.exists() else ""
        return mails if name in mails else ""


@pytest.fixture
def cron(tmp_path: Path) -> Iterator[Cron]:
    """Whatever was root's crontab and the machine's sendmail is so again afterwards."""
    program, crontab = need("cron"), need("crontab")
    if os.geteuid() != 0:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("cron and its sendmail are root's")
    mailbox = tmp_path / "mailbox"
    before = subprocess.run([crontab, "-l"], capture_output=True, check=False)
    is_aside = os.path.lexists(SENDMAIL)
    if is_aside:
        SENDMAIL.rename(ASIDE)
    daemon = None
    try:
        SENDMAIL.write_text(f"#!/bin/sh\ncat >> {mailbox}\n")
        SENDMAIL.chmod(0o755)
        subprocess.run([crontab, "-"], input=FOREIGN, check=True)
        daemon = subprocess.Popen([program, "-f", "-L", "15"], stderr=subprocess.DEVNULL)  # ends if one runs already
        time.sleep(2)  # it goes by full seconds: a crontab that is changed in the one in which it was read is not seen
        yield Cron(mailbox)
    finally:
        if daemon is not None:
            daemon.terminate()
            daemon.wait(timeout=10)
        if before.returncode == 0:
            subprocess.run([crontab, "-"], input=before.stdout, check=True)
        else:
            subprocess.run([crontab, "-r"], check=True)
        SENDMAIL.unlink(missing_ok=True)
        if is_aside:
            ASIDE.rename(SENDMAIL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a difficult name that holds a copy of the sample archive, and its configuration."""
    home = tmp_path / NAME
    shutil.copytree(REPOSITORY / "archive", home / "archive")
    (home / "feeds.toml").write_text('title = "样刊"\nbase_url = "http://localhost:8000/"\n', "utf-8")
    return home


def add_article(archive: Path, title: str) -> None:
    at = f"{datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
    text = f"---\ntitle: {title}\ncategories: [文化, 某刊]\ndate: {at}\n---\n<div><p>正文第一句。</p></div>\n"
    (archive / "added.md").write_text(text, "utf-8")


def test_cron_rebuilds_in_silence_and_mails_trouble(cron: Cron, home: Path) -> None:
    log = load_places(home / "feeds.toml", {}).log
    feeds("build", folder=home)
    assert feeds("schedule", "--install", "--every", "1", "--local", folder=home).startswith("installed ")
    scheduled = cron.crontab()
    assert scheduled.startswith(FOREIGN)
    assert scheduled.count(b"\n") == 2

    wait_until(log.exists, "cron ran the build")
    add_article(home / "archive", "刚刚加上的一篇")
    wait_until(
        lambda: "刚刚加上的一篇" in (home / "public" / "rss.xml").read_text("utf-8"), "the article is in the feed"
    )
    size = log.stat().st_size
    wait_until(lambda: log.stat().st_size > size, "cron ran one more build")
    time.sleep(2)  # a mail would be written now
    assert cron.mails_about("feeds.toml") == ""

    (home / "archive").rename(home / "away")
    wait_until(lambda: "no such folder" in cron.mails_about("feeds.toml"), "a mail tells of the archive that is gone")

    assert feeds("schedule", "--remove", folder=home).startswith("removed ")
    assert cron.crontab() == FOREIGN


def test_systemd_takes_the_units(home: Path, tmp_path: Path) -> None:
    analyze = need("systemd-analyze")
    text = feeds("schedule", "--systemd", "--local", folder=home)
    service, timer = text.split("# ~/.config/systemd/user/")[1:]
    units = tmp_path / "units"
    units.mkdir()
    for unit in (service, timer):
        name, _, lines = unit.partition("\n")
        (units / name).write_text(lines, "utf-8")
    command = [analyze, "verify", "--user", *map(str, sorted(units.iterdir()))]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    verified = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (verified.returncode, verified.stderr) == (0, "")
