"""The renderers' bytes are those that the W3C validator found clean; so its verdict still holds.

The verdicts were recorded, since the validator is no package; `w3c_verdicts/verdicts.json` says by which
commit of it. Whoever changes what is rendered must have the new bytes judged, and store both.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.render.atom import render_atom
from feeds.render.opml import render_opml
from feeds.render.rss import render_rss
from tests.feed_samples import EMPTY, FEED, FOLDER, make_feed

RECORDED = Path(__file__).parent / "w3c_verdicts"
DOCUMENT = json.loads((RECORDED / "verdicts.json").read_text("utf-8"))
VERDICTS: dict[str, list[str]] = DOCUMENT["verdicts"]


def render_list() -> bytes:
    feeds = [make_feed(), make_feed("a"), make_feed("a", "R&D"), make_feed("b", own_total=1)]
    return render_opml(feeds, title="R&D <档案>", address_of=lambda feed: feed.home_url + "rss.xml", include_all=False)


CLEAN: dict[str, Callable[[], bytes]] = {
    "rss.xml": lambda: render_rss(FEED, FOLDER + "rss.xml"),
    "rss-empty.xml": lambda: render_rss(EMPTY, FOLDER + "rss.xml"),
    "atom.xml": lambda: render_atom(FEED, FOLDER + "atom.xml"),
    "atom-empty.xml": lambda: render_atom(EMPTY, FOLDER + "atom.xml"),
    "opml.xml": render_list,
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_we_render_got_a_clean_verdict(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.__version__", DOCUMENT["version_rendered"])
    assert CLEAN[name]().decode() == (RECORDED / name).read_text("utf-8")
    assert VERDICTS[name] == []


def test_every_planted_fault_was_found() -> None:
    """A validator that finds nothing anywhere would prove nothing."""
    assert {path.name for path in RECORDED.glob("*.xml")} == set(VERDICTS)
    assert [name for name, messages in VERDICTS.items() if not messages] == sorted(CLEAN)
