"""`feeds schedule`: the line, the units, the crontab that keeps all else, the first configuration, the refusals."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from feeds.cli.crontab import INTERVALS, drop_line, format_line, put_line
from feeds.cli.schedule import schedule_command
from feeds.config import CONFIG_NAME, Config, load_config
from feeds.errors import FeedsError

FOREIGN = "PATH=/usr/bin\n# 备份\n5 4 * * 0\tbackup % x\r\n".encode("gb18030")
"""Lines of others: another encoding, a tab, a carriage return."""
CRONTAB = """#!/bin/sh
table={place}/table
[ "$1" = -l ] && {{ [ -f "$table" ] && exec cat "$table"; echo "no crontab for someone" >&2; exit 1; }}
cat > "$table.new"
grep -q REFUSE "$table.new" && {{ printf '"-":1: bad minute\\nerrors in crontab file, can%st install.\\n' "'" >&2; exit 1; }}
mv "$table.new" "$table"
echo installed >> {place}/calls
"""  # noqa: E501 - a shell's line


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive and a configuration that is ready to be scheduled."""
    (tmp_path / "archive").mkdir()
    (tmp_path / CONFIG_NAME).write_text('base_url = "https://example.org/"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def table(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's crontab, absent at first, behind a program that is called crontab."""
    folder = place / "bin"
    folder.mkdir()
    (folder / "crontab").write_text(CRONTAB.format(place=shlex.quote(str(folder))))
    (folder / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder / "table"


def schedule(*words: str) -> Result:
    result = CliRunner().invoke(schedule_command, list(words))
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result


def refused(*words: str) -> str:
    result = CliRunner().invoke(schedule_command, list(words))
    assert isinstance(result.exception, FeedsError), result.output
    assert result.stdout == ""
    return str(result.exception)


def misused(*words: str) -> str:
    result = CliRunner().invoke(schedule_command, list(words))
    assert result.exit_code == 2
    return result.stderr


# The line


def test_the_line_is_all_that_is_printed_and_all_its_paths_are_absolute(place: Path) -> None:
    result = schedule()
    program = Path(sys.executable).with_name("feeds")
    called = str(program) if program.exists() else f"{sys.executable} -m feeds"
    assert result.stdout == (
        f"*/15 * * * * cd {place} && {called} build --config {place}/feeds.toml --log {place}/.feeds/log"
        f" # feeds {place}/feeds.toml\n"
    )
    assert result.stderr == ""


def test_without_a_script_the_interpreter_runs_the_module(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(place / "python3"))
    assert f"&& {place}/python3 -m feeds build " in schedule().stdout
    (place / "feeds").write_text("#!/bin/sh\n")
    (place / "feeds").chmod(0o755)
    assert f"&& {place}/feeds build " in schedule().stdout


def test_only_a_terminal_is_told_what_else_there_is(place: Path) -> None:
    call = [sys.executable, "-c", "from feeds.cli.schedule import schedule_command; schedule_command()"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    reader, terminal = pty.openpty()
    shown = subprocess.run(call, check=True, stdout=terminal, stderr=subprocess.PIPE, env=environment).stderr
    assert b"With --install this goes into your crontab; with --systemd there are units instead." in shown
    os.close(terminal)
    os.close(reader)
    piped = subprocess.run(call, check=True, capture_output=True, env=environment)
    assert (piped.stdout.count(b"\n"), piped.stderr) == (1, b"")


def test_another_configuration_has_its_own_log_and_is_named_by_one_path(place: Path) -> None:
    (place / CONFIG_NAME).rename(place / "other.toml")
    line = schedule("-c", f"archive/../../{place.name}/other.toml").stdout
    assert f"--config {place}/other.toml --log {place}/.feeds/other/log # feeds {place}/other.toml\n" in line


@pytest.mark.parametrize(
    ("every", "times"),
    [
        (1, "* * * * *"),
        (5, "*/5 * * * *"),
        (30, "*/30 * * * *"),
        (60, "0 * * * *"),
        (180, "0 */3 * * *"),
        (1440, "0 0 * * *"),
    ],
)
def test_every_becomes_cron_s_times(place: Path, every: int, times: str) -> None:
    assert schedule("--every", str(every)).stdout.startswith(f"{times} cd ")


@pytest.mark.parametrize(
    ("every", "nearest"),
    [("7", "6 or 10"), ("45", "30 or 60"), ("90", "60 or 120"), ("0", "1"), ("-3", "1"), ("9999", "1440")],
)
def test_what_cron_cannot_keep_evenly_is_refused_with_the_nearest_that_it_can(
    place: Path, every: str, nearest: str
) -> None:
    assert f"cron cannot keep {every} minutes evenly; take {nearest}." in misused("--every", every)


def test_the_intervals_divide_the_hour_or_the_day() -> None:
    assert all(60 % every == 0 if every <= 60 else every % 60 == 0 and 1440 % every == 0 for every in INTERVALS)
    assert {every for every in range(1, 31) if 60 % every == 0} <= set(INTERVALS)


def run_by_cron(line: bytes, *, halves_backslashes: bool) -> bytes:
    r"""Return the command that cron hands to the shell: crons agree on `%` and `\%`, not on `\\`."""
    command = line.split(b" ", 5)[5]
    assert not re.search(rb"(?<!\\)%", command.partition(b" # feeds ")[0])
    return re.sub(rb"\\([%\\])" if halves_backslashes else rb"\\(%)", rb"\1", command)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"), min_size=1)


@given(st.lists(NAMES | st.text("\\%'\" #$a", min_size=1), min_size=1), st.booleans())
def test_the_shell_is_given_the_very_words(words: list[str], halves_backslashes: bool) -> None:
    config = Path("/srv/feeds.toml")
    command = run_by_cron(format_line(words, 15, config), halves_backslashes=halves_backslashes)
    assert shlex.split(command.decode(), comments=True) == ["cd", "/srv", "&&", *words]


def test_the_shell_runs_the_line_of_a_folder_with_a_difficult_name(tmp_path: Path) -> None:
    folder = tmp_path / '样刊 it\'s 100% \\%d "$HOME" #1 `x`'
    folder.mkdir()
    script = folder / "show"
    script.write_text('#!/bin/sh\npwd\nfor word; do echo "$word"; done\n')
    script.chmod(0o755)
    config = folder / CONFIG_NAME
    command = run_by_cron(format_line([str(script), "build", str(config)], 15, config), halves_backslashes=True)
    shown = subprocess.run(["/bin/sh", "-c", command], check=True, capture_output=True).stdout.decode()
    assert shown.splitlines() == [str(folder), "build", str(config)]


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\tb", "a\udcffb", "a\u202eb", "a\x9bb"])
def test_a_path_that_no_line_can_hold_is_refused(place: Path, name: str) -> None:
    (place / name).mkdir()
    (place / CONFIG_NAME).rename(place / name / CONFIG_NAME)
    (place / name / "archive").mkdir()
    said = refused("-c", str(place / name / CONFIG_NAME))
    assert "cannot be scheduled. Rename the folder or the file." in said
    assert "\n" not in said


# The crontab, as text


@pytest.mark.parametrize("others", [b"", FOREIGN, FOREIGN + b"# no line end"])
def test_putting_is_idempotent_and_dropping_undoes_it(others: bytes) -> None:
    config, other = Path("/a/feeds.toml"), Path("/b/a/feeds.toml")
    line, another = (format_line(["/bin/feeds"], 15, path) for path in (config, other))
    once = put_line(others, line, config)
    assert once.startswith(others)
    assert once.endswith(b"\n" + line + b"\n") or once == line + b"\n"
    assert put_line(once, line, config) == once
    both = put_line(once, another, other)
    assert both == once + another + b"\n"
    assert drop_line(both, other) == once
    assert drop_line(once, config).removesuffix(b"\n") == others.removesuffix(b"\n")


def test_a_changed_line_keeps_its_place_and_a_second_one_goes() -> None:
    config = Path("/a/feeds.toml")
    old, new = (format_line(["/bin/feeds"], every, config) for every in (15, 5))
    crowded = b"# first\n" + old + b"\n# between\n" + old + b"\n# last"
    assert put_line(crowded, new, config) == b"# first\n" + new + b"\n# between\n# last"
    assert put_line(b"# first\n" + old, new, config) == b"# first\n" + new + b"\n"


def test_a_line_that_was_commented_out_is_not_ours() -> None:
    config = Path("/a/feeds.toml")
    asleep = b" #" + format_line(["/bin/feeds"], 15, config) + b"\n"
    assert drop_line(asleep, config) == asleep


@given(st.binary(), st.sampled_from(INTERVALS))
def test_whatever_others_wrote_stays(others: bytes, every: int) -> None:
    config = Path("/a/feeds.toml")
    table = put_line(others, format_line(["/bin/feeds"], every, config), config)
    assert drop_line(table, config) in (others, others + b"\n")


# The crontab, installed


def test_installing_says_what_it_did_and_installs_only_a_change(place: Path, table: Path) -> None:
    line = schedule().stdout
    assert schedule("--install").stdout == f"installed in your crontab: {line}"
    assert table.read_text() == line
    assert schedule("--install").stdout == f"already in your crontab: {line}"
    assert (table.parent / "calls").read_text() == "installed\n"
    faster = schedule("--install", "--every", "5").stdout
    assert faster.startswith("replaced in your crontab: */5 * * * * cd ")
    assert len(table.read_text().splitlines()) == 1


def test_removing_leaves_what_others_wrote(place: Path, table: Path) -> None:
    table.write_bytes(FOREIGN)
    (place / "other.toml").write_text((place / CONFIG_NAME).read_text())
    schedule("--install")
    schedule("--install", "-c", "other.toml")
    assert schedule("--remove").stdout == f"removed from your crontab: {place}/feeds.toml\n"
    assert schedule("--remove").stdout == f"was not in your crontab: {place}/feeds.toml\n"
    assert table.read_bytes().startswith(FOREIGN)
    assert b"other.toml" in table.read_bytes()
    schedule("--remove", "-c", "other.toml")
    assert table.read_bytes() == FOREIGN


def test_removing_needs_no_configuration_and_writes_none(place: Path, table: Path) -> None:
    schedule("--install")
    (place / CONFIG_NAME).unlink()
    assert schedule("--remove").stdout.startswith("removed from")
    assert not (place / CONFIG_NAME).exists()


def test_without_cron_the_cure_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))
    said = refused("--install")
    assert said.startswith("crontab: there is no such program: cron is not installed. Install cron")
    assert "--systemd" in said
    assert schedule().stdout.startswith("*/15 ")


def test_what_crontab_says_is_the_cause(place: Path, table: Path) -> None:
    table.write_text("REFUSE\n")
    assert refused("--install") == (
        'crontab: cannot be installed: "-":1: bad minute; errors in crontab file, can\'t install. '
        "Set that right; see with: crontab -l"
    )
    assert table.read_text() == "REFUSE\n"


def test_a_crontab_that_cannot_be_read_is_never_replaced(place: Path, table: Path) -> None:
    program = table.parent / "crontab"
    program.write_text("#!/bin/sh\necho 'You (someone) are not allowed to use this program (crontab)' >&2\nexit 1\n")
    assert "crontab: cannot be read: You (someone) are not allowed" in refused("--install")
    program.write_text("#!/bin/sh\nexit 1\n")
    assert "crontab: cannot be read: no cause was given. Set that right" in refused("--remove")
    program.write_text("#!/no/such/shell\n")
    assert "crontab: cannot be run: No such file or directory. Install cron" in refused("--install")


# The units


def test_units_name_their_files_and_the_commands_that_enable_them(place: Path) -> None:
    text = schedule("--systemd", "--every", "120").stdout
    name = re.search(r"(feeds-\S+-[0-9a-f]{8})\.timer", text)
    assert name is not None
    assert f"# ~/.config/systemd/user/{name[1]}.service\n[Unit]\n" in text
    assert f"# ~/.config/systemd/user/{name[1]}.timer\n[Unit]\n" in text
    assert "Type=oneshot\nNice=10\n" in text
    assert f"WorkingDirectory={place}/\n" in text
    assert f" build --config {place}/feeds.toml --log {place}/.feeds/log\n" in text
    assert "OnCalendar=0/2:00\nPersistent=true\n" in text
    for command in ("daemon-reload", f"enable --now {name[1]}.timer"):
        assert f"#   systemctl --user {command}\n" in text
    assert "#   loginctl enable-linger\n" in text


@pytest.mark.parametrize(("every", "times"), [(1, "*:0/1"), (15, "*:0/15"), (60, "*:00"), (1440, "00:00")])
def test_a_timer_keeps_the_times_of_cron(place: Path, every: int, times: str) -> None:
    assert f"OnCalendar={times}\n" in schedule("--systemd", "--every", str(every)).stdout


def test_units_quote_what_systemd_would_read_otherwise(place: Path) -> None:
    folder = place / '样刊 100% "$HOME" \\n'
    (folder / "archive").mkdir(parents=True)
    (place / CONFIG_NAME).rename(folder / CONFIG_NAME)
    text = schedule("--systemd", "-c", str(folder / CONFIG_NAME)).stdout
    assert f'--config "{place}/样刊 100%% \\"$HOME\\" \\\\n/feeds.toml"' in text
    assert "ExecStart=:/" in text
    assert f'WorkingDirectory={place}/样刊 100%% "$HOME" \\n/\n' in text


def test_units_of_two_configurations_have_two_names(place: Path) -> None:
    (place / "other.toml").write_text((place / CONFIG_NAME).read_text())
    first, second = schedule("--systemd").stdout, schedule("--systemd", "-c", "other.toml").stdout
    assert re.findall(r"user/(\S+)\.service", first) != re.findall(r"user/(\S+)\.service", second)


def test_one_thing_is_done_at_a_time(place: Path) -> None:
    assert "Of --systemd, --install and --remove take one." in misused("--install", "--remove")
    misused("--systemd", "--install")


# The configuration


def test_a_first_configuration_is_written_and_says_what_to_edit(place: Path) -> None:
    (place / CONFIG_NAME).unlink()
    (place / "archive").rmdir()
    result = CliRunner().invoke(schedule_command, [])
    written = (place / CONFIG_NAME).read_text("utf-8")
    assert f"{place}/feeds.toml: written" in result.stderr
    assert f'{place}/feeds.toml: archive "{place}/archive" is no folder. Set archive to' in result.stderr
    line = written.splitlines().index('base_url = "http://localhost:8000/"') + 1
    assert f'{place}/feeds.toml:{line}: base_url "http://localhost:8000/" is an address of' in str(result.exception)
    assert result.stdout == ""
    assert sorted(path.name for path in place.iterdir()) == [CONFIG_NAME]


def test_the_first_configuration_says_what_holds_without_it(place: Path) -> None:
    (place / CONFIG_NAME).unlink()
    assert "written" in schedule("--local").stderr
    assert load_config(place / CONFIG_NAME, {}) == Config(archive=place / "archive", output=place / "public")
    offered = re.sub(r"(?m)^# (?=\w+ = )", "", (place / CONFIG_NAME).read_text("utf-8"))
    assert set(tomllib.loads(offered)) == {"archive", "output", "title", "base_url", "authority", "year"}
    (place / CONFIG_NAME).write_text(offered)
    load_config(place / CONFIG_NAME, {})


def test_a_configuration_that_is_there_is_never_written_over(place: Path) -> None:
    (place / CONFIG_NAME).write_text("# mine\n")
    schedule("--local")
    assert (place / CONFIG_NAME).read_text() == "# mine\n"
    (place / CONFIG_NAME).unlink()
    (place / CONFIG_NAME).symlink_to(place / "nowhere.toml")
    assert "feeds.toml: cannot be written: File exists. Name a configuration" in refused("--local")
    assert not (place / "nowhere.toml").exists()


def test_a_folder_that_is_not_there_is_not_made(place: Path) -> None:
    assert "cannot be written: No such file or directory" in refused("--local", "-c", "nowhere/feeds.toml")
    assert not (place / "nowhere").exists()


def test_the_archive_is_looked_for_beside_the_configuration(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert schedule("-c", str(place / CONFIG_NAME)).stderr == ""
    (place / "archive").rmdir()
    assert "is no folder" in schedule("-c", str(place / CONFIG_NAME)).stderr


@pytest.mark.parametrize("host", ["localhost", "localhost.:80", "127.0.0.1:8000", "127.1", "[::1]:8000"])
def test_an_address_of_this_machine_is_refused_with_its_line(place: Path, host: str) -> None:
    (place / CONFIG_NAME).write_text(f'title = "x"\nbase_url = "http://{host}/"\n')
    for words in ([], ["--install"], ["--systemd"]):
        said = refused(*words)
        assert said.startswith(f'{place}/feeds.toml:2: base_url "http://{host}/" is an address of this machine only')
        assert "Edit this line, naming where public is served; or run with --local" in said
    assert schedule("--local").stdout.startswith("*/15")


def test_where_no_line_sets_base_url_one_is_to_be_added(place: Path) -> None:
    (place / CONFIG_NAME).write_text('title = "x"\n')
    assert 'Add a line such as base_url = "https://example.org/feeds/"' in refused()


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "127.example.org", "192.168.0.7"])
def test_any_other_address_will_do(place: Path, host: str) -> None:
    (place / CONFIG_NAME).write_text(f'base_url = "https://{host}/"\n')
    assert schedule().stdout.startswith("*/15")


def test_a_wrong_configuration_is_not_scheduled(place: Path) -> None:
    (place / CONFIG_NAME).write_text("limt = 3\n")
    assert 'feeds.toml:1: no such setting: "limt"' in refused()
