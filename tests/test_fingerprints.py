"""Fingerprints: equal for equal values in every process, and others for others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feeds.model import Profile
from feeds.pipeline.fingerprints import fingerprint

CODE = """
from feeds.model import Profile
from feeds.pipeline.fingerprints import fingerprint
print(fingerprint(Profile(shared_pictures=frozenset("abcdefgh"), repeated_texts=frozenset({{{text}, "x", "y"}}))))
"""


@pytest.mark.parametrize("text", ["'金融'", r"'\udcff'"])
def test_a_fingerprint_is_the_same_in_every_process(text: str) -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", CODE.format(text=text)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "1234"
    }
    assert len(printed) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("\udcff", "\udcfe"),
        (("a", "b"), ("ab",)),
        (1, "1"),
        (None, ""),
        (Path("a"), Path("b")),
        (ZoneInfo("UTC"), ZoneInfo("Asia/Shanghai")),
        (
            Profile(shared_pictures=frozenset("a"), repeated_texts=frozenset()),
            Profile(shared_pictures=frozenset(), repeated_texts=frozenset("a")),
        ),
    ],
)
def test_other_values_have_other_fingerprints(one: object, other: object) -> None:
    assert fingerprint(one) == fingerprint(one)
    assert fingerprint(one) != fingerprint(other)
