"""`feeds serve`: what comes over a real socket, while files change; what is said; how it ends."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest

from feeds.cli.listener import Listener, Told, addresses_of
from feeds.cli.session import Session, _tell_request
from feeds.config import Config, load_places
from feeds.errors import FeedsError
from feeds.pipeline.hosting import find_site, open_site
from tests.articles import article_bytes

ROOT = str(Path(__file__).parent.parent)
RSS = f"<rss>{'河口的两座新码头今天启用。' * 100}</rss>".encode()
Answer = tuple[int, dict[str, str], bytes]


def ask(port: int, path: str, method: str = "GET", **conditions: str) -> Answer:
    """Send a request with a path as it is, and nothing that nobody asked for; header names in lower case."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in conditions.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@contextmanager
def served(
    output: Path, prefix: str = "/", tell: Told | None = None, clock: Callable[[], float] = lambda: time.time() + 1
) -> Iterator[int]:
    """Serve a folder as one second from now, when what was written just now has settled."""
    listener = Listener("127.0.0.1", 0)
    listener.serve(open_site(find_site(Config(output=output)), prefix, clock), tell)
    try:
        yield listener.port
    finally:
        listener.close()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "金融").mkdir(parents=True)
    (folder / "pictures").mkdir()
    (folder / "rss.xml").write_bytes(RSS)
    (folder / "金融/rss.xml").write_bytes(b"<rss/>")
    (folder / "金融/index.html").write_text("<p>金融", "utf-8")
    (folder / "pictures/a.png").write_bytes(b"\x89PNG" * 500)
    return folder


@pytest.fixture
def port(output: Path) -> Iterator[int]:
    with served(output) as port:
        yield port


def test_a_feed_comes_whole_with_type_charset_and_what_to_ask_by_next_time(port: int) -> None:
    status, headers, body = ask(port, "/rss.xml")
    assert (status, body) == (200, RSS)
    assert headers["content-type"] == "application/xml; charset=utf-8"
    assert headers["content-length"] == str(len(RSS))
    assert headers["etag"].startswith('"')
    assert headers["last-modified"].endswith(" GMT")
    assert headers["cache-control"] == "no-cache"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["x-content-type-options"] == "nosniff"


def test_head_says_the_same_and_sends_nothing(port: int) -> None:
    got, asked = ask(port, "/rss.xml"), ask(port, "/rss.xml", "HEAD")
    assert (asked[0], asked[2]) == (200, b"")
    assert {**asked[1], "date": ""} == {**got[1], "date": ""}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_an_unchanged_file_is_a_304_with_nothing_in_it(port: int, encoding: str) -> None:
    _, headers, _ = ask(port, "/rss.xml", Accept_Encoding=encoding)
    tag, changed = headers["etag"], headers["last-modified"]
    for conditions in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"other", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": changed},
        {"If_None_Match": tag, "If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        status, told, body = ask(port, "/rss.xml", Accept_Encoding=encoding, **conditions)
        assert (status, body) == (304, b""), conditions
        assert told["etag"] == tag
        assert told["vary"] == "Accept-Encoding"
        assert "content-type" not in told
    assert ask(port, "/rss.xml", "HEAD", Accept_Encoding=encoding, If_None_Match=tag)[0] == 304


def test_a_tag_counts_before_a_time(port: int) -> None:
    changed = ask(port, "/rss.xml")[1]["last-modified"]
    assert ask(port, "/rss.xml", If_None_Match='"other"', If_Modified_Since=changed)[0] == 200
    assert ask(port, "/rss.xml", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")[0] == 200
    assert ask(port, "/rss.xml", If_Modified_Since="yesterday")[0] == 200


def test_no_time_is_told_in_the_second_of_the_change(output: Path) -> None:
    """Another version may have the same: curl, and so newsboat, would not take it for another."""
    (output / "rss.xml").write_bytes(RSS)
    os.utime(output / "rss.xml", (1000.1, 1000.1))
    seconds = iter((1000.9, 1000.9, 1001.0))
    with served(output, clock=lambda: next(seconds)) as port:
        _, first, _ = ask(port, "/rss.xml")
        assert "last-modified" not in first
        assert ask(port, "/rss.xml", If_None_Match=first["etag"])[0] == 304
        assert ask(port, "/rss.xml")[1]["last-modified"] == "Thu, 01 Jan 1970 00:16:40 GMT"


def test_a_tag_is_that_of_the_bytes(port: int, output: Path) -> None:
    tag = ask(port, "/rss.xml")[1]["etag"]
    os.utime(output / "rss.xml", (0, 0))
    assert ask(port, "/rss.xml", If_None_Match=tag)[0] == 304
    (output / "rss.xml").write_bytes(RSS.replace("两座".encode(), "三座".encode()))
    os.utime(output / "rss.xml", (0, 0))
    assert ask(port, "/rss.xml", If_None_Match=tag)[0] == 200


def test_what_compresses_is_compressed_for_those_who_take_it(port: int) -> None:
    plain = ask(port, "/rss.xml")[1]["etag"]
    for accepted in ("gzip", "deflate, gzip;q=0.5", "*"):
        _, headers, body = ask(port, "/rss.xml", Accept_Encoding=accepted)
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(body) == RSS
        assert headers["content-length"] == str(len(body))
        assert headers["etag"] != plain
    assert ask(port, "/rss.xml", Accept_Encoding="gzip")[2] == ask(port, "/rss.xml", Accept_Encoding="gzip")[2]
    for refused in ("gzip;q=0", "identity", "br", ""):
        assert ask(port, "/rss.xml", Accept_Encoding=refused)[2] == RSS


def test_what_does_not_pay_is_not_compressed(port: int) -> None:
    assert "content-encoding" not in ask(port, f"/{quote('金融')}/rss.xml", Accept_Encoding="gzip")[1]
    _, headers, body = ask(port, "/pictures/a.png", Accept_Encoding="gzip")
    assert "content-encoding" not in headers
    assert "vary" not in headers
    assert len(body) == 2000
    assert "sandbox" in headers["content-security-policy"]


def test_a_range_may_be_passed_over(port: int) -> None:
    status, _, body = ask(port, "/rss.xml", Range="bytes=0-4")
    assert (status, body) == (200, RSS)


def test_a_folder_shows_its_index_and_is_led_to_by_its_name(port: int, output: Path) -> None:
    folder = quote("/金融")
    assert ask(port, folder + "/")[2] == "<p>金融".encode()
    status, headers, _ = ask(port, folder + "?a=b%20c")
    assert (status, headers["location"], headers["cache-control"]) == (301, f"{folder}/?a=b%20c", "no-cache")
    (output / "empty").mkdir()
    assert ask(port, "/empty/")[0] == 404
    assert ask(port, "/rss.xml/")[0] == 404


def test_an_address_in_raw_utf_8_is_the_same_as_encoded(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Browsers encode it, some readers and scripts do not; 充 and 者 hold bytes that are blanks in Latin-1."""
    (output / "充者 a").mkdir()
    (output / "充者 a/index.html").write_bytes(b"here")
    with served(output, tell=_tell_request) as port:
        for path, status, body in (
            ("/金融/rss.xml", 200, b"<rss/>"),
            ("/充者%20a/?充=者", 200, b"here"),
            ("/金融", 301, b""),
            ("/没有", 404, "404 Not Found: /没有\n".encode()),
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(f"GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
                answer = connection.makefile("rb").read()
            assert answer.startswith(b"HTTP/1.1 %d " % status), path
            assert answer.endswith(body), path
            assert status != 301 or f"Location: {quote('/金融/')}\r\n".encode() in answer
    printed = [line.split(" ", 1)[1] for line in capsys.readouterr().out.splitlines()]
    assert printed == ["200 GET /金融/rss.xml", "200 GET /充者 a/?充=者", "301 GET /金融", "404 GET /没有"]


def test_below_the_path_of_an_address_and_nowhere_else(output: Path) -> None:
    with served(output, "/订 阅/") as port:
        place = quote("/订 阅")
        assert ask(port, f"{place}/rss.xml")[2] == RSS
        assert ask(port, f"{place}/{quote('金融')}/")[0] == 200
        assert ask(port, "/rss.xml")[0] == 404
        for path in ("/", place):
            assert ask(port, path)[1]["location"] == f"{place}/"


def test_a_page_that_is_not_there_says_so_plainly(port: int) -> None:
    status, headers, body = ask(port, quote("/没有<b>.xml"))
    assert (status, headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert body.decode() == "404 Not Found: /没有<b>.xml\n"
    assert "etag" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_only_looking_is_allowed(port: int, method: str) -> None:
    status, headers, _ = ask(port, "/rss.xml", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%E9%87%91%E8%9E%8D/../../secret.txt",
        "/..%5csecret.txt",
        "/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "//etc/passwd",
        "/./rss.xml",
        "/link.txt",
        "/folder/secret.txt",
        "/folder/",
        "/folder",
        "/rss.xml%00",
        "/%00",
        "/a%00/../rss.xml",
        "/loop",
        "/pipe",
        "/%ff%fe",
        "/" + "a" * 300,
        "/" + "a/" * 3000,
    ],
)
def test_nothing_outside_the_output_is_ever_shown(port: int, output: Path, path: str) -> None:
    (output.parent / "secret.txt").write_text("secret", "utf-8")
    (output.parent / "public-not").mkdir()
    (output / "link.txt").symlink_to(output.parent / "secret.txt")
    (output / "folder").symlink_to(output.parent)
    (output / "loop").symlink_to("loop")
    os.mkfifo(output / "pipe")
    status, _, body = ask(port, path)
    assert status == 404
    assert b"secret\n" not in body
    assert b"root:" not in body


def test_links_within_the_output_and_to_it_are_followed(tmp_path: Path, output: Path) -> None:
    (output / "same.xml").symlink_to(output / "rss.xml")
    (tmp_path / "current").symlink_to(output)
    with served(tmp_path / "current") as port:
        assert ask(port, "/same.xml")[2] == RSS


def test_what_may_not_be_read_is_forbidden(port: int, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:  # whom no mode keeps out

        def refuse(*words: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("builtins.open", refuse)
    else:
        (output / "rss.xml").chmod(0)
    assert ask(port, "/rss.xml")[0] == 403


@pytest.mark.long
def test_files_that_are_replaced_all_the_time_come_whole(port: int, output: Path) -> None:
    """Each answer is one version: its length, its tag and its bytes belong together."""
    is_over = Event()
    versions = [f"<rss>{'y' * size}</rss>".encode() for size in (10, 3_000, 300_000, 70_000)]
    (output / "rss.xml").write_bytes(versions[0])

    def replace() -> None:
        while not is_over.is_set():
            for version in versions:
                (output / "rss.tmp").write_bytes(version)
                (output / "rss.tmp").replace(output / "rss.xml")

    def look(_: int) -> tuple[int, str, bytes]:
        status, headers, body = ask(port, "/rss.xml")
        assert int(headers["content-length"]) == len(body)
        return status, headers["etag"], body

    writer = Thread(target=replace)
    writer.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(look, range(200)))
    finally:
        is_over.set()
        writer.join()
    assert {status for status, _, _ in answers} == {200}
    assert {body for _, _, body in answers} <= set(versions)
    assert len({tag for _, tag, _ in answers}) == len({body for _, _, body in answers}) > 1


@pytest.mark.long
def test_many_conditional_requests_at_once(port: int) -> None:
    tag = ask(port, "/rss.xml")[1]["etag"]
    with ThreadPoolExecutor(32) as pool:
        statuses = list(pool.map(lambda _: ask(port, "/rss.xml", If_None_Match=tag)[0], range(400)))
    assert set(statuses) == {304}


def test_a_port_in_use_is_an_error_with_its_cure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(FeedsError) as raised:
            Listener("127.0.0.1", number)
    assert str(raised.value) == f'port {number} of "127.0.0.1" is in use. Take another: feeds serve --port {number + 1}'


def test_a_host_that_is_none_is_an_error() -> None:
    with pytest.raises(FeedsError, match=r'host "192.0.2.1" cannot be served'):
        Listener("192.0.2.1", 0)
    with pytest.raises(FeedsError, match=r'host "no such host" cannot be served'):
        Listener("no such host", 0)


def send(port: int, request: bytes) -> bytes:
    """Send bytes as they are, and answer the first line that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize(
    ("request_bytes", "status", "said"),
    [
        (b"GARBAGE\r\n\r\n", 400, "(no request that could be read)"),
        (b"GET / HTTP/9.9\r\n\r\n", 505, "(no request that could be read)"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x1b[2J \x00\n", 400, "(no request that could be read)"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414, "(no request that could be read)"),
        (b"GET /x HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431, "GET /x"),
        (b"GET /x HTTP/1.1\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", 431, "GET /x"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", 400, "GET http://["),
        (b"G\x1b[2J /%1b]0;x%07%0a\x9b1m HTTP/1.1\r\n\r\n", 405, r"G\x1b[2J /\x1b]0;x\x07\x0a\x9b1m"),
        (
            b"GET /x HTTP/1.1\r\nUser-Agent: a\x1b[2J\x9b1m\x7f\r\n 12:00:00 200\r\n\r\n",
            404,
            r"GET /x  a\x1b[2J\x9b1m\x7f\x0d\x0a 12:00:00 200",
        ),
    ],
)
def test_no_client_prints_more_than_a_clean_line(
    output: Path, capfd: pytest.CaptureFixture[str], request_bytes: bytes, status: int, said: str
) -> None:
    with served(output, tell=_tell_request) as port:
        assert send(port, request_bytes).split()[1] == str(status).encode()
    printed = capfd.readouterr()
    assert printed.err == ""
    assert re.fullmatch(r"\d\d:\d\d:\d\d " + re.escape(f"{status} {said}\n"), printed.out)


# The command


class Running:
    """`feeds serve` as a user runs it, its words collected."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.said, self.complained = folder / "said", folder / "complained"
        with self.said.open("wb") as out, self.complained.open("wb") as complaints:
            command = [sys.executable, "-m", "feeds", "serve", *words]
            environment = {**os.environ, "PYTHONPATH": ROOT, "HOME": str(folder)}
            self._process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=complaints, env=environment)

    def wait_for(self, words: str, *, times: int = 1, complained: bool = False) -> str:
        """Wait until something is said so many times, and answer all that was."""
        place = self.complained if complained else self.said
        for _ in range(400):
            text = place.read_text("utf-8")
            if text.count(words) >= times:
                return text
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        pytest.fail(f"never said: {words!r}\n{self.said.read_text('utf-8')}{self.complained.read_text('utf-8')}")

    def end(self, number: int = signal.SIGINT) -> int:
        self._process.send_signal(number)
        return self._process.wait(timeout=10)


@contextmanager
def running(folder: Path, *words: str) -> Iterator[Running]:
    server = Running(folder, *words)
    try:
        yield server
    finally:
        server._process.kill()
        server._process.wait(timeout=10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/a.md").write_bytes(article_bytes(title="码头启用"))
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_to_look_and_ends_in_peace(output: Path, number: int) -> None:
    port = free_port()
    with running(output.parent, "--port", str(port), "-v") as server:
        text = server.wait_for("Ctrl-C")
        assert f"look       http://127.0.0.1:{port}/\n" in text
        assert f"subscribe  http://127.0.0.1:{port}/rss.xml\n" in text
        assert f"echo http://127.0.0.1:{port}/rss.xml >> ~/.newsboat/urls; newsboat -r" in text
        assert ask(port, quote("/金融/rss.xml"), User_Agent="a reader")[0] == 200
        assert "200 GET /金融/rss.xml  a reader" in server.wait_for("a reader")
        complaint = server.complained.read_text("utf-8")
        assert complaint.count("base_url") == 1
        assert f"feeds serve --build --port {port}" in complaint
        assert server.end(number) == 0
        assert "Traceback" not in server.complained.read_text("utf-8")


def test_on_all_addresses_it_says_by_which_others_come(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(output.parent)
    monkeypatch.setattr("feeds.cli.session.addresses_of", lambda host: ("192.0.2.7", "2001:db8::7"))
    with closing(Listener("0.0.0.0", 0)) as listener:
        here, there = f"http://127.0.0.1:{listener.port}/", f"http://192.0.2.7:{listener.port}/"
        for base_url, look, prefix in (("http://x.example/", here, "/"), (f"{there}a/", f"{there}a/", "/a/")):
            config = Config(output=output, base_url=base_url)
            loaded = (config, load_places(None, {}))
            session = Session(
                lambda loaded=loaded: loaded,  # type: ignore[misc]
                listener,
                has_feed_types=False,
                builds=False,
                is_verbose=False,
            )
            listener.serve = lambda application, tell: None  # type: ignore[method-assign]
            session.begin(*loaded)
            printed = capsys.readouterr()
            assert f"look       {look}\n" in printed.out
            assert f"network    {there.rstrip('/')}{prefix}\n" in printed.out
            assert f"           http://[2001:db8::7]:{listener.port}{prefix}\n" in printed.out
            assert ("not here" in printed.err) == (look == here)


def test_addresses_are_those_of_the_interfaces() -> None:
    assert addresses_of("127.0.0.1") == ()
    assert not {"0.0.0.0", "::", "127.0.0.1", "::1"} & {*addresses_of("0.0.0.0"), *addresses_of("::")}


def test_what_cannot_be_built_at_first_is_not_served(home: Path) -> None:
    (home / "archive").rename(home / "away")
    done = subprocess.run(
        [sys.executable, "-m", "feeds", "serve", "--build", "--port", str(free_port())],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert done.returncode == 1
    assert "archive: no such folder" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_nothing_built_is_an_error_with_its_cure(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "feeds", "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "feeds: public: no such folder. Build first: feeds build; or do both: feeds serve --build\n"


@pytest.mark.long
def test_it_builds_and_builds_again_whatever_goes_wrong_in_between(home: Path) -> None:
    port = free_port()
    with running(home, "--build", "--port", str(port)) as server:
        assert f"look       http://localhost:{port}/\n" in server.wait_for("Ctrl-C")
        assert f"http://localhost:{port}/rss.xml".encode() in ask(port, "/rss.xml")[2]
        assert "base_url" not in server.complained.read_text("utf-8")

        (home / "archive/b.md").write_bytes(article_bytes(title="冷库开张", body="<p>冷库今天开张。</p>"))
        text = server.wait_for("  in the whole, News, News/Harbour Ledger, ")
        assert re.search(r"\d\d:\d\d:\d\d (archive/b.md|meanwhile)\n  public: 4 feeds changed, 1 new article,", text)
        assert "冷库开张".encode() in ask(port, "/rss.xml")[2]

        (home / "feeds.toml").write_text('titel = "错"\n', "utf-8")
        server.wait_for('no such setting: "titel"', complained=True)
        assert ask(port, "/rss.xml")[0] == 200

        (home / "feeds.toml").write_text('title = "新刊"\n[paths]\nrss = "all.xml"\n', "utf-8")
        server.wait_for("feeds.toml\n  public: ")
        status, headers, body = ask(port, "/all.xml")
        assert (status, headers["content-type"]) == (200, "application/xml; charset=utf-8")
        assert "新刊".encode() in body

        (home / "archive").rename(home / "away")
        server.wait_for("no such folder", complained=True)
        assert ask(port, "/all.xml")[2] == body

        (home / "away").rename(home / "archive")
        server.wait_for(" archive\n  public: nothing changed")
        (home / "archive/c.md").write_bytes(article_bytes(title="轮渡停航", body="<p>轮渡今天停航。</p>"))
        server.wait_for("public: 4 feeds changed, 1 new article,", times=3)
        assert "轮渡停航".encode() in ask(port, "/all.xml")[2]
        assert server.end() == 0


def test_the_address_of_the_configuration_is_where_it_is_served_if_it_is_here(home: Path) -> None:
    port = free_port()
    (home / "feeds.toml").write_text(f'base_url = "http://localhost:{port}/订阅/"\n', "utf-8")
    with running(home, "--build") as server:
        assert f"look       http://localhost:{port}/{quote('订阅')}/\n" in server.wait_for("Ctrl-C")
        assert ask(port, quote("/订阅/rss.xml"))[0] == 200
        assert "base_url" not in server.complained.read_text("utf-8")


def test_an_address_elsewhere_is_said_once_with_what_would_lead_here(home: Path) -> None:
    port = free_port()
    (home / "feeds.toml").write_text('base_url = "https://feeds.example.org/news/"\n', "utf-8")
    with running(home, "--build", "--port", str(port)) as server:
        assert f"subscribe  http://127.0.0.1:{port}/rss.xml\n" in server.wait_for("Ctrl-C")
        cure = f"feeds serve --build --base-url http://localhost:{port}/ --port {port} trial\n"
        assert server.wait_for("base_url", complained=True).endswith(cure)
        assert b"https://feeds.example.org/news/rss.xml" in ask(port, "/rss.xml")[2]


@pytest.mark.long
def test_what_it_prints_into_the_archive_does_not_set_it_going_for_ever(home: Path) -> None:
    (home / "feeds.toml").write_text('archive = "."\n', "utf-8")
    with running(home, "--build", "--port", str(free_port()), "-v") as server:
        server.wait_for("Ctrl-C")
        (home / "b.md").write_bytes(article_bytes(title="冷库开张", body="<p>冷库今天开张。</p>"))
        text = server.wait_for("  in the whole")
        (home / "notes.log").write_text("x", "utf-8")
        time.sleep(1.5)
        assert server.said.read_text("utf-8") == text
        assert server.end() == 0
