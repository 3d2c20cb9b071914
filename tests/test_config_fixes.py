from __future__ import annotations

from pathlib import Path

import pytest

from feeds.config import load_config
from feeds.errors import ConfigError
from feeds.model import Fix, FixRule


def load(folder: Path, text: str) -> tuple[FixRule, ...]:
    (folder / "feeds.toml").write_text(text, "utf-8")
    return load_config(folder / "feeds.toml", {}).fix


def test_every_key_of_a_fix_is_read(tmp_path: Path) -> None:
    text = """
[[fix]]
publisher = "潮汐日报"
category = ["News", "Harbour"]
id = "tag:example.org,2022:1"
drop_text = ["尽在某某APP", "one more"]
keep_text = "责任编辑"
drop_selector = [".qr > p", "aside"]
summary = "Quay."
picture = "https://a.example/quay.jpg"

[[fix]]
category = "News"
summary = ""
picture = ""
"""
    assert load(tmp_path, text) == (
        FixRule(
            publisher="潮汐日报",
            category=("News", "Harbour"),
            id="tag:example.org,2022:1",
            fix=Fix(
                drop_text=("尽在某某APP", "one more"),
                keep_text=("责任编辑",),
                drop_selector=(".qr > p", "aside"),
                summary="Quay.",
                picture="https://a.example/quay.jpg",
            ),
        ),
        FixRule(category="News", fix=Fix(summary="", picture="")),
    )


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ("summary = 'x'", "it names nobody; one of publisher, category, id is needed"),
        ("publisher = 'x'", "it decides nothing; one of drop_text,"),
        ("publisher = 'x'\ndrop_txt = 'y'", 'no such key: "drop_txt"; did you mean "drop_text"?'),
        ("publisher = ''\nsummary = 'y'", "publisher: a text in quotes is needed"),
        ("publisher = 'x'\ndrop_text = '…'", "drop_text: a text with at least one letter or digit is needed"),
        ("publisher = 'x'\ndrop_text = 7", "drop_text: a list of texts is needed"),
        ("publisher = 'x'\ndrop_selector = 'p >'", "drop_selector: 'p >' is no CSS selector"),
        ("publisher = 'x'\ndrop_selector = 'p::before'", "drop_selector: 'p::before' is no CSS selector"),
        ("publisher = 'x'\ndrop_selector = 'p:contains(a)'", "drop_selector: 'p:contains(a)' is no CSS selector"),
        ("publisher = 'x'\nsummary = 7", "summary: a text in quotes is needed"),
        ("category = []\nsummary = 'x'", "category: a text in quotes is needed"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, table: str, cause: str) -> None:
    good = "title = 'News'\n[[fix]]\npublisher = 'a'\nsummary = 'b'\n\n"
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"{good}[[fix]]\n{table}\n")
    error = caught.value
    assert error.line == 6
    assert f"[[fix]] number 2: {cause}" in str(error)
    assert str(error).endswith("Correct the table, or take it out.")


@pytest.mark.parametrize("text", ["fix = 1", "[fix]\npublisher = 'x'\nsummary = 'y'", "fix = ['x']"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"\[\[fix\]\] number 1: (write it|a table)"):
        load(tmp_path, text)


@pytest.mark.parametrize(
    "address", ["https://images.example.org/?url=", "https://images.example.org/", "https://images.example.org/?"]
)
def test_a_picture_proxy_is_an_address_to_put_in_front(tmp_path: Path, address: str) -> None:
    (tmp_path / "feeds.toml").write_text(f'image_proxy = "{address}"', "utf-8")
    assert load_config(tmp_path / "feeds.toml", {}).image_proxy == address


@pytest.mark.parametrize(
    "address", ["images.example.org/", "https://images.example.org/x", "ftp://a.example/", "https://a.example/图/"]
)
def test_what_is_no_such_address_is_refused(tmp_path: Path, address: str) -> None:
    (tmp_path / "feeds.toml").write_text(f'image_proxy = "{address}"', "utf-8")
    with pytest.raises(ConfigError, match="its end /, \\? or ="):
        load_config(tmp_path / "feeds.toml", {})
