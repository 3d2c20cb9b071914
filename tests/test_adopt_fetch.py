from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import feeds
from feeds.adopt import fetch, fetch_feed
from feeds.errors import FeedsError

FEED = b"<rss version='2.0'><channel><title>Pier</title></channel></rss>"
STOP = Event()
"""Ends the answers that would never end."""


class Answers(BaseHTTPRequestHandler):
    """Each path is a way of answering."""

    seen: dict[str, str]

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        answer: Callable[[], None] = getattr(self, "answer_" + self.path.partition("?")[0].strip("/"))
        answer()

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_feed(self) -> None:
        self.send(200, FEED)

    def answer_packed(self) -> None:
        self.send(200, gzip.compress(FEED), Content_Encoding="GZIP")

    def answer_cut(self) -> None:
        self.send(200, gzip.compress(FEED)[:-9], Content_Encoding="gzip")

    def answer_unpacked(self) -> None:
        self.send(200, FEED, Content_Encoding="gzip")

    def answer_bomb(self) -> None:
        self.send(200, gzip.compress(bytes(100_000)), Content_Encoding="gzip")

    def answer_large(self) -> None:
        self.send(200, bytes(100_000))

    def answer_gone(self) -> None:
        self.send(410, b"gone")

    def answer_missing(self) -> None:
        self.send(404, b"<html>nothing here</html>")

    def answer_failing(self) -> None:
        self.send(500, b"<html>sorry</html>")

    def answer_forbidden(self) -> None:
        self.send(403)

    def answer_empty(self) -> None:
        self.send(204)

    def answer_moved(self) -> None:
        self.send(301, Location="/feed")

    def answer_lost(self) -> None:
        self.send(302, Location="/missing")

    def answer_circle(self) -> None:
        self.send(302, Location="/circle")

    def answer_file(self) -> None:
        self.send(302, Location=Path(__file__).as_uri())

    def answer_ftp(self) -> None:
        self.send(302, Location="ftp://127.0.0.1/feed.xml")

    def answer_short(self) -> None:
        self.send(200, FEED, Content_Length="1000")

    def answer_chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"64\r\n" + FEED)
        self.close_connection = True

    def answer_silent(self) -> None:
        STOP.wait(10)

    def answer_slow(self) -> None:
        self.send(200, FEED[:5], Content_Length=str(len(FEED)))
        STOP.wait(10)

    def answer_babble(self) -> None:
        self.wfile.write(b"220 mail.example.com ESMTP\r\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name it has
        """Say nothing."""


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a proxy of the machine out of the way."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve `Answers`; return its address, which ends with `/`."""
    STOP.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        STOP.set()
        running.shutdown()
        thread.join()


def refusal(place: str) -> str:
    with pytest.raises(FeedsError) as caught:
        fetch_feed(place)
    assert type(caught.value) is FeedsError
    assert caught.value.path == place
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value.message


def test_a_file_is_read(tmp_path: Path) -> None:
    place = tmp_path / "feed.xml"
    place.write_bytes(FEED)
    assert fetch_feed(str(place)) == FEED


def test_a_path_with_a_colon_is_read_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a:b.xml").write_bytes(FEED)
    monkeypatch.chdir(tmp_path)
    assert fetch_feed("./a:b.xml") == FEED


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "none.xml")) == "there is no such file"


@pytest.mark.parametrize("name", ["", "feed.xml/none.xml", "\0"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    assert refusal(f"{tmp_path}/{name}").startswith("cannot be read: ")


@pytest.mark.parametrize(
    "place", ["file:///etc/hostname", "FILE:a.xml", "ftp://example.com/feed.xml", "data:,a", "feed:x"]
)
def test_other_kinds_of_address_are_refused(place: str) -> None:
    assert "is no kind of address that feeds are read from" in refusal(place)


@pytest.mark.parametrize("place", ["http://", "https://[x/feed", "http://example.com:port/", "http:feed.xml"])
def test_what_only_looks_like_an_address_is_refused(place: str) -> None:
    assert refusal(place) == "no web address"


def test_an_address_is_fetched(server: str) -> None:
    assert fetch_feed(f"{server}feed") == FEED


def test_an_address_may_have_letters_that_need_encoding(server: str) -> None:
    assert fetch_feed(f"{server}feed?图=1 2#top") == FEED


def test_the_server_learns_who_asks_and_that_it_may_pack(server: str) -> None:
    fetch_feed(f"{server}feed")
    assert Answers.seen["User-Agent"] == f"feeds/{feeds.__version__}"
    assert Answers.seen["Accept-Encoding"] == "gzip"


def test_what_the_server_packed_is_unpacked(server: str) -> None:
    assert fetch_feed(f"{server}packed") == FEED


def test_a_redirection_is_followed(server: str) -> None:
    assert fetch_feed(f"{server}moved") == FEED


@pytest.mark.parametrize("name", ["missing", "gone", "lost"])
def test_where_nothing_is_nothing_was_published(server: str, name: str) -> None:
    assert fetch_feed(server + name) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("failing", "the server answers 500 Internal Server Error"),
        ("forbidden", "the server answers 403 Forbidden"),
        ("empty", "the server answers 204 No Content"),
    ],
)
def test_another_answer_is_refused(server: str, name: str, message: str) -> None:
    assert refusal(server + name) == message


@pytest.mark.parametrize("name", ["circle", "file"])
def test_a_redirection_in_circles_or_to_a_file_is_refused(server: str, name: str) -> None:
    assert refusal(server + name).startswith("the server answers 302 ")


@pytest.mark.parametrize("name", ["ftp", "short", "chunked", "cut", "unpacked", "babble"])
def test_a_failure_on_the_way_is_refused(server: str, name: str) -> None:
    assert refusal(server + name).startswith("the feed cannot be fetched: ")


@pytest.mark.parametrize("name", ["silent", "slow"])
def test_a_server_that_falls_silent_is_refused(server: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TIMEOUT_SECONDS", 0.1)
    assert refusal(server + name) == "the feed cannot be fetched: no answer within 0.1 seconds"


def test_where_nobody_listens_is_refused() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        assert refusal(place) == "the feed cannot be fetched: Connection refused"


@pytest.mark.parametrize("name", ["large", "bomb"])
def test_what_is_too_large_is_refused_packed_or_not(server: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 50_000)
    assert refusal(server + name).startswith("larger than ")


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", len(FEED))
    place = tmp_path / "feed.xml"
    place.write_bytes(FEED)
    assert fetch_feed(str(place)) == FEED
    place.write_bytes(FEED + b" ")
    assert refusal(str(place)).startswith("larger than ")
