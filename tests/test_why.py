"""`feeds why`: one article, all that decided how its entry looks, and the table that would decide otherwise."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.config import load_config
from tests.articles import article_bytes, write

BODY = """<div>
<p>◎记者 张三</p>
<p>港口管理局周五宣布，新码头将于明年春天开放，届时可以停靠十二艘货轮。</p>
<div class="qr"><img src="https://media.example.com/code.png"><p>扫码下载港口客户端</p></div>
<img src="https://media.example.com/quay.jpg">
</div>"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay an archive of two articles, and stand beside it."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "archive"
    write(root, "News/quay.md", article_bytes(title="'The new quay'", headimg=None, body=BODY))
    write(root, "News/tide.md", article_bytes(title="'The new tide'", date="Sat, 30 Jul 2022 12:00:00 GMT"))
    write(root, "News/draft.md", article_bytes(title="'Not yet'", date="Invalid Date"))
    return root


def why(*words: str) -> Result:
    return CliRunner().invoke(main, ["why", *words])


def answer(*words: str) -> Any:
    result = why("--json", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("question", ["archive/News/quay.md", "News/quay.md", "new quay", "THE QUAY", "The new quay"])
def test_an_article_is_found_by_its_file_and_by_words_of_its_title(question: str) -> None:
    assert answer(*question.split(" "))["path"] == "News/quay.md"


@pytest.mark.usefixtures("archive")
def test_an_article_is_found_by_its_id_and_by_the_address_of_its_page() -> None:
    found = answer("new quay")
    (page,) = [value["value"] for value in found["values"] if value["name"] == "link"]
    assert answer(found["id"]) == found
    assert answer(page) == found


def test_an_article_is_found_by_its_own_address(archive: Path) -> None:
    article = "---\ntitle: Ships\ndate: 2022-07-31T12:00:00Z\nlink: https://a.example/船\n---\nShips come and go.\n"
    write(archive, "ships.md", article.encode())
    assert answer("https://a.example/船")["path"] == "ships.md"


@pytest.mark.usefixtures("archive")
def test_where_every_value_came_from_is_told() -> None:
    values = {value["name"]: (value["value"], value["from"]) for value in answer("new quay")["values"]}
    assert values["title"] == ("The new quay", "key title, line 3")
    assert values["published"] == ("2022-07-31 12:00:00 GMT", "key date, line 10")
    assert values["categories"] == ("News > Harbour Ledger > Harbour Ledger－Markets", "key categories, line 4")
    assert values["publisher"] == ("Harbour Ledger", "key author, line 8")
    assert values["id"][1] == "the file's path"
    assert values["link"][1] == "the page that feeds writes"
    assert values["summary"] == (
        "港口管理局周五宣布，新码头将于明年春天开放，届时可以停靠十二艘货轮。",
        "the body",
    )
    assert values["picture"] == ("https://media.example.com/quay.jpg", "the body")


@pytest.mark.usefixtures("archive")
def test_each_block_and_picture_has_its_verdict() -> None:
    found = answer("new quay")
    assert [(block["taken"], block["reason"]) for block in found["blocks"]] == [
        (False, "by-line"),
        (True, None),
        (False, "appeal"),
    ]
    assert found["blocks"][2]["selector"] == "div div.qr p"
    assert [(picture["taken"], picture["reason"]) for picture in found["pictures"]] == [
        (False, "QR code"),
        (True, None),
    ]


@pytest.mark.usefixtures("archive")
def test_the_feeds_that_hold_it_are_named_and_why_not_the_others() -> None:
    assert [(feed["category"], feed["position"]) for feed in answer("new quay")["feeds"]] == [
        ([], 1),
        (["News"], 1),
        (["News", "Harbour Ledger"], 1),
        (["News", "Harbour Ledger", "Harbour Ledger－Markets"], 1),
    ]
    old = answer("new tide", "--limit", "1", "--keep-hours", "1")["feeds"][0]
    assert old["position"] is None
    assert old["reason"] == "too old: the feed shows 1 of 2, none older than 2022-07-31 12:00 GMT"
    own = {tuple(feed["category"]): feed["reason"] for feed in answer("new tide", "--membership", "own")["feeds"]}
    assert own["News",] == 'membership = "own" puts it elsewhere'


def test_what_is_in_no_feed_is_said_with_its_reason(archive: Path) -> None:
    assert answer("Not yet")["left_out"] == "it has no date that can be understood"
    write(archive, "News/copy.md", article_bytes(title="'The new quay'", headimg=None, body=BODY))
    assert answer("News/quay.md")["left_out"] == "it is a copy: News/copy.md stands for it"
    write(archive, "a.md", b"---\ntitle: A\ndraft: true\ndate: 2022-07-31\n---\nText.\n")
    assert answer("a.md")["left_out"] == "it is a draft"
    write(archive, "b.md", b"---\ntitle: B\ndate: 2999-07-31\n---\nText.\n")
    assert answer("b.md")["left_out"] == "it is dated ahead, and appears when it is due"


@pytest.mark.usefixtures("archive")
def test_the_table_can_be_pasted_and_does_what_it_says(tmp_path: Path) -> None:
    found = answer("new quay")
    assert tomllib.loads(found["fix"])["fix"] == [
        {
            "publisher": "Harbour Ledger",
            "drop_text": ["港口管理局周五宣布，新码头将于明年春天开放，届时可以停靠十二艘货轮。"],
        }
    ]
    every = "\n".join(line.removeprefix("# ") for line in found["fix"].splitlines() if not line.startswith("# picture"))
    (tmp_path / "feeds.toml").write_text(every + '\npicture = ""\n', "utf-8")
    (rule,) = load_config(tmp_path / "feeds.toml", {}).fix
    assert rule.fix.drop_selector == ("div.qr",)
    assert rule.category == ("News", "Harbour Ledger", "Harbour Ledger－Markets")
    (tmp_path / "feeds.toml").write_text(found["fix"], "utf-8")
    mended = answer("new quay")
    assert mended["fixes"] == [1]
    assert mended["summary"] == ""
    assert mended["blocks"][1]["reason"] == "dropped by a fix"


@pytest.mark.usefixtures("archive")
def test_a_fixed_summary_and_picture_are_said_to_be() -> None:
    Path("feeds.toml").write_text('[[fix]]\ncategory = "News"\nsummary = "Quay."\npicture = ""\n', "utf-8")
    values = {value["name"]: (value["value"], value["from"]) for value in answer("new quay")["values"]}
    assert values["summary"] == ("Quay.", "a fix")
    assert values["picture"] == ("(none)", "a fix")


@pytest.mark.usefixtures("archive")
def test_a_person_reads_all_of_it() -> None:
    shown = why("new", "quay").stdout
    for text in (
        "The new quay\n  archive/News/quay.md\n",
        "key title, line 3",
        "Text of the body: 3 blocks",
        "- ◎记者 张三",
        "paragraph; body div p",
        "Pictures: 2 candidates (the first + stands for the article)",
        "body; QR code",
        "Feeds\n",
        "entry 1 from the newest",
        '[[fix]]\npublisher = "Harbour Ledger"',
    ):
        assert text in shown


@pytest.mark.usefixtures("archive")
def test_a_question_that_means_nothing_or_several_is_answered_so() -> None:
    none = why("nothing of the kind")
    assert (none.exit_code, none.stdout) == (1, "")
    assert "is no file, id, address or title of an article. Try one word of its title" in none.stderr
    several = why("The new")
    assert (several.exit_code, several.stdout) == (1, "")
    assert '"The new" may mean 2 articles' in several.stderr
    assert "archive/News/quay.md" in several.stderr


def test_without_a_question_or_an_archive_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert why().exit_code == 2
    missing = why("a.md", "--archive", "nowhere")
    assert missing.exit_code == 1
    assert "nowhere" in missing.stderr


def test_a_picture_of_the_archive_is_found(archive: Path) -> None:
    write(archive, "News/quay.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    write(archive, "News/local.md", article_bytes(title="'Local'", headimg="quay.png"))
    assert answer("News/local.md")["picture"].startswith("http://localhost:8000/pictures/")


@pytest.mark.usefixtures("archive")
def test_an_address_is_found_as_a_reader_hands_it_over() -> None:
    (page,) = [value["value"] for value in answer("new quay")["values"] if value["name"] == "link"]
    for address in (page + "#top", page.replace("http:", "https:"), "public/" + page.partition("8000/")[2]):
        assert answer(address)["path"] == "News/quay.md"


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("archive/News", "is a folder, not an article"),
        ("archive/note.txt.bak", "is a file, but no article of this archive: include or exclude leave it out"),
        ("elsewhere.md", "is a file, but no article of this archive: it lies elsewhere"),
    ],
)
def test_what_is_there_but_no_article_is_named(archive: Path, question: str, answered: str) -> None:
    write(archive, "note.txt.bak", b"x")
    Path("elsewhere.md").write_text("x", "utf-8")
    assert answered in why(question).stderr


@pytest.mark.usefixtures("archive")
def test_programs_get_the_matches_too() -> None:
    several = why("--json", "The new")
    assert several.exit_code == 1
    assert [match["path"] for match in json.loads(several.stdout)["matches"]] == ["News/quay.md", "News/tide.md"]
    assert json.loads(why("--json", "nothing of the kind").stdout) == {"matches": []}
    assert why("").exit_code == 2


def test_of_copies_the_published_one_is_meant(archive: Path) -> None:
    write(archive, "News/another.md", article_bytes(title="'The new quay'", headimg=None, body=BODY))
    assert answer("new quay")["path"] == "News/another.md"


def test_a_picture_that_cannot_be_shown_is_said_to_lead_nowhere(archive: Path) -> None:
    write(archive, "News/lost.md", article_bytes(title="'Lost'", headimg="lost.png"))
    assert [picture["reason"] for picture in answer("News/lost.md")["pictures"]] == ["leads nowhere"]


def test_where_the_front_matter_states_the_summary_the_table_offers_another(archive: Path) -> None:
    article = b"---\ntitle: A\ndate: 2022-07-31\nsummary: Fares stay.\n---\nThe harbour bridge is painted.\n"
    write(archive, "a.md", article)
    assert 'summary = "Fares stay."' in answer("a.md")["fix"].splitlines()


def test_a_fix_leaves_copies_one_entry(archive: Path) -> None:
    for name, category in (("b", "A"), ("c", "B")):
        write(archive, f"{name}.md", article_bytes(title="'Twin'", categories=(category,), body=BODY))
    Path("feeds.toml").write_text('[[fix]]\ncategory = "B"\ndrop_selector = "div.qr"\n', "utf-8")
    assert answer("c.md")["left_out"] == "it is a copy: b.md stands for it"


@pytest.mark.parametrize(
    ("settings", "publisher", "source"),
    [
        ("", "News", "the category"),
        ('generator = "hugo"\ntitle = "Port"\n', "Port", "the title of the whole"),
        ('generator = "hugo"\ntitle = "Port"\nauthor = "Mara Oak"\n', "Mara Oak", "the setting author"),
        ('author = "Mara Oak"\n', "Mara Oak", "the setting author"),
    ],
)
def test_who_published_what_names_nobody_is_as_the_settings_say_from_the_next_build_on(
    settings: str, publisher: str, source: str, archive: Path
) -> None:
    write(archive, "News/quay.md", b"---\ntitle: The new quay\ndate: 2022-07-31T00:00:00Z\n---\nText.\n")
    CliRunner().invoke(main, ["build"])
    Path("feeds.toml").write_text(settings, "utf-8")
    CliRunner().invoke(main, ["build"])
    assert f">{publisher}<" in Path("public/rss.xml").read_text("utf-8")
    _, shown = why("quay").stdout.split("  publisher  ", 1)
    assert [line.strip() for line in shown.splitlines()[:2]] == [publisher, source]
