from __future__ import annotations

import pytest

from feeds.model import CategoryPath, Value
from feeds.normalise.categories import chains_of_folder, parse_chains


@pytest.mark.parametrize(
    ("value", "levels", "flat"),
    [
        ("News", (("News",),), (("News",),)),
        (("News", "Tides"), (("News", "Tides"),), (("News",), ("Tides",))),
        ("News, Tides", (("News", "Tides"),), (("News",), ("Tides",))),
        ((("A", "B"), ("C",)), (("A", "B"), ("C",)), (("A",), ("B",), ("C",))),
        ((("A", "B"), "C"), (("A", "B"), ("C",)), (("A",), ("B",), ("C",))),
        ((("A", "B"), ("A", "B")), (("A", "B"),), (("A",), ("B",))),
        (("A, B", "C"), (("A, B", "C"),), (("A, B",), ("C",))),
        (("C++/.NET #1", "【a】"), (("C++/.NET #1", "【a】"),), (("C++/.NET #1",), ("【a】",))),
        (("R&amp;D", " \n", "null"), (("R&D",),), (("R&D",),)),
        ({"name": "News", "slug": "n"}, (("News",),), (("News",),)),
        (({"title": "Welcome", "image": "/a.jpg"}, {"image": "/b.jpg"}), (), ()),
        ((), (), ()),
        (" , ", (), ()),
    ],
)
def test_a_value_is_levels_or_a_set(
    value: Value, levels: tuple[CategoryPath, ...], flat: tuple[CategoryPath, ...]
) -> None:
    assert parse_chains(value, is_flat=False) == levels
    assert parse_chains(value, is_flat=True) == flat


@pytest.mark.parametrize(
    ("path", "chains"),
    [
        ("News/Tides/low.md", (("News", "Tides"),)),
        ("low.md", ()),
        ("_posts/low.md", ()),
        ("News/_posts/2022/low.md", (("News",),)),
        ("2022/07/31/low.md", ()),
        ("News/2022/7/Tides/low.md", (("News", "Tides"),)),
        ("2022-trip/low.md", (("2022-trip",),)),
        ("12022/low.md", (("12022",),)),
        ("News/low-tide/index.md", (("News",),)),
        ("News/low-tide/index.en.md", (("News",),)),
        ("index.md", ()),
        ("R&amp;D/ /low.md", (("R&D",),)),
        ("caf\udce9/low.md", (("caf\ufffd",),)),
    ],
)
def test_without_a_key_the_folders_are_one_chain(path: str, chains: tuple[CategoryPath, ...]) -> None:
    assert chains_of_folder(path) == chains
