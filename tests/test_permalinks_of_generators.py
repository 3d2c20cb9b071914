"""Addresses are those that the generators themselves made: `tests/permalinks/record.py` wrote them down."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from feeds.addresses import encode
from feeds.config import load_config
from feeds.config.generators import GENERATORS as SETTINGS
from feeds.normalise import make_card
from feeds.pipeline.prepare import card_rules
from feeds.read import read_article
from tests.permalinks.record import GENERATORS, HERE

RECORDED: dict[str, dict[str, Any]] = {
    name: json.loads((HERE / f"{name}.json").read_text("utf-8"))
    for name in GENERATORS
    if (HERE / f"{name}.json").exists()
}
CASES = [(name, configuration) for name, recorded in RECORDED.items() for configuration in recorded["configurations"]]
OTHERWISE = {
    ("nikola", "posts/slug-17.md"): "a ; at the end of a path is encoded like one before it",
}
"""Generator and article: why the address is another one on purpose."""
HAS_UNIDECODE = find_spec("unidecode") is not None


def readable(address: str) -> str | None:
    """Encode an address as a generator prints it, with a bare `#` or `?`, which would lead elsewhere."""
    return encode(address.replace("#", "%23").replace("?", "%3F"))


def settings_of(stated: dict[str, Any]) -> str:
    """Write a configuration; JSON's values are TOML's, but for tables."""

    def value(found: object) -> str:
        if isinstance(found, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {value(inner)}" for key, inner in found.items()) + "}"
        if isinstance(found, list):
            return "[" + ", ".join(map(value, found)) + "]"
        return json.dumps(found, ensure_ascii=False)

    return "\n".join(f"{key} = {value(found)}" for key, found in stated.items())


def differences(name: str, configuration: str, folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """Answer ours and theirs of each article whose addresses differ."""
    recorded = RECORDED[name]
    case = recorded["configurations"][configuration]
    (folder / "feeds.toml").write_text(
        settings_of({"site_url": "https://site.example/", "generator": name, **case["settings"]}), "utf-8"
    )
    for path, text in recorded["articles"].items():
        file = folder / "archive" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    rules = card_rules(load_config(folder / "feeds.toml", {}))
    found = {}
    for path, theirs in case["addresses"].items():
        article, _ = read_article(folder / "archive", path)
        assert article is not None
        ours = make_card(article, rules)[0].permalink
        is_unknown = ours is None and name in ("pelican", "nikola") and not HAS_UNIDECODE
        if ours != readable(theirs) and not is_unknown and (name, path) not in OTHERWISE:
            found[path] = (ours, readable(theirs))
    return found


@pytest.mark.parametrize(("name", "configuration"), CASES)
def test_addresses_are_those_of_the_generator(name: str, configuration: str, tmp_path: Path) -> None:
    assert differences(name, configuration, tmp_path) == {}


DOCUMENT = (HERE.parent.parent / "docs" / "permalinks.md").read_text("utf-8")


@pytest.mark.parametrize("name", RECORDED)
def test_the_document_counts_what_was_recorded(name: str) -> None:
    cases = RECORDED[name]["configurations"].values()
    count = sum(len(case["addresses"]) for case in cases)
    version = RECORDED[name]["version"].lstrip("v").split("-")[0].split()[0]
    assert any(
        line.startswith("| ") and f" {version} " in line and f"| {len(cases)} | {count:,} |" in line
        for line in DOCUMENT.splitlines()
    )


def test_the_document_names_every_setting_of_generators() -> None:
    rows = {line.split("`")[1]: line for line in DOCUMENT.splitlines() if line.startswith("| `")}
    unnamed = [key for name, keys in SETTINGS.items() for key in keys if f"`{key}`" not in rows[name]]
    assert unnamed == []
