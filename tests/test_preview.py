"""`feeds preview`: which feed is meant, what is printed, what is said when there is none."""

from __future__ import annotations

import json
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result
from wcwidth import wcswidth

from feeds.cli import main
from feeds.cli.preview import READERS as NAMES
from feeds.readers import READERS
from tests.articles import article_bytes
from tests.reader_samples import ATOM_ENTRIES, DATE, JSON_ITEMS, RSS_ITEMS, atom, json_feed, rss


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["preview", *words], prog_name="feeds")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one article, built, and the working folder."""
    (tmp_path / "archive/金融/辰汐").mkdir(parents=True)
    body = '<p><img src="https://img.example.com/1.jpg">河口的两座新码头今天启用，货轮不再等潮水。</p>'
    (tmp_path / "archive/金融/辰汐/a.md").write_bytes(article_bytes(body=body))
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["build", "-q"])
    return tmp_path


def first_category(folder: Path) -> str:
    """The first category of the output, its levels joined."""
    feeds = json.loads((folder / "public/.feeds-manifest.json").read_bytes())["feeds"]
    return next("/".join(feed["category"]) for feed in feeds if feed["category"])


class Quiet(SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the standard library
        pass


def test_the_names_on_the_command_line_are_the_rows_of_the_table() -> None:
    assert tuple(reader.name for reader in READERS) == NAMES


def test_a_category_is_found_by_its_levels_or_its_folder(folder: Path) -> None:
    category = first_category(folder).split("/")
    for name in ("/".join(category), " > ".join(category), f"{'/'.join(category)}/"):
        done = run(name)
        assert done.exit_code == 0, done.output
        assert done.output.startswith(f"public/{'/'.join(category)}/rss.xml\n")


def test_a_folder_and_a_format_and_a_configured_name(folder: Path) -> None:
    assert run("public").output.startswith("public/rss.xml\nRSS 2.0, 1 entry, ")
    assert run("public", "--format", "json").output.startswith("public/feed.json\nJSON Feed, 1 entry, ")
    (folder / "feeds.toml").write_text('formats = ["atom"]\n[paths]\natom = "feed.atom"\n')
    CliRunner().invoke(main, ["build", "-q"])
    assert run("public").output.startswith("public/feed.atom\nAtom 1.0, 1 entry, ")


def test_what_is_no_feed_is_said_with_its_cure(folder: Path) -> None:
    assert "no file, and no category of public" in run("体育").output
    assert run("public/index.html").output == (
        "feeds: public/index.html: no feed that can be shown: an HTML page. Name an RSS 2.0, Atom 1.0 or JSON feed.\n"
    )
    assert "holds no rss.xml or atom.xml or feed.json. Build it, or name a file" in run("archive").output
    assert run("体育").exit_code == 1
    assert run().exit_code == 2
    assert run("public", "--as", "lynx").exit_code == 2


def test_a_category_may_look_like_an_address_or_share_its_name_with_a_folder(folder: Path) -> None:
    (folder / "archive/b.md").write_bytes(article_bytes(title="b", categories=["'Python: tips'"]))
    CliRunner().invoke(main, ["build", "-q"])
    assert "RSS 2.0, 1 entry" in run("Python: tips").output
    (folder / "金融").mkdir()
    assert "RSS 2.0, 1 entry" in run(first_category(folder)).output


def test_an_address_is_fetched(folder: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "public"))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert run(f"{address}/atom.xml").output.startswith(f"{address}/atom.xml\nAtom 1.0, 1 entry, ")
        assert run(f"{address}/none.xml").output == (
            f"feeds: {address}/none.xml: nothing is published there. Correct the address.\n"
        )
        server.shutdown()


def test_a_value_stays_on_its_line_and_says_nothing_to_the_terminal(tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    picture = f'<img src="data:image/png;base64,{"A" * 5000}">'
    feed.write_bytes(json_feed({"id": "a\nb\x1b[31m", "title": "t\nu", "content_html": picture}))
    printed = run(str(feed), "--as", "netnewswire").output
    assert "\x1b" not in printed
    assert "id          id                a b[31m\n" in printed
    assert max(map(len, printed.splitlines())) < 300


def test_a_near_name_is_suggested(folder: Path) -> None:
    category = first_category(folder).split("/")
    assert f'did you mean "{"/".join(category)}"?' in run("/".join(category) + "x").output


@pytest.mark.parametrize("reader", NAMES)
@pytest.mark.parametrize(
    "data", [rss(*RSS_ITEMS), atom(*ATOM_ENTRIES), json_feed(*JSON_ITEMS)], ids=["rss", "atom", "json"]
)
def test_any_feed_is_shown_within_eighty_columns_but_for_ids_and_addresses(
    tmp_path: Path, reader: str, data: bytes
) -> None:
    feed = tmp_path / "feed"
    feed.write_bytes(data)
    done = run(str(feed), "--as", reader)
    assert done.exit_code == 0, done.output
    for line in done.output.splitlines()[1:]:
        assert wcswidth(line) <= 80 or "://" in line or "tag:" in line


def test_an_entry_says_where_each_value_came_from(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss(*RSS_ITEMS))
    lines = [line.split() for line in run(str(feed), "--as", "miniflux", "-n", "1").output.splitlines()]
    assert ["id", "guid", "SHA-256", "of", "tag:a.example,2020:1"] in lines
    assert ["date", "dc:date", "2019-12-31", "16:00:00", "GMT"] in lines
    assert ["author", "dc:creator", "Bob"] in lines
    assert ["picture", "media:thumbnail", "http://a.example/t.jpg"] in lines
    assert ["body", "http://a.example/b.png"] in lines
    assert ["body", "content:encoded", "全文"] in lines
    assert ["…", "and", "3", "more:", "-n", "4"] in lines


def test_without_a_reader_the_differences_are_shown(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss(f"<guid>http://a.example/1</guid><title>a</title>{DATE}<category>a, b</category>"))
    printed = run(str(feed)).output
    lines = [line.split() for line in printed.splitlines()]
    assert ["id", "guid", "all"] in lines
    assert ["category", "miniflux,", "freshrss"] in lines
    assert 'FreshRSS: entry 1\n      splits the category "a, b" at its commas\n' in printed


def test_a_feed_with_which_nothing_is_wrong_says_so(folder: Path) -> None:
    assert run("public").output.endswith("\nDone badly: nothing that is known\n")


def test_what_stands_beside_its_entry_is_not_said_again(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss(*(f"<guid>http://a.example/{n}</guid><title>a</title>" for n in range(7))))
    printed = run(str(feed), "--as", "newsboat").output
    assert printed.count("! finds no date") == 5
    assert printed.endswith(
        "\nDone badly\n  newsboat: entries 6, 7\n      finds no date: it is dated by when it is fetched\n"
    )
    assert "Done badly" not in run(str(feed), "--as", "newsboat", "-n", "7").output


def test_json_has_all_entries_of_all_readers(tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_bytes(json_feed(*JSON_ITEMS))
    answer = json.loads(run(str(feed), "--json").output)
    assert [view["reader"] for view in answer["readers"]] == list(NAMES)
    assert [len(view["entries"]) for view in answer["readers"]] == [0, 2, 2, 2, 2]
    miniflux = answer["readers"][2]["entries"][0]
    assert miniflux["id"] == {"value": "tag:a.example,2020:1", "from": "id", "kept_as": "SHA-256"}
    assert miniflux["date"]["value"] == "2022-07-30T04:27:58+00:00"
    assert answer["readers"][0]["doubts"] == [{"kind": "unread", "entry": None, "text": "reads no JSON Feed"}]
    assert len(json.loads(run(str(feed), "--json", "-n", "1").output)["readers"][1]["entries"]) == 1


def test_the_table_is_shown_whole_or_by_one_reader() -> None:
    whole = run("--rules").output
    assert [line for line in whole.splitlines() if "--as" in line] == [
        f"{reader.title} ({reader.version}), --as {reader.name}" for reader in READERS
    ]
    assert all(len(line) <= 80 for line in whole.splitlines())
    assert run("--rules", "--as", "reader").output in whole
