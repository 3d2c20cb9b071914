"""What the whole suite shares: an empty archive, and laws that are tried without a clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("feeds", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("feeds")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty archive folder."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the golden files be written anew."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew, for review")
