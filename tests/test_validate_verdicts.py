"""Our check names every planted fault as the W3C validator does; its verdicts are recorded, since it is no package."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.validate import Finding, kind_by_name, kind_of, look_at, tell
from feeds.validate.messages import MESSAGES
from tests.planted import PLANTS
from tests.planted.record import BASE, SERVED_AS, VERDICTS, digest, documents
from tests.test_render_verdicts import DOCUMENT, RECORDED

NOW = datetime(2026, 12, 1, tzinfo=UTC)
STORED = json.loads(VERDICTS.read_text("utf-8"))["verdicts"]
DOCUMENTS = documents()


def find(document: bytes, path: str, base: str) -> list[Finding]:
    """What is found in one document, the files that it lists being there."""
    kind = kind_of(document) or kind_by_name(path)
    assert kind is not None
    found = look_at(document, kind, NOW)
    listed = [mention.address.removeprefix(base) for mention in found.listed]
    return list(tell({path: found}, [path, *listed], base))


def names(findings: list[Finding]) -> list[str]:
    return sorted({f"{finding.level.value} {finding.name}" for finding in findings})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_planted_is_what_was_judged(name: str) -> None:
    assert digest(DOCUMENTS[name][1]) == STORED[name]["sha256"], "judge it anew: python -m tests.planted.record"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_names_are_found(name: str) -> None:
    kind, document = DOCUMENTS[name]
    assert names(find(document, SERVED_AS[kind], BASE)) == STORED[name]["found"]


@pytest.mark.parametrize("name", PLANTS)
def test_a_fault_is_found_on_its_line(name: str) -> None:
    kind, document = DOCUMENTS[name]
    assert PLANTS[name].line() in {finding.line for finding in find(document, SERVED_AS[kind], BASE)}


def test_each_plant_is_a_fault_and_the_documents_without_one_are_clean() -> None:
    """A check that finds nothing anywhere would prove nothing; nor would one that finds the same everywhere."""
    assert STORED.keys() == DOCUMENTS.keys()
    assert [name for name, verdict in STORED.items() if not verdict["found"]] == [f"{kind}-clean" for kind in SERVED_AS]
    kinds = {found for verdict in STORED.values() for found in verdict["found"]}
    assert len(kinds) > 100
    assert {found.partition(" ")[2] for found in kinds} <= MESSAGES.keys()


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.xml")), ids=lambda path: path.stem)
def test_what_is_rendered_has_the_verdict_that_it_was_given(path: Path) -> None:
    kind = path.stem.partition("-")[0]
    address = DOCUMENT["served_at"][kind]
    base, _, name = address.rpartition("/")
    found = find(path.read_bytes(), name, base + "/")
    assert sorted({finding.name for finding in found}) == DOCUMENT["verdicts"][path.name]
