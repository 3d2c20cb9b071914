"""Has the W3C validator judge the planted faults: `python -m tests.planted.record CHECKOUT`.

CHECKOUT is one of w3c/feedvalidator, which needs html5lib, rdflib and lxml. What it finds is stored beside the plants,
with a digest of what it has seen, so that the verdicts hold where it is not there.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.planted import CLEAN, FOLDER, PLANTS

VERDICTS = FOLDER / "verdicts.json"
BASE = "https://news.example.org/"
"""Where the documents are served."""
SERVED_AS = {"rss": "rss.xml", "atom": "atom.xml", "opml": "opml.xml"}


def documents() -> dict[str, tuple[str, bytes]]:
    """Answer every document that is judged, with its kind, by name."""
    clean = {f"{kind}-clean": (kind, CLEAN[kind]) for kind in SERVED_AS}
    return clean | {name: (plant.kind, plant.document()) for name, plant in PLANTS.items()}


def digest(document: bytes) -> str:
    """Answer the digest by which a document is known again."""
    return hashlib.sha256(document).hexdigest()


def judge(validator: Any, document: bytes, address: str) -> list[str]:
    """Answer what the validator finds: `error Name` and `warning Name`, each once."""
    events = validator.validateString(document, fallback="utf-8", base=address)["loggedEvents"]
    levels = (("error", validator.logging.Error), ("warning", validator.logging.Warning))
    found = {f"{level} {type(event).__name__}" for event in events for level, kind in levels if isinstance(event, kind)}
    return sorted(found)


def main(checkout: Path) -> None:
    """Judge all, and store the verdicts."""
    sys.path.insert(0, str(checkout / "src"))
    socket.gethostbyname = lambda _: "127.0.0.1"  # its one look-up: the host of an e-mail
    validator = importlib.import_module("feedvalidator")
    commit = subprocess.run(
        ["git", "-C", checkout, "rev-parse", "HEAD"], capture_output=True, check=True, text=True
    ).stdout.strip()
    stored = {
        "about": "What the W3C validator finds in the clean documents and in each planted fault.",
        "recorded_with": "w3c/feedvalidator",
        "commit": commit,
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "verdicts": {
            name: {"sha256": digest(document), "found": judge(validator, document, BASE + SERVED_AS[kind])}
            for name, (kind, document) in documents().items()
        },
    }
    VERDICTS.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
