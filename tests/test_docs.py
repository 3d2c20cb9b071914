"""What the documents show is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.cli import main
from feeds.config import PATH_KEYS, default_of, setting_fields
from feeds.errors import ProblemKind
from feeds.normalise.roles import ROLES
from feeds.render.pages.labels import parse_labels
from feeds.render.pages.theme import TEMPLATES
from feeds.validate.messages import MESSAGES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
ARCHIVE = (ROOT / "docs" / "archive.md").read_text("utf-8")
PAGES = (ROOT / "docs" / "pages.md").read_text("utf-8")
VALIDATING = (ROOT / "docs" / "validating.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("README*.md"), ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
TEXTS = [path.read_text("utf-8") for path in DOCUMENTS]
HELP_BLOCKS = re.findall(r"```\n\$ feeds ([^\n]*--help)\n(.*?)```", "\n".join(TEXTS), re.DOTALL)


def help_of(words: str) -> str:
    return CliRunner().invoke(main, words.split(), prog_name="feeds", terminal_width=80).output


@pytest.mark.parametrize(("words", "shown"), HELP_BLOCKS)
def test_help_blocks_are_what_the_program_prints(words: str, shown: str) -> None:
    assert shown == help_of(words)


def test_the_chinese_readme_has_the_same_parts_links_and_commands() -> None:
    blocks, others = (re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for text in (README, CHINESE))
    assert len(blocks) == len(others)
    commands = [block for block in blocks if block.startswith("$ ")]
    assert [block for block in others if block.startswith("$ ")] == commands
    assert len(re.findall("^#+ ", README, re.MULTILINE)) == len(re.findall("^#+ ", CHINESE, re.MULTILINE))
    links, other_links = (re.findall(r"\]\(([^)]+)\)", text) for text in (README, CHINESE))
    assert sorted(links[1:]) == sorted(other_links[1:])
    assert (links[0], other_links[0]) == ("README.zh-CN.md", "README.md")


WHY_BLOCKS = re.findall(r"```\n\$ feeds (why (?!--help)[^\n]*)\n(.*?)```", "\n".join(TEXTS), re.DOTALL)


@pytest.mark.parametrize("text", [README, CHINESE], ids=["en", "zh-CN"])
def test_no_sentence_stands_twice_in_a_paragraph(text: str) -> None:
    prose = re.sub("^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for paragraph in prose.split("\n\n"):
        sentences = [one.strip() for one in re.split("(?<=[。！？])|(?<=[.!?]) ", " ".join(paragraph.split()))]
        said = [one for one in sentences if len(one) > 8 and "|" not in one]
        assert len(said) == len(set(said)), paragraph


@pytest.mark.parametrize(("words", "shown"), WHY_BLOCKS)
def test_explanations_are_what_the_program_prints(words: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(main, words.split(), prog_name="feeds").stdout
    for part in shown.split("[…]\n"):
        assert part.strip("\n") in printed


PREVIEWS = re.findall(r"```\n\$ feeds (preview (?!--help)[^\n]*)\n(.*?)```", "\n".join(TEXTS), re.DOTALL)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, built, beside the feed of another hand that the documents show."""
    folder = tmp_path_factory.mktemp("sample")
    (feed,) = re.findall(r"```xml\n(.*?)```", (ROOT / "docs" / "readers.md").read_text("utf-8"), re.DOTALL)
    (folder / "old.xml").write_text(feed, "utf-8")
    CliRunner().invoke(main, ["build", str(ROOT / "archive"), "-o", str(folder / "public"), "-q"])
    return folder


@pytest.mark.parametrize(("words", "shown"), PREVIEWS)
def test_previews_are_what_the_program_prints(
    words: str, shown: str, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample)
    assert CliRunner().invoke(main, words.split(), prog_name="feeds").stdout == shown


def test_every_kind_of_doubt_is_documented() -> None:
    table = (ROOT / "docs" / "readers.md").read_text("utf-8")
    source = (ROOT / "feeds" / "readers" / "doubts.py").read_text("utf-8")
    kinds = re.findall(r'yield \(?\s*"([a-z-]+)"', source)
    assert len(set(kinds)) > 15
    assert [kind for kind in kinds if f"`{kind}`" not in table] == []


def test_every_command_shows_its_help_somewhere() -> None:
    assert {words for words, _ in HELP_BLOCKS} == {"--help", *(f"{name} --help" for name in main.commands)}


def test_every_setting_is_documented_with_its_meaning_and_default() -> None:
    for setting in setting_fields():
        default = default_of(setting)
        row = next((line for line in SETTINGS.splitlines() if line.startswith(f"| `{setting.name}` |")), "")
        assert setting.metadata["meaning"].split(" (")[0] in row, setting.name
        if default is not None and default != ():
            shown = (
                default
                if isinstance(default, tuple)
                else [str(default).lower() if isinstance(default, bool) else str(default)]
            )
            assert all(str(part) in row for part in shown), setting.name
    for key, name in PATH_KEYS.items():
        assert f'{key} = "{name}"' in SETTINGS


def test_every_key_of_every_role_is_documented() -> None:
    documented = ARCHIVE.casefold()
    assert [key for keys in ROLES.values() for key in keys if f"`{key}`" not in documented] == []


def test_every_kind_of_problem_is_documented() -> None:
    assert [kind.slug for kind in ProblemKind if f"`{kind.slug}`" not in ARCHIVE] == []


def test_every_template_is_documented_and_the_labels_shown_are_labels() -> None:
    assert [name for name in TEMPLATES if f"| `{name}` |" not in PAGES] == []
    (labels,) = re.findall(r"```toml\n(subscribe.*?)```", PAGES, re.DOTALL)
    assert set(parse_labels("labels.toml", labels)) == {"subscribe", "articles", "articles_one", "moment"}


def test_the_mistake_of_a_template_is_told_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("archive/a.md", "---\ntitle: a\ndate: 2022-07-22\ncategories: [x]\n---\ntext\n"),
        ("theme/card.html", "a\n\n{{ teaser.titel }}"),
        ("feeds.toml", 'templates = "theme"\n'),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (shown,) = re.findall(r"```\n(feeds: theme.*\n)```", PAGES)
    assert shown == CliRunner().invoke(main, ["build"], prog_name="feeds").stderr


def test_every_message_about_a_written_feed_is_documented() -> None:
    assert [name for name in MESSAGES if f"`{name}`" not in VALIDATING] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
